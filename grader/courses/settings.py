"""What `solutions/course.toml` says: the course's name, feedback, follow-through, deadlines, lateness, extensions.

    name = "Neural networks, week 2"
    time_zone = "Europe/Berlin"
    feedback = "full"                       # or "hints", or "marks"
    examples = "after_deadline"             # or "never", "always": a small fresh input on which a hidden check fails,
                                            # with what was expected and got, at full feedback
    follow_through = 1                      # 0 to 1: what a point counts when only an earlier question was wrong
    attempts = "latest"                     # or "best"
    hand_in = "{student}-{assignment}"      # how `grader pack` names the file to hand in; default "{assignment}"

    [deadlines]
    logistic_regression = 2026-05-04T23:59:00

    [late]
    per = "day"                             # or "hour": each one begun costs
    rate = 0.1                              # of the assignment's points
    cap = 0.5
    grace_minutes = 15

    [late.broadcasting]                     # for one assignment only
    rate = 0.2

    [extensions.ada]                        # a student, as named in results
    all = "3 days"                          # after the deadline of every assignment
    logistic_regression = 2026-05-08T23:59:00

Where assignments differ in it, `feedback` is a table: `[feedback]` with `all = "full"` and `broadcasting = "marks"`.
Times without an offset are in the course's time zone, and a day without a time is the whole of it. Everything has a
default; all faults are told at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from grader.errors import CourseError
from grader.model import HAND_IN
from grader.policy import Attempts, Examples, Extension, Feedback, LatePolicy, Period, Policy
from grader.saying import say

KEYS = (
    "name", "time_zone", "feedback", "examples", "follow_through", "attempts", "hand_in", "deadlines", "late",
    "extensions",
)  # fmt: skip
LATE_KEYS = ("per", "rate", "cap", "grace_minutes")
EVERY = "all"
SPAN = re.compile(r"(\d+)\s*(hour|day|week)s?")
END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a course."""

    name: str = ""
    feedback: Feedback = Feedback.FULL
    feedback_by_assignment: Mapping[str, Feedback] = field(default_factory=dict)
    follow_through: Decimal = Decimal(1)
    policy: Policy = field(default_factory=Policy)
    hand_in: str = HAND_IN

    def feedback_for(self, assignment: str | None) -> Feedback:
        """Return how much a student is told about an assignment."""
        return self.feedback_by_assignment.get(assignment or "", self.feedback)


def unreadable(path: Path, error: OSError | ValueError) -> CourseError:
    """Return what is wrong with a file that an author wrote and that can't be read."""
    if isinstance(error, UnicodeDecodeError):
        return CourseError([say("{path}: not UTF-8, from byte {at}: save it as UTF-8", path=path, at=error.start)])
    return CourseError([say("{path}: can't be read: {error}", path=path, error=error)])


