"""Decide what to run of a program, before anything of it runs."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.model import JSON, Cell, CodeOf, Found, LoadReport, Message, Note, Program, Wanted
from grader.sandbox.loader.bytecode import code_of
from grader.sandbox.loader.choosing import Binders, Choice, choose, data_globals, index, place
from grader.sandbox.loader.fingerprints import fingerprint
from grader.sandbox.loader.needs import Needs, needed
from grader.sandbox.loader.parsing import read_cells
from grader.sandbox.loader.pieces import Statement, Text, file_name
from grader.sandbox.loader.plain import codes
from grader.sandbox.loader.python2 import NAMES as PYTHON2

NUMPY = ("np", "numpy")
_DYNAMIC = ("import *", "exec(", "globals()", "setattr(", "%run", "%load")
MOST_PLACES = 300
"""Characters that a list of places has at most."""
LONGEST_STATEMENT = 2000
"""Lines of one statement that are told as such."""
MOST_CELLS = 60
"""Cells that are told as skipped."""


@dataclass(slots=True)
class Plan:
    """What was read, chosen and found necessary."""

    text: Text
    binders: Binders
    choice: Choice
    needs: Needs
    report: LoadReport = field(default_factory=lambda: LoadReport(found={}))
    plain: bool = False
    """Whether the whole program is (`plain`), be a part of it replaced."""

    def statements(self, *, everything: bool) -> list[Statement]:
        """Return the statements to run, in order, but no unwritten copy of what is written elsewhere."""
        positions = sorted(self.binders.statements) if everything else self.needs.positions
        return [self.binders.statements[position] for position in positions if position not in self.choice.lost]

    @property
    def python2(self) -> bool:
        """Whether the program was written for Python 2, or uses names that only it had."""
        return self.text.python2 or not self.needs.unbound.isdisjoint(PYTHON2)

    def without(self, replaced: Collection[str]) -> Plan:
        """Return the plan for the same program where some names need not be made; its report stays."""
        return replace(self, needs=needed(self.choice.chosen, self.binders, replaced))

    def may_define(self, name: str) -> bool:
        """Whether running all statements may bind a name that the needed ones did not.

        In a plain program they never run: whatever they did would come upon functions that are told by their code.
        """
        if self.plain or len(self.needs.positions) >= len(self.binders.statements):
            return False
        return name in self.binders.bound or any(
            word in line for lines in self.text.lines.values() for line in lines for word in _DYNAMIC
        )


def plan(
    program: Program,
    wanted: Sequence[Wanted],
    replaced: Collection[str],
    fingerprints: Mapping[str, Collection[int]] | None = None,
) -> Plan:
    """Read a program, choose the definitions of the wanted names, and find what they need.

    `fingerprints` has them reported for the names in it, what is given there left out.

    A program too large or too deep to be looked at has nothing in it, and says so.
    """
    try:
        return _plan(program, wanted, replaced, fingerprints or {})
    except (RecursionError, MemoryError):
        empty = _plan(Program(cells=()), wanted, replaced, {})
    params: dict[str, JSON] = {"place": None, "reason": "too complex"}
    found = {
        question.name: Found(
            status="syntax", message=Message(code="missing.syntax", params={**params, "name": question.name})
        )
        for question in wanted
    }
    empty.report = LoadReport(found=found)
    return empty


def _plan(
    program: Program,
    wanted: Sequence[Wanted],
    replaced: Collection[str],
    given: Mapping[str, Collection[int]],
) -> Plan:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = read_cells(program.cells)
        binders = index(text, _beside(text, program.siblings))
        choice = choose(wanted, text, binders, program.siblings)
        _refuse_uncompilable(choice)
    needs = needed(choice.chosen, binders, replaced)
    notes = [*_found_notes(choice), *_run_notes(binders, needs)]
    notes += [
        *_cells_skipped(text),
        *_read_only_here(text, needs),
        *_global_notes(choice, wanted, binders, replaced),
        *choice.notes,
    ]
    if needs.unbound & set(NUMPY):
        notes.append(Note(code="numpy.assumed"))
    chosen = choice.chosen.items()
    prints = {name: fingerprint(each.node, given[name]) for name, each in chosen if name in given}
    made = Plan(text, binders, choice, needs)
    told: Mapping[str, CodeOf] = {}
    if not made.python2:
        whole = made.without(()) if replaced else made
        graded = {candidate.name for candidate in choice.chosen.values()}
        told = codes(whole.statements(everything=False), graded, whole.needs.unbound, program.siblings)
        made.plain = bool(told)
    made.report = LoadReport(
        found=choice.found, notes=tuple(notes), fingerprints=prints, codes={} if replaced else told
    )
    return made


def _beside(text: Text, siblings: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return, for each file beside that is imported with a star somewhere, the functions that it defines or imports."""
    if not siblings or not any("import *" in line or "%run" in line for rows in text.lines.values() for line in rows):
        return {}
    found: dict[str, frozenset[str]] = {}
    for name in sorted(siblings):
        module = name.removesuffix(".py")
        inside = index(read_cells([Cell(source=siblings[name])], f"<{name}>"))
        found[module] = frozenset(one for one in inside.functions | inside.modules if not one.startswith("_"))
    return found


