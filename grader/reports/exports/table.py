"""Marks as CSV: one row a student and assignment, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import TextIOBase

from grader.policy import Mark
from grader.reports.exports.cells import number_cell, text_cell

COLUMNS = (
    "assignment",
    "student",
    "score",
    "points",
    "before_late",
    "penalty",
    "late",
    "excused",
    "complete",
    "attempt",
    "submitted_at",
    "adjusted",
    "flags",
    "file",
)


def write_csv(marks: Iterable[Mark], out: TextIOBase, *, questions: Sequence[str] = ()) -> int:
    """Write marks as CSV, with a column for each of `questions`; return the number of rows.

    A score that is not known, or of a student who is excused, is an empty cell. Open `out` with newline="" and, for
    Excel, with encoding="utf-8-sig".
    """
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*COLUMNS, *(text_cell(name) for name in questions)])
    rows = 0
    for mark in marks:
        scores = {question.name: question.score for question in mark.questions}
        writer.writerow([*_cells(mark), *(number_cell(scores.get(name)) for name in questions)])
        rows += 1
    return rows


def _cells(mark: Mark) -> list[str]:
    result = mark.result
    submitted_at = result.submitted_at if result else None
    adjusted = "; ".join(
        f"{act.question or 'all'} {act.act.value} {number_cell(act.points)}".strip() + f" ({act.why})"
        for act in mark.adjustments
    )
    return [
        text_cell(mark.assignment),
        text_cell(mark.student),
        number_cell(mark.score),
        number_cell(mark.points),
        number_cell(mark.before_late),
        number_cell(mark.penalty),
        _yes(mark.late),
        _yes(mark.excused),
        _yes(mark.complete),
        number_cell(result.attempt if result else None),
        submitted_at.isoformat() if submitted_at else "",
        text_cell(adjusted),
        text_cell(" ".join(mark.flags)),
        text_cell(result.path if result else ""),
    ]


def _yes(value: bool) -> str:
    return "yes" if value else "no"
