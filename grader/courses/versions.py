"""Versions: short hashes that change whenever anything that can change a mark or its explanation changes.

Computed numbers are rounded first: a key made on another machine, whose last bits may differ, has the same version.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np

from grader.judging.versions import digest_of
from grader.model import AnswerKey, Case, Outcome, QuestionKey, Raised, Returned, Unsupported, Value

DIGITS = 7
LENGTH = 16
SMALLEST = 1e-290
"""Below this a number is as good as 0."""


def own_version(question: QuestionKey, definition: str = "", digest: str = "") -> str:
    """Return the version of a question by itself.

    `definition` is the source of the reference's function, which answers in follow-through; `digest` is that of the
    author's files, and counts where a scenario is code that can't be looked into otherwise.
    """
    return _hash(_question(question, definition, digest))


def with_versions(key: AnswerKey, own: Mapping[str, str] | None = None) -> AnswerKey:
    """Return the key with a version for each question and for the whole, made of those of questions by themselves."""
    own = own if own is not None else {question.name: own_version(question) for question in key.questions}
    questions = tuple(
        dataclasses.replace(
            question, version=_hash([own[question.name], *(own.get(name, "") for name in _used(key, question))])
        )
        for question in key.questions
    )
    whole = _hash([key.assignment, [[question.name, question.version] for question in questions]])
    return dataclasses.replace(key, questions=questions, version=whole)


def rounded(value: Value) -> Any:
    """Return a value as JSON that is equal for values that differ in their last bits only."""
    if isinstance(value, np.ndarray):
        return [value.dtype.name, list(value.shape), *_rounded_array(value)]
    if isinstance(value, np.generic):
        return [value.dtype.name, *_rounded_array(np.asarray(value))]
    if isinstance(value, (float, complex)) and not isinstance(value, (bool, int)):
        return [type(value).__name__, *_rounded_array(np.asarray(value))]
    if isinstance(value, (list, tuple)):
        return [type(value).__name__, *map(rounded, value)]
    if isinstance(value, Mapping):
        return {"dict": [[name, rounded(item)] for name, item in value.items()]}
    return value


def _rounded_array(value: Any) -> list[Any]:
    """Round the entries relative to the largest of them."""
    if value.dtype.kind not in "fc":
        return [value.ravel().tolist()]
    if value.dtype.kind == "c":
        return [*_rounded_array(value.real), *_rounded_array(value.imag)]
    finite = np.abs(value[np.isfinite(value)])
    scale = float(finite.max(initial=0.0))
    if scale < SMALLEST:
        scale = 1.0
    # The step between two units lies at no number that computations like to end on: 1.0 and 0.9999999999999999 agree.
    unit = 10.0 ** max(math.floor(math.log10(scale) + 0.123) - DIGITS, -300)
    numbers = value.ravel().astype(float).tolist()
    entries = [round(number / unit) if math.isfinite(number) else str(number) for number in numbers]
    return [f"{unit:.0e}", entries]


def _question(question: QuestionKey, definition: str, digest: str) -> list[Any]:
    return [
        [question.name, question.kind, question.aliases, question.parameters, question.uses, question.stub],
        [[name, *place] for name, place in sorted(question.dims.items())],
        dataclasses.astuple(question.limits),
        [[*_plain(dataclasses.astuple(check)), type(check.kind).__name__] for check in question.checks],
        [[each.name, each.hint] for each in question.misconceptions],
        [_case(case) for case in question.cases],
        definition,
        [_scenario(case.scenario, digest) for case in question.cases if case.scenario is not None],
    ]


def _case(case: Case) -> list[Any]:
    return [
        rounded(case.args),
        _outcome(case.expected),
        [[name, _outcome(outcome)] for name, outcome in sorted(case.variants.items())],
        case.measured,
        case.seed,
        case.visibility,
    ]


def _scenario(scenario: object, digest: str) -> str:
    """Return a digest of a scenario's code, or of all the author's files where it leans on what has none."""
    try:
        return digest_of(scenario)
    except TypeError:
        return digest


def _outcome(outcome: Outcome) -> list[Any]:
    # Steps and CPU time are measured afresh on every machine.
    if isinstance(outcome, Returned):
        return ["returned", rounded(outcome.value), list(outcome.changed)]
    if isinstance(outcome, (Raised, Unsupported)):
        return [type(outcome).__name__, outcome.type]
    return ["stopped"]


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value


def _used(key: AnswerKey, question: QuestionKey) -> list[str]:
    """Return all that a question is built on, near and far, sorted."""
    uses = {each.name: each.uses for each in key.questions}
    found: set[str] = set()
    ahead = list(question.uses)
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += uses.get(name, ())
    return sorted(found)


def _hash(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
