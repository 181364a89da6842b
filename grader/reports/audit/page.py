"""An audit as one HTML page that needs nothing else: no script, no style sheet, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from grader.reports.audit.account import AssignmentAudit, Fate
from grader.reports.audit.terminal import origin_of
from grader.reports.html.pages import HTML_LANGUAGE, filled
from grader.reports.words import Words
from grader.saying import phrase


def page(audited: Sequence[AssignmentAudit], words: Words) -> str:
    """Return all assignments as a page in one language. Everything from an assignment is escaped."""
    environment = Environment(
        loader=PackageLoader("grader.reports.audit", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(ui=words.ui, lang=HTML_LANGUAGE[words.lang])
    environment.filters.update(
        fill=filled, said=words.said, text=words.text, named=lambda name: words.said(phrase(name)), origin=origin_of
    )
    return environment.get_template("audit.html.j2").render(audited=audited, fates=list(Fate))
