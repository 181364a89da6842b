"""Choose, for each graded name, the definition that counts.

The last one wins. A copy that is blank or does not parse doesn't beat a written one, and a plain value that happens to
have a function's name (`cost = ...` in a notebook cell) doesn't count as a definition of it.
"""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from grader.model import JSON, Found, Location, Message, Note, Wanted
from grader.sandbox.loader.blanks import Stub, is_blank
from grader.sandbox.loader.bytecode import uses_of
from grader.sandbox.loader.pieces import Broken, Statement, Text
from grader.sandbox.loader.scopes import DEFINITIONS, bindings, mutated

_WRAPPERS = frozenset(
    {"partial", "vectorize", "frompyfunc", "lru_cache", "cache", "jit", "njit", "wraps", "update_wrapper"}
)
_SHOWS = frozenset({"print", "display", "help", "type", "len", "repr", "str"})


@dataclass(slots=True)
class Candidate:
    """One definition of a graded name: the statement it stands in, and the node that binds the name."""

    name: str
    status: str
    location: Location
    position: int
    statement: Statement | None = None
    node: ast.AST | None = None
    message: Message | None = None


@dataclass(slots=True)
class Binders:
    """Who binds and who mutates each name of the module, by position in the program."""

    statements: dict[int, Statement] = field(default_factory=dict)
    bound: dict[str, list[tuple[int, ast.AST]]] = field(default_factory=dict)
    changed: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    globals_of: dict[str, set[str]] = field(default_factory=dict)
    stars: list[int] = field(default_factory=list)
    functions: set[str] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)

    def is_function(self, name: str) -> bool:
        """Whether a name is a function or class of the student's somewhere, or imported."""
        return name in self.functions or name in self.modules


def index(text: Text, beside: Mapping[str, Collection[str]] | None = None) -> Binders:
    """Look once over all statements. `beside` has the names that `from module import *` takes from a file beside."""
    binders = Binders()
    for statement in text.statements:
        node, position = statement.node, statement.position
        binders.statements[position] = statement
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            binders.stars.append(position)
            for name in (beside or {}).get(node.module or "", ()):
                binders.bound.setdefault(name, []).append((position, node))
                binders.modules.add(name)
            continue
        try:
            _index_one(binders, node, position, text)
        except RecursionError:
            continue
    return binders


def _index_one(binders: Binders, node: ast.stmt, position: int, text: Text) -> None:
    for name, binder in bindings(node, walrus=text.walrus):
        binders.bound.setdefault(name, []).append((position, binder))
        if isinstance(binder, DEFINITIONS) or (isinstance(binder, ast.Assign) and isinstance(binder.value, ast.Lambda)):
            binders.functions.add(name)
        elif isinstance(binder, ast.Import | ast.ImportFrom):
            binders.modules.add(name)
    for name, how in mutated(node):
        binders.changed.setdefault(name, []).append((position, how))
    if text.declares and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        declared = {name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names}
        if declared:
            binders.globals_of[node.name] = declared


def makes_function(node: ast.AST, name: str, binders: Binders) -> bool:
    """Whether a node binds a name to something that is called: a definition, an alias, a wrapped function."""
    if isinstance(node, DEFINITIONS | ast.Import | ast.ImportFrom):
        return True
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return False
    match node.value:
        case ast.Lambda():
            return True
        case ast.Name(id=other):
            return binders.is_function(other)
        case ast.Attribute(value=ast.Name(id=other)):
            return binders.is_function(other)
        case ast.Call(func=ast.Name(id=wrapper) | ast.Attribute(attr=wrapper), args=arguments) as call:
            if wrapper in _WRAPPERS:
                return True
            if isinstance(call.func, ast.Name) and wrapper in _SHOWS:
                return False
            return any(isinstance(argument, ast.Name) and argument.id == name for argument in arguments) or any(
                isinstance(argument, ast.Name) and argument.id in binders.functions for argument in arguments
            )
        case ast.Call(func=ast.Call(func=inner)):
            return any(part in _WRAPPERS for part in (getattr(inner, "id", ""), getattr(inner, "attr", "")))
        case ast.IfExp(body=ast.Lambda() | ast.Name(), orelse=ast.Lambda() | ast.Name()):
            return True
    return False


@dataclass(slots=True)
class Choice:
    """What was chosen for the graded names, what is reported of each, and what was left aside."""

    chosen: dict[str, Candidate] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    """Positions of later copies that are not written and must not take the place of written ones."""
    notes: list[Note] = field(default_factory=list)


