"""Numbers by which two programs that were written alike can be recognised, whatever their names are.

Each subtree of a function's syntax with at least six nodes has a number: a CRC of its shape, with the names of
variables left out and those of attributes, operators and constants kept. The 64 smallest are the fingerprint.
"""

from __future__ import annotations

import ast
from zlib import crc32

MOST = 64
_SMALLEST = 6


def fingerprint(function: ast.AST | None, stub: ast.AST | None = None) -> tuple[int, ...]:
    """Return the numbers of a function's subtrees, those of the stub left out; () where there is nothing to look at."""
    if function is None:
        return ()
    try:
        own = _numbers(function)
        given = _numbers(stub) if stub is not None else set()
    except RecursionError:
        return ()
    return tuple(sorted(own - given)[:MOST])


def _numbers(root: ast.AST) -> set[int]:
    numbers: set[int] = set()
    if isinstance(root, ast.FunctionDef | ast.AsyncFunctionDef):
        for node in root.body:
            if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
                _visit(node, numbers)
    else:
        _visit(root, numbers)
    return numbers


def _visit(node: ast.AST, numbers: set[int]) -> tuple[int, int]:
    """Return a subtree's number and size."""
    match node:
        case ast.Name() | ast.arg():
            return 1, 1
        case ast.Constant(value=value):
            return crc32(repr(value)[:50].encode("utf-8", "replace")), 1
        case ast.Attribute(attr=attr):
            text = attr
        case _:
            text = type(node).__name__
    number, size = crc32(text.encode("utf-8", "replace")), 1
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr_context):
            continue
        inner, count = _visit(child, numbers)
        number = crc32(inner.to_bytes(4, "little"), number)
        size += count
    if size >= _SMALLEST and not isinstance(node, ast.arguments):
        numbers.add(number)
    return number, size
