"""What is wrong with an assignment that only shows when the reference and the misconceptions have been called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.authoring import Path, Slope, Unchanged, Values
from grader.courses.cases import Plan
from grader.courses.finding import REFERENCE
from grader.judging.comparison import distance
from grader.model import Case, CheckKey, Outcome, Raised, Returned
from grader.saying import say

CLEARLY = 100.0
"""How many times the tolerance a misconception must be off."""


def path_of(part: int | str | Path) -> Path:
    """Return a check's part as a path."""
    return part if isinstance(part, tuple) else (part,)


def value_at(value: Any, path: Path) -> Any:
    """Return the part of a value at a path. Raises LookupError or TypeError where it has none."""
    for step in path:
        if isinstance(step, str) and not isinstance(value, dict):
            raise TypeError(say("a {name} has no key {step!r}", name=type(value).__name__, step=step))
        value = value[step]
    return value


def part_faults(check: CheckKey, cases: tuple[Case, ...], plan: Plan) -> Iterator[str]:
    """Say which parts the reference's own result lacks, once a check."""
    paths = (check.kind.cost, check.kind.gradient) if isinstance(check.kind, Slope) else (check.part,)
    for position in check.cases:
        outcome = cases[position].expected
        if not isinstance(outcome, Returned):
            continue
        for path in paths:
            try:
                value_at(outcome.value, path_of(path))
            except (LookupError, TypeError) as error:
                yield (
                    say(
                        "check {check!r}: the reference's own result ({origin}) has no part {path!r} ({name}: "
                        "{error}); it is {described}",
                        check=check.name,
                        origin=plan.drafts[position].origin,
                        path=path,
                        name=type(error).__name__,
                        error=error,
                        described=_described(outcome.value),
                    )
                )
                return
        if isinstance(check.kind, Slope) and (fault := _gradient_fault(check.kind, cases[position], outcome)):
            yield say(
                "check {check!r}: {origin}: {fault}", check=check.name, origin=plan.drafts[position].origin, fault=fault
            )
            return
        looked_at = isinstance(check.kind, Unchanged) and (check.kind.arguments or range(len(cases[position].args)))
        if looked_at and set(outcome.changed) & set(looked_at):
            yield say(
                "check {check!r}: the reference itself changes its arguments: work on copies in {reference}",
                check=check.name,
                reference=REFERENCE,
            )
            return


def _gradient_fault(kind: Slope, case: Case, outcome: Returned) -> str | None:
    """Say what keeps the reference's own gradient from being compared with its slope."""
    entries = np.size(case.args[kind.argument])
    slopes = np.size(value_at(outcome.value, path_of(kind.gradient)))
    if slopes != entries:
        return say(
            "the gradient has {slopes} entries, but argument {argument} has {entries}: mend the paths",
            slopes=slopes,
            argument=kind.argument,
            entries=entries,
        )
    if np.size(value_at(outcome.value, path_of(kind.cost))) != 1:
        return say("the cost is no single number: mend its path")
    return None


def comes_by_chance(check: CheckKey, first: Outcome, again: Outcome) -> bool:
    """Whether two calls of the reference with the same arguments differ by more than a check allows."""
    if not isinstance(first, Returned):
        return False
    if not isinstance(again, Returned):
        return True
    try:
        parts = value_at(first.value, check.part), value_at(again.value, check.part)
    except (LookupError, TypeError):
        return True
    return distance(*parts, check.compare) > 1


def _described(value: Any) -> str:
    """Say what a value is made of, in a few words."""
    if isinstance(value, dict):
        return say("a dict with the keys {names}", names=", ".join(map(repr, value)))
    if isinstance(value, (tuple, list)):
        return say("a {name} of {count}", name=type(value).__name__, count=len(value))
    return f"a {type(value).__name__}"


def variant_faults(name: str, cases: tuple[Case, ...], checks: tuple[CheckKey, ...], enough: int) -> Iterator[str]:
    """Say what is wrong with a misconception: its values, not an exception, must be clearly off on enough cases."""
    apart: dict[Path, dict[int, float]] = {}
    raised: list[Raised] = []
    for check in checks:
        if not isinstance(check.kind, Values) or check.compare.shape_only:
            continue
        for position in check.cases:
            got = cases[position].variants.get(name)
            if isinstance(got, Raised):
                raised.append(got)
            else:
                part = apart.setdefault(check.part, {})
                part[position] = max(part.get(position, 0.0), _apart(cases[position].expected, got, check))
    # A student's results are matched part by part, so one part must tell the two apart often enough.
    told = max((sum(each >= CLEARLY for each in part.values()) for part in apart.values()), default=0)
    if told >= enough:
        return
    label = say("misconception {name!r}:", name=name)
    worst = max((each for part in apart.values() for each in part.values()), default=0.0)
    if raised and not apart:
        error = raised[0]
        yield (
            say(
                "{label} it raises {type} in every case ({message}), and an exception is no evidence: "
                "mend it, or take it out",
                label=label,
                type=error.type,
                message=error.message,
            )
        )
    elif worst <= 1:
        yield say(
            "{label} it equals the reference in every case: take it out, or add a case that tells them apart",
            label=label,
        )
    elif worst < CLEARLY:
        yield (
            say(
                "{label} it differs from the reference by at most {worst:.3g} times the tolerance, less "
                "than {clearly:g}: add a case where the difference is plain",
                label=label,
                worst=worst,
                clearly=CLEARLY,
            )
        )
    else:
        yield say(
            "{label} only {told} case tells it from the reference, and {enough} must: add an example",
            label=label,
            told=told,
            enough=enough,
        )


def _apart(expected: Outcome, got: Outcome | None, check: CheckKey) -> float:
    """Return how far a misconception is from the reference in a check's part, in multiples of the tolerance."""
    if not isinstance(expected, Returned) or not isinstance(got, Returned):
        return float("inf")
    want = value_at(expected.value, check.part)
    try:
        have = value_at(got.value, check.part)
    except (LookupError, TypeError):
        return float("inf")
    return distance(want, have, check.compare)
