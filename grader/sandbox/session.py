"""A session: one student's program, its workers one after another, and the rules of what a death or a hang costs."""

from __future__ import annotations

import math
import signal
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from grader.authoring import Limits
from grader.errors import InternalError
from grader.model import (
    JSON,
    Found,
    LoadReport,
    Message,
    Note,
    Outcome,
    Program,
    Raised,
    Stopped,
    Value,
    Verdict,
    Wanted,
)
from grader.sandbox.allowance import BEYOND, Allowance
from grader.sandbox.clocks import Budget, Watch
from grader.sandbox.dialogue import Death, Dialogue, Ending, WorkerProcess
from grader.sandbox.messages import program_frame
from grader.sandbox.protocol import RESERVE, Oracle, Payload
from grader.sandbox.quiet import QUIET
from grader.sandbox.source import Source
from grader.sandbox.wire import UnsendableError, pack
from grader.saying import say

MAX_DEATHS: Final = 4
MAX_HANGS: Final = 2
MAX_CONFIRMATIONS: Final = 3
MAX_LATE_NOTES: Final = 4
"""Notes that may come while functions run: which words of a program they repeat can be the inputs' choice."""
LOAD_FACTOR: Final = 2.5
"""How many times a call's time a program may take to load: imports are slow where nothing is cached."""


