"""Values as strict JSON and back, without loss.

None, booleans, integers, text, finite floats and lists are themselves; everything else is an object with one key:
`{"tuple": […]}`, `{"dict": {…}}`, `{"float": "nan"}`, `{"complex": [re, im]}`, `{"scalar": ["float32", 1.5]}` and
`{"array": {"dtype": …, "shape": …, "order": "C" or "F", "data": […]}}` with the entries in C order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.model import JSON, Value
from grader.saying import say

DTYPES = frozenset(
    ["bool"]
    + [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
    + ["float16", "float32", "float64", "complex64", "complex128"]
)
SPECIAL = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


class Uncarriable(ValueError):
    """A value that can't travel: `kind` is its type's name, `where` its place in the whole value."""

    def __init__(self, kind: str, where: str) -> None:
        self.kind = kind
        self.where = where
        place = say(" (at {where})", where=where) if where else ""
        super().__init__(
            say(
                "{kind}{place} can't be used: make it of numbers, text, lists, tuples, dicts and arrays",
                kind=kind,
                place=place,
            )
        )


def encode(value: Value, where: str = "") -> JSON:
    """Return a value as JSON. Raises Uncarriable for what is not a `Value`."""
    if value is None or type(value) in (bool, int, str):
        plain: JSON = value
        return plain
    if type(value) in (float, complex):
        return _encode_number(value)
    if isinstance(value, np.generic):
        if value.dtype.name not in DTYPES:
            raise Uncarriable(value.dtype.name, where)
        return {"scalar": [value.dtype.name, _entry(value.item())]}
    if isinstance(value, np.ndarray):
        return _encode_array(value, where)
    if type(value) is list:
        return [encode(item, f"{where}[{n}]") for n, item in enumerate(value)]
    if type(value) is tuple:
        return {"tuple": [encode(item, f"{where}[{n}]") for n, item in enumerate(value)]}
    if type(value) is dict:
        for key in value:
            if not isinstance(key, str):
                raise Uncarriable(say("dict with a {name} as key", name=type(key).__name__), where)
        return {"dict": {key: encode(item, f"{where}[{key!r}]") for key, item in value.items()}}
    raise Uncarriable(type(value).__name__, where)


def decode(plain: JSON) -> Value:
    """Return the value that `encode` wrote. Raises ValueError for anything else."""
    if isinstance(plain, list):
        return [decode(item) for item in plain]
    if not isinstance(plain, dict):
        return plain
    if len(plain) != 1:
        raise ValueError(f"not an encoded value: an object with the keys {', '.join(plain)}")
    (tag, content), *_ = plain.items()
    try:
        return _DECODERS[tag](content)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"not an encoded value: {tag}") from error


def find_uncarriable(value: Value) -> Uncarriable | None:
    """Say what in a value can't travel, if anything; cheaper than encoding it."""
    return _look(value, "")


def _look(value: Value, where: str) -> Uncarriable | None:
    kind = type(value)
    if value is None or kind in (bool, int, float, complex, str):
        return None
    if isinstance(value, (np.ndarray, np.generic)):
        sound = value.dtype.name in DTYPES and (isinstance(value, np.generic) or kind is np.ndarray)
        return None if sound else Uncarriable(kind.__name__ if kind is not np.ndarray else value.dtype.name, where)
    if kind in (list, tuple):
        found = (_look(item, f"{where}[{n}]") for n, item in enumerate(value))
        return next((each for each in found if each), None)
    if kind is dict and all(isinstance(key, str) for key in value):
        found = (_look(item, f"{where}[{key!r}]") for key, item in value.items())
        return next((each for each in found if each), None)
    return Uncarriable(kind.__name__, where)


def _encode_number(value: complex) -> JSON:
    entry = _entry(value)
    if isinstance(entry, str):
        return {"float": entry}
    return {"complex": entry} if isinstance(entry, list) else entry


def _entry(value: Any) -> JSON:
    """Return one number as it stands among the entries of an array."""
    if isinstance(value, complex):
        return [_entry(value.real), _entry(value.imag)]
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    number: JSON = value
    return number


def _encode_array(value: Any, where: str) -> JSON:
    if type(value) is not np.ndarray:
        raise Uncarriable(type(value).__name__, where)
    if value.dtype.name not in DTYPES:
        raise Uncarriable(f"array of {value.dtype.name}", where)
    fortran = value.ndim > 1 and value.flags.f_contiguous and not value.flags.c_contiguous
    return {
        "array": {
            "dtype": value.dtype.name,
            "shape": [int(size) for size in value.shape],
            "order": "F" if fortran else "C",
            "data": [_entry(item) for item in value.ravel(order="C").tolist()],
        }
    }


def _number(entry: Any) -> Any:
    """Return the number that `_entry` wrote."""
    if isinstance(entry, str):
        return SPECIAL[entry]
    return complex(_number(entry[0]), _number(entry[1])) if isinstance(entry, list) else entry


def _decode_scalar(content: Any) -> Value:
    name, entry = content
    return _dtype(name).type(_number(entry))


def _decode_array(content: Mapping[str, Any]) -> Value:
    data = content["data"]
    try:
        flat = np.array(data, dtype=_dtype(content["dtype"]))
        if flat.ndim != 1:  # complex entries are pairs
            raise ValueError
    except (TypeError, ValueError):
        flat = np.array([_number(entry) for entry in data], dtype=_dtype(content["dtype"]))
    return np.array(flat.reshape(content["shape"]), order=content["order"])


def _dtype(name: str) -> np.dtype[Any]:
    if name not in DTYPES:
        raise ValueError(f"no such type of number: {name}")
    return np.dtype(name)


_DECODERS: Mapping[str, Callable[[Any], Value]] = {
    "tuple": lambda content: tuple(decode(item) for item in content),
    "dict": lambda content: {key: decode(item) for key, item in content.items()},
    "float": lambda content: SPECIAL[content],
    "complex": _number,
    "scalar": _decode_scalar,
    "array": _decode_array,
}
