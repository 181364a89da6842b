"""One question under audit: its keys under several secrets, made ready, with limits fit for programs that never end."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.authoring import NoLoop, Question
from grader.courses import LoadedAssignment
from grader.grading import Prepared, call, prepare
from grader.judging import verdict_of
from grader.model import AnswerKey, Cell, Found, Outcome, Program, QuestionKey, Stopped, Verdict
from grader.sandbox.protocol import Sandbox

LEAST_SECONDS = 0.3
"""The least that a program may take for all cases of a question, in seconds of CPU."""
TIMES_THE_REFERENCE = 10
"""And how many times what the reference takes."""
MANY_TIMES = 30.0
"""Wall-clock time for a second of CPU: on a busy machine nobody is to die of waiting."""
WHOLE_SESSION = 120.0


@dataclass(slots=True, kw_only=True)
class Subject:
    """One question with what is needed to run programs against it."""

    loaded: LoadedAssignment
    question: Question
    keys: tuple[QuestionKey, ...]
    """The first is the whole key; the others, under other secrets, lack what is measured."""
    prepared: tuple[Prepared, ...]
    """What is run, one after another: what is not measured, under every secret, and then what is, under the first."""
    seconds: float = 0.0
    """What was spent on it so far."""

    @property
    def name(self) -> str:
        """The question's name."""
        return self.keys[0].name

    @property
    def constant(self) -> frozenset[str]:
        """The checks that are the same under every secret."""
        checks = self.question.checks
        return frozenset(check.name for check in checks if check.inputs is None and check.scenario is None)


def subject_of(loaded: LoadedAssignment, question: Question, keys: Sequence[AnswerKey], name: str) -> Subject:
    """Put a subject together from whole keys of the assignment."""
    own = tuple(next(each for each in key.questions if each.name == name) for key in keys)
    parts = [part for key in own for part in (_part(key, measured=False),) if part.checks]
    parts += [part for part in (_part(own[0], measured=True),) if part.checks]
    prepared = [prepare(replace(keys[0], questions=(part,))) for part in parts]
    if any(case.scenario is not None for case in own[0].cases):
        # A scenario may call the other questions, so the loader looks for those too.
        wanted = prepare(keys[0]).wanted
        prepared = [replace(each, wanted=wanted) for each in prepared]
    return Subject(loaded=loaded, question=question, keys=own, prepared=tuple(prepared))


def _part(key: QuestionKey, *, measured: bool) -> QuestionKey:
    """Return a key with only the checks that are measured, or only the others, and their cases.

    Measuring is slow, and it is for those only that pass everything else.
    """
    checks = [check for check in key.checks if isinstance(check.kind, NoLoop) is measured]
    kept = sorted({position for check in checks for position in check.cases})
    places = {position: place for place, position in enumerate(kept)}
    return replace(
        key,
        cases=tuple(key.cases[position] for position in kept),
        checks=tuple(replace(check, cases=tuple(places[each] for each in check.cases)) for check in checks),
    )


def limited(subject: Subject, seconds: float) -> None:
    """Fit the limits to what the reference takes.

    The question's whole time is up before a single call's could be: such a hang is given up at once, without being
    confirmed by a second run, since a mutant that is wrongly called slow does nobody wrong.
    """
    whole = max(LEAST_SECONDS, TIMES_THE_REFERENCE * seconds)
    fitted = replace(
        subject.keys[0].limits, call=2 * whole, question=whole, submission=WHOLE_SESSION, wall_factor=MANY_TIMES
    )
    prepared = []
    for each in subject.prepared:
        (question,) = each.key.questions
        if not is_measured(question):
            limited_key = replace(each.key, questions=(replace(question, limits=fitted),))
            each = replace(each, key=limited_key, limits=fitted)  # noqa: PLW2901 - the same, with other limits
        prepared.append(each)
    subject.prepared = tuple(prepared)


def is_measured(key: QuestionKey) -> bool:
    """Whether a key asks for the work done in Python."""
    return any(isinstance(check.kind, NoLoop) for check in key.checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What the checks of a question made of a program under one secret: the verdict and the code of those it fails."""

    failed: tuple[tuple[str, Verdict, str], ...]
    earns: bool
    """Whether it has any points."""
    measured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a program came to under one secret after another."""

    verdicts: tuple[Verdicts, ...]
    seconds: float
    first_call: float = 0.0
    """What the calls under the first secret took."""

    @property
    def passes(self) -> bool:
        """Whether it has full marks under every secret."""
        return not any(each.failed for each in self.verdicts)

    @property
    def passes_somewhere(self) -> bool:
        """Whether it has full marks under one secret at least."""
        plain = [each for each in self.verdicts if not each.measured]
        measured = [each for each in self.verdicts if each.measured]
        return not any(each.failed for each in measured) and not (plain and all(each.failed for each in plain))

    @property
    def earns(self) -> bool:
        """Whether it has any points under any secret."""
        return any(each.earns for each in self.verdicts)

    @property
    def is_ours(self) -> bool:
        """Whether something failed through a fault of ours."""
        return any(verdict is Verdict.INTERNAL_ERROR for each in self.verdicts for _, verdict, _ in each.failed)

    @property
    def failed(self) -> tuple[str, ...]:
        """The checks that it fails under the first secret, or else under any."""
        return tuple(name for name, _, _ in self._first())

    @property
    def code(self) -> str:
        """What is wrong in the first check that it fails."""
        return next((code for _, _, code in self._first()), "")

    def _first(self) -> tuple[tuple[str, Verdict, str], ...]:
        return next((each.failed for each in self.verdicts if each.failed), ())


def run(subject: Subject, source: str, sandbox: Sandbox) -> Run:
    """Run a program against a question under one secret after another.

    It ends with the first where a check fails that is the same under all, or where the program hangs or dies.
    """
    begin = time.perf_counter()
    verdicts: list[Verdicts] = []
    called = 0.0
    first = subject.prepared[0]
    with sandbox.session(program(source), first.wanted, first.limits) as session:
        for prepared in subject.prepared:
            key = prepared.key.questions[0]
            if is_measured(key) and any(each.failed for each in verdicts):
                break
            started = time.perf_counter()
            outcomes = call(session, key, prepared)
            called = called or time.perf_counter() - started
            came = judged(key, outcomes, session.report.found[key.name])
            verdicts.append(came)
            stopped = any(has_stopped(outcome) for outcome in outcomes)
            if stopped or any(name in subject.constant for name, _, _ in came.failed):
                break
    return Run(verdicts=tuple(verdicts), seconds=time.perf_counter() - begin, first_call=called)


def judged(key: QuestionKey, outcomes: Sequence[Outcome], found: Found) -> Verdicts:
    """Judge all checks of a question, without explaining what is wrong."""
    if found.status != "found":
        return Verdicts(failed=tuple((check.name, Verdict.MISSING, "missing") for check in key.checks), earns=False)
    failed = []
    for check in key.checks:
        fault = verdict_of(check, key, outcomes)
        if fault is not None:
            failed.append((check.name, fault.verdict, fault.code))
    lost = {name for name, _, _ in failed}
    earns = any(check.points and check.name not in lost for check in key.checks)
    return Verdicts(failed=tuple(failed), earns=earns, measured=is_measured(key))


def program(source: str) -> Program:
    """Return a source text as a program that was handed in."""
    return Program(cells=(Cell(source=source),))


def has_stopped(outcome: Outcome) -> bool:
    """Whether a call never answered."""
    return isinstance(outcome, Stopped) and outcome.verdict is not Verdict.MISSING
