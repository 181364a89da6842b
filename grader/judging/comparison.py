"""Fair comparison of what was expected with what was got, cause first: structure, type, shape, NaN and inf, values.

Fair means: Python numbers, numpy scalars and 0-d arrays of equal value are equal; ints do where floats were meant, and
True and False where 1 and 0 were; a list does for a tuple; a dict may hold more than was asked for. Not equal are a
(1, 1) array and a number, a list and an array, a text and a number, a complex and a real number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from math import isfinite
from typing import Literal, TypeAlias

import numpy as np

from grader.authoring import Compare, Path
from grader.judging.tolerance import allowance_of, mismatch, ratio, tolerances
from grader.judging.values import DEPTH, FLOATS, Array, Category, as_array, as_vector, category, identical, is_sequence
from grader.model import JSON, Params, Value
from grader.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The first thing that is not as expected.

    Only `code`, `where` and `params` may go into a hidden check's message.
    """

    code: str
    where: Path = ()
    """Where in the reference's value: its own keys and positions, never the student's."""
    params: Params = field(default_factory=dict)
    """Kinds and names only; nothing of the values."""
    expected: Value = None
    got: Value = None
    wrong: int = 0
    """How many entries are wrong, of `total`."""
    total: int = 0
    bars: bool = False
    """Whether it lies on the way to the part that is looked at, in what holds that part."""


Leaf: TypeAlias = tuple[Path, Value, Value]
PLAIN = Compare()
_NUMERIC = (Category.NUMBER, Category.ARRAY)


def compare(expected: Value, got: Value, how: Compare = PLAIN) -> Difference | None:
    """Return None where `got` is as good as `expected`, else the first difference. Never raises."""
    if identical(expected, got):
        return None
    plain = not how.shape_only and not how.integers
    if plain and (quick := _quick(expected, got, how)) is not None:
        return quick or None
    leaves: list[Leaf] = []
    problem = _pair(expected, got, (), leaves)
    if problem is not None or not leaves:
        return problem
    if len(leaves) == 1 and plain:
        where, want, have = leaves[0]
        if (quick := _quick(want, have, how, where)) is not None:
            return quick or None
    elif plain:
        leaves = [leaf for leaf in leaves if _quick(leaf[1], leaf[2], how) is not False]
    for stage in _SHAPES if how.shape_only else _ALL:
        for where, want, have in leaves:
            problem = stage(where, want, have, how)
            if problem is not None:
                return problem
    return None


def _quick(want: Value, have: Value, how: Compare, where: Path = ()) -> Difference | Literal[False] | None:
    """Compare two finite floats, or arrays of them: what the stages would say, at little cost.

    False where they are near enough. None for any other values, and for what is not finite: it is looked at with care.
    """
    if type(want) in FLOATS and type(have) in FLOATS:
        if not (isfinite(want) and isfinite(have)):
            return None
        error = abs(float(have) - float(want))
        if isfinite(error) and error <= allowance_of(float(want), how):
            return False
        return Difference(code="values.differ", where=where, expected=want, got=have, wrong=1, total=1)
    if type(want) is not np.ndarray or type(have) is not np.ndarray or want.shape != have.shape:
        return None
    if want.dtype != np.float64 or have.dtype != np.float64 or not want.size:
        return None
    with np.errstate(all="ignore"):
        sizes, error = np.abs(want), np.abs(have - want)
        scale, worst = float(np.maximum.reduce(sizes, axis=None)), float(np.maximum.reduce(error, axis=None))
        if not (isfinite(scale) and isfinite(worst)):
            return None
        rtol, atol, least = tolerances(want.dtype, how)
        absolute = max(atol * (scale or 1.0), least)
        if worst <= absolute:
            return False
        wrong = error > rtol * sizes + absolute
    return _wrong(where, want, have, wrong) or False


