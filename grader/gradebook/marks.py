"""From attempts, adjustments by hand and the course's policy to the mark that counts. Pure and exact.

In this order: adjustments of questions, the sum, lateness, which attempt counts, adjustments of the whole, rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from grader.model import Result
from grader.policy import Act, Adjustment, Attempts, Mark, Policy, QuestionMark, cents, is_late, late_penalty

ZERO = Decimal(0)


def mark_for(
    attempts: Sequence[Result],
    adjustments: Iterable[Adjustment],
    policy: Policy,
    *,
    assignment: str,
    student: str,
    points: Decimal | None = None,
) -> Mark:
    """Return what one student's assignment counts.

    `attempts` are the current results, one an attempt; `adjustments` are all acts on this student and assignment,
    oldest first; `points` is what the assignment is worth, where no attempt could be read.
    """
    acts = in_force(adjustments)
    worth = max((result.points for result in attempts), default=ZERO) or (points or ZERO)
    marks = [_attempt_mark(result, acts, policy, worth) for result in sorted(attempts, key=lambda r: r.attempt)]
    if not marks:
        mark = Mark(assignment=assignment, student=student, score=None, points=worth, complete=False)
    elif policy.attempts is Attempts.LATEST:
        mark = marks[-1]
    else:
        known = [mark for mark in marks if mark.score is not None]
        # Of equal marks the later attempt counts. An attempt not yet known might still turn out better.
        mark = max(reversed(known or marks), key=lambda m: m.score or ZERO)
        mark = replace(mark, complete=mark.complete and len(known) == len(marks))
    return _whole(replace(mark, assignment=assignment, student=student), [act for act in acts if act.question is None])


def marks_for(
    results: Iterable[Result],
    adjustments: Iterable[Adjustment],
    policy: Policy,
    *,
    order: Callable[[str], str] = str,
) -> Iterator[Mark]:
    """Yield the mark of each student, by assignment and student, holding one student's results at a time.

    `results` come sorted by `order` of assignment and student. Whoever has adjustments only has a mark too.
    """
    acts: dict[tuple[str, str], list[Adjustment]] = {}
    for act in adjustments:
        acts.setdefault((order(act.assignment), order(act.student)), []).append(act)
    waiting = sorted(acts, reverse=True)

    def only_acts(before: tuple[str, str] | None) -> Iterator[Mark]:
        while waiting and (before is None or waiting[-1] < before):
            mine = acts[waiting.pop()]
            yield mark_for([], mine, policy, assignment=mine[0].assignment, student=mine[0].student)

    def key_of(result: Result) -> tuple[str, str]:
        return order(result.assignment or ""), order(result.student)

    for key, group in groupby(results, key_of):
        yield from only_acts(key)
        if waiting and waiting[-1] == key:
            waiting.pop()
        attempts = list(group)
        yield mark_for(
            attempts,
            acts.get(key, ()),
            policy,
            assignment=attempts[0].assignment or "",
            student=attempts[0].student,
        )
    yield from only_acts(None)


def as_it_counts(result: Result, adjustments: Iterable[Adjustment], policy: Policy) -> Result:
    """Return a result with the scores that count: after acts by hand and lateness. None is unknown, or excused."""
    mark = mark_for([result], adjustments, policy, assignment=result.assignment or "", student=result.student)
    scores = {question.name: question.score for question in mark.questions}
    questions = tuple(replace(each, score=scores[each.name]) for each in result.questions)
    return replace(result, score=mark.score, questions=questions)


def in_force(adjustments: Iterable[Adjustment]) -> list[Adjustment]:
    """Return the acts that still count, oldest first: those not withdrawn and, for setting, the last one only."""
    kept: list[Adjustment] = []
    for act in adjustments:
        if act.act is Act.WITHDRAW:
            kept = [other for other in kept if other.question != act.question]
            continue
        if act.act is Act.SET:
            kept = [other for other in kept if other.question != act.question or other.act is Act.EXCUSE]
        kept.append(act)
    return kept


def adjusted(score: Decimal | None, acts: Sequence[Adjustment]) -> Decimal | None:
    """Return a score after acts by hand, never below zero; an unknown score stays unknown until it is set."""
    for act in acts:
        if act.act is Act.SET:
            score = act.points
        elif act.act is Act.ADD and score is not None and act.points is not None:
            score += act.points
    return None if score is None else max(ZERO, cents(score))


def _attempt_mark(result: Result, acts: Sequence[Adjustment], policy: Policy, worth: Decimal) -> Mark:
    questions = tuple(
        QuestionMark(name=q.name, score=adjusted(q.score, mine), points=q.points, adjustments=mine)
        for q in result.questions
        for mine in [tuple(act for act in acts if act.question == q.name)]
    )
    scores = [question.score for question in questions]
    known = [score for score in scores if score is not None]
    # A result without questions is unreadable: its score, None, is a person's to set.
    before = sum(known, ZERO) if questions and len(known) == len(scores) else None
    assignment = result.assignment or ""
    penalty = late_penalty(policy, assignment, result.student, result.submitted_at, worth)
    return Mark(
        assignment=assignment,
        student=result.student,
        score=None if before is None else max(ZERO, cents(before - penalty)),
        points=worth,
        before_late=before,
        penalty=ZERO if before is None else min(penalty, before),
        late=is_late(policy, assignment, result.student, result.submitted_at),
        complete=before is not None,
        flags=result.flags,
        questions=questions,
        adjustments=tuple(act for question in questions for act in question.adjustments),
        result=result,
    )


def _whole(mark: Mark, acts: Sequence[Adjustment]) -> Mark:
    """Apply the acts on the whole assignment; one that is set is final, and bears no lateness."""
    if not acts:
        return mark
    excused = any(act.act is Act.EXCUSE for act in acts)
    is_set = any(act.act is Act.SET for act in acts)
    score = adjusted(mark.score, acts)
    return replace(
        mark,
        score=None if excused else score,
        penalty=ZERO if is_set or excused else mark.penalty,
        excused=excused,
        complete=excused or is_set or mark.complete,
        adjustments=(*mark.adjustments, *acts),
    )
