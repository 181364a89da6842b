"""The same inputs in another form: Fortran order, and float32. A correct program's verdict is the same in each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.authoring import Values
from grader.batch.audit.subjects import Run, Subject, judged, program
from grader.batch.audit.together import alongside
from grader.model import Case, Found, QuestionKey, Value
from grader.sandbox.protocol import Sandbox
from grader.sandbox.wire import encode_cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A form of the inputs. `own` says that what is right is what the reference makes of them in this form."""

    name: str
    change: Callable[[Value], Value]
    own: bool


def _fortran(value: Value) -> Any:
    return np.asfortranarray(value) if isinstance(value, np.ndarray) and value.ndim else value


def _single(value: Value) -> Any:
    is_double = isinstance(value, np.ndarray) and value.dtype == np.float64
    return value.astype(np.float32) if is_double else value


LAYOUTS = (
    Layout(name="in Fortran order", change=_fortran, own=False),
    Layout(name="in float32", change=_single, own=True),
)


def layouts_of(subject: Subject) -> Iterator[Layout]:
    """Yield the forms in which the inputs of a question differ from what they are."""
    arrays = [arg for case in subject.keys[0].cases for arg in case.args if isinstance(arg, np.ndarray)]
    there = {"in Fortran order": any(array.ndim > 1 for array in arrays), "in float32": _has_doubles(arrays)}
    for layout in LAYOUTS:
        if there[layout.name]:
            yield layout


def _has_doubles(arrays: Sequence[np.ndarray[Any, Any]]) -> bool:
    return any(array.dtype == np.float64 for array in arrays)


def run_in(layout: Layout, subject: Subject, definitions: Sequence[str], sandbox: Sandbox) -> list[Run]:
    """Run the reference, and then some definitions, on changed inputs, judging the checks of values."""
    begin = time.perf_counter()
    key, cases = _changed_key(layout, subject)
    if not key.checks:
        return [Run(verdicts=(), seconds=0.0)] * (1 + len(definitions))
    source, wanted = alongside(subject, definitions)
    first = subject.prepared[0]
    payload = encode_cases(cases)
    runs: list[Run] = []
    with sandbox.session(program(source), (*first.wanted, *wanted), first.limits) as session:
        for each in (first.wanted[0], *wanted):
            outcomes = session.call(each.name, payload, first.limits)
            if layout.own and not runs:
                right = zip(cases, outcomes, strict=True)
                key = replace(key, cases=tuple(replace(case, expected=outcome) for case, outcome in right))
            verdicts = judged(key, outcomes, Found(status="found"))
            runs.append(Run(verdicts=(verdicts,), seconds=time.perf_counter() - begin))
            begin = time.perf_counter()
    return runs


def _changed_key(layout: Layout, subject: Subject) -> tuple[QuestionKey, list[Case]]:
    """Return the checks of values with their cases, the inputs of these changed."""
    key = subject.prepared[0].key.questions[0]
    checks = [
        check
        for check in key.checks
        if isinstance(check.kind, Values) and all(key.cases[position].scenario is None for position in check.cases)
    ]
    kept = sorted({position for check in checks for position in check.cases})
    places = {position: place for place, position in enumerate(kept)}
    cases = [
        replace(case, args=tuple(map(layout.change, case.args)), variants={})
        for case in (key.cases[position] for position in kept)
    ]
    moved = tuple(replace(check, cases=tuple(places[each] for each in check.cases)) for check in checks)
    return replace(key, checks=moved, cases=tuple(cases)), cases
