"""What travels: a submission with its bytes, and back its result, or why there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from grader.errors import UnreadableSubmission
from grader.grading import NOTHING_KEPT, Kept
from grader.model import Message, Result, Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The content of a file, or why it can't be read; called like the `read` of a submission that it stands for."""

    data: bytes = b""
    fault: Message | None = None

    def __call__(self) -> bytes:
        """Return the bytes, or raise UnreadableSubmission as reading the file did."""
        if self.fault is not None:
            raise UnreadableSubmission(self.fault)
        return self.data


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One submission on its way to a worker, with the questions that need no second look."""

    submission: Submission
    kept: Kept = NOTHING_KEPT

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes; '' where it can't be read."""
        read = self.submission.read
        return hashlib.sha256(read.data).hexdigest() if isinstance(read, Held) and read.fault is None else ""

    @property
    def size(self) -> int:
        """How many bytes were handed in."""
        files = (self.submission.read, *(read for _, read in self.submission.siblings))
        return sum(len(each.data) for each in files if isinstance(each, Held))


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A job that came to no result, for a fault of ours."""

    reason: str


Answer = Result | Failure


def job_of(submission: Submission, kept: Kept = NOTHING_KEPT) -> Job:
    """Read a submission's files and return what is sent."""
    siblings = tuple((name, _held(read)) for name, read in submission.siblings)
    return Job(submission=replace(submission, read=_held(submission.read), siblings=siblings), kept=kept)


def _held(read: Callable[[], bytes]) -> Held:
    try:
        return Held(data=read())
    except UnreadableSubmission as error:
        return Held(fault=error.message)
