"""Questions, checks and misconceptions of `gradient_descent`."""

import numpy as np

from grader import Assignment, Check, Misconception, Question

from . import reference

# --- inputs ---------------------------------------------------------------------------------------------------------


def prediction(rng):
    """A prediction that is neither 0 nor 1, where a loss would be infinite, and a label."""
    return (float(rng.uniform(0.02, 0.98)), int(rng.integers(0, 2)))


def predictions(rng):
    m = int(rng.integers(2, 10))
    return (rng.uniform(0.02, 0.98, size=(1, m)), rng.integers(0, 2, size=(1, m)))


def numbers(rng):
    return (float(rng.normal()), float(rng.normal()), float(rng.uniform(0.005, 0.9)))


def vectors(rng):
    n = int(rng.integers(2, 7))
    return (rng.normal(size=(n, 1)), rng.normal(size=(n, 1)), float(rng.uniform(0.005, 0.9)))


def neuron(rng):
    """Two features, two weights, a bias and a label, with z small enough for 1 - a to be exact."""
    x1, x2, w1, w2, b = (float(number) for number in rng.uniform(-1.5, 1.5, size=5))
    return (x1, x2, w1, w2, b, int(rng.integers(0, 2)))


def batch(rng):
    """A random batch: n features and m examples, never as many of one as of the other; X is sometimes a view."""
    n = int(rng.integers(2, 6))
    m = n + int(rng.choice([-1, 1, 2, 4]))
    X = rng.normal(size=(m, n)).T if rng.random() < 0.5 else rng.normal(size=(n, m))
    return (rng.normal(size=(n, 1)), float(rng.normal()), X, rng.integers(0, 2, size=(1, m)))


def polynomial(rng):
    """A polynomial of degree 2 to 4 and a short walk on it: short enough to stay near, even when it goes uphill."""
    degree = int(rng.integers(2, 5))
    coefficients = rng.uniform(0.1, 0.6, size=degree + 1) * rng.choice([-1.0, 1.0], size=degree + 1)
    coefficients[-1] = abs(coefficients[-1])
    start, rate = float(rng.uniform(0.3, 1.0) * rng.choice([-1, 1])), float(rng.uniform(0.02, 0.1))
    return (coefficients, start, rate, int(rng.integers(2, 7)))


# --- wrong ideas: loss and cost -------------------------------------------------------------------------------------


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


# --- the checks that are alike for all parts ------------------------------------------------------------------------

graph_examples = (
    (1.0, 1.0, 0.0, 0.0, 0.0, 0),
    (0.0, 2.0, 1.0, -0.5, 0.25, 1),
    (2.0, -3.0, 0.5, 0.75, -0.5, 0),
    (-1.5, 0.5, 2.0, 1.0, 3.0, 1),
)


def graph_checks(*points):
    """One public and one hidden check for each number of the graph: (part, public points, hidden points)."""
    worked = ((1.0, -2.0, 0.5, 0.25, 0.0, 1), (2.0, 3.0, -0.5, 0.1, 0.4, 0), (-1.0, 0.5, 0.3, -0.8, 0.2, 0))
    public = (
        Check(f"worked examples: {part}", examples=worked, part=part, points=few, visibility="public")
        for part, few, _ in points
    )
    hidden = (
        Check(f"{part} is right", neuron, examples=graph_examples, cases=8, part=part, points=many)
        for part, _, many in points
    )
    return (*public, *hidden)


small_batch = (
    np.array([[0.2], [-0.4]]),
    0.1,
    np.array([[1.0, -1.0, 2.0], [0.5, 3.0, -1.0]]),
    np.array([[1, 0, 0]]),
)
narrow_batch = (
    np.array([[0.5], [-0.25], [1.0]]),
    -0.5,
    np.array([[1.0, -2.0], [0.5, 1.5], [-1.0, 0.25]]),
    np.array([[0, 1]]),
)
edge_batches = (
    (np.array([[0.5]]), 0.25, np.array([[2.0]]), np.array([[1]])),
    (np.array([[0.3], [-0.7], [0.1]]), 0.0, np.array([[1.5], [-1.0], [2.0]]), np.array([[0]])),
    (np.array([[-0.8]]), 0.5, np.array([[1.0, -2.0, 0.5, 3.0]]), np.array([[0, 1, 1, 0]])),
    (np.zeros((2, 1)), 0.0, np.array([[1.0, 2.0, -3.0], [0.5, -1.0, 4.0]]), np.array([[1, 1, 1]])),
    (np.array([[1.0], [0.5]]), -1.0, np.array([[1.0, 2.0, -3.0], [0.5, -1.0, 4.0]]), np.array([[0, 0, 0]])),
)

