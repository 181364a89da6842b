"""Questions, checks and misconceptions of `broadcasting`."""

import numpy as np

from grader import Assignment, Check, Form, Misconception, Question

from . import reference

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


# --- wrong ideas: tables and columns --------------------------------------------------------------------------------


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


# --- wrong ideas: the rule ------------------------------------------------------------------------------------------


def combine(shape_a, shape_b, fits, size):
    """Apply a rule axis by axis to two shapes of equal length; the real rule and the wrong ones differ in its parts."""
    if not all(fits(x, y) for x, y in zip(shape_a, shape_b, strict=True)):
        return None
    return tuple(size(x, y) for x, y in zip(shape_a, shape_b, strict=True))


def fitting(x, y):
    return x == y or 1 in (x, y)


def padded(shape_a, shape_b):
    axes = max(len(shape_a), len(shape_b))
    return (1,) * (axes - len(shape_a)) + tuple(shape_a), (1,) * (axes - len(shape_b)) + tuple(shape_b)


def aligned_from_the_left(shape_a, shape_b):
    axes = max(len(shape_a), len(shape_b))
    a = tuple(shape_a) + (1,) * (axes - len(shape_a))
    b = tuple(shape_b) + (1,) * (axes - len(shape_b))
    return combine(a, b, fitting, max)


def one_clashes(shape_a, shape_b):
    a, b = padded(shape_a, shape_b)
    shared = min(len(shape_a), len(shape_b))
    if a[len(a) - shared :] != b[len(b) - shared :]:
        return None
    return max(shape_a, shape_b, key=len)


def different_ranks_clash(shape_a, shape_b):
    if len(shape_a) != len(shape_b):
        return None
    return combine(shape_a, shape_b, fitting, max)


def missing_axes_dropped(shape_a, shape_b):
    shared = min(len(shape_a), len(shape_b))
    return combine(shape_a[len(shape_a) - shared :], shape_b[len(shape_b) - shared :], fitting, max)


def takes_the_smaller(shape_a, shape_b):
    return combine(*padded(shape_a, shape_b), fitting, min)


def never_an_error(shape_a, shape_b):
    return combine(*padded(shape_a, shape_b), lambda *_: True, max)


def only_the_second_stretches(shape_a, shape_b):
    a, b = padded(shape_a, shape_b)
    return a if all(y in (x, 1) for x, y in zip(a, b, strict=True)) else None


def larger_shape_wins(shape_a, shape_b):
    a, b = padded(shape_a, shape_b)
    if not all(fitting(x, y) for x, y in zip(a, b, strict=True)):
        return None
    return max(tuple(shape_a), tuple(shape_b), key=lambda shape: (int(np.prod(shape)), len(shape)))


def multiples_fit(shape_a, shape_b):
    return combine(*padded(shape_a, shape_b), lambda x, y: max(x, y) % min(x, y) == 0, max)


def only_the_last_axis_checked(shape_a, shape_b):
    a, b = padded(shape_a, shape_b)
    if a and not fitting(a[-1], b[-1]):
        return None
    return combine(a, b, lambda *_: True, max)


def backwards(shape_a, shape_b):
    shape = combine(*padded(shape_a, shape_b), fitting, max)
    return None if shape is None else shape[::-1]


def shape_of_a_matrix_product(shape_a, shape_b):
    if len(shape_a) != 2 or len(shape_b) != 2:
        return combine(*padded(shape_a, shape_b), fitting, max)
    return (shape_a[0], shape_b[1]) if shape_a[1] == shape_b[0] else None


def sizes_multiplied(shape_a, shape_b):
    return combine(*padded(shape_a, shape_b), fitting, lambda x, y: x * y)


# --- the assignment -------------------------------------------------------------------------------------------------


