"""General diagnosis: what kind of wrong a result is, where no named misconception says so.

`RULES` is read from top to bottom, and the first rule that explains every case wins. A rule that is not sure is silent.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from grader.judging.comparison import Difference
from grader.judging.diagnosis import functions, iterations, layout, patterns, scale
from grader.judging.diagnosis.evidence import Explanation, Rule, View, gather
from grader.judging.findings import take_part
from grader.model import CheckKey, Outcome, QuestionKey, Returned

RULES: tuple[Rule, ...] = (
    # nothing was computed
    patterns.none,
    patterns.zeros,
    patterns.argument,
    patterns.constant,
    # right, in the wrong place or form
    layout.swapped,
    layout.lengths,
    layout.transposed,
    layout.reshaped,
    layout.repeated,
    layout.summed,
    # right, but for a factor, an amount, a function
    scale.sign,
    scale.ratio,
    scale.wrong_way,
    scale.offset,
    functions.function,
    iterations.off_by_one,
    # nearly right
    functions.float32,
    functions.steps,
    functions.digits,
    # right in part, or in a different order
    layout.order,
    patterns.unfilled,
    patterns.square_only,
    patterns.one_only,
    # one factor or amount, from case to case another
    scale.ratio_varies,
    scale.offset_varies,
)


def diagnose(
    check: CheckKey, question: QuestionKey, outcomes: Sequence[Outcome], code: str, wrong: Container[int]
) -> Explanation | None:
    """Return what explains a check's failing cases, or None.

    `code` is that of the first one's difference, `wrong` are the positions of those whose values are not as expected.
    """
    seen = (_view(check, question, outcomes, position, right=position not in wrong) for position in check.cases)
    views = [view for view in seen if view is not None]
    evidence = gather(question, check.compare, code, views, check.part)
    if not evidence.wrong:
        return None
    return next((found for rule in RULES if (found := rule(evidence)) is not None), None)


def _view(
    check: CheckKey, question: QuestionKey, outcomes: Sequence[Outcome], position: int, *, right: bool
) -> View | None:
    """Return a case as rules see it; a case that did not return says nothing."""
    case, outcome = question.cases[position], outcomes[position]
    if not isinstance(case.expected, Returned) or not isinstance(outcome, Returned):
        return None
    want, got = case.expected.value, outcome.value
    taken = take_part(want, got, check.part)
    if isinstance(taken, Difference):
        # The way to the part is barred: rules see something that is no value, or None where that is what was returned.
        nothing = None if got is None else ...
        return View(args=case.args, want=..., got=nothing, right=False, whole_want=want, whole_got=got)
    return View(args=case.args, want=taken[0], got=taken[1], right=right, whole_want=want, whole_got=got)
