"""The cases of one question, from worker to worker until each has an outcome."""

from __future__ import annotations

from typing import Final

from grader.authoring import Limits
from grader.model import Outcome, Stopped, Verdict
from grader.sandbox.allowance import Allowance
from grader.sandbox.clocks import Budget
from grader.sandbox.dialogue import Death
from grader.sandbox.protocol import Payload
from grader.sandbox.quiet import QUIET
from grader.sandbox.succession import Succession

MAX_DEATHS: Final = 4
MAX_HANGS: Final = 2
MAX_CONFIRMATIONS: Final = 3


class Patience:
    """What one question still has of its time, and how often more it may hang or die."""

    def __init__(self, limits: Limits) -> None:
        self.budget = Budget("question", limits.question, limits.question)
        self.hangs = 0
        self.deaths = 0
        self.confirmations = 0
        self.given_up: Stopped | None = None
        """What became of it when it was given up: so it is with all its other cases."""

    def try_on(self, stopped: Stopped) -> bool:
        """Count a hang or a death; return whether the question's other cases are tried."""
        if stopped.verdict is Verdict.TIME_LIMIT:
            self.hangs += 1
            return self.hangs < MAX_HANGS and stopped.message.params.get("scope") == "call"
        self.deaths += 1
        return self.deaths < MAX_DEATHS


class QuestionRun:
    """Some cases of a question, from worker to worker until each has an outcome."""

    def __init__(
        self,
        workers: Succession,
        name: str,
        payload: Payload,
        limits: Limits,
        patience: Patience,
        allowance: Allowance,
    ) -> None:
        self._workers = workers
        self._name = name
        self._payload = payload
        self._limits = limits
        self._patience = patience
        self._allowance = allowance
        self._outcomes: list[Outcome] = []

    def outcomes(self) -> list[Outcome]:
        """Call all cases, one after another, and return an outcome a case. Raises InternalError."""
        count = len(self._payload.frames)
        while len(self._outcomes) < count and self._patience.given_up is None:
            with QUIET.shared():
                stopped = self._run(count)
            if stopped is None:
                continue
            if stopped.verdict is Verdict.TIME_LIMIT and stopped.message.params.get("scope") == "call":
                stopped = self._confirm(stopped)
                if stopped is None:
                    continue
            self._outcomes.append(stopped)
            hopeless = stopped is self._workers.unloadable or stopped.verdict is Verdict.INTERNAL_ERROR
            if hopeless or not self._patience.try_on(stopped):
                self._patience.given_up = stopped
        if self._patience.given_up is not None:
            self._outcomes.extend([self._patience.given_up] * (count - len(self._outcomes)))
        return self._outcomes

    def _run(self, end: int) -> Stopped | None:
        """Run the cases that are left, up to `end`; return what stopped one of them, if it is to be believed."""
        workers = self._workers
        dialogue = workers.ready()
        if isinstance(dialogue, Stopped):
            return dialogue
        alone = dialogue.called <= {self._name}
        dialogue.called.add(self._name)
        cases = range(len(self._outcomes), end)
        watch = workers.watch(dialogue, self._limits, self._patience.budget)
        try:
            frames = self._payload.frames[cases.start : end]
            enough = self._payload.enough or [None] * len(self._payload.frames)
            measured = [(case, self._payload.measured[case], enough[case]) for case in cases]
            for outcome in dialogue.call(self._name, frames, measured, watch, allowance=self._allowance):
                self._outcomes.append(workers.believed(outcome, self._limits))
        except Death as death:
            if workers.was_killed(death):
                return None
            stopped = workers.stopped(death, self._limits, watch)
            # Another function may have brought the death about. What dies in a process of its own dies by itself.
            return stopped if alone or death.late or death.stopped is not None else None
        finally:
            watch.finish()
            workers.note_late(dialogue.notes)
        return None

    def _confirm(self, stopped: Stopped) -> Stopped | None:
        """Run a case that took too long once more, in a fresh worker, alone. None: this time it answered."""
        if self._patience.hangs or self._patience.confirmations >= MAX_CONFIRMATIONS:
            return stopped
        self._patience.confirmations += 1
        with QUIET.alone():
            return self._run(len(self._outcomes) + 1)
