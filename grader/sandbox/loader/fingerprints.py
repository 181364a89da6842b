"""Numbers by which two programs that were written alike can be recognised, whatever their names are.

Each subtree of a function's syntax with at least six nodes has a number: a CRC of its shape, with the names of
variables left out and those of attributes, operators and constants kept. The 64 smallest are the fingerprint.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Collection
from operator import attrgetter
from typing import Any, TypeAlias
from zlib import crc32

from grader.sandbox.loader.blanks import stub_function

MOST = 64
_SMALLEST = 6
_VARIABLE = (1).to_bytes(4, "little")
"""The number of whatever has a name that its writer chose."""
_WORDS = frozenset({"arg", "asname", "attr", "id", "kind", "module", "name", "rest", "type_comment"})
_SIGNS = frozenset({"conversion", "ctx", "is_async", "level", "simple"})
"""Fields that hold no node that counts."""


def fingerprint(function: ast.AST | None, given: Collection[int] = ()) -> tuple[int, ...]:
    """Return the numbers of a function's subtrees, those that are `given` left out; () where there is none to look at.

    What a question gives are the numbers of its stub.
    """
    if function is None:
        return ()
    try:
        return tuple(sorted(_numbers(function).difference(given))[:MOST])
    except RecursionError:
        return ()


@functools.cache
def numbers_of_stub(stub: str, name: str) -> tuple[int, ...]:
    """Return the numbers of the function in a stub's source; () where there is none."""
    try:
        function = stub_function(stub, name)
        return () if function is None else tuple(sorted(_numbers(function)))
    except RecursionError:
        return ()


def _numbers(root: ast.AST) -> set[int]:
    numbers: set[int] = set()
    if isinstance(root, ast.FunctionDef | ast.AsyncFunctionDef):
        for node in root.body:
            if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
                _visit(node, numbers)
    else:
        _visit(root, numbers)
    return numbers


def _visit(node: ast.AST, numbers: set[int]) -> tuple[bytes, int]:
    """Return a subtree's number, as four bytes, and its size."""
    kind = type(node)
    if kind is ast.Name or kind is ast.arg:
        return _VARIABLE, 1
    if kind is ast.Constant:
        return crc32(repr(node.value)[:50].encode("utf-8", "replace")).to_bytes(4, "little"), 1  # type: ignore[attr-defined]
    number, parts = _KINDS.get(kind) or _kind(kind)
    if kind is ast.Attribute:
        number = crc32(node.attr.encode("utf-8", "replace"))  # type: ignore[attr-defined]
    size = 1
    for part in parts(node):
        for child in part if type(part) is list else (part,):
            if isinstance(child, ast.AST):
                inner, count = _visit(child, numbers)
                number = crc32(inner, number)
                size += count
    if size >= _SMALLEST and kind is not ast.arguments:
        numbers.add(number)
    return number.to_bytes(4, "little"), size


_Kind: TypeAlias = tuple[int, Callable[[Any], tuple[object, ...]]]
_KINDS: dict[type[ast.AST], _Kind] = {}


def _kind(kind: type[ast.AST]) -> _Kind:
    """Return the number of a kind of node, and what reads those of its fields that may hold nodes."""
    fields = [name for name in kind._fields if name not in _WORDS | _SIGNS]
    read: Any = attrgetter(*fields) if fields else lambda _: ()
    parts = (lambda node: (read(node),)) if len(fields) == 1 else read
    return _KINDS.setdefault(kind, (crc32(kind.__name__.encode()), parts))
