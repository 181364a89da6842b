"""Mutants of the references as submissions: what is said about each, by the operator that made it."""

import signal
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))

import judged

from grader.courses.audit import mutants_of
from grader.courses.naming import question_name
from grader.courses.slips import slips_of
from grader.judging import result_of
from grader.model import Message, Stopped, Verdict
from grader.sandbox import open_process_sandbox
from grader.slips import Slips

SLUGS = ("numpy_basics", "gradient_descent", "vectorization", "broadcasting", "logistic_regression")
SECONDS = 2.0
"""A mutant that loops for ever is stopped."""
LATE = Stopped(verdict=Verdict.TIME_LIMIT, message=Message(code="time_limit"))
VAGUE = frozenset({"values.differ", "values.ratio_varies", "values.offset_varies", "slope.differ", "loop.values"})
VAGUE_EXCEPTION = "exception.other"


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A mutant that loses marks: the operator that made it, its outcomes, and what was said."""

    question: str
    operator: str
    was: str
    now: str
    source: str
    outcomes: tuple
    result: object
    """With slips named."""
    plain: object
    """Without them."""

    def faults(self, result=None):
        return [check for check in (result or self.result).checks if check.score != check.points]

    def is_specific(self, result=None):
        """Say whether at least one check names an idea, or says more than that numbers differ."""
        faults = self.faults(result)
        said = {check.code for check in faults}
        return any(check.misconception for check in faults) or bool(said - VAGUE - {VAGUE_EXCEPTION})


class Late(BaseException):
    """Raised by the alarm; not an Exception, so that no mutant can catch it."""


def _ring(*_):
    raise Late


def outcomes_of(function, whole):
    """Call a function on all cases, under an alarm."""
    old = signal.signal(signal.SIGALRM, _ring)
    outcomes = []
    try:
        for case in whole.cases:
            if LATE in outcomes:
                outcomes.append(LATE)
                continue
            signal.setitimer(signal.ITIMER_REAL, SECONDS)
            try:
                outcomes.append(judged.call(function, case))
            except Late:
                outcomes.append(LATE)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        signal.signal(signal.SIGALRM, old)
    return tuple(outcomes)


@cache
def mutants(slug, most=None, *, slips=True):
    """Return the mutants of an assignment's functions that lose marks: all of them, or `most` spread over all.

    Without `slips` these are not looked for: `result` is what is said in a student's own run.
    """
    loaded = judged.loaded(slug)
    table = Slips(judged.key(slug).reference, lambda name: slips_of(loaded, name))
    made = [
        (judged.question(slug, question_name(question)), mutant)
        for question in loaded.assignment.questions
        if judged.question(slug, question_name(question)).kind != "answer"
        for mutant in mutants_of(loaded, question)
    ]
    found = []
    with open_process_sandbox() as sandbox, judged.quietly():
        for whole, mutant in made[:: -(-len(made) // most) if most else 1]:
            outcomes = outcomes_of(judged.program(slug, mutant.source)[whole.name], whole)
            plain = result_of(whole, outcomes)
            if plain.score == plain.points:
                continue
            result = table.explain(whole, plain, outcomes, sandbox) if slips else plain
            found.append(
                Explained(
                    question=whole.name,
                    operator=mutant.operator,
                    was=mutant.was,
                    now=mutant.now,
                    source=mutant.source,
                    outcomes=outcomes,
                    result=result,
                    plain=plain,
                )
            )
    return tuple(found)
