"""What can be wrong with a check or a misconception as it is written."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from grader.authoring import Check, Compare, Form, Misconception, NoLoop, Question, Slope, Unchanged, Values, Visibility
from grader.courses.naming import ENOUGH_CASES, is_answer, misconception_name, parameters_of, question_name
from grader.courses.references import Reference

CENT = Decimal("0.01")


def check_faults(check: Check, question: Question, reference: Reference) -> Iterator[str]:
    """Say what is wrong with a check."""
    if check.visibility not in tuple(Visibility):
        yield f'visibility is "public" or "hidden", not {check.visibility!r}'
    kind: object = check.kind
    if not isinstance(kind, (Values, Slope, NoLoop, Unchanged, Form)):
        yield f"{check.kind!r} is no kind of check: write one of Values(), Slope(…), NoLoop(), Unchanged(), Form()"
        return
    yield from _points_faults(check)
    yield from _compare_faults(check.compare)
    if is_answer(question):
        yield from _answer_check_faults(check)
        return
    if isinstance(check.kind, Form):
        yield "a check of the form is for answers: its question is a function"
    elif check.scenario is not None:
        yield from _scenario_faults(check)
    else:
        yield from _source_faults(check)
    if isinstance(check.cases, bool) or not isinstance(check.cases, int) or check.cases < 1:
        yield f"cases={check.cases!r}: write how many cases to make, at least 1"
    yield from _example_faults(check, question, reference)


def _points_faults(check: Check) -> Iterator[str]:
    if check.points is None:
        if not isinstance(check.kind, Form):
            yield "no points are given: write points=… (0 for a check that is worth nothing)"
        return
    try:
        points = Decimal(str(check.points))
    except InvalidOperation:
        yield f"points={check.points!r} is no number"
        return
    if not points.is_finite() or points < 0 or points % CENT:
        yield f"points={check.points!r}: points are 0 or more, in steps of {CENT}"
    if points and isinstance(check.kind, Form):
        yield "a check of the form is worth nothing: take its points out, or check the value"


def _compare_faults(compare: object) -> Iterator[str]:
    if not isinstance(compare, Compare):
        yield f"compare takes a Compare(…), not {compare!r}"
        return
    for name in ("rtol", "atol"):
        value = getattr(compare, name)
        if value is not None and not (isinstance(value, (int, float)) and 0 <= value < 1):
            yield f"compare: {name}={value!r} must be a number from 0 to below 1"


def _answer_check_faults(check: Check) -> Iterator[str]:
    if check.inputs is not None or check.examples or check.scenario is not None:
        yield "an answer is not called: take out inputs, examples and scenario"
    if not isinstance(check.kind, (Values, Form)):
        yield f"{type(check.kind).__name__} is for functions: an answer takes Values() or Form()"
    elif isinstance(check.kind, Values) and check.visibility == Visibility.PUBLIC:
        yield "a public check of an answer would give the answer away: make it hidden, and add one with kind=Form()"


def _scenario_faults(check: Check) -> Iterator[str]:
    if check.visibility == Visibility.PUBLIC:
        yield "a scenario can't travel as data, so it is hidden only: make the public check from examples"
    if check.inputs is not None or check.examples:
        yield "a scenario makes its own inputs: take out inputs and examples"
    if not isinstance(check.kind, Values):
        yield f"a scenario's value is compared: {type(check.kind).__name__} has no place here"
    if not callable(check.scenario):
        yield "the scenario is no function: write one of the form scenario(student, rng)"


def _source_faults(check: Check) -> Iterator[str]:
    public = check.visibility == Visibility.PUBLIC
    if public and check.inputs is not None:
        yield "a public check has examples only, as its cases are given out: make the check with inputs hidden"
    if public and not check.examples:
        yield "a public check has no examples: write examples=((…), (…))"
    if not public and check.inputs is None and not check.examples:
        yield "nothing to call it with: give it inputs, examples or a scenario"
    inputs: object = check.inputs
    if inputs is not None and not callable(inputs):
        yield "inputs is no function: write one of the form inputs(rng) that returns a tuple of arguments"
    if isinstance(check.kind, NoLoop) and (
        (check.inputs is None) == (not check.examples) or (check.examples and len(check.examples) != ENOUGH_CASES)
    ):
        yield "a check for loops is measured at two sizes: give it inputs(rng, size), or two examples (small, large)"
    if isinstance(check.kind, NoLoop) and not 0 < check.kind.sizes[0] < check.kind.sizes[1]:
        yield f"sizes={check.kind.sizes!r}: the first size is the smaller"


def _example_faults(check: Check, question: Question, reference: Reference) -> Iterator[str]:
    examples: object = check.examples
    if not isinstance(examples, tuple):
        yield "examples is a tuple of tuples of arguments: examples=((x,), (y,))"
        return
    name = question_name(question)
    if name not in reference.definitions:
        return
    function = reference.namespace.get(name)
    for number, example in enumerate(examples, start=1):
        if not isinstance(example, tuple):
            yield f"example {number} is no tuple of arguments: for a single argument write ({example!r:.40},)"
        elif fault := arity_fault(function, example):
            yield f"example {number} {fault}"
    if isinstance(check.kind, (Slope, Unchanged)):
        positions = (check.kind.argument,) if isinstance(check.kind, Slope) else check.kind.arguments
        count = len(parameters_of(reference, name))
        for position in positions:
            if not 0 <= position < count:
                yield f"there is no argument {position}: they count from 0 to {count - 1}"


def arity_fault(function: Any, args: Sequence[Any]) -> str | None:
    """Say whether a function can't be called with these arguments."""
    try:
        inspect.signature(function).bind(*args)
    except TypeError as error:
        return f"does not fit the reference's parameters: {error}"
    return None


def misconception_faults(misconception: Misconception, question: Question, reference: Reference) -> Iterator[str]:
    """Say what is wrong with a misconception."""
    if not misconception.hint.strip():
        yield "there is no hint: write one that names the idea and not the answer"
    if not misconception_name(misconception):
        yield 'it has no name: write name="…"'
    given = [misconception.variant is not None, bool(misconception.edit), misconception.value is not None]
    if is_answer(question):
        if given[0] or given[1]:
            yield "a misconception of an answer is a wrong value: write value=…"
        elif not given[2]:
            yield "nothing says what is wrong: write value=…"
        return
    if given[2]:
        yield "value is for answers: write a variant or an edit"
    if given[0] == given[1]:
        yield "write either a variant (a function) or edit=((old, new), …)"
    if given[0] and not callable(misconception.variant):
        yield "the variant is no function"
    if given[1]:
        yield from _edit_faults(misconception, reference.definitions.get(question_name(question), ""))


def _edit_faults(misconception: Misconception, source: str) -> Iterator[str]:
    pairs: Any = misconception.edit
    if not isinstance(pairs, tuple) or not all(
        isinstance(pair, tuple) and list(map(type, pair)) == [str, str] for pair in pairs
    ):
        yield "edit is a tuple of pairs: edit=((old, new),)"
        return
    for old, new in pairs:
        times = source.count(old) if old else 0
        if times != 1:
            yield f"the old text {old!r} occurs {times} times in the reference's source: give a piece that occurs once"
            return
        source = source.replace(old, new)
    try:
        compile(source, "edit", "exec")
    except SyntaxError as error:
        yield f"the edited source does not parse: line {error.lineno}: {error.msg}"
