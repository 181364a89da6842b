"""What readers are told of results: the course's level of feedback or the one asked for, and fresh examples in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from grader.courses import Course
from grader.model import Result
from grader.policy import Feedback, shows_examples
from grader.reports.levels import at_level


def right_now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How much is told, at one moment. `feedback` is the level asked for; None is what the course has."""

    course: Course
    feedback: Feedback | None = None
    instructor: bool = False
    """Whether the reader may see whatever is there, whenever it is."""
    anonymous: bool = False
    """Whether nobody says who the reader is: it may be any of those with an extension."""
    now: datetime = field(default_factory=right_now)

    def level(self, assignment: str | None) -> Feedback:
        """Return the level for an assignment."""
        return self.feedback or self.course.settings.feedback_for(assignment)

    def told(self, result: Result) -> Result:
        """Return what is told of a result. The gradebook keeps the whole."""
        policy = self.course.settings.policy
        readers = {result.student, *(each.student for each in policy.extensions if self.anonymous)}
        shown = self.instructor or all(
            shows_examples(policy, result.assignment or "", reader, self.now) for reader in readers
        )
        return at_level(result, self.level(result.assignment), examples=shown)

    def with_examples(self, assignments: Iterable[str]) -> frozenset[str]:
        """Return the assignments for which fresh examples are to be looked for: somebody may see them by now.

        What the course has counts as well as what was asked for: a run that prints less still keeps the whole.
        """
        settings = self.course.settings
        return frozenset(
            slug
            for slug in assignments
            if Feedback.FULL in (self.feedback, settings.feedback_for(slug))
            and shows_examples(settings.policy, slug, None, self.now)
        )
