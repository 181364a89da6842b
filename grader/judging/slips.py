"""Which results are those of the reference with one slip in it: the rule of misconceptions, for mistakes without names.

A slip explains a part when its outcomes equal the student's on every case that was tried, and at least two of them
differ from the reference's by a value. Which slip it was can't always be told: several may come to the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.authoring import Compare, Path, Values
from grader.judging.misconceptions import EVIDENCE, same
from grader.model import JSON, CheckKey, CheckResult, Outcome, QuestionKey, QuestionResult, Raised, Returned
from grader.records import dataclass

CODE = "values.slip"
UNSAID = frozenset({"values.differ", "values.ratio_varies", "values.offset_varies"})
"""Codes that say little: where a slip explains the numbers, it is named instead."""
MOST = 2
"""Of more kinds than these nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One small mistake: its kind, and the reference's definition with it, under a name of its own."""

    kind: str
    name: str
    source: str


def unexplained(question: QuestionKey, result: QuestionResult) -> frozenset[Path]:
    """Return the parts whose numbers are wrong with nothing said about why."""
    pairs = zip(question.checks, result.checks, strict=True)
    return frozenset(check.part for check, made in pairs if _is_unexplained(check, made))


def _is_unexplained(check: CheckKey, made: CheckResult) -> bool:
    return made.code in UNSAID and made.misconception is None and isinstance(check.kind, Values)


def agrees(
    question: QuestionKey,
    part: Path,
    how: Compare,
    outcomes: Sequence[Outcome],
    slip: Mapping[int, Outcome],
    evidence: int = EVIDENCE,
) -> bool:
    """Say whether a slip's outcomes, by position of the case, are the student's in a part, which is compared so.

    `evidence` is how many of them must differ from the reference's by a value.
    """
    telling = 0
    for position, theirs in slip.items():
        own = outcomes[position]
        if isinstance(theirs, Raised) and isinstance(own, Raised) and theirs.type == own.type:
            continue
        if not isinstance(theirs, Returned) or not isinstance(own, Returned):
            return False
        if not same(theirs.value, own.value, part, how, question.kind):
            return False
        expected = question.cases[position].expected
        if isinstance(expected, Returned) and not same(expected.value, own.value, part, how, question.kind):
            telling += 1
    return telling >= evidence


def with_slips(question: QuestionKey, result: QuestionResult, kinds: Mapping[Path, Sequence[str]]) -> QuestionResult:
    """Return a result in which unexplained numbers are explained by the kinds of slip found for their parts."""
    checks = tuple(
        replace(made, code=CODE, params={**made.params, "slips": _named(kinds[check.part])})
        if _is_unexplained(check, made) and 0 < len(kinds.get(check.part, ())) <= MOST
        else made
        for check, made in zip(question.checks, result.checks, strict=True)
    )
    return replace(result, checks=checks)


def _named(kinds: Sequence[str]) -> list[JSON]:
    return [*sorted(set(kinds))]
