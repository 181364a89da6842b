"""What a course says about time and attempts, and the marks that come of it: nouns, and the arithmetic of lateness.

Everything is exact: marks and rates are Decimal, moments are aware. A course has one explicit time zone; a moment that
comes without a zone is taken to be in it. Who grades and who stores is no matter here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from grader.model import Result

CENT = Decimal("0.01")


class Period(StrEnum):
    """What lateness is counted in; a period begun counts whole."""

    HOUR = "hour"
    DAY = "day"


class Feedback(StrEnum):
    """How much a student is told: marks only; what kind of thing is wrong; that, and the values of public checks."""

    MARKS = "marks"
    HINTS = "hints"
    FULL = "full"


class Examples(StrEnum):
    """When students see what a mistake in a hidden check comes to on a small fresh input, at full feedback."""

    NEVER = "never"
    AFTER_DEADLINE = "after_deadline"
    ALWAYS = "always"


class Attempts(StrEnum):
    """Which attempt counts: the last one handed in, or the one with the best mark after lateness."""

    LATEST = "latest"
    BEST = "best"


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePolicy:
    """What lateness costs: `rate` of the assignment's points for each period begun, at most `cap` of them.

    Up to `grace` after the deadline nothing is taken; beyond it, lateness counts from the deadline. Hours are elapsed
    time. Days are days of the course's calendar: due at 23:59, one day late lasts till 23:59 of the next day, also on
    the day when clocks change.
    """

    rate: Decimal
    per: Period = Period.DAY
    grace: timedelta = timedelta(0)
    cap: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if not (self.rate.is_finite() and 0 <= self.rate <= 1):
            raise ValueError(f"the late rate must be between 0 and 1, not {self.rate}")
        if not (self.cap.is_finite() and 0 <= self.cap <= 1):
            raise ValueError(f"the late cap must be between 0 and 1, not {self.cap}")
        if self.grace < timedelta(0):
            raise ValueError("the grace must not be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """More time for one student: until a moment, or by a span after the deadline. `assignment` None means all."""

    student: str
    assignment: str | None = None
    until: datetime | None = None
    by: timedelta | None = None

    def __post_init__(self) -> None:
        if (self.until is None) == (self.by is None):
            raise ValueError(f"an extension needs either a moment or a span (student {self.student})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """All that a course says about time and attempts. `zone` is an IANA name, such as `Asia/Shanghai`."""

    zone: str = "UTC"
    deadlines: Mapping[str, datetime] = field(default_factory=dict)
    """Assignment to deadline; one without has no deadline."""
    late: LatePolicy | None = None
    """None: lateness is marked and costs nothing."""
    late_by_assignment: Mapping[str, LatePolicy] = field(default_factory=dict)
    extensions: tuple[Extension, ...] = ()
    attempts: Attempts = Attempts.LATEST
    examples: Examples = Examples.AFTER_DEADLINE


class Act(StrEnum):
    """What a person did to a mark by hand."""

    SET = "set"
    ADD = "add"
    EXCUSE = "excuse"
    WITHDRAW = "withdraw"
    """Take back all earlier acts on the same question (or, without a question, on the whole assignment)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """One act by hand on a student's mark, kept through regrades. `question` None is the whole assignment.

    A question that is set or added to still bears the cost of lateness; a whole assignment that is set does not: the
    person's word is final.
    """

    assignment: str
    student: str
    question: str | None = None
    act: Act
    points: Decimal | None = None
    why: str
    who: str
    at: datetime

    def __post_init__(self) -> None:
        if (self.points is not None) != (self.act in (Act.SET, Act.ADD)):
            raise ValueError("setting and adding need points; excusing and withdrawing take none")
        if self.points is not None and not self.points.is_finite():
            raise ValueError(f"points must be a finite number, not {self.points}")
        if self.act is Act.EXCUSE and self.question is not None:
            raise ValueError("a student is excused from an assignment, not from a question")
        if not self.why.strip():
            raise ValueError("an adjustment needs a reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionMark:
    """What one question counts in the end; `adjustments` are the acts by hand that made it so."""

    name: str
    score: Decimal | None
    points: Decimal
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one assignment of one student counts in the end.

    `score` is None while it is unknown (incomplete, unreadable) and where the student is excused. `complete` is False
    while a person or a further run may still change it. `result` is the attempt that counts.
    """

    assignment: str
    student: str
    score: Decimal | None
    points: Decimal
    before_late: Decimal | None = None
    """The score before lateness was taken off."""
    penalty: Decimal = Decimal(0)
    late: bool = False
    excused: bool = False
    complete: bool = True
    flags: tuple[str, ...] = ()
    questions: tuple[QuestionMark, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    result: Result | None = None


def cents(mark: Decimal) -> Decimal:
    """Round a mark to 0.01, half up."""
    return mark.quantize(CENT, ROUND_HALF_UP)


def in_zone(moment: datetime, zone: str) -> datetime:
    """Return the moment in the course's time zone; one without a zone is taken to be in it already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=ZoneInfo(zone))
    return moment.astimezone(ZoneInfo(zone))


def deadline_for(policy: Policy, assignment: str, student: str) -> datetime | None:
    """Return the deadline of one student, extensions included (the latest counts); None where there is none."""
    general = policy.deadlines.get(assignment)
    if general is None:
        return None
    general = in_zone(general, policy.zone)
    moments = [general]
    for extension in policy.extensions:
        if extension.student == student and extension.assignment in (None, assignment):
            if extension.until is not None:
                moments.append(in_zone(extension.until, policy.zone))
            elif extension.by is not None:
                # Within one zone this is calendar arithmetic: three days more end at the same time of the day.
                moments.append(general + extension.by)
    return max(moments, key=datetime.timestamp)


def shows_examples(policy: Policy, assignment: str, student: str | None, now: datetime) -> bool:
    """Say whether a student may see fresh examples now: where it depends on the deadline, when their own is over.

    It is over once the grace is, too: till then one may hand in anew at no cost. Without a deadline it is never over.
    `student` None asks for those without an extension.
    """
    if policy.examples is not Examples.AFTER_DEADLINE:
        return policy.examples is Examples.ALWAYS
    deadline = deadline_for(policy, assignment, student or "")
    late = _late_policy(policy, assignment)
    grace = late.grace if late is not None else timedelta(0)
    return deadline is not None and _utc(in_zone(now, policy.zone)) > _utc(deadline) + grace


def periods_late(policy: Policy, assignment: str, student: str, submitted_at: datetime | None) -> int:
    """Return how many periods late a submission is: 0 within the grace, else each one begun counts.

    A submission without a time, or for an assignment without a deadline, is not late.
    """
    deadline = deadline_for(policy, assignment, student)
    if deadline is None or submitted_at is None:
        return 0
    moment = in_zone(submitted_at, policy.zone)
    late = _late_policy(policy, assignment)
    elapsed = _utc(moment) - _utc(deadline)
    if elapsed <= (late.grace if late else timedelta(0)):
        return 0
    if late is not None and late.per is Period.HOUR:
        return -(-elapsed // timedelta(hours=1))
    calendar = moment.replace(tzinfo=None) - deadline.replace(tzinfo=None)
    return max(1, -(-calendar // timedelta(days=1)))


def is_late(policy: Policy, assignment: str, student: str, submitted_at: datetime | None) -> bool:
    """Say whether a submission came after the student's own deadline and grace."""
    return periods_late(policy, assignment, student, submitted_at) > 0


def late_penalty(
    policy: Policy, assignment: str, student: str, submitted_at: datetime | None, points: Decimal
) -> Decimal:
    """Return the points that lateness takes off an assignment of `points` points, rounded to 0.01."""
    late = _late_policy(policy, assignment)
    if late is None:
        return Decimal(0)
    periods = periods_late(policy, assignment, student, submitted_at)
    return cents(min(late.rate * periods, late.cap) * points)


def _late_policy(policy: Policy, assignment: str) -> LatePolicy | None:
    return policy.late_by_assignment.get(assignment, policy.late)


def _utc(moment: datetime) -> datetime:
    # Python subtracts moments of one zone by their clocks, which is an hour wrong across a change of clocks.
    return moment.astimezone(ZoneInfo("UTC"))
