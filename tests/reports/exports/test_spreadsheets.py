"""CSV: every name comes back as text, no cell is a formula, numbers stay numbers."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from export_samples import ADJUSTMENT, NAMES, mark

from grader.reports.exports.cells import number_cell, plain, text_cell
from grader.reports.exports.table import COLUMNS, write_csv


def written(marks, **options):
    out = io.StringIO(newline="")
    assert write_csv(marks, out, **options) == len(marks)
    out.getvalue().encode("utf-8")
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline=""), strict=True))


def test_every_name_comes_back_as_one_cell_that_is_no_formula():
    rows = written([mark(name) for name in NAMES])
    assert [row["student"] for row in rows] == [text_cell(name) for name in NAMES]
    for row, name in zip(rows, NAMES, strict=True):
        assert row["student"].removeprefix("'") == plain(name).removeprefix("'")
        assert not row["student"].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))
        assert len(row) == len(COLUMNS)


@pytest.mark.parametrize(
    ("number", "cell"),
    [
        ("83", "83"),
        ("83.00", "83"),
        ("8.35", "8.35"),
        ("0.10", "0.1"),
        ("-2.5", "-2.5"),
        ("100", "100"),
        ("1E+2", "100"),
    ],
)
def test_numbers_stay_numbers(number, cell):
    assert number_cell(Decimal(number)) == cell
    assert Decimal(cell) == Decimal(number)


def test_an_unknown_score_and_an_excused_student_are_empty_cells_and_not_zeros():
    rows = written([mark(score=None, complete=False), mark(score=None, excused=True), mark(score="0")])
    assert [(row["score"], row["excused"], row["complete"]) for row in rows] == [
        ("", "no", "no"),
        ("", "yes", "yes"),
        ("0", "no", "yes"),
    ]


def test_questions_have_columns_and_acts_by_hand_are_shown():
    (row,) = written([mark(adjustments=(ADJUSTMENT,))], questions=("propagate", "optimize"))
    assert (row["propagate"], row["optimize"]) == ("5.85", "")
    assert row["adjusted"] == "propagate set 5.85 (=seen, by hand)"


def test_a_mark_without_a_submission_is_a_row_too():
    (row,) = written([mark(result=None, questions=(), excused=True, score=None)])
    assert (row["attempt"], row["submitted_at"], row["file"]) == ("", "", "")
