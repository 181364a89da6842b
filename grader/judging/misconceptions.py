"""Which named wrong idea a student's results show.

A variant matches a part when the student's outcome equals the variant's on every case of that part, and at least two
of these cases tell the variant from the reference by a value. Equal exceptions agree with a variant but are no
evidence for it. Where several match, the one wins that goes with the student's results in the most of the other parts,
then the one declared first; on separate parts two may match at once. An answer has one case, which is enough.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import EllipsisType
from typing import TypeAlias

from grader.authoring import Compare, Path, Values
from grader.judging.answers import read_answer
from grader.judging.comparison import Difference, compare
from grader.judging.findings import take_part
from grader.model import MisconceptionKey, Outcome, QuestionKey, Raised, Returned, Value

EVIDENCE = 2
Parts: TypeAlias = dict[Path, tuple[tuple[int, ...], Compare]]
"""The cases of each part, and how it is compared."""


def match(
    question: QuestionKey, outcomes: Sequence[Outcome], parts: frozenset[Path] | None = None
) -> Mapping[Path, MisconceptionKey]:
    """Return, for each part whose results are those of a misconception, the first such misconception.

    `parts` are those of interest (the ones that failed), by default all.
    """
    found: dict[Path, MisconceptionKey] = {}
    if len(outcomes) != len(question.cases):
        return found
    everywhere = parts_of(question)
    for part, (cases, how) in everywhere.items():
        if parts is not None and part not in parts:
            continue
        enough = 1 if question.kind == "answer" else EVIDENCE
        matching = [
            misconception
            for misconception in question.misconceptions
            if (_evidence(misconception.name, question, outcomes, part, cases, how) or 0) >= enough
        ]
        if matching:
            found[part] = min(matching, key=lambda each: _elsewhere(each.name, question, outcomes, everywhere, part))
    return found


def matches_everywhere(name: str, question: QuestionKey, outcomes: Sequence[Outcome]) -> bool:
    """Say whether a variant's results are the student's in every part."""
    return _elsewhere(name, question, outcomes, parts_of(question), ...) == 0


def _elsewhere(
    name: str, question: QuestionKey, outcomes: Sequence[Outcome], parts: Parts, but: Path | EllipsisType
) -> int:
    """Return in how many of the other parts a variant's results are not the student's."""
    return sum(
        _evidence(name, question, outcomes, part, cases, how) is None
        for part, (cases, how) in parts.items()
        if part != but
    )


def parts_of(question: QuestionKey) -> Parts:
    """Return the cases of each part, and how the part is compared."""
    parts: Parts = {}
    for check in question.checks:
        if isinstance(check.kind, Values) and not check.compare.shape_only:
            cases, how = parts.get(check.part, ((), check.compare))
            parts[check.part] = ((*cases, *(case for case in check.cases if case not in cases)), how)
    return parts


def _evidence(
    name: str, question: QuestionKey, outcomes: Sequence[Outcome], part: Path, cases: tuple[int, ...], how: Compare
) -> int | None:
    """Return how many cases tell a variant from the reference by a value; None where its results aren't the student's.

    `name` is the variant's. A part is compared in every one of its cases.
    """
    evidence = 0
    for position in cases:
        case = question.cases[position]
        variant, outcome = case.variants.get(name), outcomes[position]
        if isinstance(variant, Raised):
            if not isinstance(outcome, Raised) or outcome.type != variant.type:
                return None
            continue
        if not isinstance(variant, Returned) or not isinstance(outcome, Returned):
            return None
        if not same(variant.value, outcome.value, part, how, question.kind):
            return None
        expected = case.expected
        if isinstance(expected, Returned) and not same(expected.value, outcome.value, part, how, question.kind):
            evidence += 1
    return evidence


def same(expected: Value, got: Value, part: Path, how: Compare, kind: str) -> bool:
    """Say whether two values are equal in a part: answers as they are read, all else as checks compare."""
    if kind == "answer":
        answer = read_answer(expected)
        if answer is not None:
            return answer == read_answer(got)
    taken = take_part(expected, got, part)
    return not isinstance(taken, Difference) and compare(*taken, how) is None