class WorkerSession:
    """Implements `protocol.Session` over whatever starts workers."""

    def __init__(
        self,
        start: Callable[[Limits], WorkerProcess],
        program: Program,
        wanted: Sequence[Wanted],
        limits: Limits,
        oracle: Oracle | None,
        *,
        fingerprints: Mapping[str, Sequence[int]] | None = None,
    ) -> None:
        self._start = start
        self._names = [each.name for each in wanted]
        self._frame = partial(program_frame, program, wanted)
        self._program = self._frame(sorted(oracle.names) if oracle else [], fingerprints=fingerprints)
        self._limits = limits
        self._oracle = oracle
        self._submission = Budget("submission", limits.submission, limits.submission)
        self._allowance = Allowance()
        self._spare: int | None = None
        """What the first run's answers have left of the allowance: these are kept beside those of each later run."""
        self._dialogue: Dialogue | None = None
        self._source = Source(program, self._names)
        self._patience: dict[str, _Patience] = {}
        self._expected: Collection[str] = ()
        self._loaded_notes: tuple[Note, ...] = ()
        self._late_notes: list[Note] = []
        self._last_notes: Sequence[Note] = ()
        """What was said last, which most calls add nothing to."""
        self._unloadable: Stopped | None = None
        self._killed_once = False
        self._answered: frozenset[str] = frozenset()
        """What the oracle has answered to in the process that there is."""
        self.report = LoadReport(found={})

    def load(self) -> None:
        """Start the first worker and load the program. Raises InternalError where the fault is ours."""
        with QUIET.shared():
            late = self._try_load()
        if late:
            with QUIET.alone():
                self._try_load()
        if not self.report.found:
            # It died before it could say what is there. Each question is asked for and gets the verdict of the death.
            self.report = LoadReport(found={name: Found(status="found") for name in self._names})

    def call(self, name: str, payload: Payload, limits: Limits, *, more: bool = False) -> list[Outcome]:
        """Call a graded name on all cases, one outcome a case; a hang or a death costs its own case.

        With `more` these are further cases of the last call: they have what is left of its time and its patience.
        """
        if not more or name not in self._patience:
            self._patience[name] = _Patience(limits)
        self._submission.held = self._kept_for_others(name)
        return _QuestionRun(self, name, payload, limits, self._patience[name]).outcomes()

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
            dialogue = self._ready()
            if isinstance(dialogue, Stopped):
                return dialogue
            dialogue.called.add(name)
            self._submission.held = self._kept_for_others(name)
            watch = self._watch(dialogue, limits)
            try:
                allowance = self._allowance if kept else None
                answers = dialogue.call(name, [data], [(0, False, None)], watch, brief=True, allowance=allowance)
                return self._believed(next(answers), limits)
            except Death as death:
                return self._stopped(death, limits, watch)
            finally:
                watch.finish()
                self._note_late(dialogue.notes)

    def replace(self, oracle: Oracle, limits: Limits, *, anew: bool = False) -> bool:
        """Load the program once more, with what the oracle names answered by it; return whether by another process.

        A process goes on only where all that was answered in it is answered still: it could have asked for anything, on
        whatever inputs it has seen before, and two names may stand for the same computation.
        """
        self._oracle = oracle
        self._program = self._frame(sorted(oracle.names))
        self._limits = limits
        self._submission = Budget("submission", limits.submission, limits.submission)
        if self._spare is None:
            self._spare = self._allowance.left
        self._allowance = Allowance(self._spare)
        self._killed_once = False
        self._patience.clear()
        may_go_on = not anew and self._answered <= oracle.names
        if may_go_on and self._dialogue is not None and self._load_once_more(self._dialogue, oracle):
            return False
        self.close()
        self.load()
        return True

    def spent(self) -> float:
        """Return the seconds that the program has taken since it was loaded or replaced, as its limits count them."""
        return self._submission.total - self._submission.left

    def notes(self) -> tuple[Note, ...]:
        """Return what was noticed so far."""
        return (*self._loaded_notes, *self._late_notes)

    def close(self) -> None:
        """Kill the worker, if there is one."""
        if self._dialogue is not None:
            self._dialogue.process.drop()
            self._dialogue = None

    # --- workers ---------------------------------------------------------------------------------------------------

    def _load_once_more(self, dialogue: Dialogue, oracle: Oracle) -> bool:
        """Have the worker that there is load the program again; return whether it has."""
        limit = self._limits.call * LOAD_FACTOR
        with QUIET.shared():
            watch = Watch(dialogue.process.clock, limit, self._limits.wall_factor, (self._submission,), "load")
            try:
                dialogue.replace(oracle, watch)
            except Death as death:
                self._stopped(death, self._limits, watch)
                return False
            finally:
                watch.finish()
        self._answered |= oracle.names
        return True

    def _ready(self) -> Dialogue | Stopped:
        """Return a worker with the program loaded, a fresh one after a death."""
        if self._dialogue is None and self._unloadable is None:
            self._try_load()
        if self._dialogue is not None:
            return self._dialogue
        assert self._unloadable is not None
        return self._unloadable

    def _try_load(self) -> bool:
        """Load the program in a fresh worker; return whether it took too long."""
        self._unloadable = None
        while True:
            dialogue = Dialogue(self._start(self._limits), self._oracle)
            self._dialogue = dialogue
            self._answered = self._oracle.names if self._oracle is not None else frozenset()
            dialogue.await_confined()
            limit = self._limits.call * LOAD_FACTOR
            watch = Watch(dialogue.process.clock, limit, self._limits.wall_factor, (self._submission,), "load")
            try:
                dialogue.load(self._program, self._names, watch)
            except Death as death:
                self.report = dialogue.report or self.report
                if self._was_killed(death):
                    continue
                self._unloadable = self._stopped(death, self._limits, watch)
                return death.late
            finally:
                watch.finish()
            assert dialogue.report is not None
            self.report = dialogue.report
            self._loaded_notes = self._last_notes = dialogue.notes
            return False

    def _note_late(self, notes: Sequence[Note]) -> None:
        """Keep what was noticed since the program was loaded, of what says nothing of the inputs."""
        if notes is self._last_notes:
            return
        self._last_notes = notes
        for note in notes:
            if len(self._late_notes) >= MAX_LATE_NOTES:
                return
            if note not in self._loaded_notes and note not in self._late_notes and self._source.holds_words(note):
                self._late_notes.append(note)

    def _believed(self, outcome: Outcome, limits: Limits) -> Outcome:
        """Put what a worker says of its memory as the host says it; a place is one in the program or none."""
        if isinstance(outcome, Stopped) and outcome.verdict is Verdict.MEMORY_LIMIT and outcome is not BEYOND:
            return _over_memory(limits)
        if isinstance(outcome, Raised) and not self._source.has_place(outcome.location):
            return replace(outcome, location=None)
        return outcome

    def _kept_for_others(self, name: str) -> float:
        """Return the seconds that a name must leave to those that are still to be called, less what these have had."""
        total = self._submission.total
        each = min(RESERVE * total, total / 2 / max(1, len(self._expected)))
        had = {other: patience.budget.total - patience.budget.left for other, patience in self._patience.items()}
        return math.fsum(max(0.0, each - had.get(other, 0.0)) for other in self._expected if other != name)

    def _watch(self, dialogue: Dialogue, limits: Limits, *budgets: Budget) -> Watch:
        budgets = (*budgets, self._submission)
        return Watch(dialogue.process.clock, limits.call, limits.wall_factor, budgets, "call")

    def _was_killed(self, death: Death) -> bool:
        """Whether something outside killed the worker, so that one more try is fair; at most once a session."""
        if self._killed_once or death.late or death.reason != "closed" or self._dialogue is None:
            return False
        ending = self._dialogue.process.end(_GRACE)
        if ending.signal != _SIGKILL or ending.killed or self._over_memory(ending, self._limits):
            return False
        self._killed_once = True
        self._dialogue = None
        return True

    def _stopped(self, death: Death, limits: Limits, watch: Watch) -> Stopped:
        """End the worker and say what became of the call. Raises InternalError where it died of what started it."""
        assert self._dialogue is not None
        ending = self._dialogue.process.end(_GRACE if death.reason == "closed" else 0.0)
        self._dialogue = None
        if death.stopped is not None:
            return death.stopped
        params: dict[str, JSON]
        if death.late:
            params = {"seconds": watch.total, "scope": death.reason}
            code = f"time_limit.{death.reason}" if death.reason in ("question", "submission") else "time_limit"
            return Stopped(verdict=Verdict.TIME_LIMIT, message=Message(code=code, params=params))
        if ending.orphaned:
            raise InternalError(say("what starts workers has died again and again"))
        if death.reason == "closed" and self._over_memory(ending, limits):
            return _over_memory(limits)
        params = {"reason": death.reason}
        if death.reason == "closed" and not ending.killed:
            params = (
                {"reason": "signal", "signal": _signal_name(ending.signal)}
                if ending.signal
                else {
                    "reason": "exit",
                    "status": ending.code,
                }
            )
        return Stopped(verdict=Verdict.CRASHED, message=Message(code="crashed", params=params))

    @staticmethod
    def _over_memory(ending: Ending, limits: Limits) -> bool:
        return ending.peak_mb > 0.8 * limits.memory


