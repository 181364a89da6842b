"""What can be wrong with an assignment as it is written, found before anything is called.

Every fault names the file, the question and the check, and says what to do.
"""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.authoring import (
    Assignment,
    Check,
    Compare,
    Form,
    Misconception,
    NoLoop,
    Question,
    Slope,
    Unchanged,
    Values,
    Visibility,
)
from grader.courses.finding import CHECKS, REFERENCE, suggestion
from grader.courses.regions import BEGIN

if TYPE_CHECKING:
    from grader.courses.loading import Reference

SLUG = re.compile(r"[a-z][a-z0-9_]*")
WHOLE = 100
"""The points of an assignment by convention."""
CENT = Decimal("0.01")
ENOUGH_CASES = 2
"""How many cases must tell a misconception from the reference."""


def question_name(question: Question) -> str:
    """Return the graded name of a question."""
    return question.target if isinstance(question.target, str) else str(getattr(question.target, "__name__", "?"))


def is_answer(question: Question) -> bool:
    """Whether a question asks for a value rather than a function."""
    return isinstance(question.target, str)


def misconception_name(misconception: Misconception) -> str:
    """Return the name of a misconception: its own, or its variant's."""
    return misconception.name or str(getattr(misconception.variant, "__name__", ""))


def points_of(check: Check) -> Decimal:
    """Return the exact points of a check that was found sound."""
    return Decimal(str(check.points)) if check.points is not None else Decimal(0)


def find_faults(assignment: Assignment, reference: Reference, folder: Path) -> tuple[list[str], frozenset[str]]:
    """Return all faults, and the names of the questions that have one (they can't be looked at further)."""
    path = folder / CHECKS
    faults: list[str] = []
    if assignment.slug != folder.name or not SLUG.fullmatch(assignment.slug):
        faults.append(
            f"{path}: the slug {assignment.slug!r} must be the folder's name {folder.name!r}, in small letters, "
            "digits and underscores"
        )
    if not assignment.questions:
        faults.append(f"{path}: there are no questions: add a Question to `questions`")
    names = [question_name(question) for question in assignment.questions]
    sick: set[str] = set()
    for name, times in Counter(names).items():
        if times > 1:
            faults.append(f"{path}: question {name}: there are {times} questions of this name: keep one")
            sick.add(name)
    for question in assignment.questions:
        name = question_name(question)
        found = [*_question_faults(question, reference, assignment), *_uses_faults(question, assignment)]
        for check in question.checks:
            found += [f"check {check.name!r}: {fault}" for fault in _check_faults(check, question, reference)]
        for misconception in question.misconceptions:
            label = misconception_name(misconception) or "without a name"
            found += [
                f"misconception {label!r}: {fault}" for fault in _misconception_faults(misconception, question, reference)
            ]
        faults += [f"{path}: question {name}: {fault}" for fault in found]
        if found:
            sick.add(name)
    return faults, frozenset(sick)


def find_warnings(assignment: Assignment, folder: Path) -> tuple[str, ...]:
    """Return what an author may want to look at."""
    path = folder / CHECKS
    warnings: list[str] = []
    try:
        total = sum((points_of(check) for question in assignment.questions for check in question.checks), Decimal(0))
    except (InvalidOperation, ValueError):
        return ()
    if total != WHOLE:
        warnings.append(f"{path}: the points add up to {total}, not to {WHOLE}")
    for question in assignment.questions:
        public = sum(len(check.examples) for check in question.checks if check.visibility == Visibility.PUBLIC)
        if question.misconceptions and not is_answer(question) and public < ENOUGH_CASES:
            warnings.append(
                f"{path}: question {question_name(question)}: with {public} public example(s) a student's own run can't name "
                f"a misconception: give it {ENOUGH_CASES}"
            )
    return tuple(warnings)


