"""Programs that raise, or that hang on a variable outside: run as they are handed in, explained in words."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))

import judged
import pytest

from grader.grading import grade, prepare
from grader.model import Submission, Verdict
from grader.policy import Feedback
from grader.reports.levels import at_level
from grader.reports.terminal import explanation
from grader.reports.words import Words
from grader.sandbox import open_process_sandbox

SLUG = "logistic_regression"
PROPAGATE = """
def propagate({signature}):
    m = {m}
    A = sigmoid(np.dot(w.T, {X}) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dz = A - Y
    grads = {{"dw": np.dot({X}, dz.T) / m, "db": np.sum(dz) / m}}
    {more}
    return grads, cost
"""
USUAL = {"signature": "w, b, X, Y", "m": "X.shape[1]", "X": "X", "more": "pass"}


@pytest.fixture(scope="module")
def sandbox():
    with open_process_sandbox() as opened:
        yield opened


def propagate(before="", **lines):
    return before + PROPAGATE.format(**(USUAL | lines))


def told(source, sandbox, level=Feedback.FULL):
    """Grade a whole program; return what is said of the checks of `propagate` that failed: (visibility, code, text)."""
    program = judged.loaded(SLUG).reference.loaded_source + "\n\n" + source
    submission = Submission(student="sample", assignment=SLUG, path="sample.py", read=program.encode)
    result = at_level(grade(submission, {SLUG: prepare(judged.key(SLUG))}, sandbox), level)
    question = next(each for each in result.questions if each.name == "propagate")
    return [
        (str(check.visibility), check.code, " ".join(explanation(check, Words("en"))))
        for check in question.checks
        if check.verdict is not Verdict.ACCEPTED
    ]


def test_a_variable_from_outside_is_named_where_it_makes_the_numbers_wrong(sandbox):
    said = told(propagate("train_x = np.ones((2, 7))\n", m="train_x.shape[1]"), sandbox)
    numbers = [(code, text) for _, code, text in said if code.startswith("values.")]
    assert len(numbers) == 6
    for code, text in numbers:
        assert code == "values.outside"
        assert "depends on `train_x`, from outside the function" in text


def test_a_variable_from_outside_is_named_beside_shapes_that_do_not_fit(sandbox):
    said = told(propagate("train_x = np.ones((2, 7))\n", X="train_x"), sandbox)
    assert {code for _, code, _ in said} == {"exception.broadcast", "exception.product"}
    assert all("`train_x` comes from outside the function" in text for *_, text in said)


def test_a_constant_in_capitals_is_not_blamed(sandbox):
    said = told(propagate("EPS = 0.1\n", m="X.shape[1] + EPS"), sandbox)
    assert said
    assert not any("EPS" in text for *_, text in said)


def test_a_variable_from_outside_that_does_no_harm_is_not_blamed(sandbox):
    assert told(propagate("scale = 1.0\n", m="X.shape[1] * scale"), sandbox) == []


def test_too_few_parameters_are_told_with_both_signatures(sandbox):
    source = propagate(signature="w, b, X").replace("Y", "X")
    for visibility, code, text in told(source, sandbox):
        assert code == "exception.arguments"
        assert "`propagate(w, b, X, Y)`" in text
        assert ("yours is `propagate(w, b, X)`" in text) == (visibility == "public")


def test_another_function_called_wrongly_is_not_taken_for_the_graded_one(sandbox):
    said = told(propagate(more="sigmoid()"), sandbox)
    assert {code for _, code, _ in said} == {"exception.inner_arguments"}
    for _, _, text in said:
        assert "`sigmoid` is called with the wrong number of arguments here" in text
        assert "`propagate" not in text


def test_a_parameter_that_another_function_lacks_is_told_of_that_function(sandbox):
    said = told(propagate(more="sigmoid(q=3)"), sandbox)
    assert {code for _, code, _ in said} == {"exception.inner_keyword"}
    assert all("In a call of `sigmoid`" in text and "`propagate" not in text for *_, text in said)


def test_below_full_feedback_no_value_stands_in_for_a_signature(sandbox):
    said = told(propagate(more="sigmoid()"), sandbox, Feedback.HINTS)
    assert said
    assert not any("0.638" in text for *_, text in said)


def test_a_missing_key_is_told_with_the_keys_that_are_there(sandbox):
    said = told(propagate(more='grads["dW"]'), sandbox)
    assert {code for _, code, _ in said} == {"exception.key"}
    for visibility, _, text in said:
        assert ("There is no key `dW` in the dictionary; it has `dw`, `db`." in text) == (visibility == "public")
    assert {visibility for visibility, *_ in said} == {"public", "hidden"}
