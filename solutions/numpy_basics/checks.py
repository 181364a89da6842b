"""The checks of the numpy basics: what each function is called with, and what its answer is worth."""

import numpy as np

from grader import Assignment, Check, Question

from . import reference, spared
from .misconceptions_arrays import IMAGE2VECTOR, NORMALIZE_ROWS
from .misconceptions_sigmoid import BASIC_SIGMOID, SIGMOID, SIGMOID_DERIVATIVE
from .misconceptions_sums import L1, L2, SOFTMAX

# --- inputs made at random -----------------------------------------------------------------------------------------


def number(rng):
    """Make a number of moderate size."""
    return (float(rng.uniform(-7, 7)),)


def numbers(rng):
    """Make an array of 1, 2 or 3 axes, none as long as another."""
    shape = rng.permutation([2, 3, 5])[: rng.integers(1, 4)]
    return (rng.normal(scale=2.0, size=shape),)


def picture(rng):
    """Make a picture whose three sizes differ and whose numbers all do."""
    shape = rng.choice(np.arange(1, 7), size=3, replace=False)
    return (rng.permutation(int(np.prod(shape))).reshape(shape) / 8,)


def matrix(rng):
    """Make a matrix that is not square."""
    shape = rng.choice(np.arange(2, 8), size=2, replace=False)
    return (rng.normal(scale=2.0, size=shape),)


def errors(rng):
    """Make predictions and true values of both kinds, so that the errors have both signs."""
    m = int(rng.integers(3, 9))
    return rng.uniform(0.05, 0.95, size=m), rng.permutation(np.arange(m) % 2)


# --- worked examples, which students have --------------------------------------------------------------------------

NUMBERS_SHOWN = ((2,), (-1.5,))
ARRAYS_SHOWN = ((np.array([-2.0, 0.5, 2.0]),), (np.array([[1.0, -1.0], [3.0, 0.25]]),))
PICTURES_SHOWN = (
    (np.arange(1.0, 13.0).reshape(2, 2, 3) / 10,),
    (np.arange(24.0).reshape(3, 4, 2) % 7,),
)
ROWS_SHOWN = ((np.array([[0.0, 3.0, 4.0], [2.0, 6.0, 3.0]]),), (np.array([[3.0, -4.0], [-5.0, 12.0]]),))
SCORES_SHOWN = ((np.array([[1.0, 2.0, 3.0], [0.5, 0.0, -1.0]]),), (np.array([[2.0, 1.0], [-1.0, 3.0]]),))
ERRORS_SHOWN = (
    (np.array([0.9, 0.2, 0.1, 0.4, 0.9]), np.array([1, 0, 0, 1, 1])),
    (np.array([0.5, -0.25, 0.75]), np.array([0, 1, -1])),
)

# --- edge cases, which stay hidden ---------------------------------------------------------------------------------

SCALARS = ((0.0,), (-3.25,), (4,), (np.float64(0.75),))
HUGE = ((1000.0,), (-1000.0,), (np.array([-1000.0, -30.0, 0.0, 30.0, 1000.0]),))
FAR_OUT = ((np.array([-1000.0, -5.0, 0.0, 5.0, 1000.0]),), (np.array([[1000.0, 1.0], [-1000.0, -1.0]]),))
ODD_ARRAYS = (
    (np.array([0.0]),),
    (np.array([1, -2, 3]),),
    (np.linspace(-3, 4, 8)[::2],),
    (np.asfortranarray(np.linspace(-2, 3, 6).reshape(2, 3)),),
    (np.array([[0.5, -1.0], [2.0, 1.5]]),),
    (np.zeros((3, 1)),),
)
PICTURES = (
    (np.array([[[0.5]]]),),
    (np.arange(5.0).reshape(1, 5, 1) + 1,),
    (np.arange(12).reshape(4, 3, 1),),
    (np.arange(24.0).reshape(2, 3, 4) ** 2,),
    (np.asfortranarray(np.arange(30.0).reshape(3, 2, 5)),),
    (np.arange(72.0).reshape(6, 4, 3)[::2, 1:, :],),
    (np.arange(24.0).reshape(2, 3, 4).transpose(1, 2, 0),),
)
MATRICES = (
    (np.array([[-2.0]]),),
    (np.array([[1.0, -2.0, 2.0, 4.0]]),),
    (np.array([[0.5], [-3.0], [2.0]]),),
    (np.array([[1.0, 2.0], [-3.0, 0.5]]),),
    (np.array([[2.0, 0.0, 1.0], [0.0, -1.5, 0.0], [1.0, 1.0, 3.0]]),),
    (np.array([[0.001, 0.002], [4.0, -3.0], [9.0, 9.0]]),),
    (np.asfortranarray(np.linspace(-2, 3, 8).reshape(2, 4)),),
    (np.linspace(-4, 5, 24).reshape(4, 6)[::2, ::-1],),
)
PAIRS = (
    (np.array([0.25]), np.array([1.0])),
    (np.array([0.5, 0.1]), np.array([0.5, 0.1])),
    (np.array([2, -1, 4]), np.array([1, 3, 4])),
    (np.array([-0.5, 2.0, 0.25, -3.0]), np.array([1.5, -2.0, -0.75, -1.0])),
    (np.linspace(0, 1, 10)[::3], np.linspace(1, 0, 8)[1::2]),
)


