"""Levels of feedback: what is told at each, and that nothing else is."""

import json
from decimal import Decimal

import pytest

from grader.authoring import Visibility
from grader.judging.record import result_to_record
from grader.model import CheckResult, Note, QuestionResult, Result, Verdict
from grader.policy import Feedback
from grader.reports.levels import WITHHELD, at_level

SECRETS = ("42.5", "17.25", "0.125", "Traceback")
SHOWN = {"input": {"x": "42.5"}, "expected": "17.25", "got": "0.125", "wrong": 1, "total": 1}


def check(code, params, verdict=Verdict.WRONG_ANSWER, **more):
    return CheckResult(
        name="it is right", visibility=Visibility.PUBLIC, verdict=verdict, score=Decimal(0), points=Decimal(2),
        code=code, params=params, **more,
    )  # fmt: skip


def result(*checks):
    question = QuestionResult(name="area", score=Decimal(0), points=Decimal(2), checks=checks)
    return Result(
        assignment="shapes", student="ada", path="ada.py", sha256="0", sandbox="full", score=Decimal(0),
        points=Decimal(2), complete=True, questions=(question,), notes=(Note(code="warning.overflow"),),
    )  # fmt: skip


RICH = result(
    check("values.ratio", {**SHOWN, "ratio": "m", "table": [[{"expected": "17.25", "got": "0.125", "wrong": True}]]},
          misconception="halved", hint="Look at the factor."),
    check("exception.key", {**SHOWN, "message": "Traceback 42.5", "keys": ["dw"], "place": {"line": 3}}),
    check("answer.unreadable", {"got": "42.5"}),
    check("ok", {}, Verdict.ACCEPTED),
)  # fmt: skip


def test_full_feedback_is_the_whole_result():
    assert at_level(RICH, Feedback.FULL) is RICH


@pytest.mark.parametrize("level", [Feedback.MARKS, Feedback.HINTS])
def test_no_value_is_told_below_full(level):
    told = json.dumps(result_to_record(at_level(RICH, level)))
    for secret in SECRETS[:2] + SECRETS[3:]:
        assert secret not in told


def test_hints_tell_what_kind_of_thing_is_wrong_and_where():
    first, second, *_ = at_level(RICH, Feedback.HINTS).questions[0].checks
    assert (first.code, first.params, first.hint) == ("values.ratio", {"ratio": "m"}, "Look at the factor.")
    assert second.params["place"] == {"line": 3}


def test_the_kinds_that_a_sentence_names_stay():
    kinds = {"expected": "tuple", "got": "array", "input": {"x": "42.5"}}
    (only,) = at_level(result(check("structure.kind", kinds)), Feedback.HINTS).questions[0].checks
    assert only.params == {"expected": "tuple", "got": "array"}


def test_marks_tell_marks_and_verdicts_only():
    marked = at_level(RICH, Feedback.MARKS)
    checks = marked.questions[0].checks
    assert [each.code for each in checks] == [WITHHELD, WITHHELD, WITHHELD, "ok"]
    assert [each.score for each in checks] == [each.score for each in RICH.questions[0].checks]
    assert all(not each.params and each.hint is None and each.misconception is None for each in checks)
    assert marked.notes == ()
    assert (marked.score, marked.points, marked.flags) == (RICH.score, RICH.points, RICH.flags)


def test_an_unreadable_submission_is_told_at_every_level():
    unread = Result(
        assignment=None, student="ada", path="a.py", sha256="", sandbox="full", notes=(Note(code="submission.empty"),)
    )
    assert at_level(unread, Feedback.MARKS) == unread
