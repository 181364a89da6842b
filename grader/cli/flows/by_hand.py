"""What a person decides: adjusting marks, settling the review queue."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.flows.keeping import kept, of_attempt, results_of
from grader.cli.voice import put, tell
from grader.courses import Course, require_slug
from grader.errors import NotFound, UsageError
from grader.gradebook.entries import Slot
from grader.model import Result
from grader.policy import Act, Adjustment, Mark
from grader.reports import looks
from grader.saying import say
from grader.text import clean

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook

_POINTS = re.compile(r"([+-]?)(\d{1,6}(?:\.\d{1,6})?)")


def adjust(
    *,
    student: str,
    question: str | None,
    points: str | None,
    excuse: bool,
    withdraw: bool,
    why: str,
    who: str,
    course_dir: Path | None,
    assignment: str | None,
    gradebook_url: str | None,
) -> int:
    """Keep an adjustment and say what it makes of the mark. Returns the exit code."""
    act, value = _act(points, excuse=excuse, withdraw=withdraw)
    if excuse and question:
        raise UsageError(say("A student is excused from an assignment: leave the question out."))
    if not why.strip():
        raise UsageError(say("An adjustment needs a reason: give it with --why."))
    with kept(course_dir, gradebook_url) as (course, gradebook):
        slug = _assignment_of(gradebook, course, student, assignment, question, needed=not excuse)
        before = _mark(gradebook, course, slug, student)
        gradebook.adjust(
            Adjustment(
                assignment=slug,
                student=student,
                question=question,
                act=act,
                points=value,
                why=why,
                who=who,
                at=datetime.now(UTC),
            )
        )
        after = _mark(gradebook, course, slug, student)
    changed = {"before": _shown(before), "after": _shown(after)}
    put(
        say(
            "{student}, {slug}: {before} -> {after}",
            student=clean(student),
            slug=slug or say("assignment unknown"),
            **changed,
        )
    )
    return 0


def _act(points: str | None, *, excuse: bool, withdraw: bool) -> tuple[Act, Decimal | None]:
    if [points is not None, excuse, withdraw].count(True) != 1:
        raise UsageError(say("Say one thing: --points P, --excuse or --withdraw."))
    if points is None:
        return (Act.EXCUSE if excuse else Act.WITHDRAW), None
    match = _POINTS.fullmatch(points.strip())
    if match is None:
        raise UsageError(
            say("--points {points}: not a number of points. Write 18 to set, +2 or -1.5 to add.", points=points)
        )
    return (Act.ADD, Decimal(points)) if match[1] else (Act.SET, Decimal(points))


def _assignment_of(
    gradebook: Gradebook, course: Course, student: str, assignment: str | None, question: str | None, *, needed: bool
) -> str:
    """Return the assignment that is meant; who handed in nothing can be excused, and nothing else."""
    try:
        results = results_of(gradebook, student, assignment)
    except NotFound as error:
        if needed or assignment is None:
            raise
        require_slug(assignment, course.authored)
        tell(say("Note: {error}", error=error))
        return assignment
    names = {each.name for result in results for each in result.questions}
    if question is not None and question not in names:
        close = get_close_matches(question, names, n=1)
        hint = (
            say("Did you mean {close}?", close=close[0])
            if close
            else say("There are: {names}.", names=", ".join(sorted(names)) or say("none, unreadable"))
        )
        raise UsageError(
            say(
                "{assignment} has no question {question}. {hint}",
                assignment=results[0].assignment,
                question=clean(question),
                hint=hint,
            )
        )
    return results[0].assignment or ""


def _mark(gradebook: Gradebook, course: Course, slug: str, student: str) -> Mark | None:
    return next(gradebook.marks(course.settings.policy, slug, student), None)


def _shown(mark: Mark | None) -> str:
    if mark is None:
        return say("no mark")
    return say("excused") if mark.excused else looks.marks(mark.score, mark.points)


def review(
    *,
    settle: tuple[str, str] | None,
    why: str | None,
    settled: bool,
    who: str,
    attempt: int | None,
    course_dir: Path | None,
    assignment: str | None,
    gradebook_url: str | None,
) -> int:
    """List the review queue, or settle one matter of it. Returns the exit code."""
    with kept(course_dir, gradebook_url, to_read=settle is None) as (_, gradebook):
        if settle:
            student, reason = settle
            result = of_attempt(results_of(gradebook, student, assignment), attempt)
            slot = Slot(result.assignment, student, result.attempt)
            gradebook.resolve(slot, reason, who=who, why=why or "", at=datetime.now(UTC))
            put(say("Settled: {place}: {reason}", place=_place(result), reason=reason))
            return 0
        count = 0
        for item in gradebook.review(assignment, settled=settled):
            where = {"place": _place(item.result), "reason": clean(item.reason), "path": clean(item.result.path)}
            line = say("{place}: {reason} ({path})", **where)
            if item.resolution is not None:
                by = {"who": clean(item.resolution.who), "why": clean(item.resolution.why)}
                line = say("{line} - settled by {who}: {why}", line=line, **by)
            put(line)
            count += item.resolution is None
    tell(say("{count} to look at", count=count) if count else say("Nothing needs a person."))
    return 0


def _place(result: Result) -> str:
    attempt = say(", attempt {attempt}", attempt=result.attempt) if result.attempt > 1 else ""
    assignment = clean(result.assignment) if result.assignment else say("assignment unknown")
    return say(
        "{student}, {assignment}{attempt}", student=clean(result.student), assignment=assignment, attempt=attempt
    )
