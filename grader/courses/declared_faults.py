"""What can be wrong with the types of what an author wrote: `checks=(Check(…))`, say, where a comma is missing.

It is looked at before all else: the rest takes for granted that checks are checks and names are text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import astuple
from typing import Any

from grader.authoring import (
    Assignment,
    Check,
    Equivalent,
    Limits,
    Misconception,
    NoLoop,
    Question,
    Slope,
    Tolerated,
    Unchanged,
)
from grader.courses.check_faults import faults_within
from grader.courses.finding import REFERENCE
from grader.courses.naming import question_name
from grader.courses.references import Absent, Reference
from grader.saying import say

PAIR = 2


def find_declared_faults(assignment: Assignment, reference: Reference) -> list[str]:
    """Return what keeps an assignment from being looked at further: each fault with its question and check."""
    found = list(_assignment_faults(assignment))
    if found:
        return found
    for number, question in enumerate(assignment.questions, start=1):
        name = question_name(question)
        label = name if name != "?" else str(number)
        faults = [*_question_faults(question, reference)] or faults_within(
            question, _check_faults, _misconception_faults
        )
        found += [say("question {name}: {fault}", name=label, fault=fault) for fault in faults]
    return found


def _assignment_faults(assignment: Assignment) -> Iterator[str]:
    """Say what keeps an assignment's questions from being looked at one by one."""
    given: Any = assignment
    if not isinstance(given.slug, str):
        yield say("the slug {slug!r} is no text: write Assignment({example!r}, …)", slug=given.slug, example="my_week")
    yield from _items("questions", given.questions, (Question,), "Question(…)")
    yield from _limits_faults(given.limits)


def _question_faults(question: Question, reference: Reference) -> Iterator[str]:
    """Say what keeps a question from being looked at further."""
    given: Any = question
    target = given.target
    if isinstance(target, str) and target in reference.definitions:
        yield say(
            "it is a function in {reference}, not an answer: write reference.{name}, without quotes",
            reference=REFERENCE,
            name=target,
        )
    elif not isinstance(target, (str, Absent)) and not hasattr(target, "__code__"):
        yield say(
            "{target!r:.40} is neither a function of the reference nor the name of an answer: write "
            "Question(reference.NAME, …), without calling it, or Question({answer!r}, …)",
            target=target,
            answer="q1",
        )
    yield from _items("checks", given.checks, (Check,), "Check(…)")
    yield from _items("misconceptions", given.misconceptions, (Misconception,), "Misconception(…)")
    yield from _items("spared", given.spared, (Equivalent, Tolerated), "Equivalent(…)")
    for field in ("uses", "aliases"):
        names = getattr(given, field)
        yield from _items(field, names, (str,), repr(names) if isinstance(names, str) else '"sigmoid"')
    yield from _dims_faults(given.dims)
    if given.limits is not None:
        yield from _limits_faults(given.limits)


def _check_faults(check: Check) -> Iterator[str]:
    """Say what keeps a check from being looked at further."""
    given: Any = check
    if not isinstance(given.name, str) or not given.name.strip():
        yield say('its name {name!r} is no text: write Check("what it looks at", …)', name=given.name)
    if not isinstance(given.examples, tuple):
        yield say("examples is a tuple of tuples of arguments: examples=((x,), (y,))")
    if not _is_path(given.part):
        yield say('part={part!r} is no position or key, nor a path of them such as (1, "dw")', part=given.part)
    if given.shape is not None and not isinstance(given.shape, str):
        yield say('shape={shape!r} is no text: write shape="(n, 1)", in quotes', shape=given.shape)
    yield from _kind_faults(given.kind)


def _misconception_faults(misconception: Misconception) -> Iterator[str]:
    """Say what keeps a misconception from being looked at further."""
    given: Any = misconception
    if not isinstance(given.hint, str):
        yield say("hint={hint!r:.40} is no text", hint=given.hint)
    if given.name is not None and not isinstance(given.name, str):
        yield say("name={name!r:.40} is no text", name=given.name)


def _items(field: str, value: object, kinds: tuple[type, ...], written: str) -> Iterator[str]:
    """Say whether a field is no tuple (the comma of a single one is easily forgotten), or what in it is amiss."""
    if not isinstance(value, (tuple, list)):
        yield say(
            "{field} is no tuple: a single one needs a comma as well: {field}=({written},)",
            field=field,
            written=written,
        )
        return
    for each in value:
        if not isinstance(each, kinds):
            yield say("{field}: {each!r:.60} is no {written}", field=field, each=each, written=written)


def _is_path(part: object) -> bool:
    steps = part if isinstance(part, tuple) else (part,)
    return all(isinstance(step, (int, str)) and not isinstance(step, bool) for step in steps)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _kind_faults(kind: object) -> Iterator[str]:
    given: Any = kind
    if isinstance(kind, NoLoop):
        sizes = given.sizes
        if not isinstance(sizes, tuple) or len(sizes) != PAIR or not all(map(_is_count, sizes)):
            yield say("sizes={sizes!r:.40}: write two sizes, the smaller first: sizes=(200, 4000)", sizes=sizes)
    elif isinstance(kind, Slope):
        if not _is_path(given.cost) or not _is_path(given.gradient):
            yield say('cost and gradient are paths: write Slope(cost=(0,), gradient=(1, "dw"))')
        if not _is_count(given.argument):
            yield say("argument={argument!r:.40} is no position: the first argument is 0", argument=given.argument)
    elif isinstance(kind, Unchanged) and not (
        isinstance(given.arguments, tuple) and all(map(_is_count, given.arguments))
    ):
        yield say(
            "arguments={arguments!r:.40} are no positions: write arguments=(0,) for the first, () for all",
            arguments=given.arguments,
        )


def _dims_faults(dims: object) -> Iterator[str]:
    pairs = dims.values() if isinstance(dims, Mapping) else [dims]
    if not all(isinstance(pair, (tuple, list)) and len(pair) == PAIR for pair in pairs):
        yield say('dims names a parameter and an axis for each size: dims={{"n": ("X", 0)}}')


def _limits_faults(limits: object) -> Iterator[str]:
    if not isinstance(limits, Limits):
        yield say("limits={limits!r:.40} is no Limits(…): write limits=Limits(call=5)", limits=limits)
    elif not all(isinstance(each, (int, float)) and each > 0 for each in astuple(limits)):
        yield say("limits={limits!r}: each of them is a number above 0", limits=limits)
