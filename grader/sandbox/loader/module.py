"""The student's module as it comes to be: statements run, graded values kept, what failed remembered."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from grader.model import Cell, Note, Wanted
from grader.sandbox.loader import old_scalars
from grader.sandbox.loader.bytecode import compiled
from grader.sandbox.loader.calling import defaults_of, signature_from, stand_for
from grader.sandbox.loader.choosing import Candidate, index
from grader.sandbox.loader.imports import Importer
from grader.sandbox.loader.old_numpy import put_back, used
from grader.sandbox.loader.parsing import read_cells
from grader.sandbox.loader.pieces import Statement
from grader.sandbox.loader.planning import NUMPY, Plan
from grader.sandbox.loader.running import Runner, namespace


class NotDefinedError(Exception):
    """A graded name turned out not to be callable, or to have no value, when its statement ran."""


class Module:
    """One program's namespace, with the graded values in it and the errors of those that could not be made."""

    def __init__(
        self,
        plan: Plan,
        wanted: Mapping[str, Wanted],
        replaced: Mapping[str, Callable[..., Any]],
        siblings: Mapping[str, str],
        note: Callable[[Note], None],
    ) -> None:
        self.values: dict[str, Any] = {}
        self.failures: dict[str, BaseException] = {}
        self.space: dict[str, Any] = {}
        self.everything_ran = False
        self.lenient = False
        self.patched = False
        """Whether numpy was given names for it that it no longer has."""
        self.trees: dict[str, list[ast.stmt]] = {}
        self._plan = plan
        self._wanted = wanted
        self._replaced = replaced
        self._siblings = siblings
        self._note = note
        for statement in plan.text.statements:
            self.trees.setdefault(statement.file, []).append(statement.node)

    def run(self, *, everything: bool = False, lenient: bool = False) -> None:
        """Run the needed statements, or all, in a fresh namespace; `lenient` rewrites what only old numpy took."""
        self.everything_ran, self.lenient = everything, lenient
        statements = self._plan.statements(everything=everything)
        for name in put_back(used(statements, self._plan.text.lines.values())):
            self.patched = True
            self._note(Note(code="numpy.removed", params={"name": name}))
        importer = Importer(self._siblings, self._run_sibling, self._note, self._trees_of)
        extra = self._numpy(everything) | (old_scalars.NAMES if lenient else {})
        self.space = namespace(importer, extra, python2=self._plan.python2)
        stand_ins = self._stand_ins()
        self.space.update(stand_ins)
        before = self.values
        self.values, self.failures = {}, {}
        runner = Runner(self._plan.text, self.space, self._note, lenient=lenient)
        runner.run(statements, all_of_them=everything, after=self._keep)
        for name, candidate in self._plan.choice.chosen.items():
            if name not in self.values and name not in self._replaced:
                self._rescue(name, candidate, runner)
            if name not in self.values and name in before:
                # What was there before more was run is better than nothing.
                self.values[name] = before[name]
                self.failures.pop(name, None)
        for name, value in self.values.items():
            if name not in self._replaced:
                self.space[self._plan.choice.chosen[name].name] = value
        self.space.update(stand_ins)

    def _keep(self, statement: Statement) -> None:
        """Keep a graded value as it is when its definition has run: a later cell may give its name to a number."""
        for name, candidate in self._plan.choice.chosen.items():
            if candidate.position == statement.position and candidate.name in self.space:
                self.values[name] = self.space[candidate.name]

    def _numpy(self, everything: bool) -> dict[str, Any]:
        """Return numpy under its usual names where the program's own import of it is gone."""
        if not everything and not self._plan.needs.unbound & set(NUMPY):
            return {}
        import numpy as np

        return dict.fromkeys(NUMPY, np)

    def _rescue(self, name: str, candidate: Candidate, runner: Runner) -> None:
        """Define a function whose surroundings failed: one inside a `try`, an `if` or a `with`."""
        failure = runner.failures.get(candidate.position)
        node, statement = candidate.node, candidate.statement
        if isinstance(node, ast.stmt) and statement is not None and node is not statement.node:
            try:
                exec(compiled(node, statement.file), self.space)
                self.values[name] = self.space[candidate.name]
            except BaseException as error:
                self.failures[name] = error
            return
        self.failures[name] = failure.error if failure else NotDefinedError(name)

    def _stand_ins(self) -> dict[str, Any]:
        """Return what takes the place of replaced names, under all their names."""
        result: dict[str, Any] = {}
        for name, replacement in self._replaced.items():
            question = self._wanted.get(name)
            if question is None:
                continue
            candidate = self._plan.choice.chosen.get(name)
            student = signature_from(candidate.node) if candidate else None
            stand_in = stand_for(replacement, question.parameters, student, defaults_of(question.stub))
            result |= dict.fromkeys((name, *question.aliases), stand_in)
        return result

    def _run_sibling(self, name: str, source: str, space: dict[str, Any]) -> None:
        """Run a file that was handed in beside the program as the module that it is imported as."""
        file = f"<{name}.py>"
        text = read_cells([Cell(source=source)], file)
        self.trees[file] = [statement.node for statement in text.statements]
        for old in put_back(used(text.statements, text.lines.values())):
            self._note(Note(code="numpy.removed", params={"name": old}))
        space["__builtins__"] = self.space["__builtins__"]
        if "np" not in index(text).bound:
            space |= self._numpy(True)
        Runner(text, space, self._ignore).run(text.statements, all_of_them=True)

    def _ignore(self, _: Note) -> None:
        """Leave out what is skipped in a sibling."""

    def _trees_of(self, file: str) -> list[ast.stmt]:
        return self.trees.get(file, [])
