"""Counting what a run comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from grader.model import Result


class Way(StrEnum):
    """How a result came about."""

    GRADED = "graded"
    PARTLY = "partly"
    """Some of its questions were graded; the others are as they were recorded."""
    COPIED = "copied"
    """The same work had been done, for another student or under other labels."""
    UNCHANGED = "unchanged"
    """It was recorded already."""


@dataclass(slots=True)
class Tally:
    """What a run came to so far."""

    ways: Counter[Way] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    """Submissions by how they stand: `full`, `partial`, `none`, `unreadable` or `incomplete`."""
    graded: Counter[str] = field(default_factory=Counter)
    """Times that a question was run, by its name."""
    kept: Counter[str] = field(default_factory=Counter)
    """Times that a question was taken over from the gradebook, by its name, in results that were graded in part."""

    scores: dict[str, Counter[Decimal]] = field(default_factory=dict)
    """Assignment to how often each score came out: as flat as there are different marks."""
    late: int = 0

    @property
    def done(self) -> int:
        """How many submissions have a result."""
        return sum(self.ways.values())

    def add(self, result: Result, way: Way, kept: Iterable[str]) -> None:
        """Count one result."""
        self.ways[way] += 1
        self.verdicts[standing(result)] += 1
        self.late += result.late
        if result.score is not None:
            self.scores.setdefault(result.assignment or "", Counter())[result.score] += 1
        if way in (Way.GRADED, Way.PARTLY):
            taken = set(kept)
            self.kept.update(taken)
            self.graded.update(question.name for question in result.questions if question.name not in taken)


def standing(result: Result) -> str:
    """Say in one word how a submission stands."""
    if not result.questions:
        return "unreadable"
    if result.score is None:
        return "incomplete"
    if result.score == result.points:
        return "full"
    return "partial" if result.score else "none"


def quantile(scores: Counter[Decimal], share: Decimal) -> Decimal:
    """Return the smallest score that at least this share of the submissions do not exceed."""
    wanted, passed = share * scores.total(), 0
    for score in sorted(scores):
        passed += scores[score]
        if passed >= wanted:
            return score
    raise ValueError("there are no scores")
