"""Filling the file that Canvas or Moodle exported, so that what is imported has the LMS's own ids.

Canvas (*Grades → Export*): the columns that say who a student is, and the one assignment's column; other columns are
left out, so that nothing older is written over newer marks. An excused student is `EX`. Moodle (the assignment's
*offline grading worksheet*, or the gradebook's CSV): the whole file, with one column filled. Cells of the LMS's own
stay as they are, byte for byte: an id that was made safe would no longer match.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from grader.errors import UsageError
from grader.policy import Mark, cents
from grader.reports.exports.cells import number_cell
from grader.reports.exports.matching import Aliases, Matcher
from grader.saying import say

_CANVAS_IDS = ("ID", "SIS User ID", "SIS Login ID", "Integration ID")
_CANVAS_NAMES = ("Student", "Student Name")
_CANVAS_KEPT = (*_CANVAS_NAMES, *_CANVAS_IDS, "Root Account", "Section")
_MOODLE_IDS = ("Identifier", "Email address", "ID number", "Username", "编号", "电子邮件地址", "学号", "用户名")
_MOODLE_NAMES = ("Full name", "全名")
_ID_AT_END = re.compile(r"\s*\(\d+\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A filled file, and what it could not say."""

    text: str
    filled: int
    blank: tuple[str, ...]
    """Students of the file without a mark: nothing handed in, or not known yet."""
    missing: tuple[str, ...]
    """Students with a mark who are not in the file, or not to be told apart in it."""


def fill_canvas(
    exported: str, marks: Iterable[Mark], assignment: str, *, aliases: Aliases | None = None, scale: bool = False
) -> Filled:
    """Fill Canvas's exported gradebook for one assignment.

    `assignment` is the column's title, with or without the number in brackets at its end. With `scale`, marks are
    brought from our points to Canvas's; without, different points are an error. Raises UsageError.
    """
    sheet = _Sheet(exported, "Canvas's export")
    column = sheet.column([assignment], loosely=True)
    ids, names = sheet.there(_CANVAS_IDS), sheet.there(_CANVAS_NAMES)
    if not ids and not names:
        raise UsageError(say("Canvas's export has no column `Student` or `ID`: export it anew under Grades → Export"))
    # Above the students stand rows about the columns: "Manual Posting", and then "Points Possible".
    heads = [number for number, row in enumerate(sheet.rows[:4]) if "Points Possible" in _cell(row, 0)]
    first = heads[-1] + 1 if heads else 0
    worth = _number(_cell(sheet.rows[heads[-1]], column)) if heads else None
    filled = _fill(sheet, first, column, ids, names, marks, aliases, lambda _: worth, scale=scale, excused="EX")
    kept = [*sheet.there(_CANVAS_KEPT), column]
    return _result([[_cell(row, number) for number in kept] for row in [sheet.titles, *sheet.rows]], sheet, filled)


def fill_moodle(
    exported: str,
    marks: Iterable[Mark],
    *,
    column: str | None = None,
    match: str | None = None,
    aliases: Aliases | None = None,
    scale: bool = False,
) -> Filled:
    """Fill Moodle's grading worksheet or its gradebook's CSV.

    `column` is the title of the column to fill (`Grade` in a worksheet); `match` the title of the column that says who
    a student is, for files in other languages. With `scale`, marks are brought to the worksheet's maximum grade;
    without, different points are an error. A student who is excused, or has no mark, keeps the cell as it is. Raises
    UsageError.
    """
    sheet = _Sheet(exported, "Moodle's file")
    target = sheet.column([column] if column else ["Grade", "成绩"])
    ids = [sheet.column([match])] if match else sheet.there(_MOODLE_IDS)
    names = sheet.there(_MOODLE_NAMES)
    if not ids and not names:
        raise UsageError(
            say(
                "Moodle's file has none of the columns that say who a student is ({names}): name one "
                "with `--match COLUMN`",
                names=", ".join(_MOODLE_IDS[:4]),
            )
        )
    most = sheet.there(("Maximum grade", "Maximum Grade", "最高分"))
    filled = _fill(
        sheet,
        0,
        target,
        ids,
        names,
        marks,
        aliases,
        lambda row: _number(_cell(row, most[0])) if most else None,
        scale=scale,
        excused=None,
    )
    return _result([sheet.titles, *sheet.rows], sheet, filled)


