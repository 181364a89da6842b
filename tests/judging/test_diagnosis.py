"""What kind of wrong a result is: named when every case agrees, and never when unsure."""

# ruff: noqa: ARG005 - a student's function has the question's signature, whatever it makes of it

import numpy as np
import pytest
from judging_samples import DIMS, batches, check, outcomes, question

from grader.judging import judge
from grader.model import Returned


def finding(reference, student, inputs, **options):
    key = question(reference, inputs, **options)
    return judge(key.checks[0], key, outcomes(key, student))


def code(reference, student, inputs, **options):
    return finding(reference, student, inputs, **options).code


def vector(A, Y):
    """(n, 1): the gradient of a linear model."""
    return A @ Y.T[:, :1] / A.shape[1]


def mean(A, Y):
    return np.mean(A * Y)


def matrix(A, Y):
    return np.exp(A) * Y


INPUTS = [(A, Y[:1]) for A, Y in batches()]
SAME = batches()


@pytest.mark.parametrize(
    ("student", "expected"),
    [
        (lambda A, Y: vector(A, Y) * A.shape[1], "m"),
        (lambda A, Y: vector(A, Y) * A.shape[1] / A.shape[0], "m/n"),
        (lambda A, Y: vector(A, Y) / A.shape[1], "1/m"),
        (lambda A, Y: vector(A, Y) * 2, "2"),
        (lambda A, Y: vector(A, Y) / 2, "1/2"),
        (lambda A, Y: -vector(A, Y) * A.shape[1], "-m"),
        (lambda A, Y: vector(A, Y) * A.shape[1] / (A.shape[1] - 1), "m/(m - 1)"),
        (lambda A, Y: vector(A, Y) / np.log(10), "1/ln 10"),
        (lambda A, Y: vector(A, Y) * 100, "100"),
    ],
)
def test_a_factor_is_named(student, expected):
    found = finding(vector, student, INPUTS, parameters=("A", "Y"), dims=DIMS)
    assert found.code == "values.ratio"
    assert found.params["ratio"] == expected


def test_a_factor_of_single_numbers_is_named_by_several_cases():
    found = finding(mean, lambda A, Y: np.sum(A * Y), SAME, parameters=("A", "Y"), dims=DIMS)
    assert (found.code, found.params.get("ratio")) == ("values.ratio", "n·m")


def test_a_factor_with_two_possible_names_gets_none():
    """One case of a 4 by 4 matrix: m and n are the same, so neither is blamed."""
    key = question(vector, batches(sizes=((4, 4),)), parameters=("A", "Y"), dims=DIMS)
    found = judge(key.checks[0], key, outcomes(key, lambda A, Y: vector(A, Y) * 4))
    assert found.code == "values.ratio"
    assert "ratio" not in found.params


