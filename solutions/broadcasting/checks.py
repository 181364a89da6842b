"""Questions and checks of `broadcasting`."""

import numpy as np

from grader import Assignment, Check, Form, Question

from . import reference, spared
from .misconceptions_answers import Q1, Q2, Q3, Q4, Q5, Q6, Q7, Q8
from .misconceptions_rule import BROADCAST_SHAPE
from .misconceptions_tables import AS_COLUMN, COLUMN_PERCENTAGES, COLUMN_SUMS

# --- inputs ---------------------------------------------------------------------------------------------------------


def table(rng):
    """A table of positive numbers that is never square; sometimes a transposed view."""
    k = int(rng.integers(2, 8))
    n = k + int(rng.choice([-1, 1, 2, 3]))
    entries = rng.uniform(1, 60, size=(n, k)).T
    return (entries if rng.random() < 0.5 else entries.copy(),)


def counts(rng):
    """A table of whole numbers, as one gets by counting things."""
    k, n = int(rng.integers(2, 5)), int(rng.integers(5, 8))
    return (rng.integers(1, 90, size=(k, n)),)


def vector(rng):
    """A rank-1 array; sometimes every second entry of a longer one."""
    n = int(rng.integers(2, 12))
    return (rng.normal(size=2 * n)[::2] if rng.random() < 0.5 else rng.normal(size=n),)


def one_size_broken(rng, a, b):
    """Change one size of the shorter shape so that it clashes with the other's, both being greater than 1."""
    shorter, longer = sorted((a, b), key=len)
    axis = int(rng.integers(1, len(shorter) + 1))
    size = int(rng.integers(2, 7))
    other = size + int(rng.integers(1, 4)) if rng.random() < 0.5 else 2 * size
    shorter[-axis], longer[-axis] = (size, other) if rng.random() < 0.5 else (other, size)


def shape_pair(rng, ranks):
    """Two shapes of the given ranks: a common one with some sizes replaced by 1, and in two of five pairs a clash."""
    common = [int(size) for size in rng.integers(2, 10, size=max(ranks))]
    a, b = ([1 if rng.random() < 0.35 else size for size in common[len(common) - rank :]] for rank in ranks)
    if rng.random() < 0.4:
        one_size_broken(rng, a, b)
    return tuple(a), tuple(b)


def equal_ranks(rng):
    rank = int(rng.integers(1, 5))
    return shape_pair(rng, (rank, rank))


def different_ranks(rng):
    low, high = sorted(int(rank) for rank in rng.choice([1, 2, 3, 4, 5], size=2, replace=False))
    return shape_pair(rng, (low, high) if rng.random() < 0.5 else (high, low))


# --- the assignment -------------------------------------------------------------------------------------------------


def answer(name, title, wrong):
    """An answer question: the form is public and worth nothing, the answer is hidden."""
    return Question(
        name,
        title=title,
        checks=(
            Check('the answer is a shape or "error"', kind=Form(), points=0, visibility="public"),
            Check("the answer is right", points=3),
        ),
        misconceptions=wrong,
    )


cups = np.array([[12, 20, 30, 18, 9], [18, 10, 15, 27, 21], [30, 20, 15, 45, 30]])
halves = np.array([[1.5, 2.0], [0.5, 6.0], [2.0, 4.0]])
thirds = np.array([[1, 2, 3], [2, 5, 1]])

