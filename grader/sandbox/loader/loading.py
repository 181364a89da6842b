"""Load a program: find the graded names, run what they need, and hand over callables."""

from __future__ import annotations

import ast
import copy
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from grader.model import Cell, LoadReport, Message, Note, Program, Raised, Stopped, Verdict, Wanted
from grader.sandbox.loader import explaining
from grader.sandbox.loader.blanks import stub_function
from grader.sandbox.loader.calling import caller, signature_from, signature_of, stand_for
from grader.sandbox.loader.choosing import Candidate, index, place
from grader.sandbox.loader.imports import Importer
from grader.sandbox.loader.old_numpy import put_back, used
from grader.sandbox.loader.parsing import read_cells
from grader.sandbox.loader.planning import NUMPY, Plan, plan
from grader.sandbox.loader.running import Runner, compiled, namespace
from grader.sandbox.loader.unwritten import shows_unwritten

MOST_NOTES = 200


class NotDefinedError(Exception):
    """A graded name turned out not to be callable, or to have no value, when its statement ran."""


def load(
    program: Program,
    wanted: Sequence[Wanted],
    *,
    replaced: Mapping[str, Callable[..., Any]] | None = None,
    on_report: Callable[[LoadReport], None] | None = None,
    fingerprints: bool = False,
    detailed: bool = False,
) -> Loaded:
    """Find the wanted names in a program and run the statements that they need.

    `replaced` callables take the place of the student's definitions and are called with the reference's positional
    arguments. `on_report` is called before any student statement runs. `detailed` notes what ran and what nothing needed.
    What the program does or is never makes this raise.
    """
    taken = dict(replaced or {})
    aliases = {alias for question in wanted if question.name in taken for alias in question.aliases}
    loaded = Loaded(
        program, wanted, taken, plan(program, wanted, {*taken, *aliases}, fingerprints=fingerprints, detailed=detailed)
    )
    if on_report is not None:
        on_report(loaded.report)
    loaded.run()
    return loaded


