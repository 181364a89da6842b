"""Questions and checks of `gradient_descent`."""

import numpy as np

from grader import Assignment, Check, Compare, Question

from . import reference, spared
from .misconceptions_descent import MINIMIZE, UPDATE
from .misconceptions_loss import COST, LOSS
from .misconceptions_slopes import BACKWARD, GRADIENTS_LOOP

# --- inputs ---------------------------------------------------------------------------------------------------------


def prediction(rng):
    """A prediction that is neither 0 nor 1, where a loss would be infinite, and a label."""
    return (float(rng.uniform(0.02, 0.98)), int(rng.integers(0, 2)))


def predictions(rng):
    m = int(rng.integers(2, 10))
    return (rng.uniform(0.02, 0.98, size=(1, m)), rng.integers(0, 2, size=(1, m)))


def numbers(rng):
    return (float(rng.normal()), float(rng.normal()), float(rng.uniform(0.005, 0.9)))


def vectors(rng):
    n = int(rng.integers(2, 7))
    return (rng.normal(size=(n, 1)), rng.normal(size=(n, 1)), float(rng.uniform(0.005, 0.9)))


def neuron(rng):
    """Two features, two weights, a bias and a label, with z small enough for 1 - a to be exact."""
    x1, x2, w1, w2, b = (float(number) for number in rng.uniform(-1.5, 1.5, size=5))
    return (x1, x2, w1, w2, b, int(rng.integers(0, 2)))


def batch(rng):
    """A random batch: n features and m examples, never as many of one as of the other; X is sometimes a view."""
    n = int(rng.integers(2, 6))
    m = n + int(rng.choice([-1, 1, 2, 4]))
    X = rng.normal(size=(m, n)).T if rng.random() < 0.5 else rng.normal(size=(n, m))
    return (rng.normal(size=(n, 1)), float(rng.normal()), X, rng.integers(0, 2, size=(1, m)))


def polynomial(rng):
    """A polynomial of degree 2 to 4 and a short walk on it: short enough to stay near, even when it goes uphill."""
    degree = int(rng.integers(2, 5))
    coefficients = rng.uniform(0.1, 0.6, size=degree + 1) * rng.choice([-1.0, 1.0], size=degree + 1)
    coefficients[-1] = abs(coefficients[-1])
    start, rate = float(rng.uniform(0.3, 1.0) * rng.choice([-1, 1])), float(rng.uniform(0.02, 0.1))
    return (coefficients, start, rate, int(rng.integers(2, 7)))


# --- the checks that are alike for all parts ------------------------------------------------------------------------

graph_examples = (
    (1.0, 1.0, 0.0, 0.0, 0.0, 0),
    (0.0, 2.0, 1.0, -0.5, 0.25, 1),
    (2.0, -3.0, 0.5, 0.75, -0.5, 0),
    (-1.5, 0.5, 2.0, 1.0, 3.0, 1),
)


def graph_checks(*points):
    """One public and one hidden check for each number of the graph: (part, public points, hidden points)."""
    worked = ((1.0, -2.0, 0.5, 0.25, 0.0, 1), (2.0, 3.0, -0.5, 0.1, 0.4, 0), (-1.0, 0.5, 0.3, -0.8, 0.2, 0))
    public = (
        Check(f"worked examples: {part}", examples=worked, part=part, points=few, visibility="public")
        for part, few, _ in points
    )
    hidden = (
        Check(f"{part} is right", neuron, examples=graph_examples, cases=8, part=part, points=many)
        for part, _, many in points
    )
    return (*public, *hidden)


small_batch = (
    np.array([[0.2], [-0.4]]),
    0.1,
    np.array([[1.0, -1.0, 2.0], [0.5, 3.0, -1.0]]),
    np.array([[1, 0, 0]]),
)
narrow_batch = (
    np.array([[0.5], [-0.25], [1.0]]),
    -0.5,
    np.array([[1.0, -2.0], [0.5, 1.5], [-1.0, 0.25]]),
    np.array([[0, 1]]),
)
edge_batches = (
    (np.array([[0.5]]), 0.25, np.array([[2.0]]), np.array([[1]])),
    (np.array([[0.3], [-0.7], [0.1]]), 0.0, np.array([[1.5], [-1.0], [2.0]]), np.array([[0]])),
    (np.array([[-0.8]]), 0.5, np.array([[1.0, -2.0, 0.5, 3.0]]), np.array([[0, 1, 1, 0]])),
    (np.zeros((2, 1)), 0.0, np.array([[1.0, 2.0, -3.0], [0.5, -1.0, 4.0]]), np.array([[1, 1, 1]])),
    (np.array([[1.0], [0.5]]), -1.0, np.array([[1.0, 2.0, -3.0], [0.5, -1.0, 4.0]]), np.array([[0, 0, 0]])),
)

valley = np.array([5.0, -4.0, 1.0])
bumpy = np.array([0.5, -1.0, 0.25, 0.5])

# --- the assignment -------------------------------------------------------------------------------------------------