_SIGKILL: Final = 9
_GRACE: Final = 0.2
"""How long a process that closed its line may take to be dead: exit takes a moment, `os.close` never ends."""


def _over_memory(limits: Limits) -> Stopped:
    message = Message(code="memory_limit", params={"megabytes": limits.memory})
    return Stopped(verdict=Verdict.MEMORY_LIMIT, message=message)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


class _Patience:
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


class _QuestionRun:
    """Some cases of a question, from worker to worker until each has an outcome."""

    def __init__(
        self, session: WorkerSession, name: str, payload: Payload, limits: Limits, patience: _Patience
    ) -> None:
        self._session = session
        self._name = name
        self._payload = payload
        self._limits = limits
        self._patience = patience
        self._outcomes: list[Outcome] = []

    def outcomes(self) -> list[Outcome]:
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
            hopeless = stopped is self._session._unloadable or stopped.verdict is Verdict.INTERNAL_ERROR
            if hopeless or not self._patience.try_on(stopped):
                self._patience.given_up = stopped
        if self._patience.given_up is not None:
            self._outcomes.extend([self._patience.given_up] * (count - len(self._outcomes)))
        return self._outcomes

    def _run(self, end: int) -> Stopped | None:
        """Run the cases that are left, up to `end`; return what stopped one of them, if it is to be believed."""
        session = self._session
        dialogue = session._ready()
        if isinstance(dialogue, Stopped):
            return dialogue
        alone = dialogue.called <= {self._name}
        dialogue.called.add(self._name)
        cases = range(len(self._outcomes), end)
        watch = session._watch(dialogue, self._limits, self._patience.budget)
        try:
            frames = self._payload.frames[cases.start : end]
            enough = self._payload.enough or [None] * len(self._payload.frames)
            measured = [(case, self._payload.measured[case], enough[case]) for case in cases]
            for outcome in dialogue.call(self._name, frames, measured, watch, allowance=session._allowance):
                self._outcomes.append(session._believed(outcome, self._limits))
        except Death as death:
            if session._was_killed(death):
                return None
            stopped = session._stopped(death, self._limits, watch)
            # Another function may have brought the death about. What dies in a process of its own dies by itself.
            return stopped if alone or death.late or death.stopped is not None else None
        finally:
            watch.finish()
            session._note_late(dialogue.notes)
        return None

    def _confirm(self, stopped: Stopped) -> Stopped | None:
        """Run a case that took too long once more, in a fresh worker, alone. None: this time it answered."""
        if self._patience.hangs or self._patience.confirmations >= MAX_CONFIRMATIONS:
            return stopped
        self._patience.confirmations += 1
        with QUIET.alone():
            return self._run(len(self._outcomes) + 1)
