"""Names that numpy removed, so that a program which was right with its own numpy still is.

Only names that a program uses are put back, into the numpy of the process that runs the student's code.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Sequence
from typing import Any

from grader.sandbox.loader.pieces import Statement

REMOVED: dict[str, str] = {
    "Inf": "inf", "Infinity": "inf", "infty": "inf", "PINF": "inf", "NaN": "nan", "NAN": "nan",
    "alltrue": "all", "sometrue": "any", "product": "prod", "cumproduct": "cumprod", "round_": "round",
    "float_": "float64", "complex_": "complex128", "longfloat": "longdouble", "singlecomplex": "complex64",
    "cfloat": "complex128", "string_": "bytes_", "unicode_": "str_", "row_stack": "vstack", "trapz": "trapezoid",
    "in1d": "isin", "asfarray": "asarray", "rank": "ndim", "bool8": "bool_", "int0": "intp", "uint0": "uintp",
    "mat": "asmatrix",
}  # fmt: skip
"""Removed name to the name that does the same today."""
_BUILTIN: dict[str, Any] = {
    "float": float, "int": int, "bool": bool, "object": object, "str": str, "complex": complex, "long": int,
    "unicode": str,
}  # fmt: skip
NAMES = frozenset(REMOVED) | frozenset(_BUILTIN) | {"NINF", "PZERO", "NZERO", "asscalar", "msort"}
"""Names that may be put back."""


_MENTIONED = re.compile(rf"\.\s*(?:{'|'.join(sorted(NAMES))})\b|from\s+numpy\s+import")


def used(statements: Iterable[Statement], lines: Iterable[Sequence[str]]) -> set[str]:
    """Return the removed names that statements take from a module called `np` or `numpy`, or import from it.

    `lines` are those of the source: most programs are done with a look at them.
    """
    if not any(_MENTIONED.search(line) for part in lines for line in part):
        return set()
    found: set[str] = set()
    for statement in statements:
        for node in ast.walk(statement.node):
            if isinstance(node, ast.Attribute):
                if node.attr in NAMES and isinstance(node.value, ast.Name):
                    found.add(node.attr)
            elif isinstance(node, ast.ImportFrom) and node.module == "numpy":
                found.update(alias.name for alias in node.names if alias.name in NAMES)
    return found


def put_back(names: Iterable[str]) -> list[str]:
    """Give numpy those names that it no longer has, and return which they were."""
    import numpy as np

    done = []
    for name in sorted(names):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                getattr(np, name)
                continue
            except Exception:
                value = _value(np, name)
        if value is not None:
            setattr(np, name, value)
            done.append(name)
    return done


def _value(np: Any, name: str) -> Any:
    match name:
        case "NINF":
            return -np.inf
        case "PZERO":
            return 0.0
        case "NZERO":
            return -0.0
        case "asscalar":
            return lambda a: a.item()
        case "msort":
            return lambda a: np.sort(a, axis=0)
        case "asfarray":
            return lambda a, dtype=np.float64: np.asarray(a, dtype=dtype)
    if name in _BUILTIN:
        return _BUILTIN[name]
    return getattr(np, REMOVED[name], None)
