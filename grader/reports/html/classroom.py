"""What a class report says, as data: the summary, the questions, the students. Nothing here knows of HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from grader.model import QuestionResult, Result, Verdict
from grader.policy import Mark
from grader.reports import statistics
from grader.reports.statistics import Scores, Spread

STATES = ("passed", "wrong", "error", "stopped", "missing", "not graded")
"""What became of one student's question, in the order of the bars."""
_STATE = {
    Verdict.ACCEPTED: "passed",
    Verdict.WRONG_ANSWER: "wrong",
    Verdict.RUNTIME_ERROR: "error",
    Verdict.TIME_LIMIT: "stopped",
    Verdict.MEMORY_LIMIT: "stopped",
    Verdict.CRASHED: "stopped",
    Verdict.MISSING: "missing",
    Verdict.INTERNAL_ERROR: "not graded",
}
FINE_BINS = 100
"""From so many students on, the histogram's bins are 5 % wide instead of 10 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One bar of the histogram: marks from `low` to `high` per cent, the last one with 100 in it."""

    low: int
    high: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """One question of the class: how hard it was, how it tells students apart, and what became of it."""

    name: str
    points: Decimal
    states: tuple[tuple[str, int], ...]
    facility: float | None
    correlation: float | None
    discrimination: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRow:
    """One student in the list."""

    student: str
    score: Decimal | None
    points: Decimal
    share: float | None
    states: tuple[str, ...]
    late: bool
    excused: bool
    adjusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Classroom:
    """All figures of one assignment's class."""

    handed_in: int
    scored: int
    full: int
    points: Decimal
    spread: Spread | None
    alpha: float | None
    bins: tuple[Bin, ...]
    questions: tuple[QuestionRow, ...]
    students: tuple[StudentRow, ...]


def classroom(marks: Sequence[Mark]) -> Classroom:
    """Gather the figures of a class from its marks: the ones that count, lateness and adjustments in."""
    results = [mark.result for mark in marks if mark.result is not None and mark.result.questions]
    scored = [mark for mark in marks if mark.score is not None and mark.points]
    shares = [float(mark.score / mark.points) for mark in scored if mark.score is not None]
    names = list(dict.fromkeys(question.name for result in results for question in result.questions))
    table, worths = scores_table(marks, names)
    return Classroom(
        handed_in=sum(mark.result is not None for mark in marks),
        scored=len(scored),
        full=sum(share >= 1 for share in shares),
        points=max((mark.points for mark in marks), default=Decimal(0)),
        spread=statistics.spread([float(mark.score) for mark in scored if mark.score is not None]),
        alpha=statistics.cronbach_alpha(table),
        bins=histogram(shares),
        questions=tuple(_questions(results, names, table, worths)),
        students=tuple(_student(mark, names) for mark in marks),
    )


def scores_table(marks: Sequence[Mark], names: Sequence[str]) -> tuple[Scores, list[float]]:
    """Return the scores, a row a student and a column a question, and the questions' points.

    Adjustments are in and lateness is not: a question isn't harder for being answered late. A student without a score
    in each question is left out.
    """
    worths: dict[str, float] = {}
    rows = []
    for mark in marks:
        scores = {question.name: question.score for question in mark.questions}
        for question in mark.questions:
            worths[question.name] = max(float(question.points), worths.get(question.name, 0.0))
        if scores and all(scores.get(name) is not None for name in names):
            rows.append([float(scores[name] or 0) for name in names])
    table = np.array(rows, dtype=float).reshape(len(rows), len(names))
    return table, [worths.get(name, 0.0) for name in names]


def histogram(shares: Sequence[float]) -> tuple[Bin, ...]:
    """Count marks, given as shares of the points, in bins of 10 % or 5 %; full marks are in the last."""
    width = 5 if len(shares) >= FINE_BINS else 10
    last = 100 // width - 1
    # A tolerance for shares such as 0.29 * 100, which is a little less than 29.
    counts = Counter(min(max(int((share * 100 + 1e-9) // width), 0), last) for share in shares)
    return tuple(Bin(low=at * width, high=(at + 1) * width, count=counts[at]) for at in range(last + 1))


def state_of(question: QuestionResult) -> str:
    """Return what became of a question: `passed` where each check did, else what kept the first one that failed."""
    for check in question.checks:
        if check.verdict is not Verdict.ACCEPTED:
            return _STATE[check.verdict]
    return "passed"


def _questions(
    results: Sequence[Result], names: Sequence[str], table: Scores, worths: Sequence[float]
) -> list[QuestionRow]:
    states: dict[str, Counter[str]] = {name: Counter() for name in names}
    points = {question.name: question.points for result in results for question in result.questions}
    for result in results:
        for question in result.questions:
            states[question.name][state_of(question)] += 1
    correlations = statistics.item_rest_correlations(table)
    gaps = statistics.discriminations(table, worths)
    return [
        QuestionRow(
            name=name,
            points=points[name],
            states=tuple((state, states[name][state]) for state in STATES if states[name][state]),
            facility=statistics.facility(table[:, at], worths[at]),
            correlation=correlations[at],
            discrimination=gaps[at],
        )
        for at, name in enumerate(names)
    ]


def _student(mark: Mark, names: Sequence[str]) -> StudentRow:
    questions = {} if mark.result is None else {question.name: question for question in mark.result.questions}
    return StudentRow(
        student=mark.student,
        score=mark.score,
        points=mark.points,
        share=None if mark.score is None or not mark.points else float(mark.score / mark.points),
        states=tuple(state_of(questions[name]) if name in questions else "missing" for name in names)
        if questions
        else (),
        late=mark.late,
        excused=mark.excused,
        adjusted=bool(mark.adjustments),
    )
