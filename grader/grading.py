"""One submission, from file to result. The one place where intake, sandbox and judging meet.

The way of the data: read → tell the assignment → load and call in the sandbox → judge → follow through → result.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain
from typing import Any

import numpy as np

from grader import judging
from grader.authoring import Limits
from grader.errors import CourseError, GraderError, InternalError, UnreadableSubmission
from grader.examples import Examples, Inputs
from grader.judging.versions import transitive_uses
from grader.model import (
    AnswerKey,
    Case,
    Found,
    LoadReport,
    Message,
    Note,
    Outcome,
    Program,
    QuestionKey,
    QuestionResult,
    Raised,
    Result,
    Returned,
    Stopped,
    Submission,
    Value,
    Verdict,
    Wanted,
)
from grader.sandbox.memory import Memory
from grader.sandbox.protocol import Enough, Oracle, Payload, Sandbox, Session
from grader.sandbox.wire import UnsendableError, encode_cases
from grader.slips import Slips
from grader.submissions import read_program, read_siblings

UNKNOWN_ASSIGNMENT = "assignment.unknown"
SECOND_RUNS = 2
"""A second run in which a process died is made once more: who killed it may have been somebody else."""
LEAST_SECONDS = 0.1
"""What a second run gets when the time for them is used up: enough to be told that it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An answer key made ready for the sandbox: its cases encoded once, for all submissions."""

    key: AnswerKey
    wanted: tuple[Wanted, ...]
    payloads: Mapping[str, Payload]
    limits: Limits
    memory: Memory[bytes] = field(default_factory=Memory)
    """What the reference has answered in follow-through."""
    judged: judging.Judged = field(default_factory=judging.Judged)
    """How outcomes were judged, for those that answer alike."""
    slips: Slips | None = None
    """What explains wrong numbers that nothing else explains; None in a student's own run."""
    examples: Examples | None = None
    """What shows a mistake in a hidden check on a fresh input; None before the deadline, and in a student's own run."""

    @property
    def questions(self) -> Mapping[str, QuestionKey]:
        """The questions by name."""
        return {question.name: question for question in self.key.questions}


def prepare(key: AnswerKey, slips: Slips | None = None, fresh: Inputs | None = None) -> Prepared:
    """Encode the cases of an answer key. Raises CourseError for an input that can't be sent to a worker.

    `fresh` are inputs to show mistakes by.
    """
    wanted = tuple(_wanted(question) for question in key.questions)
    return Prepared(
        key=key,
        wanted=wanted,
        payloads={question.name: _payload(question) for question in key.questions},
        limits=max((question.limits for question in key.questions), key=lambda limits: limits.submission),
        slips=slips,
        examples=None if fresh is None or key.reference is None else Examples(key.reference, wanted, fresh),
    )


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
        return _unreadable(submission, data, sandbox, error.message, begin)
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
        questions, notes, prints = failed(prepared.key, type(error).__name__), (), {}
    notes = tuple(unique((*program.notes, *notes)))
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
    todo = [question for question in prepared.key.questions if question.name not in kept.questions]
    with sandbox.session(program, prepared.wanted, prepared.limits, fingerprints=fingerprints) as session:
        outcomes = {question.name: call(session, question, prepared) for question in todo}
        report, notes = session.report, session.notes()
    own = {
        question.name: _judged(question, outcomes[question.name], report, prepared)
        if question.name in outcomes
        else kept.questions[question.name]
        for question in prepared.key.questions
    }
    remarks = (judging.notes_of(prepared.questions[name], outcomes[name]) for name in outcomes)
    # A note on a question that is graded anew is made anew, if it still holds.
    earlier = (note for note in kept.notes if note.params.get("name") not in outcomes)
    notes = tuple(unique((*notes, *chain.from_iterable(remarks), *earlier)))
    # What was kept has been through this: it is told faulty by its checks, whose own scores stay, and not by its sum.
    faulty = {name for name, result in own.items() if any(check.score != check.points for check in result.checks)}
    budget = FollowThroughBudget(prepared.limits)
    for name in [name for name in outcomes if name in faulty]:
        replaced = frozenset(faulty & set(transitive_uses(name, prepared.questions)))
        if not replaced:
            own[name] = explained(own[name], outcomes[name], prepared, sandbox)
        elif rate and prepared.key.reference is not None and report.found[name].status == "found":
            again = follow_through(program, prepared, sandbox, name, replaced, budget)
            own[name] = judging.with_follow_through(own[name], again, rate, _roots(replaced, own))
    if prepared.examples is not None:
        new = {name: own[name] for name in outcomes}
        own |= prepared.examples.shown(program, prepared.questions, new, sandbox)
    return tuple(own.values()), notes, _few_bits(report.fingerprints)


