"""Off by one step of a loop: the result is the right one for one iteration more or fewer.

This shows where the question has another case that differs in nothing but one whole number, by one: its expected value
is then what the student got here.
"""

from __future__ import annotations

from grader.judging.comparison import Difference, compare
from grader.judging.diagnosis.evidence import Evidence, Explanation, View
from grader.judging.findings import take_part
from grader.judging.values import identical
from grader.model import Returned, Value


def off_by_one(evidence: Evidence) -> Explanation | None:
    """Every failing case got what is right for one step more, or one fewer."""
    found = {_neighbour(evidence, view) for view in evidence.wrong}
    # A failing case without a neighbour says nothing against it; one that got something else does.
    found.discard(None)
    if len(found) != 1 or ("", 0) in found:
        return None
    name, by = next(iter(item for item in found if item is not None))
    code = "values.one_iteration_more" if by > 0 else "values.one_iteration_fewer"
    return Explanation(code=code, params={"argument": name})


def _neighbour(evidence: Evidence, view: View) -> tuple[str, int] | None:
    """Return the argument, and its change, of the case whose result was got; ("", 0) if no near case has it."""
    near = False
    for case in evidence.question.cases:
        step = _step(view.args, case.args)
        if step is None or not isinstance(case.expected, Returned):
            continue
        near = True
        taken = take_part(case.expected.value, view.whole_got, evidence.part)
        if not isinstance(taken, Difference) and compare(*taken, evidence.how) is None:
            position, by = step
            return evidence.question.parameters[position], by
    return ("", 0) if near else None


def _step(args: tuple[Value, ...], others: tuple[Value, ...]) -> tuple[int, int] | None:
    """Return where two argument tuples differ and by how much, if that is in one whole number and by one."""
    if len(args) != len(others):
        return None
    unlike = [place for place, (one, other) in enumerate(zip(args, others, strict=True)) if not identical(one, other)]
    if len(unlike) != 1 or type(args[unlike[0]]) is not int or type(others[unlike[0]]) is not int:
        return None
    by = others[unlike[0]] - args[unlike[0]]
    return (unlike[0], by) if abs(by) == 1 else None