@pytest.mark.parametrize(
    ("reference", "student", "expected"),
    [
        (matrix, lambda A, Y: -matrix(A, Y), "values.sign"),
        (matrix, lambda A, Y: matrix(A, Y) + 1, "values.offset"),
        (matrix, lambda A, Y: np.abs(matrix(A, Y)), "values.absolute"),
        (matrix, lambda A, Y: 1 - matrix(A, Y), "values.complement"),
        (matrix, lambda A, Y: 1 / matrix(A, Y), "values.reciprocal"),
        (matrix, lambda A, Y: matrix(A, Y) ** 2, "values.squared"),
        (lambda A, Y: A, lambda A, Y: np.log(A / (1 - A)), "values.before_sigmoid"),
        (matrix, lambda A, Y: 1 / (1 + np.exp(-matrix(A, Y))), "values.after_sigmoid"),
        (lambda A, Y: A + 1, lambda A, Y: np.sqrt(A + 1), "values.rooted"),
        (lambda A, Y: A, lambda A, Y: np.exp(A), "values.exponential"),
        (lambda A, Y: A + 1, lambda A, Y: np.log(A + 1), "values.logarithm"),
        (lambda A, Y: A * 9, lambda A, Y: (A * 9).astype(int), "values.truncated"),
        (lambda A, Y: A * 9, lambda A, Y: np.round(A * 9, 2), "values.rounded"),
        (lambda A, Y: A, lambda A, Y: (A > 0.5) * 1.0, "values.thresholded"),
        (lambda A, Y: (A > 0.5) * 1.0, lambda A, Y: A, "values.probabilities"),
        (matrix, lambda A, Y: np.float32(matrix(A, Y)) * np.float32(1.00001), "values.float32"),
        (matrix, lambda A, Y: matrix(A, Y) * (1 + 1e-4 * A), "values.digits"),
        (lambda A, Y: A @ A.T, lambda A, Y: (A @ A.T) * np.arange(len(A)), "values.differ"),
        (lambda A, Y: A[:, :3] @ Y[:, :3].T, lambda A, Y: (A[:, :3] @ Y[:, :3].T).T, "values.transposed"),
        (lambda A, Y: A, lambda A, Y: A.T, "shape.transposed"),
        (lambda A, Y: A.reshape(-1, 1), lambda A, Y: A.ravel(), "shape.rank_right"),
        (lambda A, Y: A.reshape(-1, 1), lambda A, Y: A.reshape(1, -1), "shape.transposed"),
        (lambda A, Y: A.reshape(-1, 1), lambda A, Y: A, "values.argument"),
        (lambda A, Y: A.reshape(-1, 1) ** 2, lambda A, Y: A**2, "shape.numbers_right"),
        (mean, lambda A, Y: np.array([[mean(A, Y)]]), "shape.boxed"),
        (lambda A, Y: np.sum(A * Y), lambda A, Y: A * Y, "shape.not_summed"),
        (mean, lambda A, Y: A * Y, "shape.not_averaged"),
        (lambda A, Y: (A * Y).sum(axis=1, keepdims=True), lambda A, Y: A * Y, "shape.not_summed"),
        (lambda A, Y: A * Y, lambda A, Y: np.sum(A * Y), "shape.summed"),
        (lambda A, Y: A * Y, mean, "shape.averaged"),
        (mean, lambda A, Y: np.full(3, mean(A, Y)), "shape.repeated"),
        (lambda A, Y: A.reshape(-1, 1), lambda A, Y: A.T.reshape(-1, 1), "values.order"),
        (lambda A, Y: A.ravel(), lambda A, Y: A.ravel()[::-1], "values.backwards"),
        (lambda A, Y: A.ravel(), lambda A, Y: np.roll(A.ravel(), 1), "values.shifted"),
        (lambda A, Y: (A.sum(), Y.sum()), lambda A, Y: (Y.sum(), A.sum()), "structure.swapped"),
        (lambda A, Y: {"a": A, "b": Y}, lambda A, Y: {"a": Y, "b": A}, "structure.swapped"),
        (lambda A, Y: (A.sum(), Y.sum()), lambda A, Y: {"dw": A.sum(), "db": Y.sum()}, "structure.several"),
        (lambda A, Y: {"dw": A, "db": Y}, lambda A, Y: (A, Y), "structure.kind"),
        (lambda A, Y: list(A[0, :2]), lambda A, Y: [*A[0, :2], 7.0], "structure.one_more"),
        (lambda A, Y: list(A[0, :2]), lambda A, Y: list(A[0, :1]), "structure.one_fewer"),
        (lambda A, Y: list(A[0, :2]), lambda A, Y: [0.0, *A[0, :2]], "structure.extra_first"),
        (lambda A, Y: list(A[0, :3]), lambda A, Y: list(A[0, 1:3]), "structure.no_first"),
        (matrix, lambda A, Y: np.zeros_like(A), "values.zeros"),
        (mean, lambda A, Y: 0, "values.zero"),
        (mean, lambda A, Y: 0.25, "values.constant"),
        (matrix, lambda A, Y: Y, "values.argument"),
        (matrix, lambda A, Y: matrix(A, Y) * (np.arange(A.shape[1]) < 1), "values.unfilled"),
        (mean, lambda A, Y: mean(A, Y) if len(A) == 3 else None, "structure.none_sometimes"),
        (mean, lambda A, Y: None, "structure.none"),
        (mean, lambda A, Y: np.median(A * Y), "values.differ"),
        (matrix, lambda A, Y: matrix(A, Y) * A.sum(), "values.ratio_varies"),
        (matrix, lambda A, Y: matrix(A, Y) + A.sum(), "values.offset_varies"),
    ],
)  # fmt: skip
def test_the_kind_of_wrong_is_named(reference, student, expected):
    reference.__name__ = "graded"
    assert code(reference, student, SAME, parameters=("A", "Y"), dims=DIMS) == expected


