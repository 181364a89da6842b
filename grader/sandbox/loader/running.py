"""Run statements one by one in a namespace, so that a failing one costs only itself."""

from __future__ import annotations

import ast
import builtins
import copy
import sys
import time
import types
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from grader.model import Note
from grader.sandbox.loader import old_scalars
from grader.sandbox.loader.bytecode import code_of, compiled
from grader.sandbox.loader.choosing import place
from grader.sandbox.loader.pieces import Statement, Text
from grader.sandbox.loader.python2 import NAMES as PYTHON2
from grader.sandbox.loader.scopes import DEFINITIONS
from grader.sandbox.loader.standins import Inert

ONE_STATEMENT = 1.0
"""Seconds that one statement may take where only needed ones run."""
ALL_STATEMENTS = 1.0
"""Seconds that all statements together may take where all run, and 0.3 of it each."""
LARGEST_COUNT = 3000


_SPARE: list[dict[str, Any]] = []
"""Python's own names for the next namespace."""


class BudgetSpent(BaseException):
    """A statement took too long; not an Exception, so that student code does not catch it by the way."""


@dataclass(slots=True)
class Failure:
    """A statement that raised."""

    statement: Statement
    error: BaseException


def namespace(importer: Callable[..., Any], extra: Mapping[str, Any], *, python2: bool) -> dict[str, Any]:
    """Return a fresh namespace of a student's module, with the names that a notebook or an old Python has besides."""
    names = _SPARE.pop() if _SPARE else dict(builtins.__dict__)
    names["__import__"] = importer
    names["get_ipython"] = Inert
    names["display"] = _show_nothing
    if python2:
        names |= PYTHON2
    return {"__name__": "__main__", "__doc__": None, "__builtins__": names, **extra}


def spare() -> None:
    """Copy Python's own names for the next namespace, where that costs no worker a page of each of them."""
    _SPARE[:] = [dict(builtins.__dict__)]


def _show_nothing(*_: Any, **__: Any) -> None:
    """Stand for IPython's display."""


class Runner:
    """Runs statements of one program in one namespace and keeps what failed."""

    def __init__(
        self, text: Text, space: dict[str, Any], note: Callable[[Note], None], *, lenient: bool = False
    ) -> None:
        self.space = space
        self.failures: dict[int, Failure] = {}
        self._text = text
        self._lenient = lenient
        self._note = note

    def run(
        self,
        statements: Iterable[Statement],
        *,
        all_of_them: bool = False,
        after: Callable[[Statement], None] = lambda _: None,
    ) -> None:
        """Run statements in order, those that lack a name once more at the end; call `after` for each that ran."""
        deadline = time.perf_counter() + (ALL_STATEMENTS if all_of_them else 3 * ONE_STATEMENT)
        slice_ = 0.3 * ALL_STATEMENTS if all_of_them else ONE_STATEMENT
        again: list[Statement] = []
        for count, statement in enumerate(statements):
            late = time.perf_counter() >= deadline and not _defines(statement.node)
            if count >= LARGEST_COUNT or late:
                self._skip(statement, "budget")
                continue
            error = self._run_one(statement, min(deadline, time.perf_counter() + slice_))
            if error is None:
                after(statement)
                continue
            self.failures[statement.position] = Failure(statement, error)
            if isinstance(error, NameError):
                again.append(statement)
        for statement in again:
            error = self._run_one(statement, min(deadline, time.perf_counter() + slice_))
            if isinstance(error, NameError) and (bare := _without_lost_defaults(statement.node, self.space)):
                error = self._run_one(replace(statement, node=bare, code=None), deadline)
            if error is None:
                after(statement)
                del self.failures[statement.position]
            else:
                self.failures[statement.position] = Failure(statement, error)
        for failure in self.failures.values():
            self._skip(failure.statement, _reason(failure.error))

    def _run_one(self, statement: Statement, deadline: float) -> BaseException | None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                if self._lenient:
                    code = compiled(old_scalars.lenient(statement.node), statement.file)
                else:
                    code = code_of(statement)
                node = statement.node
                if _defines(node) or not _may_last(node):
                    exec(code, self.space)
                else:
                    _run_timed(code, self.space, deadline)
        except BaseException as error:
            return error
        return None

    def _skip(self, statement: Statement, reason: str) -> None:
        where = statement.location
        text = self._text.head(statement.file, where.line)
        self._note(Note(code="skipped.statement", params={**place(where), "text": text, "reason": reason}))


def _without_lost_defaults(node: ast.stmt, space: Mapping[str, Any]) -> ast.stmt | None:
    """Return a function with None for the defaults whose names have no value: `def model(X=train_set_x)`.

    The data could not be read here, and a graded function is given its arguments. None where nothing was lost.
    """
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    known = space.keys() | space["__builtins__"].keys()

    def kept(default: ast.expr | None) -> ast.expr | None:
        names = (part.id for part in ast.walk(default) if isinstance(part, ast.Name)) if default is not None else ()
        return default if default is None or known.issuperset(names) else ast.copy_location(ast.Constant(None), default)

    arguments = copy.copy(node.args)
    arguments.defaults = [each for each in map(kept, arguments.defaults) if each is not None]
    arguments.kw_defaults = [kept(each) for each in arguments.kw_defaults]
    if (arguments.defaults, arguments.kw_defaults) == (node.args.defaults, node.args.kw_defaults):
        return None
    bare = copy.copy(node)
    bare.args = arguments
    return bare


def _defines(node: ast.stmt) -> bool:
    """Whether a statement only defines or imports: it is quick, and run however late it is."""
    return isinstance(node, DEFINITIONS | ast.Import | ast.ImportFrom)


def _may_last(node: ast.stmt) -> bool:
    return any(isinstance(inner, ast.Call | ast.While | ast.For | ast.comprehension) for inner in ast.walk(node))


def _run_timed(code: types.CodeType, space: dict[str, Any], deadline: float) -> None:
    """Run code and stop it when its time is over; looked at on every 64th line or call."""
    count = 0

    def watch(_: types.FrameType, __: str, ___: Any) -> Any:
        nonlocal count
        count += 1
        if count % 64 == 0 and time.perf_counter() > deadline:
            raise BudgetSpent
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        exec(code, space)
    finally:
        sys.settrace(before)


def _reason(error: BaseException) -> str:
    """Say in one line why a statement was skipped, whatever the error's class does when it is asked."""
    if type(error) is BudgetSpent:
        return "budget"
    kind = type.__dict__["__name__"].__get__(type(error))
    try:
        words = str(error)
    except BaseException:
        words = ""
    return f"{kind}: {words[:200]}" if words else str(kind)
