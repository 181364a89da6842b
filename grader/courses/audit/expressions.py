"""Mistakes in an expression: wrong operators, signs, constants, names, comparisons and conditions."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from grader.courses.audit.mutants import Change, ExpressionOperator, Scope

SWAPS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
}
PRODUCTS: dict[type[ast.operator], type[ast.operator]] = {ast.Mult: ast.MatMult, ast.MatMult: ast.Mult}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
ZEROS = frozenset({"zeros", "zeros_like"})
"""Calls whose result is the same when it is doubled or negated."""
COARSE = ZEROS | {"ones", "ones_like", "astype", "tuple", "list", "len", "int", "range", "argmax", "argmin"}
NO_NUMBERS = frozenset({"strict", "over", "under", "divide", "invalid", "all"})
"""Keywords whose values change no result."""


def arithmetic(node: ast.expr, _scope: Scope) -> Iterator[Change]:
    """`+` for `-`, `*` for `/`, `//` for `/`, `*` for `**`, and the entry-by-entry product for the matrix product."""
    if isinstance(node, ast.BinOp):
        for other in SWAPS.get(type(node.op), ()):
            yield "arithmetic", ast.BinOp(node.left, other(), node.right)
        if type(node.op) in PRODUCTS:
            yield "product", ast.BinOp(node.left, PRODUCTS[type(node.op)](), node.right)


def dropped(node: ast.expr, _scope: Scope) -> Iterator[Change]:
    """One side of an operation left out."""
    if isinstance(node, ast.BinOp):
        yield "dropped term", node.left
        if not isinstance(node.op, (ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)):
            yield "dropped term", node.right


def signs(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A minus sign lost, or one too many in front of a result."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "sign", node.operand
    elif is_result(node, scope) and last_name(node) not in ZEROS:
        yield "sign", ast.UnaryOp(ast.USub(), node)


def added(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A factor or a term too many."""
    if is_result(node, scope):
        if last_name(node) not in ZEROS:
            yield "added term", ast.BinOp(ast.Constant(2), ast.Mult(), node)
        yield "added term", ast.BinOp(node, ast.Add(), ast.Constant(1))


def precision(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A result kept in too few digits."""
    if is_result(node, scope) and not isinstance(node, ast.Name) and not _is_coarse(node):
        yield "dtype", ast.Call(ast.Attribute(ast.Name("np", ast.Load()), "float16", ast.Load()), [node], [])


def _is_coarse(node: ast.expr) -> bool:
    """Whether a result has no digits to lose: tuples, lists, zeros and labels."""
    while isinstance(node, ast.BinOp):
        node = node.left
    return isinstance(node, (ast.Tuple, ast.List)) or last_name(node) in COARSE


def last_name(node: ast.expr) -> str:
    """Return the last name of what is called: `np.linalg.norm` is `norm`; "" where nothing is."""
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            return node.func.attr
        if isinstance(node.func, ast.Name):
            return node.func.id
    return ""


def comparisons(node: ast.expr, _scope: Scope) -> Iterator[Change]:
    """`>` for `>=`, `<` for `>`, `==` for `!=`, `in` for `not in`."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in COMPARISONS[type(node.ops[0])]:
            yield "comparison", ast.Compare(node.left, [other()], node.comparators)


def conditions(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A condition that always holds or never does; `or` for `and`; one part of it forgotten."""
    parent = scope.parents.get(node)
    if isinstance(parent, (ast.If, ast.While, ast.IfExp)) and parent.test is node:
        yield "condition", ast.Constant(True)
        yield "condition", ast.Constant(False)
    if isinstance(node, ast.BoolOp):
        yield "condition", ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        for each in node.values:
            yield "condition", each


def constants(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A number that is a little off, or a truth value turned round."""
    if not isinstance(node, ast.Constant) or _is_no_number(node, scope):
        return
    value = node.value
    others: tuple[object, ...] = ()
    if isinstance(value, bool):
        others = (not value,)
    elif isinstance(value, int):
        others = (value + 1, value - 1) if value or not _is_index(node, scope) else (value + 1,)
    elif isinstance(value, float):
        others = (value + 1, round(1.1 * value, 12), 0.0)
    for other in others:
        yield "constant", _number(other)


def _number(value: object) -> ast.expr:
    """Write a number as Python reads it: a negative one is an operation."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)  # type: ignore[arg-type]


def _is_no_number(node: ast.expr, scope: Scope) -> bool:
    """Whether a constant is the value of such a keyword, or of a `-1` that stands for what is left over."""
    parent = scope.parents.get(node)
    if isinstance(parent, ast.UnaryOp) and isinstance(node, ast.Constant) and node.value == 1:
        return True
    return isinstance(parent, ast.keyword) and parent.arg in NO_NUMBERS


def _is_index(node: ast.expr, scope: Scope) -> bool:
    """Whether a constant is an index, or one of several: nobody writes -1 for 0."""
    parent = scope.parents.get(node)
    if isinstance(parent, ast.Tuple):
        node, parent = parent, scope.parents.get(parent)
    return isinstance(parent, ast.Subscript) and parent.slice is node


def names(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """The wrong variable: a stale one that this one was made from, or another of its kind."""
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return
    for other in scope.origins.get(node.id, ()):
        yield "stale value", ast.Name(other, ast.Load())
    for family in (scope.parameters, scope.local):
        if node.id in family:
            for other in family:
                if other != node.id:
                    yield "wrong name", ast.Name(other, ast.Load())


def orders(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """Two neighbours swapped: what is returned or unpacked, values of a dictionary."""
    if isinstance(node, ast.Tuple) and _is_order(node, scope):
        for place in range(len(node.elts) - 1):
            yield "swapped values", ast.Tuple(swapped(node.elts, place), node.ctx)
    if isinstance(node, ast.Dict):
        for place in range(len(node.values) - 1):
            yield "swapped values", ast.Dict(node.keys, swapped(node.values, place))


def _is_order(node: ast.Tuple, scope: Scope) -> bool:
    """Whether the order says something: `x in (a, b)` asks about a set."""
    parent = scope.parents.get(node)
    return not (isinstance(parent, ast.Compare) and isinstance(parent.ops[0], (ast.In, ast.NotIn)))


def swapped(items: list[ast.expr], place: int) -> list[ast.expr]:
    """Return a copy with the items at `place` and after it swapped."""
    copied = list(items)
    copied[place], copied[place + 1] = copied[place + 1], copied[place]
    return copied


def is_result(node: ast.expr, scope: Scope) -> bool:
    """Whether an expression is what is assigned or returned, by itself or as one of several."""
    if not isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Call, ast.Name)):
        return False
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        return False
    parent = scope.parents.get(node)
    if isinstance(parent, (ast.Tuple, ast.Dict)):
        parent = scope.parents.get(parent)
        return isinstance(parent, ast.Return)
    return isinstance(parent, (ast.Assign, ast.AugAssign, ast.Return))


def duplicate(node: ast.expr) -> ast.expr:
    """Return a copy that may be changed."""
    return copy.deepcopy(node)


EXPRESSIONS: tuple[ExpressionOperator, ...] = (
    arithmetic,
    dropped,
    signs,
    added,
    precision,
    comparisons,
    conditions,
    constants,
    names,
    orders,
)
