"""A question called on all its cases: plain ones in one go, and scenarios, which take several calls each."""

from __future__ import annotations

import numpy as np

from grader.authoring import Limits
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


def call(session: Session, question: QuestionKey, prepared: Prepared) -> list[Outcome]:
    """Call a question on all its cases, scenarios among them; one outcome a case, in their order."""
    found = session.report.found[question.name]
    if found.status != "found":
        message = found.message or Message(code="missing.name", params={"name": question.name})
        return [Stopped(verdict=Verdict.MISSING, message=message)] * len(question.cases)
    plain = iter(session.call(question.name, prepared.payloads[question.name], question.limits))
    return [next(plain) if case.scenario is None else play(case, session, question) for case in question.cases]


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
