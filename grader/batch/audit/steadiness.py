"""What needs no sandbox: programs that know the worked examples by heart, rounding, wrong ideas and their hints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from grader.authoring import NoLoop, Slope, Unchanged, Values, Visibility
from grader.batch.audit.subjects import Subject
from grader.courses.audit import ideas_of
from grader.judging import result_of
from grader.model import Outcome, QuestionKey, Returned, Value, Verdict
from grader.reports.audit import Fault, FaultKind
from grader.saying import say

ULPS = 4


def memorised(key: QuestionKey) -> Iterator[Fault]:
    """Answer the public cases rightly and every other with one of the public answers: no hidden check may be passed."""
    if key.kind == "answer":
        return
    public = [case.visibility == Visibility.PUBLIC for case in key.cases]
    hidden = {check.name for check in key.checks if check.visibility == Visibility.HIDDEN and check.points}
    known = [case.expected for case, shown in zip(key.cases, public, strict=True) if shown]
    gained: set[str] = set()
    for stale in known:
        outcomes: list[Outcome] = [
            case.expected if shown else stale for case, shown in zip(key.cases, public, strict=True)
        ]
        result = result_of(replace(key, misconceptions=()), outcomes)
        gained |= {check.name for check in result.checks if check.name in hidden and check.verdict is Verdict.ACCEPTED}
    for name in sorted(gained - {check.name for check in key.checks if isinstance(check.kind, Unchanged)}):
        yield Fault(
            kind=FaultKind.MEMORISED,
            text=say(
                "a program that only knows the worked examples passes the hidden check {name!r}: give it other cases",
                name=name,
            ),
        )


def rounded(key: QuestionKey, rng: np.random.Generator) -> Iterator[Fault]:
    """Move every result of the reference by a few units in the last place: no verdict may change."""
    if key.kind == "answer":
        return
    values = tuple(check for check in key.checks if isinstance(check.kind, Values))
    outcomes: list[Outcome] = [
        replace(case.expected, value=_nudged(case.expected.value, rng))
        if isinstance(case.expected, Returned)
        else case.expected
        for case in key.cases
    ]
    result = result_of(replace(key, checks=values, misconceptions=()), outcomes)
    for check in result.checks:
        if check.verdict is not Verdict.ACCEPTED:
            yield Fault(
                kind=FaultKind.BRITTLE,
                text=say(
                    "the check {check!r} hangs on rounding: {ulps} units in the last place fail it ({code}): give it "
                    "a tolerance, or inputs that are better conditioned",
                    check=check.name,
                    ulps=ULPS,
                    code=check.code,
                ),
            )


def _nudged(value: Value, rng: np.random.Generator) -> Any:
    """Return a value with its fractions moved by up to a few units in the last place; whole numbers stay."""
    if isinstance(value, dict):
        return {name: _nudged(each, rng) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_nudged(each, rng) for each in value)
    if isinstance(value, (float, np.floating, np.ndarray)) and np.asarray(value).dtype.kind == "f":
        array = np.asarray(value)
        moved = array + rng.integers(-ULPS, ULPS + 1, size=array.shape) * np.spacing(array)
        kept = np.where(np.isfinite(array) & (array != np.round(array)), moved, array).astype(array.dtype)
        return kept if isinstance(value, np.ndarray) else type(value)(kept)
    return value


def misunderstood(subject: Subject) -> tuple[int, list[Fault]]:
    """Check that every misconception loses points and gets its own hint; return how many there are, and the faults."""
    key = subject.keys[0]
    faults = []
    ideas = ideas_of(subject.loaded, subject.question, key)
    for idea in ideas:
        result = result_of(_unmeasured(key), list(idea.outcomes))
        hints = {check.misconception for check in result.checks if check.misconception}
        if result.score == result.points:
            faults.append(
                say("the misconception {idea!r} has full marks: give a check cases that tell it", idea=idea.name)
            )
        elif hints and idea.name not in hints:
            faults.append(
                say(
                    "the misconception {idea!r} gets the hint of {others} and never its own: give it cases that tell "
                    "it",
                    idea=idea.name,
                    others=", ".join(sorted(hints)),
                )
            )
        elif not hints:
            faults.append(say("the misconception {idea!r} gets no hint: give it cases that tell it", idea=idea.name))
    return len(ideas), [Fault(kind=FaultKind.MISCONCEPTION, text=text) for text in faults]


def _unmeasured(key: QuestionKey) -> QuestionKey:
    """Leave out what a misconception has no outcome for."""
    checks = tuple(check for check in key.checks if not isinstance(check.kind, (NoLoop, Slope, Unchanged)))
    return replace(key, checks=checks)
