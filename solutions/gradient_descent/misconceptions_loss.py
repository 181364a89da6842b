"""Wrong ideas about the loss of one example and the cost of all."""

import numpy as np

from grader import Misconception

from . import reference


def positive_loss(a, y):
    return y * np.log(a) + (1 - y) * np.log(1 - a)


def minus_on_one_term(a, y):
    return -y * np.log(a) + (1 - y) * np.log(1 - a)


def logarithm_to_base_ten(a, y):
    return -(y * np.log10(a) + (1 - y) * np.log10(1 - a))


def logarithm_to_base_two(a, y):
    return -(y * np.log2(a) + (1 - y) * np.log2(1 - a))


def term_of_label_zero_missing(a, y):
    return -y * np.log(a)


def weighted_by_the_prediction(a, y):
    return -(y * np.log(a) + (1 - a) * np.log(1 - a))


def prediction_and_label_swapped(a, y):
    return -((1 - y) * np.log(a) + y * np.log(1 - a))


def same_logarithm_twice(a, y):
    return -(y * np.log(a) + (1 - y) * np.log(a))


def squared_error(a, y):
    return (a - y) ** 2


def absolute_error(a, y):
    return abs(a - y)


def on_average(loss):
    """Make the cost that belongs to a wrong loss."""
    return lambda A, Y: np.mean(loss(A, Y))


def sum_not_mean(A, Y):
    return np.sum(reference.loss(A, Y))


def losses_not_added(A, Y):
    return reference.loss(A, Y) / A.shape[1]


def last_loss_only(A, Y):
    return reference.loss(A[0, -1], Y[0, -1]) / A.shape[1]


def first_loss_only(A, Y):
    return reference.loss(A[0, 0], Y[0, 0]) / A.shape[1]


def averaged_twice(A, Y):
    return np.mean(reference.loss(A, Y)) / A.shape[1]


def half_the_mean(A, Y):
    return np.mean(reference.loss(A, Y)) / 2


def cost_with_two_axes(A, Y):
    return np.mean(reference.loss(A, Y)).reshape(1, 1)


NO_MINUS = (
    "It looks like the minus sign is missing. The logarithm of a number below 1 is negative, so without the minus a "
    "loss is negative too, and the worse the guess, the smaller. Look at what stands in front of the bracket."
)
MINUS_ON_ONE_TERM = (
    "It looks like the minus sign reaches only one of the two terms. It belongs to the whole sum, so that the loss is "
    "positive for either label. Look at where your brackets begin and end."
)
BASE_TEN = (
    "It looks like you took the logarithm to base 10. The formula has the natural logarithm, whose derivative is "
    "simply 1 / a; that is what the slopes later rely on. Look at which function your log comes from."
)
BASE_TWO = (
    "It looks like you took the logarithm to base 2. The formula has the natural logarithm, whose derivative is "
    "simply 1 / a; that is what the slopes later rely on. Look at which function your log comes from."
)
ONE_TERM = (
    "It looks like only the term with y counts. For an example with label 0 it vanishes, so any guess would cost "
    "nothing. Look at the second half of the formula."
)
WEIGHTED = (
    "It looks like the second term is weighted by the prediction. The labels decide which term counts; the "
    "predictions stand inside the logarithms. Look at the factor in front of the second logarithm."
)
SWAPPED = (
    "It looks like the two labels have changed places. For label 1 a prediction near 1 should cost almost nothing, "
    "and yours costs the most. Look at which logarithm is multiplied by y."
)
SAME_LOGARITHM = (
    "It looks like both terms take the same logarithm. For label 0 the question is how sure the prediction was of 0. "
    "Look at what stands inside the second logarithm."
)
SQUARED = (
    "It looks like you took the squared difference. That is a loss too, but not this one: with a sigmoid it makes a "
    "cost with many valleys. Look at the formula: it is made of logarithms."
)
ABSOLUTE = (
    "It looks like you took the absolute difference. It treats a prediction that is surely wrong hardly worse than a "
    "doubtful one. Look at the formula: it is made of logarithms."
)

LOSS = (
    Misconception(positive_loss, hint=NO_MINUS),
    Misconception(minus_on_one_term, hint=MINUS_ON_ONE_TERM),
    Misconception(logarithm_to_base_ten, hint=BASE_TEN),
    Misconception(logarithm_to_base_two, hint=BASE_TWO),
    Misconception(term_of_label_zero_missing, hint=ONE_TERM),
    Misconception(weighted_by_the_prediction, hint=WEIGHTED),
    Misconception(prediction_and_label_swapped, hint=SWAPPED),
    Misconception(same_logarithm_twice, hint=SAME_LOGARITHM),
    Misconception(squared_error, hint=SQUARED),
    Misconception(absolute_error, hint=ABSOLUTE),
)

COST = (
    Misconception(
        sum_not_mean,
        hint="It looks like you added the losses and stopped there. A sum grows with the number of examples, and the "
        "cost is an average. Look at what stands in front of the sum in the formula for J.",
    ),
    Misconception(
        losses_not_added,
        hint="It looks like there is still one number for each example. The cost is a single number for all of them. "
        "Look at the sum sign in the formula for J.",
    ),
    Misconception(
        last_loss_only,
        hint="It looks like only the last example counts: in each turn of the loop the total is replaced. A total "
        "must be added to. Look at the line in the loop that changes it: = or +=?",
    ),
    Misconception(
        first_loss_only,
        hint="It looks like only the first example counts. A return or a break inside a loop ends it in the first "
        "turn. Look at how far your return is indented.",
    ),
    Misconception(
        averaged_twice,
        hint="It looks like you divided by the number of examples twice. A mean has that division in it already. Look "
        "for it inside your loop, and again after it.",
    ),
    Misconception(
        half_the_mean,
        hint="It looks like there is an extra factor of one half. It is common with squared errors, where a "
        "derivative cancels it. Look at the formula for J: is there a 2 in it?",
    ),
    Misconception(
        cost_with_two_axes,
        hint="The number is right, but it is wrapped in an array with two axes. A product of a row and a column with "
        "np.dot leaves such an array. Look at how to take the one number out of it.",
    ),
    *(
        Misconception(on_average(loss), name=loss.__name__, hint=hint)
        for loss, hint in (
            (positive_loss, NO_MINUS),
            (minus_on_one_term, MINUS_ON_ONE_TERM),
            (logarithm_to_base_ten, BASE_TEN),
            (logarithm_to_base_two, BASE_TWO),
            (term_of_label_zero_missing, ONE_TERM),
            (weighted_by_the_prediction, WEIGHTED),
            (prediction_and_label_swapped, SWAPPED),
            (squared_error, SQUARED),
            (absolute_error, ABSOLUTE),
        )
    ),
)
