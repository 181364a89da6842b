"""One student's feedback as Markdown, for LMSs that take text. Whatever a student wrote shows as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.reports.html.feedback import Block, FeedbackView
from grader.reports.words import Words

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~^$<>&@:=-])")
_CODE = re.compile(r"`([^`\n]+)`")


def escaped(text: str) -> str:
    """Return text that Markdown, and the HTML in it, show as it is; a pair of backticks stays code.

    Between backticks nothing acts but HTML in some renderers, so `<` and `&` are never left alone there.
    """
    parts = []
    at = 0
    for code in _CODE.finditer(text):
        parts.append(_plain(text[at : code.start()]))
        parts.append(code.group() if not re.search("[<>&]", code.group()) else _plain(code.group()))
        at = code.end()
    return "".join([*parts, _plain(text[at:])])


def _plain(text: str) -> str:
    entities = {"<": "&lt;", ">": "&gt;", "&": "&amp;", ":": ":", "@": "&#64;", "=": "=", "-": "-", "(": "(", ")": ")"}
    return _SPECIAL.sub(lambda match: entities.get(match[1], "\\" + match[1]), text)


def markdown(view: FeedbackView, words: Words) -> str:
    """Return a student's feedback as one Markdown document."""
    return "\n".join([*_lines(view, words), ""])


def _lines(view: FeedbackView, words: Words) -> Iterator[str]:
    yield f"# {escaped(view.title)}: {escaped(view.marks)}"
    yield ""
    yield escaped(view.student)
    for remark in view.remarks:
        yield from ("", escaped(remark))
    for question in view.questions:
        name = f"{escaped(question.name)}, {escaped(question.title)}" if question.title else escaped(question.name)
        yield from ("", f"## {name}: {escaped(question.marks)}", "")
        for check in question.checks:
            worth = f" ({escaped(check.marks)})" if check.marks else ""
            yield f"- {check.glyph} **{escaped(check.word)}** {escaped(check.name)}{worth}"
            yield from _blocks(check.blocks, "  ")
    if view.notes:
        yield from ("", f"## {escaped(words.ui('Notes'))}", "")
        for note in view.notes:
            for number, block in enumerate(note):
                yield from _blocks((block,), "  ") if number else (f"- {escaped(block.text)}",)


def _blocks(blocks: tuple[Block, ...], indent: str) -> Iterator[str]:
    for block in blocks:
        yield ""
        for line in block.text.split("\n"):
            yield f"{indent}    {line}" if block.preformatted else f"{indent}{escaped(line)}"
    if blocks:
        yield ""