def distance(expected: Value, got: Value, how: Compare = PLAIN) -> float:
    """Return how far `got` is from `expected`, as a multiple of what the tolerance allows: at most 1 is accepted.

    Infinite where structure, type or shape differ, where one of them is not finite, and where no tolerance is allowed.
    """
    leaves: list[Leaf] = []
    if _pair(expected, got, (), leaves) is not None:
        return float("inf")
    worst = 0.0
    for where, want, have in leaves:
        if any(stage(where, want, have, how) is not None for stage in (*_SHAPES, _finite)):
            return float("inf")
        if category(want) is Category.TEXT or how.shape_only:
            worst = max(worst, 0.0 if how.shape_only or want == have else float("inf"))
            continue
        wrong, error, allowed = mismatch(want, have, how)
        worst = max(worst, ratio(error, allowed), np.nextafter(1.0, 2.0) if wrong.any() else 0.0)
    return worst


def wrong_entries(expected: Value, got: Value, how: Compare = PLAIN) -> Array:
    """Return a mask of the entries that are wrong, for two numbers or arrays of one shape."""
    want, have = as_array(expected), as_array(got)
    wrong, _, _ = mismatch(expected, got, how)
    if "f" in (want.dtype.kind, have.dtype.kind) or "c" in (want.dtype.kind, have.dtype.kind):
        wrong = wrong | _unlike_odd(want, have)
    return np.asarray(wrong)


# --- structure -----------------------------------------------------------------------------------------------------


def form(expected: Value, got: Value, where: Path = ()) -> Difference | None:
    """Compare two values at their outermost level only: the sort of value, the length, the keys."""
    want, have = category(expected), category(got)
    if want is Category.UNSUPPORTED or len(where) > DEPTH:
        return Difference(code="internal_error", where=where[:DEPTH])
    if want is Category.DICT and have is Category.DICT:
        missing: list[JSON] = [str(key) for key in expected if key not in got]
        if missing:
            return Difference(code="structure.key", where=where, params={"keys": missing}, expected=expected, got=got)
        return None
    if is_sequence(expected) and (is_sequence(got) or _stands_for(got, expected)):
        if len(expected) == len(got):
            return None
        code = "structure.short" if len(got) < len(expected) else "structure.long"
        params: Params = {"kind": want.value}
        return Difference(code=code, where=where, params=params, expected=expected, got=got)
    if want in _NUMERIC and have in _NUMERIC:
        return None
    if want is have and want in (Category.TEXT, Category.NONE):
        return None
    return _unlike(want, have, where, expected, got)


def _stands_for(got: Value, expected: Value) -> bool:
    """Say whether an array may stand for a list: it is a vector, and the list holds plain numbers or nothing at all."""
    return category(got) is Category.ARRAY and got.ndim == 1 and (not expected or as_vector(expected) is not None)


def _pair(expected: Value, got: Value, where: Path, leaves: list[Leaf]) -> Difference | None:
    """Walk both values together, add to `leaves` what is left to compare, and return the first fault of structure."""
    problem = form(expected, got, where)
    if problem is not None:
        return problem
    pairs: Iterable[tuple[int | str, Value, Value]]
    if type(expected) is dict:
        pairs = ((key, expected[key], got[key]) for key in expected)
    elif is_sequence(expected):
        numbers, given = as_vector(expected), as_vector(got) if is_sequence(got) else got
        if numbers is not None and given is not None:
            pairs, expected, got = (), numbers, given
        else:
            pairs = ((index, one, other) for index, (one, other) in enumerate(zip(expected, got, strict=True)))
    else:
        pairs = ()
    if not isinstance(expected, dict | list | tuple):
        if not identical(expected, got):
            leaves.append((where, expected, got))
        return None
    for step, one, other in pairs:
        problem = _pair(one, other, (*where, step), leaves)
        if problem is not None:
            return problem
    return None


