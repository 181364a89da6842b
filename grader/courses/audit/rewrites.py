"""Rewrites of the reference that mean the same and round otherwise: correct programs that must keep full marks.

They compute sums and products in another order, multiply by a reciprocal, negate a difference, return lists for tuples,
and give arrays back in Fortran order. What they call is put in front of the definition.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

SUPPORT = """
import numpy as _np


def _backward_dot(a, b):
    if _np.ndim(a) == 0 or _np.ndim(b) == 0 or _np.ndim(b) > 2:
        return _np.dot(a, b)
    return _np.dot(_np.flip(a, -1), _np.flip(b, 0))


def _plain_dot(a, b):
    if _np.ndim(a) not in (1, 2) or _np.ndim(b) not in (1, 2):
        return _np.dot(a, b)
    return _np.einsum(("" if _np.ndim(a) == 1 else "i") + "j,j" + ("" if _np.ndim(b) == 1 else "k"), a, b)


def _backward_sum(x, axis=None, **how):
    if axis is None:
        return _np.sum(_np.flip(x), **how)
    return _np.sum(_np.flip(x, axis), axis=axis, **how)


def _one_by_one(x, axis=None, **how):
    if axis is not None or how:
        return _np.sum(x, axis=axis, **how)
    total = _np.cumsum(x)
    return total[-1] if total.size else _np.sum(x)


def _fortran(value):
    if isinstance(value, tuple):
        return tuple(_fortran(each) for each in value)
    if isinstance(value, dict):
        return {name: _fortran(each) for name, each in value.items()}
    return _np.asfortranarray(value).reshape(value.shape, order="F") if isinstance(value, _np.ndarray) else value


def _listed(value):
    return [_listed(each) for each in value] if isinstance(value, tuple) else value


def _as_numpy(value):
    if isinstance(value, tuple):
        return tuple(_as_numpy(each) for each in value)
    if isinstance(value, dict):
        return {name: _as_numpy(each) for name, each in value.items()}
    return _np.float64(value) if isinstance(value, float) else value
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """A correct program in another style: what is different, and the definition with all it needs."""

    name: str
    source: str


def rewrite(definition: str) -> tuple[Rewrite, ...]:
    """Return the rewrites of a definition, those only that change something."""
    plain = ast.unparse(ast.parse(definition))
    done = []
    for name, change in REWRITES:
        tree = ast.fix_missing_locations(_Rewriter(change).visit(ast.parse(definition)))
        if ast.unparse(tree) != plain:
            done.append(Rewrite(name=name, source=f"{SUPPORT}\n\n{ast.unparse(tree)}"))
    return tuple(done)


class _Rewriter(ast.NodeTransformer):
    """Rewrites from the inside outwards wherever a change has something to say."""

    def __init__(self, change: Callable[[ast.AST], ast.AST | None]) -> None:
        self._change = change

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Visit what is inside, then the node itself."""
        inside = super().generic_visit(node)
        return self._change(inside) or inside


def _named(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _numpys(node: ast.AST, *names: str) -> ast.Call | None:
    """Return a call of `np.<name>`, if it is one."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("np", "numpy")
    ):
        return node
    return None


def _products(by: str) -> Callable[[ast.AST], ast.AST | None]:
    def change(node: ast.AST) -> ast.AST | None:
        call = _numpys(node, "dot")
        if call is not None and len(call.args) == 2 and not call.keywords:
            return ast.Call(_named(by), call.args, [])
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            return ast.Call(_named(by), [node.left, node.right], [])
        return None

    return change


def _sums(by: str) -> Callable[[ast.AST], ast.AST | None]:
    def change(node: ast.AST) -> ast.AST | None:
        call = _numpys(node, "sum")
        if call is not None and len(call.args) == 1 and {each.arg for each in call.keywords} <= {"axis", "keepdims"}:
            return ast.Call(_named(by), call.args, call.keywords)
        return None

    return change


def _returned(by: str) -> Callable[[ast.AST], ast.AST | None]:
    def change(node: ast.AST) -> ast.AST | None:
        if isinstance(node, ast.Return) and node.value is not None:
            return ast.Return(ast.Call(_named(by), [node.value], []))
        return None

    return change


def _reciprocal(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return ast.BinOp(node.left, ast.Mult(), ast.BinOp(ast.Constant(1.0), ast.Div(), node.right))
    return None


def _negated(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        return ast.UnaryOp(ast.USub(), ast.BinOp(node.right, ast.Sub(), node.left))
    return None


def _commuted(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return ast.BinOp(node.right, ast.Mult(), node.left)
    return None


def _spelt(node: ast.AST) -> ast.AST | None:
    """Write operators and `.T` as numpy's functions."""
    if isinstance(node, ast.Attribute) and node.attr == "T" and isinstance(node.ctx, ast.Load):
        return ast.Call(ast.Attribute(_named("_np"), "transpose", ast.Load()), [node.value], [])
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return ast.Call(_named("pow"), [node.left, node.right], [])
    return None


REWRITES: tuple[tuple[str, Callable[[ast.AST], ast.AST | None]], ...] = (
    ("products summed backwards", _products("_backward_dot")),
    ("products by einsum", _products("_plain_dot")),
    ("sums taken backwards", _sums("_backward_sum")),
    ("sums taken one by one", _sums("_one_by_one")),
    ("reciprocals for divisions", _reciprocal),
    ("differences negated", _negated),
    ("factors swapped", _commuted),
    ("functions for operators", _spelt),
    ("arrays in Fortran order", _returned("_fortran")),
    ("lists for tuples", _returned("_listed")),
    ("numpy's numbers", _returned("_as_numpy")),
)
