"""Calls of a function as it is now, in this very process: for a notebook, where it lives with all it uses.

Nothing is confined and nothing is limited; whoever runs an endless loop interrupts the kernel, as with any cell.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import inspect
import textwrap
import warnings
from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FunctionType
from typing import Any

from grader import judging
from grader.model import (
    Case,
    Found,
    Note,
    Outcome,
    QuestionKey,
    QuestionResult,
    Raised,
    Returned,
    Stopped,
    Unsupported,
    Value,
)
from grader.sandbox.calls import Caller, Tail
from grader.sandbox.loader import explaining
from grader.sandbox.loader.blanks import Stub, is_blank
from grader.sandbox.loader.calling import caller
from grader.sandbox.wire import UnsendableError, pack, unpack


class Undefined(LookupError):
    """A graded name that is not defined in the notebook."""


def defined(question: QuestionKey, names: Mapping[str, object]) -> object:
    """Return what a question's name, or else one of its aliases, stands for now. Raises Undefined."""
    for name in (question.name, *question.aliases):
        if name in names:
            return names[name]
    raise Undefined(question.name)


def run_live(question: QuestionKey, own: object) -> tuple[QuestionResult, list[Outcome]]:
    """Call a function on the question's cases and judge what it returns; an answer is judged as it is.

    Raises KeyboardInterrupt where the student interrupted a call.
    """
    if question.kind == "answer":
        if own is None:
            return judging.result_of(question, [], Found(status="blank")), []
        outcomes = [_carried(Returned(value=own)) for _ in question.cases]
        return judging.result_of(question, outcomes, Found(status="found")), outcomes
    if not callable(own):
        return judging.result_of(question, [], Found(status="absent")), []
    outcomes = [*_outcomes(question, own)]
    if outcomes and all(_is_stub(outcome) for outcome in outcomes) and _is_unwritten(question, own):
        return judging.result_of(question, [], Found(status="blank")), []
    return judging.result_of(question, outcomes, Found(status="found")), outcomes


def _outcomes(question: QuestionKey, own: Callable[..., Any]) -> Iterator[Outcome]:
    live = _Live(question, own)
    tail = Tail()
    for case in question.cases:
        with warnings.catch_warnings(), contextlib.redirect_stdout(tail), contextlib.redirect_stderr(tail):
            outcome = Caller(live, tail).call(question.name, _packed(case), measured=case.measured)
        if isinstance(outcome, Raised) and outcome.type == "KeyboardInterrupt":
            raise KeyboardInterrupt
        yield _carried(outcome)


def _packed(case: Case) -> bytes:
    return pack(case.args)


def _carried(outcome: Outcome) -> Outcome:
    """Return an outcome as it would come back from a process of its own: its values are the judge's alone."""
    if not isinstance(outcome, Returned):
        return outcome
    try:
        (value,) = unpack(pack((outcome.value,)))
    except UnsendableError as error:
        return Unsupported(type=error.kind, where=error.where)
    return Returned(
        value=value,
        changed=outcome.changed,
        same_as=outcome.same_as,
        steps=outcome.steps,
        cpu=outcome.cpu,
        warnings=outcome.warnings,
        printed=outcome.printed,
    )


def _is_stub(outcome: Outcome) -> bool:
    return isinstance(outcome, Raised) and outcome.type == "NotImplementedError"


def _is_unwritten(question: QuestionKey, own: Callable[..., Any]) -> bool:
    """Whether a function that raises NotImplementedError is as it was given; where its source is gone, it is taken so.

    Who wrote lines and left that one above them is told of it.
    """
    try:
        (node,) = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(own)))).body
    except (OSError, TypeError, ValueError, SyntaxError):
        return True
    known = frozenset({*dir(builtins), *getattr(own, "__globals__", ())})
    return not isinstance(node, ast.FunctionDef) or is_blank(node, Stub(question.stub, question.name), known)


class _Live:
    """One function of the notebook, as a loaded program is to whoever calls it."""

    def __init__(self, question: QuestionKey, own: Callable[..., Any]) -> None:
        self.functions: dict[str, Callable[..., Any]] = {question.name: caller(own, question.parameters, question.stub)}
        self.answers: dict[str, Value] = {}
        self.fresh: Callable[[], tuple[Any, ...]] | None = None
        code = _code_of(own)
        self._files: dict[str, int | None] = {code.co_filename: None} if code is not None else {}

    def notes(self) -> tuple[Note, ...]:
        """Return nothing: nothing was loaded."""
        return ()

    def explain(self, error: BaseException, name: str) -> Raised | Stopped:  # noqa: ARG002 - the protocol's
        """Say where in the function's own cell an exception came up."""
        return explaining.raised(error, self._files, {})

    def unmade(self, name: str) -> Raised | Stopped | None:  # noqa: ARG002 - the protocol's
        """Return nothing: an answer in a notebook has a value."""
        return None


def _code_of(function: Callable[..., Any]) -> CodeType | None:
    inner = inspect.unwrap(function)
    return inner.__code__ if isinstance(inner, FunctionType) else None
