"""What `solutions/course.toml` says about a course: its name, deadlines, late policy, feedback, follow-through.

    name = "Neural networks, week 2"
    time_zone = "Europe/Berlin"
    feedback = "full"                       # full, hints or verdicts
    follow_through = 1                      # 0 to 1: what a check earns when only an earlier question was wrong

    [deadlines]
    logistic_regression = 2026-05-04T23:59:00

    [late]
    per = "day"                             # or "hour": each one begun costs
    percent = 10
    grace_minutes = 15
    cap_percent = 50

    [extensions.ada]
    logistic_regression = 2026-05-08T23:59:00

Times without an offset are in the course's time zone. Everything has a default; all faults are told at once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from grader.errors import CourseError

KEYS = ("name", "time_zone", "feedback", "follow_through", "deadlines", "late", "extensions")
LATE_KEYS = ("per", "percent", "grace_minutes", "cap_percent")


class Feedback(StrEnum):
    """How much a student is told: everything, hints without what was got and expected, or verdicts only."""

    FULL = "full"
    HINTS = "hints"
    VERDICTS = "verdicts"


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePolicy:
    """What lateness costs: `percent` of the points for each `per` begun after the grace, at most `cap_percent`."""

    per: str = "day"
    percent: Decimal = Decimal(0)
    grace_minutes: Decimal = Decimal(0)
    cap_percent: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a course; all times carry a time zone."""

    name: str = ""
    time_zone: str = "UTC"
    feedback: Feedback = Feedback.FULL
    follow_through: Decimal = Decimal(1)
    deadlines: Mapping[str, datetime] = field(default_factory=dict)
    """By slug."""
    late: LatePolicy = field(default_factory=LatePolicy)
    extensions: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    """By student, then by slug: the deadline that holds for this student."""

    def deadline(self, slug: str, student: str) -> datetime | None:
        """Return the deadline of an assignment for a student: an extension, else everyone's, else None."""
        return self.extensions.get(student, {}).get(slug, self.deadlines.get(slug))


def read_settings(path: Path) -> Settings:
    """Read `course.toml`; a course without one has the defaults. Raises CourseError with all that is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError([f"{path}: can't be read: {error}"]) from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError([f"{path}: not valid TOML: {error}"]) from error
    reader = _Reader(path)
    settings = reader.settings(table)
    if reader.faults:
        raise CourseError(reader.faults)
    return settings


class _Reader:
    """Reads one file, and gathers what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[str] = []

    def settings(self, table: Mapping[str, Any]) -> Settings:
        self._known(table, KEYS, "")
        zone = self._zone(table.get("time_zone", "UTC"))
        deadlines = self._times(table.get("deadlines", {}), "deadlines", zone)
        students = self._table(table.get("extensions", {}), "extensions")
        extensions = {name: self._times(times, f"extensions.{name}", zone) for name, times in students.items()}
        for name, times in extensions.items():
            self._known(times, tuple(deadlines), f"extensions.{name}", what="assignment with a deadline")
        return Settings(
            name=self._word(table.get("name", ""), "name"),
            time_zone=zone.key,
            feedback=Feedback(self._choice(table.get("feedback", "full"), tuple(Feedback), "feedback")),
            follow_through=self._number(table.get("follow_through", 1), "follow_through", 1),
            deadlines=deadlines,
            late=self._late(self._table(table.get("late", {}), "late")),
            extensions=extensions,
        )

    def _late(self, table: Mapping[str, Any]) -> LatePolicy:
        self._known(table, LATE_KEYS, "late")
        return LatePolicy(
            per=self._choice(table.get("per", "day"), ("day", "hour"), "late.per"),
            percent=self._number(table.get("percent", 0), "late.percent", 100),
            grace_minutes=self._number(table.get("grace_minutes", 0), "late.grace_minutes", None),
            cap_percent=self._number(table.get("cap_percent", 100), "late.cap_percent", 100),
        )

    def _fault(self, where: str, text: str) -> None:
        self.faults.append(f"{self.path}: {where}: {text}" if where else f"{self.path}: {text}")

    def _known(self, table: Mapping[str, Any], known: tuple[str, ...], where: str, what: str = "setting") -> None:
        for key in table:
            if key not in known:
                close = get_close_matches(key, known, n=1)
                mend = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(known) or 'none'}"
                self._fault(where, f"there is no {what} {key!r}: {mend}")

    def _table(self, value: object, where: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self._fault(where, f"must be a table, written as [{where}]")
        return {}

    def _word(self, value: object, where: str) -> str:
        if isinstance(value, str):
            return value
        self._fault(where, "must be text in quotes")
        return ""

    def _choice(self, value: object, choices: tuple[str, ...], where: str) -> str:
        if value in choices:
            return str(value)
        self._fault(where, f"{value!r} is none of {', '.join(choices)}")
        return choices[0]

    def _zone(self, value: object) -> ZoneInfo:
        try:
            return ZoneInfo(value if isinstance(value, str) else "")
        except (KeyError, ValueError, OSError):
            self._fault("time_zone", f'there is no time zone {value!r}: write one such as "UTC" or "Asia/Shanghai"')
            return ZoneInfo("UTC")

    def _number(self, value: object, where: str, most: int | None) -> Decimal:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            number = Decimal(str(value))
            if number.is_finite() and number >= 0 and (most is None or number <= most):
                return number
        self._fault(where, f"{value!r} is not a number from 0" + ("" if most is None else f" to {most}"))
        return Decimal(0)

    def _times(self, value: object, where: str, zone: ZoneInfo) -> dict[str, datetime]:
        times: dict[str, datetime] = {}
        for key, given in self._table(value, where).items():
            if isinstance(given, datetime):
                times[key] = given if given.tzinfo is not None else given.replace(tzinfo=zone)
            elif isinstance(given, date):
                # A day alone means the whole of it.
                times[key] = datetime.combine(given, time(23, 59, 59), tzinfo=zone)
            else:
                self._fault(f"{where}.{key}", "must be a time without quotes, such as 2026-05-04T23:59:00")
        return times
