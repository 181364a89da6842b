"""One call of a student's function, inside the worker: fresh arguments in, an outcome out.

Nothing here protects anything: the student's code runs in this very process and may change it at will. The host
believes of an outcome only what a value can be.
"""

from __future__ import annotations

import io
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from grader.model import Message, Note, Outcome, Raised, Returned, Stopped, Value, Verdict
from grader.pace import slowness
from grader.sandbox.messages import clean
from grader.sandbox.wire import Buffer, UnsendableError, pack, unpack

if TYPE_CHECKING:
    from grader.sandbox.protocol import Enough

TAIL: Final = 2000
MAX_STEPS: Final = 3_000_000
_REPEATS: Final = 5
_REPEAT_SECONDS: Final = 0.05
_MAX_WARNINGS: Final = 10
_RECURSION_LIMIT: Final = sys.getrecursionlimit()
# Kept from before any student code, which may replace the modules' own names.
_set_recursion_limit, _set_trace = sys.setrecursionlimit, sys.settrace


class Loaded(Protocol):
    """What the loader made of a program: the part of it that calls need."""

    functions: dict[str, Callable[..., Any]]
    answers: dict[str, Any]
    fresh: Callable[[], tuple[Any, ...]] | None
    """Makes the arguments of the present call anew."""

    def notes(self) -> tuple[Note, ...]:
        """Return what was noticed so far."""

    def explain(self, error: BaseException, name: str) -> Raised | Stopped:
        """Turn what a call raised into a value, in the student's own places."""

    def unmade(self, name: str) -> Raised | Stopped | None:
        """Return why a graded answer has no value though it was found."""