def choose(wanted: Sequence[Wanted], text: Text, binders: Binders, beside: Collection[str] = ()) -> Choice:
    """Choose a definition for each graded name that has one. `beside` are the modules that were handed in as well."""
    choice = Choice()
    known = frozenset(binders.functions | binders.modules)
    for question in wanted:
        candidates = _candidates(question, text, binders, known)
        if not candidates:
            message = Message(code="missing.name", params={"name": question.name})
            choice.found[question.name] = Found(status="absent", message=message)
            continue
        best = _best(candidates, question.name, beside)
        choice.found[question.name] = Found(
            status=best.status, defined_as=best.name, location=best.location, message=best.message
        )
        if best.status == "found":
            choice.chosen[question.name] = best
        for other in candidates:
            if other is best or (question.kind == "answer" and other.status == "found"):
                continue
            params: dict[str, JSON] = {"name": question.name, "status": other.status}
            places: dict[str, JSON] = {"place": place(other.location), "kept": place(best.location)}
            code = "superseded" if other.status == "found" else f"superseded.{other.status}"
            choice.notes.append(Note(code=code, params=params | places))
            if best.status == "found" and other.status == "blank" and other.position > best.position:
                choice.lost.add(other.position)
    return choice


def place(location: Location) -> dict[str, JSON]:
    """Return a location as JSON."""
    return {"line": location.line} if location.cell is None else {"cell": location.cell, "line": location.line}


def _best(candidates: list[Candidate], name: str, beside: Collection[str]) -> Candidate:
    """Return the last written one, of the graded name itself rather than an alias; else the last of what there is."""
    written = [candidate for candidate in candidates if candidate.status == "found"]
    if len(written) > 1:
        # `from dnn_utils import sigmoid` further down, and no such module: the student's own function is what there is.
        written = [one for one in written if not _is_of_absent_module(one.node, beside)] or written
    own = [candidate for candidate in written if candidate.name == name]
    if own or written:
        return (own or written)[-1]
    blank = [candidate for candidate in candidates if candidate.status == "blank"]
    return max(candidates, key=lambda one: one.position) if len(blank) < len(candidates) else blank[-1]


def _is_of_absent_module(node: ast.AST | None, beside: Collection[str]) -> bool:
    """Whether a name would come from a module that is neither installed nor handed in."""
    if not isinstance(node, ast.ImportFrom) or node.level:
        return False
    top = (node.module or "").partition(".")[0]
    if f"{top}.py" in beside or top in sys.modules:
        return False
    try:
        return importlib.util.find_spec(top) is None
    except (ImportError, ValueError):
        return True


def _candidates(question: Wanted, text: Text, binders: Binders, known: frozenset[str]) -> list[Candidate]:
    names = (question.name, *question.aliases)
    stub = Stub(question.stub, question.name)
    result = []
    for name in names:
        bound = binders.bound.get(name, [])
        if question.kind == "function" and any(makes_function(node, name, binders) for _, node in bound):
            bound = [(position, node) for position, node in bound if makes_function(node, name, binders)]
        for position, node in bound:
            statement = binders.statements[position]
            result.append(_candidate(question, name, statement, node, stub, known))
    result += [_of_broken(question, broken, name) for broken in text.broken for name in names if name in broken.names]
    result.sort(key=lambda one: one.position)
    return result


def _candidate(
    question: Wanted, name: str, statement: Statement, node: ast.AST, stub: Stub, known: frozenset[str]
) -> Candidate:
    location = Location(line=getattr(node, "lineno", statement.node.lineno), cell=statement.cell)
    candidate = Candidate(name, "found", location, statement.position, statement, node)
    try:
        if _is_unwritten(question, node, stub, known):
            candidate.status = "blank"
            candidate.message = Message(code="missing.blank", params={"place": place(location)})
    except RecursionError:
        pass
    return candidate


def _is_unwritten(question: Wanted, node: ast.AST, stub: Stub, known: frozenset[str]) -> bool:
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if isinstance(value, ast.Constant) and (value.value is None or value.value is Ellipsis):
        return True
    if question.kind == "answer":
        return isinstance(value, ast.Constant) and isinstance(value.value, str) and not value.value.strip()
    function = value if isinstance(value, ast.Lambda) else node
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return False
    return is_blank(function, stub, known)


def _of_broken(question: Wanted, broken: Broken, name: str) -> Candidate:
    where = place(broken.location)
    if broken.blank:
        message = Message(code="missing.blank", params={"place": where})
        return Candidate(name, "blank", broken.location, broken.position, message=message)
    message = Message(code="missing.syntax", params={"place": where, "reason": broken.reason, "name": question.name})
    return Candidate(name, "syntax", broken.location, broken.position, message=message)


def data_globals(candidate: Candidate, binders: Binders) -> dict[str, int]:
    """Return the variables of the notebook that a function uses, each with the position that binds it last."""
    result: dict[str, int] = {}
    if candidate.statement is None or candidate.node is None:
        return result
    for name in sorted(uses_of(candidate.node, candidate.statement)):
        bound = binders.bound.get(name, [])
        if bound and not any(makes_function(node, name, binders) for _, node in bound):
            result[name] = bound[-1][0]
    return result
