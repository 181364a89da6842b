"""Deadlines, grace, extensions and lateness are exact, also where clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from grader.policy import (
    Act,
    Adjustment,
    Extension,
    LatePolicy,
    Period,
    Policy,
    cents,
    deadline_for,
    is_late,
    late_penalty,
    periods_late,
)

NEW_YORK = "America/New_York"
DUE = datetime(2026, 3, 7, 23, 59, tzinfo=ZoneInfo(NEW_YORK))  # clocks go forward in the next night


def policy(late=None, **fields):
    return Policy(**({"zone": NEW_YORK, "deadlines": {"hw": DUE}, "late": late} | fields))


DAILY = LatePolicy(rate=Decimal("0.1"), per=Period.DAY)
HOURLY = LatePolicy(rate=Decimal("0.01"), per=Period.HOUR)


@pytest.mark.parametrize(
    ("after", "days", "hours"),
    [
        (timedelta(seconds=-1), 0, 0),
        (timedelta(0), 0, 0),
        (timedelta(microseconds=1), 1, 1),
        (timedelta(hours=1), 1, 1),
        (timedelta(hours=1, microseconds=1), 1, 2),
        (timedelta(hours=22, minutes=59), 1, 23),
        (timedelta(hours=23), 1, 23),  # 23:59 of the next day: that day had 23 hours
        (timedelta(hours=23, seconds=1), 2, 24),
        (timedelta(hours=47), 2, 47),
    ],
)
def test_a_period_begun_counts_whole_and_days_are_the_calendars(after, days, hours):
    moment = DUE.astimezone(UTC) + after
    assert periods_late(policy(DAILY), "hw", "ada", moment) == days
    assert periods_late(policy(HOURLY), "hw", "ada", moment) == hours
    assert is_late(policy(), "hw", "ada", moment) == (days > 0)


def test_within_the_grace_nothing_is_late_and_beyond_it_counting_starts_at_the_deadline():
    late = LatePolicy(rate=Decimal("0.01"), per=Period.HOUR, grace=timedelta(minutes=90))
    utc = DUE.astimezone(UTC)
    assert periods_late(policy(late), "hw", "ada", utc + timedelta(minutes=90)) == 0
    assert periods_late(policy(late), "hw", "ada", utc + timedelta(minutes=91)) == 2


def test_the_zone_of_a_submission_does_not_matter():
    moment = DUE.astimezone(timezone(timedelta(hours=8))) + timedelta(minutes=5)
    assert periods_late(policy(DAILY), "hw", "ada", moment) == 1


def test_a_time_without_zone_is_in_the_courses():
    assert periods_late(policy(DAILY), "hw", "ada", datetime(2026, 3, 7, 23, 59)) == 0  # noqa: DTZ001 - the point of it
    assert periods_late(policy(DAILY), "hw", "ada", datetime(2026, 3, 8, 0, 0)) == 1  # noqa: DTZ001


@pytest.mark.parametrize(("assignment", "moment"), [("hw", None), ("other", datetime(2030, 1, 1, tzinfo=UTC))])
def test_without_a_time_or_a_deadline_nothing_is_late(assignment, moment):
    assert periods_late(policy(DAILY), assignment, "ada", moment) == 0


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        (Extension(student="ada", by=timedelta(days=1)), datetime(2026, 3, 8, 23, 59)),  # noqa: DTZ001
        (Extension(student="ada", assignment="hw", by=timedelta(days=2)), datetime(2026, 3, 9, 23, 59)),  # noqa: DTZ001
        (Extension(student="ada", until=datetime(2026, 3, 20, 12)), datetime(2026, 3, 20, 12)),  # noqa: DTZ001
        (Extension(student="ada", until=datetime(2026, 3, 1)), datetime(2026, 3, 7, 23, 59)),  # noqa: DTZ001 - never less
        (Extension(student="bob", by=timedelta(days=1)), datetime(2026, 3, 7, 23, 59)),  # noqa: DTZ001
        (Extension(student="ada", assignment="other", by=timedelta(days=1)), datetime(2026, 3, 7, 23, 59)),  # noqa: DTZ001
    ],
)
def test_an_extension_moves_the_deadline_of_its_student_and_assignment(extension, expected):
    found = deadline_for(policy(extensions=(extension,)), "hw", "ada")
    assert found.replace(tzinfo=None) == expected
    assert str(found.tzinfo) == NEW_YORK


def test_the_latest_of_several_extensions_counts():
    more = (Extension(student="ada", by=timedelta(days=3)), Extension(student="ada", by=timedelta(days=1)))
    assert deadline_for(policy(extensions=more), "hw", "ada").day == 10


@pytest.mark.parametrize(
    ("days", "penalty"), [(0, "0"), (1, "3.33"), (2, "6.67"), (3, "10"), (4, "13.33"), (5, "13.33"), (400, "13.33")]
)
def test_the_penalty_is_exact_and_capped(days, penalty):
    late = LatePolicy(rate=Decimal(1) / Decimal(30), per=Period.DAY, cap=Decimal(4) / Decimal(30))
    moment = DUE + timedelta(days=days)
    assert late_penalty(policy(late), "hw", "ada", moment, Decimal(100)) == Decimal(penalty)


def test_an_assignment_may_have_a_late_policy_of_its_own():
    strict = policy(DAILY, late_by_assignment={"hw": LatePolicy(rate=Decimal(1))})
    assert late_penalty(strict, "hw", "ada", DUE + timedelta(seconds=1), Decimal(100)) == 100


def test_without_a_late_policy_lateness_costs_nothing():
    assert late_penalty(policy(), "hw", "ada", DUE + timedelta(days=9), Decimal(100)) == 0


@pytest.mark.parametrize(("mark", "rounded"), [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("1", "1.00")])
def test_marks_are_rounded_half_up(mark, rounded):
    assert str(cents(Decimal(mark))) == rounded


@pytest.mark.parametrize(
    "make",
    [
        lambda: LatePolicy(rate=Decimal(-1)),
        lambda: LatePolicy(rate=Decimal("NaN")),
        lambda: LatePolicy(rate=Decimal("0.1"), cap=Decimal(2)),
        lambda: LatePolicy(rate=Decimal("0.1"), grace=timedelta(-1)),
        lambda: Extension(student="ada"),
        lambda: Extension(student="ada", by=timedelta(1), until=DUE),
        lambda: act(Act.SET, points=None),
        lambda: act(Act.ADD, points=Decimal("NaN")),
        lambda: act(Act.EXCUSE, points=Decimal(1)),
        lambda: act(Act.EXCUSE, question="sigmoid"),
        lambda: act(Act.SET, points=Decimal(1), why="  "),
    ],
)
def test_settings_that_make_no_sense_are_refused(make):
    with pytest.raises(ValueError, match=r"."):
        make()


def act(kind, **fields):
    given = {"assignment": "hw", "student": "ada", "why": "regraded by hand", "who": "the lecturer", "at": DUE}
    return Adjustment(act=kind, **(given | fields))
