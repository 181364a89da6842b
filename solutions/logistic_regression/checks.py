"""The checks of logistic regression: what each function is called with, and what every part of its answer is worth."""

import numpy as np

from grader import Assignment, Check, NoLoop, Question, Slope

from . import reference, spared
from .misconceptions_model import MODEL, PREDICT
from .misconceptions_optimize import OPTIMIZE
from .misconceptions_propagate import PROPAGATE
from .misconceptions_start import INITIALIZE, SIGMOID

SIZES = {"n": ("X", 0), "m": ("X", 1)}


def column(*entries):
    """Make a column of numbers, shape (n, 1)."""
    return np.array(entries, dtype=float).reshape(-1, 1)


def row(*entries):
    """Make a row of numbers, shape (1, m)."""
    return np.array([entries], dtype=float)


def labels(*entries):
    """Make a row of labels, shape (1, m)."""
    return np.array([entries])


# --- inputs made at random -----------------------------------------------------------------------------------------


def numbers(rng):
    """Make an array of 1, 2 or 3 axes, none as long as another."""
    shape = rng.permutation([2, 3, 5])[: rng.integers(1, 4)]
    return (rng.normal(scale=2.0, size=shape),)


def sizes(rng):
    """Return n and m, which differ, so that the axes can't be mistaken for each other."""
    n, m = rng.choice(np.arange(2, 9), size=2, replace=False)
    return int(n), int(m)


def batch(rng):
    """Make a batch of examples with labels of both kinds, and some weights."""
    n, m = sizes(rng)
    Y = rng.permutation(np.arange(m) % 2).reshape(1, m)
    return rng.normal(size=(n, 1)), float(rng.normal()), rng.normal(size=(n, m)), Y


def small_batch(rng):
    """Make a batch with few weights, for slopes: each weight takes two more calls."""
    return rng.normal(size=(3, 1)), float(rng.normal()), rng.normal(size=(3, 5)), rng.integers(0, 2, size=(1, 5))


def long_batch(rng, size):
    """Make a batch of a given number of examples."""
    return rng.normal(size=(4, 1)), 0.5, rng.normal(size=(4, size)), rng.integers(0, 2, size=(1, size))


def training(rng):
    """Make a batch, a number of iterations and a learning rate."""
    return (*batch(rng), int(rng.integers(3, 13)), float(rng.uniform(0.05, 0.6)))


def unlabelled(rng):
    """Make weights and examples."""
    return batch(rng)[:3]


def train_and_test(rng):
    """Make a training set and a test set of another size, a number of iterations and a learning rate.

    There are more examples than features and the labels are drawn by lot, so that the predictions are not the labels.
    """
    n = int(rng.integers(2, 5))
    m_train = n + int(rng.integers(4, 8))
    m_test = m_train + int(rng.choice([-3, -2, 2, 3]))
    X_train, X_test = rng.normal(size=(n, m_train)), rng.normal(size=(n, m_test))
    Y_train, Y_test = (rng.permutation(np.arange(m) % 2).reshape(1, m) for m in (m_train, m_test))
    return X_train, Y_train, X_test, Y_test, int(rng.integers(4, 12)), float(rng.uniform(0.05, 0.4))


# --- worked examples, which students have --------------------------------------------------------------------------

SIGMOID_EXAMPLES = ((np.array([[-2.0, 0.0, 2.0], [0.5, 1.0, -3.0]]),), (1.5,))
DIMS_SHOWN = ((2,), (5,))