valley = np.array([5.0, -4.0, 1.0])
bumpy = np.array([0.5, -1.0, 0.25, 0.5])

# --- the assignment -------------------------------------------------------------------------------------------------

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
    "It looks like only the term with y is there. For an example with label 0 it vanishes, so any guess would cost "
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

assignment = Assignment(
    "gradient_descent",
    title="Gradient descent",
    questions=(
        Question(
            reference.loss,
            title="The loss of one example",
            checks=(
                Check(
                    "worked examples", examples=((0.8, 1), (0.8, 0), (0.25, 1), (0.3, 0)), points=3, visibility="public"
                ),
                Check(
                    "sure and right, sure and wrong, undecided",
                    examples=((0.5, 1), (0.5, 0), (0.999, 1), (0.001, 0), (0.001, 1), (0.999, 0)),
                    points=4,
                ),
                Check("any prediction", prediction, cases=8, points=5),
            ),
            misconceptions=(
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
            ),
        ),
        Question(
            reference.cost,
            title="The cost of all examples",
            uses=("loss",),
            dims={"m": ("A", 1)},
            checks=(
                Check(
                    "worked examples",
                    examples=(
                        (np.array([[0.8, 0.3, 0.6]]), np.array([[1, 0, 0]])),
                        (np.array([[0.1, 0.9, 0.5, 0.7]]), np.array([[1, 1, 0, 1]])),
                    ),
                    points=3,
                    visibility="public",
                ),
                Check(
                    "one example, labels all alike",
                    examples=(
                        (np.array([[0.3]]), np.array([[1]])),
                        (np.array([[0.9]]), np.array([[0]])),
                        (np.array([[0.2, 0.4, 0.95]]), np.array([[1, 1, 1]])),
                        (np.array([[0.2, 0.4, 0.95, 0.6]]), np.array([[0, 0, 0, 0]])),
                    ),
                    points=4,
                ),
                Check("any number of examples", predictions, cases=6, points=5),
            ),
            misconceptions=(
                Misconception(
                    sum_not_mean,
                    hint="It looks like you added the losses and stopped there. A sum grows with the number of "
                    "examples, and the cost is an average. Look at what stands in front of the sum in the formula "
                    "for J.",
                ),
                Misconception(
                    losses_not_added,
                    hint="It looks like there is still one number for each example. The cost is a single number for "
                    "all of them. Look at the sum sign in the formula for J.",
                ),
                Misconception(
                    last_loss_only,
                    hint="It looks like only the last example counts: in each turn of the loop the total is replaced. "
                    "A total must be added to. Look at the line in the loop that changes it: = or +=?",
                ),
                Misconception(
                    first_loss_only,
                    hint="It looks like only the first example counts. A return inside a loop ends the function in "
                    "the first turn. Look at how far your return is indented.",
                ),
                Misconception(
                    averaged_twice,
                    hint="It looks like you divided by the number of examples twice. A mean has that division in it "
                    "already. Look for it inside your loop, and again after it.",
                ),
                Misconception(
                    half_the_mean,
                    hint="It looks like there is an extra factor of one half. It is common with squared errors, where "
                    "a derivative cancels it. Look at the formula for J: is there a 2 in it?",
                ),
                Misconception(
                    cost_with_two_axes,
                    hint="The number is right, but it is wrapped in an array with two axes. A product of a row and a "
                    "column with np.dot leaves such an array. Look at how to take the one number out of it.",
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
            ),
        ),
        Question(
            reference.update,
            title="One step downhill",
            dims={"n": ("w", 0)},
            checks=(
                Check(
                    "worked examples",
                    examples=(
                        (3.0, 2.0, 0.25),
                        (-1.0, -4.0, 0.1),
                        (np.array([[1.0], [-2.0]]), np.array([[-4.0], [0.5]]), 0.5),
                    ),
                    points=3,
                    visibility="public",
                ),
                Check(
                    "no slope, steep slopes, tiny and large steps",
                    examples=(
                        (0.0, 3.0, 0.5),
                        (2.0, 0.0, 0.3),
                        (1.5, -250.0, 0.001),
                        (-0.5, 8.0, 1.0),
                        (4.0, 0.75, 2.0),
                    ),
                    points=3,
                ),
                Check("numbers", numbers, cases=6, points=3),
                Check("vectors", vectors, cases=6, points=3, shape="(n, 1)"),
            ),
            misconceptions=(
                Misconception(
                    name="uphill",
                    edit=(("w - learning_rate * dw", "w + learning_rate * dw"),),
                    hint="It looks like you go uphill: where the slope is positive, your w grows. The slope points to "
                    "where the curve rises, and we want the other way. Look at the sign in front of the learning "
                    "rate.",
                ),
                Misconception(
                    name="learning_rate_ignored",
                    edit=(("w - learning_rate * dw", "w - dw"),),
                    hint="It looks like the learning rate isn't used. It says what part of the slope a step takes; "
                    "without it one jumps across the valley. Look for learning_rate in your line.",
                ),
                Misconception(
                    name="step_only",
                    edit=(("w - learning_rate * dw", "-learning_rate * dw"),),
                    hint="It looks like you returned the step and not the place where it leads. One starts from w and "
                    "ends near it. Look at whether w itself is part of your result.",
                ),
                Misconception(
                    name="shrinking_by_the_slope",
                    edit=(("w - learning_rate * dw", "w * (1 - learning_rate * dw)"),),
                    hint="It looks like w is multiplied with the step. Gradient descent moves w by an amount that "
                    "depends on the slope alone: at w = 0 one must be able to move as well. Look at where w stands "
                    "in the formula.",
                ),
                Misconception(
                    name="divided_by_the_rate",
                    edit=(("w - learning_rate * dw", "w - dw / learning_rate"),),
                    hint="It looks like you divided by the learning rate. Then a smaller rate means a longer step. "
                    "Look at how the rate and the slope stand together in the formula.",
                ),
                Misconception(
                    name="rate_on_the_wrong_factor",
                    edit=(("w - learning_rate * dw", "dw - learning_rate * w"),),
                    hint="It looks like w and dw have changed places. The rate belongs to the slope, which says how "
                    "far to go from w. Look at the order of the parameters.",
                ),
                Misconception(
                    name="rate_on_both",
                    edit=(("w - learning_rate * dw", "learning_rate * (w - dw)"),),
                    hint="It looks like w is multiplied with the learning rate too. A bracket takes in more than it "
                    "should: with a slope of 0 one must stay where one is. Look at what the rate belongs to.",
                ),
                Misconception(
                    name="sign_only",
                    edit=(("w - learning_rate * dw", "w - learning_rate * np.sign(dw)"),),
                    hint="It looks like only the sign of the slope is used. The steps should get shorter as the curve "
                    "gets flatter, so that one doesn't overrun the lowest point. Look at the formula: the whole "
                    "slope is in it.",
                ),
                Misconception(
                    name="difference_turned_round",
                    edit=(("w - learning_rate * dw", "learning_rate * dw - w"),),
                    hint="It looks like the difference is the wrong way round: the step minus w. With a slope of 0 "
                    "one must stay at w, and yours ends at the opposite. Look at what is subtracted from what.",
                ),
            ),
        ),
        Question(
            reference.backward,
            title="Forward and backward through the graph",
            checks=graph_checks(
                ("z", 1, 1), ("a", 1, 2), ("da", 1, 3), ("dz", 1, 3), ("dw1", 1, 3), ("dw2", 1, 3), ("db", 1, 2)
            ),
            misconceptions=(
                Misconception(
                    name="label_minus_prediction",
                    edit=(("dz = a - y", "dz = y - a"),),
                    hint="The sign is flipped, as when one takes the label minus the prediction. A prediction that is "
                    "too high must give a positive slope, for going down then lowers it. Look at the order in the "
                    "difference.",
                ),
                Misconception(
                    name="slope_of_sigmoid_left_out",
                    edit=(("dz = a - y", "dz = da"),),
                    hint="It looks like da was passed on as it is. Between z and a stands the sigmoid, and the chain "
                    "rule multiplies with its slope. Look at what turns da into dz.",
                ),
                Misconception(
                    name="slope_of_sigmoid_alone",
                    edit=(("dz = a - y", "dz = a * (1 - a)"),),
                    hint="It looks like you took the slope of the sigmoid alone. That is one link of the chain; what "
                    "came from the loss is the other. Look at which two slopes the chain rule multiplies.",
                ),
                Misconception(
                    name="slope_of_sigmoid_at_z",
                    edit=(("dz = a - y", "dz = da * z * (1 - z)"),),
                    hint="It looks like the slope of the sigmoid was written with z. It is short when written with "
                    "the value of the sigmoid, not with what goes into it. Look at which variable holds that value.",
                ),
                Misconception(
                    name="da_sign_flipped",
                    edit=(("da = -y / a + (1 - y) / (1 - a)", "da = y / a - (1 - y) / (1 - a)"),),
                    hint="The sign of da is flipped. The loss begins with a minus, and it is part of the derivative. "
                    "For label 1 a higher a lowers the loss: which sign must da have then?",
                ),
                Misconception(
                    name="inner_minus_forgotten",
                    edit=(("+ (1 - y) / (1 - a)", "- (1 - y) / (1 - a)"),),
                    hint="It looks like the inside of ln(1 - a) was not differentiated. By the chain rule 1 - a "
                    "brings a factor of its own. Look at the sign of the second term, for label 0.",
                ),
                Misconception(
                    name="da_for_label_one_only",
                    edit=(("da = -y / a + (1 - y) / (1 - a)", "da = -y / a"),),
                    hint="It looks like da has the term with y only. For label 0 it is zero, as if the guess didn't "
                    "matter. Look at the derivative of the second half of the loss.",
                ),
                Misconception(
                    name="da_taken_for_dz",
                    edit=(("da = -y / a + (1 - y) / (1 - a)", "da = a - y"),),
                    hint="It looks like you gave the prediction minus the label for da. That difference belongs one "
                    "box further to the left; da is the slope of the loss itself. Look at the derivative of the "
                    "logarithms.",
                ),
                Misconception(
                    name="bias_forgotten",
                    edit=(("w1 * x1 + w2 * x2 + b", "w1 * x1 + w2 * x2"),),
                    hint="It looks like b is missing in the forward pass. It shifts z, and with it everything that "
                    "follows. Look at the first box of the graph.",
                ),
                Misconception(
                    name="features_and_weights_crossed",
                    edit=(("w1 * x1 + w2 * x2 + b", "w1 * x2 + w2 * x1 + b"),),
                    hint="It looks like each weight met the other feature. A weight says how much its own feature "
                    "counts. Look at the indices in your z.",
                ),
                Misconception(
                    name="no_activation",
                    edit=(("a = sigmoid(z)", "a = z"),),
                    hint="It looks like a is z itself. Then it can be any number, and no probability. Look at the "
                    "second box of the graph.",
                ),
                Misconception(
                    name="sigmoid_of_minus_z",
                    edit=(("a = sigmoid(z)", "a = sigmoid(-z)"),),
                    hint="It looks like the exponent of the sigmoid has the wrong sign. A large z should give an a "
                    "near 1, and yours gives one near 0. Look at the sign in front of z, or use the sigmoid that is "
                    "given.",
                ),
                Misconception(
                    name="division_before_addition",
                    edit=(("a = sigmoid(z)", "a = 1 / 1 + np.exp(-z)"),),
                    hint="It looks like brackets are missing in the sigmoid. Without them Python divides first and "
                    "adds afterwards, and a is greater than 1. Look at what stands below the fraction's line.",
                ),
                Misconception(
                    name="weight_in_place_of_feature",
                    edit=(("dw1 = x1 * dz", "dw1 = w1 * dz"), ("dw2 = x2 * dz", "dw2 = w2 * dz")),
                    hint="It looks like you multiplied with the weight. How fast z changes with a weight is said by "
                    "what that weight is multiplied with. Look at z once more: what is the derivative of w1 * x1 "
                    "with respect to w1?",
                ),
                Misconception(
                    name="feature_forgotten",
                    edit=(("dw1 = x1 * dz", "dw1 = dz"), ("dw2 = x2 * dz", "dw2 = dz")),
                    hint="It looks like the slope of a weight is that of z, unchanged. A weight is multiplied with "
                    "its feature, and the chain rule brings that in as a factor. Look at how z depends on w1.",
                ),
                Misconception(
                    name="features_exchanged",
                    edit=(("dw1 = x1 * dz", "dw1 = x2 * dz"), ("dw2 = x2 * dz", "dw2 = x1 * dz")),
                    hint="It looks like the slope of one weight was taken with the other feature, as happens when a "
                    "line is copied. Each weight has its own feature. Look at the indices, line by line.",
                ),
                Misconception(
                    name="bias_as_a_factor",
                    edit=(("db = dz", "db = b * dz"),),
                    hint="It looks like b became a factor of its own slope. b is added to z, so z changes exactly as "
                    "fast as b does. Look at the derivative of z with respect to b.",
                ),
                Misconception(
                    name="slope_of_z_in_b",
                    edit=(("db = dz", "db = 1.0"),),
                    hint="It looks like you gave the slope of z with respect to b. That is only the last link of the "
                    "chain. Look at what has come from the right to be multiplied with it.",
                ),
            ),
        ),
        Question(
            reference.gradients_loop,
            title="The loop over m examples",
            dims={"n": ("X", 0), "m": ("X", 1)},
            checks=(
                Check(
                    "worked examples: dw",
                    examples=(small_batch, narrow_batch),
                    part=0,
                    points=3,
                    visibility="public",
                    shape="(n, 1)",
                ),
                Check(
                    "worked examples: db", examples=(small_batch, narrow_batch), part=1, points=2, visibility="public"
                ),
                Check(
                    "one example, one feature, labels all alike: dw",
                    examples=edge_batches,
                    part=0,
                    points=4,
                    shape="(n, 1)",
                ),
                Check("one example, one feature, labels all alike: db", examples=edge_batches, part=1, points=3),
                Check("dw is right", batch, cases=6, part=0, points=6, shape="(n, 1)"),
                Check("db is right", batch, cases=6, part=1, points=4),
            ),
            misconceptions=(
                Misconception(
                    name="dw_not_averaged",
                    edit=(("    dw = dw / m\n", ""),),
                    hint="It looks like dw is a sum over the examples. The cost is an average, and so is its slope; a "
                    "sum grows with every example. Look at what comes after the loop.",
                ),
                Misconception(
                    name="db_not_averaged",
                    edit=(("    db = db / m\n", ""),),
                    hint="It looks like db is a sum over the examples. The cost is an average, and so is its slope; a "
                    "sum grows with every example. Look at what comes after the loop.",
                ),
                Misconception(
                    name="dw_overwritten",
                    edit=(("dw[j, 0] += X[j, i] * dz", "dw[j, 0] = X[j, i] * dz"),),
                    hint="It looks like each example replaces the dw of the one before, so only the last one counts. "
                    "Slopes must be added up. Look at the line in the loop that changes dw: = or +=?",
                ),
                Misconception(
                    name="db_overwritten",
                    edit=(("db += dz", "db = dz"),),
                    hint="It looks like each example replaces the db of the one before, so only the last one counts. "
                    "Slopes must be added up. Look at the line in the loop that changes db: = or +=?",
                ),
                Misconception(
                    name="label_minus_prediction",
                    edit=(("dz = a - Y[0, i]", "dz = Y[0, i] - a"),),
                    hint="The sign is flipped, as when one takes the label minus the prediction. A prediction that is "
                    "too high must give a positive slope, for going down then lowers it. Look at the order in the "
                    "difference.",
                ),
                Misconception(
                    name="averaged_inside_and_outside",
                    edit=(("+= X[j, i] * dz", "+= X[j, i] * dz / m"), ("db += dz", "db += dz / m")),
                    hint="It looks like you divided by the number of examples twice, in the loop and after it. An "
                    "average needs that division once. Look for the two places.",
                ),
                Misconception(
                    name="divided_by_the_features",
                    edit=(("dw = dw / m", "dw = dw / n"), ("db = db / m", "db = db / n")),
                    hint="It looks like you divided by the number of features. The average runs over the examples, "
                    "which are the columns of X. Look at which entry of X.shape you call m.",
                ),
                Misconception(
                    name="z_carried_over",
                    edit=(("    for i in range(m):\n        z = b\n", "    z = b\n    for i in range(m):\n"),),
                    hint="It looks like z goes on from one example to the next. Each example has a z of its own, "
                    "which starts anew. Look at whether z is set inside the loop over the examples or before it.",
                ),
                Misconception(
                    name="no_activation",
                    edit=(("a = sigmoid(z)", "a = z"),),
                    hint="It looks like the sigmoid is missing. Then a can be any number, and no probability. Look at "
                    "the line that turns z into a.",
                ),
                Misconception(
                    name="bias_forgotten",
                    edit=(("z = b", "z = 0.0"),),
                    hint="It looks like b is missing in the forward pass. It shifts z, and with it everything that "
                    "follows. Look at what z starts from.",
                ),
                Misconception(
                    name="labels_ignored",
                    edit=(("dz = a - Y[0, i]", "dz = a"),),
                    hint="It looks like the labels play no part. A slope says how far the predictions are from the "
                    "labels, so it can't do without them. Look at your dz.",
                ),
                Misconception(
                    name="feature_forgotten",
                    edit=(("+= X[j, i] * dz", "+= dz"),),
                    hint="It looks like every weight got the same slope. A weight is multiplied with its feature, and "
                    "the chain rule brings that in as a factor. Look at the formula for dw: what stands before the "
                    "bracket?",
                ),
                Misconception(
                    name="slope_of_squared_error",
                    edit=(("dz = a - Y[0, i]", "dz = (a - Y[0, i]) * a * (1 - a)"),),
                    hint="It looks like the slope of the sigmoid is in it once too often. With this loss it cancels "
                    "against the a and 1 - a below the fractions of da. Look at section 4: how short does dz become?",
                ),
                Misconception(
                    name="last_example_left_out",
                    edit=(("for i in range(m)", "for i in range(m - 1)"),),
                    hint="It looks like the last example is left out. range(m) already stops before m, because it "
                    "starts at 0. Look at the bounds of your loop.",
                ),
                Misconception(
                    name="first_example_left_out",
                    edit=(("for i in range(m)", "for i in range(1, m)"),),
                    hint="It looks like the first example is left out. Python counts from 0, where the formula counts "
                    "from 1. Look at the bounds of your loop.",
                ),
                Misconception(
                    name="dw_as_a_row",
                    edit=(("return dw, db", "return dw.T, db"),),
                    hint="The numbers of dw are right, but they lie in a row. dw has the shape of w, so that one can "
                    "be subtracted from the other. Look at the shape in the docstring.",
                ),
                Misconception(
                    name="dw_with_one_axis",
                    edit=(("return dw, db", "return dw.ravel(), db"),),
                    hint="The numbers of dw are right, but it has one axis only. Subtracted from the column w, such a "
                    "rank-1 array would be stretched into a square. Look at how you create dw.",
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
            reference.minimize,
            title="Minimising a polynomial",
            uses=("update",),
            checks=(
                Check(
                    "worked examples",
                    examples=((valley, 0.0, 0.1, 1), (valley, 0.0, 0.1, 5), (bumpy, 0.5, 0.2, 3)),
                    points=4,
                    visibility="public",
                ),
                Check(
                    "no step at all, one step, a constant, a straight line",
                    examples=(
                        (np.array([3.0]), 1.5, 0.1, 4),
                        (np.array([1.0, -2.0]), 0.5, 0.25, 3),
                        (np.array([1.0, 2.0, 3.0]), 0.75, 0.1, 0),
                        (np.array([0.5, -1.0, 0.0, 2.0]), -0.5, 0.05, 1),
                        (np.array([1.0, 2.0, 3.0]), 0.0, 0.05, 2),
                    ),
                    points=5,
                ),
                Check("any polynomial", polynomial, cases=8, points=9),
            ),
            misconceptions=(
                Misconception(
                    name="uphill",
                    edit=(("update(w, slope,", "update(w, -slope,"),),
                    hint="It looks like you walk uphill. The slope points to where the curve rises, and we want the "
                    "other way. Look at the sign in front of the learning rate.",
                ),
                Misconception(
                    name="one_step_too_few",
                    edit=(("range(num_iterations)", "range(num_iterations - 1)"),),
                    hint="It looks like you take one step too few. range(k) gives k turns, from 0 to k - 1. Look at "
                    "the bounds of the outer loop.",
                ),
                Misconception(
                    name="one_step_too_many",
                    edit=(("range(num_iterations)", "range(num_iterations + 1)"),),
                    hint="It looks like you take one step too many. range(k) gives k turns, from 0 to k - 1. Look at "
                    "the bounds of the outer loop, and try it with no step at all.",
                ),
                Misconception(
                    name="only_one_step",
                    edit=(("    return w", "        return w"),),
                    hint="It looks like you stop after one step. A return inside a loop ends the function in the "
                    "first turn. Look at how far your return is indented.",
                ),
                Misconception(
                    name="slope_of_the_start",
                    edit=(
                        (
                            "    for _ in range(num_iterations):\n        slope = 0.0\n",
                            "    slope = 0.0\n    if True:\n",
                        ),
                        ("        w = update(", "    for _ in range(num_iterations):\n        w = update("),
                    ),
                    hint="It looks like the slope was taken once, at the start, and used for all steps. It changes as "
                    "one walks. Look at whether the slope is computed inside the loop over the steps.",
                ),
                Misconception(
                    name="slope_never_reset",
                    edit=(
                        (
                            "    for _ in range(num_iterations):\n        slope = 0.0\n",
                            "    slope = 0.0\n    for _ in range(num_iterations):\n",
                        ),
                    ),
                    hint="It looks like the slope of each step is added to those of the steps before. Only the slope "
                    "of where one stands counts. Look at where your sum is set back to zero.",
                ),
                Misconception(
                    name="factor_of_the_power_missing",
                    edit=(("k * coefficients[k]", "coefficients[k]"),),
                    hint="It looks like the power was lowered but did not come down as a factor. The derivative of "
                    "w^3 is three times w^2, for each of the three factors can change. Look at the formula for p'.",
                ),
                Misconception(
                    name="power_not_lowered",
                    edit=(("w ** (k - 1)", "w ** k"),),
                    hint="It looks like the power came down as a factor but wasn't lowered. The derivative of a "
                    "straight line c w is c everywhere. Look at the exponents in the formula for p'.",
                ),
                Misconception(
                    name="polynomial_for_its_slope",
                    edit=(
                        ("range(1, len(coefficients))", "range(len(coefficients))"),
                        ("k * coefficients[k] * w ** (k - 1)", "coefficients[k] * w**k"),
                    ),
                    hint="It looks like you used the value of the polynomial. How high one stands doesn't say which "
                    "way is down; the slope does. Look at the difference between p and p'.",
                ),
                Misconception(
                    name="constant_has_a_slope",
                    edit=(("slope = 0.0", "slope = coefficients[0]"),),
                    hint="It looks like the constant was added to the slope. It moves the whole curve up or down and "
                    "makes it no steeper. Look at which coefficient the sum for p' begins with.",
                ),
                Misconception(
                    name="highest_power_left_out",
                    edit=(("range(1, len(coefficients))", "range(1, len(coefficients) - 1)"),),
                    hint="It looks like the highest power is left out. There are K + 1 coefficients, from 0 to K, and "
                    "range stops before its end. Look at the bounds of the loop over the powers.",
                ),
                Misconception(
                    name="coefficients_read_backwards",
                    edit=(("coefficients[k]", "coefficients[-1 - k]"),),
                    hint="It looks like the coefficients are read from the highest power down, as np.polyval does. "
                    "Here the first one is the constant. Look at the order that the docstring gives.",
                ),
                Misconception(
                    name="learning_rate_ignored",
                    edit=(("update(w, slope, learning_rate)", "update(w, slope, 1.0)"),),
                    hint="It looks like the learning rate isn't used. It says what part of the slope a step takes; "
                    "without it one jumps across the valley. Look for learning_rate in your loop.",
                ),
                Misconception(
                    name="height_returned",
                    edit=(("    return w", "    return sum(c * w**k for k, c in enumerate(coefficients))"),),
                    hint="It looks like you returned the height of the curve. What is wanted is the place, not how "
                    "high it lies. Look at what the docstring says is returned.",
                ),
                Misconception(
                    name="slope_returned",
                    edit=(("return w", "return slope"),),
                    hint="It looks like you returned the last slope. It says how steep the curve is there, not where "
                    "that is. Look at what the docstring says is returned.",
                ),
            ),
        ),
    ),
)
