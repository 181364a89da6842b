"""Answers are read as generously as a person would, and no more so."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.judging import align, align_product, read_answer
from grader.judging.broadcasting import broadcast, clashes


@pytest.mark.parametrize(
    "answer",
    [
        (3, 1),
        [3, 1],
        np.array([3, 1]),
        (np.int64(3), 1),
        (3.0, 1.0),
        "(3, 1)",
        "(3,1)",
        "3,1",
        "3, 1",
        "3x1",
        "3 × 1",
        "[3, 1]",
        "3 1",
        " ( 3 , 1 ) ",
        "（3，1）",
        "shape (3, 1)",
        "shape: (3, 1)",
        "The shape is (3, 1).",
        '"(3, 1)"',
        "(3, 1,)",
        "形状为 (3, 1)",
    ],
    ids=repr,
)
def test_a_shape_in_any_sensible_form(answer):
    assert read_answer(answer) == (3, 1)


@pytest.mark.parametrize("answer", ["(5,)", "5", 5, (5,), [5], "(5)", 5.0])
def test_a_vectors_shape(answer):
    assert read_answer(answer) == (5,)


@pytest.mark.parametrize(
    "answer", [(), [], "()", "( )", "scalar", "a scalar", "it is a scalar", "one number", "0-d", "标量", "结果是一个数"]
)
def test_the_shape_of_a_number(answer):
    assert read_answer(answer) == ()


@pytest.mark.parametrize(
    "answer",
    [
        "error",
        "Error",
        "ERROR",
        "Error!",
        "ValueError",
        "an error",
        "raises a ValueError",
        "value error",
        "err",
        "exception",
        "it raises an error",
        "ValueError: operands could not be broadcast together",
        "broadcasting error",
        "operands could not be broadcast together with shapes (4,3) (3,2) ",
        "cannot broadcast",
        "This will give an error because the sizes differ",
        "the shapes are incompatible",
        "not possible",
        "shapes do not match",
        "can't be broadcast",
        "无法广播",
        "报错",
        "会报错",
        " error\n",
    ],
)
def test_an_error_in_any_sensible_spelling(answer):
    assert read_answer(answer) == "error"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        True,
        "",
        "no error",
        "can be broadcast",
        "possible",
        "shapes are compatible",
        "no shape",
        "not an error",
        "error-free",
        "yes",
        "(3, ?)",
        "three by one",
        -1,
        (3, -1),
        (3, 1.5),
        (3, "1"),
        (True, 3),
        {"shape": 3},
        np.array([[3, 1]]),
        float("nan"),
        float("inf"),
        "1" * 5000,
        (1,) * 100,
        object(),
        "3.5",
        "errorless",
    ],
    ids=lambda value: repr(value)[:30].partition(" at 0x")[0],
)
def test_what_is_neither_is_not_guessed_at(answer):
    assert read_answer(answer) is None


@given(st.text())
def test_any_text_can_be_read_without_harm(text):
    read_answer(text)


# --- the rule of broadcasting ----------------------------------------------------------------------------------------


def test_shapes_are_aligned_from_the_right_and_the_clash_is_marked():
    assert align((4, 3), (3, 2)) == ("a: 4  3", "b: 3  2", "   ^  ^")
    assert align((12288, 150), (45,), ("X", "w")) == ("X: 12288  150", "w:         45", "            ^")


def test_shapes_that_fit_have_nothing_marked():
    assert align((3, 4), (1, 4)) == ("a: 3  4", "b: 1  4")
    assert align((), (5,)) == ("a:", "b: 5")


def test_the_inner_sizes_of_a_product_are_marked():
    assert align_product((2, 1), (2, 3)) == ("a (2, 1) @ b (2, 3)", "      ^       ^")
    assert align_product((5,), (15, 2)) == ("a (5,) @ b (15, 2)", "   ^         ^")


shapes = st.lists(st.integers(0, 12), max_size=4).map(tuple)


@given(shapes, shapes)
def test_the_rule_is_numpys(shape_a, shape_b):
    try:
        expected = np.broadcast_shapes(shape_a, shape_b)
    except ValueError:
        expected = None
    assert broadcast(shape_a, shape_b) == expected
    lines = align(shape_a, shape_b)
    assert (len(lines) == 3) == (expected is None) == bool(clashes(shape_a, shape_b))
    assert sum(line.count("^") for line in lines) == len(clashes(shape_a, shape_b))
