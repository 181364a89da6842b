"""Does the work done in Python grow with the number of examples? Two measurements against the reference's own two.

Both margins are wide, and what is ambiguous earns the point. The figures are the worker's own word: a program could
forge them, which is why such a check is worth few points.

Steps tell of Python code that runs for each example. CPU time tells of what takes no steps: a C function called for
each entry, as by `map(math.exp, v)`; where the input has several entries an example, even that is ambiguous.
"""

from __future__ import annotations

from grader.authoring import NoLoop
from grader.judging.findings import Fault
from grader.judging.values import Category, category
from grader.model import Returned, Value, Verdict

STEPS_PER_EXAMPLE = 0.25
"""A loop takes at least one step an example; below a quarter of that the case is ambiguous."""
SECONDS_PER_ENTRY = 30e-9
"""Below this, CPU time an entry says nothing: numpy's dearest functions (a power, an arctangent) cost 9 to 19 ns.

The cheapest loop that students write, `sum(a * b)`, costs 47 to 58 ns: the limit is as far from the one as from the
other, so that a program's marks are the same whenever it is graded.
"""
TIMES_THE_REFERENCE = 12.0
"""And this many times the reference's: a C function called by `map` or `sum` for each entry costs 50 to 200 ns.

Seconds are those of the nominal machine (`grader.pace`). Beside an exponential of 5 ns, `map(math.exp, v)` measures 17
times as much, give or take a quarter; distances by broadcasting beside a matrix product measure 8 to 12 times as much.
"""


def loops(kind: NoLoop, ours: tuple[Returned, Returned], theirs: tuple[Returned, Returned], entries: int) -> bool:
    """Say whether a function surely loops in Python over what grows between the two calls.

    `ours` and `theirs` are the small call and the large one, of the reference and of the student. `entries` is by how
    many entries the larger input exceeds the smaller one.
    """
    if takes_steps(kind, ours, theirs):
        return True
    seconds, own_seconds = _growth(theirs[0].cpu, theirs[1].cpu), _growth(ours[0].cpu, ours[1].cpu)
    if seconds is None or own_seconds is None or entries <= 0:
        return False
    return seconds > _telling(own_seconds, entries)


def takes_steps(kind: NoLoop, ours: tuple[Returned, Returned], theirs: tuple[Returned, Returned]) -> bool:
    """Say whether so many more steps are taken for the large call that there is a loop, however long it takes."""
    examples = kind.sizes[1] - kind.sizes[0]
    steps, own_steps = _growth(theirs[0].steps, theirs[1].steps), _growth(ours[0].steps, ours[1].steps)
    return steps is not None and steps > 2 * max(own_steps or 0.0, 0.0) + STEPS_PER_EXAMPLE * examples


def surely_none(ours: tuple[Returned, Returned], theirs: tuple[Returned, Returned], entries: int) -> bool:
    """Say whether the whole large call took less than half of the CPU time by which it might have been a loop.

    Noise in the small call makes the growth less than it is: here it plays no part.
    """
    seconds, own_seconds = theirs[1].cpu, _growth(ours[0].cpu, ours[1].cpu)
    if seconds is None or own_seconds is None or entries <= 0:
        return False
    return seconds <= 0.5 * _telling(own_seconds, entries)


def _telling(own_seconds: float, entries: int) -> float:
    """Return the seconds of growth beyond which there is a loop."""
    return max(SECONDS_PER_ENTRY * entries, TIMES_THE_REFERENCE * max(own_seconds, 0.0))


def enough(kind: NoLoop, ours: tuple[Returned, Returned], entries: int) -> tuple[int, float]:
    """Return (steps, seconds): growth by more steps is surely a loop, and a call of less CPU time tells of none."""
    own_steps = _growth(ours[0].steps, ours[1].steps)
    steps = 2 * max(own_steps or 0.0, 0.0) + STEPS_PER_EXAMPLE * (kind.sizes[1] - kind.sizes[0])
    return max(int(steps) + 1, 0), max(SECONDS_PER_ENTRY * entries, 0.0)


def _growth(small: float | None, large: float | None) -> float | None:
    return None if small is None or large is None else float(large) - float(small)


def growth_in_entries(small: tuple[Value, ...], large: tuple[Value, ...]) -> int:
    """Return by how many entries the argument that grows most has grown."""
    return max((_entries(after) - _entries(before) for before, after in zip(small, large, strict=False)), default=0)


def _entries(value: Value) -> int:
    kind = category(value)
    if kind is Category.ARRAY:
        return int(value.size)
    return len(value) if kind in (Category.LIST, Category.TUPLE) else 1


def loop_fault() -> Fault:
    """Return the fault of a function that loops over the examples."""
    return Fault(verdict=Verdict.WRONG_ANSWER, code="loop.examples")
