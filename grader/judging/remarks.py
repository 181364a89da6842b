"""What is worth telling about a question's calls and costs no marks: warnings, arguments changed, True for 1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from grader.judging.values import Category as Sort
from grader.judging.values import as_array, category, is_sequence
from grader.model import JSON, Note, Outcome, QuestionKey, Raised, Returned, Value

_WARNING = re.compile(r"^(overflow|divide by zero|invalid value) encountered in (\w{1,20})$")
_CODES = {"overflow": "warning.overflow", "divide by zero": "warning.divide", "invalid value": "warning.invalid"}
_OPERATIONS = frozenset((
    "add", "arccos", "arcsin", "arctan2", "arctanh", "cosh", "det", "divide", "dot", "exp", "exp2", "expm1", "log",
    "log10", "log1p", "log2", "matmul", "multiply", "power", "reciprocal", "reduce", "scalar", "sinh", "sqrt", "square",
    "subtract",
))  # fmt: skip
"""What numpy warns of by name: any other word could be the student's own, with the inputs in it."""


def notes_of(question: QuestionKey, outcomes: Sequence[Outcome]) -> tuple[Note, ...]:
    """Return the notes on a question's calls, each once. They hold nothing of hidden cases but numpy's own words."""
    found: dict[tuple[str, str], Note] = {}
    for case, outcome in zip(question.cases, outcomes, strict=False):
        expected = case.expected.value if isinstance(case.expected, Returned) else None
        for code, more in _remarks(question, expected, outcome):
            found.setdefault((code, repr(more)), Note(code=code, params={"name": question.name, **more}))
    return tuple(found.values())


def told_where_they_rise(notes: Sequence[Note], uses: Mapping[str, Sequence[str]]) -> tuple[Note, ...]:
    """Leave out a warning of numpy on a question that is built on one with the same warning: there it is told."""
    warned = {(note.params.get("name"), note.code, note.params.get("operation")) for note in notes}

    def is_told(note: Note) -> bool:
        below = uses.get(str(note.params.get("name")), ())
        return any((other, note.code, note.params.get("operation")) in warned for other in below)

    return tuple(note for note in notes if not (note.code in _CODES.values() and is_told(note)))


def _remarks(question: QuestionKey, expected: Value, outcome: Outcome) -> Iterator[tuple[str, dict[str, JSON]]]:
    if isinstance(outcome, Returned | Raised):
        yield from _warnings(outcome.warnings)
    if isinstance(outcome, Returned):
        for position in outcome.changed:
            if 0 <= position < len(question.parameters):
                yield "changed.argument", {"argument": question.parameters[position]}
        if _has_truths(expected, outcome.value):
            yield "type.bool", {}


def _warnings(warnings: Sequence[str]) -> Iterator[tuple[str, dict[str, JSON]]]:
    for text in warnings[:20]:
        known = _WARNING.match(text.removeprefix("RuntimeWarning: "))
        if known is not None:
            yield _CODES[known[1]], {"operation": known[2]} if known[2] in _OPERATIONS else {}


def _has_truths(expected: Value, got: Value) -> bool:
    """Say whether True and False stand somewhere in a result where the reference has numbers."""
    kind = type(got)
    if kind is float:
        return False
    if kind is dict:
        shared = expected.keys() & got.keys() if type(expected) is dict else ()
        return any(_has_truths(expected[key], got[key]) for key in shared)
    if is_sequence(got):
        return is_sequence(expected) and any(map(_has_truths, expected, got))
    if kind is bool or (isinstance(got, np.ndarray | np.generic) and got.dtype.kind == "b"):
        return category(expected) in (Sort.NUMBER, Sort.ARRAY) and as_array(expected).dtype.kind != "b"
    return False
