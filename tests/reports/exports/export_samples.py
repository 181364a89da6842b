"""Sample marks for the tests of exports, and names that break careless writers."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from grader.authoring import Visibility
from grader.model import CheckResult, QuestionResult, Result, Verdict
from grader.policy import Act, Adjustment, Mark, QuestionMark

NAMES = (
    "ada",
    "O'Brien, Pat",
    'the "quoted"',
    "two\nlines",
    "win\r\ndows",
    "李雷",
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\ttab",
    "\rreturn",
    "nul\0 bell\x07 esc\x1b[31m",
    "half \udc80",
    "<b>&amp;</b>]]>",
    "'quoted",
    "半角=１",
    "\uff1d1+1",
    "semi;colon",
    "noncharacter \uffff \ufffe",
)


def check(name="dw is right", score="0", points="6", verdict=Verdict.WRONG_ANSWER, **fields):
    given = {"visibility": Visibility.HIDDEN, "code": "values.ratio", "params": {"ratio": "m"}}
    return CheckResult(
        name=name,
        verdict=verdict,
        score=None if score is None else Decimal(score),
        points=Decimal(points),
        **(given | fields),
    )


def result(student="ada", *checks, **fields):
    checks = checks or (
        check("the cost is right", "4.35", "4.35", Verdict.ACCEPTED, code="ok", params={}),
        check(hint="An average."),
        check("worked", "0", "2", Verdict.MISSING, visibility=Visibility.PUBLIC, follow_through_score=Decimal("1.5")),
    )
    scores = [None if c.score is None else max(c.score, c.follow_through_score or Decimal(0)) for c in checks]
    total = None if None in scores else sum(scores, Decimal(0))
    points = sum((c.points for c in checks), Decimal(0))
    question = QuestionResult(name="propagate", score=total, points=points, checks=checks)
    given = {
        "assignment": "logistic_regression",
        "path": f"class/{student}.py",
        "sha256": "ab" * 32,
        "sandbox": "full",
        "score": total,
        "points": points,
        "complete": total is not None,
        "seconds": 0.0125,
        "submitted_at": datetime(2026, 3, 1, 12, tzinfo=UTC),
        "questions": (question,),
    }
    return Result(student=student, **(given | fields))


def mark(student="ada", score="5.85", points="12.35", **fields):
    graded = result(student)
    given = {
        "assignment": "logistic_regression",
        "score": None if score is None else Decimal(score),
        "points": Decimal(points),
        "questions": tuple(QuestionMark(name=q.name, score=q.score, points=q.points) for q in graded.questions),
        "result": graded,
    }
    return Mark(student=student, **(given | fields))


def unreadable(student="bob"):
    return Result(
        assignment=None, student=student, path="bob.ipynb", sha256="00" * 32, sandbox="full", flags=("unreadable",)
    )


ADJUSTMENT = Adjustment(
    assignment="logistic_regression",
    student="ada",
    question="propagate",
    act=Act.SET,
    points=Decimal("5.85"),
    why="=seen, by hand",
    who="lecturer",
    at=datetime(2026, 3, 2, tzinfo=UTC),
)
