"""Where what counts is not what was graded: lateness, adjustments by hand, excuses, another attempt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from grader.model import Result
from grader.policy import Attempts, Mark, Policy
from grader.reports import looks
from grader.saying import join, say
from grader.text import clean

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook


def other_marks(gradebook: Gradebook, policy: Policy, results: Iterable[Result]) -> Iterator[str]:
    """Say of each student of these results whose mark is another than the score what counts, and why."""
    touched = {(act.assignment, act.student) for act in gradebook.adjustments()}
    shown = {(result.assignment or "", result.student): result for result in results}
    # Where the best attempt counts, all of them are graded; else one that is kept may be later than what is graded now.
    later = gradebook.latest_attempts() if shown and policy.attempts is Attempts.LATEST else {}
    for (slug, student), result in shown.items():
        is_last = later.get((slug, student), 1) <= result.attempt
        if not result.late and is_last and (slug, student) not in touched:
            continue
        mark = next(gradebook.marks(policy, slug, student), None)
        if mark is not None and (mark.excused or mark.score != result.score):
            counts = (
                say("excused") if mark.excused else say("{marks} counts", marks=looks.marks(mark.score, mark.points))
            )
            why = join(", ", _reasons(mark, result))
            yield say("{student}: {counts} ({why})", student=clean(student), counts=counts, why=why)


def _reasons(mark: Mark, result: Result) -> Iterator[str]:
    yield say("graded {what}", what="?" if result.score is None else looks.number(result.score))
    if mark.adjustments:
        yield say("by hand")
    if mark.penalty:
        yield say("late -{number}", number=looks.number(mark.penalty))
    if mark.result is not None and mark.result.attempt != result.attempt:
        later = mark.result.attempt > result.attempt
        yield (
            say("attempt {attempt}, which is later", attempt=mark.result.attempt)
            if later
            else say("attempt {attempt}", attempt=mark.result.attempt)
        )
