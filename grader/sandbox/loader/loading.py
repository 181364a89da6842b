"""Load a program: find the graded names, run what they need, and hand over callables."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from grader.model import JSON, LoadReport, Message, Note, Program, Raised, Stopped, Verdict, Wanted
from grader.sandbox.loader import explaining, old_scalars
from grader.sandbox.loader.calling import caller, finished, signature_of
from grader.sandbox.loader.choosing import place
from grader.sandbox.loader.module import Module, NotDefinedError
from grader.sandbox.loader.planning import Plan, plan
from grader.sandbox.loader.running import BudgetSpent

MOST_NOTES = 200


def load(
    program: Program,
    wanted: Sequence[Wanted],
    *,
    replaced: Mapping[str, Callable[..., Any]] | None = None,
    on_report: Callable[[LoadReport], None] | None = None,
    fingerprints: Mapping[str, Collection[int]] | None = None,
) -> Loaded:
    """Find the wanted names in a program and run the statements that they need.

    `fingerprints` asks for those of the names in it, what is given there left out.
    `replaced` callables take the place of the student's definitions and are called with the reference's positional
    arguments. `on_report` is called before any student statement runs. What the program does or is never makes this
    raise.
    """
    taken = dict(replaced or {})
    made = plan(program, wanted, _names(taken, wanted), fingerprints)
    loaded = Loaded(program, wanted, taken, made)
    if on_report is not None:
        on_report(loaded.report)
    loaded.run()
    return loaded


def _names(replaced: Collection[str], wanted: Iterable[Wanted]) -> set[str]:
    """Return all names of what is replaced."""
    return {*replaced, *(alias for question in wanted if question.name in replaced for alias in question.aliases)}


class Loaded:
    """A program whose graded names can be called.

    `functions` maps every found function to a callable that takes the reference's positional arguments (one whose
    definition failed raises what that raised); `answers` maps graded answers to their values. `explain` turns what a
    call raised into a value. For an answer that could not be made, `unmade(name)` says why.
    """

    def __init__(
        self, program: Program, wanted: Sequence[Wanted], replaced: Mapping[str, Callable[..., Any]], made: Plan
    ) -> None:
        self.report: LoadReport = made.report
        self.functions: dict[str, Callable[..., Any]] = {}
        self.answers: dict[str, object] = {}
        self._program = program
        self._plan = made
        self._wanted = {question.name: question for question in wanted}
        self._replaced = replaced
        self._notes: dict[tuple[str, str], Note] = {}
        self._module = Module(made, self._wanted, replaced, program.siblings, self._note)
        self._may_meet_arrays = False
        self._callers: dict[str, tuple[object, Callable[..., Any]]] = {}
        """How each function is called, with the function."""
        self.fresh: Callable[[], tuple[Any, ...]] | None = None
        """Makes the arguments of the present call anew; without it, those of each call that may need it are copied."""
        for note in made.report.notes:
            self._note(note)

    def notes(self) -> tuple[Note, ...]:
        """Return what was noticed so far: the report's notes first, then what came up while things ran."""
        return tuple(self._notes.values())

    def _note(self, note: Note) -> None:
        if len(self._notes) < MOST_NOTES:
            self._notes.setdefault((note.code, repr(note.params)), note)

    @property
    def is_plain(self) -> bool:
        """Whether nothing around the program can have changed by it, but for the numbers that it has drawn."""
        return self._plan.plain and not self._module.patched

    def run(self) -> None:
        """Run the needed statements; where a definition wants a name that only the rest may give, run all once more."""
        module = self._module
        module.run()
        if any(isinstance(error, NameError) and self._may_help(error) for error in module.failures.values()):
            self._run_everything()
        needed = self._plan.statements(everything=False)
        self._may_meet_arrays = old_scalars.may_meet(needed) and old_scalars.is_strict()
        for name in {*self._plan.choice.chosen, *self._replaced} & set(self._wanted):
            if self._wanted[name].kind == "function":
                self.functions[name] = self._callable(name)
            elif name in module.values:
                self.answers[name] = module.values[name]

    def once_more(self, replaced: Mapping[str, Callable[..., Any]]) -> Loaded:
        """Load the same program in a namespace of its own, with other callables in the place of its definitions."""
        wanted = list(self._wanted.values())
        made = self._plan.without(_names(replaced, wanted))
        loaded = Loaded(self._program, wanted, dict(replaced), made)
        loaded.run()
        return loaded

    def _run_everything(self) -> None:
        self._note(Note(code="ran.everything"))
        self._module.run(everything=True, lenient=self._module.lenient)

    # --- calling ------------------------------------------------------------------------------------------------

    def _callable(self, name: str) -> Callable[..., Any]:
        if name in self._replaced:
            return self._replaced[name]
        failure = self._failure(name)
        if failure is not None:
            return _raising(failure)
        if not self._may_meet_arrays and not self._may_lack_names():
            return self._plain(name)

        def call(*args: Any, **kwargs: Any) -> Any:
            """Call; where that ends for want of what running the program otherwise may give, do so and call again."""
            module = self._module
            if module.everything_ran and (module.lenient or not self._may_meet_arrays):
                return self._plain(name)(*args, **kwargs)
            kept = copy.deepcopy((args, kwargs)) if self.fresh is None else None
            try:
                return self._plain(name)(*args, **kwargs)
            except NameError as error:
                if isinstance(error, UnboundLocalError) or not self._may_help(error):
                    raise
                self._run_everything()
                if error.name not in module.space or self._failure(name) is not None:
                    raise
            except (TypeError, ValueError) as error:
                if module.lenient or not self._may_meet_arrays or not old_scalars.is_refused(error):
                    raise
                module.run(everything=module.everything_ran, lenient=True)
                if self._failure(name) is not None:
                    raise
                self._note(Note(code="numpy.scalar", params={"name": name}))
            args, kwargs = kept or (self.fresh() if self.fresh else args, {})
            return self._plain(name)(*args, **kwargs)

        return call

    def _failure(self, name: str) -> BaseException | None:
        failure = self._module.failures.get(name)
        if failure is None and not callable(self._module.values.get(name)):
            return NotDefinedError(name)
        return failure

    def _plain(self, name: str) -> Callable[..., Any]:
        question, own = self._wanted[name], self._module.values[name]
        if name not in self._callers or self._callers[name][0] is not own:
            self._callers[name] = (own, finished(caller(own, question.parameters, question.stub), own))
        return self._callers[name][1]

    def _may_lack_names(self) -> bool:
        """Whether a name that the needed statements use has no value."""
        space, needs = self._module.space, self._plan.needs
        builtin = space["__builtins__"]
        if any(name not in space and name not in builtin for name in needs.unbound):
            return True
        positions = set(needs.positions)
        bound = self._plan.binders.bound.items()
        return any(name not in space and any(at in positions for at, _ in binders) for name, binders in bound)

    def _may_help(self, error: NameError) -> bool:
        name = error.name
        return isinstance(name, str) and not self._module.everything_ran and self._plan.may_define(name)

    # --- explaining ---------------------------------------------------------------------------------------------

    def unmade(self, name: str) -> Raised | Stopped | None:
        """Return why a graded answer has no value; None where it has one."""
        if name in self.answers:
            return None
        found = self.report.found.get(name)
        if found is not None and found.message is not None:
            return Stopped(verdict=Verdict.MISSING, message=found.message)
        return self.explain(self._module.failures.get(name) or NotDefinedError(name), name)

    def explain(self, error: BaseException, name: str) -> Raised | Stopped:
        """Turn what a call of a graded name raised into a value."""
        try:
            return self._explain(error, name)
        except BaseException:
            return Raised(type=explaining.type_name(error))

    def _explain(self, error: BaseException, name: str) -> Raised | Stopped:
        if type(error) is NotDefinedError:
            return Stopped(verdict=Verdict.MISSING, message=Message(code="missing.name", params={"name": name}))
        if type(error) is BudgetSpent:
            return Stopped(verdict=Verdict.TIME_LIMIT, message=Message(code="time_limit"))
        raised = explaining.raised(error, self._plan.text.cells, self._module.trees)
        extra = self._extra(error, name, raised)
        params = {**raised.params, **extra}
        return Raised(type=raised.type, message=raised.message, location=raised.location, params=params)

    def _extra(self, error: BaseException, name: str, raised: Raised) -> dict[str, JSON]:
        """Return what only the loader knows: both signatures, the function, where a missing global comes from."""
        seen = explaining.frames(error, self._plan.text.cells)
        if isinstance(error, TypeError) and not seen and name in self._module.values:
            own = signature_of(self._module.values[name])
            parameters = ", ".join(self._wanted[name].parameters)
            return {"signature": explaining.clean(f"{name}{own or ''}", 200), "expected": f"{name}({parameters})"}
        extra: dict[str, JSON] = {}
        if seen and name in self._plan.choice.chosen:
            function = seen[-1][0].f_code.co_name
            if function.isidentifier() and function != self._plan.choice.chosen[name].name:
                extra["function"] = function[:100]
        missing = raised.params.get("name")
        if type(error) is NameError and isinstance(missing, str):
            bound = self._plan.binders.bound.get(missing, [])
            if bound:
                extra["place"] = dict(place(self._plan.binders.statements[bound[-1][0]].location))
            # What nothing in the program makes comes from nowhere, not from outside: a typing mistake, perhaps.
            if bound and missing not in self._wanted:  # a graded name that is missing says so itself
                self._note(Note(code="global.used", params={"name": name, "global": missing, "defined": False}))
        return extra


def _raising(failure: BaseException) -> Callable[..., Any]:
    """Return a function that raises what its definition raised."""
    trace = failure.__traceback__

    def call(*_: Any, **__: Any) -> Any:
        raise failure.with_traceback(trace)

    return call