class Tail(io.TextIOBase):
    """A text stream that keeps the end of what is written, so that a flood takes no memory."""

    def __init__(self) -> None:
        self._text = ""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding that programs are told of."""
        return "utf-8"

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep the end of the text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._text = (self._text + text[-TAIL:])[-TAIL:]
        return len(text)

    def take(self) -> str:
        """Return what there is, and start anew."""
        text, self._text = self._text, ""
        return text


class Caller:
    """Makes the calls of one loaded program and describes how each went."""

    def __init__(self, loaded: Loaded, tail: Tail, clock: Callable[[], float] = time.process_time) -> None:
        self._loaded = loaded
        self._tail = tail
        self._clock = clock
        self._warnings: list[str] = []
        self._steps: dict[str, int] = {}
        """Steps of the last call of each function whose steps were all counted."""
        self._heard = ""
        """The function whose warnings are told at present."""
        warnings.showwarning = self._warned

    def call(
        self, name: str, data: Buffer, *, measured: bool = False, enough: Enough | None = None, brief: bool = False
    ) -> Outcome:
        """Call a graded name with packed arguments and say what came of it.

        `measured` asks for steps and CPU time, `enough` says how exactly; `brief` leaves out whether the arguments were
        changed.
        """
        self._tail.take()
        self._warnings.clear()
        if name != self._heard:
            self._hear(name)
        try:
            if name in self._loaded.answers:
                return Returned(value=self._loaded.answers[name])
            function = self._loaded.functions.get(name)
            if function is None:
                return self._loaded.unmade(name) or _missing(name)
            return self._outcome(function, name, data, measured=measured, enough=enough, brief=brief)
        except MemoryError:
            # The frames that held the memory are let go with the exception.
            return Stopped(verdict=Verdict.MEMORY_LIMIT, message=Message(code="memory_limit"))
        finally:
            _set_recursion_limit(_RECURSION_LIMIT)

    def _outcome(
        self,
        function: Callable[..., Any],
        name: str,
        data: Buffer,
        *,
        measured: bool,
        enough: Enough | None,
        brief: bool,
    ) -> Outcome:
        self._loaded.fresh = lambda: unpack(data)
        args = unpack(data)
        marks = () if brief else tuple(map(_mark, args))
        begin = self._clock() if measured else 0.0
        try:
            value = function(*args)
        except MemoryError:
            raise
        except BaseException as error:
            _set_trace(None)
            return self._raised(error, name)
        cpu = self._clock() - begin if measured else 0.0
        same_as = None
        if type(value) in _CONTAINERS:
            same_as = next((index for index, arg in enumerate(args) if arg is value), None)
        changed = () if brief else _changed(args, marks, data)
        printed, warned = self._noticed()
        steps = None
        if measured:
            steps, cpu = self._measured(function, name, data, cpu, enough)
        return Returned(
            value=value,
            changed=changed,
            same_as=same_as,
            steps=steps,
            cpu=cpu if measured else None,
            warnings=warned,
            printed=printed,
        )

    def _measured(
        self, function: Callable[..., Any], name: str, data: Buffer, cpu: float, enough: Enough | None
    ) -> tuple[int, float]:
        """Return steps and CPU time of a call whose first run took `cpu`, as exactly as they are wanted.

        The time is what it would have been on the nominal machine (`grader.pace`).
        """
        slow = slowness()
        before = self._steps.get(name)
        most = MAX_STEPS
        if enough is not None and enough.steps is not None and before is not None:
            most = min(before + enough.steps, MAX_STEPS)
        if enough is None:
            cpu = min([cpu, *_repeat(function, data, self._clock)])
            return _count_steps(function, unpack(data), most), cpu / min(slow, slowness())
        steps = _count_steps(function, unpack(data), most)
        if steps <= MAX_STEPS:
            self._steps[name] = steps
        if (steps <= most or most == MAX_STEPS) and cpu >= enough.seconds * slow:
            cpu = min([cpu, *_repeat(function, data, self._clock, enough.seconds * slow)])
            slow = min(slow, slowness())
        return steps, cpu / slow

    def _raised(self, error: BaseException, name: str) -> Raised | Stopped:
        printed, warned = self._noticed()
        try:
            raised = self._loaded.explain(error, name)
            return replace(raised, printed=printed, warnings=warned) if isinstance(raised, Raised) else raised
        except MemoryError:
            raise
        except BaseException:  # an exception class may do anything when it is looked at
            return Raised(type="Exception", printed=printed, warnings=warned)

    def _hear(self, name: str) -> None:
        """Have all warnings told anew: what calling one function says of a place silences no other function."""
        self._heard = name
        # "default" shows a warning once a place: a loop of 2,000 overflows is one line and costs next to nothing.
        warnings.simplefilter("default")
        for noise in (ResourceWarning, ImportWarning, PendingDeprecationWarning):
            warnings.simplefilter("ignore", noise)

    def _noticed(self) -> tuple[str, tuple[str, ...]]:
        text = self._tail.take()
        return clean(text) if text else "", tuple(self._warnings)

    def _warned(self, message: Warning | str, category: type[Warning], *_rest: object, **_more: object) -> None:
        if len(self._warnings) < _MAX_WARNINGS:
            try:
                text = clean(f"{category.__name__}: {message}", 300)
            except BaseException:  # the category may be a student's class
                text = "Warning"
            if text not in self._warnings:
                self._warnings.append(text)


def _missing(name: str) -> Stopped:
    return Stopped(verdict=Verdict.MISSING, message=Message(code="missing.name", params={"name": name}))


def _containers() -> tuple[type, ...]:
    import numpy as np

    return (np.ndarray, list, dict)


_CONTAINERS: Final = _containers()
_HOLDING: Final = (*_CONTAINERS, tuple)
_ndarray: Final = _CONTAINERS[0]


_Mark: TypeAlias = tuple[bytes, tuple[int, ...], tuple[int, ...], object] | None


def _mark(arg: Any) -> _Mark:
    """Return what tells quickly whether an array has changed; None for everything else."""
    if type(arg) is not _ndarray:
        return None
    array: Any = arg
    return array.tobytes(), array.shape, array.strides, array.dtype


def _changed(args: tuple[Value, ...], marks: Sequence[_Mark], data: Buffer) -> tuple[int, ...]:
    """Return the positions of the arguments that are no longer what they were packed from, and had these marks."""
    changed = []
    before: Sequence[Value] | None = None
    for index, (arg, was) in enumerate(zip(args, marks, strict=True)):
        now = _mark(arg)
        if now == was and (now is not None or type(arg) not in _HOLDING):
            continue
        if now is None or was is None or now[:2] == was[:2] or now[3] != was[3]:
            before = unpack(data) if before is None else before
            try:
                if pack(arg) == pack(before[index]):
                    continue
            except UnsendableError:
                pass
        changed.append(index)
    return tuple(changed)


def _repeat(function: Callable[..., Any], data: Buffer, clock: Callable[[], float], enough: float = 0.0) -> list[float]:
    """Time the call again, a few times while that is cheap and takes no less than enough, with fresh arguments."""
    times: list[float] = []
    while len(times) < _REPEATS - 1 and sum(times) < _REPEAT_SECONDS and min(times, default=enough) >= enough:
        args = unpack(data)
        begin = clock()
        try:
            function(*args)
        except MemoryError:
            raise
        except BaseException:
            break
        times.append(clock() - begin)
    return times


class _Counted(BaseException):
    """Ends a call that was made to be counted."""


def _count_steps(function: Callable[..., Any], args: tuple[Value, ...], most: int = MAX_STEPS) -> int:
    """Count the calls and instructions of Python code that the call executes, wherever that code stands.

    Beyond `most` nothing more is counted and the call is ended; it is nobody's loss where its own handlers keep it on.
    """
    steps = 0

    def step(_frame: FrameType, _event: str, _arg: object) -> Any:
        nonlocal steps
        steps += 1
        if steps > most:
            _set_trace(None)
            raise _Counted
        return step

    def enter(frame: FrameType, event: str, arg: object) -> Any:
        frame.f_trace_lines = False
        frame.f_trace_opcodes = True
        return step(frame, event, arg)

    _set_trace(enter)
    try:
        function(*args)
    except MemoryError:
        raise
    except BaseException:  # it went well the first time; what it says now is not looked at
        pass
    finally:
        _set_trace(None)
    return steps
