"""Wrong ideas about the broadcasting rule, as variants of it."""

import numpy as np

from grader import Misconception


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


BROADCAST_SHAPE = (
    Misconception(
        aligned_from_the_left,
        hint="It looks like you aligned the shapes at the left, as one reads:\n"
        "    (8, 1, 6)\n"
        "    (7, 6)\n"
        "The last axes belong together, whatever stands before them. Write the shapes so that they end at the same "
        "place, and go from right to left:\n"
        "    (8, 1, 6)\n"
        "       (7, 6)",
    ),
    Misconception(
        one_clashes,
        hint="It looks like a 1 opposite another size counts as a clash. A size of 1 is the one that gets stretched:\n"
        "    (8, 1, 6)\n"
        "    (8, 7, 6)\n"
        "        ^\n"
        "Look at step 3 of the rule: it names two ways in which sizes fit.",
    ),
    Misconception(
        different_ranks_clash,
        hint="It looks like shapes with different numbers of axes count as an error. Missing axes on the left are no "
        "clash:\n"
        "    (8, 1, 6)\n"
        "       (7, 6)\n"
        "     ^\n"
        "Look at step 2 of the rule: what stands where a shape has no size left?",
    ),
    Misconception(
        missing_axes_dropped,
        hint="It looks like only the axes that both shapes have were looked at, and the others were dropped. The "
        "result has as many axes as the longer shape:\n"
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
        hint="It looks like the smaller size of an axis was kept. An array is stretched by broadcasting and never "
        "cut. Look at which size is left when a 1 meets a 6.",
    ),
    Misconception(
        only_the_second_stretches,
        hint="It looks like only the second shape may be stretched. The rule is the same for both, and a + b has the "
        "shape of b + a. Try your function with the two shapes swapped.",
    ),
    Misconception(
        larger_shape_wins,
        hint="It looks like you returned one of the two shapes, the larger one. Both may be stretched at once, on "
        "different axes, and then the result is neither of them:\n"
        "    (3, 1)\n"
        "    (1, 2)\n"
        "Decide the size axis by axis.",
    ),
    Misconception(
        multiples_fit,
        hint="It looks like a size counts as fitting when it divides the other. numpy doesn't repeat an array until "
        "it is long enough; the only size that is stretched is 1:\n"
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
        hint="The sizes are right, but in reverse order. Who goes from right to left finds the last size first. Look "
        "at how the sizes are put together at the end.",
    ),
    Misconception(
        shape_of_a_matrix_product,
        hint="It looks like you used the rule of the matrix product, where the inner sizes must agree. + and * work "
        "entry by entry, so each size is compared with the one in the same place:\n"
        "    (4, 3)\n"
        "    (4, 1)\n"
        "        ^\n"
        "Look at the four steps of the rule: none of them drops an axis.",
    ),
    Misconception(
        sizes_multiplied,
        hint="It looks like the two sizes of an axis were multiplied. Equal sizes stay as they are: two columns of 5 "
        "entries add up to a column of 5. Look at which size an axis has after adding.",
    ),
)
