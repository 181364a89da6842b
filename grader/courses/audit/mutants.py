"""Mutants: the reference with one small mistake in it, each as a whole definition and as the lines that changed.

An operator looks at one node of the syntax tree and says what a mistake would put in its place. The rest of the source
stays as the author wrote it, comments and all, so that the difference reads like a student's slip.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from grader.courses.regions import find_regions


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One mistake. `was` and `now` are the lines that differ, `line` is where they begin."""

    operator: str
    line: int
    was: str
    now: str
    source: str
    """The definition with the mistake in it."""


@dataclass(slots=True, kw_only=True)
class Scope:
    """A definition under mutation: its text, its tree, and what is known about its names."""

    source: str
    lines: list[str]
    function: ast.FunctionDef
    parents: dict[ast.AST, ast.AST]
    parameters: tuple[str, ...]
    local: tuple[str, ...]
    """Names assigned in the function that are no parameters, in order."""
    origins: dict[str, tuple[str, ...]]
    """For a name assigned once: the local names and parameters that its value is made of."""
    open_lines: frozenset[int] = field(default=frozenset())
    """The lines that a student writes, but for what is only printed; every `return` is open too."""

    def is_open(self, node: ast.AST) -> bool:
        """Whether a student could make a mistake here: in a solution region, or in a `return`."""
        here: ast.AST | None = node
        while here is not None:
            if getattr(here, "lineno", None) in self.open_lines or isinstance(here, ast.Return):
                return True
            here = None if isinstance(here, ast.stmt) else self.parents.get(here)
        return False


ATOMS = (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript, ast.Dict, ast.List)
"""Expressions that are read as one wherever they stand."""
Change = tuple[str, ast.expr]
"""The name of an operator, and the expression that it puts in a node's place."""
ExpressionOperator = Callable[[ast.expr, Scope], Iterator[Change]]
StatementOperator = Callable[[Scope], Iterator[tuple[str, list[str]]]]
"""Yields the name of the operator and the changed lines of the whole definition."""


def scope_of(definition: str) -> Scope:
    """Parse the definition of one function and gather what operators ask for."""
    tree = ast.parse(definition)
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    arguments = function.args
    parameters = tuple(each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs))
    stored = [
        node.id
        for node in sorted(
            (node for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)),
            key=lambda node: (node.lineno, node.col_offset),
        )
    ]
    local = tuple(dict.fromkeys(name for name in stored if name not in parameters and name != "_"))
    known = {*parameters, *local}
    regions = find_regions(definition)[0]
    open_lines = frozenset(line for region in regions for line in range(region.first, region.last + 1))
    if not regions:
        body = function.body[1:] if ast.get_docstring(function) is not None else function.body
        open_lines = frozenset(range(body[0].lineno, (function.end_lineno or 0) + 1)) if body else frozenset()
    return Scope(
        source=definition,
        lines=definition.splitlines(),
        function=function,
        parents=parents,
        parameters=parameters,
        local=local,
        origins=_origins(function, known, stored),
        open_lines=open_lines - _printing(function),
    )


def _printing(function: ast.FunctionDef) -> frozenset[int]:
    """Return the lines that only print: no check looks at that."""
    statements = (node for node in ast.walk(function) if isinstance(node, ast.stmt) and _only_prints(node))
    return frozenset(line for each in statements for line in range(each.lineno, (each.end_lineno or each.lineno) + 1))


def _only_prints(statement: ast.stmt) -> bool:
    """Whether a statement is a `print`, or a condition with nothing else in it."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
        case ast.If():
            return all(map(_only_prints, (*statement.body, *statement.orelse)))
    return False


def _origins(function: ast.FunctionDef, known: set[str], stored: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if stored.count(name) == 1:
                used = (each.id for each in ast.walk(node.value) if isinstance(each, ast.Name))
                found[name] = tuple(dict.fromkeys(each for each in used if each in known and each != name))
    return found


def mutate(
    definition: str,
    expressions: Iterable[ExpressionOperator],
    statements: Iterable[StatementOperator],
) -> tuple[Mutant, ...]:
    """Return all mutants of one definition: each differs from the definition and from every other."""
    scope = scope_of(definition)
    seen = {ast.unparse(ast.parse(definition))}
    mutants: list[Mutant] = []

    def keep(operator: str, source: str) -> None:
        try:
            plain = ast.unparse(ast.parse(source))
        except SyntaxError:
            return
        if plain not in seen:
            seen.add(plain)
            mutants.append(_mutant(operator, scope.lines, source))

    operators = tuple(expressions)
    for node in ast.walk(scope.function):
        if isinstance(node, ast.expr) and scope.is_open(node):
            for operator in operators:
                for name, replacement in operator(node, scope):
                    keep(name, splice(scope, node, replacement))
    for change in statements:
        for name, lines in change(scope):
            keep(name, "\n".join(lines))
    return tuple(sorted(mutants, key=lambda mutant: mutant.line))


def splice(scope: Scope, node: ast.expr, replacement: ast.expr) -> str:
    """Return the source with a node's text replaced, in brackets where it would otherwise be read differently."""
    text = ast.unparse(replacement)
    if isinstance(replacement, ATOMS):
        return _replaced(scope.lines, node, text)
    wanted = _unparsed_with(scope, node, replacement)
    source = ""
    for written in (text, f"({text})"):
        source = _replaced(scope.lines, node, written)
        try:
            if ast.unparse(ast.parse(source)) == wanted:
                return source
        except SyntaxError:
            continue
    return source


def _unparsed_with(scope: Scope, node: ast.expr, replacement: ast.expr) -> str:
    """Return the whole function as plain text with a node replaced; the tree is left as it was."""
    parent = scope.parents[node]
    for name, value in ast.iter_fields(parent):
        if value is node:
            setattr(parent, name, replacement)
            try:
                return ast.unparse(scope.function)
            finally:
                setattr(parent, name, node)
        if isinstance(value, list) and any(each is node for each in value):
            place = next(index for index, each in enumerate(value) if each is node)
            value[place] = replacement
            try:
                return ast.unparse(scope.function)
            finally:
                value[place] = node
    return ast.unparse(scope.function)


def _replaced(lines: list[str], node: ast.expr, text: str) -> str:
    """Replace the text of a node. Columns of the tree count bytes of UTF-8."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    before = lines[first].encode()[: node.col_offset].decode()
    after = lines[last].encode()[node.end_col_offset :].decode()
    return "\n".join([*lines[:first], before + text + after, *lines[last + 1 :]])


def _mutant(operator: str, lines: list[str], source: str) -> Mutant:
    """Describe a mutant by the block from the first line that differs to the last."""
    changed = source.splitlines()
    matcher = difflib.SequenceMatcher(None, lines, changed, autojunk=False)
    hunks = [hunk for hunk in matcher.get_opcodes() if hunk[0] != "equal"]
    (_, first, _, onto, _), (_, _, last, _, until) = hunks[0], hunks[-1]
    was, now = plain("\n".join(lines[first:last]), "\n".join(changed[onto:until]))
    return Mutant(operator=operator, line=first + 1, was=was, now=now, source=source)


def plain(was: str, now: str) -> tuple[str, str]:
    """Return two pieces of code without empty lines and the indentation that they share: how changes are compared."""
    sides = [[line.rstrip() for line in text.splitlines() if line.strip()] for text in (was, now)]
    indents = [len(line) - len(line.lstrip()) for side in sides for line in side]
    shared = min(indents, default=0)
    before, after = ("\n".join(line[shared:] for line in side) for side in sides)
    return before, after
