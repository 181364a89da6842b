"""Telling two programs apart: a search over many inputs, and then for the smallest that still does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np

from grader.authoring import Limits, Question
from grader.batch.audit.subjects import Subject, program
from grader.courses.audit import draw, shrunk, varied
from grader.courses.cases import Args
from grader.judging import compare
from grader.judging.values import is_finite
from grader.model import Case, Outcome, Raised, Returned, Stopped, Unsupported, Value
from grader.reports.audit import Apart
from grader.sandbox.protocol import Sandbox, Session
from grader.sandbox.wire import encode_cases
from grader.saying import join, phrase, say

DRAWN = 60
"""How many inputs are drawn from each generator."""
CHANGED = 25
"""How many of the drawn are changed in every way."""
ROUNDS = 12
AT_ONCE = 40
LONGEST = 300
LIMITS = Limits(call=4.0, question=2.0, submission=120.0, wall_factor=30.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Inputs, where they come from, and what the reference makes of them."""

    args: Args
    origin: str
    near: bool
    expected: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Inputs before the reference was asked; `near` ones surely belong to the question's domain."""

    args: Args
    origin: str
    near: bool
    drawn: bool


def candidates(question: Question, seed: int) -> tuple[Candidate, ...]:
    """Draw inputs and change some of them, nearest first."""
    rng = np.random.default_rng(seed)
    drawn = [Candidate(args=args, origin=name, near=True, drawn=True) for name, args in draw(question, seed, DRAWN)]
    picked = [drawn[place] for place in rng.permutation(len(drawn))[:CHANGED]]
    changed = [
        Candidate(args=args, origin=join(", ", [each.origin, phrase(name)]), near=near, drawn=False)
        for near in (True, False)
        for each in picked
        for name, args in varied(each.args, rng, far=not near)
    ]
    return (*drawn, *changed)


def gather(subject: Subject, found: Sequence[Candidate], sandbox: Sandbox) -> tuple[Input, ...]:
    """Ask the reference, and keep the inputs for which it returns something: for changed ones, something finite."""
    with _session(subject, subject.loaded.reference.loaded_source, sandbox) as session:
        outcomes = _answers(session, subject, [each.args for each in found])
    return tuple(
        Input(args=each.args, origin=each.origin, near=each.near, expected=outcome.value)
        for each, outcome in zip(found, outcomes, strict=True)
        if isinstance(outcome, Returned) and (each.drawn or is_finite(outcome.value))
    )


def tell_apart(subject: Subject, source: str, inputs: Sequence[Input], sandbox: Sandbox) -> Apart | None:
    """Return the smallest inputs found for which a program differs from the reference; None where none do."""
    with _session(subject, source, sandbox) as session:
        outcomes = _answers(session, subject, [each.args for each in inputs])
        for each, outcome in zip(inputs, outcomes, strict=True):
            if differs(each.expected, outcome):
                break
        else:
            return None
        with _session(subject, subject.loaded.reference.loaded_source, sandbox) as reference:
            smallest, outcome = _shrink(subject, session, reference, each, outcome)
    names = subject.keys[0].parameters
    return Apart(
        inputs=tuple(zip(names, map(written, smallest.args), strict=False)),
        expected=written(smallest.expected),
        got=_written(outcome),
        origin=smallest.origin,
        near=smallest.near,
    )


def _shrink(
    subject: Subject, session: Session, reference: Session, found: Input, outcome: Outcome
) -> tuple[Input, Outcome]:
    """Make inputs smaller as long as they tell the two apart."""
    for _ in range(ROUNDS):
        smaller = list(islice(shrunk(found.args), AT_ONCE))
        expected = _answers(reference, subject, smaller)
        got = _answers(session, subject, smaller)
        for args, want, have in zip(smaller, expected, got, strict=True):
            if isinstance(want, Returned) and is_finite(want.value) and differs(want.value, have):
                found, outcome = replace(found, args=args, expected=want.value), have
                break
        else:
            break
    return found, outcome


def differs(expected: Value, outcome: Outcome) -> bool:
    """Whether an outcome is not as good as the reference's value."""
    return not isinstance(outcome, Returned) or compare(expected, outcome.value) is not None


def _session(subject: Subject, source: str, sandbox: Sandbox) -> Any:
    return sandbox.session(program(source), subject.prepared[0].wanted, LIMITS)


def _answers(session: Session, subject: Subject, inputs: Sequence[Args]) -> list[Outcome]:
    cases = [Case(args=args, expected=Returned(value=None)) for args in inputs]
    return session.call(subject.name, encode_cases(cases), LIMITS) if cases else []


# --- in words ------------------------------------------------------------------------------------------------------


def written(value: Value) -> str:
    """Write a value as one would type it, within bounds."""
    text = _typed(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _typed(value: Value) -> str:
    if isinstance(value, np.ndarray):
        kind = "" if value.dtype in (np.float64, np.int64) else f", dtype={value.dtype}"
        return f"np.array({value.tolist()}{kind})"
    if isinstance(value, np.generic):
        return repr(value.item())
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name!r}: {_typed(each)}" for name, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(map(_typed, value))
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value)


def _written(outcome: Outcome) -> str:
    match outcome:
        case Returned(value=value):
            return written(value)
        case Raised(type=kind, message=message):
            return f"{kind}: {message}".rstrip(": ")[:LONGEST]
        case Unsupported(type=kind):
            return say("an object of type {kind}", kind=kind)
        case Stopped(verdict=verdict):
            return str(verdict)