W3, X3, Y3 = column(0.5, -1.0), np.array([[1.0, -0.5, 0.5], [0.5, 1.5, -0.25]]), labels(1, 0, 0)
W4, X4, Y4 = column(0.3, 0.1, -0.4), np.array([[1, 2, 0, -1], [0, 1, 3, 1], [2, -1, 1, 0.5]]), labels(0, 1, 1, 0)
PROPAGATE_EXAMPLES = ((W3, 0.25, X3, Y3), (W4, -0.5, X4, Y4))
OPTIMIZE_EXAMPLES = ((W3, 0.25, X3, Y3, 3, 0.1), (W4, -0.5, X4, Y4, 101, 0.02))
PREDICT_EXAMPLES = (
    (column(1.0, -2.0), 0.5, np.array([[1.0, -1.0, 2.0, 0.0], [0.0, 1.0, 1.0, 2.0]])),
    (W4, -0.9, X4),
    (column(1.0, -2.0), 1.5, np.array([[-0.9, 1.5, 0.5, -3.0], [0.0, 0.0, -0.5, 0.0]])),
)
MODEL_EXAMPLES = (
    (row(0, 1, 3, 4, 2), labels(0, 0, 1, 1, 1), row(3.5, 0.5, -1), labels(1, 1, 0), 20, 0.3),
    (X4, Y4, np.array([[1.0, -1.0], [2.0, 0.0], [0.0, 1.5]]), labels(1, 0), 6, 0.1),
)

# --- edge cases, which stay hidden ---------------------------------------------------------------------------------

OTHER_DIMS = ((1,), (3,), (17,))
SCALARS = ((0.0,), (-3.25,), (4,), (np.float64(0.75),))
HUGE = ((1000.0,), (-1000.0,), (np.array([-1000.0, -30.0, 0.0, 30.0, 1000.0]),))
ODD_ARRAYS = (
    (np.array([0.0]),),
    (np.array([1, -2, 3]),),
    (np.linspace(-3, 4, 8)[::2],),
    (np.asfortranarray(np.linspace(-2, 3, 6).reshape(2, 3)),),
    (np.zeros((3, 1)),),
)

STRIPED = np.linspace(-1.5, 2.0, 24).reshape(4, 6)
BATCHES = (
    (column(0.7), -0.2, row(1.5), labels(1)),
    (column(-1.2), 0.4, row(0.5, -1.0, 2.0, 0.1), labels(0, 1, 1, 0)),
    (column(0.4, -0.3, 0.9), 0.1, column(1.0, 2.0, -0.5), labels(0)),
    (column(0.0, 0.0, 0.0), 0, np.array([[1.0, 2.0], [0.5, -1.0], [3.0, 1.0]]), labels(1, 0)),
    (column(0.6, -0.8), 0.3, np.array([[0.2, 1.4], [-0.7, 0.9]]), labels(1, 1)),
    (column(0.2, -0.5, 0.3), -0.1, np.arange(9.0).reshape(3, 3)[::-1] / 4, labels(0, 0, 0)),
    (column(0.5, 0.1, -0.6, 0.2), -0.4, STRIPED[:, ::2], labels(0, 1, 1)),
    (column(1, -1), 1, np.array([[1, 0, -2], [2, 1, 1]]), labels(0, 1, 0)),
    (column(2.0, -3.0), 0.5, np.array([[1.5, -2.0, 0.5], [-1.0, 1.2, 0.3]]), labels(1, 0, 1)),
    (column(0.5, -0.4), 0.2, np.asfortranarray(np.linspace(-1, 1, 10).reshape(2, 5)), labels(1, 0, 1, 1, 0)),
)
RUNS = (
    (column(0.7), -0.2, row(1.5), labels(1), 1, 0.4),
    (column(-0.6), 0.3, row(0.5, -1.0, 2.0, 0.1), labels(0, 1, 1, 0), 2, 0.25),
    (column(0.3, -0.2, 0.5), 0.1, column(1.0, 2.0, -0.5), labels(0), 4, 0.05),
    (column(1, -1), 1, np.array([[1, 0, -2], [2, 1, 1]]), labels(1, 1, 1), 3, 0.1),
    (W3, -0.2, X3, Y3, 6),
    (W4, -0.5, X4, Y4, 101, 0.05),
    # Steps so small that the cost hardly changes: who stops for that has not taken as many as were asked for.
    (column(0.0, 0.0), 0.0, X3, labels(1, 0, 1), 4, 1e-7),
)
DECISIONS = (
    (column(0.5), -0.2, row(1.0)),
    (column(-2.0), 1.0, row(0.4, 0.6, 0.0, 5.0)),
    (column(1.0, 0.5), 0.0, np.array([[0.004, -0.004, 0.3, -0.3, 0.9], [0.0, 0.0, 0.1, -0.1, -0.2]])),
    (column(1.0), 0.0, row(0.0006, -0.0006)),
    (column(0.0, 0.0, 0.0), 0.8, np.ones((3, 2))),
    (column(0.0, 0.0, 0.0), -0.8, np.ones((3, 2))),
    (column(100, -300), 5, np.array([[10, 0, -7], [0, 3, 2]])),
    (column(0.5, 0.1, -0.6, 0.2), -0.1, STRIPED[:, ::2]),
    (column(0.5, -0.4), 0.12, np.asfortranarray(np.linspace(-1, 1, 10).reshape(2, 5))),
)
TRAININGS = (
    (row(2.0), labels(1), row(1.0, -3.0), labels(0, 0), 1, 0.2),
    (column(1.0, -1.0, 0.5), labels(0), np.array([[1.0, -2.0], [0.5, 1.0], [2.0, -1.0]]), labels(1, 0), 3, 0.15),
    (X3, labels(1, 1, 1), np.array([[0.5, -4.0], [1.0, -2.0]]), labels(0, 1), 5),
    (X4, Y4, STRIPED[:3, ::2], labels(1, 0, 1), 101, 0.05),
)

