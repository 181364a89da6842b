"""What can be wrong with a check or a misconception as it is written."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from grader.authoring import Check, Compare, Form, Misconception, NoLoop, Question, Slope, Unchanged, Values, Visibility
from grader.courses.naming import ENOUGH_CASES, is_answer, misconception_name, parameters_of, question_name
from grader.courses.references import Reference
from grader.saying import say

CENT = Decimal("0.01")


def faults_within(
    question: Question,
    of_check: Callable[[Check], Iterable[str]],
    of_misconception: Callable[[Misconception], Iterable[str]],
) -> Iterator[str]:
    """Say what is wrong with the checks and the misconceptions of a question, each by its name."""
    for check in question.checks:
        for fault in of_check(check):
            yield say("check {check!r}: {fault}", check=check.name, fault=fault)
    for misconception in question.misconceptions:
        label = misconception_name(misconception) or say("without a name")
        for fault in of_misconception(misconception):
            yield say("misconception {label!r}: {fault}", label=label, fault=fault)


def check_faults(check: Check, question: Question, reference: Reference) -> Iterator[str]:
    """Say what is wrong with a check."""
    if check.visibility not in tuple(Visibility):
        yield say('visibility is "public" or "hidden", not {visibility!r}', visibility=check.visibility)
    kind: object = check.kind
    if not isinstance(kind, (Values, Slope, NoLoop, Unchanged, Form)):
        yield say(
            "{kind!r} is no kind of check: write one of Values(), Slope(…), NoLoop(), Unchanged(), Form()",
            kind=check.kind,
        )
        return
    yield from _points_faults(check)
    yield from _compare_faults(check.compare)
    if is_answer(question):
        yield from _answer_check_faults(check)
        return
    if isinstance(check.kind, Form):
        yield say("a check of the form is for answers: its question is a function")
    elif check.scenario is not None:
        yield from _scenario_faults(check)
    else:
        yield from _source_faults(check)
    if isinstance(check.cases, bool) or not isinstance(check.cases, int) or check.cases < 1:
        yield say("cases={cases!r}: write how many cases to make, at least 1", cases=check.cases)
    yield from _example_faults(check, question, reference)


def _points_faults(check: Check) -> Iterator[str]:
    if check.points is None:
        if not isinstance(check.kind, Form):
            yield say("no points are given: write points=… (0 for a check that is worth nothing)")
        return
    try:
        points = Decimal(str(check.points))
    except InvalidOperation:
        yield say("points={points!r} is no number", points=check.points)
        return
    if not points.is_finite() or points < 0 or points % CENT:
        yield say("points={points!r}: points are 0 or more, in steps of {cent}", points=check.points, cent=CENT)
    if points and isinstance(check.kind, Form):
        yield say("a check of the form is worth nothing: take its points out, or check the value")


def _compare_faults(compare: object) -> Iterator[str]:
    if not isinstance(compare, Compare):
        yield say("compare takes a Compare(…), not {compare!r}", compare=compare)
        return
    for name in ("rtol", "atol"):
        value = getattr(compare, name)
        if value is not None and not (isinstance(value, (int, float)) and 0 <= value < 1):
            yield say("compare: {name}={value!r} must be a number from 0 to below 1", name=name, value=value)


def _answer_check_faults(check: Check) -> Iterator[str]:
    if check.inputs is not None or check.examples or check.scenario is not None:
        yield say("an answer is not called: take out inputs, examples and scenario")
    if not isinstance(check.kind, (Values, Form)):
        yield say("{name} is for functions: an answer takes Values() or Form()", name=type(check.kind).__name__)
    elif isinstance(check.kind, Values) and check.visibility == Visibility.PUBLIC:
        yield say(
            "a public check of an answer would give the answer away: make it hidden, and add one with kind=Form()"
        )


def _scenario_faults(check: Check) -> Iterator[str]:
    if check.visibility == Visibility.PUBLIC:
        yield say("a scenario can't travel as data, so it is hidden only: make the public check from examples")
    if check.inputs is not None or check.examples:
        yield say("a scenario makes its own inputs: take out inputs and examples")
    if not isinstance(check.kind, Values):
        yield say("a scenario's value is compared: {name} has no place here", name=type(check.kind).__name__)
    if not callable(check.scenario):
        yield say("the scenario is no function: write one of the form scenario(student, rng)")


def _source_faults(check: Check) -> Iterator[str]:
    public = check.visibility == Visibility.PUBLIC
    if public and check.inputs is not None:
        yield say("a public check has examples only, as its cases are given out: make the check with inputs hidden")
    if public and not check.examples:
        yield say("a public check has no examples: write examples=((…), (…))")
    if not public and check.inputs is None and not check.examples:
        yield say("nothing to call it with: give it inputs, examples or a scenario")
    inputs: object = check.inputs
    if inputs is not None and not callable(inputs):
        yield say("inputs is no function: write one of the form inputs(rng) that returns a tuple of arguments")
    if isinstance(check.kind, NoLoop) and (
        (check.inputs is None) == (not check.examples) or (check.examples and len(check.examples) != ENOUGH_CASES)
    ):
        yield say(
            "a check for loops is measured at two sizes: give it inputs(rng, size), or two examples (small, large)"
        )
    if isinstance(check.kind, NoLoop) and not 0 < check.kind.sizes[0] < check.kind.sizes[1]:
        yield say("sizes={sizes!r}: the first size is the smaller", sizes=check.kind.sizes)


def _example_faults(check: Check, question: Question, reference: Reference) -> Iterator[str]:
    examples: tuple[object, ...] = check.examples
    name = question_name(question)
    if name not in reference.definitions:
        return
    function = reference.namespace.get(name)
    for number, example in enumerate(examples, start=1):
        if not isinstance(example, tuple):
            yield say(
                "example {number} is no tuple of arguments: for a single argument write ({example!r:.40},)",
                number=number,
                example=example,
            )
        elif fault := arity_fault(function, example):
            yield say("example {number} {fault}", number=number, fault=fault)
    if isinstance(check.kind, (Slope, Unchanged)):
        positions = (check.kind.argument,) if isinstance(check.kind, Slope) else check.kind.arguments
        count = len(parameters_of(reference, name))
        for position in positions:
            if not 0 <= position < count:
                yield say(
                    "there is no argument {position}: they count from 0 to {count}", position=position, count=count - 1
                )


def arity_fault(function: Any, args: Sequence[Any]) -> str | None:
    """Say whether a function can't be called with these arguments."""
    try:
        inspect.signature(function).bind(*args)
    except TypeError as error:
        return say("does not fit the reference's parameters: {error}", error=error)
    return None


