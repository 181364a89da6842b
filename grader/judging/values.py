"""What a value is, and how to take it apart: the judge's view of what the wire can carry.

Nothing here calls a method of a value that the sandbox did not rebuild from plain bytes: only exact built-in types and
exact numpy types with a numeric dtype are looked into; everything else is `Category.UNSUPPORTED` and equals nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from grader.model import Outcome, Raised, Returned, Value

Array: TypeAlias = NDArray[Any]

NUMERIC = frozenset("biufc")
"""The kinds of numpy dtypes that are numbers: bool, int, unsigned, float, complex."""
DEPTH = 32
"""Nesting beyond this is not looked into."""


class Category(StrEnum):
    """What sort of value something is, in a learner's words."""

    NONE = "none"
    NUMBER = "number"
    ARRAY = "array"
    TEXT = "text"
    LIST = "list"
    TUPLE = "tuple"
    DICT = "dict"
    UNSUPPORTED = "unsupported"


_PLAIN: dict[type, Category] = {
    type(None): Category.NONE,
    bool: Category.NUMBER,
    int: Category.NUMBER,
    float: Category.NUMBER,
    complex: Category.NUMBER,
    str: Category.TEXT,
    list: Category.LIST,
    tuple: Category.TUPLE,
    dict: Category.DICT,
}
NUMBERS = frozenset((bool, int, float, complex))
FLOATS = frozenset((float, np.float64))


def category(value: Value) -> Category:
    """Say what sort of value this is. A 0-d array and a numpy scalar are numbers, like Python's own."""
    plain = _PLAIN.get(type(value))
    if plain is not None:
        return plain
    if type(value) is np.ndarray and value.dtype.kind in NUMERIC:
        return Category.ARRAY if value.ndim else Category.NUMBER
    if isinstance(value, np.generic) and value.dtype.kind in NUMERIC:
        return Category.NUMBER
    return Category.UNSUPPORTED


def is_sequence(value: Value) -> bool:
    """Say whether this is a list or a tuple; the two are interchangeable as results."""
    return type(value) is list or type(value) is tuple


def as_array(value: Value) -> Array:
    """Return a number or an array as an array. An int beyond 64 bits becomes a float, and beyond that an infinity."""
    if type(value) is int and not -(2**63) <= value < 2**63:
        try:
            return np.asarray(float(value))
        except OverflowError:
            return np.asarray(np.inf if value > 0 else -np.inf)
    return np.asarray(value)


def as_vector(values: Value) -> Array | None:
    """Return a list or tuple of plain Python or numpy real numbers as a vector, or None where it isn't one."""
    if not values:
        return None
    try:
        kinds = frozenset(map(type, values))
        if not (kinds <= NUMBERS or kinds <= FLOATS):
            # A 0-d array holds one number; so does `np.float64`. Anything with axes is for the caller to look at alone.
            if any(category(item) is not Category.NUMBER for item in values):
                return None
            values = [item.item() if isinstance(item, np.ndarray | np.generic) else item for item in values]
        vector = np.asarray(values)
    except (OverflowError, ValueError, TypeError):
        return None
    return vector if vector.dtype.kind in NUMERIC else None


def is_finite(value: Value) -> bool:
    """Say whether all numbers in a value are finite."""
    if isinstance(value, Mapping):
        return all(map(is_finite, value.values()))
    if isinstance(value, list | tuple):
        return all(map(is_finite, value))
    if isinstance(value, float | complex | np.ndarray | np.number):
        return bool(np.all(np.isfinite(value)))
    return True


def identical(one: Value, other: Value) -> bool:
    """Say whether two numbers, arrays or texts are the same to the last bit. Quick, and never says so wrongly."""
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is np.ndarray:
        return bool(
            one.dtype == other.dtype
            and one.dtype.kind in NUMERIC
            and one.shape == other.shape
            and one.tobytes() == other.tobytes()
        )
    if kind in NUMBERS or kind is str:
        return bool(one == other)
    if isinstance(one, np.generic):
        return bool(one.dtype.kind in NUMERIC and one.tobytes() == other.tobytes())
    return one is None


def bytes_of(outcomes: Iterable[Outcome]) -> int:
    """Return about how many bytes some outcomes take, for those who would keep them: one may be 64 MB."""
    size = 0
    for each in outcomes:
        size += _ENTRY
        if isinstance(each, Returned):
            size += _size(each.value)
        elif isinstance(each, Raised):
            size += len(each.type) + len(each.message)
    return size


_ENTRY = 64


def _size(value: Value) -> int:
    if type(value) is np.ndarray:
        return _ENTRY + int(value.nbytes)
    if type(value) is str or type(value) is int:
        return int(value.__sizeof__())
    if isinstance(value, Mapping):
        return _ENTRY + sum(_ENTRY + len(key) + _size(each) for key, each in value.items())
    if isinstance(value, list | tuple):
        return _ENTRY + sum(map(_size, value))
    return _ENTRY