# --- the assignment ------------------------------------------------------------------------------------------------

assignment = Assignment(
    "logistic_regression",
    title="Logistic regression",
    questions=(
        Question(
            reference.sigmoid,
            title="The sigmoid",
            checks=(
                Check("the worked examples", examples=SIGMOID_EXAMPLES, points=2, visibility="public"),
                Check("a single number works", examples=SCALARS, points=2),
                Check("very large and very negative numbers work", examples=HUGE, points=2),
                Check("arrays of every shape are right", numbers, examples=ODD_ARRAYS, cases=5, points=4),
            ),
            misconceptions=SIGMOID,
        ),
        Question(
            reference.initialize_with_zeros,
            title="Where to begin",
            checks=(
                Check("the worked examples: w", examples=DIMS_SHOWN, part=0, points=1, visibility="public"),
                Check("the worked examples: b", examples=DIMS_SHOWN, part=1, points=1, visibility="public"),
                Check("w is a column of zeros", examples=OTHER_DIMS, part=0, points=4, shape="(dim, 1)"),
                Check("w and b are right together", examples=OTHER_DIMS, points=2),
            ),
            misconceptions=INITIALIZE,
            spared=spared.INITIALIZE,
        ),
        Question(
            reference.propagate,
            title="The cost and its gradients",
            uses=("sigmoid",),
            dims=SIZES,
            checks=(
                Check("the worked examples: cost", examples=PROPAGATE_EXAMPLES, part=1, points=2, visibility="public"),
                Check(
                    "the worked examples: dw",
                    examples=PROPAGATE_EXAMPLES,
                    part=(0, "dw"),
                    points=3,
                    visibility="public",
                    shape="(n, 1)",
                ),
                Check(
                    "the worked examples: db",
                    examples=PROPAGATE_EXAMPLES,
                    part=(0, "db"),
                    points=2,
                    visibility="public",
                ),
                Check("the cost is right", batch, examples=BATCHES, cases=4, part=1, points=6),
                Check("dw is right", batch, examples=BATCHES, cases=4, part=(0, "dw"), points=7, shape="(n, 1)"),
                Check("db is right", batch, examples=BATCHES, cases=4, part=(0, "db"), points=4),
                Check(
                    "dw is the slope of your own cost",
                    small_batch,
                    cases=2,
                    kind=Slope(cost=(1,), gradient=(0, "dw")),
                    points=2,
                ),
                Check("no loop over the examples", long_batch, part=(0, "dw"), kind=NoLoop(), points=2),
            ),
            misconceptions=PROPAGATE,
            spared=spared.PROPAGATE,
        ),
        Question(
            reference.optimize,
            title="Gradient descent",
            uses=("sigmoid", "propagate"),
            dims=SIZES,
            checks=(
                Check(
                    "the worked examples: w and b", examples=OPTIMIZE_EXAMPLES, part=0, points=3, visibility="public"
                ),
                Check(
                    "the worked examples: gradients", examples=OPTIMIZE_EXAMPLES, part=1, points=1, visibility="public"
                ),
                Check("the worked examples: costs", examples=OPTIMIZE_EXAMPLES, part=2, points=2, visibility="public"),
                Check("w is right", training, examples=RUNS, cases=3, part=(0, "w"), points=5, shape="(n, 1)"),
                Check("b is right", training, examples=RUNS, cases=3, part=(0, "b"), points=3),
                Check(
                    "the gradients are those of the last iteration", training, examples=RUNS, cases=3, part=1, points=4
                ),
                Check("there is a cost every 100 iterations", training, examples=RUNS, cases=3, part=2, points=6),
            ),
            misconceptions=OPTIMIZE,
            spared=spared.OPTIMIZE,
        ),
        Question(
            reference.predict,
            title="Predictions",
            uses=("sigmoid",),
            dims=SIZES,
            checks=(
                Check("the worked examples", examples=PREDICT_EXAMPLES, points=3, visibility="public", shape="(1, m)"),
                Check("edge cases are right", examples=DECISIONS, points=4, shape="(1, m)"),
                Check("random examples are right", unlabelled, cases=5, points=5, shape="(1, m)"),
            ),
            misconceptions=PREDICT,
            spared=spared.PREDICT,
        ),
        Question(
            reference.model,
            title="The whole model",
            uses=("sigmoid", "initialize_with_zeros", "propagate", "optimize", "predict"),
            dims={"n": ("X_train", 0), "m_train": ("X_train", 1), "m_test": ("X_test", 1)},
            checks=(
                Check("the worked examples: w", examples=MODEL_EXAMPLES, part="w", points=1, visibility="public"),
                Check("the worked examples: b", examples=MODEL_EXAMPLES, part="b", points=1, visibility="public"),
                Check(
                    "the worked examples: training predictions",
                    examples=MODEL_EXAMPLES,
                    part="Y_prediction_train",
                    points=1,
                    visibility="public",
                ),
                Check(
                    "the worked examples: test predictions",
                    examples=MODEL_EXAMPLES,
                    part="Y_prediction_test",
                    points=1,
                    visibility="public",
                ),
                Check("w is right", train_and_test, examples=TRAININGS, cases=2, part="w", points=3, shape="(n, 1)"),
                Check("b is right", train_and_test, examples=TRAININGS, cases=2, part="b", points=2),
                Check("the costs are right", train_and_test, examples=TRAININGS, cases=2, part="costs", points=2),
                Check(
                    "the training predictions are right",
                    train_and_test,
                    examples=TRAININGS,
                    cases=2,
                    part="Y_prediction_train",
                    points=2,
                    shape="(1, m_train)",
                ),
                Check(
                    "the test predictions are right",
                    train_and_test,
                    examples=TRAININGS,
                    cases=2,
                    part="Y_prediction_test",
                    points=3,
                    shape="(1, m_test)",
                ),
                Check(
                    "learning_rate is passed on",
                    train_and_test,
                    examples=TRAININGS,
                    cases=2,
                    part="learning_rate",
                    points=1,
                ),
                Check(
                    "num_iterations is passed on",
                    train_and_test,
                    examples=TRAININGS,
                    cases=2,
                    part="num_iterations",
                    points=1,
                ),
            ),
            misconceptions=MODEL,
            spared=spared.MODEL,
        ),
    ),
)