def _few_bits(fingerprints: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return fingerprints as they are kept: 64 numbers of 32 bits a question, whatever a worker says."""
    return {name: tuple(n & 0xFFFFFFFF for n in numbers[:64]) for name, numbers in fingerprints.items() if numbers}


def _judged(
    question: QuestionKey, outcomes: Sequence[Outcome], report: LoadReport, prepared: Prepared
) -> QuestionResult:
    return judging.result_of(question, outcomes, report.found[question.name], prepared.judged)


def unique(notes: Iterable[Note]) -> Iterator[Note]:
    """Yield each note once, in order."""
    seen: set[tuple[str, str]] = set()
    for note in notes:
        if (note.code, repr(note.params)) not in seen:
            seen.add((note.code, repr(note.params)))
            yield note


def call(session: Session, question: QuestionKey, prepared: Prepared) -> list[Outcome]:
    """Call a question on all its cases, scenarios among them; one outcome a case, in their order."""
    found = session.report.found[question.name]
    if found.status != "found":
        message = found.message or Message(code="missing.name", params={"name": question.name})
        return [Stopped(verdict=Verdict.MISSING, message=message)] * len(question.cases)
    plain = iter(session.call(question.name, prepared.payloads[question.name], question.limits))
    return [next(plain) if case.scenario is None else play(case, session, question) for case in question.cases]


# --- scenarios -----------------------------------------------------------------------------------------------------


class StudentStopped(Exception):
    """The student's function did not return: no error of ours, it unwinds the author's scenario."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(type(outcome).__name__)


class Proxy:
    """The student's program as a scenario sees it: `student(*args)`, or `student.other_name(*args)`."""

    def __init__(self, session: Session, question: QuestionKey, name: str | None = None) -> None:
        self._session, self._question, self._name = session, question, name or question.name

    def __call__(self, *args: Value) -> Value:
        """Make one call and return its value; anything else ends the scenario."""
        outcome = self._session.ask(self._name, args, self._question.limits)
        if isinstance(outcome, Returned):
            return outcome.value
        raise StudentStopped(outcome)

    def __getattr__(self, name: str) -> Proxy:
        return Proxy(self._session, self._question, name)


def play(case: Case, session: Session, question: QuestionKey) -> Outcome:
    """Run a scenario against the student's program.

    The scenario is the author's code on values that the student chose: what it raises on them is the student's outcome.
    """
    assert case.scenario is not None
    try:
        return Returned(value=case.scenario(Proxy(session, question), np.random.default_rng(case.seed)))
    except StudentStopped as stop:
        return stop.outcome
    except Exception as error:
        return Raised(type=type(error).__name__)


# --- follow-through ------------------------------------------------------------------------------------------------


class FollowThroughBudget:
    """The time that all second runs of one submission have together: as much as its first run may take."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.submission

    @contextmanager
    def spent(self) -> Iterator[Limits]:
        """Give the limits that are left, and take off what the block took."""
        begin = time.perf_counter()
        try:
            yield replace(self._limits, submission=max(self._left, LEAST_SECONDS))
        finally:
            self._left -= (time.perf_counter() - begin) / self._limits.wall_factor


def follow_through(
    program: Program,
    prepared: Prepared,
    sandbox: Sandbox,
    name: str,
    replaced: frozenset[str],
    budget: FollowThroughBudget,
) -> QuestionResult:
    """Judge a question again, with what is faulty among the questions that it uses answered by the reference."""
    question = prepared.questions[name]
    for _ in range(SECOND_RUNS):
        with (
            budget.spent() as limits,
            answering(prepared, sandbox, replaced) as oracle,
            sandbox.session(program, prepared.wanted, limits, oracle) as session,
        ):
            outcomes = call(session, question, prepared)
            report = session.report
        if not any(isinstance(outcome, Stopped) and outcome.verdict is Verdict.CRASHED for outcome in outcomes):
            break
    return explained(_judged(question, outcomes, report, prepared), outcomes, prepared, sandbox)


def _roots(names: Collection[str], results: Mapping[str, QuestionResult]) -> list[str]:
    """Return those of some faulty questions that have a fault of their own, and not only of what they are built on."""
    roots = [name for name in names if results[name].score != results[name].points]
    return sorted(roots or names)


def explained(
    result: QuestionResult, outcomes: Sequence[Outcome], prepared: Prepared, sandbox: Sandbox
) -> QuestionResult:
    """Name the slip that explains wrong numbers, if one does: all that the question is built on must be right."""
    if prepared.slips is None:
        return result
    return prepared.slips.explain(prepared.questions[result.name], result, outcomes, sandbox)


@contextmanager
def answering(prepared: Prepared, sandbox: Sandbox, names: frozenset[str]) -> Iterator[Oracle]:
    """Start the reference in a limited process of its own, to answer calls to some names."""
    assert prepared.key.reference is not None
    program = prepared.key.reference
    sessions: list[Session] = []
    with ExitStack() as stack:

        def answer(name: str, args: tuple[Value, ...]) -> Outcome:
            if not sessions:  # most of what is asked has been asked before
                sessions.append(stack.enter_context(sandbox.session(program, prepared.wanted, prepared.limits)))
            return sessions[0].ask(name, args, prepared.questions[name].limits)

        yield Oracle(names=names, answer=answer, memory=prepared.memory)


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


def _by_names(program: Program, assignments: Iterable[Prepared], sandbox: Sandbox) -> Prepared | None:
    """Tell the assignment by the names that are defined: the only one of which at least half are there."""
    candidates = list(assignments)
    wanted = {name.name: name for prepared in candidates for name in prepared.wanted}
    try:
        with sandbox.session(program, tuple(wanted.values()), Limits()) as session:
            there = {name for name, found in session.report.found.items() if found.status != "absent"}
    except InternalError:
        return None
    fitting = [p for p in candidates if 2 * sum(name.name in there for name in p.wanted) >= len(p.wanted)]
    return fitting[0] if len(fitting) == 1 else None


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
    submission: Submission, data: bytes, sandbox: Sandbox, message: Message, begin: float, flag: str | None = None
) -> Result:
    return Result(
        **_identity(submission, data, sandbox),
        assignment=submission.assignment,
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


def _payload(question: QuestionKey) -> Payload:
    try:
        payload = encode_cases([case for case in question.cases if case.scenario is None])
    except UnsendableError as error:
        fault = f"{question.name}: an input holds {error.kind}{error.where}, which can't be sent to a worker."
        raise CourseError([f"{fault} Use numbers, texts, lists, dicts and numeric arrays."]) from error
    enough = judging.enough_of(question)
    plain = [position for position, case in enumerate(question.cases) if case.scenario is None]
    exactly = tuple(Enough(*enough[position]) if position in enough else None for position in plain)
    return replace(payload, enough=exactly)


def _wanted(question: QuestionKey) -> Wanted:
    return Wanted(
        name=question.name,
        kind=question.kind,
        aliases=question.aliases,
        parameters=question.parameters,
        uses=question.uses,
        stub=question.stub,
    )
