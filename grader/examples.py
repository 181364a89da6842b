"""What a mistake in a hidden check comes to on a small fresh input: a call that a student may see, with its result.

After the deadline a student wants to see the mistake, and must not see a hidden input. So the program is called on
small inputs that are none of the hidden ones (`grader.courses.examples`), the simplest first, and the first that a
failing check fails on is kept with the result. What the reference makes of these inputs is asked once for all
submissions; a submission costs one more session, and only if a hidden check of its failed. A fault of ours, or a
program that is too slow, costs an example only.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader import judging
from grader.authoring import Limits, Values, Visibility
from grader.errors import InternalError
from grader.judging.values import bytes_of, is_finite
from grader.judging.verdicts import ANSWER
from grader.model import (
    Case,
    CheckKey,
    CheckResult,
    Message,
    Outcome,
    Program,
    QuestionKey,
    QuestionResult,
    Returned,
    Stopped,
    Value,
    Verdict,
    Wanted,
)
from grader.sandbox.protocol import Sandbox, Session
from grader.sandbox.wire import encode_cases

NONE_FOUND = "example.none"
"""The code of a check that fails on none of the fresh inputs."""
AT_ONCE = 8
"""How many calls are made before the first look at them."""
MOST_BYTES = 32 << 20
"""What all answers of a program on fresh inputs may take before it is called no more."""
LIMITS = Limits(call=1.0, question=3.0, submission=10.0)
OF_THE_REFERENCE = Limits(call=4.0, question=60.0, submission=300.0)
_SHOWN = (Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR)
Inputs = Mapping[str, Mapping[str, Sequence[tuple[Value, ...]]]]
"""Question to name of a check to inputs, the simplest first."""


class Examples:
    """The fresh inputs of an assignment with what the reference returns for them, shared by all lanes."""

    def __init__(self, reference: Program, wanted: Sequence[Wanted], inputs: Inputs) -> None:
        self._reference = reference
        self._wanted = tuple(wanted)
        self._inputs = inputs
        self._lock = threading.Lock()
        self._tables: dict[str, _Table] = {}

    def shown(
        self,
        program: Program,
        questions: Mapping[str, QuestionKey],
        results: Mapping[str, QuestionResult],
        sandbox: Sandbox,
    ) -> dict[str, QuestionResult]:
        """Return the results with an example at each hidden check that failed by what the program returns or raises."""
        todo = [name for name, result in results.items() if any(_failing(questions[name], result))]
        if not todo:
            return {}
        try:
            tables = {name: self._table(questions[name], sandbox) for name in todo}
            with sandbox.session(program, self._wanted, LIMITS) as session:
                found = session.report.found
                return {
                    name: tables[name].shown(questions[name], results[name], session)
                    for name in todo
                    if found[name].status == "found"
                }
        except InternalError:
            return {}

    def _table(self, question: QuestionKey, sandbox: Sandbox) -> _Table:
        """Return a question's table, made when the first submission asks for it."""
        with self._lock:
            if question.name not in self._tables:
                with sandbox.session(self._reference, self._wanted, OF_THE_REFERENCE) as session:
                    self._tables[question.name] = _Table(question, self._inputs.get(question.name, {}), session)
            return self._tables[question.name]


@dataclass(frozen=True, slots=True)
class _Tried:
    """A fresh case, with what a student's program makes of it once it was asked."""

    case: Case
    outcome: Outcome


class _Table:
    """The fresh cases of one question."""

    def __init__(
        self, question: QuestionKey, inputs: Mapping[str, Sequence[tuple[Value, ...]]], session: Session
    ) -> None:
        every = list({id(args): args for each in inputs.values() for args in each}.values())
        drafts = [Case(args=args, expected=Returned(value=None), visibility=Visibility.PUBLIC) for args in every]
        outcomes = session.call(question.name, encode_cases(drafts), OF_THE_REFERENCE) if drafts else []
        cases = {
            id(draft.args): replace(draft, expected=outcome)
            for draft, outcome in zip(drafts, outcomes, strict=True)
            if isinstance(outcome, Returned) and is_finite(outcome.value)
        }
        self._every = every  # their ids stand for them
        self._cases = {
            name: tuple(cases[id(args)] for args in each if id(args) in cases) for name, each in inputs.items()
        }

    def shown(self, question: QuestionKey, result: QuestionResult, session: Session) -> QuestionResult:
        """Return the result with an example at each check that needs one."""
        calls = _Calls(question, session)
        failing = {check.name: check for check, _ in _failing(question, result)}
        checks = tuple(
            replace(each, example=self._example(failing[each.name], each, question, calls))
            if each.name in failing and self._cases.get(each.name)
            else each
            for each in result.checks
        )
        return replace(result, checks=checks)

    def _example(self, check: CheckKey, made: CheckResult, question: QuestionKey, calls: _Calls) -> Message:
        """Return the simplest example that fails as the check did, by a value or by that exception; else any."""
        first = None
        for tried in calls.of(self._cases[check.name]):
            alone = replace(question, cases=(tried.case,))
            open_check = replace(check, cases=(0,), visibility=Visibility.PUBLIC)
            finding = judging.judge(open_check, alone, [tried.outcome])
            if finding.verdict not in _SHOWN:
                continue
            found = Message(code=finding.code, params=finding.params)
            if finding.verdict is made.verdict and (finding.verdict is Verdict.WRONG_ANSWER or found.code == made.code):
                return found
            first = first or found
        return first or Message(code=NONE_FOUND)


class _Calls:
    """The calls of one program on fresh cases of a question, each made once, a few at a time.

    Answers are kept for the question's other checks, and no more are asked for once they have grown large.
    """

    def __init__(self, question: QuestionKey, session: Session) -> None:
        self._question = question
        self._session = session
        self._outcomes: dict[int, Outcome] = {}
        self._ended = False

    def of(self, cases: Sequence[Case]) -> Iterator[_Tried]:
        """Yield cases with their outcomes. It ends with a call that never answers, and with answers of much memory."""
        for begin in range(0, len(cases), AT_ONCE):
            some = cases[begin : begin + AT_ONCE]
            self._ask([case for case in some if id(case) not in self._outcomes])
            for case in some:
                outcome = self._outcomes.get(id(case))
                if outcome is None or isinstance(outcome, Stopped):
                    return
                yield _Tried(case, outcome)

    def _ask(self, cases: Sequence[Case]) -> None:
        if self._ended or not cases:
            return
        outcomes = self._session.call(self._question.name, encode_cases(cases), LIMITS)
        self._outcomes.update(zip(map(id, cases), outcomes, strict=True))
        self._ended = any(isinstance(outcome, Stopped) for outcome in outcomes)
        self._ended |= bytes_of(self._outcomes.values()) > MOST_BYTES


def _failing(question: QuestionKey, result: QuestionResult) -> Iterator[tuple[CheckKey, CheckResult]]:
    """Yield the hidden checks that failed by a value or an exception, and not by what the question is built on."""
    if question.kind == ANSWER:
        return
    for check, made in zip(question.checks, result.checks, strict=True):
        hidden = check.visibility is Visibility.HIDDEN and made.verdict in _SHOWN
        if hidden and isinstance(check.kind, Values) and not made.follow_through_score:
            yield check, made
