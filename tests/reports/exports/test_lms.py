"""The filled files are what Canvas and Moodle take back: their ids, their columns, our marks."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from export_samples import mark

from grader.errors import UsageError
from grader.reports.exports.lms import fill_canvas, fill_moodle

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Week 1 (881),Logistic regression (902),Current Score\r\n"
    ",,,,,Manual Posting,,(read only)\r\n"
    "    Points Possible,,,,,10,100,(read only)\r\n"
    '"Lovelace, Ada",4021,s001,ada@example.edu,"Math, 101",9,,88.2\r\n'
    '"李, 雷",4022,s002,lilei@example.edu,"Math, 101",8,50,70\r\n'
    '"O\'Brien, ""Pat""",4023,=s003,pat@example.edu,"Math, 101",7,60,\r\n'
    '"Student, Test",4099,,test,"Math, 101",,,\r\n'
)
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\r\n"
    'Participant 701,Ada Lovelace,ada@example.edu,Submitted,,100.00,Yes,"Sunday, 1 March 2026, 9:00 AM",-,\r\n'
    'Participant 702,李雷,lilei@example.edu,No submission,12.00,100.00,Yes,-,-,"two\nlines, here"\r\n'
)


def rows_of(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True))


def hundred(student, score, **fields):
    return mark(student, score, "100", **fields)


