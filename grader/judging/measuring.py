"""Measuring the work of a call: steps taken in Python, and seconds of CPU.

The answer key measures the reference and the worker measures the student's function, both with this.
"""

from __future__ import annotations

import copy
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from grader.pace import slowness

RUNS = 20
"""How many runs the CPU time is the best of: a reference that seems slow would let pass what is."""
ENOUGH = 0.2
"""Seconds of CPU after which no further run is made."""


def measure(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[int, float]:
    """Return (steps, seconds of CPU) of `function(*args)`; each run gets arguments of its own.

    Seconds are those of the nominal machine (`grader.pace`). CPU comes first, the best of several runs without tracing.
    Steps are then counted in one more run: every line begun, every call, and every turn of a comprehension or
    generator, in the function and in whatever Python code it calls. What the function raises is the caller's to handle.
    """
    return _steps_after(function, args, _cpu(function, args))


def _cpu(function: Callable[..., Any], args: tuple[Any, ...]) -> float:
    best, spent, slow = float("inf"), 0.0, slowness()
    for _ in range(RUNS):
        own = copy.deepcopy(args)
        begun = time.process_time()
        function(*own)
        taken = time.process_time() - begun
        best, spent, slow = min(best, taken), spent + taken, min(slow, slowness())
        if spent > ENOUGH:
            break
    return best / slow


def _steps_after(function: Callable[..., Any], args: tuple[Any, ...], cpu: float) -> tuple[int, float]:
    steps = 0

    def count(_frame: FrameType, event: str, _argument: object) -> Any:
        # Python traces a backward jump as a line of its own, so that one-line loops and comprehensions count each turn.
        nonlocal steps
        if event in ("call", "line"):
            steps += 1
        return count

    own = copy.deepcopy(args)
    before = sys.gettrace()
    sys.settrace(count)
    try:
        function(*own)
    finally:
        sys.settrace(before)
    return steps, cpu
