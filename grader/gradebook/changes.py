"""Who gains and who loses between two gradings: the preview of a regrade. Pure and exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from grader.model import QuestionResult, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionChange:
    """One question whose score changes; None on a side is unknown, or not there."""

    name: str
    old: Decimal | None
    new: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One attempt whose score changes. `gain` is None where either score is unknown."""

    assignment: str | None
    student: str
    attempt: int
    old: Decimal | None
    new: Decimal | None
    questions: tuple[QuestionChange, ...] = ()

    @property
    def gain(self) -> Decimal | None:
        """Return the points gained; negative where some are lost."""
        return None if self.old is None or self.new is None else self.new - self.old


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that changes, by assignment, student and attempt; `same` counts the attempts whose marks stay."""

    changes: tuple[Change, ...]
    same: int
    added: int
    """Attempts that were not graded before."""

    @property
    def gains(self) -> int:
        """Return how many attempts gain points."""
        return sum(1 for change in self.changes if change.gain is not None and change.gain > 0)

    @property
    def losses(self) -> int:
        """Return how many attempts lose points."""
        return sum(1 for change in self.changes if change.gain is not None and change.gain < 0)


def compare_results(old: Iterable[Result], new: Iterable[Result]) -> Changes:
    """Say what grading anew would change. Attempts of `old` that were not graded anew stay as they are."""
    before = {_place(result): result for result in old}
    changes: list[Change] = []
    same = added = 0
    for result in sorted(new, key=_place):
        earlier = before.get(_place(result))
        if earlier is None:
            added += 1
            continue
        questions = _questions(earlier.questions, result.questions)
        if earlier.score == result.score and not questions:
            same += 1
            continue
        changes.append(
            Change(
                assignment=result.assignment,
                student=result.student,
                attempt=result.attempt,
                old=earlier.score,
                new=result.score,
                questions=questions,
            )
        )
    return Changes(changes=tuple(changes), same=same, added=added)


def _questions(old: tuple[QuestionResult, ...], new: tuple[QuestionResult, ...]) -> tuple[QuestionChange, ...]:
    before = {question.name: question.score for question in old}
    after = {question.name: question.score for question in new}
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        QuestionChange(name=name, old=before.get(name), new=after.get(name))
        for name in names
        if before.get(name) != after.get(name) or (name in before) != (name in after)
    )


def _place(result: Result) -> tuple[str, str, int]:
    return (result.assignment or "", result.student, result.attempt)
