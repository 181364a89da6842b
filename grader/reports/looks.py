"""What a verdict looks like in text: a glyph, a word and a colour; and how marks are written."""

from __future__ import annotations

from decimal import Decimal

from grader.model import Verdict

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


def marks(score: Decimal | None, points: Decimal) -> str:
    """Write a score out of its points: `12 / 20`, `7.5 / 10`; `? / 20` where it isn't known."""
    return f"{'?' if score is None else number(score)} / {number(points)}"


def number(value: Decimal) -> str:
    """Write a mark exactly and without needless zeros."""
    return f"{value.normalize():f}" if value else "0"
