"""A result as strict JSON and back, without loss: what the gradebook keeps and what the JSON output is made from.

Messages stay codes with parameters; words are added at the edge (`grader.reports`). Marks are exact: an int where the
mark is whole, else a float whose shortest form *is* the decimal (`8.35`), else a string of digits. Nothing here yields
NaN or an infinity, so that any JSON parser reads it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from grader.authoring import Visibility
from grader.model import JSON, CheckResult, Message, Note, Params, QuestionResult, Result, Verdict

SCHEMA = 1
"""The schema number of a result, as in design.md, section 7."""

REMEMBERED: Final = 256
"""Results of questions whose forms are kept: most of a class come to one of a few."""

Record = dict[str, Any]
"""A JSON object, ready for `json.dumps(..., allow_nan=False)`."""


@lru_cache(maxsize=4096)
def mark_to_json(mark: Decimal | None) -> int | float | str | None:
    """Return an exact JSON form of a mark; None stays None. Raises ValueError for a mark that is no number."""
    if mark is None:
        return None
    if not mark.is_finite():
        raise ValueError(f"a mark must be a finite number, not {mark}")
    if mark == mark.to_integral_value():
        return int(mark)
    short = float(mark)
    return short if Decimal(repr(short)) == mark else format(mark, "f")


def mark_from_json(value: float | str | None) -> Decimal | None:
    """Return the mark that `mark_to_json` wrote."""
    if value is None:
        return None
    mark = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not mark.is_finite():
        raise ValueError(f"a mark must be a finite number, not {mark}")
    return mark


def result_to_record(result: Result) -> Record:
    """Return a result as a JSON object: the fields of design.md, section 7, without the words."""
    return {
        "schema": SCHEMA,
        "assignment": result.assignment,
        "student": result.student,
        "submission": {"path": result.path, "sha256": result.sha256},
        "attempt": result.attempt,
        "submitted_at": None if result.submitted_at is None else result.submitted_at.isoformat(),
        "late": result.late,
        "sandbox": result.sandbox,
        "flags": list(result.flags),
        "score": mark_to_json(result.score),
        "points": mark_to_json(result.points),
        "complete": result.complete,
        "seconds": _plain(result.seconds, "seconds"),
        "questions": [question_to_record(question) for question in result.questions],
        "notes": [note_to_record(note) for note in result.notes],
    }


def result_from_record(record: Mapping[str, Any]) -> Result:
    """Return the result that `result_to_record` wrote. Raises ValueError for a record of another schema."""
    if record.get("schema") != SCHEMA:
        raise ValueError(f"a result of schema {record.get('schema')!r} can't be read; this version reads {SCHEMA}")
    submitted_at = record["submitted_at"]
    return Result(
        assignment=record["assignment"],
        student=record["student"],
        path=record["submission"]["path"],
        sha256=record["submission"]["sha256"],
        attempt=record["attempt"],
        submitted_at=None if submitted_at is None else datetime.fromisoformat(submitted_at),
        late=record["late"],
        sandbox=record["sandbox"],
        flags=tuple(record["flags"]),
        score=mark_from_json(record["score"]),
        points=_points(record["points"]),
        complete=record["complete"],
        seconds=record["seconds"],
        questions=tuple(question_from_record(question) for question in record["questions"]),
        notes=tuple(note_from_record(note) for note in record["notes"]),
    )


def question_to_record(question: QuestionResult) -> Record:
    """Return one question's result as a JSON object."""
    return {
        "name": question.name,
        "score": mark_to_json(question.score),
        "points": mark_to_json(question.points),
        "follow_through": question.follow_through,
        "checks": [check_to_record(check) for check in question.checks],
    }


def question_from_record(record: Mapping[str, Any]) -> QuestionResult:
    """Return the question's result that `question_to_record` wrote."""
    return QuestionResult(
        name=record["name"],
        score=mark_from_json(record["score"]),
        points=_points(record["points"]),
        follow_through=record["follow_through"],
        checks=tuple(check_from_record(check) for check in record["checks"]),
    )


class Itself:
    """A question's result as a key, which only the very same object equals."""

    __slots__ = ("question",)

    def __init__(self, question: QuestionResult) -> None:
        self.question = question

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and other.question is self.question

    def __hash__(self) -> int:
        return id(self.question)


def question_to_text(question: QuestionResult) -> str:
    """Return a question's result as strict, compact JSON in ASCII: one line, made once for one object."""
    return _text(Itself(question))


@lru_cache(maxsize=REMEMBERED)
def _text(key: Itself) -> str:
    return json.dumps(question_to_record(key.question), allow_nan=False, separators=(",", ":"))


@lru_cache(maxsize=REMEMBERED)
def question_from_text(text: str) -> QuestionResult:
    """Return the question's result that `question_to_text` wrote: one object for all who came to just the same."""
    return question_from_record(json.loads(text))


def check_to_record(check: CheckResult) -> Record:
    """Return one check's result as a JSON object; it has an example only where there is one."""
    record: Record = {
        "name": check.name,
        "visibility": check.visibility.value,
        "verdict": check.verdict.value,
        "score": mark_to_json(check.score),
        "points": mark_to_json(check.points),
        "follow_through_score": mark_to_json(check.follow_through_score),
        "code": check.code,
        "params": _params(check.params, check.name),
        "misconception": check.misconception,
        "hint": check.hint,
    }
    if check.example is not None:
        record["example"] = {"code": check.example.code, "params": _params(check.example.params, check.name)}
    return record


def check_from_record(record: Mapping[str, Any]) -> CheckResult:
    """Return the check's result that `check_to_record` wrote."""
    example = record.get("example")
    return CheckResult(
        name=record["name"],
        visibility=Visibility(record["visibility"]),
        verdict=Verdict(record["verdict"]),
        score=mark_from_json(record["score"]),
        points=_points(record["points"]),
        follow_through_score=mark_from_json(record["follow_through_score"]),
        code=record["code"],
        params=record["params"],
        misconception=record["misconception"],
        hint=record["hint"],
        example=None if example is None else Message(code=example["code"], params=example["params"]),
    )


def note_to_record(note: Note) -> Record:
    """Return a note as a JSON object."""
    return {"code": note.code, "params": _params(note.params, note.code)}


def note_from_record(record: Mapping[str, Any]) -> Note:
    """Return the note that `note_to_record` wrote."""
    return Note(code=record["code"], params=record["params"])


def _points(value: float | str) -> Decimal:
    points = mark_from_json(value)
    if points is None:
        raise ValueError("points are missing")
    return points


def _params(params: Params, where: str) -> dict[str, JSON]:
    return {name: _plain(value, f"{where}: {name}") for name, value in params.items()}


def _plain(value: JSON, where: str) -> JSON:
    """Return `value` as plain JSON; whatever strict JSON can't say is our own fault, and is refused with its place."""
    kind = type(value)
    if value is None or kind in (bool, int, str):
        return value
    if isinstance(value, float) and kind is float:
        if not math.isfinite(value):
            raise ValueError(f"{where}: {value} is not JSON")
        return value
    if isinstance(value, list | tuple):
        return [_plain(item, where) for item in value]
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError(f"{where}: the keys of an object must be text")
        return {key: _plain(item, where) for key, item in value.items()}
    if isinstance(value, str):
        return str(value)
    raise ValueError(f"{where}: a {kind.__name__} is not JSON")
