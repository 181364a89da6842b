"""A generated class of any size for one of the real assignments: marks, mistakes, oddities, all from a seed.

`python tests/reports/generated_class.py 300 FOLDER` writes its report, to be looked at.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from grader.authoring import Visibility
from grader.courses import load_assignment
from grader.courses.naming import question_name
from grader.gradebook.entries import reasons_for_review
from grader.gradebook.marks import marks_for
from grader.model import CheckResult, Note, QuestionResult, Result, Verdict
from grader.policy import Act, Adjustment, LatePolicy, Policy
from grader.reports.html.report import ClassReport, ToReview, write_feedback, write_report
from grader.reports.words import Words

SOLUTIONS = Path(__file__).parents[2] / "solutions"
SLUG = "logistic_regression"
HOSTILE = (
    '<script>alert("name")</script>',
    "</title><img src=x onerror=alert(1)>",
    "Robert'); DROP TABLE students;--",
    "../../etc/passwd",
    "=HYPERLINK(1)",
    "\u202egnp.exe",
    "a\x1b[2Jb",
    "[click](javascript:alert(1))",
    "李雷",
    "",
)
WRONG = (
    ("values.differ", {"entries": "all"}, 5),
    ("values.ratio", {"ratio": "m"}, 4),
    ("shape.wrong", {"shape": "(n, 1)"}, 4),
    ("values.differ", {"entries": "some"}, 3),
    ("structure.none", {}, 3),
    ("nan.nan", {}, 2),
    ("type.list", {}, 1),
)
ERRORS = (
    ("exception.broadcast", {}, 4),
    ("exception.zero_division", {}, 1),
    ("exception.none", {}, 3),
    ("exception.unpack", {}, 2),
)
CODE = '''def {name}(w, b, X, Y):
    """Compute the cost and its gradients."""
    m = X.shape[1]
    A = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dw = np.dot(X, (A - Y).T)
    db = np.sum(A - Y)
    return {{"dw": dw, "db": db}}, cost'''


def generated_results(n: int, seed: int = 0, *, hostile: bool = True) -> Iterator[Result]:
    """Yield n students' results: abilities and difficulties are normal, so that good questions discriminate."""
    rng = random.Random(seed)
    assignment = load_assignment(SOLUTIONS / SLUG).assignment
    honest = [rng.sample(range(5000), 24) for _ in range(40)]
    copied = [tuple(rng.randrange(1 << 32) for _ in range(30)) for _ in range(3)]
    difficulty = {question_name(each): rng.gauss(-0.9, 0.7) for each in assignment.questions}
    names = [*(HOSTILE if hostile else ()), *(f"sample-{number:05}" for number in range(n))][:n]
    for at, student in enumerate(names):
        ability = rng.gauss(0, 1.1)
        sha = hashlib.sha256(f"{seed}{at}".encode()).hexdigest()
        base = Result(
            assignment=SLUG, student=student, path=f"{student}.ipynb", sha256=sha, sandbox="full", points=Decimal(100)
        )
        if rng.random() < 0.012:
            flag = rng.choice(("submission.unreadable", "assignment.unknown"))
            yield replace(base, flags=(flag,), notes=(Note(code="unreadable.empty"),))
            continue
        idle = rng.random() < 0.04
        questions = tuple(
            _question(rng, each, ability - difficulty[question_name(each)], idle=idle) for each in assignment.questions
        )
        prints = {
            question.name: copied[at % 3]
            if at in (20, 23, 41, 44, 50) and question.name in ("propagate", "optimize")
            else tuple(sorted({*rng.sample(rng.choice(honest), 14), *(rng.randrange(1 << 32) for _ in range(3))}))
            for question in questions
        }
        complete = all(question.score is not None for question in questions)
        yield replace(
            base,
            questions=questions,
            complete=complete,
            score=sum((question.score or Decimal(0) for question in questions), Decimal(0)) if complete else None,
            flags=() if complete else ("incomplete",),
            submitted_at=datetime(2026, 3, 2, rng.randrange(24), rng.randrange(60), tzinfo=UTC),
            notes=(Note(code="skipped.statement", params={"cell": 2, "line": 3}),) if rng.random() < 0.2 else (),
            fingerprints=prints,
        )


