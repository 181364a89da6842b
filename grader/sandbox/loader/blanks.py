"""Tell a function that nobody has written yet from one that is wrong.

A function is blank when it does nothing of its own *and* shows what is left to do: the stub's own line, an empty body,
a variable that is never anything but None, or one that is returned and never made. A function that computes something,
rightly or wrongly, is never blank, not even where it ends at a None or at a `raise NotImplementedError` that was left:
there the exception says more.
"""

from __future__ import annotations

import ast
import builtins
import functools
from collections.abc import Collection

from grader.sandbox.loader.pieces import parse
from grader.sandbox.loader.scopes import Function, bindings, parameters, statements_in, target_names

ALWAYS_KNOWN = frozenset({"np", "numpy", "math", "copy", *dir(builtins)})
Def = ast.FunctionDef | ast.AsyncFunctionDef
_SHOWS = frozenset({"format", "len", "print", "repr", "shape", "str", "type"})
"""What is called to show something, and not to compute it."""


def stub_function(stub: str, name: str) -> Def | None:
    """Return the function in a stub's source, if there is one."""
    if not stub:
        return None
    try:
        body = parse(stub).body
    except SyntaxError:
        return None
    functions = [node for node in body if isinstance(node, Def)]
    return next((node for node in functions if node.name == name), functions[-1] if functions else None)


class Stub:
    """A question's stub, to be asked whether a function or a statement is its own.

    It is parsed only for what names nothing but what stands in its text, and few written functions do.
    """

    def __init__(self, source: str, name: str) -> None:
        self._source = source
        self._name = name
        self._kept: list[ast.stmt] | None = None

    @functools.cached_property
    def function(self) -> Def | None:
        """The function that it holds."""
        return stub_function(self._source, self._name)

    def is_left(self, function: Def) -> bool:
        """Whether a function is the stub as it was given, whatever its parameters are called."""
        body, own = _without_docstring(function.body), parameters(function)
        if not all(self._may_hold(node, own) for node in body) or self.function is None:
            return False
        return _is_like(body, self.function) and _normal(function) == _normal(self.function)

    def __contains__(self, node: ast.stmt) -> bool:
        if not self._may_hold(node) or self.function is None:
            return False
        if self._kept is None:
            inside = [inner for root in self.function.body for inner in statements_in(root)]
            self._kept = [inner for inner in inside if not isinstance(inner, ast.Expr | ast.Raise)]
        return any(_same(node, inner) for inner in self._kept)

    def _may_hold(self, node: ast.stmt, besides: Collection[str] = ()) -> bool:
        """Whether all names in a statement stand in the text, too, but for some."""
        for part in ast.walk(node):
            name = part.id if isinstance(part, ast.Name) else part.attr if isinstance(part, ast.Attribute) else ""
            if name not in self._source and name not in besides:
                return False
        return True


def is_blank(function: Function, stub: Stub, known: frozenset[str]) -> bool:
    """Whether a function is still to be written. `known` are the names that the module defines."""
    if isinstance(function, ast.Lambda):
        return isinstance(function.body, ast.Constant) and function.body.value in {None, Ellipsis}
    body = _without_docstring(function.body)
    if all(_is_nothing(node) and not _prints_a_result(node) for node in body):
        return True
    if stub.is_left(function):
        return True
    if not all(_is_scaffold(node, stub) for node in body):
        return False
    inside = [node for root in body for node in statements_in(root)]
    if any(_raises_not_implemented(node) or _is_empty_loop(node) for node in inside):
        return True
    return bool(_none_only(function)) or bool(_unmade(function, body, known))


def _is_like(body: list[ast.stmt], stub: Def) -> bool:
    """Whether statements are of the same kinds as a stub's: only then are the texts worth comparing."""
    return [type(node) for node in body] == [type(node) for node in _without_docstring(stub.body)]


def _none_only(function: Def) -> frozenset[str]:
    """Return the variables that are never given anything but None."""
    inside = [node for root in function.body for node in statements_in(root)]
    placeholders = {
        name
        for node in inside
        if isinstance(node, ast.Assign) and _is_placeholder(node.value)
        for target in node.targets
        for name in target_names(target)
    }
    if not placeholders:
        return frozenset()
    for node in function.body:
        for name, binder in bindings(node):
            is_none = isinstance(binder, ast.Assign | ast.AnnAssign) and _is_placeholder(binder.value)
            if not is_none and not _only_reworks(binder, name):
                placeholders.discard(name)
    return frozenset(placeholders)


def _same(one: object, other: object) -> bool:
    """Whether two trees are the same but for where they stand; most are told apart by their first nodes."""
    if type(one) is not type(other):
        return False
    if isinstance(one, ast.AST):
        return all(_same(getattr(one, name, None), getattr(other, name, None)) for name in one._fields)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return repr(one) == repr(other)


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    return [node for node in body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]


def _is_placeholder(value: ast.AST | None) -> bool:
    return isinstance(value, ast.Constant) and (value.value is None or value.value is Ellipsis)


def _is_nothing(node: ast.stmt) -> bool:
    """`pass`, `return`, `return None`, a printed line, the stub's `raise NotImplementedError`."""
    if isinstance(node, ast.Return):
        return node.value is None or _is_placeholder(node.value)
    return isinstance(node, ast.Pass) or _is_printed(node) or _raises_not_implemented(node)


