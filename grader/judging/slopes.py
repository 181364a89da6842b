"""Is the gradient the slope of the student's own cost? Central differences: (J(x + h) - J(x - h)) / 2h.

The cases of a slope check come as base, +h and -h for entry 0, +h and -h for entry 1, and so on, for one base after
another. Which entry a pair moved, and by how much, is read from the arguments themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from grader.authoring import Path, Slope
from grader.judging.comparison import compare
from grader.judging.findings import Fault
from grader.judging.values import Array, Category, as_array, category
from grader.model import Case, Outcome, Returned, Value, Verdict
from grader.records import dataclass

NOISE = 8 * float(np.finfo(np.float64).eps)
"""Relative rounding noise of a cost; divided by h it limits how well a slope can be known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """One point at which the slope is taken: positions in the check's list of cases."""

    at: int
    pairs: tuple[tuple[int, int], ...]

    @property
    def last(self) -> int:
        """The last position that belongs to this base."""
        return max((below for _, below in self.pairs), default=self.at)


def bases(cases: Sequence[Case], argument: int) -> Iterator[Base]:
    """Group the cases of a slope check by base."""
    start = 0
    while start < len(cases):
        entries = int(np.size(cases[start].args[argument]))
        pairs = tuple((start + 1 + 2 * entry, start + 2 + 2 * entry) for entry in range(entries))
        yield Base(at=start, pairs=pairs)
        start += 1 + 2 * entries


def slope_fault(kind: Slope, base: Base, cases: Sequence[Case], outcomes: Sequence[Outcome]) -> Fault | None:
    """Judge the gradient that was returned at a base against the slope of the costs around it."""
    costs = [_cost(outcome, kind) for outcome in outcomes]
    slopes, noise = slope(kind, base, cases, costs)
    outcome = outcomes[base.at]
    gradient = _numeric(outcome.value, kind.gradient) if isinstance(outcome, Returned) else None
    if gradient is None or gradient.dtype.kind == "c":
        return _wrong("slope.none")
    if gradient.shape != slopes.shape:
        return _wrong("shape.wrong")
    reference, _ = slope(kind, base, cases, [_cost(case.expected, kind) for case in cases])
    if not slopes.any() and reference.any():
        return _wrong("slope.flat")
    if not np.isfinite(slopes).all() or not np.isfinite(gradient).all():
        return _wrong("slope.infinite")
    if _is_right(kind, base, cases, outcomes):
        return None
    scale = float(np.max(np.abs(slopes), initial=0.0))
    if (np.abs(gradient - slopes) <= kind.rtol * scale + noise).all():
        return None
    if (np.abs(gradient + slopes) <= kind.rtol * scale + noise).all():
        return _wrong("slope.sign")
    return _wrong("slope.differ")


def _is_right(kind: Slope, base: Base, cases: Sequence[Case], outcomes: Sequence[Outcome]) -> bool:
    """Say whether the costs and the gradient are the reference's own, by the ordinary tolerance.

    Then the one is the slope of the other. Where costs are of few digits, as 32-bit floats are, the difference of two
    that are near each other is mostly rounding, and would deny it.
    """
    around = {base.at, *(position for pair in base.pairs for position in pair)}
    parts = [(position, kind.cost) for position in sorted(around)] + [(base.at, kind.gradient)]
    for position, part in parts:
        expected, outcome = cases[position].expected, outcomes[position]
        if not isinstance(expected, Returned) or not isinstance(outcome, Returned):
            return False
        want, got = _numeric(expected.value, part), _numeric(outcome.value, part)
        if want is None or got is None or want.size != got.size or compare(want.ravel(), got.ravel()) is not None:
            return False
    return True


def slope(kind: Slope, base: Base, cases: Sequence[Case], costs: Sequence[float]) -> tuple[Array, float]:
    """Return the slope at a base, shaped like the argument, and how much of it may be rounding noise.

    `costs` are J at each case of the check, NaN where there is none.
    """
    centre = np.asarray(cases[base.at].args[kind.argument], dtype=float)
    slopes = np.full(centre.size, np.nan)
    noise = 0.0
    for above, below in base.pairs:
        moved = np.ravel(np.asarray(cases[above].args[kind.argument], float) - cases[below].args[kind.argument])
        entry = int(np.argmax(np.abs(moved)))
        with np.errstate(all="ignore"):
            slopes[entry] = (costs[above] - costs[below]) / moved[entry]
            noise = max(noise, NOISE * max(abs(costs[above]), abs(costs[below])) / abs(moved[entry]))
    return slopes.reshape(centre.shape), noise


def has_cost(kind: Slope, value: Value) -> Fault | None:
    """Judge whether a value has a cost in it: one number, in whatever shape, for that is another check's matter."""
    cost = _numeric(value, kind.cost)
    return _wrong("slope.none") if cost is None or cost.size != 1 or cost.dtype.kind == "c" else None


def _wrong(code: str) -> Fault:
    return Fault(verdict=Verdict.WRONG_ANSWER, code=code)


def _cost(outcome: Outcome, kind: Slope) -> float:
    """Return the cost of an outcome, NaN where there is none."""
    if not isinstance(outcome, Returned) or has_cost(kind, outcome.value) is not None:
        return float("nan")
    cost = _numeric(outcome.value, kind.cost)
    return float("nan") if cost is None else float(cost.reshape(()).item())


def _numeric(value: Value, path: Path) -> Array | None:
    """Return a numeric part of a value, or None where there is none."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return as_array(value) if category(value) in (Category.NUMBER, Category.ARRAY) else None
