"""The worker: confines itself, says so, and only then is sent a program, which it loads and calls as it is asked."""

from __future__ import annotations

import builtins
import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.model import LoadReport, Raised, Unsupported, Value, Wanted
from grader.sandbox.calls import Caller, Tail
from grader.sandbox.loader import load
from grader.sandbox.messages import (
    ANSWER,
    ASK,
    CALL,
    CONFINED,
    FAILED,
    LOAD,
    OUTCOME,
    PROBE,
    PROBED,
    READY,
    REPLACE,
    REPORT,
    clean,
    frame,
    notes_tree,
    outcome_frame,
    read_outcome,
    read_program,
    report_tree,
)
from grader.sandbox.pipe import Pipe
from grader.sandbox.protocol import Enough
from grader.sandbox.surroundings import surroundings
from grader.sandbox.wire import ProtocolError, Tree, UnsendableError, decode, encode

_exit, _process_time = os._exit, time.process_time


def serve(pipe: Pipe, confine: Callable[[], None]) -> None:
    """Confine this process, then answer the host until it goes away; never returns.

    A failure to confine is reported as such, before any student's byte has been read.
    """
    try:
        confine()
    except BaseException as error:
        pipe.write(frame(FAILED, {"why": clean(f"{type(error).__name__}: {error}", 1000)}))
        _exit(1)
    try:
        pipe.write(frame(CONFINED, {}))
        _Worker(pipe).run()
    except EOFError:
        _exit(0)
    except BaseException:  # whatever a student's code has done to us: the host sees a process that died
        _exit(70)


class _Worker:
    """One program, from its source to its last call."""

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._tail = Tail()
        self._notes_sent = 0
        self._asking = 0.0
        """Seconds of CPU that went into asking the oracle: what a function is measured by is its own work."""

    def run(self) -> None:
        while True:
            kind, head, body = self._pipe.read()
            if kind == LOAD:
                self._load(head, body)
            elif kind == CALL:
                self._call(head, body)
            elif kind == REPLACE:
                self._replace(head)
            elif kind == PROBE:
                self._probe(head)
            else:
                raise ProtocolError("unknown request")

    def _load(self, head: Tree, body: memoryview) -> None:
        program, wanted = read_program(head, body)
        self._wanted = {each.name: each for each in wanted}
        self._surroundings = surroundings()
        sys.stdout = sys.stderr = self._tail
        self._loaded = load(
            program,
            wanted,
            replaced=self._proxies(head["replaced"]),
            on_report=self._report,
            fingerprints=head["fingerprints"],
        )
        self._be_ready()

    def _replace(self, head: Tree) -> None:
        sys.stdout = sys.stderr = self._tail
        self._surroundings.put_back(only_drawn=self._loaded.is_plain)
        self._loaded = self._loaded.once_more(self._proxies(head["names"]))
        self._be_ready()

    def _be_ready(self) -> None:
        self._caller = Caller(self._loaded, self._tail, self._clock)
        self._pipe.write(frame(READY, {"notes": self._new_notes() or []}))

    def _report(self, report: LoadReport) -> None:
        self._pipe.write(frame(REPORT, report_tree(report)))

    def _new_notes(self) -> list[Tree] | None:
        """Return all notes, if there are more of them than were sent."""
        notes = self._loaded.notes()
        if len(notes) == self._notes_sent:
            return None
        self._notes_sent = len(notes)
        return notes_tree(notes)

    def _call(self, head: Tree, body: memoryview) -> None:
        position = 0
        wanted = zip(head["cases"], head["sizes"], head["measured"], head["enough"], strict=True)
        for case, size, measured, enough in wanted:
            data = body[position : position + size]
            position += size
            outcome = self._caller.call(
                head["name"],
                data,
                measured=measured,
                enough=None if enough is None else Enough(*enough),
                brief=head["brief"],
            )
            extra = {"id": head["id"], "case": case}
            if (notes := self._new_notes()) is not None:
                extra["notes"] = notes
            self._pipe.write(self._frame(outcome, extra))

    def _frame(self, outcome: Any, extra: dict[str, Any]) -> bytes:
        try:
            return outcome_frame(outcome, **extra)
        except UnsendableError as error:  # the notes or the explanation are odd, not the value
            return frame(OUTCOME, {"id": extra["id"], "case": extra["case"], "k": "unsupported", "type": error.kind})

    # --- calls to the oracle ---------------------------------------------------------------------------------------

    def _proxies(self, names: Sequence[str]) -> dict[str, Callable[..., Any]]:
        return {name: self._proxy(self._wanted[name]) for name in names if name in self._wanted}

    def _proxy(self, wanted: Wanted) -> Callable[..., Any]:
        """Make a function that has the host answer in place of the student's own."""

        def proxy(*args: Any) -> Any:
            begin = _process_time()
            try:
                return self._ask(wanted.name, args)
            finally:
                self._asking += _process_time() - begin

        proxy.__name__ = proxy.__qualname__ = wanted.name
        return proxy

    def _clock(self) -> float:
        return _process_time() - self._asking

    def _ask(self, name: str, args: tuple[Value, ...]) -> Any:
        try:
            tree, buffers = encode(args)
            question = frame(ASK, {"name": name, "v": tree}, buffers)
        except UnsendableError as error:
            raise TypeError(f"{name}() was called with {error.kind}") from None
        self._pipe.write(question)
        kind, head, body = self._pipe.read()
        if kind != ANSWER:
            raise ProtocolError("not an answer")
        if head["k"] == "returned":
            return decode(head["v"], body, own=True)
        match read_outcome(head, body):
            case Raised() as raised:
                raise _exception(raised)
            case Unsupported(type=kind_of):
                raise TypeError(f"{name}() returned {kind_of}")
            case _:
                raise MemoryError

    # --- the self-test -----------------------------------------------------------------------------------------------

    def _probe(self, head: Tree) -> None:
        from grader.sandbox.canary import attempt

        self._pipe.write(frame(PROBED, attempt(head)))


def _exception(raised: Raised) -> BaseException:
    """Make the exception that the reference raised, as near as its name allows."""
    kind = getattr(builtins, raised.type, None) or getattr(np.linalg, raised.type, None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = RuntimeError
    try:
        return kind(raised.message)
    except Exception:  # UnicodeDecodeError and its like want other arguments
        return RuntimeError(raised.message)
