"""One submission, from file to result. The one place where intake, sandbox and judging meet.

The way of the data: read → tell the assignment → load and call in the sandbox → judge → follow through → result.
"""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from grader import judging
from grader.authoring import Limits
from grader.errors import GraderError, InternalError, UnreadableSubmission
from grader.marking import NOTHING_KEPT, Kept, run, unique
from grader.model import (
    JSON,
    MARKED_OTHERWISE,
    AnswerKey,
    Found,
    Message,
    Note,
    Program,
    QuestionResult,
    Result,
    Stopped,
    Submission,
    Verdict,
)
from grader.prepared import Prepared, prepare
from grader.sandbox.protocol import Sandbox
from grader.scenarios import call
from grader.submissions import read_program, read_siblings
from grader.submissions.names import told_by_names

__all__ = [
    "NOTHING_KEPT",
    "UNKNOWN_ASSIGNMENT",
    "Kept",
    "Prepared",
    "blame",
    "call",
    "given_up",
    "grade",
    "prepare",
    "run",
]
"""With what this module is made of, for those who grade."""

UNKNOWN_ASSIGNMENT = "assignment.unknown"
_PACKAGE = Path(__file__).parent


def grade(
    submission: Submission,
    assignments: Mapping[str, Prepared],
    sandbox: Sandbox,
    *,
    rate: Decimal = Decimal(1),
    kept: Kept = NOTHING_KEPT,
    fingerprints: bool = False,
) -> Result:
    """Grade one submission against whichever of the assignments it is for.

    `rate` is what a point of follow-through is worth. Questions that were `kept` are taken over and not run.
    `fingerprints` are for the class report. Whatever the submission does, a result comes back; what is our own fault
    makes it incomplete, with no score.
    """
    begin = time.perf_counter()
    data = b""
    try:
        data = submission.read()
        program = read_program(data, submission.path)
        program = replace(program, siblings=read_siblings(submission.siblings))
    except UnreadableSubmission as error:
        known = assignments.get(submission.assignment or "")
        return _unreadable(submission, data, sandbox, error.message, begin, points=_points(known))
    prepared = _assignment_of(submission, program, assignments, sandbox)
    if prepared is None:
        message = Message(code=UNKNOWN_ASSIGNMENT, params={"assignments": ", ".join(sorted(assignments))})
        return _unreadable(submission, data, sandbox, message, begin, flag=UNKNOWN_ASSIGNMENT)
    try:
        questions, notes, prints = run(program, prepared, sandbox, rate=rate, kept=kept, fingerprints=fingerprints)
    except InternalError as error:
        questions, notes, prints = failed(prepared.key, str(error)), (), {}
    except GraderError:
        raise
    except (
        Exception
    ) as error:  # a fault of ours that nobody foresaw costs this submission its mark, not the class its run
        questions, notes, prints = failed(prepared.key, blame(error)), (), {}
    notes = tuple(unique((*program.notes, *_other_marker(program, prepared.key.assignment), *notes)))
    return replace(_result(submission, data, sandbox, prepared.key, questions, notes, begin), fingerprints=prints)


def given_up(submission: Submission, assignments: Mapping[str, Prepared], level: str, reason: str) -> Result:
    """Make the result of a submission that was never graded for a fault of ours: incomplete, for a person to see."""
    try:
        data = submission.read()
        marker = read_program(data, submission.path).marker
    except UnreadableSubmission:
        data, marker = b"", None
    slug = next((each for each in (submission.assignment, marker) if each in assignments), None)
    key = assignments[slug].key if slug is not None else None
    return Result(
        student=submission.student,
        path=submission.path,
        sha256=hashlib.sha256(data).hexdigest(),
        attempt=submission.attempt,
        submitted_at=submission.submitted_at,
        sandbox=level,
        assignment=slug or submission.assignment,
        points=key.points if key is not None else Decimal(0),
        questions=failed(key, reason) if key is not None else (),
        notes=() if key is not None else (Note(code="internal_error", params={"reason": reason}),),
        flags=(*submission.flags, "incomplete"),
    )


