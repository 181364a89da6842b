"""Which names of the module a statement binds, uses and mutates, by Python's own rules of scope.

Over-estimating is harmless (one statement more is run); under-estimating is not. What a function's own parameters and
locals hide does not count.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def bindings(statement: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    """Yield the names that a statement binds in its own scope, each with the node that does, in the text's order."""
    simple = _simple_bindings(statement)
    if simple is not None:
        yield from simple
        return
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.comprehension):
            stack.extend([node.iter, *node.ifs])
        elif not isinstance(node, ast.Lambda):
            for name in _bound_by(node):
                yield name, node
            stack.extend(reversed(list(ast.iter_child_nodes(node))))


def _bound_by(node: ast.AST) -> Iterator[str]:
    """Yield the names that one node binds by itself, its children left out."""
    match node:
        case ast.Assign(targets=targets):
            for target in targets:
                yield from target_names(target)
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            for alias in aliases:
                yield alias.asname or alias.name.partition(".")[0]
        case (
            ast.AnnAssign(target=target)
            | ast.AugAssign(target=target)
            | ast.For(target=target)
            | ast.AsyncFor(target=target)
        ):
            yield from target_names(target)
        case ast.NamedExpr(target=target):
            yield from target_names(target)
        case ast.withitem(optional_vars=ast.expr() as target):
            yield from target_names(target)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name


def _simple_bindings(statement: ast.stmt) -> Iterable[tuple[str, ast.AST]] | None:
    """Answer the commonest statements without a walk."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [(statement.name, statement)]
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return [(alias.asname or alias.name.partition(".")[0], statement) for alias in statement.names]
    if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant | ast.Name):
        return [(name, statement) for target in statement.targets for name in target_names(target)]
    return None


def target_names(target: ast.AST) -> Iterator[str]:
    """Yield the names in the target of an assignment."""
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for element in elements:
                yield from target_names(element)
        case ast.Starred(value=value):
            yield from target_names(value)


def mutated(statement: ast.stmt) -> Iterator[tuple[str, str]]:
    """Yield the names whose objects a statement changes, each with how: `item`, `attribute`, `method`, `call f`."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
        return
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, _SCOPES):
            continue
        match node:
            case ast.Subscript(ctx=ast.Store() | ast.Del()) if root := _root(node):
                yield root, "item"
            case ast.Attribute(ctx=ast.Store() | ast.Del()) if root := _root(node):
                yield root, "attribute"
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=value))) if root := _root(value):
                yield root, "method"
            case ast.Expr(value=ast.Call(func=ast.Name(id=function), args=arguments)):
                for argument in arguments:
                    if isinstance(argument, ast.Name):
                        yield argument.id, f"call {function}"
        stack.extend(ast.iter_child_nodes(node))


def _root(node: ast.AST) -> str | None:
    while isinstance(node, ast.Subscript | ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def called(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement calls at its own level."""
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, _SCOPES):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        stack.extend(ast.iter_child_nodes(node))


def declared_global(function: ast.AST) -> set[str]:
    """Return the names that a function declares `global`."""
    return {name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names}


def local_names(function: Function) -> set[str]:
    """Return a function's parameters and the names that it binds itself."""
    names = parameters(function)
    body: list[ast.AST] = [function.body] if isinstance(function, ast.Lambda) else list(function.body)
    outer: set[str] = set()
    for node in body:
        if isinstance(node, ast.stmt):
            names.update(name for name, _ in bindings(node))
            if not isinstance(node, _SCOPES):
                outer.update(_declared(node))
        else:
            names.update(child.target.id for child in ast.walk(node) if isinstance(child, ast.NamedExpr))
    return names - outer


def _declared(node: ast.AST) -> Iterator[str]:
    stack = [node]
    while stack:
        node = stack.pop()
        if isinstance(node, _SCOPES):
            continue
        if isinstance(node, ast.Global | ast.Nonlocal):
            yield from node.names
        stack.extend(ast.iter_child_nodes(node))


def parameters(function: Function) -> set[str]:
    """Return the names of all parameters."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return {argument.arg for argument in [*named, arguments.vararg, arguments.kwarg] if argument is not None}


def uses(node: ast.AST) -> set[str]:
    """Return the names that a statement, or a function when it is called, looks up in the module."""
    found: set[str] = set()
    stack: list[tuple[ast.AST, frozenset[str]]] = [(node, frozenset())]
    while stack:
        node, hidden = stack.pop()
        if isinstance(node, ast.Name):
            if node.id not in hidden and not isinstance(node.ctx, ast.Store):
                found.add(node.id)
            continue
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) and node.target.id not in hidden:
            found.add(node.target.id)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            _into_function(node, hidden, stack)
            if not isinstance(node, ast.Lambda):
                found.update(name for name in declared_global(node))
            continue
        if isinstance(node, _COMPREHENSIONS):
            targets = {name for part in node.generators for name in target_names(part.target)}
            hidden = hidden | targets
        stack.extend((child, hidden) for child in ast.iter_child_nodes(node))
    return found


def _into_function(node: Function, hidden: frozenset[str], stack: list[tuple[ast.AST, frozenset[str]]]) -> None:
    """Look at decorators and defaults in the scope outside, at the body in the function's own; skip annotations."""
    if not isinstance(node, ast.Lambda):
        stack.extend((decorator, hidden) for decorator in node.decorator_list)
    stack.extend((default, hidden) for default in [*node.args.defaults, *node.args.kw_defaults] if default is not None)
    inner = hidden | local_names(node)
    body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
    stack.extend((child, inner) for child in body)
