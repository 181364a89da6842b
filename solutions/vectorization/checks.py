"""Questions and checks of `vectorization`. Half of each question is for not looping in Python."""

import numpy as np

from grader import Assignment, Check, NoLoop, Question

from . import reference, spared
from .misconceptions_entries import ABSOLUTE_ERROR, DOT_PRODUCT, EXPONENTIALS
from .misconceptions_predictions import FORWARD, LOSSES
from .misconceptions_slopes import GRADIENTS, STEP

# --- inputs: for the values, and of a given size for the loops --------------------------------------------------------


def pair(rng):
    """Two vectors of equal length; sometimes every second entry of longer ones."""
    k = int(rng.integers(2, 12))
    if rng.random() < 0.5:
        return (rng.normal(size=2 * k)[::2], rng.normal(size=2 * k)[1::2])
    return (rng.normal(size=k), rng.normal(size=k))


def long_pair(rng, size):
    return (rng.normal(size=size), rng.normal(size=size))


def vector(rng):
    return (rng.uniform(-4, 4, size=int(rng.integers(2, 12))),)


def long_vector(rng, size):
    return (rng.uniform(-4, 4, size=size),)


def guesses(rng):
    """Predictions that miss to both sides, and labels."""
    m = int(rng.integers(3, 12))
    return (rng.uniform(0.02, 0.98, size=m) * rng.choice([1.0, 1.0, 1.5], size=m), rng.integers(0, 2, size=m))


def many_guesses(rng, size):
    return (rng.uniform(0.02, 0.98, size=size), rng.integers(0, 2, size=size))


def predictions(rng):
    m = int(rng.integers(2, 10))
    return (rng.uniform(0.02, 0.98, size=(1, m)), rng.integers(0, 2, size=(1, m)))


def many_predictions(rng, size):
    return (rng.uniform(0.02, 0.98, size=(1, size)), rng.integers(0, 2, size=(1, size)))


def sizes(rng):
    """A number of features and one of examples, never the same."""
    n = int(rng.integers(2, 6))
    return n, n + int(rng.choice([-1, 1, 2, 4]))


def features(rng, n, m):
    """A matrix of features; sometimes a transposed view."""
    return rng.normal(size=(m, n)).T if rng.random() < 0.5 else rng.normal(size=(n, m))


def parameters_and_features(rng):
    n, m = sizes(rng)
    return (rng.normal(size=(n, 1)), float(rng.normal()), features(rng, n, m))


def many_features(rng, size):
    return (rng.normal(size=(3, 1)), float(rng.normal()), rng.normal(size=(3, size)))


def predicted_batch(rng):
    n, m = sizes(rng)
    return (rng.uniform(0.02, 0.98, size=(1, m)), features(rng, n, m), rng.integers(0, 2, size=(1, m)))


def large_predicted_batch(rng, size):
    return (rng.uniform(0.02, 0.98, size=(1, size)), rng.normal(size=(3, size)), rng.integers(0, 2, size=(1, size)))


def batch(rng):
    n, m = sizes(rng)
    w, b, rate = rng.normal(size=(n, 1)), float(rng.normal()), float(rng.uniform(0.01, 0.9))
    return (w, b, features(rng, n, m), rng.integers(0, 2, size=(1, m)), rate)


def large_batch(rng, size):
    w, b, rate = rng.normal(size=(3, 1)), float(rng.normal()), float(rng.uniform(0.01, 0.9))
    return (w, b, rng.normal(size=(3, size)), rng.integers(0, 2, size=(1, size)), rate)


# --- examples ---------------------------------------------------------------------------------------------------------

weights = np.array([[0.2], [-0.4]])
wide = np.array([[1.0, -1.0, 2.0], [0.5, 3.0, -1.0]])
labels = np.array([[1, 0, 1]])
long_weights = np.array([[0.5], [-0.25], [1.0]])
tall = np.array([[1.0, -2.0], [0.5, 1.5], [-1.0, 0.25]])
tall_labels = np.array([[0, 1]])
one_feature = np.array([[1.0, -2.0, 0.5, 3.0]])
one_example = np.array([[1.5], [-1.0], [2.0]])