class _Sheet:
    """A CSV file taken apart: titles, rows, and how it was written."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.mark = "\ufeff" if text.startswith("\ufeff") else ""
        text = text.removeprefix("\ufeff")
        head = text.partition("\n")[0]
        self.delimiter = max(",;\t", key=head.count)
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            raise UsageError(
                say(
                    "{name} is not a CSV file ({error}): export it anew, and don't edit it by hand",
                    name=name,
                    error=error,
                )
            ) from error
        if not rows or len(rows[0]) < 2:
            raise UsageError(say("{name} has no header line: export it anew from the LMS as CSV", name=name))
        self.titles = rows[0]
        self.rows = [row for row in rows[1:] if row]

    def there(self, titles: Sequence[str]) -> list[int]:
        """Return the columns that bear one of the titles."""
        return [number for number, title in enumerate(self.titles) if title.strip() in titles]

    def column(self, titles: Sequence[str], *, loosely: bool = False) -> int:
        """Return the one column with a title; `loosely`, a number in brackets at its end may be left out."""
        found = self.there(titles)
        if not found and loosely:
            found = [n for n, title in enumerate(self.titles) if _ID_AT_END.sub("", title).strip() in titles]
        if len(found) == 1:
            return found[0]
        there = ", ".join(f"`{title}`" for title in self.titles if title.strip())
        problem = say("no column") if not found else say("more than one column")
        raise UsageError(
            say(
                "{self_name} has {problem} called `{titles}`; name it with `--column`. There are: {there}",
                self_name=self.name,
                problem=problem,
                titles=titles[0],
                there=there,
            )
        )


@dataclass(frozen=True, slots=True)
class _Filling:
    filled: int
    blank: tuple[str, ...]
    missing: tuple[str, ...]


def _fill(
    sheet: _Sheet,
    first: int,
    column: int,
    ids: Sequence[int],
    names: Sequence[int],
    marks: Iterable[Mark],
    aliases: Aliases | None,
    worth: Callable[[list[str]], Decimal | None],
    *,
    scale: bool,
    excused: str | None,
) -> _Filling:
    by_student = {mark.student: mark for mark in marks}
    matcher = Matcher(by_student, aliases)
    rows = sheet.rows[first:]
    found = [matcher.find([_cell(row, n) for n in ids], [_cell(row, n) for n in names]) for row in rows]
    counts = Counter(found)
    doubled = {student for student in found if counts[student] > 1}
    blank: list[str] = []
    filled: set[str] = set()
    for row, student in zip(rows, found, strict=True):
        mark = by_student[student] if student is not None and student not in doubled else None
        value = None if mark is None else _value(mark, worth(row), sheet.name, scale=scale, excused=excused)
        if mark is None or value is None:
            blank.append(next((_cell(row, n) for n in (*names, *ids) if _cell(row, n)), "?"))
            continue
        row.extend([""] * (column + 1 - len(row)))
        row[column] = value
        filled.add(mark.student)
    known = {s for s, mark in by_student.items() if mark.score is not None or (mark.excused and excused)}
    return _Filling(len(filled), tuple(blank), tuple(sorted(known - filled)))


def _value(mark: Mark, worth: Decimal | None, name: str, *, scale: bool, excused: str | None) -> str | None:
    if mark.excused:
        return excused
    if mark.score is None:
        return None
    if worth is None or not mark.points or worth == mark.points:
        return number_cell(mark.score)
    if not scale:
        raise UsageError(
            say(
                "{name} says that the assignment is worth {number_cell} points, and here it is worth "
                "{number_cell2}: change it there, or bring the marks to it with `--scale`",
                name=name,
                number_cell=number_cell(worth),
                number_cell2=number_cell(mark.points),
            )
        )
    return number_cell(cents(mark.score * worth / mark.points))


def _result(rows: list[list[str]], sheet: _Sheet, filling: _Filling) -> Filled:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sheet.delimiter, lineterminator="\r\n").writerows(rows)
    return Filled(text=sheet.mark + out.getvalue(), filled=filling.filled, blank=filling.blank, missing=filling.missing)


def _cell(row: Sequence[str], number: int) -> str:
    return row[number] if number < len(row) else ""


def _number(text: str) -> Decimal | None:
    text = text.strip().replace(",", ".")
    return Decimal(text) if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text) else None