def misconception_faults(misconception: Misconception, question: Question, reference: Reference) -> Iterator[str]:
    """Say what is wrong with a misconception."""
    if not misconception.hint.strip():
        yield say("there is no hint: write one that names the idea and not the answer")
    if not misconception_name(misconception):
        yield say('it has no name: write name="…"')
    given = [misconception.variant is not None, bool(misconception.edit), misconception.value is not None]
    if is_answer(question):
        if given[0] or given[1]:
            yield say("a misconception of an answer is a wrong value: write value=…")
        elif not given[2]:
            yield say("nothing says what is wrong: write value=…")
        return
    if given[2]:
        yield say("value is for answers: write a variant or an edit")
    if given[0] == given[1]:
        yield say("write either a variant (a function) or edit=((old, new), …)")
    if given[0] and not callable(misconception.variant):
        yield say("the variant is no function")
    if given[1]:
        yield from _edit_faults(misconception, reference.definitions.get(question_name(question), ""))


def _edit_faults(misconception: Misconception, source: str) -> Iterator[str]:
    pairs: Any = misconception.edit
    if not isinstance(pairs, tuple) or not all(
        isinstance(pair, tuple) and list(map(type, pair)) == [str, str] for pair in pairs
    ):
        yield say("edit is a tuple of pairs: edit=((old, new),)")
        return
    for old, new in pairs:
        times = source.count(old) if old else 0
        if times != 1:
            yield say(
                "the old text {old!r} occurs {times} times in the reference's source: give a piece that occurs once",
                old=old,
                times=times,
            )
            return
        source = source.replace(old, new)
    try:
        compile(source, "edit", "exec")
    except SyntaxError as error:
        yield say("the edited source does not parse: line {lineno}: {msg}", lineno=error.lineno, msg=error.msg)
