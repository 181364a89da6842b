"""Off by one step of a loop: the result is the right one for one iteration more or fewer.

This shows where the question has another case that differs in nothing but one whole number, by one: its expected value
is then what the student got here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    # A label of 0 or 1 counts no turns, whatever its neighbours are.
    counts = [place for place, name in enumerate(evidence.question.parameters) if _COUNTS.search(name)]
    for case in evidence.question.cases:
        step = _step(view.args, case.args, counts)
        if step is not None and isinstance(case.expected, Returned):
            yield step, case.expected.value


def _step(args: tuple[Value, ...], others: tuple[Value, ...], counts: Sequence[int]) -> Step | None:
    """Return where two argument tuples differ and by how much, if that is in one count and by one."""
    if len(args) != len(others):
        return None
    for place in counts:
        if place < len(args) and type(args[place]) is int and type(others[place]) is int:
            by = others[place] - args[place]
            if abs(by) == 1:
                rest = (*range(place), *range(place + 1, len(args)))
                return (place, by) if all(identical(args[each], others[each]) for each in rest) else None
    return None