assignment = Assignment(
    "gradient_descent",
    title="Gradient descent",
    questions=(
        Question(
            reference.loss,
            title="The loss of one example",
            checks=(
                Check(
                    "worked examples", examples=((0.8, 1), (0.8, 0), (0.25, 1), (0.3, 0)), points=3, visibility="public"
                ),
                Check(
                    "sure and right, sure and wrong, undecided",
                    examples=((0.5, 1), (0.5, 0), (0.999, 1), (0.001, 0), (0.001, 1), (0.999, 0)),
                    compare=Compare(rtol=2e-5),  # log(a + 1e-8), as many write it, is off by 1e-5 of so small a loss
                    points=4,
                ),
                Check("any prediction", prediction, cases=8, points=5),
            ),
            misconceptions=LOSS,
        ),
        Question(
            reference.cost,
            title="The cost of all examples",
            uses=("loss",),
            dims={"m": ("A", 1)},
            checks=(
                Check(
                    "worked examples",
                    examples=(
                        (np.array([[0.8, 0.3, 0.6]]), np.array([[1, 0, 0]])),
                        (np.array([[0.1, 0.9, 0.5, 0.7]]), np.array([[1, 1, 0, 1]])),
                    ),
                    points=3,
                    visibility="public",
                ),
                Check(
                    "one example, labels all alike",
                    examples=(
                        (np.array([[0.3]]), np.array([[1]])),
                        (np.array([[0.9]]), np.array([[0]])),
                        (np.array([[0.2, 0.4, 0.95]]), np.array([[1, 1, 1]])),
                        (np.array([[0.2, 0.4, 0.95, 0.6]]), np.array([[0, 0, 0, 0]])),
                    ),
                    points=4,
                ),
                Check("any number of examples", predictions, cases=6, points=5),
            ),
            misconceptions=COST,
            spared=spared.COST,
        ),
        Question(
            reference.update,
            title="One step downhill",
            dims={"n": ("w", 0)},
            checks=(
                Check(
                    "worked examples",
                    examples=(
                        (3.0, 2.0, 0.25),
                        (-1.0, -4.0, 0.1),
                        (np.array([[1.0], [-2.0]]), np.array([[-4.0], [0.5]]), 0.5),
                    ),
                    points=3,
                    visibility="public",
                ),
                Check(
                    "no slope, steep slopes, tiny and large steps",
                    examples=(
                        (0.0, 3.0, 0.5),
                        (2.0, 0.0, 0.3),
                        (1.5, -250.0, 0.001),
                        (-0.5, 8.0, 1.0),
                        (4.0, 0.75, 2.0),
                    ),
                    points=3,
                ),
                Check("numbers", numbers, cases=6, points=3),
                Check("vectors", vectors, cases=6, points=3, shape="(n, 1)"),
            ),
            misconceptions=UPDATE,
            spared=spared.UPDATE,
        ),
        Question(
            reference.backward,
            title="Forward and backward through the graph",
            checks=graph_checks(
                ("z", 1, 1), ("a", 1, 2), ("da", 1, 3), ("dz", 1, 3), ("dw1", 1, 3), ("dw2", 1, 3), ("db", 1, 2)
            ),
            misconceptions=BACKWARD,
            spared=spared.BACKWARD,
        ),
        Question(
            reference.gradients_loop,
            title="The loop over m examples",
            dims={"n": ("X", 0), "m": ("X", 1)},
            checks=(
                Check(
                    "worked examples: dw",
                    examples=(small_batch, narrow_batch),
                    part=0,
                    points=3,
                    visibility="public",
                    shape="(n, 1)",
                ),
                Check(
                    "worked examples: db", examples=(small_batch, narrow_batch), part=1, points=2, visibility="public"
                ),
                Check(
                    "one example, one feature, labels all alike: dw",
                    examples=edge_batches,
                    part=0,
                    points=4,
                    shape="(n, 1)",
                ),
                Check("one example, one feature, labels all alike: db", examples=edge_batches, part=1, points=3),
                Check("dw is right", batch, cases=6, part=0, points=6, shape="(n, 1)"),
                Check("db is right", batch, cases=6, part=1, points=4),
            ),
            misconceptions=GRADIENTS_LOOP,
            spared=spared.GRADIENTS_LOOP,
        ),
        Question(
            reference.minimize,
            title="Minimising a polynomial",
            uses=("update",),
            checks=(
                Check(
                    "worked examples",
                    examples=((valley, 0.0, 0.1, 1), (valley, 0.0, 0.1, 5), (bumpy, 0.5, 0.2, 3)),
                    points=4,
                    visibility="public",
                ),
                Check(
                    "no step at all, one step, a constant, a straight line",
                    examples=(
                        (np.array([3.0]), 1.5, 0.1, 4),
                        (np.array([1.0, -2.0]), 0.5, 0.25, 3),
                        (np.array([1.0, 2.0, 3.0]), 0.75, 0.1, 0),
                        (np.array([0.5, -1.0, 0.0, 2.0]), -0.5, 0.05, 1),
                        (np.array([1.0, 2.0, 3.0]), 0.0, 0.05, 2),
                        (np.array([0.0, 0.0, 1.0]), 1e-7, 0.1, 3),  # nearly flat: who stops there stops too early
                    ),
                    points=5,
                ),
                Check("any polynomial", polynomial, cases=8, points=9),
            ),
            misconceptions=MINIMIZE,
            spared=spared.MINIMIZE,
        ),
    ),
)
