"""Values in a small form: text of a few lines at most, for messages about public checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from grader.authoring import Compare
from grader.judging.comparison import Difference, wrong_entries
from grader.judging.values import Category, as_array, category
from grader.model import JSON, Value
from grader.text import clean

_ITEMS = 8
_MISMATCHES = 5
_BITS = 256
_SIDE = 6
"""The longest side of an array that is shown entry by entry."""


def shown(value: Value, limit: int = 600) -> str:
    """Return a value as text: numbers with six digits, long arrays in part, nothing longer than `limit` characters."""
    return clean(_text(value, 0), limit, lines=True)


def shown_inputs(parameters: Sequence[str], args: Sequence[Value]) -> dict[str, JSON]:
    """Return the arguments of a call by name, each in small form."""
    names = [*parameters, *(f"argument {position + 1}" for position in range(len(parameters), len(args)))]
    return {name: shown(value) for name, value in zip(names, args, strict=False)}


def mismatches(difference: Difference, how: Compare) -> list[JSON]:
    """Return the first few wrong entries: where each stands, what was got and what was expected."""
    want, have = difference.expected, difference.got
    if category(want) is not Category.ARRAY or category(have) is not Category.ARRAY or want.shape != have.shape:
        return []
    places = np.argwhere(wrong_entries(want, have, how))[:_MISMATCHES]
    return [
        {"at": [int(axis) for axis in place], "got": _number(have[(*place,)]), "expected": _number(want[(*place,)])}
        for place in places
    ]


def table(difference: Difference, how: Compare) -> list[JSON]:
    """Return the entries of a small array, row by row, each with what was expected and got; [] for a large one."""
    kinds = (Category.ARRAY, Category.NUMBER)
    if category(difference.expected) not in kinds or category(difference.got) not in kinds:
        return []
    want, have = as_array(difference.expected), as_array(difference.got)
    if want.shape != have.shape or want.ndim > 2 or want.size == 0 or max(want.shape, default=1) > _SIDE:
        return []
    wrong = np.atleast_2d(wrong_entries(want, have, how))
    want, have = np.atleast_2d(want), np.atleast_2d(have)
    return [
        [
            {"expected": _number(want[i, j]), "got": _number(have[i, j]), "wrong": bool(wrong[i, j])}
            for j in range(want.shape[1])
        ]
        for i in range(want.shape[0])
    ]


def _number(value: Value) -> str:
    """Return a number with six digits. A huge int is described: writing it out would take too long."""
    plain = as_array(value).item() if type(value) is not int else value
    if isinstance(plain, bool):
        return str(plain)
    if isinstance(plain, int):
        return str(plain) if plain.bit_length() <= _BITS else f"an int of {plain.bit_length()} bits"
    return f"{plain:.6g}"


def _text(value: Value, depth: int) -> str:
    match category(value):
        case Category.NUMBER:
            return _number(value)
        case Category.ARRAY:
            with np.errstate(all="ignore"):
                return np.array2string(value, precision=6, threshold=60, edgeitems=3, max_line_width=76)
        case Category.TEXT:
            return repr(value[:200])
        case Category.UNSUPPORTED:
            return "?"
        case Category.NONE:
            return "None"
    if depth > 3:
        return "…"
    if isinstance(value, Mapping):
        items = [f"{clean(str(key), 40)}: {_text(value[key], depth + 1)}" for key in list(value)[:_ITEMS]]
    else:
        items = [_text(item, depth + 1) for item in value[:_ITEMS]]
    if len(value) > _ITEMS:
        items.append("…")
    inner = ", ".join(items)
    if isinstance(value, Mapping):
        return f"{{{inner}}}"
    return f"[{inner}]" if isinstance(value, list) else f"({inner}{',' if len(value) == 1 else ''})"
