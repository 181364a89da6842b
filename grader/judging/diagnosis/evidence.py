"""What a diagnosis rests on: every case of a check that returned, with what was expected and what was got.

A rule explains a check only if it holds in *all* of these cases, those that passed among them: "twice too large" is not
said of a function that is right somewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from math import isfinite
from typing import TypeAlias, TypeVar, cast

import numpy as np

from grader.authoring import Compare
from grader.judging.values import Array, Category, as_array, category
from grader.model import JSON, QuestionKey, Value
from grader.records import dataclass

T = TypeVar("T")
Pairs: TypeAlias = list[tuple[Array, Array]]

RTOL = 1e-6
ATOL = 1e-9
"""How near is near enough for a rule, relative to the number and to the largest one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One case: its arguments, and the part of the expected and of the got value that the check looks at."""

    args: tuple[Value, ...]
    want: Value
    got: Value
    right: bool
    whole_want: Value
    whole_got: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A diagnosis. `params` may be said of hidden cases; `public` only of public ones."""

    code: str
    params: dict[str, JSON] = field(default_factory=dict)
    public: dict[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that a rule may look at. `code` is that of the first failing case's difference."""

    question: QuestionKey
    how: Compare
    code: str
    views: Sequence[View]
    part: tuple[int | str, ...] = ()
    pairs: Pairs | None = None
    """(want, got) as float arrays for all cases; None where one of them isn't made of real numbers."""
    alike: Pairs | None = None
    """The same, flat; None where the shapes differ in some case."""
    variety: int = 0
    """How many different numbers were expected in the failing cases: more of them make a rule surer."""

    known: dict[Callable[[Evidence], object], object] = field(default_factory=dict)

    def once(self, work: Callable[[Evidence], T]) -> T:
        """Return what is worked out of this evidence, which several rules may ask for."""
        if work not in self.known:
            self.known[work] = work(self)
        return cast("T", self.known[work])

    @property
    def wrong(self) -> list[View]:
        """The cases that failed by what they returned."""
        return [view for view in self.views if not view.right]

    def sizes(self, view: View) -> dict[str, int]:
        """Return what the sizes of a case's arguments are called, with their values."""
        sizes = {}
        for name, (parameter, axis) in self.question.dims.items():
            if parameter in self.question.parameters:
                position = self.question.parameters.index(parameter)
                shape = np.shape(view.args[position]) if position < len(view.args) else ()
                if axis < len(shape):
                    sizes[name] = int(shape[axis])
        return sizes


def gather(
    question: QuestionKey, how: Compare, code: str, views: Sequence[View], part: tuple[int | str, ...]
) -> Evidence:
    """Make the evidence of some cases, with what several rules need worked out once."""
    pairs, alike = _pairs(views), None
    if pairs is not None and all(want.shape == got.shape for want, got in pairs):
        alike = [(want.ravel(), got.ravel()) for want, got in pairs]
    return Evidence(
        question=question, how=how, code=code, views=views, part=part, pairs=pairs, alike=alike, variety=_variety(views)
    )


def _pairs(views: Sequence[View]) -> Pairs | None:
    pairs = []
    for view in views:
        want, got = reals(view.want), reals(view.got)
        if want is None or got is None:
            return None
        pairs.append((want, got))
    return pairs


def _variety(views: Sequence[View]) -> int:
    numbers: set[float] = set()
    for view in views:
        want = None if view.right else reals(view.want)
        if want is not None:
            numbers.update(np.round(want[np.isfinite(want)].ravel()[:200], 9).tolist())
    return len(numbers - {0.0})


Rule = Callable[[Evidence], Explanation | None]


def reals(value: Value) -> Array | None:
    """Return a value of real numbers as an array of floats, a list of numbers too; None for anything else."""
    kind = category(value)
    if kind in (Category.LIST, Category.TUPLE):
        if not value or any(category(item) is not Category.NUMBER for item in value):
            return None
        numbers = [as_array(item) for item in value]
        return None if any(item.dtype.kind == "c" for item in numbers) else np.array(numbers, dtype=np.float64)
    if kind not in (Category.NUMBER, Category.ARRAY):
        return None
    array = as_array(value)
    return None if array.dtype.kind == "c" else array.astype(np.float64)


def near(want: Array, got: Array) -> bool:
    """Say whether two arrays of one shape are equal but for rounding; anything not finite must be the same."""
    if want.shape != got.shape:
        return False
    with np.errstate(all="ignore"):
        sizes = np.abs(want)
        scale = float(np.maximum.reduce(sizes, axis=None, initial=0.0))
        if isfinite(scale):  # and so is all that was wanted: what is not finite is never close to it
            return bool((np.abs(got - want) <= RTOL * sizes + ATOL * scale).all())
        finite = np.isfinite(want)
        scale = float(np.max(np.where(finite, sizes, 0.0), initial=0.0))
        close = np.abs(got - want) <= RTOL * sizes + ATOL * scale
        same = (got == want) | (np.isnan(got) & np.isnan(want))
    return bool(np.where(finite, close & np.isfinite(got), same).all())


def holds(pairs: Sequence[tuple[Array, Array]], transform: Callable[[Array], Array]) -> bool:
    """Say whether what was got is a function of what was expected, in all cases."""
    with np.errstate(all="ignore"):
        return all(near(np.asarray(transform(want)), got) for want, got in pairs)


def distinct(values: Sequence[float]) -> int:
    """Return how many of some numbers differ by more than rounding."""
    return len({f"{value:.6g}" for value in values})


def scalars(evidence: Evidence, view: View) -> Iterator[tuple[str, float]]:
    """Yield the arguments of a case that are single real numbers, by name."""
    for name, value in zip(evidence.question.parameters, view.args, strict=False):
        if category(value) is Category.NUMBER:
            number = reals(value)
            if number is not None:
                yield name, float(number)