def _is_printed(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
    return False


def _prints_a_result(node: ast.AST) -> bool:
    """Whether something is computed to be printed: then it is the `return` that is missing, and not the work."""
    return _is_printed(node) and any(map(_computes, ast.walk(node)))


def _computes(part: ast.AST) -> bool:
    match part:
        case ast.BinOp(left=ast.Constant(value=str()) | ast.JoinedStr()) | ast.BinOp(right=ast.Constant(value=str())):
            return False  # a text is put together
        case ast.BinOp():
            return True
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name not in _SHOWS
    return False


def _raises_not_implemented(node: ast.AST) -> bool:
    match node:
        case ast.Raise(exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
        case ast.Raise(exc=ast.Name(id="NotImplemented")):
            return True
    return False


def _normal(function: Def) -> str:
    """Return a function's body as text, its docstring left out and its parameters called by their positions."""
    order = [argument.arg for argument in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]]
    numbers = {name: f"argument{position}" for position, name in enumerate(order)}
    texts = []
    for node in _without_docstring(function.body):
        text = ast.dump(node)
        for name, number in numbers.items():
            text = text.replace(f"id='{name}'", f"id='{number}'")
        texts.append(text)
    return "\n".join(texts)


def _is_scaffold(node: ast.stmt, given: Stub) -> bool:
    """Whether a statement is of the kind that templates give: it moves values about and computes nothing of its own."""
    if _is_nothing(node) or isinstance(node, ast.Assert | ast.Pass | ast.Import | ast.ImportFrom):
        return True
    return _is_moved(node, given) or node in given


def _is_moved(node: ast.stmt, given: Stub) -> bool:
    if _is_endless(node):
        return False  # a template has none: somebody wrote it, and it is the time that runs out
    match node:
        case ast.Return(value=value):
            return value is None or _is_shuffle(value)
        case ast.Assign(value=value) if _is_placeholder(value):
            return True
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return _is_shuffle(value) or _is_rework(value, name) or _is_empty_array(value)
        case ast.For(body=body, orelse=[]) | ast.If(body=body, orelse=[]) | ast.While(body=body, orelse=[]):
            return all(_is_scaffold(inner, given) for inner in body)
        case ast.If(body=body, orelse=orelse):
            return all(_is_scaffold(inner, given) for inner in [*body, *orelse])
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="append"), args=[value])):
            return _is_shuffle(value)
        case ast.Expr(value=ast.Constant()):
            return True
    return False


def _is_shuffle(value: ast.expr) -> bool:
    """A name, None, an empty container, or a collection of names; `X.shape[1]`, `grads["dw"]`."""
    match value:
        case ast.Name():
            return True
        case ast.Constant(value=constant):
            return constant is None or constant is Ellipsis
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return all(_is_shuffle(element) for element in elements)
        case ast.Dict(values=values):
            return all(_is_shuffle(element) for element in values)
        case ast.Subscript(value=ast.Name(), slice=ast.Constant()):
            return True
        case ast.Subscript(value=ast.Attribute(attr="shape", value=ast.Name()), slice=ast.Constant()):
            return True
    return False


def _is_rework(value: ast.expr | None, name: str) -> bool:
    """`cost = np.squeeze(cost)`, `w = copy.deepcopy(w)`, `w = w.reshape(...)`, `cost = np.squeeze(np.array(cost))`."""
    match value:
        case ast.Call(func=ast.Attribute(attr="squeeze" | "deepcopy" | "copy" | "array"), args=[ast.Name(id=inner)]):
            return inner == name
        case ast.Call(func=ast.Attribute(attr="squeeze"), args=[ast.Call() as call]):
            return _is_rework(call, name)
        case ast.Call(func=ast.Attribute(attr="reshape", value=ast.Name(id=inner))):
            return inner == name
    return False


def _only_reworks(binder: ast.AST, name: str) -> bool:
    return isinstance(binder, ast.Assign) and _is_rework(binder.value, name)


def _is_empty_array(value: ast.expr) -> bool:
    """`Y_prediction = np.zeros((1, m))`, as templates give it."""
    match value:
        case ast.Call(func=ast.Attribute(attr="zeros"), args=[ast.Tuple(elts=[ast.Constant(value=1), ast.Name()])]):
            return True
    return False


def _is_empty_loop(node: ast.stmt) -> bool:
    """`for i in range(n):` with nothing in it. A `while` without a body is no template's: somebody wrote its test."""
    return isinstance(node, ast.For) and all(
        isinstance(inner, ast.Pass) or (isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant))
        for inner in node.body
    )


def _is_endless(node: ast.stmt) -> bool:
    """`while True:` and `for i in itertools.count():`, whatever is inside."""
    match node:
        case ast.While(test=ast.Constant(value=value)):
            return value is not Ellipsis and bool(value)
        case ast.For(iter=ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name))):
            return name in {"count", "cycle", "iter", "repeat"}
    return False


def _unmade(function: Def, body: list[ast.stmt], known: frozenset[str]) -> set[str]:
    """Return the names that a function uses and nobody makes: those of lines that are commented out.

    A list from outside that it appends to is no such name: whoever wrote that wrote something.
    """
    made = parameters(function)
    for node in body:
        for name, binder in bindings(node):
            if not _only_reworks(binder, name):
                made.add(name)
    inside = [node for root in body for node in ast.walk(root)]
    filled = {id(node.value) for node in inside if isinstance(node, ast.Attribute) and node.attr == "append"}
    used = {
        node.id
        for node in inside
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in filled
    }
    return used - made - known - ALWAYS_KNOWN
