"""Arrays of one element where a number is meant, as numpy took them for two decades.

`y[0, i] = array([1.])`, `float(array([[1.]]))` and `"%f" % array([1.])` raise since numpy 2.4. A program that ends at
one of them is run once more with these places rewritten; larger arrays still raise.
"""

from __future__ import annotations

import ast
import functools
import warnings
from collections.abc import Iterable
from typing import Any, cast

from grader.sandbox.loader.bytecode import all_names, code_of, formats, stores_items
from grader.sandbox.loader.explaining import message
from grader.sandbox.loader.pieces import Statement

SET, ITEM = "__set_item__", "__one_item__"
_CONVERSIONS = frozenset({"float", "int", "complex"})
_MENTIONED = _CONVERSIONS | {"math"}
_MESSAGES = (
    "only 0-dimensional arrays can be converted",
    "setting an array element with a sequence",
    "%d format: a real number is required",
    "%i format: a real number is required",
)


def is_refused(error: BaseException) -> bool:
    """Whether a call ended at an array in a number's place."""
    return isinstance(error, TypeError | ValueError) and message(error).startswith(_MESSAGES)


@functools.cache
def is_strict() -> bool:
    """Whether this numpy refuses them."""
    import numpy as np

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            float(cast(Any, np.ones(1)))
    except TypeError:
        return True
    return False


def may_meet(statements: Iterable[Statement]) -> bool:
    """Whether statements hold a place where it matters."""
    return any(_may(statement) and any(map(_is_place, ast.walk(statement.node))) for statement in statements)


def _may(statement: Statement) -> bool:
    """Look at the code before the tree: most functions hold none of it."""
    try:
        code = code_of(statement)
    except SyntaxError:
        return False
    return stores_items(code) or formats(code) or bool(all_names(code) & _MENTIONED)


_PLACES = frozenset({ast.Assign, ast.AugAssign, ast.Call, ast.BinOp})


def _is_place(node: ast.AST) -> bool:
    if type(node) not in _PLACES:
        return False
    match node:
        case ast.Assign(targets=[ast.Subscript(slice=index)], value=value):
            return not isinstance(value, ast.Constant) and not isinstance(index, ast.Slice | ast.Constant)
        case ast.AugAssign(target=ast.Subscript(slice=index)):
            return not isinstance(index, ast.Slice)
        case ast.Call(args=[argument]):
            return _converts(node.func) and not isinstance(argument, ast.Constant)
        case ast.BinOp(left=ast.Constant(value=str()), op=ast.Mod()):
            return True
    return False


def _converts(function: ast.AST) -> bool:
    match function:
        case ast.Name(id=name):
            return name in _CONVERSIONS
        case ast.Attribute(value=ast.Name(id="math")):
            return True
    return False


class _Lenient(ast.NodeTransformer):
    """Rewrites item assignments, conversions and `%` into calls of the two functions below."""

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        match node.targets:
            case [ast.Subscript(value=owner, slice=index)] if not isinstance(index, ast.Slice):
                return _replaced(node, owner, index, node.value)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        match node.target:
            case ast.Subscript(value=owner, slice=index) if not isinstance(index, ast.Slice):
                before = ast.Subscript(owner, index, ast.Load())
                return _replaced(node, owner, index, ast.BinOp(before, node.op, node.value))
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if _converts(node.func):
            node.args = [_one(argument) for argument in node.args]
            ast.fix_missing_locations(node)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if _is_place(node):
            if isinstance(node.right, ast.Tuple):
                node.right.elts = [part if isinstance(part, ast.Starred) else _one(part) for part in node.right.elts]
            else:
                node.right = _one(node.right)
            ast.fix_missing_locations(node)
        return node


def _one(value: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(ITEM, ast.Load()), [value], [])


def _replaced(node: ast.stmt, owner: ast.expr, index: ast.expr, value: ast.expr) -> ast.AST:
    call = ast.Call(ast.Name(SET, ast.Load()), [owner, _as_value(index), value], [])
    return ast.fix_missing_locations(ast.copy_location(ast.Expr(call), node))


def _as_value(index: ast.expr) -> ast.expr:
    """Return an index as an expression that may stand outside brackets."""
    if isinstance(index, ast.Slice):
        bounds = [part if part is not None else ast.Constant(None) for part in (index.lower, index.upper, index.step)]
        return ast.Call(ast.Name("slice", ast.Load()), bounds, [])
    if isinstance(index, ast.Tuple):
        return ast.Tuple([_as_value(part) for part in index.elts], ast.Load())
    return index


def lenient(node: ast.stmt) -> ast.stmt:
    """Return a statement, rewritten; the original is left as it is."""
    import copy

    return cast(ast.stmt, _Lenient().visit(copy.deepcopy(node)))


def one_item(value: Any) -> Any:
    """Return the number in an array of one element, and anything else as it is."""
    import numpy as np

    return value.item() if isinstance(value, np.ndarray) and value.size == 1 else value


def set_item(owner: Any, index: Any, value: Any) -> None:
    """Assign an item; where an array of one element is refused, assign its number."""
    try:
        owner[index] = value
    except (TypeError, ValueError):
        plain = one_item(value)
        if plain is value:
            raise
        owner[index] = plain


NAMES = {SET: set_item, ITEM: one_item}
