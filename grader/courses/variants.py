"""Calling the reference and the misconceptions on the author's side, and saying how far apart they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.authoring import Misconception, Question
from grader.courses.cases import Draft, fresh
from grader.courses.codec import find_uncarriable
from grader.courses.naming import misconception_name, question_name
from grader.courses.references import Reference
from grader.model import Outcome, Raised, Returned, Unsupported, Value

Function = Callable[..., Any]
LONGEST_MESSAGE = 200


class Stand:
    """What a scenario calls in the student's place: `student(*args)`, or `student.other_graded_name(*args)`."""

    def __init__(self, function: Function, others: Mapping[str, Function]) -> None:
        self._function = function
        self._others = others

    def __call__(self, *args: Value) -> Value:
        """Call the question's function."""
        return self._function(*fresh(args))

    def __getattr__(self, name: str) -> Function:
        if name not in self._others:
            raise AttributeError(f"a scenario's student has no {name!r}: it is no graded function of this assignment")
        other = self._others[name]
        return lambda *args: other(*fresh(args))


def variant_of(misconception: Misconception, question: Question, reference: Reference) -> Function:
    """Return a misconception as a function. Raises whatever running its edited source raises."""
    if misconception.variant is not None:
        return misconception.variant
    name = question_name(question)
    source = reference.definitions[name]
    for old, new in misconception.edit:
        source = source.replace(old, new)
    namespace = dict(reference.namespace)
    exec(compile(source, f"<{misconception_name(misconception)}>", "exec", dont_inherit=True), namespace)
    function: Function = namespace[name]
    return function


def outcome_of(function: Function, draft: Draft, others: Mapping[str, Function]) -> Outcome:
    """Call a function on one case, with arguments of its own, and return what it came to."""
    try:
        if draft.scenario is not None:
            value = draft.scenario(Stand(function, others), np.random.default_rng(draft.seed))
        else:
            value = function(*fresh(draft.args))
    except (Exception, SystemExit) as error:
        return Raised(type=type(error).__name__, message=str(error)[:LONGEST_MESSAGE])
    return as_outcome(value)


def as_outcome(value: Value) -> Outcome:
    """Return a value as the outcome of a call: what can't travel is said to be so."""
    if problem := find_uncarriable(value):
        return Unsupported(type=problem.kind, where=problem.where)
    return Returned(value=value)