def _question_faults(question: Question, reference: Reference, assignment: Assignment) -> Iterator[str]:
    name = question_name(question)
    if is_answer(question):
        if name not in reference.namespace:
            yield f"the reference has no answer of this name: write `{name} = …` in {REFERENCE}, or mend the name"
        elif name not in reference.stubs:
            yield f"its answer is not in a solution region: put `{BEGIN}` and its end around `{name} = …` in {REFERENCE}"
    elif name not in reference.definitions or not callable(reference.namespace.get(name)):
        yield (
            f"the reference has no function of this name at its top level: define it in {REFERENCE}"
            if name not in reference.namespace
            else f"it is no function defined with `def` in {REFERENCE}"
        )
    elif BEGIN not in reference.definitions[name]:
        yield f"its function has no solution region, so students would be given the solution: put `{BEGIN}` and its end around it"
    others = [other for other in assignment.questions if other is not question]
    for alias in question.aliases:
        if any(alias == question_name(other) or alias in other.aliases for other in others) or alias == name:
            yield f"the alias {alias!r} is the name of a question already: take it out"
    if not any(check.visibility == Visibility.PUBLIC for check in question.checks):
        yield 'there is no public check: give students one worked example with visibility="public"'
    for label, times in Counter(check.name for check in question.checks).items():
        if times > 1:
            yield f"there are {times} checks named {label!r}: give each a name of its own"
    for label, times in Counter(misconception_name(each) for each in question.misconceptions).items():
        if times > 1 and label:
            yield f"there are {times} misconceptions named {label!r}: give each a name of its own"
    kinds = [check.kind for check in question.checks if not isinstance(check.kind, (Form, Unchanged))]
    if any(isinstance(kind, Slope) for kind in kinds) and not any(isinstance(kind, Values) for kind in kinds):
        yield "a slope must not be the only check: a wrong cost with its own slope would pass; add a check of the values"
    yield from _dims_faults(question, reference)


def _dims_faults(question: Question, reference: Reference) -> Iterator[str]:
    name = question_name(question)
    if not question.dims or name not in reference.definitions:
        return
    parameters = _parameters(reference, name)
    for size, (argument, axis) in question.dims.items():
        if argument not in parameters:
            yield f"dims: {size!r} is measured on {argument!r}, which is no parameter. {suggestion(argument, parameters)}"
        elif not isinstance(axis, int):
            yield f"dims: {size!r}: the axis is a number, not {axis!r}"


def _parameters(reference: Reference, name: str) -> tuple[str, ...]:
    return reference.parameters(name) if callable(reference.namespace.get(name)) else ()


def _uses_faults(question: Question, assignment: Assignment) -> Iterator[str]:
    graded = {question_name(each): each for each in assignment.questions}
    name = question_name(question)
    for used in question.uses:
        if used == name:
            yield "uses: a question can't use itself: take its name out"
        elif used not in graded:
            yield f"uses: {used!r} is no question of this assignment. {suggestion(used, graded)}"
    path, seen = [name], {name}
    if _leads_back(graded, name, path, seen):
        yield f"uses: goes round in a circle: {' → '.join(path)}: take one of them out"


def _leads_back(graded: dict[str, Question], start: str, path: list[str], seen: set[str]) -> bool:
    """Follow `uses` from the end of `path`; leave in it the way back to `start`, if there is one of two steps or more."""
    for used in graded[path[-1]].uses:
        if used == start and len(path) > 1:
            path.append(used)
            return True
        if used in graded and used not in seen:
            seen.add(used)
            path.append(used)
            if _leads_back(graded, start, path, seen):
                return True
            path.pop()
    return False


def _check_faults(check: Check, question: Question, reference: Reference) -> Iterator[str]:
    if check.visibility not in tuple(Visibility):
        yield f'visibility is "public" or "hidden", not {check.visibility!r}'
    if not isinstance(check.kind, (Values, Slope, NoLoop, Unchanged, Form)):
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
    if check.inputs is not None and not callable(check.inputs):
        yield "inputs is no function: write one of the form inputs(rng) that returns a tuple of arguments"
    if isinstance(check.kind, NoLoop) and (
        (check.inputs is None) == (not check.examples) or (check.examples and len(check.examples) != ENOUGH_CASES)
    ):
        yield "a check for loops is measured at two sizes: give it inputs(rng, size), or two examples (small, large)"
    if isinstance(check.kind, NoLoop) and not 0 < check.kind.sizes[0] < check.kind.sizes[1]:
        yield f"sizes={check.kind.sizes!r}: the first size is the smaller"


def _example_faults(check: Check, question: Question, reference: Reference) -> Iterator[str]:
    if not isinstance(check.examples, tuple):
        yield "examples is a tuple of tuples of arguments: examples=((x,), (y,))"
        return
    name = question_name(question)
    if name not in reference.definitions:
        return
    function = reference.namespace.get(name)
    for number, example in enumerate(check.examples, start=1):
        if not isinstance(example, tuple):
            yield f"example {number} is no tuple of arguments: for a single argument write ({example!r:.40},)"
        elif fault := arity_fault(function, example):
            yield f"example {number} {fault}"
    if isinstance(check.kind, (Slope, Unchanged)):
        positions = (check.kind.argument,) if isinstance(check.kind, Slope) else check.kind.arguments
        count = len(_parameters(reference, name))
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


def _misconception_faults(misconception: Misconception, question: Question, reference: Reference) -> Iterator[str]:
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
    pairs = misconception.edit
    if not isinstance(pairs, tuple) or not all(isinstance(pair, tuple) and len(pair) == ENOUGH_CASES for pair in pairs):
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
