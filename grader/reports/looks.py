"""What a verdict looks like in text: a glyph, a word and a colour; how marks are written; which notes are shown."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from grader.model import JSON, Message, Note, Result, Verdict

LOOKS = {
    Verdict.ACCEPTED: ("✓", "+", "passed", "green"),
    Verdict.WRONG_ANSWER: ("✗", "x", "wrong", "red"),
    Verdict.RUNTIME_ERROR: ("✗", "x", "error", "red"),
    Verdict.TIME_LIMIT: ("✗", "x", "too slow", "red"),
    Verdict.MEMORY_LIMIT: ("✗", "x", "memory", "red"),
    Verdict.CRASHED: ("✗", "x", "crashed", "red"),
    Verdict.MISSING: ("–", "-", "missing", "yellow"),
    Verdict.INTERNAL_ERROR: ("?", "?", "not graded", "magenta"),
}
"""Verdict to glyph, glyph where only ASCII can be shown, word, and colour."""

QUIET_NOTES = ("found.", "ran.", "unused.")
"""Notes that say how the graded code was found: shown on request."""


def told_notes(result: Result, *, explain: bool = False) -> Iterator[Note]:
    """Yield the notes to show: without those on request, and without what a question's own feedback says already."""
    unread = [check.params for check in result.checks if check.code == "missing.syntax"]
    raised = [check.params.get("place") for check in result.checks if check.code.startswith("exception.")]
    for note in result.notes:
        if not explain and note.code.startswith(QUIET_NOTES):
            continue
        where = {key: note.params[key] for key in ("cell", "line") if key in note.params}
        if note.code == "skipped.cell" and any(
            params.get("place") == where and params.get("reason") == note.params.get("reason") for params in unread
        ):
            continue
        if note.code == "skipped.statement" and where in raised:
            continue
        yield note


def absence(result: Result) -> Message | None:
    """Return what is said once for a file that holds nothing of what is graded; None for any other."""
    if not result.is_absent:
        return None
    names: list[JSON] = [question.name for question in result.questions]
    return Message(code="missing.all", params={"assignment": result.assignment, "names": names})


def marks(score: Decimal | None, points: Decimal) -> str:
    """Write a score out of its points: `12 / 20`, `7.5 / 10`; `? / 20` where it isn't known."""
    return f"{'?' if score is None else number(score)} / {number(points)}"


def number(value: Decimal) -> str:
    """Write a mark exactly and without needless zeros."""
    return f"{value.normalize():f}" if value else "0"