def canvas_import(text):
    """Read a file as Canvas's importer does: ids, one row of points, blank for no change, EX for excused."""
    rows = rows_of(text)
    assert {"Student", "ID", "SIS User ID", "SIS Login ID", "Section"} <= set(rows[0])
    head = [row for row in rows if "Points Possible" in row["Student"]]
    assert len(head) == 1
    students = rows[rows.index(head[0]) + 1 :]
    titles = [t for t in rows[0] if t not in ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")]
    return {
        (int(row["ID"]), title): row[title] if row[title] in ("", "EX") else Decimal(row[title])
        for row in students
        for title in titles
    }


def test_canvas_gets_back_its_own_ids_with_the_one_column_filled():
    marks = [hundred("ada", "83.5"), hundred("s002", "100"), hundred("4023", None, excused=True)]
    filled = fill_canvas(CANVAS, marks, "Logistic regression")
    title = "Logistic regression (902)"
    assert canvas_import(filled.text) == {
        (4021, title): Decimal("83.5"),
        (4022, title): 100,
        (4023, title): "EX",
        (4099, title): "",
    }
    assert (filled.filled, filled.blank, filled.missing) == (3, ("Student, Test",), ())


def test_canvas_cells_stay_byte_for_byte():
    rows = rows_of(fill_canvas(CANVAS, [hundred("ada", "1")], "Logistic regression (902)").text)
    before = rows_of(CANVAS)
    for title in ("Student", "ID", "SIS User ID", "SIS Login ID", "Section"):
        assert [row[title] for row in rows] == [row[title] for row in before]


@pytest.mark.parametrize(
    "student", ["ada", "ADA@example.edu", "s001", "4021", "lovelaceada", "Ada Lovelace", "Lovelace, Ada"]
)
def test_a_student_is_found_under_any_name_that_canvas_has(student):
    filled = fill_canvas(CANVAS, [hundred(student, "7")], "Logistic regression")
    assert (filled.filled, filled.missing) == (1, ())
    assert canvas_import(filled.text)[4021, "Logistic regression (902)"] == 7


def test_the_class_list_knows_other_names():
    filled = fill_canvas(CANVAS, [hundred("u17", "7")], "Logistic regression", aliases={"u17": ["LiLei@example.edu"]})
    assert canvas_import(filled.text)[4022, "Logistic regression (902)"] == 7


def test_who_is_not_in_the_file_is_told_and_who_could_be_two_gets_nothing():
    marks = [hundred("ada", "1"), hundred("u2", "2"), hundred("nobody", "3")]
    aliases = {"u2": ["ada@example.edu"]}
    filled = fill_canvas(CANVAS, marks, "Logistic regression", aliases=aliases)
    assert filled.filled == 0
    assert filled.missing == ("ada", "nobody", "u2")
    assert canvas_import(filled.text)[4021, "Logistic regression (902)"] == ""


def test_two_rows_of_one_student_get_nothing():
    doubled = CANVAS + '"Lovelace, Ada",4024,s009,ada@example.edu,"Math, 102",,,\r\n'
    filled = fill_canvas(doubled, [hundred("ada", "1")], "Logistic regression")
    assert (filled.filled, filled.missing) == (0, ("ada",))


def test_a_mark_not_yet_known_leaves_the_cell_as_it_was():
    filled = fill_canvas(CANVAS, [hundred("s002", None, complete=False)], "Logistic regression")
    assert canvas_import(filled.text)[4022, "Logistic regression (902)"] == 50
    assert "李, 雷" in filled.blank


def test_other_points_are_refused_or_scaled_exactly():
    with pytest.raises(UsageError, match=r"worth 10 points, and here it is worth 100.*--scale"):
        fill_canvas(CANVAS, [hundred("ada", "83.25")], "Week 1")
    filled = fill_canvas(CANVAS, [hundred("ada", "83.25")], "Week 1", scale=True)
    assert canvas_import(filled.text)[4021, "Week 1 (881)"] == Decimal("8.33")


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_file_written_with_another_separator_and_a_byte_order_mark_stays_so(separator):
    rows = list(csv.reader(io.StringIO(CANVAS, newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    filled = fill_canvas("\ufeff" + out.getvalue(), [hundred("ada", "1")], "Logistic regression")
    assert filled.text.startswith("\ufeffStudent" + separator)
    assert rows_of(filled.text, separator)[2]["Logistic regression (902)"] == "1"


@pytest.mark.parametrize(
    ("text", "column", "problem"),
    [
        (CANVAS, "Week 9", "no column called `Week 9`"),
        (
            CANVAS.replace("(881)", "(902)").replace("Week 1", "Logistic regression"),
            "Logistic regression",
            "more than one",
        ),
        ("no table at all", "x", "no header line"),
        ("", "x", "no header line"),
        ('a,b\r\n"open', "a", "not a CSV file"),
        ("a,b\r\n1,2\r\n", "a", "no column `Student`"),
    ],
)
def test_a_file_that_cannot_be_filled_is_refused_with_what_to_do(text, column, problem):
    with pytest.raises(UsageError, match=problem):
        fill_canvas(text, [], column)


def moodle_import(text):
    """Read a worksheet as Moodle's importer does: the three columns it needs, the id after "Participant "."""
    rows = rows_of(text)
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(rows[0])
    return {int(row["Identifier"].removeprefix("Participant ")): row["Grade"] for row in rows}


def test_moodle_gets_back_its_whole_worksheet_with_the_grades_filled():
    filled = fill_moodle(MOODLE, [hundred("ada", "83.5"), hundred("702", "9.05")])
    assert moodle_import(filled.text) == {701: "83.5", 702: "9.05"}
    before, after = rows_of(MOODLE), rows_of(filled.text)
    for old, new in zip(before, after, strict=True):
        assert {**old, "Grade": ""} == {**new, "Grade": ""}


def test_moodles_cells_stay_for_whom_there_is_no_mark():
    filled = fill_moodle(MOODLE, [hundred("李雷", None, excused=True)])
    assert moodle_import(filled.text) == {701: "", 702: "12.00"}
    assert (filled.filled, filled.missing) == (0, ())


def test_moodles_maximum_grade_is_held_against_ours():
    with pytest.raises(UsageError, match="worth 100 points"):
        fill_moodle(MOODLE, [mark("ada", "5", "12.35")])
    assert moodle_import(fill_moodle(MOODLE, [mark("ada", "12.35", "12.35")], scale=True).text)[701] == "100"


def test_a_gradebook_in_any_language_can_be_filled_by_naming_its_columns():
    sheet = "Vorname,Nachname,E-Mail-Adresse,Aufgabe: Woche 2\r\nAda,Lovelace,ada@example.edu,\r\n"
    filled = fill_moodle(sheet, [hundred("ada", "83.5")], column="Aufgabe: Woche 2", match="E-Mail-Adresse")
    assert rows_of(filled.text)[0]["Aufgabe: Woche 2"] == "83.5"
    with pytest.raises(UsageError, match="--match"):
        fill_moodle(sheet, [], column="Aufgabe: Woche 2")
