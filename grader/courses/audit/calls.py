"""Mistakes with numpy's own words: axes, `keepdims`, transposes, products, means, logarithms, loop bounds, dtypes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.courses.audit.expressions import duplicate, last_name, swapped
from grader.courses.audit.mutants import Change, ExpressionOperator, Scope

OTHER_FUNCTIONS = {
    "sum": ("mean", "prod"),
    "mean": ("sum", "median"),
    "prod": ("sum",),
    "log": ("log2", "log10", "log1p"),
    "log2": ("log",),
    "log10": ("log",),
    "exp": ("exp2", "expm1"),
    "max": ("min",),
    "min": ("max",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "zeros_like": ("ones_like",),
    "ones_like": ("zeros_like",),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "sin": ("cos",),
    "cos": ("sin",),
    "hstack": ("vstack",),
    "vstack": ("hstack",),
    "all": ("any",),
    "any": ("all",),
}
PYTHONS_OWN = frozenset({"sum", "max", "min", "all", "any"})
"""Of these, a bare name is a function of Python; of the others, it is somebody's variable."""
SYMMETRIC = frozenset({"max", "min", "maximum", "minimum", "add", "multiply", "isclose", "allclose", "hypot", "zip"})
MAKERS = frozenset({"zeros", "ones", "full", "empty", "zeros_like", "ones_like"})
TELLING = frozenset({"axis", "keepdims", "ord", "dtype", "ddof", "initial"})
"""Keywords that a student forgets or gets wrong."""
CONTEXTS = frozenset({"errstate", "catch_warnings"})


def functions(node: ast.expr, _scope: Scope) -> Iterator[Change]:
    """The mean for the sum, another base of the logarithm, the minimum for the maximum."""
    if not isinstance(node, ast.Call):
        return
    name = last_name(node)
    for other in OTHER_FUNCTIONS.get(name, ()):
        changed = duplicate(node)
        assert isinstance(changed, ast.Call)
        if isinstance(changed.func, ast.Attribute):
            changed.func.attr = other
        elif isinstance(changed.func, ast.Name) and name in PYTHONS_OWN and other in PYTHONS_OWN:
            changed.func.id = other
        else:
            continue
        yield "function", changed


def unwrapped(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """A call forgotten: `x` for `np.exp(x)`, for `sigmoid(x)`, for `x.reshape(n, 1)`, for `x.T`."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield "dropped .T", node.value
    if not isinstance(node, ast.Call) or last_name(node) in CONTEXTS or isinstance(scope.parents.get(node), ast.For):
        return
    if _is_method(node, scope):
        assert isinstance(node.func, ast.Attribute)
        yield "dropped call", node.func.value
    elif len(node.args) == 1 and not isinstance(node.args[0], ast.GeneratorExp):
        yield "dropped call", node.args[0]


def _is_method(node: ast.Call, scope: Scope) -> bool:
    """Whether it is a call of a value's own method and not of a module's function."""
    if not isinstance(node.func, ast.Attribute):
        return False
    owner = node.func.value
    while isinstance(owner, (ast.Attribute, ast.Subscript)):
        owner = owner.value
    return not isinstance(owner, ast.Name) or owner.id in (*scope.parameters, *scope.local)


def products(node: ast.expr, _scope: Scope) -> Iterator[Change]:
    """The product entry by entry where the matrix product belongs."""
    if isinstance(node, ast.Call) and last_name(node) in ("dot", "matmul") and len(node.args) == 2:
        yield "product", ast.BinOp(node.args[0], ast.Mult(), node.args[1])


def keywords(node: ast.expr, _scope: Scope) -> Iterator[Change]:
    """The other axis, or none; no `keepdims`."""
    if not isinstance(node, ast.Call):
        return
    for place, keyword in enumerate(node.keywords):
        if keyword.arg not in TELLING:
            continue
        without = [each for each in node.keywords if each is not keyword]
        label = "axis" if keyword.arg == "axis" else f"dropped {keyword.arg}"
        yield label, ast.Call(node.func, node.args, without)
        if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant) and keyword.value.value in (0, 1):
            other = ast.keyword("axis", ast.Constant(1 - keyword.value.value))
            yield "axis", ast.Call(node.func, node.args, [*node.keywords[:place], other, *node.keywords[place + 1 :]])


def arguments(node: ast.expr, _scope: Scope) -> Iterator[Change]:
    """Two neighbouring arguments swapped."""
    if isinstance(node, ast.Call) and last_name(node) not in SYMMETRIC:
        for place in range(len(node.args) - 1):
            yield "swapped arguments", ast.Call(node.func, swapped(node.args, place), node.keywords)


def bounds(node: ast.expr, _scope: Scope) -> Iterator[Change]:
    """A loop that begins or ends one too early or too late."""
    if not isinstance(node, ast.Call) or last_name(node) != "range" or not node.args:
        return
    place = 0 if len(node.args) == 1 else 1
    for step in (ast.Sub(), ast.Add()):
        changed = list(node.args)
        changed[place] = ast.BinOp(changed[place], step, ast.Constant(1))
        yield "loop bound", ast.Call(node.func, changed, [])
    if place == 0:
        yield "loop bound", ast.Call(node.func, [ast.Constant(1), *node.args], [])
    elif not (isinstance(node.args[0], ast.Constant) and node.args[0].value == 0):
        yield "loop bound", ast.Call(node.func, [node.args[1]], [])


def dtypes(node: ast.expr, _scope: Scope) -> Iterator[Change]:
    """Whole numbers where fractions belong."""
    if isinstance(node, ast.Call) and last_name(node) in MAKERS and all(each.arg != "dtype" for each in node.keywords):
        yield (
            "dtype",
            ast.Call(node.func, node.args, [*node.keywords, ast.keyword("dtype", ast.Name("int", ast.Load()))]),
        )
    if isinstance(node, ast.Name) and node.id == "float":
        yield "dtype", ast.Name("int", ast.Load())


CALLS: tuple[ExpressionOperator, ...] = (functions, unwrapped, products, keywords, arguments, bounds, dtypes)