edge_batches = (
    (np.array([[0.7]]), np.array([[2.0]]), np.array([[1]])),
    (np.array([[0.4]]), one_example, np.array([[0]])),
    (np.array([[0.2, 0.9, 0.6, 0.3]]), one_feature, np.array([[0, 1, 1, 0]])),
    (np.array([[0.2, 0.9, 0.6]]), wide, np.array([[1, 1, 1]])),
    (np.array([[0.2, 0.9, 0.6]]), wide, np.array([[0, 0, 0]])),
)
edge_steps = (
    (np.array([[0.5]]), 0.25, np.array([[2.0]]), np.array([[1]]), 0.5),
    (long_weights, 0.0, one_example, np.array([[0]]), 0.1),
    (np.array([[-0.8]]), 0.5, one_feature, np.array([[0, 1, 1, 0]]), 1.0),
    (np.zeros((2, 1)), 0.0, wide, np.array([[1, 1, 1]]), 0.3),
)

NO_LOOP = "no loop in Python"

# --- the assignment ---------------------------------------------------------------------------------------------------

assignment = Assignment(
    "vectorization",
    title="Vectorization",
    questions=(
        Question(
            reference.dot_product,
            title="The dot product",
            dims={"k": ("a", 0)},
            checks=(
                Check(
                    "worked examples",
                    examples=(
                        (np.array([1.0, 2.0, 3.0]), np.array([4.0, 0.5, -2.0])),
                        (np.array([0.5, -1.5]), np.array([2.0, 3.0])),
                    ),
                    points=2,
                    visibility="public",
                ),
                Check(
                    "one entry, zeros, right angles",
                    examples=(
                        (np.array([3.0]), np.array([-2.5])),
                        (np.zeros(4), np.array([1.0, 2.0, 3.0, 4.0])),
                        (np.array([1.0, 2.0]), np.array([-2.0, 1.0])),
                    ),
                    points=1,
                ),
                Check("vectors of any length", pair, cases=6, points=3),
                Check(NO_LOOP, long_pair, kind=NoLoop(sizes=(200, 2000)), points=6),
            ),
            misconceptions=DOT_PRODUCT,
            spared=spared.DOT_PRODUCT,
        ),
        Question(
            reference.exponentials,
            title="Exponentials",
            dims={"k": ("v", 0)},
            checks=(
                Check(
                    "worked examples",
                    examples=((np.array([0.0, 1.0, -1.0]),), (np.array([2.0, 0.5, -3.0, 0.1]),)),
                    points=2,
                    visibility="public",
                    shape="(k,)",
                ),
                Check(
                    "one entry, large and small exponents",
                    examples=((np.array([1.5]),), (np.array([-0.25, 3.0]),), (np.array([-20.0, 0.0, 20.0]),)),
                    points=1,
                    shape="(k,)",
                ),
                Check("vectors of any length", vector, cases=6, points=3, shape="(k,)"),
                Check(NO_LOOP, long_vector, kind=NoLoop(), points=6),
            ),
            misconceptions=EXPONENTIALS,
        ),
        Question(
            reference.absolute_error,
            title="The absolute error",
            dims={"m": ("y", 0)},
            checks=(
                Check(
                    "worked examples",
                    examples=(
                        (np.array([0.9, 0.2, 0.4]), np.array([1, 0, 1])),
                        (np.array([0.25, 0.75]), np.array([0, 0])),
                        (np.array([0.6, 0.7, 0.1, 0.8]), np.array([0, 1, 1, 0])),
                    ),
                    points=2,
                    visibility="public",
                ),
                Check(
                    "one example, no error, errors that would cancel",
                    examples=(
                        (np.array([0.3]), np.array([1])),
                        (np.array([1.0, 0.0]), np.array([1, 0])),
                        (np.array([0.5, 0.5]), np.array([0, 1])),
                        (np.array([-0.5, 1.5, 0.25]), np.array([0, 1, 1])),
                    ),
                    points=1,
                ),
                Check("any number of examples", guesses, cases=6, points=3),
                Check(NO_LOOP, many_guesses, kind=NoLoop(), points=6),
            ),
            misconceptions=ABSOLUTE_ERROR,
        ),
        Question(
            reference.losses,
            title="The losses of all examples",
            dims={"m": ("A", 1)},
            checks=(
                Check(
                    "worked examples",
                    examples=(
                        (np.array([[0.8, 0.3, 0.6]]), np.array([[1, 0, 1]])),
                        (np.array([[0.1, 0.9, 0.5, 0.7]]), np.array([[1, 1, 0, 0]])),
                    ),
                    points=2,
                    visibility="public",
                    shape="(1, m)",
                ),
                Check(
                    "one example, labels all alike",
                    examples=(
                        (np.array([[0.3]]), np.array([[1]])),
                        (np.array([[0.9]]), np.array([[0]])),
                        (np.array([[0.2, 0.4, 0.95]]), np.array([[1, 1, 1]])),
                        (np.array([[0.2, 0.4, 0.95, 0.6]]), np.array([[0, 0, 0, 0]])),
                    ),
                    points=2,
                    shape="(1, m)",
                ),
                Check("any number of examples", predictions, cases=6, points=3, shape="(1, m)"),
                Check(NO_LOOP, many_predictions, kind=NoLoop(), points=7),
            ),
            misconceptions=LOSSES,
        ),
        Question(
            reference.forward,
            title="Forward: all predictions at once",
            dims={"n": ("X", 0), "m": ("X", 1)},
            checks=(
                Check(
                    "worked examples",
                    examples=((weights, 0.1, wide), (long_weights, -0.5, tall)),
                    points=3,
                    visibility="public",
                    shape="(1, m)",
                ),
                Check(
                    "one example, one feature, very large z",
                    examples=(
                        (np.array([[0.5]]), 0.25, np.array([[2.0]])),
                        (long_weights, 0, one_example),
                        (np.array([[-0.8]]), 0.5, one_feature),
                        (np.zeros((2, 1)), 1.0, wide),
                        (np.array([[200.0], [-50.0]]), -1.0, wide),
                    ),
                    points=2,
                    shape="(1, m)",
                ),
                Check("any batch", parameters_and_features, cases=6, points=3, shape="(1, m)"),
                Check(NO_LOOP, many_features, kind=NoLoop(), points=8),
            ),
            misconceptions=FORWARD,
        ),
        Question(
            reference.gradients,
            title="Backward: dw as one vector",
            dims={"n": ("X", 0), "m": ("X", 1)},
            checks=(
                Check(
                    "worked examples: dw",
                    examples=(
                        (np.array([[0.5, 0.2, 0.7]]), wide, labels),
                        (np.array([[0.9, 0.4]]), tall, tall_labels),
                    ),
                    part=0,
                    points=2,
                    visibility="public",
                    shape="(n, 1)",
                ),
                Check(
                    "worked examples: db",
                    examples=(
                        (np.array([[0.5, 0.2, 0.7]]), wide, labels),
                        (np.array([[0.9, 0.4]]), tall, tall_labels),
                    ),
                    part=1,
                    points=1,
                    visibility="public",
                ),
                Check(
                    "one example, one feature, labels all alike: dw",
                    examples=edge_batches,
                    part=0,
                    points=1,
                    shape="(n, 1)",
                ),
                Check("one example, one feature, labels all alike: db", examples=edge_batches, part=1, points=1),
                Check("dw is right", predicted_batch, cases=6, part=0, points=2, shape="(n, 1)"),
                Check("db is right", predicted_batch, cases=6, part=1, points=2),
                Check(NO_LOOP, large_predicted_batch, kind=NoLoop(), points=9),
            ),
            misconceptions=GRADIENTS,
            spared=spared.GRADIENTS,
        ),
        Question(
            reference.step,
            title="One step",
            uses=("forward", "gradients"),
            dims={"n": ("X", 0), "m": ("X", 1)},
            checks=(
                Check(
                    "worked examples: w",
                    examples=((weights, 0.1, wide, labels, 0.5), (long_weights, -0.5, tall, tall_labels, 0.05)),
                    part=0,
                    points=2,
                    visibility="public",
                    shape="(n, 1)",
                ),
                Check(
                    "worked examples: b",
                    examples=((weights, 0.1, wide, labels, 0.5), (long_weights, -0.5, tall, tall_labels, 0.05)),
                    part=1,
                    points=1,
                    visibility="public",
                ),
                Check("one example, one feature: w", examples=edge_steps, part=0, points=1, shape="(n, 1)"),
                Check("one example, one feature: b", examples=edge_steps, part=1, points=1),
                Check("w is right", batch, cases=6, part=0, points=2, shape="(n, 1)"),
                Check("b is right", batch, cases=6, part=1, points=1),
                Check(NO_LOOP, large_batch, kind=NoLoop(), points=8),
            ),
            misconceptions=STEP,
        ),
    ),
)