def _unlike(want: Category, have: Category, where: Path, expected: Value, got: Value) -> Difference:
    """Name the difference between two sorts of value."""
    params: Params = {"expected": want.value, "got": have.value}
    if have is Category.UNSUPPORTED:
        code = "type.object" if isinstance(got, np.ndarray | np.generic) else "structure.unsupported"
    elif have is Category.NONE:
        code = "structure.none"
    elif want is Category.NONE:
        code = "structure.not_none"
    elif have is Category.TEXT:
        code = "type.text"
    elif want is Category.ARRAY and have is Category.LIST:
        code = "type.list"
    elif want in (Category.NUMBER, Category.ARRAY, Category.TEXT) and have in (Category.TUPLE, Category.LIST):
        code = "structure.single"
    elif want is Category.TUPLE:
        code, params = "structure.several", {"count": len(expected), **params}
    else:
        code = "structure.kind"
    return Difference(code=code, where=where, params=params, expected=expected, got=got)


# --- type, shape, NaN and inf, values: each looks at one pair that has passed the stages before -----------------------


def _type(where: Path, expected: Value, got: Value, how: Compare) -> Difference | None:
    if category(expected) is Category.TEXT:
        return None
    want, have = as_array(expected).dtype.kind, as_array(got).dtype.kind
    if have == "c" and want != "c":
        return Difference(code="type.complex", where=where, expected=expected, got=got)
    if how.integers and have not in "iu" and type(got) is not int:
        return Difference(code="type.integer", where=where, expected=expected, got=got)
    return None


def _shape(where: Path, expected: Value, got: Value, _how: Compare) -> Difference | None:
    if category(expected) is Category.TEXT:
        return None
    want, have = np.shape(expected), np.shape(got)
    if want == have:
        return None
    if want == ():
        code = "shape.scalar"
    elif have == ():
        code = "shape.array"
    elif len(have) == 1 and len(want) == 2:
        code = "shape.rank"
    elif have == want[::-1]:
        code = "shape.reversed"
    else:
        code = "shape.wrong"
    return Difference(code=code, where=where, expected=expected, got=got)


def _finite(where: Path, expected: Value, got: Value, _how: Compare) -> Difference | None:
    if category(expected) is Category.TEXT:
        return None
    want, have = as_array(expected), as_array(got)
    if want.dtype.kind not in "fc" and have.dtype.kind not in "fc":
        return None
    odd_want, odd_have = ~np.isfinite(want), ~np.isfinite(have)
    if not odd_want.any() and not odd_have.any():
        return None
    unlike = _unlike_odd(want, have)
    if not unlike.any():
        return None
    if (np.isnan(have) & unlike).any():
        code = "nan.nan"
    elif (odd_have & unlike).any():
        code = "nan.infinite"
    else:
        code = "nan.finite"
    every = {"entries": "all" if unlike.all() else "some"}
    return Difference(
        code=code, where=where, params=every, expected=expected, got=got, wrong=int(unlike.sum()), total=unlike.size
    )


def _unlike_odd(want: Array, have: Array) -> Array:
    """Return a mask of the entries where one has a NaN or an infinity and the other has not just the same."""
    nan_want, nan_have = np.isnan(want), np.isnan(have)
    odd = ~np.isfinite(want)
    with np.errstate(all="ignore"):
        return np.asarray((nan_want != nan_have) | (odd != ~np.isfinite(have)) | (odd & ~nan_want & (want != have)))


def _values(where: Path, expected: Value, got: Value, how: Compare) -> Difference | None:
    if category(expected) is Category.TEXT:
        return None if expected == got else Difference(code="values.text", where=where, expected=expected, got=got)
    wrong, _, _ = mismatch(expected, got, how)
    return _wrong(where, expected, got, wrong)


def _wrong(where: Path, expected: Value, got: Value, wrong: Array) -> Difference | None:
    """Say how many entries are wrong, by their mask."""
    count = int(np.count_nonzero(wrong))
    if not count:
        return None
    every = {"entries": "all" if count == wrong.size else "some"}
    if wrong.size == 1:
        every = {}
    return Difference(
        code="values.differ", where=where, params=every, expected=expected, got=got, wrong=count, total=wrong.size
    )


_Stage: TypeAlias = Callable[[Path, Value, Value, Compare], Difference | None]
_SHAPES: tuple[_Stage, ...] = (_type, _shape)
_ALL: tuple[_Stage, ...] = (*_SHAPES, _finite, _values)