def read_settings(path: Path) -> Settings:
    """Read `course.toml`; a course without one has the defaults. Raises CourseError with all that is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CourseError([say("{path}: not valid TOML: {error}", path=path, error=error)]) from error
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
        """Return the settings that a table gives, with the default in the place of what is wrong."""
        self._known(table, KEYS, "")
        levels = self._feedback(table.get("feedback", "full"))
        return Settings(
            name=self._text(table.get("name", ""), "name"),
            feedback=levels.pop(EVERY, Feedback.FULL),
            feedback_by_assignment=levels,
            follow_through=self._number(table.get("follow_through", 1), "follow_through"),
            policy=self._policy(table),
            hand_in=self._hand_in(table.get("hand_in", HAND_IN)),
        )

    def _hand_in(self, given: object) -> str:
        """Return how files to hand in are named: text with `{assignment}`, `{student}` or both in it."""
        rule = self._text(given, "hand_in")
        left = rule.replace("{assignment}", "").replace("{student}", "")
        if left != rule and not set(left) & set('{}/\\:*?"<>|'):
            return rule
        self._fault(
            "hand_in",
            say('must be a file name with {{assignment}} or {{student}} in it, such as "{{student}}-{{assignment}}"'),
        )
        return HAND_IN

    def _feedback(self, given: object) -> dict[str, Feedback]:
        """Return the level of each assignment that has its own, and under `all` that of the others."""
        if not isinstance(given, dict):
            return {EVERY: Feedback(self._choice(given, Feedback, "feedback"))}
        return {slug: Feedback(self._choice(each, Feedback, f"feedback.{slug}")) for slug, each in given.items()}

    def _policy(self, table: Mapping[str, Any]) -> Policy:
        zone = self._zone(table.get("time_zone", "UTC"))
        deadlines: dict[str, datetime] = {}
        for slug, given in self._table(table.get("deadlines", {}), "deadlines").items():
            if (moment := self._moment(given, f"deadlines.{slug}", zone)) is not None:
                deadlines[slug] = moment
        late = self._table(table.get("late", {}), "late")
        single = {slug: each for slug, each in late.items() if isinstance(each, dict)}
        general = {key: value for key, value in late.items() if key not in single}
        return Policy(
            zone=zone.key,
            deadlines=deadlines,
            late=self._late(general, "late") if general else None,
            late_by_assignment={slug: self._late({**general, **each}, f"late.{slug}") for slug, each in single.items()},
            extensions=tuple(self._extensions(table.get("extensions", {}), deadlines, zone)),
            attempts=Attempts(self._choice(table.get("attempts", "latest"), Attempts, "attempts")),
            examples=Examples(self._choice(table.get("examples", "after_deadline"), Examples, "examples")),
        )

    def _late(self, table: Mapping[str, Any], where: str) -> LatePolicy:
        self._known(table, LATE_KEYS, where)
        if "rate" not in table:
            self._fault(where, say("nothing says what lateness costs: write rate = 0.1, for a tenth of the points"))
        minutes = self._number(table.get("grace_minutes", 0), f"{where}.grace_minutes", most=None)
        return LatePolicy(
            rate=self._number(table.get("rate", 0), f"{where}.rate"),
            per=Period(self._choice(table.get("per", "day"), Period, f"{where}.per")),
            grace=timedelta(minutes=float(minutes)),
            cap=self._number(table.get("cap", 1), f"{where}.cap"),
        )

    def _extensions(self, value: object, deadlines: Mapping[str, datetime], zone: ZoneInfo) -> list[Extension]:
        found: list[Extension] = []
        for student, given in self._table(value, "extensions").items():
            where = f"extensions.{student}"
            table = self._table(given, where)
            self._known(table, (*deadlines, EVERY), where, what=say("assignment with a deadline"))
            for slug, until in table.items():
                assignment = None if slug == EVERY else slug
                span = SPAN.fullmatch(until.strip()) if isinstance(until, str) else None
                if span is not None:
                    by = timedelta(**{f"{span[2]}s": int(span[1])})
                    found.append(Extension(student=student, assignment=assignment, by=by))
                elif (
                    moment := self._moment(until, f"{where}.{slug}", zone, say('or a span such as "3 days"'))
                ) is not None:
                    found.append(Extension(student=student, assignment=assignment, until=moment))
        return found

    def _fault(self, where: str, text: str) -> None:
        placed = say("{where}: {text}", where=where, text=text) if where else text
        self.faults.append(say("{path}: {fault}", path=self.path, fault=placed))

    def _known(self, table: Mapping[str, Any], known: tuple[str, ...], where: str, what: str = say("setting")) -> None:
        for key in table:
            if key not in known:
                close = get_close_matches(key, known, n=1)
                mend = (
                    say("did you mean {name!r}?", name=close[0])
                    if close
                    else say("there are: {names}", names=", ".join(known))
                )
                self._fault(where, say("there is no {what} {key!r}: {mend}", what=what, key=key, mend=mend))

    def _table(self, value: object, where: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self._fault(where, say("must be a table, written as [{where}]", where=where))
        return {}

    def _text(self, value: object, where: str) -> str:
        if isinstance(value, str):
            return value
        self._fault(where, say("must be text in quotes"))
        return ""

    def _choice(self, value: object, choices: Iterable[str], where: str) -> str:
        words = [str(choice) for choice in choices]
        if value in words:
            return str(value)
        self._fault(where, say("{value!r} is none of {words}", value=value, words=", ".join(words)))
        return words[0]

    def _zone(self, value: object) -> ZoneInfo:
        try:
            return ZoneInfo(value if isinstance(value, str) else "")
        except (LookupError, ValueError, OSError):
            self._fault(
                "time_zone",
                say('there is no time zone {value!r}: write one such as "UTC" or "Asia/Shanghai"', value=value),
            )
            return ZoneInfo("UTC")

    def _number(self, value: object, where: str, most: int | None = 1) -> Decimal:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            number = Decimal(str(value))
            if number.is_finite() and number >= 0 and (most is None or number <= most):
                return number
        self._fault(
            where,
            say("{value!r} is not a number from 0 up", value=value)
            if most is None
            else say("{value!r} is not a number from 0 to {most}", value=value, most=most),
        )
        return Decimal(0)

    def _moment(self, value: object, where: str, zone: ZoneInfo, otherwise: str = "") -> datetime | None:
        if isinstance(value, datetime):
            return value if value.tzinfo is not None else value.replace(tzinfo=zone)
        if isinstance(value, date):
            return datetime.combine(value, END_OF_DAY, tzinfo=zone)
        written = say("{value!r} is no time: write 2026-05-04T23:59:00, without quotes", value=value)
        self._fault(
            where, say("{written}, {otherwise}", written=written, otherwise=otherwise) if otherwise else written
        )
        return None
