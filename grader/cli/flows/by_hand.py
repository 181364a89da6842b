"""What a person decides: adjusting marks, settling the review queue."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.flows.keeping import kept, of_attempt, require_graded, results_of
from grader.cli.voice import put, sentence_of, tell
from grader.courses import Course, require_slug
from grader.errors import NotFound, UsageError
from grader.gradebook.entries import Slot
from grader.model import Message, Result
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
    _warn_of_more(after, question, value)
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


def _warn_of_more(mark: Mark | None, question: str | None, given: Decimal | None) -> None:
    """Tell of points by hand that come to more than there are: a bonus, or a slip of the finger."""
    if mark is None or given is None or given <= 0:
        return
    one = next((each for each in mark.questions if each.name == question), None)
    score, points = (one.score, one.points) if one is not None else (mark.score, mark.points)
    if score is not None and points and score > points:
        tell(
            say(
                "Note: that makes {marks} of {name}. If it is a slip, take it back with --withdraw.",
                marks=looks.marks(score, points),
                name=question or say("the assignment"),
            )
        )


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
    with kept(course_dir, gradebook_url, to_read=settle is None) as (course, gradebook):
        if assignment is not None:
            require_graded(gradebook, course, assignment)
        if settle:
            student, reason = settle
            result = of_attempt(results_of(gradebook, student, assignment), attempt)
            slot = Slot(result.assignment, student, result.attempt)
            gradebook.resolve(slot, reason, who=who, why=why or "", at=datetime.now(UTC))
            put(say("Settled: {place}: {reason}", place=_place(result), reason=reason))
            return 0
        count = 0
        reasons: dict[str, str] = {}
        for item in gradebook.review(assignment, settled=settled):
            where = {"place": _place(item.result), "reason": clean(item.reason), "path": clean(item.result.path)}
            line = say("{place}: {reason} ({path})", **where)
            if item.resolution is not None:
                by = {"who": clean(item.resolution.who), "why": clean(item.resolution.why)}
                line = say("{line} - settled by {who}: {why}", line=line, **by)
            put(line)
            if item.resolution is None:
                count += 1
                reasons.setdefault(item.reason, item.result.student)
    _explain(count, reasons)
    return 0


def _explain(count: int, reasons: Mapping[str, str]) -> None:
    """Say what the reasons mean, each with a student of whom it is told, and what to do next."""
    if not count:
        tell(say("Nothing needs a person."))
        return
    tell(say("{count} to look at", count=count))
    for reason in sorted(reasons):
        tell(say("  {reason}: {meaning}", reason=clean(reason), meaning=sentence_of(Message(code=reason))))
    reason, student = next(iter(reasons.items()))
    settling = f"grader review --settle {shlex.quote(clean(student))} {clean(reason)} --why …"
    tell(
        say(
            "`grader show STUDENT` shows one; `grader adjust` changes a mark; `{settling}` takes it off.",
            settling=settling,
        )
    )


def _place(result: Result) -> str:
    attempt = say(", attempt {attempt}", attempt=result.attempt) if result.attempt > 1 else ""
    assignment = clean(result.assignment) if result.assignment else say("assignment unknown")
    return say(
        "{student}, {assignment}{attempt}", student=clean(result.student), assignment=assignment, attempt=attempt
    )
