"""Off by one step of a loop: the result is the right one for one iteration more or fewer.

This shows where the question has another case that differs in nothing but one whole number, by one: its expected value
is then what the student got here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from grader.judging.comparison import Difference, compare
from grader.judging.diagnosis.evidence import Evidence, Explanation, View
from grader.judging.findings import take_part
from grader.judging.values import identical
from grader.model import Returned, Value

_COUNTS = re.compile(r"iter|steps|epoch|times|rounds|turns")
Step: TypeAlias = tuple[int, int]
"""The position of an argument, and by how much it differs: 1 or -1."""


def off_by_one(evidence: Evidence) -> Explanation | None:
    """Every failing case that has a neighbour one step on got what is right there; or one step back."""
    if not any(map(_COUNTS.search, evidence.question.parameters)):
        return None
    agreeing: set[Step] = set()
    contradicting: set[Step] = set()
    for view in evidence.wrong:
        for step, expected in _neighbours(evidence, view):
            taken = take_part(expected, view.whole_got, evidence.part)
            agrees = not isinstance(taken, Difference) and compare(*taken, evidence.how) is None
            (agreeing if agrees else contradicting).add(step)
    found = agreeing - contradicting
    if len(found) != 1:
        return None
    ((position, by),) = found
    code = "values.one_iteration_more" if by > 0 else "values.one_iteration_fewer"
    return Explanation(code=code, params={"argument": evidence.question.parameters[position]})


def _neighbours(evidence: Evidence, view: View) -> Iterator[tuple[Step, Value]]:
    """Yield the cases of the question that are one step away from this one, with their expected values."""
    for case in evidence.question.cases:
        step = _step(view.args, case.args)
        if step is not None and isinstance(case.expected, Returned) and _counts(evidence.question.parameters, step[0]):
            yield step, case.expected.value


def _counts(parameters: tuple[str, ...], position: int) -> bool:
    """Say whether an argument counts the turns of a loop, by its name: a label of 0 or 1 does not."""
    return position < len(parameters) and _COUNTS.search(parameters[position]) is not None


def _step(args: tuple[Value, ...], others: tuple[Value, ...]) -> Step | None:
    """Return where two argument tuples differ and by how much, if that is in one whole number and by one."""
    if len(args) != len(others):
        return None
    unlike = [place for place, (one, other) in enumerate(zip(args, others, strict=True)) if not identical(one, other)]
    if len(unlike) != 1 or type(args[unlike[0]]) is not int or type(others[unlike[0]]) is not int:
        return None
    by = others[unlike[0]] - args[unlike[0]]
    return (unlike[0], by) if abs(by) == 1 else None
