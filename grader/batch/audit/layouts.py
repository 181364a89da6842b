"""The same inputs in another form: Fortran order, and float32. A correct program's verdict is the same in each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.authoring import Values
from grader.batch.audit.subjects import Run, Subject, judged, program
from grader.model import Case, Found, Outcome, Returned, Value
from grader.sandbox.protocol import Sandbox, Session
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


def run_in(layout: Layout, subject: Subject, source: str, sandbox: Sandbox) -> Run:
    """Run a program on changed inputs, judging the checks of values."""
    begin = time.perf_counter()
    key = subject.prepared[0].key.questions[0]
    checks = tuple(check for check in key.checks if isinstance(check.kind, Values))
    looked_at = {position for check in checks for position in check.cases}
    cases = [
        replace(case, args=tuple(map(layout.change, case.args)), variants={}, measured=False)
        if position in looked_at and case.scenario is None
        else None
        for position, case in enumerate(key.cases)
    ]
    plain = [case for case in cases if case is not None]
    checks = tuple(check for check in checks if all(cases[position] is not None for position in check.cases))
    first = subject.prepared[0]

    def answers(session: Session) -> list[Outcome]:
        return session.call(key.name, encode_cases(plain), key.limits)

    with sandbox.session(program(source), first.wanted, first.limits) as session:
        got = iter(answers(session))
    wanted = iter([case.expected for case in plain])
    if layout.own:
        with sandbox.session(program(subject.loaded.reference.loaded_source), first.wanted, first.limits) as session:
            wanted = iter(answers(session))
    changed: list[Case] = []
    outcomes: list[Outcome] = []
    for case, original in zip(cases, key.cases, strict=True):
        changed.append(original if case is None else replace(case, expected=next(wanted)))
        outcomes.append(Returned(value=None) if case is None else next(got))
    if not checks:
        return Run(verdicts=(), seconds=time.perf_counter() - begin)
    verdicts = judged(replace(key, checks=checks, cases=tuple(changed)), outcomes, Found(status="found"))
    return Run(verdicts=(verdicts,), seconds=time.perf_counter() - begin)
