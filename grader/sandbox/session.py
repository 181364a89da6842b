"""A session: one student's program, and what of its calls, its time and its memory belongs to it as a whole."""

from __future__ import annotations

import math
from collections.abc import Collection

from grader.authoring import Limits
from grader.model import Found, LoadReport, Note, Outcome, Raised, Stopped, Value
from grader.sandbox.allowance import Allowance
from grader.sandbox.dialogue import Death
from grader.sandbox.protocol import RESERVE, Oracle, Payload
from grader.sandbox.question import Patience, QuestionRun
from grader.sandbox.quiet import QUIET
from grader.sandbox.succession import Succession
from grader.sandbox.wire import UnsendableError, pack


class WorkerSession:
    """Implements `protocol.Session` over one program's workers."""

    def __init__(self, workers: Succession) -> None:
        self.workers = workers
        self._allowance = Allowance()
        self._spare: int | None = None
        """What the first run's answers have left of the allowance: these are kept beside those of each later run."""
        self._patience: dict[str, Patience] = {}
        self._expected: Collection[str] = ()

    @property
    def report(self) -> LoadReport:
        """What was found when the program was loaded."""
        return self.workers.report

    def load(self) -> None:
        """Start the first worker and load the program. Raises InternalError where the fault is ours."""
        with QUIET.shared():
            late = self.workers.load()
        if late:
            with QUIET.alone():
                self.workers.load()
        if not self.report.found:
            # It died before it could say what is there. Each question is asked for and gets the verdict of the death.
            self.workers.report = LoadReport(found={name: Found(status="found") for name in self.workers.names})

    def call(self, name: str, payload: Payload, limits: Limits, *, more: bool = False) -> list[Outcome]:
        """Call a graded name on all cases, one outcome a case; a hang or a death costs its own case.

        With `more` these are further cases of the last call: they have what is left of its time and its patience.
        """
        if not more or name not in self._patience:
            self._patience[name] = Patience(limits)
        self.workers.submission.held = self._kept_for_others(name)
        run = QuestionRun(self.workers, name, payload, limits, self._patience[name], self._allowance)
        return run.outcomes()

    def expect(self, names: Collection[str]) -> None:
        """Say which graded names are still to be called: what hangs leaves each of them time of its own."""
        self._expected = names

    def ask(self, name: str, args: tuple[Value, ...], limits: Limits, *, kept: bool = True) -> Outcome:
        """Make one call; state in the worker lasts from one `ask` to the next, unless it dies."""
        try:
            data = pack(args)
        except UnsendableError as error:
            return Raised(type="TypeError", message=f"{name}() was called with {error.kind}")
        with QUIET.shared():
            dialogue = self.workers.ready()
            if isinstance(dialogue, Stopped):
                return dialogue
            dialogue.called.add(name)
            self.workers.submission.held = self._kept_for_others(name)
            watch = self.workers.watch(dialogue, limits)
            try:
                allowance = self._allowance if kept else None
                answers = dialogue.call(name, [data], [(0, False, None)], watch, brief=True, allowance=allowance)
                return self.workers.believed(next(answers), limits)
            except Death as death:
                return self.workers.stopped(death, limits, watch)
            finally:
                watch.finish()
                self.workers.note_late(dialogue.notes)

    def replace(self, oracle: Oracle, limits: Limits, *, anew: bool = False) -> bool:
        """Load the program once more, with what the oracle names answered by it; return whether by another process."""
        if self._spare is None:
            self._spare = self._allowance.left
        self._allowance = Allowance(self._spare)
        self._patience.clear()
        self.workers.turn_to(oracle, limits)
        if not anew:
            with QUIET.shared():
                if self.workers.load_once_more():
                    return False
        self.close()
        self.load()
        return True

    def spent(self) -> float:
        """Return the seconds that the program has taken since it was loaded or replaced, as its limits count them."""
        return self.workers.submission.total - self.workers.submission.left

    def notes(self) -> tuple[Note, ...]:
        """Return what was noticed so far."""
        return self.workers.notes()

    def close(self) -> None:
        """Kill the worker, if there is one."""
        self.workers.close()

    def _kept_for_others(self, name: str) -> float:
        """Return the seconds that a name must leave to those that are still to be called, less what these have had."""
        total = self.workers.submission.total
        each = min(RESERVE * total, total / 2 / max(1, len(self._expected)))
        had = {other: patience.budget.total - patience.budget.left for other, patience in self._patience.items()}
        return math.fsum(max(0.0, each - had.get(other, 0.0)) for other in self._expected if other != name)
