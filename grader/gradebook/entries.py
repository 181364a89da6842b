"""The gradebook's nouns: the key of a piece of work, what is known of it, claims, events and the review queue."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from grader.model import JSON, MARKED_OTHERWISE, Note, QuestionResult, Result, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a result depends on, and nothing else: the same work is never done twice.

    `submission` is the SHA-256 (hex) of all that was handed in, other files beside it included; `assignment` is
    `AnswerKey.version`; `questions` are `grader.judging.versions.question_versions`; `environment` is
    `grader.gradebook.environment.Environment.fingerprint`.
    """

    submission: str
    assignment: str
    grader: str
    environment: str
    questions: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> bytes:
        """The content address of the work; the questions' versions are implied by the assignment's."""
        return _digest(32, self.submission, self.assignment, self.grader, self.environment)

    @property
    def context(self) -> bytes:
        """What questions have in common with those of an earlier version of the assignment."""
        return _digest(16, self.grader, self.environment)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a result belongs: one attempt of one student at one assignment."""

    assignment: str | None
    student: str
    attempt: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the gradebook holds of one piece of work.

    `result` is the complete result, if there is one, as it was recorded (perhaps for another student who handed in the
    same bytes); `recorded` says whether it is this very slot's current one, so that there is nothing left to do.
    Otherwise `questions` are the questions whose version has not changed, by name, and `notes` those of the result
    that they were taken from.
    """

    result: Result | None = None
    recorded: bool = False
    questions: Mapping[str, QuestionResult] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Which pieces of work are this worker's to do now, which are done, and which another worker is at."""

    mine: frozenset[bytes]
    done: frozenset[bytes]
    elsewhere: frozenset[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened and is no result: an internal error, a resolution's background."""

    kind: str
    at: datetime
    assignment: str | None = None
    student: str | None = None
    attempt: int | None = None
    detail: JSON = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who settled a matter of the review queue, why and when. It holds for the bytes handed in, through regrades."""

    who: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """Something that needs a person, see `reasons_for_review`; `resolution` once it is settled."""

    reason: str
    result: Result
    resolution: Resolution | None = None


def reasons_for_review(result: Result) -> tuple[str, ...]:
    """Return why a person should look at a result: () where nobody need.

    These are its flags, `incomplete`, `time_limit`, and `assignment.doubtful` where nothing of what is graded is in the
    file, or where it says itself that it is for another assignment.
    """
    reasons = list(dict.fromkeys(result.flags))
    if not result.complete and "incomplete" not in reasons and (result.questions or not reasons):
        reasons.append("incomplete")
    if any(check.verdict is Verdict.TIME_LIMIT for check in result.checks):
        reasons.append("time_limit")
    if result.is_absent or any(note.code == MARKED_OTHERWISE for note in result.notes):
        reasons.append("assignment.doubtful")
    return tuple(reasons)


def _digest(size: int, *parts: str) -> bytes:
    digest = hashlib.blake2b(digest_size=size)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "little") + encoded)
    return digest.digest()
