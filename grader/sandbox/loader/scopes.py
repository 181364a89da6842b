"""Which names of the module a statement binds and mutates, by Python's own rules of scope.

Only statements are looked at, never the expressions in them (but for `:=`), so that this stays quick. Over-estimating
is harmless: one statement more is run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def statements_in(root: ast.stmt) -> Iterator[ast.stmt]:
    """Yield a statement and those inside it that run in the same scope, in the text's order."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, DEFINITIONS):
            continue
        inner: list[ast.stmt] = []
        for part in ("body", "handlers", "cases", "orelse", "finalbody"):
            for child in getattr(node, part, ()):
                inner += [child] if isinstance(child, ast.stmt) else child.body
        stack += reversed(inner)


def bindings(root: ast.stmt, *, walrus: bool = False) -> Iterator[tuple[str, ast.AST]]:
    """Yield the names that a statement binds in its own scope, each with the statement that does, in order.

    `walrus` looks for `:=` in expressions, too.
    """
    for node in statements_in(root):
        for name in _bound_by(node):
            yield name, node
    if walrus:
        for part in ast.walk(root):
            if isinstance(part, ast.NamedExpr):
                yield part.target.id, part


def _bound_by(node: ast.stmt) -> Iterator[str]:
    """Yield the names that one statement binds by itself."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Assign():
            for target in node.targets:
                yield from target_names(target)
        case ast.Import() | ast.ImportFrom():
            yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
        case ast.AnnAssign() | ast.AugAssign() | ast.For() | ast.AsyncFor():
            yield from target_names(node.target)
        case ast.With() | ast.AsyncWith():
            for item in node.items:
                yield from target_names(item.optional_vars)
        case ast.Match():
            captures = (part for part in ast.walk(node) if isinstance(part, ast.MatchAs | ast.MatchStar))
            yield from (part.name for part in captures if part.name)


def target_names(target: ast.AST | None) -> Iterator[str]:
    """Yield the names in the target of an assignment."""
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        for element in target.elts:
            yield from target_names(element)
    elif isinstance(target, ast.Starred):
        yield from target_names(target.value)


def mutated(root: ast.stmt) -> Iterator[tuple[str, str]]:
    """Yield the names whose objects a statement changes, each with how: `item`, `attribute`, `method`, `call f`."""
    for node in statements_in(root):
        match node:
            case ast.Assign(targets=targets) | ast.Delete(targets=targets):
                for target in targets:
                    yield from _changed_by(target)
            case ast.AugAssign(target=target) | ast.AnnAssign(target=target) | ast.For(target=target):
                yield from _changed_by(target)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=value))) if root_name := _root(value):
                yield root_name, "method"
            case ast.Expr(value=ast.Call(func=ast.Name(id=function), args=arguments)):
                for argument in arguments:
                    if isinstance(argument, ast.Name):
                        yield argument.id, f"call {function}"


def _changed_by(target: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(target, ast.Tuple | ast.List):
        for element in target.elts:
            yield from _changed_by(element)
    elif isinstance(target, ast.Subscript | ast.Attribute) and (name := _root(target)):
        yield name, "item" if isinstance(target, ast.Subscript) else "attribute"


def _root(node: ast.AST) -> str | None:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def called(root: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement calls at its own level."""
    if isinstance(root, DEFINITIONS):
        return
    for node in ast.walk(root):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def parameters(function: Function) -> set[str]:
    """Return the names of all parameters."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return {argument.arg for argument in [*named, arguments.vararg, arguments.kwarg] if argument is not None}