def answer(name, title, *wrong):
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
            misconceptions=(
                Misconception(
                    row_sums,
                    hint="It looks like you added along the rows, with axis=1. The axis that you name is the one that "
                    "disappears, and what should disappear here is the axis that counts the rows. Compare the number "
                    "of sums that you get with the number of columns.",
                ),
                Misconception(
                    sum_of_everything,
                    hint="It looks like you added up the whole table. Without an axis a sum runs over every entry and "
                    "gives one number, but each column has a sum of its own. Look at what the argument axis does.",
                ),
                Misconception(
                    sums_keep_two_axes,
                    hint="The sums are right, but they stand in a table with one row: it looks like keepdims=True. "
                    "The docstring asks for a rank-1 array. Look at the shape that your function returns.",
                ),
                Misconception(
                    sums_as_a_column,
                    hint="The sums are right, but they stand in a column with two axes. The docstring asks for a "
                    "rank-1 array. Look at the last reshape in your function: is it needed?",
                ),
                Misconception(
                    column_means,
                    hint="It looks like you took the mean of each column. A mean is the sum divided by the number of "
                    "rows, and that division is not wanted here. Look at the formula for s: nothing is divided.",
                ),
                Misconception(
                    running_sums,
                    hint="It looks like a running sum (cumsum), which keeps every row. Only the final total of each "
                    "column is wanted. Compare the shape of your result with the docstring.",
                ),
                Misconception(
                    largest_of_each_column,
                    hint="It looks like you took the largest entry of each column. A sum counts all entries, not only "
                    "the largest. Look at which numpy function you call.",
                ),
            ),
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
            misconceptions=(
                Misconception(
                    share_of_its_row,
                    hint="It looks like you divided by the sum of the row. The percentages of a column should add up "
                    "to 100, and yours do so along the rows. Look at the axis of the sum that you divide by.",
                ),
                Misconception(
                    fractions,
                    hint="It looks like you stopped at the fraction. Your columns add up to 1, but percentages add up "
                    "to 100. Look at the formula for P once more.",
                ),
                Misconception(
                    share_of_everything,
                    hint="It looks like you divided by the sum of the whole table. Each entry is compared with its "
                    "own column only, so that every column adds up to 100. Look at the sum that you divide by: how "
                    "many numbers is it?",
                ),
                Misconception(
                    upside_down_share,
                    hint="It looks like the fraction is upside down: the sum divided by the entry. A part of a whole "
                    "is never more than 100 per cent. Look at which of the two stands above the line in the formula.",
                ),
                Misconception(
                    whole_percentages,
                    hint="It looks like you divided with //. That throws away everything behind the decimal point, so "
                    "the columns no longer add up to 100. Look at the two division operators of Python.",
                ),
                Misconception(
                    share_of_the_largest,
                    hint="It looks like you divided by the largest entry of the column. Then the largest becomes 100 "
                    "per cent, and the column adds up to more. Look at what the whole is that each entry is a part "
                    "of.",
                ),
                Misconception(
                    share_of_the_mean,
                    hint="It looks like you divided by the mean of the column. Then the column adds up to 100 times "
                    "the number of rows. Look at what the whole is that each entry is a part of.",
                ),
                Misconception(
                    transposed_percentages,
                    hint="The percentages are right, but rows and columns have changed places. The result has the "
                    "same shape as A. Look for a transpose that isn't needed.",
                ),
                Misconception(
                    percentages_of_the_sums,
                    hint="It looks like you compared the column sums with each other. What is wanted is a percentage "
                    "for every entry of the table, within its own column. Look at the shape that the docstring asks "
                    "for.",
                ),
            ),
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
            misconceptions=(
                Misconception(
                    as_a_row,
                    hint="It looks like you made a row. In a shape the number of rows comes first, and a column has "
                    "many rows with one entry each. Look at the order of the two sizes in your reshape.",
                ),
                Misconception(
                    transpose_of_rank_one,
                    hint="It looks like your result still has one axis only, as after a.T. A transpose swaps two "
                    "axes, and a rank-1 array has only one, so nothing happens. Look at what reshape can do that .T "
                    "can't.",
                ),
                Misconception(
                    square_of_copies,
                    hint="It looks like the numbers were copied into a whole square. A column holds each number once. "
                    "Look for a place where a column meets a row and is stretched.",
                ),
                Misconception(
                    diagonal,
                    hint="It looks like the numbers stand on the diagonal of a square matrix. A column holds them "
                    "below each other and nothing else. Look at the number of columns that you return.",
                ),
                Misconception(
                    one_axis_too_many,
                    hint="It looks like you added one axis too many. A column is a matrix with exactly two axes. "
                    "Count the sizes in the shape of your result.",
                ),
            ),
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
            misconceptions=(
                Misconception(
                    aligned_from_the_left,
                    hint="It looks like you aligned the shapes at the left, as one reads:\n"
                    "    (8, 1, 6)\n"
                    "    (7, 6)\n"
                    "The last axes belong together, whatever stands before them. Write the shapes so that they end "
                    "at the same place, and go from right to left:\n"
                    "    (8, 1, 6)\n"
                    "       (7, 6)",
                ),
                Misconception(
                    one_clashes,
                    hint="It looks like a 1 opposite another size counts as a clash. A size of 1 is the one that gets "
                    "stretched:\n"
                    "    (8, 1, 6)\n"
                    "    (8, 7, 6)\n"
                    "        ^\n"
                    "Look at step 3 of the rule: it names two ways in which sizes fit.",
                ),
                Misconception(
                    different_ranks_clash,
                    hint="It looks like shapes with different numbers of axes count as an error. Missing axes on the "
                    "left are no clash:\n"
                    "    (8, 1, 6)\n"
                    "       (7, 6)\n"
                    "     ^\n"
                    "Look at step 2 of the rule: what stands where a shape has no size left?",
                ),
                Misconception(
                    missing_axes_dropped,
                    hint="It looks like only the axes that both shapes have were looked at, and the others were "
                    "dropped. The result has as many axes as the longer shape:\n"
                    "    (8, 1, 6)\n"
                    "       (7, 6)\n"
                    "     ^\n"
                    "Look at what zip, or your loop's range, does when one shape is shorter.",
                ),
                Misconception(
                    never_an_error,
                    hint="It looks like your function finds a shape for every pair. Some pairs are an error:\n"
                    "    (2, 5)\n"
                    "    (2, 4)\n"
                    "        ^\n"
                    "Look at step 4 of the rule: when does your function return None?",
                ),
                Misconception(
                    takes_the_smaller,
                    hint="It looks like the smaller size of an axis was kept. An array is stretched by broadcasting "
                    "and never cut. Look at which size is left when a 1 meets a 6.",
                ),
                Misconception(
                    only_the_second_stretches,
                    hint="It looks like only the second shape may be stretched. The rule is the same for both, and a "
                    "+ b has the shape of b + a. Try your function with the two shapes swapped.",
                ),
                Misconception(
                    larger_shape_wins,
                    hint="It looks like you returned one of the two shapes, the larger one. Both may be stretched at "
                    "once, on different axes, and then the result is neither of them:\n"
                    "    (3, 1)\n"
                    "    (1, 2)\n"
                    "Decide the size axis by axis.",
                ),
                Misconception(
                    multiples_fit,
                    hint="It looks like a size counts as fitting when it divides the other. numpy doesn't repeat an "
                    "array until it is long enough; the only size that is stretched is 1:\n"
                    "    (4,)\n"
                    "    (2,)\n"
                    "     ^\n"
                    "Look at step 3 of the rule.",
                ),
                Misconception(
                    only_the_last_axis_checked,
                    hint="It looks like only the last axis was checked. Every axis has to fit:\n"
                    "    (3, 5)\n"
                    "    (2, 5)\n"
                    "     ^\n"
                    "Look at where your loop returns: after the first axis, or after all of them?",
                ),
                Misconception(
                    backwards,
                    hint="The sizes are right, but in reverse order. Who goes from right to left finds the last size "
                    "first. Look at how the sizes are put together at the end.",
                ),
                Misconception(
                    shape_of_a_matrix_product,
                    hint="It looks like you used the rule of the matrix product, where the inner sizes must agree. + "
                    "and * work entry by entry, so each size is compared with the one in the same place:\n"
                    "    (4, 3)\n"
                    "    (4, 1)\n"
                    "        ^\n"
                    "Look at the four steps of the rule: none of them drops an axis.",
                ),
                Misconception(
                    sizes_multiplied,
                    hint="It looks like the two sizes of an axis were multiplied. Equal sizes stay as they are: two "
                    "columns of 5 entries add up to a column of 5. Look at which size an axis has after adding.",
                ),
            ),
        ),
        answer(
            "q1",
            "(4, 3) * (3, 2)",
            Misconception(
                name="star_is_a_matrix_product",
                value=(4, 2),
                hint="It looks like you took * for the matrix product, where the inner sizes meet. * works entry by "
                "entry, so the sizes that stand below each other must fit:\n"
                "    (4, 3)\n"
                "    (3, 2)\n"
                "     ^  ^\n"
                "Look at each marked pair: are the two equal, or is one of them 1?",
            ),
            Misconception(
                name="larger_sizes_of_a_clash",
                value=(4, 3),
                hint="It looks like the larger size was taken on each axis. That is what happens to a 1, and only to "
                "a 1:\n"
                "    (4, 3)\n"
                "    (3, 2)\n"
                "     ^  ^\n"
                "Look at each marked pair: is there a 1?",
            ),
            Misconception(
                name="inner_sizes_kept",
                value=(3, 3),
                hint="It looks like you picked the two sizes that are alike. They don't stand on the same axis:\n"
                "    (4, 3)\n"
                "    (3, 2)\n"
                "     ^  ^\n"
                "Compare what stands below each other, not what stands side by side.",
            ),
        ),
        answer(
            "q2",
            "(3, 3) * (3, 1)",
            Misconception(
                name="star_is_a_matrix_product",
                value=(3, 1),
                hint="It looks like you took * for the matrix product. * works entry by entry, and no axis gets "
                "lost:\n"
                "    (3, 3)\n"
                "    (3, 1)\n"
                "        ^\n"
                "Look at the marked axis: what does broadcasting do with a 1?",
            ),
            Misconception(
                name="one_clashes",
                value="error",
                hint="It looks like you see a clash on the last axis:\n"
                "    (3, 3)\n"
                "    (3, 1)\n"
                "        ^\n"
                "Sizes needn't be equal to fit. Look at step 3 of the rule: it names two ways.",
            ),
        ),
        answer(
            "q3",
            "(2, 3) + (2, 1)",
            Misconception(
                name="one_clashes",
                value="error",
                hint="It looks like you see a clash on the last axis:\n"
                "    (2, 3)\n"
                "    (2, 1)\n"
                "        ^\n"
                "Sizes needn't be equal to fit. Look at step 3 of the rule: it names two ways.",
            ),
            Misconception(
                name="one_wins",
                value=(2, 1),
                hint="It looks like the 1 was kept on the last axis:\n"
                "    (2, 3)\n"
                "    (2, 1)\n"
                "        ^\n"
                "An array is stretched by broadcasting and never cut. Look at which of the two is stretched.",
            ),
            Misconception(
                name="sizes_added",
                value=(4, 4),
                hint="It looks like the sizes were added. The numbers in the arrays are added, not the sizes:\n"
                "    (2, 3)\n"
                "    (2, 1)\n"
                "Decide axis by axis how many entries the sum has.",
            ),
            Misconception(
                name="joined_side_by_side",
                value=(2, 4),
                hint="It looks like you put the two arrays side by side. + adds entries, as on paper; joining arrays "
                "is np.concatenate:\n"
                "    (2, 3)\n"
                "    (2, 1)\n"
                "        ^\n"
                "Look at the marked axis: what does broadcasting do with a 1?",
            ),
        ),
        answer(
            "q4",
            "(4, 1) * (1, 5)",
            Misconception(
                name="one_wins",
                value=(1, 1),
                hint="It looks like the 1 was kept on both axes:\n"
                "    (4, 1)\n"
                "    (1, 5)\n"
                "     ^  ^\n"
                "An array is stretched by broadcasting and never cut. Look at each marked pair: which size is "
                "stretched?",
            ),
            Misconception(
                name="one_clashes",
                value="error",
                hint="It looks like you see a clash:\n"
                "    (4, 1)\n"
                "    (1, 5)\n"
                "     ^  ^\n"
                "Sizes needn't be equal to fit, and both arrays may be stretched at once. Look at step 3 of the rule.",
            ),
            Misconception(
                name="only_one_side_stretches",
                value=(4, 1),
                hint="It looks like only one of the two arrays was stretched. Both may be, each on its own axis:\n"
                "    (4, 1)\n"
                "    (1, 5)\n"
                "        ^\n"
                "Look at the marked axis once more.",
            ),
        ),
        answer(
            "q5",
            "np.dot of (12288, 150) and (150, 45)",
            Misconception(
                name="dot_is_entry_by_entry",
                value="error",
                hint="It looks like you applied the broadcasting rule. np.dot is the matrix product, which compares "
                "the inner sizes:\n"
                "    (12288, 150)  (150, 45)\n"
                "            ^      ^\n"
                "Look at the marked pair, and at which sizes are left over.",
            ),
            Misconception(
                name="inner_sizes_kept",
                value=(150, 150),
                hint="It looks like you kept the inner sizes. They are the ones that are summed over, so they "
                "disappear:\n"
                "    (12288, 150)  (150, 45)\n"
                "            ^      ^\n"
                "Look at the sizes that are not marked.",
            ),
            Misconception(
                name="product_turned_round",
                value=(45, 12288),
                hint="It looks like rows and columns have changed places. Each row of the product comes from a row of "
                "the first matrix:\n"
                "    (12288, 150)  (150, 45)\n"
                "     ^\n"
                "Look at which size then comes first.",
            ),
            Misconception(
                name="shape_of_the_first",
                value=(12288, 150),
                hint="It looks like you gave the shape of the first matrix. The inner sizes are summed over and "
                "disappear:\n"
                "    (12288, 150)  (150, 45)\n"
                "            ^      ^\n"
                "Look at the sizes that are not marked.",
            ),
        ),
        answer(
            "q6",
            "(5,) + (5, 1)",
            Misconception(
                name="rank_one_is_a_column",
                value=(5, 1),
                hint="It looks like you took the rank-1 array for a column. Aligned at the right, its only size "
                "stands under the last one:\n"
                "       (5,)\n"
                "    (5, 1)\n"
                "        ^\n"
                "Put a 1 where a size is missing, and go through both axes.",
            ),
            Misconception(
                name="rank_one_wins",
                value=(5,),
                hint="It looks like you gave the shape of the rank-1 array. The result has as many axes as the longer "
                "shape:\n"
                "       (5,)\n"
                "    (5, 1)\n"
                "     ^\n"
                "Put a 1 where a size is missing, and go through both axes.",
            ),
            Misconception(
                name="different_ranks_clash",
                value="error",
                hint="It looks like a missing axis counts as a clash. Where a shape has no size left, the rule puts "
                "one:\n"
                "       (5,)\n"
                "    (5, 1)\n"
                "     ^\n"
                "Look at step 2 of the rule.",
            ),
        ),
        answer(
            "q7",
            "np.dot of a rank-1 array with itself",
            Misconception(
                name="outer_product",
                value=(5, 5),
                hint="It looks like you thought of every entry times every other. np.dot of two rank-1 arrays "
                "multiplies entry by entry and then adds up:\n"
                "    (5,)  (5,)\n"
                "     ^     ^\n"
                "The marked axis is summed over. Look at what is left.",
            ),
            Misconception(
                name="no_sum",
                value=(5,),
                hint="It looks like you stopped at the products, entry by entry. np.dot then adds them up:\n"
                "    (5,)  (5,)\n"
                "     ^     ^\n"
                "The marked axis is summed over. Look at what is left.",
            ),
            Misconception(
                name="one_by_one_matrix",
                value=(1, 1),
                hint="It looks like you took the result for a matrix with one entry. That is what a row times a "
                "column gives; two rank-1 arrays have no further axes:\n"
                "    (5,)  (5,)\n"
                "     ^     ^\n"
                "The marked axis is summed over. Count the axes that are left.",
            ),
            Misconception(
                name="array_with_one_entry",
                value=(1,),
                hint="It looks like you took the result for an array with one entry. The only axis is summed over:\n"
                "    (5,)  (5,)\n"
                "     ^     ^\n"
                "Count the axes that are left, and look at what section 4 says about a single number.",
            ),
            Misconception(
                name="rank_one_is_a_column",
                value="error",
                hint="It looks like you took a for a column: a column times a column is indeed an error. A rank-1 "
                "array is neither a row nor a column:\n"
                "    (5,)  (5,)\n"
                "     ^     ^\n"
                "Look at the sum that np.dot computes for two of them.",
            ),
        ),
        answer(
            "q8",
            "(3, 4) / (1, 4)",
            Misconception(
                name="one_clashes",
                value="error",
                hint="It looks like you see a clash on the first axis:\n"
                "    (3, 4)\n"
                "    (1, 4)\n"
                "     ^\n"
                "Sizes needn't be equal to fit. Look at step 3 of the rule: it names two ways.",
            ),
            Misconception(
                name="one_wins",
                value=(1, 4),
                hint="It looks like the 1 was kept on the first axis:\n"
                "    (3, 4)\n"
                "    (1, 4)\n"
                "     ^\n"
                "An array is stretched by broadcasting and never cut. Look at which of the two is stretched.",
            ),
            Misconception(
                name="sizes_divided",
                value=(3, 1),
                hint="It looks like the sizes were divided. The numbers in the arrays are divided, not the sizes:\n"
                "    (3, 4)\n"
                "    (1, 4)\n"
                "Decide axis by axis how many entries the result has.",
            ),
        ),
    ),
)