class Loaded:
    """A program whose graded names can be called.

    `functions` maps every found function to a callable that takes the reference's positional arguments (one whose
    definition failed raises what that raised); `answers` maps graded answers to their values. `explain` turns what a
    call raised into a value. For an answer that could not be made, `unmade(name)` says why.
    """

    def __init__(
        self, program: Program, wanted: Sequence[Wanted], replaced: Mapping[str, Callable[..., Any]], plan: Plan
    ) -> None:
        self.report: LoadReport = plan.report
        self.functions: dict[str, Callable[..., Any]] = {}
        self.answers: dict[str, object] = {}
        self._plan = plan
        self._wanted = {question.name: question for question in wanted}
        self._replaced = replaced
        self._siblings = program.siblings
        self._trees: dict[str, list[ast.stmt]] = {}
        self._notes: dict[str, Note] = {}
        self._values: dict[str, object] = {}
        self._failures: dict[str, BaseException] = {}
        self._space: dict[str, Any] = {}
        self._everything_ran = False
        for statement in plan.text.statements:
            self._trees.setdefault(statement.file, []).append(statement.node)
        for note in plan.report.notes:
            self._note(note)

    def notes(self) -> tuple[Note, ...]:
        """Return what was noticed so far: the report's notes first, then what came up while things ran."""
        return tuple(self._notes.values())

    def _note(self, note: Note) -> None:
        if len(self._notes) < MOST_NOTES:
            self._notes.setdefault(repr(note), note)

    # --- running ------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Run the needed statements; where a definition wants a name that only the rest may give, run all once more."""
        self._run(everything=False)
        if any(isinstance(error, NameError) and self._may_help(error) for error in self._failures.values()):
            self._run(everything=True)
        for name in [*self._plan.choice.chosen, *self._replaced]:
            if name in self._wanted and self._wanted[name].kind == "function":
                self.functions[name] = self._callable(name)
        self.answers = {
            name: value
            for name, value in self._values.items()
            if name in self._wanted and self._wanted[name].kind == "answer"
        }

    def _run(self, *, everything: bool) -> None:
        """Run statements in a fresh namespace and bind the graded names."""
        self._everything_ran = everything
        statements = self._plan.statements(everything=everything)
        for name in put_back(used(statement.node for statement in statements)):
            self._note(Note(code="numpy.removed", params={"name": name}))
        importer = Importer(self._siblings, self._run_sibling, self._note, self._trees_of)
        self._space = namespace(importer, self._numpy(everything), python2=self._plan.text.python2)
        self._space.update(self._stand_ins())
        runner = Runner(self._plan.text, self._space, self._note)
        self._values.clear()
        self._failures.clear()
        at: dict[int, list[str]] = {candidate.position: [] for candidate in self._plan.choice.chosen.values()}
        for name, candidate in self._plan.choice.chosen.items():
            at[candidate.position].append(name)

        def keep(statement: Any) -> None:
            for name in at.get(statement.position, ()):
                own = self._plan.choice.chosen[name].name
                if own in self._space:
                    self._values[name] = self._space[own]

        runner.run(statements, all_of_them=everything, after=keep)
        for name, candidate in self._plan.choice.chosen.items():
            if name not in self._values and name not in self._replaced:
                self._rescue(name, candidate, runner)
        for name, value in self._values.items():
            if name not in self._replaced:
                self._space[self._plan.choice.chosen[name].name] = value
        self._space.update(self._stand_ins())

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
                exec(compiled(node, statement.file), self._space)
                self._values[name] = self._space[candidate.name]
            except BaseException as error:
                self._failures[name] = error
            return
        self._failures[name] = failure.error if failure else NotDefinedError(name)

    def _stand_ins(self) -> dict[str, Any]:
        """Return what takes the place of replaced names, under all their names."""
        result: dict[str, Any] = {}
        for name, replacement in self._replaced.items():
            question = self._wanted.get(name)
            if question is None:
                continue
            candidate = self._plan.choice.chosen.get(name)
            student = signature_from(candidate.node) if candidate else None
            stub = signature_from(stub_function(question.stub, name))
            defaults = {
                p.name: p.default for p in (stub.parameters.values() if stub else ()) if p.default is not p.empty
            }
            stand_in = stand_for(replacement, question.parameters, student, defaults)
            result |= dict.fromkeys((name, *question.aliases), stand_in)
        return result

    def _run_sibling(self, name: str, source: str, space: dict[str, Any]) -> None:
        file = f"<{name}.py>"
        text = read_cells([Cell(source=source)], file)
        self._trees[file] = [statement.node for statement in text.statements]
        for old in put_back(used(self._trees[file])):
            self._note(Note(code="numpy.removed", params={"name": old}))
        space["__builtins__"] = self._space["__builtins__"]
        if text.statements and "np" not in index(text).bound:
            space |= self._numpy(True)
        Runner(text, space, lambda _: None).run(text.statements, all_of_them=True)

    def _trees_of(self, file: str) -> list[ast.stmt]:
        return self._trees.get(file, [])

    # --- calling ------------------------------------------------------------------------------------------------

    def _callable(self, name: str) -> Callable[..., Any]:
        if name in self._replaced:
            return self._replaced[name]
        failure = self._failures.get(name)
        if failure is None and not callable(self._values[name]):
            failure = NotDefinedError(name)
        if failure is not None:
            return _raising(failure)
        plain = caller(self._values[name], self._wanted[name].parameters)  # type: ignore[arg-type]
        if self._everything_ran or not self._may_lack_names():
            return (
                _finished(plain)
                if isinstance(self._values[name], types.FunctionType) and _is_async(self._values[name])
                else plain
            )

        def call(*args: Any) -> Any:
            """Call; where a name is missing that the rest of the program may define, run that and call again."""
            if self._everything_ran:
                return self._again(name, args)
            kept = copy.deepcopy(args)
            try:
                return plain(*args)
            except NameError as error:
                if isinstance(error, UnboundLocalError) or not self._may_help(error):
                    raise
                self._run(everything=True)
                if error.name not in self._space:
                    raise
            return self._again(name, kept)

        return call

    def _again(self, name: str, args: tuple[Any, ...]) -> Any:
        if name in self._failures:
            raise self._failures[name]
        return caller(self._values[name], self._wanted[name].parameters)(*args)  # type: ignore[arg-type]

    def _may_lack_names(self) -> bool:
        builtin = self._space["__builtins__"]
        return any(name not in self._space and name not in builtin for name in self._plan.needs.unbound) or any(
            name not in self._space for name in self._names_needed()
        )

    def _names_needed(self) -> Iterator[str]:
        binders = self._plan.binders
        positions = set(self._plan.needs.positions)
        for name, bound in binders.bound.items():
            if any(position in positions for position, _ in bound):
                yield name

    def _may_help(self, error: NameError) -> bool:
        name = error.name
        return isinstance(name, str) and not self._everything_ran and self._plan.may_define(name)

    # --- explaining ---------------------------------------------------------------------------------------------

    def unmade(self, name: str) -> Raised | Stopped | None:
        """Return why a graded answer has no value though it was found; None where it has one."""
        if name in self.answers:
            return None
        error = self._failures.get(name)
        return self.explain(error if error is not None else NotDefinedError(name), name)

    def explain(self, error: BaseException, name: str) -> Raised | Stopped:
        """Turn what a call of a graded name raised into a value."""
        try:
            return self._explain(error, name)
        except BaseException:
            return Raised(type=explaining.type_name(error))

    def _explain(self, error: BaseException, name: str) -> Raised | Stopped:
        candidate = self._plan.choice.chosen.get(name)
        if type(error) is NotDefinedError:
            return Stopped(verdict=Verdict.MISSING, message=Message(code="missing.name", params={"name": name}))
        files = self._plan.text.cells
        if candidate is not None and shows_unwritten(error, candidate, files):
            params = {"place": place(candidate.location)}
            return Stopped(verdict=Verdict.MISSING, message=Message(code="missing.blank", params=params))
        raised = explaining.raised(error, files, self._trees)
        extra = self._extra(error, name, raised)
        if not extra:
            return raised
        return Raised(
            type=raised.type, message=raised.message, location=raised.location, params={**raised.params, **extra}
        )

    def _extra(self, error: BaseException, name: str, raised: Raised) -> dict[str, Any]:
        """Return what only the loader knows: both signatures, where a missing global would have come from."""
        seen = explaining.frames(error, self._plan.text.cells)
        if isinstance(error, TypeError) and not seen and name in self._values:
            own = signature_of(self._values[name])
            parameters = ", ".join(self._wanted[name].parameters)
            return {"signature": f"{name}{own}"[:200] if own else name, "expected": f"{name}({parameters})"}
        extra: dict[str, Any] = {}
        if seen and name in self._plan.choice.chosen:
            function = seen[-1][0].f_code.co_name
            if function.isidentifier() and function != self._plan.choice.chosen[name].name:
                extra["function"] = function[:100]
        if isinstance(error, NameError) and not isinstance(error, UnboundLocalError):
            missing = raised.params.get("name")
            bound = self._plan.binders.bound.get(missing, []) if isinstance(missing, str) else []
            if bound:
                extra["place"] = place(self._plan.binders.statements[bound[-1][0]].location)
            self._note(Note(code="global.used", params={"name": name, "global": missing, "defined": False}))
        return extra


def _raising(failure: BaseException) -> Callable[..., Any]:
    """Return a function that raises what its definition raised."""

    def call(*_: Any) -> Any:
        raise failure

    return call


def _is_async(function: Any) -> bool:
    return bool(function.__code__.co_flags & 0x80)


def _finished(function: Callable[..., Any]) -> Callable[..., Any]:
    """Run a coroutine function that awaits nothing to its end."""

    def call(*args: Any) -> Any:
        coroutine = function(*args)
        try:
            coroutine.send(None)
        except StopIteration as stop:
            return stop.value
        finally:
            coroutine.close()
        raise RuntimeError("the function waits for something")

    return call
