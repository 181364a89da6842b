"""How much of a result a reader is told: one pure function, for all that is shown to students.

At `marks` there are marks and verdicts; at `hints` also what kind of thing is wrong; at `full` also the inputs and
values that a result carries, which are those of public checks and, where `examples` may be shown, of small fresh inputs
for hidden ones. What is kept in the gradebook is never reduced.
"""

from __future__ import annotations

from dataclasses import replace

from grader.model import JSON, CheckResult, Result, Verdict
from grader.policy import Feedback

WITHHELD = "withheld"
"""The code of a check about which nothing is said."""
VALUES = frozenset(
    {
        "expected_value",
        "got_value",
        "input",
        "mismatches",
        "table",
        "message",
        "wrong",
        "total",
        "printed",
        "key",
    }
)
"""Parameters that carry inputs, values or what a program wrote."""
ANSWERS = frozenset({"expected", "got"})
"""These too, unless the code is one whose sentence names kinds of value, an exception or a signature by them."""
NAMING = frozenset({
    "exception.arguments", "exception.expected", "exception.keyword", "structure.kind", "structure.several",
    "structure.single",
})  # fmt: skip


def at_level(result: Result, level: Feedback, *, examples: bool = False) -> Result:
    """Return a result with what a reader at this level is told. Marks, verdicts and flags are always there.

    `examples` says that the reader may see fresh examples for hidden checks, at full level.
    """
    if level is Feedback.FULL:
        shown = (check.example for check in result.checks)
        if examples or not any(shown):
            return result
    if not result.questions:
        return result
    reduce = {Feedback.MARKS: _marks, Feedback.HINTS: _hints, Feedback.FULL: _without_example}[level]
    questions = tuple(
        replace(question, checks=tuple(reduce(check) for check in question.checks)) for question in result.questions
    )
    return replace(result, questions=questions, notes=() if level is Feedback.MARKS else result.notes)


def _marks(check: CheckResult) -> CheckResult:
    code = "ok" if check.verdict is Verdict.ACCEPTED else WITHHELD
    return replace(check, code=code, params={}, misconception=None, hint=None, example=None)


def _hints(check: CheckResult) -> CheckResult:
    hidden = VALUES if check.code in NAMING else VALUES | ANSWERS
    params: dict[str, JSON] = {name: value for name, value in check.params.items() if name not in hidden}
    return replace(check, params=params, example=None)


def _without_example(check: CheckResult) -> CheckResult:
    return replace(check, example=None)