def _question(rng, question, margin, *, idle):
    points = sum((Decimal(check.points) for check in question.checks), Decimal(0))
    if idle or rng.random() < 0.02:
        checks = [_result(check, Verdict.MISSING, "missing.blank", {}) for check in question.checks]
    elif rng.gauss(margin, 0.8) > 0:
        checks = [_result(check, Verdict.ACCEPTED, "ok", {}) for check in question.checks]
    else:
        checks = _failing(rng, question)
    broken = any(check.score is None for check in checks)
    score = None if broken else sum((check.score for check in checks), Decimal(0))
    return QuestionResult(name=question_name(question), score=score, points=points, checks=tuple(checks))


def _failing(rng, question):
    held = None
    roll = rng.random()
    if question.misconceptions and roll < 0.55:
        weights = [1 / (rank + 1) for rank in range(len(question.misconceptions))]
        held = rng.choices(question.misconceptions, weights)[0]
        verdict, (code, params) = Verdict.WRONG_ANSWER, _pick(rng, WRONG)
    elif roll < 0.85:
        verdict, (code, params) = Verdict.WRONG_ANSWER, _pick(rng, WRONG)
    elif roll < 0.95:
        verdict, (code, params) = Verdict.RUNTIME_ERROR, _pick(rng, ERRORS)
        params = {**params, "place": {"cell": rng.randrange(1, 30), "line": rng.randrange(1, 20)}}
    elif roll < 0.99:
        verdict, code, params = Verdict.TIME_LIMIT, "time_limit", {"seconds": 2}
    else:
        verdict, code, params = Verdict.INTERNAL_ERROR, "internal_error", {}
    from_here = rng.randrange(len(question.checks))
    return [
        _result(check, Verdict.ACCEPTED, "ok", {}) if at < from_here else _result(check, verdict, code, params, held)
        for at, check in enumerate(question.checks)
    ]


def _pick(rng, choices):
    code, params, _ = rng.choices(choices, [weight for *_, weight in choices])[0]
    return code, params


def _result(check, verdict, code, params, held=None):
    points = Decimal(check.points)
    return CheckResult(
        name=check.name,
        visibility=Visibility(check.visibility),
        verdict=verdict,
        score=None if verdict is Verdict.INTERNAL_ERROR else points if verdict is Verdict.ACCEPTED else Decimal(0),
        points=points,
        code=code,
        params=params,
        misconception=held and (held.name or held.variant.__name__),
        hint=held and held.hint,
    )


def _code(result, question, anonymous):
    return CODE.format(name=question)


def generated_report(n: int, seed: int = 0, *, hostile: bool = True) -> ClassReport:
    """Return all that the report of a generated class is made from."""
    loaded = load_assignment(SOLUTIONS / SLUG)
    results = sorted(generated_results(n, seed, hostile=hostile), key=lambda result: result.student)
    policy = Policy(
        deadlines={SLUG: datetime(2026, 3, 2, 22, tzinfo=UTC)}, late=LatePolicy(rate=Decimal("0.1")), zone="UTC"
    )
    act = Adjustment(
        assignment=SLUG,
        student=results[-1].student,
        question="propagate",
        act=Act.ADD,
        points=Decimal(2),
        why="half of it was <right>",
        who="sample",
        at=datetime(2026, 3, 3, tzinfo=UTC),
    )
    return ClassReport(
        assignment=SLUG,
        title=loaded.assignment.title,
        marks=list(marks_for(results, [act], policy)),
        course="Sample course",
        made_at="2026-03-03 09:00 UTC",
        titles={question_name(each): each.title for each in loaded.assignment.questions},
        queue=[
            ToReview(student=result.student, reason=reason, path=result.path)
            for result in results
            for reason in reasons_for_review(result)
        ],
        code=_code,
    )


def main(n: int, folder: Path, lang: str = "en") -> None:
    """Write the report of a generated class, and say how long it took and how large it is."""
    report = generated_report(n)
    words = Words(lang, load_assignment(SOLUTIONS / SLUG).catalogue)
    begin = time.perf_counter()
    index = write_report(report, folder, words)
    took = time.perf_counter() - begin
    pages = list((folder / "students").iterdir())
    whole = sum(page.stat().st_size for page in pages)
    sizes = f"{index.stat().st_size / 1e6:.2f} MB; {len(pages)} pages: {whole / 1e6:.0f} MB"
    sys.stdout.write(f"{n} students: {took:.1f} s; {index}: {sizes}\n")
    if n <= 1000:
        write_feedback(report, folder / "feedback", words)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
