"""Pages from templates: everything is escaped, and each page carries a policy under which nothing but its own style and
script can act."""

from __future__ import annotations

import base64
import hashlib
import re
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from grader.reports.html.feedback import FeedbackView, QuestionView
from grader.reports.looks import number
from grader.reports.words import Words

HTML_LANGUAGE = {"en": "en", "zh_CN": "zh-Hans"}


_REMEMBERED = 4000


class Pages:
    """Renders pages in one language."""

    def __init__(self, words: Words) -> None:
        # The templates are this package's own; what they are given is escaped wherever it goes.
        self._env = Environment(
            loader=PackageLoader("grader.reports.html"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._env.globals.update(ui=words.ui, lang=HTML_LANGUAGE[words.lang])
        self._env.filters.update(fill=filled, mark=number, short=short, slug=slug, spaced=spaced, ticked=ticked)
        style = _asset("style.css")
        student, everything = style + _asset("student.css"), style + _asset("class.css")
        script = _asset("report.js")
        self._student = self._env.get_template("student.html.j2")
        question = self._env.get_template("question.html.j2")

        # Half of a class has the same of most questions: each different one is rendered once.
        @lru_cache(maxsize=_REMEMBERED)
        def render(view: QuestionView) -> Markup:
            return Markup(question.render(question=view))

        self._env.globals["render"] = render
        self._class = self._env.get_template("class.html.j2")
        self._student_frame = {"css": Markup(student), "csp": policy(student)}
        self._class_frame = {"css": Markup(everything), "js": Markup(script), "csp": policy(everything, script)}

    def student(self, view: FeedbackView) -> str:
        """Return the page of one student."""
        return self._student.render(view=view, **self._student_frame)

    def whole_class(self, **given: Any) -> str:
        """Return the report of a class."""
        return self._class.render(**given, **self._class_frame)


def policy(style: str, script: str | None = None) -> str:
    """Return a content security policy that admits one style and one script, by their digests, and nothing else."""
    parts = ["default-src 'none'", f"style-src '{_digest(style)}'", "base-uri 'none'", "form-action 'none'"]
    if script is not None:
        parts.append(f"script-src '{_digest(script)}'")
    return "; ".join(parts)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    text = files("grader.reports.html").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def filled(text: str, **values: object) -> str:
    """Put values into a text's slots, once and literally."""
    return re.sub(r"\{(\w+)\}", lambda slot: str(values.get(slot[1], slot[0])), text)


def ticked(text: str) -> Markup:
    """Return a text with what stands between backticks as code, all of it escaped."""
    parts = escape(text).split("`")
    if len(parts) % 2 == 0:  # an odd backtick is a character like any other
        parts[-2:] = [Markup("`").join(parts[-2:])]
    shown = (Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))
    return Markup("").join(shown)


def short(value: float) -> str:
    """Write a mark with at most one decimal."""
    return number(Decimal(f"{value:.1f}"))


def slug(state: str) -> str:
    """Return the class of a state: a word of letters."""
    return {"not graded": "ungraded"}.get(state, state)


def spaced(name: str) -> str:
    """Return a misconception's name as words."""
    return name.replace("_", " ")
