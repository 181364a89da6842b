"""One program's workers, one after another: loaded, replaced after a death, and what a death means."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from grader.authoring import Limits
from grader.errors import InternalError
from grader.model import (
    JSON,
    LoadReport,
    Message,
    Note,
    Outcome,
    Program,
    Raised,
    Stopped,
    Verdict,
    Wanted,
)
from grader.sandbox.allowance import BEYOND
from grader.sandbox.clocks import Budget, Watch
from grader.sandbox.dialogue import Death, Dialogue, Ending, WorkerProcess
from grader.sandbox.messages import program_frame
from grader.sandbox.protocol import Oracle
from grader.sandbox.source import Source
from grader.saying import say

MAX_LATE_NOTES: Final = 4
"""Notes that may come while functions run: which words of a program they repeat can be the inputs' choice."""
LOAD_FACTOR: Final = 2.5
"""How many times a call's time a program may take to load: imports are slow where nothing is cached."""
_SIGKILL: Final = 9
_GRACE: Final = 0.2
"""How long a process that closed its line may take to be dead: exit takes a moment, `os.close` never ends."""


class Succession:
    """The workers that one program runs in, and what is known of the program through all of them."""

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
        self.names: Final = [each.name for each in wanted]
        self._frame = partial(program_frame, program, wanted)
        self._program = self._frame(sorted(oracle.names) if oracle else [], fingerprints=fingerprints)
        self._limits = limits
        self._oracle = oracle
        self.submission = Budget("submission", limits.submission, limits.submission)
        self.dialogue: Dialogue | None = None
        self._source = Source(program, self.names)
        self._loaded_notes: tuple[Note, ...] = ()
        self._late_notes: list[Note] = []
        self._last_notes: Sequence[Note] = ()
        """What was said last, which most calls add nothing to."""
        self.unloadable: Stopped | None = None
        self._killed_once = False
        self._answered: frozenset[str] = frozenset()
        """What the oracle has answered to in the process that there is."""
        self.report = LoadReport(found={})

    def load(self) -> bool:
        """Load the program in a fresh worker; return whether it took too long."""
        self.unloadable = None
        while True:
            dialogue = Dialogue(self._start(self._limits), self._oracle)
            self.dialogue = dialogue
            self._answered = self._oracle.names if self._oracle is not None else frozenset()
            dialogue.await_confined()
            watch = self._watch_of_load(dialogue)
            try:
                dialogue.load(self._program, self.names, watch)
            except Death as death:
                self.report = dialogue.report or self.report
                if self.was_killed(death):
                    continue
                self.unloadable = self.stopped(death, self._limits, watch)
                return death.late
            finally:
                watch.finish()
            assert dialogue.report is not None
            self.report = dialogue.report
            self._loaded_notes = self._last_notes = dialogue.notes
            return False

    def ready(self) -> Dialogue | Stopped:
        """Return a worker with the program loaded, a fresh one after a death."""
        if self.dialogue is None and self.unloadable is None:
            self.load()
        if self.dialogue is not None:
            return self.dialogue
        assert self.unloadable is not None
        return self.unloadable

    def turn_to(self, oracle: Oracle, limits: Limits) -> None:
        """Let another oracle answer from the next load on, with a budget of its own."""
        self._oracle = oracle
        self._program = self._frame(sorted(oracle.names))
        self._limits = limits
        self.submission = Budget("submission", limits.submission, limits.submission)
        self._killed_once = False

    def load_once_more(self) -> bool:
        """Have the worker that there is load the program again; return whether it has.

        A process goes on only where all that was answered in it is answered still: it could have asked for anything, on
        whatever inputs it has seen before, and two names may stand for the same computation.
        """
        dialogue, oracle = self.dialogue, self._oracle
        if dialogue is None or oracle is None or not self._answered <= oracle.names:
            return False
        watch = self._watch_of_load(dialogue)
        try:
            dialogue.replace(oracle, watch)
        except Death as death:
            self.stopped(death, self._limits, watch)
            return False
        finally:
            watch.finish()
        self._answered |= oracle.names
        return True

    def notes(self) -> tuple[Note, ...]:
        """Return what was noticed so far."""
        return (*self._loaded_notes, *self._late_notes)

    def close(self) -> None:
        """Kill the worker, if there is one."""
        if self.dialogue is not None:
            self.dialogue.process.drop()
            self.dialogue = None

    def note_late(self, notes: Sequence[Note]) -> None:
        """Keep what was noticed since the program was loaded, of what says nothing of the inputs."""
        if notes is self._last_notes:
            return
        self._last_notes = notes
        for note in notes:
            if len(self._late_notes) >= MAX_LATE_NOTES:
                return
            if note not in self._loaded_notes and note not in self._late_notes and self._source.holds_words(note):
                self._late_notes.append(note)

    def believed(self, outcome: Outcome, limits: Limits) -> Outcome:
        """Put what a worker says of its memory as the host says it; a place is one in the program or none."""
        if isinstance(outcome, Stopped) and outcome.verdict is Verdict.MEMORY_LIMIT and outcome is not BEYOND:
            return _over_memory(limits)
        if isinstance(outcome, Raised) and not self._source.has_place(outcome.location):
            return replace(outcome, location=None)
        return outcome

    def watch(self, dialogue: Dialogue, limits: Limits, *budgets: Budget) -> Watch:
        """Return the watch over calls; what they take comes out of these budgets and the submission's."""
        budgets = (*budgets, self.submission)
        return Watch(dialogue.process.clock, limits.call, limits.wall_factor, budgets, "call")

    def _watch_of_load(self, dialogue: Dialogue) -> Watch:
        limit = self._limits.call * LOAD_FACTOR
        return Watch(dialogue.process.clock, limit, self._limits.wall_factor, (self.submission,), "load")

    def was_killed(self, death: Death) -> bool:
        """Whether something outside killed the worker, so that one more try is fair; at most once a session."""
        if self._killed_once or death.late or death.reason != "closed" or self.dialogue is None:
            return False
        ending = self.dialogue.process.end(_GRACE)
        if ending.signal != _SIGKILL or ending.killed or _went_over_memory(ending, self._limits):
            return False
        self._killed_once = True
        self.dialogue = None
        return True

    def stopped(self, death: Death, limits: Limits, watch: Watch) -> Stopped:
        """End the worker and say what became of the call. Raises InternalError where it died of what started it."""
        assert self.dialogue is not None
        ending = self.dialogue.process.end(_GRACE if death.reason == "closed" else 0.0)
        self.dialogue = None
        if death.stopped is not None:
            return death.stopped
        params: dict[str, JSON]
        if death.late:
            params = {"seconds": watch.total, "scope": death.reason}
            code = f"time_limit.{death.reason}" if death.reason in ("question", "submission") else "time_limit"
            return Stopped(verdict=Verdict.TIME_LIMIT, message=Message(code=code, params=params))
        if ending.orphaned:
            raise InternalError(say("what starts workers has died again and again"))
        if death.reason == "closed" and _went_over_memory(ending, limits):
            return _over_memory(limits)
        params = {"reason": death.reason}
        if death.reason == "closed" and not ending.killed:
            params = {"reason": "exit", "status": ending.code}
            if ending.signal:
                params = {"reason": "signal", "signal": _signal_name(ending.signal)}
        return Stopped(verdict=Verdict.CRASHED, message=Message(code="crashed", params=params))


def _over_memory(limits: Limits) -> Stopped:
    message = Message(code="memory_limit", params={"megabytes": limits.memory})
    return Stopped(verdict=Verdict.MEMORY_LIMIT, message=message)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _went_over_memory(ending: Ending, limits: Limits) -> bool:
    return ending.peak_mb > 0.8 * limits.memory
