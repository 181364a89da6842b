"""The checks of the sample assignment: what is called, with what, and which wrong ideas are known."""

import numpy as np

from grader import Assignment, Check, Equivalent, Misconception, Question, Tolerated

from . import reference

SHAPES = {"n": ("X", 0), "m": ("X", 1)}


def numbers(rng):
    """A row of numbers of both signs."""
    return (rng.normal(size=(1, rng.integers(2, 7))) * 3,)


def inputs(rng):
    """Random weights and examples; n and m always differ."""
    n = int(rng.integers(2, 6))
    m = int(rng.choice([k for k in range(2, 9) if k != n]))
    return rng.normal(size=(n, 1)), float(rng.normal()), rng.normal(size=(n, m))


def batch(rng):
    """The same with labels."""
    w, b, X = inputs(rng)
    return w, b, X, rng.integers(0, 2, size=(1, X.shape[1]))


def training(rng):
    """The same with a number of steps and a learning rate."""
    return (*batch(rng), int(rng.integers(2, 12)), float(rng.uniform(0.05, 0.5)))


ROW = np.array([[0.0, 2.0, -1.0]])
w0 = np.array([[1.0], [-2.0]])
X0 = np.array([[1.0, 2.0, -1.0], [0.5, -1.0, 3.0]])
Y0 = np.array([[1, 0, 1]])
ONE = (np.array([[0.5], [1.5], [-1.0]]), 0.25, np.array([[1.0], [-1.0], [2.0]]), np.array([[1]]))


def summed_gradients(w, b, X, Y):
    error = reference.forward(w, b, X) - Y
    return np.dot(X, error.T), np.sum(error)


def rank_1_gradients(w, b, X, Y):
    error = reference.forward(w, b, X) - Y
    return np.mean(X * error, axis=1), np.mean(error)


def flipped_sigmoid(z):
    return 1 / (1 + np.exp(z))


def no_brackets(z):
    return 1 / 1 + np.exp(-z)


def elementwise_product(w, b, X):
    return reference.sigmoid(w * X + b)


def no_activation(w, b, X):
    return np.dot(w.T, X) + b


def uphill(w, b, X, Y, num_iterations=100, learning_rate=0.1):
    return reference.descend(w, b, X, Y, num_iterations, -learning_rate)


def one_step_short(w, b, X, Y, num_iterations=100, learning_rate=0.1):
    return reference.descend(w, b, X, Y, num_iterations - 1, learning_rate)


assignment = Assignment(
    "one_neuron",
    title="One neuron",
    questions=(
        Question(
            reference.sigmoid,
            title="The sigmoid",
            checks=(
                Check("the worked examples", examples=((ROW,), (ROW.T * 1.5,)), points=5, visibility="public"),
                Check("a single number works", examples=((0.0,), (3.5,)), points=5),
                Check("random rows are right", numbers, points=10),
            ),
            misconceptions=(
                Misconception(
                    flipped_sigmoid,
                    hint="Your curve falls where it should rise, so the sign of the exponent looks flipped. "
                    "Which value should a large positive z give?",
                ),
                Misconception(
                    no_brackets,
                    hint="It looks like the division happens before the addition, and the result can exceed 1. "
                    "Look at what the fraction bar groups together.",
                ),
            ),
        ),
        Question(
            reference.forward,
            title="Forward",
            uses=("sigmoid",),
            dims=SHAPES,
            checks=(
                Check(
                    "the worked examples",
                    examples=((w0, 0.5, X0), (-w0, -0.5, X0)),
                    points=5,
                    visibility="public",
                    shape="(1, m)",
                ),
                Check("one example works", examples=(ONE[:3],), points=5, shape="(1, m)"),
                Check("random batches are right", inputs, points=15, shape="(1, m)"),
            ),
            misconceptions=(
                Misconception(
                    elementwise_product,
                    hint="It looks like w and X are multiplied entry by entry, which leaves one row a feature. "
                    "A neuron adds the products up: which operation multiplies and sums?",
                ),
                Misconception(
                    no_activation,
                    hint="These look like the weighted sums before the activation, so they aren't kept between 0 and 1. "
                    "What does the neuron do with z before it answers?",
                ),
            ),
        ),
        Question(
            reference.gradients,
            title="Gradients",
            uses=("sigmoid", "forward"),
            dims=SHAPES,
            checks=(
                Check(
                    "the worked examples",
                    examples=((w0, 0.5, X0, Y0), (-w0, 0.0, X0, 1 - Y0)),
                    points=5,
                    visibility="public",
                ),
                Check("one example works", examples=(ONE,), points=5),
                Check("dw is right", batch, part=0, points=12, shape="(n, 1)"),
                Check("db is right", batch, part=1, points=8),
            ),
            spared=(Equivalent("m = X.shape[1]", "m = Y.shape[1]", reason="There are as many labels as examples."),),
            misconceptions=(
                Misconception(
                    summed_gradients,
                    hint="It looks like the gradients are sums over the examples, so they grow with the size of the batch. "
                    "The cost is a mean over the m examples: what does that make of its slope?",
                ),
                Misconception(
                    rank_1_gradients,
                    hint="The values are there, but dw has lost an axis and is a flat array. "
                    "w is a column: a gradient has the shape of what it is the gradient of.",
                ),
            ),
        ),
        Question(
            reference.descend,
            title="Descend",
            uses=("sigmoid", "forward", "gradients"),
            dims=SHAPES,
            checks=(
                Check(
                    "the worked examples",
                    examples=((w0, 0.5, X0, Y0, 5, 0.1), (w0, 0.0, X0, Y0, 2, 0.3)),
                    points=5,
                    visibility="public",
                ),
                Check("w is right", training, part=0, points=10, shape="(n, 1)"),
                Check("b is right", training, part=1, points=10),
            ),
            spared=(
                Tolerated(
                    "w = w - learning_rate * dw",
                    "w -= learning_rate * dw",
                    reason="The caller's w is changed, which costs no marks: the student gets a note.",
                ),
                Equivalent(
                    "b = b - learning_rate * db",
                    "b -= learning_rate * db",
                    reason="Numbers are never changed in place.",
                ),
            ),
            misconceptions=(
                Misconception(
                    uphill,
                    hint="It looks like each step adds the gradient, which climbs. "
                    "The gradient points uphill: which way should a step go?",
                ),
                Misconception(
                    one_step_short,
                    hint="The steps look right, but there is one too few. Count how often the loop's body runs.",
                ),
            ),
        ),
    ),
)
