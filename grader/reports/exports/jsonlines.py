"""Marks as JSON Lines: one strict JSON object a line, the result with what counts beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from io import TextIOBase

from grader.judging.record import SCHEMA, Record, mark_to_json, result_to_record
from grader.model import Result
from grader.policy import Adjustment, Mark


def write_jsonl(marks: Iterable[Mark], out: TextIOBase, encode: Callable[[Result], Record] = result_to_record) -> int:
    """Write one line a mark; return how many. `encode` makes a result's record, with words for those who want them."""
    lines = 0
    for mark in marks:
        out.write(json.dumps(mark_to_record(mark, encode), ensure_ascii=True, allow_nan=False) + "\n")
        lines += 1
    return lines


def mark_to_record(mark: Mark, encode: Callable[[Result], Record] = result_to_record) -> Record:
    """Return a mark as a JSON object. The result is as it was graded; `mark` is what came of it."""
    return {
        "schema": SCHEMA,
        "assignment": mark.assignment,
        "student": mark.student,
        "mark": {
            "score": mark_to_json(mark.score),
            "points": mark_to_json(mark.points),
            "before_late": mark_to_json(mark.before_late),
            "penalty": mark_to_json(mark.penalty),
            "late": mark.late,
            "excused": mark.excused,
            "complete": mark.complete,
            "flags": list(mark.flags),
            "questions": [
                {
                    "name": question.name,
                    "score": mark_to_json(question.score),
                    "points": mark_to_json(question.points),
                    "adjusted": bool(question.adjustments),
                }
                for question in mark.questions
            ],
            "adjustments": [_adjustment(act) for act in mark.adjustments],
        },
        "result": None if mark.result is None else encode(mark.result),
    }


def _adjustment(act: Adjustment) -> Record:
    return {
        "question": act.question,
        "act": act.act.value,
        "points": mark_to_json(act.points),
        "why": act.why,
        "who": act.who,
        "at": act.at.isoformat(),
    }
