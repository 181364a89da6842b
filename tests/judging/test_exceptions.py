"""Exceptions are explained to learners: in full where the case is public, in kind only where it is hidden."""

import math
from dataclasses import replace

import numpy as np
import pytest
from judging_samples import call

from grader.judging.exceptions import explain
from grader.model import Location, QuestionKey, Raised

KEY = QuestionKey(name="propagate", parameters=("w", "b", "X", "Y"), uses=("sigmoid",))
A, B = np.ones((2, 3)), np.ones((2, 4))


NOTHING, NUMBER = None, 3


def one(a):
    return a


def two(a, b):
    return a + b


def deep():
    return deep()


def unbound():
    if A.size == 0:
        value = 1
    return value


def assign():
    C = np.zeros(3, dtype=int)
    C -= 0.5


def locked():
    C = np.zeros(3)
    C.flags.writeable = False
    C[0] = 1


@pytest.mark.parametrize(
    ("student", "code"),
    [
        (lambda: A + B, "exception.broadcast"),
        (lambda: A.__iadd__(np.ones((3, 2, 3))), "exception.broadcast"),
        (lambda: A[:, :2].__setitem__(slice(None), np.ones(5)), "exception.broadcast"),
        (lambda: np.dot(A, B), "exception.product"),
        (lambda: A @ B, "exception.product"),
        (lambda: A.reshape(7), "exception.reshape"),
        (lambda: np.concatenate([A, B.T]), "exception.join"),
        (lambda: 1 if A > 0 else 0, "exception.truth"),
        (lambda: np.array([[1, 2], [3]]), "exception.element"),
        (lambda: math.exp(A), "exception.scalar_only"),
        (lambda: np.sum(A, B.astype(int)), "exception.array_index"),
        (lambda: range(A.astype(int)), "exception.array_index"),
        (lambda: math.log(-1), "exception.domain"),
        (lambda: math.exp(10000), "exception.overflow"),
        (lambda: 1 / 0, "exception.zero_division"),
        (lambda: NOTHING + A, "exception.none"),
        (lambda: NOTHING * 2, "exception.none"),
        (lambda: NOTHING[0], "exception.none"),
        (lambda: NOTHING.shape, "exception.none"),
        (lambda: one(1, 2), "exception.arguments"),
        (lambda: two(1), "exception.arguments"),
        (lambda: one(c=1), "exception.keyword"),
        (lambda: A(0), "exception.called"),
        (lambda: math.exp[0], "exception.function"),
        (lambda: math.exp + 1, "exception.function"),
        (lambda: list(3), "exception.iterate"),
        (lambda: NUMBER[0], "exception.subscript"),
        (lambda: A[0, 0, 0], "exception.subscript"),
        (lambda: np.zeros(2.0), "exception.float_index"),
        (lambda: A[1.0], "exception.float_index"),
        (lambda: A[5], "exception.index"),
        (lambda: A.sum(axis=2), "exception.axis"),
        (assign, "exception.casting"),
        (locked, "exception.read_only"),
        (lambda: {"a": 1}["b"], "exception.key"),
        (unbound, "exception.unbound"),
        (lambda: undefined, "exception.name"),  # noqa: F821
        (lambda: __import__("h5pyy"), "exception.module"),
        (lambda: A.dott(B), "exception.attribute"),
        (deep, "exception.recursion"),
        (lambda: open("/does/not/exist"), "exception.file"),  # noqa: SIM115
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_pythons_and_numpys_own_exceptions_are_recognised(student, code):
    for visible in (True, False):
        assert explain(call(student), KEY, visible=visible).code == code


def test_shapes_are_aligned_where_the_case_is_public():
    raised = call(lambda: A + B)
    shown = explain(raised, KEY, visible=True)
    assert shown.params["shapes"] == [[2, 3], [2, 4]]
    assert shown.params["lines"] == ["2  3", "2  4", "   ^"]
    product = explain(call(lambda: np.dot(A, B)), KEY, visible=True)
    assert product.params["lines"] == ["(2, 3) @ (2, 4)", "    ^     ^"]


def test_the_workers_own_shapes_are_taken_first():
    raised = Raised(type="ValueError", message="could not be broadcast", params={"shapes": [[5], [4, 1, 7]]})
    assert explain(raised, KEY, visible=True).params["lines"] == ["      5", "4  1  7", "      ^"]


@pytest.mark.parametrize("shapes", ["(2, 3)", [[1]], [[-1], [2]], [["a"], [2]], [[1] * 9, [2] * 9], [[True], [2]], {}])
def test_shapes_that_make_no_sense_are_left_out(shapes):
    raised = Raised(type="ValueError", message="could not be broadcast", params={"shapes": shapes})
    assert "lines" not in explain(raised, KEY, visible=True).params


def test_a_hidden_case_tells_type_and_place_only():
    raised = Raised(
        type="ValueError",
        message="operands could not be broadcast together with shapes (2,3) (2,4)",
        location=Location(cell=4, line=2),
        params={"shapes": [[2, 3], [2, 4]], "keys": ["dw"], "name": "X_123"},
    )
    assert explain(raised, KEY, visible=False).params == {"type": "ValueError", "place": {"cell": 4, "line": 2}}


def test_a_class_of_the_students_own_is_not_named_in_a_hidden_case():
    raised = Raised(type="Input_3_14159", message="[3.14159]")
    assert explain(raised, KEY, visible=False).params == {}
    assert explain(raised, KEY, visible=True).params["type"] == "Input_3_14159"


@pytest.mark.parametrize(("name", "shown"), [("np", True), ("sigmoid", True), ("X", True), ("secret_3", False)])
def test_a_hidden_case_repeats_only_names_that_say_nothing(name, shown):
    raised = Raised(type="NameError", message=f"name '{name}' is not defined", params={"name": name})
    assert ("name" in explain(raised, KEY, visible=False).params) is shown


@pytest.mark.parametrize(("function", "shown"), [("sigmoid", True), ("secret_3", False)])
def test_a_function_below_that_is_unfinished_is_named(function, shown):
    raised = Raised(type="NotImplementedError", params={"function": function})
    assert explain(raised, KEY, visible=True).params["function"] == function
    assert ("function" in explain(raised, KEY, visible=False).params) is shown


def test_the_way_a_function_is_called_is_shown_beside_the_students():
    raised = Raised(
        type="TypeError", message="f() takes 2 positional arguments", params={"signature": "propagate(w, b)"}
    )
    assert explain(raised, KEY, visible=False).params == {"type": "TypeError", "expected": "propagate(w, b, X, Y)"}
    assert explain(raised, KEY, visible=True).params["signature"] == "propagate(w, b)"


def test_what_a_program_says_is_bounded_and_clean():
    raised = Raised(type="E\x1b[2J" * 100, message="\ud800\u202e\x00" * 1000, params={"keys": ["k" * 999] * 99})
    params = explain(raised, KEY, visible=True).params
    assert all(len(str(value)) < 900 for value in params.values())
    assert str(params["message"]).isprintable()
    assert str(params["type"]).isprintable()


@pytest.mark.parametrize(("kind", "code"), [("answer", "exception.unquoted"), ("function", "exception.name")])
def test_an_answer_without_quotes_is_told_of_quotes(kind, code):
    question = replace(KEY, kind=kind)
    raised = Raised(type="NameError", message="name 'error' is not defined", params={"name": "error"})
    assert explain(raised, question, visible=True).code == code
