"""What travels to another process: a submission with its bytes, and back its result, or why there is none.

Between processes of one machine both are JSON, and the bytes of files after it; Dask has a way of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from grader.errors import GraderError, UnreadableSubmission
from grader.grading import NOTHING_KEPT, Kept, blame
from grader.judging.record import (
    note_from_record,
    note_to_record,
    question_from_record,
    question_from_text,
    question_to_record,
    question_to_text,
    result_from_record,
    result_to_record,
)
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

    @classmethod
    def of(cls, error: BaseException) -> Failure:
        """Return what an error comes to: its sentence where it is one of ours, else its type and place."""
        return cls(reason=str(error) if isinstance(error, GraderError) else blame(error))


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


# --- as bytes --------------------------------------------------------------------------------------------------------


def dump_job(job: Job) -> list[bytes]:
    """Return a job as pieces: JSON, and the content of each file."""
    submission = job.submission
    files = [_as_held(submission.read), *(_as_held(read) for _, read in submission.siblings)]
    head = {
        "student": submission.student,
        "assignment": submission.assignment,
        "path": submission.path,
        "siblings": [name for name, _ in submission.siblings],
        "faults": [None if each.fault is None else [each.fault.code, dict(each.fault.params)] for each in files],
        "attempt": submission.attempt,
        "submitted_at": None if submission.submitted_at is None else submission.submitted_at.isoformat(),
        "flags": submission.flags,
        "questions": [question_to_record(each) for each in job.kept.questions.values()],
        "notes": [note_to_record(each) for each in job.kept.notes],
    }
    return [_dumped(head), *(each.data for each in files)]


def load_job(pieces: list[bytes]) -> Job:
    """Return the job that `dump_job` took to pieces."""
    head = json.loads(pieces[0])
    files = [
        Held(data=data, fault=None if fault is None else Message(code=fault[0], params=fault[1]))
        for data, fault in zip(pieces[1:], head["faults"], strict=True)
    ]
    at = head["submitted_at"]
    submission = Submission(
        student=head["student"],
        assignment=head["assignment"],
        path=head["path"],
        read=files[0],
        siblings=tuple(zip(head["siblings"], files[1:], strict=True)),
        attempt=head["attempt"],
        submitted_at=None if at is None else datetime.fromisoformat(at),
        flags=tuple(head["flags"]),
    )
    questions = {each["name"]: question_from_record(each) for each in head["questions"]}
    notes = tuple(map(note_from_record, head["notes"]))
    return Job(submission=submission, kept=Kept(questions=questions, notes=notes) if questions else NOTHING_KEPT)


def dump_answer(answer: Answer) -> list[bytes]:
    """Return an answer as pieces: JSON, and a line of JSON for each question, which may have been made before."""
    if isinstance(answer, Failure):
        return [_dumped({"failure": answer.reason})]
    head = result_to_record(replace(answer, questions=()))
    lines = "\n".join(map(question_to_text, answer.questions))
    return [_dumped({"result": head, "fingerprints": dict(answer.fingerprints)}), lines.encode("ascii")]


def load_answer(pieces: list[bytes]) -> Answer:
    """Return the answer that `dump_answer` took to pieces."""
    head = json.loads(pieces[0])
    if "failure" in head:
        return Failure(reason=head["failure"])
    lines = pieces[1].decode("ascii")
    questions = tuple(map(question_from_text, lines.split("\n"))) if lines else ()
    fingerprints = {name: tuple(numbers) for name, numbers in head["fingerprints"].items()}
    return replace(result_from_record(head["result"]), questions=questions, fingerprints=fingerprints)


def _as_held(read: Callable[[], bytes]) -> Held:
    return read if isinstance(read, Held) else _held(read)


def _dumped(head: dict[str, Any]) -> bytes:
    return json.dumps(head, allow_nan=False, separators=(",", ":")).encode("ascii")
