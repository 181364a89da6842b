"""Mistakes with whole statements: one forgotten, in the wrong order, in or out of a loop; a return too early."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from grader.courses.audit.mutants import Scope, StatementOperator

Lines = list[str]
SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr)
ACCUMULATIONS = {ast.Add: ("=", "-="), ast.Sub: ("=", "+="), ast.Mult: ("=", "/="), ast.Div: ("=", "*=")}
INPLACE = {ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*=", ast.Div: "/=", ast.MatMult: "@="}


def forgotten(scope: Scope) -> Iterator[tuple[str, Lines]]:
    """Leave out one statement, a loop or a condition with all that is in it, or a `return`."""
    for block in _blocks(scope):
        for statement in block:
            if not _is_open(scope, statement) or isinstance(statement, (ast.With, ast.Pass)):
                continue
            replacement = [] if len(block) > 1 else [f"{_indent(scope, statement)}pass"]
            yield "dropped statement", _with(scope, statement, replacement)


def accumulated(scope: Scope) -> Iterator[tuple[str, Lines]]:
    """Accumulate wrongly: `=` for `+=`, `-=` for `+=`."""
    for node in ast.walk(scope.function):
        if isinstance(node, ast.AugAssign) and _is_open(scope, node):
            for operator in ACCUMULATIONS.get(type(node.op), ()):
                line = f"{_indent(scope, node)}{ast.unparse(node.target)} {operator} {ast.unparse(node.value)}"
                yield "accumulation", _with(scope, node, [line])


def in_place(scope: Scope) -> Iterator[tuple[str, Lines]]:
    """Change an argument instead of making a new value: `w -= …` for `w = w - …`."""
    for node in ast.walk(scope.function):
        if not isinstance(node, (ast.Assign, ast.Return)) or not _is_open(scope, node):
            continue
        value = node.value
        if not (isinstance(value, ast.BinOp) and isinstance(value.left, ast.Name) and type(value.op) in INPLACE):
            continue
        name, indent = value.left.id, _indent(scope, node)
        changed = f"{indent}{name} {INPLACE[type(value.op)]} {ast.unparse(value.right)}"
        if isinstance(node, ast.Return) and name in scope.parameters:
            yield "in place", _with(scope, node, [changed, f"{indent}return {name}"])
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            yield "in place", _with(scope, node, [changed])


def reordered(scope: Scope) -> Iterator[tuple[str, Lines]]:
    """Swap two neighbouring statements of which one needs what the other makes."""
    for block in _blocks(scope):
        for first, second in pairwise(block):
            if not (isinstance(first, SIMPLE) and isinstance(second, SIMPLE)):
                continue
            if not (_is_open(scope, first) and _is_open(scope, second)) or not _depend(first, second):
                continue
            lines = scope.lines
            yield (
                "swapped statements",
                [
                    *lines[: first.lineno - 1],
                    *_text(scope, second),
                    *lines[_end(first) : second.lineno - 1],
                    *_text(scope, first),
                    *lines[_end(second) :],
                ],
            )


def looped(scope: Scope) -> Iterator[tuple[str, Lines]]:
    """Move a statement from before or behind a loop into it, or its last one out; leave the loop after one round."""
    for block in _blocks(scope):
        for place, loop in enumerate(block):
            if not isinstance(loop, (ast.For, ast.While)) or not _is_open(scope, loop):
                continue
            inner = _indent(scope, loop.body[0])
            outer = _indent(scope, loop)
            head, body_end = loop.body[0].lineno - 1, _end(loop.body[-1])
            yield "early end", [*scope.lines[:body_end], f"{inner}break", *scope.lines[body_end:]]
            before = block[place - 1] if place else None
            if before is not None and isinstance(before, SIMPLE) and _is_open(scope, before):
                lines = scope.lines
                moved = _moved(scope, before, outer, inner)
                yield (
                    "moved into the loop",
                    [*lines[: before.lineno - 1], *lines[_end(before) : head], *moved, *lines[head:]],
                )
            after = block[place + 1] if place + 1 < len(block) else None
            if after is not None and isinstance(after, (*SIMPLE, ast.Return)) and _is_open(scope, after):
                lines = scope.lines
                label = "early return" if isinstance(after, ast.Return) else "moved into the loop"
                moved = _moved(scope, after, outer, inner)
                yield (
                    label,
                    [*lines[:body_end], *moved, *lines[body_end : after.lineno - 1], *lines[_end(after) :]],
                )
            last = loop.body[-1]
            if len(loop.body) > 1 and isinstance(last, SIMPLE) and _is_open(scope, last):
                moved = _moved(scope, last, inner, outer)
                yield (
                    "moved out of the loop",
                    [*scope.lines[: last.lineno - 1], *moved, *scope.lines[_end(last) :]],
                )


def returned_early(scope: Scope) -> Iterator[tuple[str, Lines]]:
    """Return what there is before the last steps."""
    *earlier, final = scope.function.body
    if not isinstance(final, ast.Return):
        return
    for place, statement in enumerate(earlier):
        follows = any(_is_open(scope, each) for each in earlier[place + 1 :])
        if isinstance(statement, (*SIMPLE, ast.For)) and _is_open(scope, statement) and follows:
            end = _end(statement)
            made = [f"{_indent(scope, statement)}{ast.unparse(final)}"]
            yield "early return", [*scope.lines[:end], *made, *scope.lines[end:]]


def _blocks(scope: Scope) -> Iterator[list[ast.stmt]]:
    """Yield every list of statements in the function, without its docstring."""
    for node in ast.walk(scope.function):
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                described = node is scope.function and ast.get_docstring(scope.function) is not None
                yield block[1:] if described else block


def _is_open(scope: Scope, statement: ast.stmt) -> bool:
    return statement.lineno in scope.open_lines or isinstance(statement, ast.Return)


def _indent(scope: Scope, statement: ast.stmt) -> str:
    line = scope.lines[statement.lineno - 1]
    return line[: len(line) - len(line.lstrip())]


def _end(statement: ast.stmt) -> int:
    return statement.end_lineno or statement.lineno


def _text(scope: Scope, statement: ast.stmt) -> Lines:
    return scope.lines[statement.lineno - 1 : _end(statement)]


def _moved(scope: Scope, statement: ast.stmt, was: str, now: str) -> Lines:
    return [f"{now}{line.removeprefix(was)}" for line in _text(scope, statement)]


def _with(scope: Scope, statement: ast.stmt, replacement: Lines) -> Lines:
    return [*scope.lines[: statement.lineno - 1], *replacement, *scope.lines[_end(statement) :]]


def _depend(first: ast.stmt, second: ast.stmt) -> bool:
    made = [{each.id for each in ast.walk(one) if _is_stored(each)} for one in (first, second)]  # type: ignore[attr-defined]
    used = [{each.id for each in ast.walk(one) if isinstance(each, ast.Name)} for one in (first, second)]
    return bool(made[0] & used[1] or made[1] & used[0])


def _is_stored(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


STATEMENTS: tuple[StatementOperator, ...] = (forgotten, accumulated, in_place, reordered, looped, returned_early)
