"""An audit as one HTML page that needs nothing else: no script, no style sheet, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from grader.reports.audit.account import AssignmentAudit, Fate


def page(audited: Sequence[AssignmentAudit]) -> str:
    """Return all assignments as a page. Everything from an assignment is escaped."""
    environment = Environment(
        loader=PackageLoader("grader.reports.audit", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("audit.html").render(audited=audited, fates=list(Fate))
