"""One worker, spoken to in turn: confined, load, call. Anything it says out of turn ends it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from grader.errors import InternalError
from grader.model import LoadReport, Note, Outcome, Stopped, Verdict
from grader.sandbox.allowance import BEYOND, Allowance, weight
from grader.sandbox.channel import Closed, Frame, Line
from grader.sandbox.memory import Memory
from grader.sandbox.messages import (
    ANSWER,
    ASK,
    CALL,
    CONFINED,
    FAILED,
    FRAME,
    OUTCOME,
    PROBE,
    PROBED,
    READY,
    REPLACE,
    REPORT,
    clean,
    frame,
    outcome_tree,
    read_notes,
    read_outcome,
    read_report,
)
from grader.sandbox.wire import ProtocolError, Tree, UnsendableError, decode, dump_head
from grader.saying import say

if TYPE_CHECKING:
    from grader.sandbox.clocks import Clock, Watch
    from grader.sandbox.protocol import Enough, Oracle

CONFINE_SECONDS = 60.0
_DISK_SECONDS = 0.1
_GATHER_SECONDS = 0.0005
# What bytes mean depends on nothing else. Many students' programs answer alike to the last bit, and what is the same
# object is judged once.
_KNOWN: Final[Memory[tuple[Tree, Tree, Outcome, tuple[Note, ...] | None]]] = Memory()


class Death(Exception):
    """The worker can't be used any more. `reason` is a word for logs, `late` tells a deadline from a crash."""

    def __init__(self, reason: str, *, late: bool = False, stopped: Stopped | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.late = late
        self.stopped = stopped


class WorkerProcess(Protocol):
    """A started worker as its host knows it."""

    @property
    def line(self) -> Line:
        """The channel to it."""

    @property
    def clock(self) -> Clock:
        """Its clocks."""

    def overfull(self) -> bool:
        """Whether its private folder holds more than it may."""

    def drop(self) -> None:
        """Kill it as `end` does, without waiting for it where somebody else can."""

    def end(self, grace: float = 0.0) -> Ending:
        """Kill it with all it started, reap it, clear its folder; say how it had ended. Can be called again.

        `grace` is how many seconds it may take to end by itself.
        """


class Ending(Protocol):
    """How a process ended."""

    @property
    def signal(self) -> int:
        """The signal that ended it, or 0."""

    @property
    def code(self) -> int:
        """Its exit status."""

    @property
    def peak_mb(self) -> float:
        """The most memory that it had, where known."""

    @property
    def killed(self) -> bool:
        """Whether it was alive until its host killed it."""

    @property
    def orphaned(self) -> bool:
        """Whether what had started it had died, and it with that: no doing of its own."""


class Dialogue:
    """What is said to one worker, and what it answers."""

    def __init__(self, process: WorkerProcess, oracle: Oracle | None) -> None:
        self.process = process
        self.notes: tuple[Note, ...] = ()
        self.report: LoadReport | None = None
        self.called: set[str] = set()
        """The graded names that have been called in this process."""
        self._oracle = oracle
        self._ids = itertools.count(1)
        self._lap = False
        """Whether the next wait begins a new case."""

    def await_confined(self) -> None:
        """Wait until the worker says that it has confined itself. Raises InternalError if that fails."""
        try:
            first = self.process.line.receive(CONFINE_SECONDS)
            head = None if first is None else first.head
        except (Closed, ProtocolError) as error:
            raise InternalError(say("a worker died while it confined itself; run the command again")) from error
        if first is None:
            raise InternalError(say("a worker took too long to confine itself; run the command again"))
        if first.kind == FAILED:
            why = clean(str(head.get("why", "")), 500) if type(head) is dict else ""
            raise InternalError(say("a worker could not confine itself: {why}", why=why))
        if first.kind != CONFINED:
            raise InternalError(say("a worker began with something odd"))

    def probe(self, orders: Tree) -> Tree:
        """Have a worker without a program make the self-test; returns what it says, None where it died."""
        self.process.line.post(frame(PROBE, orders))
        try:
            answer = self.process.line.receive(CONFINE_SECONDS)
            return answer.head if answer is not None and answer.kind == PROBED else None
        except (Closed, ProtocolError):
            return None

    def load(self, program: bytes, names: Sequence[str], watch: Watch) -> None:
        """Send the program, a whole frame; keep the report, before any statement runs, and the notes. Raises Death."""
        self.process.line.post(program)
        with _protocol():
            answer = self._next(watch)
            if answer.kind == REPORT and not answer.body:
                self.report = read_report(answer.head, names)
                answer = self._next(watch)
            if answer.kind != READY or self.report is None or answer.body or type(answer.head) is not dict:
                raise ProtocolError("not a report")
            self.notes = read_notes(answer.head.get("notes"))

    def replace(self, oracle: Oracle, watch: Watch) -> None:
        """Have the program loaded once more, with what the oracle names answered by it. Raises Death."""
        if not self.process.line.silent():
            raise Death("protocol")
        self._oracle = oracle
        self.process.line.post(frame(REPLACE, {"names": sorted(oracle.names)}))
        with _protocol():
            answer = self._next(watch)
            if answer.kind != READY or answer.body or type(answer.head) is not dict:
                raise ProtocolError("not loaded once more")

    def call(
        self,
        name: str,
        frames: Sequence[bytes],
        cases: Sequence[tuple[int, bool, Enough | None]],
        watch: Watch,
        *,
        brief: bool = False,
        allowance: Allowance | None = None,
    ) -> Iterator[Outcome]:
        """Call a graded name on some cases, `(position, measured, how exactly)` each; yields an outcome a case.

        Answers beyond the allowance are read and thrown away. Raises Death.
        """
        if not self.process.line.silent():
            raise Death("protocol")
        request = next(self._ids)
        head = dump_head(
            {
                "id": request,
                "name": name,
                "cases": [case for case, _, _ in cases],
                "measured": [measured for _, measured, _ in cases],
                "enough": [enough for _, _, enough in cases],
                "sizes": [len(each) for each in frames],
                "brief": brief,
            }
        )
        self.process.line.post(FRAME.pack(CALL, len(head), sum(map(len, frames))) + head, *frames)
        begin = time.monotonic()
        self._lap = False
        for left, (case, _, _) in zip(range(len(cases), 0, -1), cases, strict=True):
            with _protocol():
                answer = self.process.line.come()
                if answer is None or answer.kind == ASK:
                    if self._lap and answer is None and left > 1 and self._oracle is None:
                        # While it computes, let a few answers gather: being woken for each costs more than reading it.
                        # Nothing can gather behind the last one, nor behind a question that it waits for.
                        time.sleep(min(_GATHER_SECONDS, (time.monotonic() - begin) / 4))
                    answer = self._next(watch, answer)
                outcome = self._outcome(answer, request, case)
                if allowance is not None and not allowance.take(weight(answer, len(answer.body))):
                    outcome = BEYOND
            self._lap = True
            yield outcome

    def _outcome(self, answer: Frame, request: int, case: int) -> Outcome:
        known = _KNOWN.get(answer.whole)
        if known is None:
            head = answer.head
            if answer.kind != OUTCOME or type(head) is not dict:
                raise ProtocolError("not an answer")
            notes = read_notes(head["notes"]) if "notes" in head else None
            known = (head.get("id"), head.get("case"), read_outcome(head, answer.body), notes)
            _KNOWN.put(answer.whole, known)
        to, of, outcome, notes = known
        if to != request or of != case:
            raise ProtocolError("not an answer to what was asked")
        if notes is not None:
            self.notes = notes
        return outcome

    def _next(self, watch: Watch, first: Frame | None = None) -> Frame:
        """Return the next frame that is not a question to the oracle, which is answered here, on the worker's time.

        `first` is what has come already.
        """
        if self._lap:
            self._lap = False
            watch.lap()
        if first is not None:
            self._excused(first, watch)
        while True:
            patience = watch.patience()
            if patience <= 0:
                raise Death(watch.scope, late=True)
            answer = self.process.line.receive(min(patience, _DISK_SECONDS))
            if answer is None:
                if self.process.overfull():
                    raise Death("disk")
            elif answer.kind == ASK:
                self._excused(answer, watch)
            else:
                return answer

    def _excused(self, question: Frame, watch: Watch) -> None:
        """Answer a question to the oracle; most of the time that takes is the way there and back."""
        begin = time.monotonic()
        self._answer(question)
        watch.excuse(time.monotonic() - begin)

    def _answer(self, question: Frame) -> None:
        if not self.process.line.sent():
            # Who asks has read the answer before. Answers that nobody reads would fill our memory.
            raise ProtocolError("a question before the last answer was read")
        if self._oracle is None:
            raise ProtocolError("a question that can't be asked")
        memory, asked = self._oracle.memory, question.whole
        known = memory.get(asked) if memory is not None else None
        if known is not None and known[0] in self._oracle.names:
            self.process.line.post(known[1])
            return
        head = question.head
        name = head.get("name") if type(head) is dict else None
        if type(name) is not str or name not in self._oracle.names:
            raise ProtocolError("a question that can't be asked")
        args = decode(head.get("v"), question.body)
        if type(args) is not tuple:
            raise ProtocolError("a question that can't be asked")
        outcome = self._oracle.answer(name, args)
        if isinstance(outcome, Stopped):
            # The arguments were the student's choice, and so is what they cost.
            if outcome.verdict is Verdict.MEMORY_LIMIT:
                head, buffers = outcome_tree(outcome)
                self.process.line.post(frame(ANSWER, head, buffers))
                return
            raise Death("oracle", stopped=outcome)
        try:
            head, buffers = outcome_tree(outcome)
            whole = frame(ANSWER, head, buffers)
        except UnsendableError as error:
            raise Death("oracle") from error
        if memory is not None:
            memory.put(asked, (name, whole), len(whole))
        self.process.line.post(whole)


class _protocol:  # noqa: N801 - reads as a word: `with _protocol():`
    """Turns what is wrong with a worker's words, or their end, into its death."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: Any, _trace: object) -> None:
        if isinstance(error, ProtocolError):
            raise Death("protocol") from error
        if isinstance(error, Closed):
            raise Death("closed") from error
