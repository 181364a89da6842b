"""Questions, checks and misconceptions of `vectorization`. Half of each question is for not looping in Python."""

import numpy as np

from grader import Assignment, Check, Misconception, NoLoop, Question

from . import reference

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
FIRST_OF_TWO_STEPS = """    w, b = w - learning_rate * dw, b - learning_rate * db
    dw, db = gradients(forward(w, b, X), X, Y)
"""
UPDATED = "return w - learning_rate * dw, b - learning_rate * db"

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
            misconceptions=(
                Misconception(
                    name="products_not_added",
                    edit=(("np.dot(a, b)", "a * b"),),
                    hint="It looks like you stopped at the products. a * b multiplies entry by entry and gives a "
                    "vector, and a dot product is one number. Look at what the formula does with the products.",
                ),
                Misconception(
                    name="every_entry_with_every_other",
                    edit=(("np.dot(a, b)", "np.outer(a, b)"),),
                    hint="It looks like every entry met every other one, which gives a table. Only entries at the "
                    "same place belong together. Look at the indices in the formula: there is one, not two.",
                ),
                Misconception(
                    name="product_of_the_sums",
                    edit=(("np.dot(a, b)", "np.sum(a) * np.sum(b)"),),
                    hint="It looks like you added first and multiplied afterwards. Then every entry meets every other "
                    "one. Look at the order in the formula: first the products, then their sum.",
                ),
                Misconception(
                    name="mean_of_the_products",
                    edit=(("np.dot(a, b)", "np.mean(a * b)"),),
                    hint="It looks like you took the mean of the products. A dot product isn't divided by the number "
                    "of entries. Look at the formula: there is no fraction.",
                ),
                Misconception(
                    name="sum_of_the_sums",
                    edit=(("np.dot(a, b)", "np.sum(a + b)"),),
                    hint="It looks like the entries are added in pairs. A dot product multiplies the pairs and adds "
                    "up the products. Look at what stands between a_i and b_i.",
                ),
                Misconception(
                    name="products_without_sign",
                    edit=(("np.dot(a, b)", "np.sum(np.abs(a * b))"),),
                    hint="It looks like the signs got lost. Products may be negative and then make the sum smaller; "
                    "two vectors at a right angle even give 0. Look for an absolute value that isn't in the formula.",
                ),
            ),
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
            misconceptions=(
                Misconception(
                    name="power_of_two",
                    edit=(("np.exp(v)", "2.0**v"),),
                    hint="It looks like you took powers of 2. The base is the number e, about 2.718. Look for the "
                    "numpy function that is made for it.",
                ),
                Misconception(
                    name="power_of_ten",
                    edit=(("np.exp(v)", "10.0**v"),),
                    hint="It looks like you took powers of 10. The base is the number e, about 2.718; the e in 1e3 is "
                    "another one. Look for the numpy function that is made for it.",
                ),
                Misconception(
                    name="base_and_exponent_swapped",
                    edit=(("np.exp(v)", "v**np.e"),),
                    hint="It looks like base and exponent have changed places. The entries are the exponents, and the "
                    "base is always e. Look at what stands high up in the formula.",
                ),
                Misconception(
                    name="factor_for_power",
                    edit=(("np.exp(v)", "np.e * v"),),
                    hint="It looks like you multiplied with e. The entry says how often e is multiplied with itself. "
                    "Look at the difference between * and **.",
                ),
                Misconception(
                    name="exponent_negated",
                    edit=(("np.exp(v)", "np.exp(-v)"),),
                    hint="It looks like the exponents have the wrong sign, as in the sigmoid. Here larger entries "
                    "give larger results. Look at the sign in front of v.",
                ),
                Misconception(
                    name="divided_by_their_sum",
                    edit=(("np.exp(v)", "np.exp(v) / np.sum(np.exp(v))"),),
                    hint="It looks like the results were divided by their sum, as in softmax. Here each entry stands "
                    "for itself. Look at the formula: is there a fraction?",
                ),
                Misconception(
                    name="minus_one",
                    edit=(("np.exp(v)", "np.expm1(v)"),),
                    hint="It looks like 1 was subtracted, as np.expm1 does. e to the power of 0 is 1. Look at which "
                    "function you call.",
                ),
            ),
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
            misconceptions=(
                Misconception(
                    name="errors_cancel",
                    edit=(("np.sum(np.abs(yhat - y))", "np.sum(yhat - y)"),),
                    hint="It looks like the absolute value is missing. Errors to the one side and to the other then "
                    "cancel, and a bad prediction looks good. Look at the bars in the formula.",
                ),
                Misconception(
                    name="absolute_value_of_the_sum",
                    edit=(("np.sum(np.abs(yhat - y))", "np.abs(np.sum(yhat - y))"),),
                    hint="It looks like the absolute value was taken at the end. By then the errors have cancelled "
                    "already. Look at the order in the formula: what stands inside the bars?",
                ),
                Misconception(
                    name="mean_of_errors",
                    edit=(("np.sum(np.abs(yhat - y))", "np.mean(np.abs(yhat - y))"),),
                    hint="It looks like you took the mean. The absolute error is a sum here and isn't divided by the "
                    "number of examples. Look at the formula: there is no fraction.",
                ),
                Misconception(
                    name="errors_not_added",
                    edit=(("np.sum(np.abs(yhat - y))", "np.abs(yhat - y)"),),
                    hint="It looks like there is still one error for each example. What is wanted is their sum, one "
                    "number. Look at the sum sign in the formula.",
                ),
                Misconception(
                    name="squared_errors",
                    edit=(("np.sum(np.abs(yhat - y))", "np.sum((yhat - y) ** 2)"),),
                    hint="It looks like you squared the differences. Squares make small errors smaller still; that is "
                    "another loss (L2). Look at the bars in the formula.",
                ),
                Misconception(
                    name="length_of_the_difference",
                    edit=(("np.sum(np.abs(yhat - y))", "np.linalg.norm(yhat - y)"),),
                    hint="It looks like you took the length of the difference: a root of squares, as np.linalg.norm "
                    "gives. Here the absolute differences themselves are added. Look at the formula.",
                ),
                Misconception(
                    name="largest_error",
                    edit=(("np.sum(np.abs(yhat - y))", "np.max(np.abs(yhat - y))"),),
                    hint="It looks like you took the largest error. All errors count. Look at the sum sign in the "
                    "formula.",
                ),
            ),
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
            misconceptions=(
                Misconception(
                    name="positive_loss",
                    edit=(("return -(", "return +("),),
                    hint="It looks like the minus sign is missing. The logarithm of a number below 1 is negative, and "
                    "a loss should be positive. Look at what stands in front of the bracket.",
                ),
                Misconception(
                    name="mean_of_losses",
                    edit=(("return -(", "return -np.mean("),),
                    hint="It looks like you averaged the losses. That is the cost; here every example keeps a loss of "
                    "its own. Look at the shape in the docstring.",
                ),
                Misconception(
                    name="sum_of_losses",
                    edit=(("return -(", "return -np.sum("),),
                    hint="It looks like you added up the losses. Here every example keeps a loss of its own. Look at "
                    "the shape in the docstring.",
                ),
                Misconception(
                    name="losses_with_one_axis",
                    edit=(("np.log(1 - A))", "np.log(1 - A)).ravel()"),),
                    hint="The numbers are right, but they have one axis only. A and Y are rows with two axes, and so "
                    "should the losses be. Look for a ravel, a flatten or an index such as A[0].",
                ),
                Misconception(
                    name="losses_as_a_column",
                    edit=(("np.log(1 - A))", "np.log(1 - A)).T"),),
                    hint="The numbers are right, but they stand in a column. A and Y are rows, and so should the "
                    "losses be. Look for a transpose that isn't needed.",
                ),
                Misconception(
                    name="logarithm_to_base_ten",
                    edit=(("np.log(A)", "np.log10(A)"), ("np.log(1 - A)", "np.log10(1 - A)")),
                    hint="It looks like you took the logarithm to base 10. The formula has the natural logarithm. "
                    "Look at which function your log comes from.",
                ),
                Misconception(
                    name="logarithm_to_base_two",
                    edit=(("np.log(A)", "np.log2(A)"), ("np.log(1 - A)", "np.log2(1 - A)")),
                    hint="It looks like you took the logarithm to base 2. The formula has the natural logarithm. Look "
                    "at which function your log comes from.",
                ),
                Misconception(
                    name="term_of_label_zero_missing",
                    edit=((" + (1 - Y) * np.log(1 - A)", ""),),
                    hint="It looks like only the term with Y is there. For examples with label 0 it vanishes, so any "
                    "guess would cost nothing. Look at the second half of the formula.",
                ),
                Misconception(
                    name="minus_on_one_term",
                    edit=(("-(Y * np.log(A) + (1 - Y) * np.log(1 - A))", "-Y * np.log(A) + (1 - Y) * np.log(1 - A)"),),
                    hint="It looks like the minus sign reaches only one of the two terms. It belongs to the whole "
                    "sum. Look at where your brackets begin and end.",
                ),
                Misconception(
                    name="weighted_by_the_prediction",
                    edit=(("(1 - Y) *", "(1 - A) *"),),
                    hint="It looks like the second term is weighted by the predictions. The labels decide which term "
                    "counts. Look at the factor in front of the second logarithm.",
                ),
                Misconception(
                    name="prediction_and_label_swapped",
                    edit=(("Y * np.log(A) + (1 - Y) * np.log(1 - A)", "(1 - Y) * np.log(A) + Y * np.log(1 - A)"),),
                    hint="It looks like the two labels have changed places. For label 1 a prediction near 1 should "
                    "cost almost nothing. Look at which logarithm is multiplied by Y.",
                ),
                Misconception(
                    name="squared_error",
                    edit=(("return -(Y * np.log(A) + (1 - Y) * np.log(1 - A))", "return (A - Y) ** 2"),),
                    hint="It looks like you took squared differences. That is a loss too, but not this one. Look at "
                    "the formula: it is made of logarithms.",
                ),
            ),
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
            misconceptions=(
                Misconception(
                    name="no_activation",
                    edit=(("return 1 / (1 + np.exp(-Z))", "return Z"),),
                    hint="It looks like the sigmoid is missing: these are the Z. A prediction is a probability "
                    "between 0 and 1. Look at the second formula.",
                ),
                Misconception(
                    name="bias_forgotten",
                    edit=(("np.dot(w.T, X) + b", "np.dot(w.T, X)"),),
                    hint="It looks like b is missing. It shifts every z by the same amount. Look at the first formula.",
                ),
                Misconception(
                    name="sigmoid_of_minus_z",
                    edit=(("np.exp(-Z)", "np.exp(Z)"),),
                    hint="It looks like the exponent has the wrong sign. A large z should give a prediction near 1, "
                    "and yours gives one near 0. Look at the sign in the exponent.",
                ),
                Misconception(
                    name="division_before_addition",
                    edit=(("1 / (1 + np.exp(-Z))", "1 / 1 + np.exp(-Z)"),),
                    hint="It looks like brackets are missing. Without them Python divides first and adds afterwards, "
                    "and the result is greater than 1. Look at what stands below the fraction's line.",
                ),
                Misconception(
                    name="minus_below_the_line",
                    edit=(("1 / (1 + np.exp(-Z))", "1 / (1 - np.exp(-Z))"),),
                    hint="It looks like there is a minus below the fraction's line. Then the result leaves the range "
                    "from 0 to 1, and z = 0 divides by zero. Look at the signs in the formula.",
                ),
                Misconception(
                    name="predictions_as_a_column",
                    edit=(("return 1 / (1 + np.exp(-Z))", "return (1 / (1 + np.exp(-Z))).T"),),
                    hint="The numbers are right, but they stand in a column. One example is one column of X, so the "
                    "predictions make a row. Look at which factor is transposed, and at the order of the product.",
                ),
                Misconception(
                    name="predictions_with_one_axis",
                    edit=(("return 1 / (1 + np.exp(-Z))", "return (1 / (1 + np.exp(-Z))).ravel()"),),
                    hint="The numbers are right, but they have one axis only. Later formulas count on a row with two "
                    "axes. Look at the step in which an axis gets lost: a sum, a ravel, or an index.",
                ),
                Misconception(
                    name="labels_in_place_of_probabilities",
                    edit=(("return 1 / (1 + np.exp(-Z))", "return (1 / (1 + np.exp(-Z)) > 0.5) * 1.0"),),
                    hint="It looks like the predictions were rounded to 0 and 1. Learning needs to know how sure they "
                    "are. Look for a comparison that comes too early.",
                ),
                Misconception(
                    name="hyperbolic_tangent",
                    edit=(("1 / (1 + np.exp(-Z))", "np.tanh(Z)"),),
                    hint="It looks like you used tanh. It runs from -1 to 1, and a probability from 0 to 1. Look at "
                    "the second formula.",
                ),
                Misconception(
                    name="softmax_over_the_examples",
                    edit=(("1 / (1 + np.exp(-Z))", "np.exp(Z - np.max(Z)) / np.sum(np.exp(Z - np.max(Z)))"),),
                    hint="It looks like the predictions share 1 among them, as in softmax. Each example has a "
                    "probability of its own. Look at the second formula: is there a sum over examples?",
                ),
                Misconception(
                    name="bias_after_the_sigmoid",
                    edit=(
                        ("np.dot(w.T, X) + b", "np.dot(w.T, X)"),
                        ("1 / (1 + np.exp(-Z))", "1 / (1 + np.exp(-Z)) + b"),
                    ),
                    hint="It looks like b is added after the sigmoid. Then the result can leave the range from 0 to "
                    "1. Look at what Z is made of.",
                ),
            ),
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
            misconceptions=(
                Misconception(
                    name="dw_not_averaged",
                    edit=(("np.dot(X, dZ.T) / m", "np.dot(X, dZ.T)"),),
                    hint="It looks like dw is a sum over the examples. The cost is an average, and so is its slope; a "
                    "sum grows with every example. Look at the fraction in front of the product.",
                ),
                Misconception(
                    name="db_not_averaged",
                    edit=(("np.sum(dZ) / m", "np.sum(dZ)"),),
                    hint="It looks like db is a sum over the examples. The cost is an average, and so is its slope; a "
                    "sum grows with every example. Look at the fraction in front of the sum.",
                ),
                Misconception(
                    name="label_minus_prediction",
                    edit=(("dZ = A - Y", "dZ = Y - A"),),
                    hint="The sign is flipped, as when one takes the labels minus the predictions. A prediction that "
                    "is too high must give a positive slope, for going down then lowers it. Look at the order in the "
                    "difference.",
                ),
                Misconception(
                    name="divided_by_the_features",
                    edit=(("m = X.shape[1]", "m = X.shape[0]"),),
                    hint="It looks like you divided by the number of features. The average runs over the examples, "
                    "which are the columns of X. Look at which entry of X.shape you call m.",
                ),
                Misconception(
                    name="averaged_twice",
                    edit=(("np.dot(X, dZ.T) / m", "np.dot(X, dZ.T) / m / m"), ("np.sum(dZ) / m", "np.mean(dZ) / m")),
                    hint="It looks like you divided by the number of examples twice. A mean has that division in it "
                    "already. Look for the two places.",
                ),
                Misconception(
                    name="db_one_for_each_example",
                    edit=(("np.sum(dZ) / m", "dZ / m"),),
                    hint="It looks like db has one entry for each example. There is a single b, so its slope is a "
                    "single number. Look at the sum sign in the formula for db.",
                ),
                Misconception(
                    name="db_with_two_axes",
                    edit=(("np.sum(dZ) / m", "np.sum(dZ, axis=1, keepdims=True) / m"),),
                    hint="The number of db is right, but it is wrapped in an array with two axes, as keepdims=True "
                    "leaves it. b is a plain number. Look at the arguments of your sum.",
                ),
                Misconception(
                    name="db_with_one_axis",
                    edit=(("np.sum(dZ) / m", "np.sum(dZ, axis=1) / m"),),
                    hint="The number of db is right, but it stands in an array with one entry, as a sum along one "
                    "axis leaves it. b is a plain number. Look at the arguments of your sum.",
                ),
                Misconception(
                    name="dw_as_a_row",
                    edit=(("np.dot(X, dZ.T) / m", "np.dot(dZ, X.T) / m"),),
                    hint="The numbers of dw are right, but they lie in a row. dw has the shape of w, so that one can "
                    "be subtracted from the other. Look at the order of the product and at where the transpose is.",
                ),
                Misconception(
                    name="dw_with_one_axis",
                    edit=(("np.dot(X, dZ.T) / m", "np.mean(X * dZ, axis=1)"),),
                    hint="The numbers of dw are right, but it has one axis only: a sum or a mean along an axis takes "
                    "that axis away. Subtracted from the column w, it would be stretched into a square. Look at "
                    "keepdims, or at np.dot.",
                ),
                Misconception(
                    name="dw_not_added_up",
                    edit=(("np.dot(X, dZ.T) / m", "X * dZ / m"),),
                    hint="It looks like you multiplied with *. That gives one slope for each example and each "
                    "feature, and dw adds up over the examples. Look at which product does both at once.",
                ),
                Misconception(
                    name="labels_ignored",
                    edit=(("dZ = A - Y", "dZ = A"),),
                    hint="It looks like the labels play no part. A slope says how far the predictions are from the "
                    "labels. Look at your dZ.",
                ),
                Misconception(
                    name="slope_of_squared_error",
                    edit=(("dZ = A - Y", "dZ = (A - Y) * A * (1 - A)"),),
                    hint="It looks like the slope of the sigmoid is in it once too often. With this loss it cancels. "
                    "Look at the formula for dZ: how short is it?",
                ),
                Misconception(
                    name="absolute_difference",
                    edit=(("dZ = A - Y", "dZ = np.abs(A - Y)"),),
                    hint="It looks like dZ has lost its sign. The sign says in which direction a prediction is off, "
                    "and a step needs to know that. Look for an absolute value that isn't in the formula.",
                ),
                Misconception(
                    name="results_swapped",
                    edit=(("return dw, db", "return db, dw"),),
                    hint="It looks like dw and db are returned in the other order. Whoever calls the function takes "
                    "them apart by place, not by name. Look at the docstring.",
                ),
            ),
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
            misconceptions=(
                Misconception(
                    name="uphill",
                    edit=(("w - learning_rate", "w + learning_rate"), ("b - learning_rate", "b + learning_rate")),
                    hint="It looks like you go uphill. The slope points to where the cost rises, and we want the "
                    "other way. Look at the sign in front of the learning rate.",
                ),
                Misconception(
                    name="learning_rate_ignored",
                    edit=(("w - learning_rate * dw", "w - dw"), ("b - learning_rate * db", "b - db")),
                    hint="It looks like the learning rate isn't used. It says what part of the slope a step takes. "
                    "Look for learning_rate in your lines.",
                ),
                Misconception(
                    name="w_not_updated",
                    edit=(("return w - learning_rate * dw,", "return w,"),),
                    hint="It looks like w comes back as it went in. Both parameters take a step. Look at whether the "
                    "new value is given a name, and which name is returned.",
                ),
                Misconception(
                    name="b_not_updated",
                    edit=((", b - learning_rate * db", ", b"),),
                    hint="It looks like b comes back as it went in. Both parameters take a step. Look at whether the "
                    "new value is given a name, and which name is returned.",
                ),
                Misconception(
                    name="b_from_the_moved_w",
                    edit=(
                        (
                            "return w - learning_rate * dw,",
                            "w = w - learning_rate * dw\n    _, db = gradients(forward(w, b, X), X, Y)\n    return w,",
                        ),
                    ),
                    hint="It looks like the slope of b was taken after w had moved. Both slopes belong to the place "
                    "where the step begins. Look at the order of your lines.",
                ),
                Misconception(
                    name="gradients_returned",
                    edit=((UPDATED, "return dw, db"),),
                    hint="It looks like you returned the slopes. What is wanted is where the step leads. Look at the "
                    "docstring.",
                ),
                Misconception(
                    name="only_the_step_returned",
                    edit=((UPDATED, "return -learning_rate * dw, -learning_rate * db"),),
                    hint="It looks like you returned the step and not where it leads. One starts from w and b and "
                    "ends near them. Look at whether they are part of your result.",
                ),
                Misconception(
                    name="not_averaged",
                    edit=(("(A, X, Y)\n", "(A * X.shape[1], X, Y * X.shape[1])\n"),),
                    hint="It looks like the slopes are sums over the examples. The cost is an average, so more "
                    "examples must not mean longer steps. Look at where the division by their number belongs.",
                ),
                Misconception(
                    name="averaged_twice",
                    edit=(
                        ("learning_rate * dw", "learning_rate * dw / X.shape[1]"),
                        ("learning_rate * db", "learning_rate * db / X.shape[1]"),
                    ),
                    hint="It looks like the slopes were divided by the number of examples once more. They are "
                    "averages already. Look for that second division.",
                ),
                Misconception(
                    name="two_steps_at_once",
                    edit=(("    return", FIRST_OF_TWO_STEPS + "    return"),),
                    hint="It looks like two steps were taken. One call takes one step; whoever calls it decides how "
                    "many there are. Look for lines that run twice.",
                ),
                Misconception(
                    name="results_swapped",
                    edit=((UPDATED, "return b - learning_rate * db, w - learning_rate * dw"),),
                    hint="It looks like w and b are returned in the other order. Whoever calls the function takes "
                    "them apart by place, not by name. Look at the docstring.",
                ),
            ),
        ),
    ),
)
