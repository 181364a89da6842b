"""Find the statements that the graded names need, transitively: helpers, constants, aliases, decorators, mutations."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from grader.sandbox.loader.bytecode import uses
from grader.sandbox.loader.choosing import Binders, Candidate, makes_function
from grader.sandbox.loader.scopes import DEFINITIONS, called

_BUILTINS = frozenset(dir(builtins))
_READS = frozenset({"show", "head", "describe", "info", "print", "copy", "sum", "mean", "max", "min", "reshape", "dot"})
"""Methods called for their result alone; on a line of their own they change nothing."""


@dataclass(slots=True)
class Needs:
    """The statements to run, in the program's order, and the names that nothing in the program binds."""

    positions: list[int] = field(default_factory=list)
    unbound: set[str] = field(default_factory=set)


def needed(chosen: Mapping[str, Candidate], binders: Binders, replaced: Collection[str]) -> Needs:
    """Follow the names from the chosen definitions to all that they rest on."""
    needs = Needs()
    graded = {candidate.name: candidate.position for candidate in chosen.values()}
    graded |= {name: candidate.position for name, candidate in chosen.items() if name not in binders.bound}
    taken = set(replaced)
    callers = _setters(binders)
    positions: set[int] = set()
    seen: set[str] = set()
    pending = [candidate.position for name, candidate in chosen.items() if name not in taken]
    while pending:
        position = pending.pop()
        if position in positions:
            continue
        positions.add(position)
        statement = binders.statements[position]
        for name in uses(statement):
            if name in taken:
                continue
            if graded.get(name) == position and not isinstance(statement.node, DEFINITIONS):
                # `sigmoid = np.vectorize(sigmoid)` rests on what had the name before.
                pending += [before for before in _binders_of(name, binders) if before < position]
            if name in seen:
                continue
            seen.add(name)
            found = [graded[name]] if name in graded else _binders_of(name, binders)
            if not found and name not in callers:
                needs.unbound.add(name)
            pending += found
            pending += _changes_of(name, binders)
            pending += callers.get(name, [])
    for name in graded:
        if name not in taken:
            positions.update(_changes_of(name, binders))
    if needs.unbound:
        positions.update(position for position in binders.stars if _star_matters(binders, position, needs.unbound))
    needs.positions = sorted(positions)
    return needs


def _binders_of(name: str, binders: Binders) -> list[int]:
    """Return who binds a name: where a function of that name is defined, only what makes functions counts."""
    bound = binders.bound.get(name, [])
    if binders.is_function(name):
        return [position for position, node in bound if makes_function(node, name, binders)]
    return [position for position, _ in bound]


def _changes_of(name: str, binders: Binders) -> list[int]:
    """Return the statements that change the object of a name in place."""
    if name in binders.modules and name not in binders.functions:
        return []
    result = []
    for position, how in binders.changed.get(name, []):
        kind, _, function = how.partition(" ")
        if name in binders.functions:
            if kind == "attribute":
                result.append(position)
        elif kind != "call" or function in binders.functions:
            result.append(position)
    return result


def _setters(binders: Binders) -> dict[str, list[int]]:
    """Return, for each name that a function declares global, the statements that call such a function."""
    result: dict[str, list[int]] = {}
    if not binders.globals_of:
        return result
    for position, statement in binders.statements.items():
        for function in called(statement.node):
            for name in binders.globals_of.get(function, ()):
                result.setdefault(name, []).append(position)
    return result


def _star_matters(binders: Binders, position: int, unbound: set[str]) -> bool:
    """Whether a star import may bind one of the names; numpy and math hide builtins, and are cheap."""
    node = binders.statements[position].node
    module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
    return bool(unbound - _BUILTINS) or module.partition(".")[0] in {"numpy", "math"}
