"""Sample results and works for the tests of the gradebook."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from grader.authoring import Visibility
from grader.gradebook.entries import Slot, Work
from grader.model import CheckResult, Note, QuestionResult, Result, Verdict


def check(name: str, earned: str | None, points: str, verdict: Verdict | None = None) -> CheckResult:
    score = None if earned is None else Decimal(earned)
    full = score == Decimal(points)
    return CheckResult(
        name=name,
        visibility=Visibility.HIDDEN,
        verdict=verdict or (Verdict.ACCEPTED if full else Verdict.WRONG_ANSWER),
        score=score,
        points=Decimal(points),
        code="ok" if full else "values.ratio",
        params={} if full else {"ratio": "m"},
    )


def question(name: str, *checks: CheckResult) -> QuestionResult:
    scores = [c.score for c in checks]
    known = [s for s in scores if s is not None]
    return QuestionResult(
        name=name,
        score=sum(known, Decimal(0)) if len(known) == len(scores) else None,
        points=sum((c.points for c in checks), Decimal(0)),
        checks=checks,
    )


def result(student: str = "ada", *questions: QuestionResult, source: str | None = None, **fields) -> Result:
    questions = questions or (
        question("sigmoid", check("values", "10", "10")),
        question("propagate", check("cost", "4.5", "4.5"), check("dw", "0", "5.5")),
    )
    scores = [q.score for q in questions]
    complete = None not in scores
    given = {
        "assignment": "logistic_regression",
        "path": f"{student}.py",
        "sha256": sha(source or student),
        "sandbox": "full",
        "score": sum((s for s in scores if s is not None), Decimal(0)) if complete else None,
        "points": sum((q.points for q in questions), Decimal(0)),
        "complete": complete,
        "seconds": 0.01,
        "questions": questions,
        "notes": (Note(code="skipped.statement", params={"line": 3}),),
    }
    return Result(student=student, **(given | fields))


def unreadable(student: str = "bob", **fields) -> Result:
    given = {"assignment": "logistic_regression", "path": "bob.ipynb", "sha256": sha("broken"), "sandbox": "full"}
    return Result(student=student, flags=("unreadable",), **(given | fields))


def work(source: str = "ada", **fields) -> Work:
    given = {
        "submission": sha(source),
        "assignment": "v1",
        "grader": "0.1.0",
        "environment": "e1",
        "questions": {"sigmoid": "s1", "propagate": "p1"},
    }
    return Work(**(given | fields))


def slot(student: str = "ada", attempt: int = 1) -> Slot:
    return Slot("logistic_regression", student, attempt)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
