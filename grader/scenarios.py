"""A question called on all its cases: plain ones in one go, and scenarios, which take several calls each."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from grader.authoring import Limits, Visibility
from grader.model import Case, Message, Outcome, QuestionKey, Raised, Returned, Stopped, Value, Verdict
from grader.prepared import Prepared
from grader.sandbox.protocol import Session


class StudentStopped(Exception):
    """The student's function did not return: no error of ours, it unwinds the author's scenario."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        super().__init__(type(outcome).__name__)


class Proxy:
    """The student's program as a scenario sees it: `student(*args)`, or `student.other_name(*args)`."""

    def __init__(self, session: Session, name: str, limits: Limits) -> None:
        self._session, self._name, self._limits = session, name, limits

    def __call__(self, *args: Value) -> Value:
        """Make one call and return its value; anything else ends the scenario."""
        outcome = self._session.ask(self._name, args, self._limits)
        if isinstance(outcome, Returned):
            return outcome.value
        raise StudentStopped(outcome)

    def __getattr__(self, name: str) -> Proxy:
        return Proxy(self._session, name, self._limits)


def call_all(session: Session, questions: Iterable[QuestionKey], prepared: Prepared) -> dict[str, list[Outcome]]:
    """Call questions on all their cases, one outcome a case, in their order.

    What is answered to public cases is shown: a program is asked all of these before it is sent a single hidden input,
    which it could keep, or find in the frames below it, and hand back as its answer to a public one.
    """
    asked = list(questions)
    outcomes: dict[str, dict[int, Outcome]] = {question.name: {} for question in asked}
    for visibility in (Visibility.PUBLIC, Visibility.HIDDEN):
        for number, question in enumerate(asked):
            pending = asked if visibility is Visibility.PUBLIC else asked[number:]
            session.expect([each.name for each in pending if session.report.found[each.name].status == "found"])
            outcomes[question.name] |= _called(session, question, prepared, visibility)
    return {
        question.name: [outcomes[question.name][position] for position in range(len(question.cases))]
        for question in asked
    }


def call(session: Session, question: QuestionKey, prepared: Prepared) -> list[Outcome]:
    """Call one question on all its cases, public ones first; one outcome a case, in their order."""
    return call_all(session, [question], prepared)[question.name]


def _called(session: Session, question: QuestionKey, prepared: Prepared, visibility: Visibility) -> dict[int, Outcome]:
    """Call a question on its public cases, or on its hidden ones, scenarios last; return outcomes by position."""
    positions = [at for at, case in enumerate(question.cases) if case.visibility is visibility]
    found = session.report.found[question.name]
    if found.status != "found":
        message = found.message or Message(code="missing.name", params={"name": question.name})
        return dict.fromkeys(positions, Stopped(verdict=Verdict.MISSING, message=message))
    outcomes: dict[int, Outcome] = {}
    part = prepared.parts[question.name].get(visibility)
    if part is not None:
        more = visibility is Visibility.HIDDEN
        answers = session.call(question.name, part.payload, question.limits, more=more)
        outcomes = dict(zip(part.positions, answers, strict=True))
    for position in positions:
        case = question.cases[position]
        if case.scenario is not None:
            outcomes[position] = play(case, session, question)
    return outcomes


def play(case: Case, session: Session, question: QuestionKey) -> Outcome:
    """Run a scenario against the student's program.

    The scenario is the author's code on values that the student chose: what it raises on them is the student's outcome.
    """
    assert case.scenario is not None
    student = Proxy(session, question.name, question.limits)
    try:
        return Returned(value=case.scenario(student, np.random.default_rng(case.seed)))
    except StudentStopped as stop:
        return stop.outcome
    except Exception as error:
        return Raised(type=type(error).__name__)
