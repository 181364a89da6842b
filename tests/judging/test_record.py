"""A result survives the way to strict JSON and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.authoring import Visibility
from grader.judging.record import (
    mark_from_json,
    mark_to_json,
    question_from_text,
    question_to_text,
    result_from_record,
    result_to_record,
)
from grader.model import CheckResult, Note, QuestionResult, Result, Verdict

CHECK = CheckResult(
    name="dw is right",
    visibility=Visibility.HIDDEN,
    verdict=Verdict.WRONG_ANSWER,
    score=Decimal(0),
    points=Decimal("6.35"),
    follow_through_score=Decimal("3.18"),
    code="values.ratio",
    params={"ratio": "m", "at": {"cell": 2, "line": 3}, "some": [1, 2.5, None, True]},
    misconception="summed_gradient",
    hint="The cost is an average.",
)
RESULT = Result(
    assignment="logistic_regression",
    student='李 "雷", \n=1+1 \x00 \ud800',
    path="a/b.ipynb",
    sha256="ab" * 32,
    attempt=2,
    submitted_at=datetime(2026, 3, 1, 23, 59, 59, 123456, tzinfo=timezone(timedelta(hours=8))),
    late=True,
    sandbox="full",
    flags=("timeout",),
    score=Decimal("3.18"),
    points=Decimal("6.35"),
    complete=True,
    seconds=0.014,
    questions=(
        QuestionResult(
            name="propagate", score=Decimal("3.18"), points=Decimal("6.35"), checks=(CHECK,), follow_through=True
        ),
    ),
    notes=(Note(code="skipped.statement", params={"cell": 2, "line": 3}),),
)
UNREADABLE = Result(
    assignment=None, student="ada", path="x.py", sha256="00", sandbox="full", flags=("unreadable",), score=None
)


@pytest.mark.parametrize("result", [RESULT, UNREADABLE, replace(RESULT, submitted_at=datetime(2026, 1, 1, tzinfo=UTC))])
def test_a_result_comes_back_equal_through_strict_json(result: Result) -> None:
    text = json.dumps(result_to_record(result), allow_nan=False)
    assert result_from_record(json.loads(text)) == result


def test_a_questions_text_is_one_line_and_one_object_for_all_who_came_to_just_that() -> None:
    (question, *_) = RESULT.questions
    text = question_to_text(question)
    assert text.isascii()
    assert "\n" not in text
    assert question_from_text(text) == question
    assert question_from_text(text) is question_from_text(question_to_text(replace(question)))


def test_an_internal_error_has_null_scores() -> None:
    broken = replace(CHECK, verdict=Verdict.INTERNAL_ERROR, score=None, follow_through_score=None)
    question = replace(RESULT.questions[0], score=None, checks=(broken,))
    record = result_to_record(replace(RESULT, score=None, complete=False, questions=(question,)))
    assert record["score"] is None
    assert record["questions"][0]["score"] is None
    assert record["questions"][0]["checks"][0]["score"] is None


def test_the_fields_stand_in_the_documented_order() -> None:
    assert list(result_to_record(RESULT)) == [
        "schema", "assignment", "student", "submission", "attempt", "submitted_at", "late", "sandbox", "flags",
        "score", "points", "complete", "seconds", "questions", "notes",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("mark", "text"), [("83", "83"), ("83.00", "83"), ("8.35", "8.35"), ("0.10", "0.1"), ("-1.5", "-1.5"), ("0", "0")]
)
def test_a_mark_is_written_exactly(mark: str, text: str) -> None:
    assert json.dumps(mark_to_json(Decimal(mark))) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12))
def test_any_mark_comes_back_exactly(mark: Decimal) -> None:
    assert mark_from_json(json.loads(json.dumps(mark_to_json(mark)))) == mark


@pytest.mark.parametrize("mark", ["NaN", "Infinity", "-Infinity"])
def test_a_mark_that_is_no_number_is_refused(mark: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        mark_to_json(Decimal(mark))
    with pytest.raises(ValueError, match="finite"):
        mark_from_json(mark)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"bytes", {1: 2}, object(), [float("nan")]])
def test_parameters_that_are_not_json_are_refused_with_their_place(value: object) -> None:
    note = Note(code="warning", params={"what": value})  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="warning: what"):
        result_to_record(replace(RESULT, notes=(note,)))


def test_a_record_of_another_schema_is_refused() -> None:
    with pytest.raises(ValueError, match="schema 2"):
        result_from_record(result_to_record(RESULT) | {"schema": 2})
