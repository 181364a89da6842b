"""Results that hang on a variable outside the function: it stays the same whatever the arguments are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.judging.slips import UNSAID
from grader.model import JSON, CheckResult, Note, QuestionResult

CODE = "values.outside"
NOTE = "global.used"
SHAPES = frozenset({"exception.broadcast", "exception.product", "exception.reshape", "exception.index"})
"""Exceptions that come of an array that is of one size whatever the others are."""
MOST = 4


def outside_of(notes: Sequence[Note]) -> Mapping[str, list[str]]:
    """Return the variables from outside that each question's function uses, by the notes of what was loaded.

    These were made before any statement of the student's ran, so they can hold nothing of a hidden case. A name in
    capitals is a constant by convention, and nothing is said of it.
    """
    found: dict[str, list[str]] = {}
    for note in notes:
        name, variable = note.params.get("name"), note.params.get("global")
        if note.code != NOTE or not note.params.get("defined"):
            continue
        if isinstance(name, str) and isinstance(variable, str) and not (len(variable) > 1 and variable.isupper()):
            found.setdefault(name, []).append(variable)
    return {name: variables[:MOST] for name, variables in found.items()}


def with_outside(result: QuestionResult, variables: Sequence[str]) -> QuestionResult:
    """Return a result that names the variables from outside where numbers are wrong and nothing else says why.

    Beside an exception of shapes that don't fit they are named too.
    """
    if not variables:
        return result
    return replace(result, checks=tuple(_named(check, variables) for check in result.checks))


def _named(check: CheckResult, variables: Sequence[str]) -> CheckResult:
    if check.misconception is not None or check.follow_through_score:
        return check
    outside: list[JSON] = [*variables]
    if check.code in UNSAID or check.code == "values.constant":
        return replace(check, code=CODE, params={**check.params, "outside": outside})
    if check.code in SHAPES:
        return replace(check, params={**check.params, "outside": outside})
    return check