def test_an_argument_left_out_of_a_sum_is_named():
    inputs = [(A, float(Y[0, 0])) for A, Y in batches()]
    found = finding(lambda A, b: A * 2 + b, lambda A, b: A * 2, inputs, parameters=("A", "b"))
    assert (found.code, found.params["offset"]) == ("values.offset", "-b")


def test_a_step_in_the_opposite_direction_is_told_from_a_wrong_sign():
    def update(A, Y):
        return A - 0.1 * Y

    found = finding(update, lambda A, Y: A + 0.1 * Y, SAME, parameters=("A", "Y"))
    assert (found.code, found.params["argument"]) == ("values.wrong_way", "A")
    assert code(update, lambda A, Y: 0.1 * Y - A, SAME, parameters=("A", "Y")) == "values.sign"


def test_one_iteration_more_or_fewer_shows_beside_a_case_that_differs_by_one():
    def halve(x, steps):
        return x / 2**steps + steps

    inputs = [(x, steps) for x in (3.0, 5.0) for steps in (4, 5, 6)]
    found = finding(halve, lambda x, steps: halve(x, steps - 1), inputs, parameters=("x", "steps"))
    assert (found.code, found.params["argument"]) == ("values.one_iteration_fewer", "steps")


def test_a_label_of_0_or_1_is_not_taken_for_a_number_of_iterations():
    def loss(a, y):
        return -np.log(a if y else 1 - a)

    inputs = [(a, y) for a in (0.2, 0.7) for y in (0, 1)]
    assert code(loss, lambda a, y: loss(a, 1 - y), inputs, parameters=("a", "y")) == "values.differ"


def test_none_where_none_is_sometimes_right_is_no_missing_return():
    def root(x):
        return x**0.5 if x >= 0 else None

    inputs = [(4.0,), (-4.0,), (0.5,), (9.0,)]
    assert code(root, lambda x: root(x) if x > 1 else None, inputs) == "structure.none_wrong"
    assert code(root, lambda x: abs(x) ** 0.5, inputs) == "structure.not_none"


def test_right_for_square_inputs_only():
    inputs = batches(sizes=((3, 3), (2, 2), (2, 3), (4, 3), (3, 5)))
    student = lambda A, Y: np.median(A) if A.shape[0] != A.shape[1] else mean(A, Y)  # noqa: E731
    assert code(mean, student, inputs, parameters=("A", "Y"), dims=DIMS) == "values.square_only"


def test_right_for_one_example_only():
    inputs = batches(sizes=((3, 1), (2, 1), (2, 3), (4, 3)))
    student = lambda A, Y: np.median(A) if A.shape[1] > 1 else mean(A, Y)  # noqa: E731
    found = finding(mean, student, inputs, parameters=("A", "Y"), dims=DIMS)
    assert (found.code, found.params["dim"]) == ("values.one_only", "m")


def test_a_factor_is_not_named_where_another_case_contradicts_it():
    def student(A, Y):
        return matrix(A, Y) * (2 if A.shape[1] > 4 else 1)

    assert code(matrix, student, SAME, parameters=("A", "Y"), dims=DIMS) == "values.differ"


def test_one_number_of_one_case_is_never_explained_by_a_factor():
    key = question(mean, SAME[:1], parameters=("A", "Y"), dims=DIMS)
    assert judge(key.checks[0], key, [Returned(value=2 * key.cases[0].expected.value)]).code == "values.differ"


def test_noise_is_explained_by_nothing():
    rng = np.random.default_rng(5)
    student = lambda A, Y: rng.normal(size=A.shape)  # noqa: E731
    assert code(matrix, student, SAME, parameters=("A", "Y"), dims=DIMS) == "values.differ"


def test_a_public_check_may_show_the_factor_itself():
    key = question(vector, INPUTS, parameters=("A", "Y"), public=True)
    found = judge(key.checks[0], key, outcomes(key, lambda A, Y: vector(A, Y) * 3.7))
    assert found.params["factor"] == "3.7"
    hidden = question(vector, INPUTS, check(0, 1, 2, 3), parameters=("A", "Y"))
    assert "factor" not in judge(hidden.checks[0], hidden, outcomes(hidden, lambda A, Y: vector(A, Y) * 3.7)).params
