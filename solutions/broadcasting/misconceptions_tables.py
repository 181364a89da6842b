"""Wrong ideas about sums, percentages and columns."""

import numpy as np

from grader import Misconception


def row_sums(A):
    return A.sum(axis=1)


def sum_of_everything(A):
    return A.sum()


def sums_keep_two_axes(A):
    return A.sum(axis=0, keepdims=True)


def sums_as_a_column(A):
    return A.sum(axis=0).reshape(-1, 1)


def column_means(A):
    return A.mean(axis=0)


def running_sums(A):
    return np.cumsum(A, axis=0)


def largest_of_each_column(A):
    return A.max(axis=0)


def share_of_its_row(A):
    return 100 * A / A.sum(axis=1, keepdims=True)


def share_of_everything(A):
    return 100 * A / A.sum()


def fractions(A):
    return A / A.sum(axis=0)


def upside_down_share(A):
    return 100 * A.sum(axis=0) / A


def whole_percentages(A):
    return 100 * A // A.sum(axis=0)


def share_of_the_largest(A):
    return 100 * A / A.max(axis=0)


def share_of_the_mean(A):
    return 100 * A / A.mean(axis=0)


def transposed_percentages(A):
    return (100 * A / A.sum(axis=0)).T


def percentages_of_the_sums(A):
    return 100 * A.sum(axis=0) / A.sum()


def as_a_row(a):
    return a.reshape(1, -1)


def transpose_of_rank_one(a):
    return a.T


def square_of_copies(a):
    return np.tile(a.reshape(-1, 1), (1, a.size))


def diagonal(a):
    return np.diag(a)


def one_axis_too_many(a):
    return a.reshape(-1, 1, 1)


COLUMN_SUMS = (
    Misconception(
        row_sums,
        hint="It looks like you added along the rows, with axis=1. The axis that you name is the one that disappears, "
        "and what should disappear here is the axis that counts the rows. Compare the number of sums that you get "
        "with the number of columns.",
    ),
    Misconception(
        sum_of_everything,
        hint="It looks like you added up the whole table. Without an axis a sum runs over every entry and gives one "
        "number, but each column has a sum of its own. Look at what the argument axis does.",
    ),
    Misconception(
        sums_keep_two_axes,
        hint="The sums are right, but they stand in a table with one row: it looks like keepdims=True. The docstring "
        "asks for a rank-1 array. Look at the shape that your function returns.",
    ),
    Misconception(
        sums_as_a_column,
        hint="The sums are right, but they stand in a column with two axes. The docstring asks for a rank-1 array. "
        "Look at the last reshape in your function: is it needed?",
    ),
    Misconception(
        column_means,
        hint="It looks like you took the mean of each column. A mean is the sum divided by the number of rows, and "
        "that division is not wanted here. Look at the formula for s: nothing is divided.",
    ),
    Misconception(
        running_sums,
        hint="It looks like a running sum (cumsum), which keeps every row. Only the final total of each column is "
        "wanted. Compare the shape of your result with the docstring.",
    ),
    Misconception(
        largest_of_each_column,
        hint="It looks like you took the largest entry of each column. A sum counts all entries, not only the "
        "largest. Look at which numpy function you call.",
    ),
)

COLUMN_PERCENTAGES = (
    Misconception(
        share_of_its_row,
        hint="It looks like you divided by the sum of the row. The percentages of a column should add up to 100, and "
        "yours do so along the rows. Look at the axis of the sum that you divide by.",
    ),
    Misconception(
        fractions,
        hint="It looks like you stopped at the fraction. Your columns add up to 1, but percentages add up to 100. "
        "Look at the formula for P once more.",
    ),
    Misconception(
        share_of_everything,
        hint="It looks like you divided by the sum of the whole table. Each entry is compared with its own column "
        "only, so that every column adds up to 100. Look at the sum that you divide by: how many numbers is it?",
    ),
    Misconception(
        upside_down_share,
        hint="It looks like the fraction is upside down: the sum divided by the entry. A part of a whole is never "
        "more than 100 per cent. Look at which of the two stands above the line in the formula.",
    ),
    Misconception(
        whole_percentages,
        hint="It looks like everything behind the decimal point was thrown away, as // and int do. Then the columns "
        "no longer add up to 100. Look at which division you use, and at what happens to its result.",
    ),
    Misconception(
        share_of_the_largest,
        hint="It looks like you divided by the largest entry of the column. Then the largest becomes 100 per cent, "
        "and the column adds up to more. Look at what the whole is that each entry is a part of.",
    ),
    Misconception(
        share_of_the_mean,
        hint="It looks like you divided by the mean of the column. Then the column adds up to 100 times the number of "
        "rows. Look at what the whole is that each entry is a part of.",
    ),
    Misconception(
        transposed_percentages,
        hint="The percentages are right, but rows and columns have changed places. The result has the same shape as "
        "A. Look for a transpose that isn't needed.",
    ),
    Misconception(
        percentages_of_the_sums,
        hint="It looks like you compared the column sums with each other. What is wanted is a percentage for every "
        "entry of the table, within its own column. Look at the shape that the docstring asks for.",
    ),
)

AS_COLUMN = (
    Misconception(
        as_a_row,
        hint="It looks like you made a row. In a shape the number of rows comes first, and a column has many rows "
        "with one entry each. Look at the order of the two sizes in your reshape.",
    ),
    Misconception(
        transpose_of_rank_one,
        hint="It looks like your result still has one axis only, as after a.T. A transpose swaps two axes, and a "
        "rank-1 array has only one, so nothing happens. Look at what reshape can do that .T can't.",
    ),
    Misconception(
        square_of_copies,
        hint="It looks like the numbers were copied into a whole square. A column holds each number once. Look for a "
        "place where a column meets a row and is stretched.",
    ),
    Misconception(
        diagonal,
        hint="It looks like the numbers stand on the diagonal of a square matrix. A column holds them below each "
        "other and nothing else. Look at the number of columns that you return.",
    ),
    Misconception(
        one_axis_too_many,
        hint="It looks like you added one axis too many. A column is a matrix with exactly two axes. Count the sizes "
        "in the shape of your result.",
    ),
)