assignment = Assignment(
    "broadcasting",
    title="Broadcasting",
    questions=(
        Question(
            reference.column_sums,
            title="The sum of each column",
            dims={"k": ("A", 0), "n": ("A", 1)},
            checks=(
                Check("worked examples", examples=((halves,), (cups,)), points=3, visibility="public", shape="(n,)"),
                Check(
                    "one row, one column, one entry",
                    examples=(
                        (np.array([[-7.5]]),),
                        (np.array([[2.0, -3.0, 4.0]]),),
                        (np.array([[2.0], [-3.0], [5.0], [8.0]]),),
                        (np.zeros((2, 3)),),
                    ),
                    points=4,
                    shape="(n,)",
                ),
                Check("tables of any size", table, cases=6, points=5, shape="(n,)"),
            ),
            misconceptions=COLUMN_SUMS,
        ),
        Question(
            reference.column_percentages,
            title="Percentages of each column",
            uses=("column_sums",),
            dims={"k": ("A", 0), "n": ("A", 1)},
            checks=(
                Check(
                    "worked examples", examples=((halves,), (thirds,)), points=4, visibility="public", shape="(k, n)"
                ),
                Check(
                    "one row, one column",
                    examples=((np.array([[2.0, 3.0, 4.0]]),), (np.array([[2.0], [3.0], [5.0]]),), (np.eye(3) + 1.0,)),
                    points=4,
                    shape="(k, n)",
                ),
                Check("tables of any size", table, cases=6, points=4, shape="(k, n)"),
                Check("whole numbers", counts, cases=4, points=4, shape="(k, n)"),
            ),
            misconceptions=COLUMN_PERCENTAGES,
            spared=spared.COLUMN_PERCENTAGES,
        ),
        Question(
            reference.as_column,
            title="A rank-1 array as a column",
            dims={"n": ("a", 0)},
            checks=(
                Check(
                    "worked examples",
                    examples=((np.array([2, 7, 4]),), (np.array([0.5, -1.0, 3.0, 8.0, 2.5]),)),
                    points=2,
                    visibility="public",
                    shape="(n, 1)",
                ),
                Check(
                    "one entry, two entries",
                    examples=((np.array([3.0]),), (np.array([0.0, -4.0]),)),
                    points=2,
                    shape="(n, 1)",
                ),
                Check("vectors of any length", vector, cases=6, points=5, shape="(n, 1)"),
            ),
            misconceptions=AS_COLUMN,
        ),
        Question(
            reference.broadcast_shape,
            title="The broadcasting rule",
            checks=(
                Check(
                    "worked examples",
                    examples=(
                        ((6,), ()),
                        ((3, 5), (1, 5)),
                        ((2, 5), (2, 4)),
                        ((3, 4), (3,)),
                        ((8, 1, 6), (7, 6)),
                        ((5,), (7, 1)),
                        ((2, 3), (4, 1)),
                        ((2, 4), (4, 3)),
                        ((6, 4), (3, 4)),
                        ((3, 5), (2, 5)),
                    ),
                    points=9,
                    visibility="public",
                ),
                Check(
                    "single numbers, ones and equal shapes",
                    examples=(
                        ((), ()),
                        ((), (4, 3)),
                        ((1,), ()),
                        ((1,), (1,)),
                        ((1, 1), (5,)),
                        ((3,), (3,)),
                        ((3,), (2,)),
                        ((7, 2), (7, 2)),
                        ((1, 1, 1), (2, 1)),
                        ((4,), (2,)),
                        ((2, 2), (3,)),
                    ),
                    points=9,
                ),
                Check("as many axes on both sides", equal_ranks, cases=24, points=10),
                Check("more axes on one side", different_ranks, cases=24, points=11),
            ),
            misconceptions=BROADCAST_SHAPE,
            spared=spared.BROADCAST_SHAPE,
        ),
        answer("q1", "(4, 3) * (3, 2)", Q1),
        answer("q2", "(3, 3) * (3, 1)", Q2),
        answer("q3", "(2, 3) + (2, 1)", Q3),
        answer("q4", "(4, 1) * (1, 5)", Q4),
        answer("q5", "np.dot of (12288, 150) and (150, 45)", Q5),
        answer("q6", "(5,) + (5, 1)", Q6),
        answer("q7", "np.dot of a rank-1 array with itself", Q7),
        answer("q8", "(3, 4) / (1, 4)", Q8),
    ),
)
