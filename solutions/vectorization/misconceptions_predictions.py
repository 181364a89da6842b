"""Wrong ideas about losses and predictions, as edits of the reference."""

from grader import Misconception

LOSSES = (
    Misconception(
        name="positive_loss",
        edit=(("return -(", "return +("),),
        hint="It looks like the minus sign is missing. The logarithm of a number below 1 is negative, and a loss "
        "should be positive. Look at what stands in front of the bracket.",
    ),
    Misconception(
        name="mean_of_losses",
        edit=(("return -(", "return -np.mean("),),
        hint="It looks like you averaged the losses. That is the cost; here every example keeps a loss of its own. "
        "Look at the shape in the docstring.",
    ),
    Misconception(
        name="sum_of_losses",
        edit=(("return -(", "return -np.sum("),),
        hint="It looks like you added up the losses. Here every example keeps a loss of its own. Look at the shape in "
        "the docstring.",
    ),
    Misconception(
        name="losses_with_one_axis",
        edit=(("np.log(1 - A))", "np.log(1 - A)).ravel()"),),
        hint="The numbers are right, but they have one axis only. A and Y are rows with two axes, and so should the "
        "losses be. Look for a ravel, a flatten or an index such as A[0].",
    ),
    Misconception(
        name="losses_as_a_column",
        edit=(("np.log(1 - A))", "np.log(1 - A)).T"),),
        hint="The numbers are right, but they stand in a column. A and Y are rows, and so should the losses be. Look "
        "for a transpose that isn't needed.",
    ),
    Misconception(
        name="logarithm_to_base_ten",
        edit=(("np.log(A)", "np.log10(A)"), ("np.log(1 - A)", "np.log10(1 - A)")),
        hint="It looks like you took the logarithm to base 10. The formula has the natural logarithm. Look at which "
        "function your log comes from.",
    ),
    Misconception(
        name="logarithm_to_base_two",
        edit=(("np.log(A)", "np.log2(A)"), ("np.log(1 - A)", "np.log2(1 - A)")),
        hint="It looks like you took the logarithm to base 2. The formula has the natural logarithm. Look at which "
        "function your log comes from.",
    ),
    Misconception(
        name="term_of_label_zero_missing",
        edit=((" + (1 - Y) * np.log(1 - A)", ""),),
        hint="It looks like only the term with Y counts. For examples with label 0 it vanishes, so any guess would "
        "cost nothing. Look at the second half of the formula.",
    ),
    Misconception(
        name="minus_on_one_term",
        edit=(("-(Y * np.log(A) + (1 - Y) * np.log(1 - A))", "-Y * np.log(A) + (1 - Y) * np.log(1 - A)"),),
        hint="It looks like the minus sign reaches only one of the two terms. It belongs to the whole sum. Look at "
        "where your brackets begin and end.",
    ),
    Misconception(
        name="weighted_by_the_prediction",
        edit=(("(1 - Y) *", "(1 - A) *"),),
        hint="It looks like the second term is weighted by the predictions. The labels decide which term counts. Look "
        "at the factor in front of the second logarithm.",
    ),
    Misconception(
        name="prediction_and_label_swapped",
        edit=(("Y * np.log(A) + (1 - Y) * np.log(1 - A)", "(1 - Y) * np.log(A) + Y * np.log(1 - A)"),),
        hint="It looks like the two labels have changed places. For label 1 a prediction near 1 should cost almost "
        "nothing. Look at which logarithm is multiplied by Y.",
    ),
    Misconception(
        name="squared_error",
        edit=(("return -(Y * np.log(A) + (1 - Y) * np.log(1 - A))", "return (A - Y) ** 2"),),
        hint="It looks like you took squared differences. That is a loss too, but not this one. Look at the formula: "
        "it is made of logarithms.",
    ),
)

FORWARD = (
    Misconception(
        name="no_activation",
        edit=(("return 1 / (1 + np.exp(-Z))", "return Z"),),
        hint="It looks like the sigmoid is missing: these are the Z. A prediction is a probability between 0 and 1. "
        "Look at the second formula.",
    ),
    Misconception(
        name="bias_forgotten",
        edit=(("np.dot(w.T, X) + b", "np.dot(w.T, X)"),),
        hint="It looks like b is missing. It shifts every z by the same amount. Look at the first formula.",
    ),
    Misconception(
        name="sigmoid_of_minus_z",
        edit=(("np.exp(-Z)", "np.exp(Z)"),),
        hint="It looks like the exponent has the wrong sign. A large z should give a prediction near 1, and yours "
        "gives one near 0. Look at the sign in the exponent.",
    ),
    Misconception(
        name="division_before_addition",
        edit=(("1 / (1 + np.exp(-Z))", "1 / 1 + np.exp(-Z)"),),
        hint="It looks like 1 is not divided by the whole sum: brackets are missing, or the fraction is. The result "
        "is then greater than 1. Look at what stands below the fraction's line.",
    ),
    Misconception(
        name="minus_below_the_line",
        edit=(("1 / (1 + np.exp(-Z))", "1 / (1 - np.exp(-Z))"),),
        hint="It looks like there is a minus below the fraction's line. Then the result leaves the range from 0 to 1, "
        "and z = 0 divides by zero. Look at the signs in the formula.",
    ),
    Misconception(
        name="predictions_as_a_column",
        edit=(("return 1 / (1 + np.exp(-Z))", "return (1 / (1 + np.exp(-Z))).T"),),
        hint="The numbers are right, but they stand in a column. One example is one column of X, so the predictions "
        "make a row. Look at which factor is transposed, and at the order of the product.",
    ),
    Misconception(
        name="predictions_with_one_axis",
        edit=(("return 1 / (1 + np.exp(-Z))", "return (1 / (1 + np.exp(-Z))).ravel()"),),
        hint="The numbers are right, but they have one axis only. Later formulas count on a row with two axes. Look "
        "at the step in which an axis gets lost: a sum, a ravel, or an index.",
    ),
    Misconception(
        name="labels_in_place_of_probabilities",
        edit=(("return 1 / (1 + np.exp(-Z))", "return (1 / (1 + np.exp(-Z)) > 0.5) * 1.0"),),
        hint="It looks like the predictions were rounded to 0 and 1. Learning needs to know how sure they are. Look "
        "for a comparison that comes too early.",
    ),
    Misconception(
        name="hyperbolic_tangent",
        edit=(("1 / (1 + np.exp(-Z))", "np.tanh(Z)"),),
        hint="It looks like you used tanh. It runs from -1 to 1, and a probability from 0 to 1. Look at the second "
        "formula.",
    ),
    Misconception(
        name="softmax_over_the_examples",
        edit=(("1 / (1 + np.exp(-Z))", "np.exp(Z - np.max(Z)) / np.sum(np.exp(Z - np.max(Z)))"),),
        hint="It looks like the predictions share 1 among them, as in softmax. Each example has a probability of its "
        "own. Look at the second formula: is there a sum over examples?",
    ),
    Misconception(
        name="bias_after_the_sigmoid",
        edit=(
            ("np.dot(w.T, X) + b", "np.dot(w.T, X)"),
            ("1 / (1 + np.exp(-Z))", "1 / (1 + np.exp(-Z)) + b"),
        ),
        hint="It looks like b is added after the sigmoid. Then the result can leave the range from 0 to 1. Look at "
        "what Z is made of.",
    ),
)