def shown(examples, points):
    """Make the public check of a question."""
    return Check("the worked examples", examples=examples, points=points, visibility="public")


# --- the assignment ------------------------------------------------------------------------------------------------

assignment = Assignment(
    "numpy_basics",
    title="numpy basics",
    questions=(
        Question(
            reference.basic_sigmoid,
            title="One number: math.exp",
            checks=(
                shown(NUMBERS_SHOWN, 2),
                Check("whole numbers and zero work", examples=((0,), (1,), (-4,), (0.0,)), points=2),
                Check("random numbers are right", number, cases=4, points=4),
            ),
            misconceptions=BASIC_SIGMOID,
        ),
        Question(
            reference.sigmoid,
            title="Many numbers: np.exp",
            checks=(
                shown(ARRAYS_SHOWN, 3),
                Check("a single number works", examples=SCALARS, points=2),
                Check("very large and very negative numbers work", examples=HUGE, points=2),
                Check("arrays of every shape are right", numbers, examples=ODD_ARRAYS, cases=5, points=5),
            ),
            misconceptions=SIGMOID,
        ),
        Question(
            reference.sigmoid_derivative,
            title="How steep is the sigmoid?",
            uses=("sigmoid",),
            checks=(
                shown(ARRAYS_SHOWN, 3),
                Check("a single number works", examples=SCALARS, points=2),
                Check("the curve is flat far out", examples=FAR_OUT, points=2),
                Check("arrays of every shape are right", numbers, examples=ODD_ARRAYS, cases=5, points=7),
            ),
            misconceptions=SIGMOID_DERIVATIVE,
        ),
        Question(
            reference.image2vector,
            title="A picture as a column",
            dims={"length": ("image", 0), "height": ("image", 1), "depth": ("image", 2)},
            checks=(
                shown(PICTURES_SHOWN, 3),
                Check(
                    "pictures of any size, depth and layout work",
                    examples=PICTURES,
                    points=5,
                    shape="(length * height * depth, 1)",
                ),
                Check("random pictures are right", picture, cases=4, points=6, shape="(length * height * depth, 1)"),
            ),
            misconceptions=IMAGE2VECTOR,
        ),
        Question(
            reference.normalize_rows,
            title="Rows of length 1",
            aliases=("normalizeRows",),
            dims={"rows": ("x", 0), "columns": ("x", 1)},
            checks=(
                shown(ROWS_SHOWN, 4),
                Check("small, square and one-row matrices work", examples=MATRICES, points=6, shape="(rows, columns)"),
                Check("random matrices are right", matrix, cases=5, points=6, shape="(rows, columns)"),
            ),
            misconceptions=NORMALIZE_ROWS,
        ),
        Question(
            reference.softmax,
            title="Softmax",
            dims={"rows": ("x", 0), "columns": ("x", 1)},
            checks=(
                shown(SCORES_SHOWN, 4),
                Check("small, square and one-row matrices work", examples=MATRICES, points=6, shape="(rows, columns)"),
                Check("random matrices are right", matrix, cases=5, points=6, shape="(rows, columns)"),
            ),
            misconceptions=SOFTMAX,
            spared=spared.SOFTMAX,
        ),
        Question(
            reference.L1,
            title="How far off: L1",
            dims={"m": ("y", 0)},
            checks=(
                shown(ERRORS_SHOWN, 2),
                Check("one prediction, perfect predictions and negative numbers work", examples=PAIRS, points=4),
                Check("random predictions are right", errors, cases=4, points=4),
            ),
            misconceptions=L1,
        ),
        Question(
            reference.L2,
            title="How far off: L2",
            dims={"m": ("y", 0)},
            checks=(
                shown(ERRORS_SHOWN, 2),
                Check("one prediction, perfect predictions and negative numbers work", examples=PAIRS, points=4),
                Check("random predictions are right", errors, cases=4, points=4),
            ),
            misconceptions=L2,
        ),
    ),
)
