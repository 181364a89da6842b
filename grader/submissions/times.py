"""When something was handed in, from the texts that download tools write. Never from a file's own time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from grader.errors import UsageError
from grader.saying import say
from grader.submissions.intake import Stamp
from grader.submissions.names import folded, shown, student_id
from grader.submissions.roster import read_table

_TIME = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)[T ](?P<hour>\d\d)[:_.-](?P<minute>\d\d)(?:[:_.-](?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|[+-]\d\d:?\d\d|[A-Za-z][A-Za-z0-9_+/-]*)?$"
)
_WHEN = ("submitted_at", "submitted at", "timestamp", "time", "date", "submission time", "提交时间")
_WHO = ("student", "student id", "id", "sid", "username", "login", "email", "学号")
_WHAT = ("assignment", "slug", "作业")


def parse_time(text: str, zone: tzinfo = UTC) -> datetime | None:
    """Return the moment that a text names, or None if it names none.

    Understands ISO 8601 and what nbgrader and Gradescope write (`2024-03-01 17:30:09.593 UTC`). A text without a zone,
    or with one that is not known, is read in `zone`.
    """
    match = _TIME.match(text.strip().strip("'\"")[:80])
    if match is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{match['date']}T{match['hour']}:{match['minute']}:{match['second'] or '00'}")
    except ValueError:
        return None
    return moment.replace(tzinfo=_zone(match["zone"], zone))


def read_timestamps(data: bytes, name: str = "timestamps.csv", *, zone: tzinfo = UTC) -> tuple[Stamp, ...]:
    """Read times of submission from a CSV with columns `student`, `submitted_at` and, if wanted, `assignment`.

    Raises UsageError for a table without these columns and for a time that can't be read, with its row.
    """
    titles, rows = read_table(data, name)
    who, when, what = (_find(titles, wanted) for wanted in (_WHO, _WHEN, _WHAT))
    if who is None or when is None:
        raise UsageError(
            say(
                "{name}: needs columns `student` and `submitted_at`, has {names}.",
                name=shown(name),
                names=shown(", ".join(titles)),
            )
        )
    stamps = []
    for number, row in enumerate(rows, start=2):
        if not row.get(when):
            continue
        at = parse_time(row[when], zone)
        if at is None:
            raise UsageError(
                say(
                    "{name}, row {number}: {row!r} is no time; write it like 2024-03-01 17:30:00.",
                    name=shown(name),
                    number=number,
                    row=shown(row[when], 60),
                )
            )
        slug = row.get(what) if what is not None else None
        stamps.append(Stamp(student=student_id(row.get(who, "")), at=at, assignment=slug or None))
    return tuple(stamps)


class Times:
    """Times by student and assignment; where a student has several, the last."""

    def __init__(self, stamps: Iterable[Stamp] = ()) -> None:
        self._at: dict[tuple[str, str | None], datetime] = {}
        self._names: dict[str, str] = {}
        for stamp in stamps:
            key = (folded(stamp.student), stamp.assignment)
            self._names.setdefault(key[0], stamp.student)
            self._at[key] = max(stamp.at, self._at.get(key, stamp.at))

    def of(self, student: str, assignment: str | None) -> datetime | None:
        """Return when a student handed in an assignment, if the table says so."""
        if not self._at:
            return None
        key = folded(student)
        return self._at.get((key, assignment)) or self._at.get((key, None))

    def nobodys(self, students: Iterable[str]) -> list[str]:
        """Return the names in the table that are none of the students'."""
        theirs = set(map(folded, students)) if self._names else set()
        return [name for key, name in self._names.items() if key not in theirs]


def _zone(text: str | None, default: tzinfo) -> tzinfo:
    if not text:
        return default
    if text.upper() in ("Z", "UTC", "GMT"):
        return UTC
    if text[0] in "+-":
        hours, minutes = int(text[1:3]), int(text[-2:])
        if hours < 24 and minutes < 60:
            offset = timedelta(hours=hours, minutes=minutes)
            return timezone(offset if text[0] == "+" else -offset)
        return default
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, LookupError):  # not a zone, or no database of zones on this machine
        return default


def _find(titles: Iterable[str], wanted: Iterable[str]) -> str | None:
    plain = {" ".join(title.lower().replace("_", " ").split()): title for title in titles}
    return next((plain[key.replace("_", " ")] for key in wanted if key.replace("_", " ") in plain), None)
