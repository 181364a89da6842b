"""Inputs that might tell two programs apart: drawn from the author's own generators, varied, and made small.

Variations that keep to the question's domain change layout, order, size and exact dtype; `far` ones change the values
too, and an author is to judge whether they belong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.authoring import NoLoop, Question
from grader.courses.cases import Args, fresh
from grader.courses.references import quietly
from grader.saying import say

Random = np.random.Generator
Change = Callable[[Args, Random], Args]


def draw(question: Question, seed: int, count: int) -> list[tuple[str, Args]]:
    """Return inputs with where they come from: the author's examples, then `count` from each generator of a question.

    The author's generators are run here: call it from the main thread only, since it silences what they print.
    """
    generators: dict[str, Callable[..., Any]] = {}
    drawn: list[tuple[str, Args]] = []
    for check in question.checks:
        for number, example in enumerate(check.examples, start=1):
            drawn.append((say("example {number} of {check!r}", number=number, check=check.name), fresh(example)))
        if check.inputs is not None and not isinstance(check.kind, NoLoop):
            generators.setdefault(getattr(check.inputs, "__name__", "inputs"), check.inputs)
    rng = np.random.default_rng(seed)
    with quietly():
        for name, make in generators.items():
            drawn += [(name, fresh(make(rng))) for _ in range(count)]
    return drawn


def varied(args: Args, rng: Random, *, far: bool) -> Iterator[tuple[str, Args]]:
    """Yield changed copies of some inputs with what was changed: near ones, or far ones."""
    for name, change in FAR if far else NEAR:
        changed = change(fresh(args), rng)
        if repr(changed) != repr(args) or name == "in Fortran order":
            yield name, changed


def shrunk(args: Args) -> Iterator[Args]:
    """Yield simpler inputs: fewer entries, then rounder numbers, the simplest first."""
    for size in _sizes(args):
        for fewer in dict.fromkeys((1, 2, size // 2, size - 1)):
            if 0 < fewer < size:
                yield _cut(fresh(args), size, fewer)
    yield from (_along(fresh(args), axis) for axis in (0, -1))
    for position, arg in enumerate(args):
        for simple in _simpler(arg):
            if not _same(simple, arg):
                yield (*fresh(args[:position]), simple, *fresh(args[position + 1 :]))


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(np.array_equal(one, other))


def _simpler(arg: Any) -> Iterator[Any]:
    if isinstance(arg, np.ndarray) and arg.dtype.kind == "f":
        for digits in (0, 1, 2):
            yield np.round(arg, digits) + 0.0
    elif isinstance(arg, bool):
        return
    elif isinstance(arg, float):
        yield from (0.0, 1.0, float(round(arg)), round(arg, 1), round(arg, 2))
    elif isinstance(arg, int):
        yield from (number for number in (0, 1, 2, arg // 2) if number < arg)
    elif isinstance(arg, tuple):
        for place in range(len(arg)):
            yield (*arg[:place], *arg[place + 1 :])


# --- variations ------------------------------------------------------------------------------------------------------


def _arrays(args: Args) -> list[int]:
    return [position for position, arg in enumerate(args) if isinstance(arg, np.ndarray)]


def _each(change: Callable[[Any], Any]) -> Change:
    """Make a change of every array."""
    return lambda args, _: tuple(change(arg) if isinstance(arg, np.ndarray) else arg for arg in args)


def _sizes(args: Args) -> list[int]:
    """Return the lengths of axes that are more than 1, longest first."""
    return sorted({size for place in _arrays(args) for size in args[place].shape if size > 1}, reverse=True)


def _cut(args: Args, size: int, fewer: int) -> Args:
    """Keep `fewer` entries along every axis of a length: arguments that fit together still do."""

    def kept(arg: Any) -> Any:
        if not isinstance(arg, np.ndarray):
            return arg
        return arg[tuple(slice(fewer) if length == size else slice(None) for length in arg.shape)].copy()

    return tuple(map(kept, args))


def _one_left(args: Args, rng: Random) -> Args:
    sizes = _sizes(args)
    return _cut(args, int(rng.choice(sizes)), 1) if sizes else args


def _square(args: Args, _rng: Random) -> Args:
    """Cut every axis to the shortest length above 1."""
    sizes = _sizes(args)
    for size in sizes[:-1]:
        args = _cut(args, size, sizes[-1])
    return args


def _along(args: Args, axis: int) -> Args:
    """Take one entry off the first axis, or the last, of every array in which that axis is the longest such."""
    longest = max((args[place].shape[axis] for place in _arrays(args) if args[place].ndim > 1), default=1)
    if longest < 2:
        return args

    def kept(arg: Any) -> Any:
        if not isinstance(arg, np.ndarray) or arg.ndim < 2 or arg.shape[axis] != longest:
            return arg
        return (arg[:-1] if axis == 0 else arg[..., :-1]).copy()

    return tuple(map(kept, args))


def _shuffled(args: Args, rng: Random) -> Args:
    """Put the entries of each array in another order; each array keeps its entries."""
    return _each(lambda arg: rng.permutation(arg.ravel()).reshape(arg.shape))(args, rng)


def _whole(args: Args, _rng: Random) -> Args:
    """Give whole numbers in float arrays as ints."""
    return tuple(
        arg.astype(np.int64) if isinstance(arg, np.ndarray) and arg.dtype.kind == "f" and _is_whole(arg) else arg
        for arg in args
    )


def _is_whole(arg: np.ndarray[Any, Any]) -> bool:
    return bool(np.all(np.isfinite(arg))) and bool(np.all(arg == np.round(arg)))


def _scaled(factor: float) -> Change:
    return lambda args, _: tuple(arg * factor if _is_float(arg) else arg for arg in args)


def _rounded(args: Args, _rng: Random) -> Args:
    return tuple(np.round(arg) + 0.0 if _is_float(arg) and isinstance(arg, np.ndarray) else arg for arg in args)


def _one_zero(args: Args, rng: Random) -> Args:
    """Put zeros in the place of one argument."""
    places = [position for position, arg in enumerate(args) if _is_float(arg)]
    if not places:
        return args
    place = int(rng.choice(places))
    return (*args[:place], args[place] * 0.0, *args[place + 1 :])


def _is_float(arg: Any) -> bool:
    return isinstance(arg, float) or (isinstance(arg, np.ndarray) and arg.dtype.kind == "f")


NEAR: tuple[tuple[str, Change], ...] = (
    ("in Fortran order", _each(np.asfortranarray)),
    ("with one left of something", _one_left),
    ("cut square", _square),
    ("with fewer rows", lambda args, _: _along(args, 0)),
    ("with fewer columns", lambda args, _: _along(args, -1)),
    ("shuffled", _shuffled),
    ("as whole numbers", _whole),
)
FAR: tuple[tuple[str, Change], ...] = (
    ("negated", _scaled(-1.0)),
    ("times 30", _scaled(30.0)),
    ("times 0.01", _scaled(0.01)),
    ("rounded", _rounded),
    ("with zeros", _one_zero),
)