def _refuse_uncompilable(choice: Choice) -> None:
    """Take out definitions that parse and that the compiler refuses all the same."""
    for name, candidate in list(choice.chosen.items()):
        statement = candidate.statement
        if statement is None:
            continue
        try:
            code_of(statement)
        except SyntaxError as error:
            where = place(candidate.location) | {"line": error.lineno or candidate.location.line}
            params: dict[str, JSON] = {"place": dict(where), "reason": str(error.msg)[:200], "name": name}
            message = Message(code="missing.syntax", params=params)
            choice.found[name] = Found(
                status="syntax", defined_as=candidate.name, location=candidate.location, message=message
            )
            del choice.chosen[name]


def _cells_skipped(text: Text) -> list[Note]:
    notes = []
    for broken in text.broken[:MOST_CELLS]:
        params: dict[str, JSON] = {**place(broken.location), "text": broken.text, "reason": broken.reason}
        notes.append(Note(code="skipped.cell", params=params))
    return notes


def _read_only_here(text: Text, needs: Needs) -> list[Note]:
    """Note what the file owes to being read leniently: Python itself refuses it, or lacks a name of Python 2."""
    notes = [
        Note(code=code, params={"place": dict(place(where)), "text": text.head(file_name(where.cell), where.line)})
        for code, where in sorted(text.only_here.items())
    ]
    return notes + [
        Note(code="only_here.name", params={"name": name, "now": PYTHON2[name].__name__})
        for name in sorted(needs.unbound & PYTHON2.keys())
    ]


def _global_notes(choice: Choice, wanted: Sequence[Wanted], binders: Binders, replaced: Collection[str]) -> list[Note]:
    """Note each variable of the notebook that a graded function uses."""
    notes = []
    functions = {question.name for question in wanted if question.kind == "function"} - set(replaced)
    for name, candidate in choice.chosen.items():
        if name not in functions:
            continue
        for variable, position in data_globals(candidate, binders).items():
            where = place(binders.statements[position].location)
            params: dict[str, JSON] = {"name": name, "global": variable, "defined": True, "place": dict(where)}
            notes.append(Note(code="global.used", params=params))
    return notes


def _found_notes(choice: Choice) -> list[Note]:
    """Note where each graded name was found, and under which other name."""
    notes = []
    for name, candidate in choice.chosen.items():
        params: dict[str, JSON] = {"name": name, "place": dict(place(candidate.location))}
        if candidate.name == name:
            notes.append(Note(code="found.name", params=params))
        else:
            notes.append(Note(code="found.alias", params=params | {"alias": candidate.name}))
    return notes


def _run_notes(binders: Binders, needs: Needs) -> list[Note]:
    """Note what will run and what nothing graded needs: cells of a notebook, lines of a script."""
    chosen = set(needs.positions)
    ran, rest = _Places(), _Places()
    for position, statement in sorted(binders.statements.items()):
        (ran if position in chosen else rest).add(statement)
    rest.cells -= ran.cells
    told = [("ran", ran), ("unused", rest)]
    return [Note(code=f"{code}.{places.kind}", params=places.params()) for code, places in told if places.count]


class _Places:
    """The places of some statements, in few words."""

    def __init__(self) -> None:
        self.cells: set[int] = set()
        self.lines: set[int] = set()
        self.count = 0

    def add(self, statement: Statement) -> None:
        self.count += 1
        if statement.cell is not None:
            self.cells.add(statement.cell)
        else:
            first = statement.node.lineno
            self.lines.update(range(first, min(statement.node.end_lineno or first, first + LONGEST_STATEMENT) + 1))

    @property
    def kind(self) -> str:
        """What the places are, as the end of a note's code."""
        return "cells" if self.cells else "lines" if self.lines else "statements"

    def params(self) -> dict[str, JSON]:
        """Return the count, and the places as `1, 3-5, 9`."""
        numbers = ", ".join(f"{a}-{b}" if b > a else str(a) for a, b in _ranges(sorted(self.cells or self.lines)))
        return {"count": self.count, "places": numbers[:MOST_PLACES]}


def _ranges(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of numbers that follow one another."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