def _assignment_of(
    submission: Submission, program: Program, assignments: Mapping[str, Prepared], sandbox: Sandbox
) -> Prepared | None:
    for slug in (submission.assignment, program.marker):
        if slug is not None and slug in assignments:
            return assignments[slug]
    if submission.assignment is not None:
        return None
    return _by_names(program, assignments.values(), sandbox)


def _other_marker(program: Program, assignment: str) -> tuple[Note, ...]:
    """Note that a file says itself that it is for another assignment than it was handed in for."""
    marker = program.marker
    if marker is None or marker == assignment:
        return ()
    said: dict[str, JSON] = {"marker": marker} if marker.replace("-", "_").isidentifier() else {}
    return (Note(code=MARKED_OTHERWISE, params={**said, "assignment": assignment}),)


def _by_names(program: Program, assignments: Iterable[Prepared], sandbox: Sandbox) -> Prepared | None:
    """Tell the assignment by the names that are defined."""
    candidates = {prepared.key.assignment: prepared for prepared in assignments}
    wanted = {name.name: name for prepared in candidates.values() for name in prepared.wanted}
    try:
        with sandbox.session(program, tuple(wanted.values()), Limits()) as session:
            there = {name for name, found in session.report.found.items() if found.status != "absent"}
    except InternalError:
        return None
    names = {slug: [(name.name,) for name in prepared.wanted] for slug, prepared in candidates.items()}
    slug = told_by_names(there, names)
    return None if slug is None else candidates[slug]


def _points(prepared: Prepared | None) -> Decimal:
    return prepared.key.points if prepared is not None else Decimal(0)


def blame(error: BaseException) -> str:
    """Return the type of a fault of ours and the place in this package where it rose; never its message.

    That could hold a hidden input, and a result is for many eyes.
    """
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(_PACKAGE):
            place = f" at {file.relative_to(_PACKAGE.parent).as_posix()}:{line}"
    return f"{type(error).__name__}{place}"


def failed(key: AnswerKey, reason: str) -> tuple[QuestionResult, ...]:
    """Make the results of a submission that could not be graded for a fault of ours: no score, never a zero."""
    outcome = Stopped(verdict=Verdict.INTERNAL_ERROR, message=Message(code="internal_error", params={"reason": reason}))
    found = Found(status="found")
    return tuple(judging.result_of(question, [outcome] * len(question.cases), found) for question in key.questions)


def _result(
    submission: Submission,
    data: bytes,
    sandbox: Sandbox,
    key: AnswerKey,
    questions: Sequence[QuestionResult],
    notes: tuple[Note, ...],
    begin: float,
) -> Result:
    complete = all(question.score is not None for question in questions)
    return Result(
        **_identity(submission, data, sandbox),
        assignment=key.assignment,
        score=sum((question.score or Decimal(0) for question in questions), Decimal(0)) if complete else None,
        points=key.points,
        complete=complete,
        seconds=time.perf_counter() - begin,
        questions=tuple(questions),
        notes=notes,
        flags=(*submission.flags, *(() if complete else ("incomplete",))),
    )


def _unreadable(
    submission: Submission,
    data: bytes,
    sandbox: Sandbox,
    message: Message,
    begin: float,
    flag: str | None = None,
    points: Decimal = Decimal(0),
) -> Result:
    return Result(
        **_identity(submission, data, sandbox),
        assignment=submission.assignment,
        points=points,
        seconds=time.perf_counter() - begin,
        notes=(Note(code=message.code, params=message.params),),
        flags=(*submission.flags, flag or "submission.unreadable"),
    )


def _identity(submission: Submission, data: bytes, sandbox: Sandbox) -> dict[str, Any]:
    return {
        "student": submission.student,
        "path": submission.path,
        "sha256": hashlib.sha256(data).hexdigest(),
        "attempt": submission.attempt,
        "submitted_at": submission.submitted_at,
        "sandbox": str(sandbox.level),
    }
