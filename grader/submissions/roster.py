"""The class list: who is who, here and in the LMS."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from grader.errors import UnreadableSubmission, UsageError
from grader.model import Note
from grader.saying import say
from grader.submissions.encodings import decode
from grader.submissions.names import folded, shown, student_id

ROSTER_CAP = 20_000_000
"""Bytes of a roster."""

_COLUMNS = {
    "student": ("student", "student id", "id", "sid", "username", "user name", "login", "login id", "netid", "学号"),
    "name": ("name", "full name", "student name", "display name", "姓名"),
    "email": ("email", "e-mail", "email address", "mail", "邮箱"),
    "canvas_id": ("canvas_id", "canvas id", "canvas user id"),
    "moodle_id": ("moodle_id", "moodle id", "identifier", "participant", "participant id"),
    "section": ("section", "group", "class", "班级"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What is known of one student. `extra` keeps the roster's other columns."""

    student: str
    name: str = ""
    email: str = ""
    canvas_id: str = ""
    moodle_id: str = ""
    section: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


class Roster:
    """Students by id, and by whatever else a download may call them."""

    def __init__(self, identities: Iterable[Identity] = (), notes: Iterable[Note] = ()) -> None:
        self.identities: dict[str, Identity] = {}
        self._by_fold: dict[str, str] = {}
        self._by_alias: dict[tuple[str, str], str | None] = {}
        collected = list(notes)
        for identity in identities:
            if identity.student in self.identities:
                collected.append(Note(code="roster.duplicate", params={"student": identity.student}))
                continue
            other = self._by_fold.setdefault(folded(identity.student), identity.student)
            if other != identity.student:
                collected.append(Note(code="roster.collision", params={"student": identity.student, "other": other}))
            self.identities[identity.student] = identity
            for kind, value in _aliases(identity):
                # A name that two students share means neither of them.
                self._by_alias[kind, value] = None if (kind, value) in self._by_alias else identity.student
        self.notes = tuple(collected)

    def __len__(self) -> int:
        return len(self.identities)

    def __contains__(self, student: str) -> bool:
        return student in self.identities

    def find(self, raw: str, identity: Identity | None = None) -> str | None:
        """Return the student that a name of a file or folder, or what an LMS says with it, stands for, if just one."""
        student = student_id(raw)
        if student in self.identities:
            return student
        for alias in _aliases(identity) if identity is not None else ():
            found = self._by_alias.get(alias)
            if found:
                return found
        if not student:
            return None
        return (
            self._by_fold.get(folded(student))
            or self._by_alias.get(("email", _alias("email", student)))
            or self._by_alias.get(("name", _alias("name", student)))
            or self._by_alias.get(("squashed", folded(student)))
        )


def read_roster(data: bytes, name: str = "roster.csv") -> Roster:
    """Read a roster from CSV: commas, semicolons or tabs; any of the encodings that spreadsheets write.

    Needs a column `student` (or `id`, `username`, `login` …), knows `name`, `email`, `canvas_id`, `moodle_id` and
    `section`, and keeps the others. Duplicate and empty rows are reported in `notes`. Raises UsageError.
    """
    titles, rows = read_table(data, name)
    header = {_column(title): title for title in reversed(titles) if title}
    if "student" not in header:
        if "email" not in header:
            raise UsageError(
                say("{name}: no column called `student`; add one with the id of each student.", name=shown(name))
            )
        header["student"] = header["email"]
    notes: list[Note] = []
    identities: list[Identity] = []
    known = {title for column, title in header.items() if column in _COLUMNS}
    for number, row in enumerate(rows, start=2):
        student = student_id(row.get(header["student"], ""))
        if not student:
            notes.append(Note(code="roster.no_student", params={"file": shown(name), "row": number}))
            continue
        values = {key: shown(row.get(title, ""), 300).strip() for key, title in header.items() if key in _COLUMNS}
        extra = {title: shown(value, 300) for title, value in row.items() if title and title not in known and value}
        identities.append(Identity(**{**values, "student": student}, extra=extra))
    return Roster(identities, notes)


def read_table(data: bytes, name: str) -> tuple[list[str], list[dict[str, str]]]:
    """Read a CSV file with a header line: its titles, and one dictionary a row. Raises UsageError."""
    if len(data) > ROSTER_CAP:
        raise UsageError(
            say(
                "{name}: larger than {roster_cap} MB; a table of students is expected.",
                name=shown(name),
                roster_cap=ROSTER_CAP // 1000000,
            )
        )
    try:
        text, _ = decode(data, declarations=False)
    except UnreadableSubmission:
        raise UsageError(say("{name}: not a text file; save the sheet as CSV (UTF-8).", name=shown(name))) from None
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = [row for row in table if any(map(str.strip, row))]
    except csv.Error as error:
        raise UsageError(say("{name}: not a CSV file: {error}.", name=shown(name), error=error)) from None
    if not rows:
        raise UsageError(say("{name}: empty; a header line and one line a student are expected.", name=shown(name)))
    titles = [title.strip() for title in rows[0]]
    return titles, [dict(zip(titles, (cell.strip() for cell in row), strict=False)) for row in rows[1:]]


def merged(known: Identity | None, found: Identity) -> Identity:
    """Return what the roster says, completed by what the download says."""
    if known is None:
        return found
    gaps = {
        key: getattr(found, key)
        for key in ("name", "email", "canvas_id", "moodle_id")
        if not getattr(known, key) and getattr(found, key)
    }
    return replace(known, **gaps) if gaps else known


def _column(title: str) -> str:
    lowered = re.sub(r"\s+", " ", title.strip().lower())
    for column, titles in _COLUMNS.items():
        if lowered in titles or lowered.replace("_", " ") in titles:
            return column
    return title


def _aliases(identity: Identity) -> Iterable[tuple[str, str]]:
    for kind in ("canvas_id", "moodle_id", "email", "name"):
        value = getattr(identity, kind)
        if value:
            yield kind, _alias(kind, value)
    words = folded(identity.name).replace(",", " ").split()
    if words:  # Canvas runs a name together, last name first
        yield "squashed", "".join(words if "," in identity.name else words[-1:] + words[:-1])


def _alias(kind: str, value: str) -> str:
    if kind == "moodle_id":  # the grading worksheet writes "Participant 12345", the folder "12345"
        return value.strip().lower().removeprefix("participant").strip()
    if kind == "name":
        return " ".join(sorted(folded(value).replace(",", " ").split()))  # "Lovelace, Ada" is "Ada Lovelace"
    return folded(value.strip())
