"""One submission, from file to result. The one place where intake, sandbox and judging meet.

The way of the data: read → tell the assignment → load and call in the sandbox → judge → follow through → result.
"""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from grader import judging
from grader.authoring import Limits
from grader.errors import GraderError, InternalError, UnreadableSubmission
from grader.follow_through import Reference, SecondRuns
from grader.judging.versions import transitive_uses
from grader.model import (
    JSON,
    MARKED_OTHERWISE,
    AnswerKey,
    Found,
    LoadReport,
    Message,
    Note,
    Outcome,
    Program,
    QuestionResult,
    Result,
    Stopped,
    Submission,
    Verdict,
)
from grader.prepared import Prepared, prepare
from grader.records import dataclass
from grader.repeats import Doubtful, key_of, may_starve
from grader.sandbox.protocol import Sandbox
from grader.scenarios import call, call_all
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is known of a submission from an earlier grading: questions that need no second look, and its notes."""

    questions: Mapping[str, QuestionResult]
    notes: tuple[Note, ...] = ()


NOTHING_KEPT = Kept(questions={})


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


def run(
    program: Program,
    prepared: Prepared,
    sandbox: Sandbox,
    *,
    rate: Decimal = Decimal(1),
    kept: Kept = NOTHING_KEPT,
    fingerprints: bool = False,
) -> tuple[tuple[QuestionResult, ...], tuple[Note, ...], Mapping[str, tuple[int, ...]]]:
    """Load and call a program, judge what it answers, and follow errors through. Raises InternalError."""
    try:
        return _run(program, prepared, sandbox, rate=rate, kept=kept, fingerprints=fingerprints)
    except Doubtful:
        alone = replace(prepared, repeats=None)
        return _run(program, alone, sandbox, rate=rate, kept=kept, fingerprints=fingerprints)


def _run(
    program: Program, prepared: Prepared, sandbox: Sandbox, *, rate: Decimal, kept: Kept, fingerprints: bool
) -> tuple[tuple[QuestionResult, ...], tuple[Note, ...], Mapping[str, tuple[int, ...]]]:
    """Do what `run` does. Raises Doubtful where it can't be told that what was taken over makes no difference."""
    questions = prepared.questions
    uses = {name: transitive_uses(name, questions) for name in questions}
    todo = [name for name in questions if name not in kept.questions]
    given = prepared.stub_numbers() if fingerprints else None
    with (
        Reference(prepared, sandbox) as reference,
        sandbox.session(program, prepared.wanted, prepared.limits, fingerprints=given) as session,
    ):
        report = session.report
        repeats = prepared.repeats
        keys = {name: key_of(questions[name], report) for name in todo} if repeats is not None else {}
        follows = rate > 0 and prepared.key.reference is not None
        before = repeats.known(keys, kept.questions, uses, follows=follows) if repeats is not None else {}
        known = {**kept.questions, **{name: each.result for name, each in before.items()}}
        loaded = session.notes()
        outcomes = call_all(session, [questions[name] for name in todo if name not in before], prepared)
        notes = session.notes()
        share = session.spent() / prepared.limits.submission
        # What comes up in a call may have all that is called after it run otherwise.
        if before and (notes != loaded or may_starve(len(before), share)):
            raise Doubtful
        own = _own(outcomes, report, prepared, known, uses, follows=follows)
        remarks = {name: judging.notes_of(questions[name], answers) for name, answers in outcomes.items()}
        sure = repeats is not None and session.report is report and notes == report.notes
        # What was kept has been through this: it is told faulty by its checks, whose own scores stay, not by its sum.
        faulty = {name for name, result in own.items() if not judging.is_full(result)}
        for name in outcomes:
            on_faulty = not faulty.isdisjoint(uses[name])
            if name in faulty and not on_faulty:
                own[name] = prepared.explained(own[name], outcomes[name], sandbox)
            if repeats is not None and sure and (follows or not on_faulty):
                result, answers = own[name], outcomes[name]
                repeats.put(keys[name], questions[name], result, answers, share, remarks[name], on_faulty=on_faulty)
        again = SecondRuns(session, prepared, reference, sandbox)
        built_on: list[Note] = []
        for name in [name for name in todo if name in faulty and report.found[name].status == "found"]:
            replaced = frozenset(faulty.intersection(uses[name]))
            if not replaced:
                continue
            if follows:
                second = again.judged(name, replaced)
                own[name] = judging.with_follow_through(own[name], second, rate, _roots(replaced, own))
            else:
                roots: list[JSON] = [*_roots(replaced, own)]
                built_on.append(Note(code="built_on", params={"name": name, "uses": roots}))
        if again.may_have_starved():
            raise Doubtful
    # A note on a question that is graded anew is made anew, if it still holds.
    earlier = (note for note in kept.notes if note.params.get("name") not in todo)
    anew = (before[name].notes if name in before else remarks[name] for name in todo)
    order = {name: number for number, name in enumerate(questions)}
    remarked = sorted(
        (*chain.from_iterable(anew), *earlier), key=lambda note: order.get(str(note.params.get("name")), len(order))
    )
    told = judging.told_where_they_rise(remarked, uses)
    notes = tuple(unique((*notes, *built_on, *told)))
    outside = judging.outside_of(report.notes)
    own |= {name: judging.with_outside(own[name], outside.get(name, ())) for name in todo}
    if prepared.examples is not None:
        new = {name: own[name] for name in todo}
        own |= prepared.examples.shown(program, questions, new, sandbox)
    return tuple(own.values()), notes, _few_bits(report.fingerprints)


def _few_bits(fingerprints: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return fingerprints as they are kept: 64 numbers of 32 bits a question, whatever a worker says."""
    return {name: tuple(n & 0xFFFFFFFF for n in numbers[:64]) for name, numbers in fingerprints.items() if numbers}


def _own(
    outcomes: Mapping[str, Sequence[Outcome]],
    report: LoadReport,
    prepared: Prepared,
    known: Mapping[str, QuestionResult],
    uses: Mapping[str, Sequence[str]],
    *,
    follows: bool,
) -> dict[str, QuestionResult]:
    """Judge the first run, what others are built on first: a question that is run again has its ideas named then."""
    questions = prepared.questions
    own: dict[str, QuestionResult] = {}
    faulty: set[str] = set()
    for name in sorted(questions, key=lambda name: len(uses[name])):
        if name not in outcomes:
            own[name] = known[name]
        else:
            ideas = not (follows and faulty.intersection(uses[name]))
            found = report.found[name]
            own[name] = judging.result_of(questions[name], outcomes[name], found, prepared.judged, ideas=ideas)
        if not judging.is_full(own[name]):
            faulty.add(name)
    return {name: own[name] for name in questions}


def unique(notes: Iterable[Note]) -> Iterator[Note]:
    """Yield each note once, in order."""
    seen: set[tuple[str, str]] = set()
    for note in notes:
        if (note.code, repr(note.params)) not in seen:
            seen.add((note.code, repr(note.params)))
            yield note


def _roots(names: Collection[str], results: Mapping[str, QuestionResult]) -> list[str]:
    """Return those of some faulty questions that have a fault of their own, and not only of what they are built on."""
    roots = [name for name in names if results[name].score != results[name].points]
    return sorted(roots or names)


# --- which assignment, and the result ------------------------------------------------------------------------------


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
