"""Results as JSON: each in its reader's language, whatever was said before of the very same."""

import json
from decimal import Decimal

import pytest

from grader.authoring import Visibility
from grader.model import CheckResult, Message, QuestionResult, Result, Verdict
from grader.reports import jsonout
from grader.reports.words import Words

ENGLISH, CHINESE = Words("en"), Words("zh-CN", {"zh-CN": {"The direction.": "方向。"}})


def result(student: str, score: Decimal = Decimal(0)) -> Result:
    check = CheckResult(
        name="worked examples",
        visibility=Visibility.PUBLIC,
        verdict=Verdict.WRONG_ANSWER,
        score=score,
        points=Decimal(5),
        code="structure.none",
        hint="The direction.",
        example=Message(code="structure.none"),
    )
    question = QuestionResult(name="halve", score=score, points=Decimal(5), checks=(check,))
    return Result(assignment=None, student=student, path="a.py", sha256="", sandbox="full", questions=(question,))


def said(one: Result, words: Words) -> tuple[str, str, str]:
    (question,) = json.loads(jsonout.line(one, {None: words}))["questions"]
    (check,) = question["checks"]
    return check["message"], check["hint"], check["example"]["message"]


def test_the_very_same_result_is_told_in_each_readers_language() -> None:
    ada = result("ada")
    english, chinese = said(ada, ENGLISH), said(ada, CHINESE)
    assert english[1] == "The direction."
    assert chinese[1] == "方向。"
    assert english[0] == english[2] != chinese[0] == chinese[2]
    for student in ("ada", "bob"):
        assert said(result(student), ENGLISH) == english
        assert said(result(student), CHINESE) == chinese


@pytest.mark.parametrize("words", [ENGLISH, CHINESE])
def test_what_differs_in_anything_is_told_apart(words: Words) -> None:
    for points in (Decimal(0), Decimal("0.00"), Decimal(2)):
        (question,) = json.loads(jsonout.line(result("ada", points), {None: words}))["questions"]
        assert Decimal(str(question["score"])) == points


def test_one_record_can_be_changed_without_harm_to_another() -> None:
    first = jsonout.with_words(result("ada"), {None: ENGLISH})
    first["score"], first["notes"] = 1, ["mine"]
    again = jsonout.with_words(result("ada"), {None: ENGLISH})
    assert (again["score"], again["notes"]) == (None, [])
