"""Help comes in levels, and each says no more than it should."""

from decimal import Decimal

import pytest

from grader.authoring import Visibility
from grader.desk.hints import Help, Level, ask, asks, help_for, split_hint
from grader.model import CheckResult, Verdict
from grader.reports.phrases import desk
from grader.reports.words import Words

WORDS = Words()


def failed(code, params=None, hint=None, verdict=Verdict.WRONG_ANSWER):
    return CheckResult(
        name="dw is right",
        visibility=Visibility.PUBLIC,
        verdict=verdict,
        score=Decimal(0),
        points=Decimal(1),
        code=code,
        params=params or {},
        hint=hint,
    )


MISMATCH = {"of": "dw", "ratio": "m", "mismatches": [{"at": [0, 1], "got": "3", "expected": "1"}]}
HINT = "It looks like a sum. The cost is an average. Is a factor missing?"


@pytest.mark.parametrize(
    ("level", "there", "not_there"),
    [
        (Level.WHERE, "entry [0, 1]: 3 instead of 1", "times m"),
        (Level.KIND, "The cost is an average.", "Is a factor missing?"),
        (Level.QUESTION, "Is a factor missing?", "YYY"),
    ],
)
def test_a_level_shows_itself_and_those_before_it_only(level, there, not_there):
    text = "\n".join(help_for(failed("values.ratio", MISMATCH, HINT), WORDS).lines(level))
    assert there in text
    assert not_there not in text
    assert "entry [0, 1]" in text


@pytest.mark.parametrize(
    ("hint", "seems", "question"),
    [
        ("One. Two. Is it three?", "One. Two.", "Is it three?"),
        ("Count the brackets.", "", "Count the brackets."),
        (
            "Look at np.dot. Compare with w.shape and 1.5 of them.",
            "Look at np.dot.",
            "Compare with w.shape and 1.5 of them.",
        ),
        ("看起来是求和。应当取平均。少了一个因子吗？", "看起来是求和。应当取平均。", "少了一个因子吗？"),
        ("It ends in a name. `w` is it. Why?", "It ends in a name. `w` is it.", "Why?"),
    ],
)
def test_the_last_sentence_of_a_hint_is_the_question(hint, seems, question):
    assert split_hint(hint) == (seems, question)


@pytest.mark.parametrize(
    "code",
    ["shape.rank", "values.differ", "exception.name", "missing.blank", "missing.syntax", "nan.nan", "time_limit",
     "structure.none", "type.list", "answer.wrong", "loop.examples", "crashed", "a.new.one"],
)  # fmt: skip
def test_every_kind_of_mistake_has_a_question_where_the_author_wrote_none(code):
    assert ask(code, {}, WORDS) in {text for texts in desk.TEMPLATES.values() for text in texts}
    assert help_for(failed(code), WORDS).question


@pytest.mark.parametrize(
    ("code", "reason", "asked"),
    [
        ("missing.syntax", "'(' was never closed", "Which bracket"),
        ("missing.syntax", "unexpected indent", "the same column"),
        ("missing.syntax", "expected ':'", ""),
        ("missing.syntax", "cannot assign to literal here. Maybe you meant '==' instead of '='?", ""),
        ("missing.name", None, ""),
        ("exception.unquoted", None, ""),
    ],
)
def test_a_question_fits_what_went_wrong_and_none_is_asked_where_all_is_said(code, reason, asked):
    check = failed(code, {"reason": reason} if reason else {}, verdict=Verdict.MISSING)
    question = help_for(check, WORDS).question
    assert asked in question
    assert asks(check) is bool(question) is bool(asked)


def test_long_values_are_not_pressed_into_a_sentence():
    params = {"expected": "1\n2", "got": "x" * 100, "input": {"X": "[[1\n2]]"}}
    assert help_for(failed("values.differ", params), WORDS).where == ()


def test_a_fault_of_ours_asks_the_student_nothing():
    told = help_for(failed("internal_error", verdict=Verdict.INTERNAL_ERROR), WORDS)
    assert told.question == ""
    assert "not yours" in " ".join(told.lines(Level.QUESTION))


def test_no_text_of_the_desk_shouts():
    assert not [text for texts in desk.TEMPLATES.values() for text in texts if "!" in text]


def test_a_hint_with_an_illustration_keeps_its_lines():
    hint = "It looks like this. Some pairs clash:\n    (2, 5)\n    (2, 4)\nLook at the rule."
    told = Help(where=(), kind=("It is wrong.",), question=split_hint(hint)[1]).lines(Level.QUESTION)
    assert "    (2, 5)" in told
    assert all("\n" not in line for line in told)
