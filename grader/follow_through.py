"""An error is paid for once: questions judged again, with the reference in the place of what is faulty below them.

Second runs go on in the process that there is. One that comes to less than all marks is made again in a new process:
whatever an earlier run left behind costs nobody a mark. Code of which nothing can be left behind needs no second look.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Final, Self

from grader import judging
from grader.model import Outcome, QuestionKey, QuestionResult, Stopped, Value, Verdict
from grader.prepared import Prepared
from grader.repeats import comes_again, key_of, may_starve
from grader.sandbox.protocol import Oracle, Sandbox, Session
from grader.scenarios import call

TRIES: Final = 2
"""A second run in which a process died is made once more: who killed it may have been somebody else."""
FIRST_TRY: Final = 0.1
"""Of a submission's time: what a second run gets in a used process. A longer one is made again in a new one."""
LEAST_SECONDS: Final = 0.1
"""What a second run gets when the time for them is used up: enough to be told that it is."""


class Reference:
    """The reference, in a limited process of its own from when it is first asked; for one submission."""

    def __init__(self, prepared: Prepared, sandbox: Sandbox) -> None:
        self._prepared = prepared
        self._questions = prepared.questions
        self._sandbox = sandbox
        self._session: Session | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def oracle(self, names: frozenset[str]) -> Oracle:
        """Let it answer to some names. Most of what is asked has been asked before."""
        return Oracle(names=names, answer=self._answer, memory=self._prepared.memory)

    def _answer(self, name: str, args: tuple[Value, ...]) -> Outcome:
        prepared = self._prepared
        if self._session is None:
            assert prepared.key.reference is not None
            session = self._sandbox.session(prepared.key.reference, prepared.wanted, prepared.limits)
            self._session = self._open.enter_context(session)
        return self._session.ask(name, args, self._questions[name].limits, kept=False)


class SecondRuns:
    """The second runs of one submission, whose first run is over."""

    def __init__(self, session: Session, prepared: Prepared, reference: Reference, sandbox: Sandbox) -> None:
        self._session = session
        self._sandbox = sandbox
        self._report = session.report
        """What was found as nothing was replaced."""
        self._prepared = prepared
        self._questions = prepared.questions
        self._reference = reference
        self._whole = self._left = prepared.limits.submission
        """Seconds that all second runs have together: as many as the first run."""
        self._is_sure = False
        """Whether nothing was noticed in the last run by which it could hang on what was called before."""
        self._taken_over = 0
        self._in_vain = 0.0
        """Seconds that went into runs which were made again; they are nobody's but ours, up to as many more."""

    def judged(self, name: str, replaced: frozenset[str]) -> QuestionResult:
        """Judge a question again, what is faulty among the questions that it uses answered by the reference.

        Wrong numbers are explained, since all that the question is built on is right.
        """
        question = self._questions[name]
        key, repeats = key_of(question, self._report, replaced), self._prepared.repeats
        if repeats is not None and (before := repeats.get(key) or repeats.get_wrong(key, on_faulty=False)) is not None:
            self._taken_over += 1
            return before.result
        result, outcomes, fresh = self._run(question, replaced, anew=self._in_vain >= self._whole)
        if fresh or judging.is_full(result) or (self._is_sure and comes_again(key, question, result, outcomes)):
            self._left -= self._session.spent()
        else:
            self._in_vain += self._session.spent()
            result, outcomes = self._anew(question, replaced)
        for _ in range(TRIES - 1):
            if judging.is_full(result) or not _has_crashed(outcomes):
                break
            result, outcomes = self._anew(question, replaced)
        result = self._prepared.explained(result, outcomes, self._sandbox)
        if repeats is not None and self._is_sure:
            repeats.put(key, question, result, outcomes, 1 - self._left / self._whole)
        return result

    def may_have_starved(self) -> bool:
        """Whether what was taken over might have been called when the time for second runs was used up."""
        return may_starve(self._taken_over, 1 - self._left / self._whole)

    def _anew(self, question: QuestionKey, replaced: frozenset[str]) -> tuple[QuestionResult, Sequence[Outcome]]:
        result, outcomes, _ = self._run(question, replaced, anew=True)
        self._left -= self._session.spent()
        return result, outcomes

    def _run(
        self, question: QuestionKey, replaced: frozenset[str], *, anew: bool
    ) -> tuple[QuestionResult, Sequence[Outcome], bool]:
        """Return what a run came to, what was answered, and whether its process was a new one."""
        session = self._session
        seconds = self._left if anew else min(self._left, FIRST_TRY * self._whole)
        limits = replace(self._prepared.limits, submission=max(seconds, LEAST_SECONDS))
        fresh = session.replace(self._reference.oracle(replaced), limits, anew=anew)
        report = session.report
        outcomes = call(session, question, self._prepared)
        self._is_sure = session.report is report and session.notes() == report.notes
        found = session.report.found[question.name]
        return judging.result_of(question, outcomes, found, self._prepared.judged), outcomes, fresh


def _has_crashed(outcomes: Sequence[Outcome]) -> bool:
    return any(isinstance(outcome, Stopped) and outcome.verdict is Verdict.CRASHED for outcome in outcomes)
