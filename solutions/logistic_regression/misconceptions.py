"""Wrong ideas about logistic regression, as small edits of the reference or as functions, each with a hint.

A hint says what it looks like was done, why that isn't it, and what to look at. Those that students have most often
come first: where several fit, the first is named, and its hint is true of the others too.
"""

import numpy as np

from grader import Misconception

from . import reference


def edit(name, old, new, hint):
    """Make a misconception of one replaced piece of the reference."""
    return Misconception(name=name, edit=((old, new),), hint=hint)


# --- sigmoid -------------------------------------------------------------------------------------------------------

FRACTION = "1 / (1 + np.exp(-z))"

SIGMOID = (
    edit(
        "no_brackets",
        FRACTION,
        "1 / 1 + np.exp(-z)",
        "It looks like Python divides before it adds, because nothing holds the two summands together. The result "
        "can then exceed 1, which a probability never does. Look at what stands below the fraction bar in the "
        "formula.",
    ),
    edit(
        "no_brackets_and_no_minus",
        FRACTION,
        "1 / 1 + np.exp(z)",
        "It looks like two things happened: Python divides before it adds, and the exponent has lost its sign. The "
        "result grows without end, where a probability stays below 1. Compare the formula with your line piece by "
        "piece.",
    ),
    edit(
        "exponent_without_minus",
        FRACTION,
        "1 / (1 + np.exp(z))",
        "Your curve falls where it should rise, as if the exponent had the other sign. A large positive z should "
        "give nearly 1. Look at the sign in front of z in the formula.",
    ),
    edit(
        "minus_in_the_denominator",
        FRACTION,
        "1 / (1 - np.exp(-z))",
        "It looks like the denominator is a difference. It then becomes 0 at z = 0, where the sigmoid is 0.5. Look "
        "at the sign between the two terms below the fraction bar.",
    ),
    edit(
        "exponential_only",
        FRACTION,
        "np.exp(-z)",
        "This looks like the exponential alone. It has no upper bound, while the sigmoid stays between 0 and 1. "
        "Look at the rest of the formula around it.",
    ),
    edit(
        "denominator_without_the_one",
        FRACTION,
        "1 / np.exp(-z)",
        "It looks like a term of the denominator is missing, so that your result is an exponential, which grows "
        "without end. Which two terms stand below the fraction bar?",
    ),
    edit(
        "exponential_over_exponential",
        FRACTION,
        "np.exp(z) / (1 + np.exp(z))",
        "On paper your fraction is the sigmoid, but for a large z both its parts become infinite in the computer, "
        "and infinity by infinity is nan. Which form of the fraction stays finite when z is 1000?",
    ),
    edit(
        "hyperbolic_tangent",
        FRACTION,
        "np.tanh(z)",
        "This looks like tanh, another S-shaped curve. It runs from -1 to 1, but a probability can't be negative. "
        "Check which value your function has at z = 0.",
    ),
    edit(
        "slope_of_the_sigmoid",
        FRACTION,
        "1 / (1 + np.exp(-z)) * (1 - 1 / (1 + np.exp(-z)))",
        "This looks like the slope of the sigmoid, not the sigmoid. It is a hill that is nowhere above 0.25, where "
        "the sigmoid keeps rising to 1. Look at which of the two was asked for.",
    ),
    edit(
        "softmax_of_all",
        FRACTION,
        "np.exp(z) / np.sum(np.exp(z))",
        "It looks like the entries are made to add up to 1, which is softmax. The sigmoid takes every entry by "
        "itself: the others don't matter to it. Look for a sum over the array that the formula does not have.",
    ),
    edit(
        "decided_too_early",
        FRACTION,
        "np.round(1 / (1 + np.exp(-z)))",
        "Your results are only 0 and 1, as if the decision had been made already. The sigmoid gives a probability, "
        "with all its digits. Look for rounding or a comparison in your function.",
    ),
)

# --- initialize_with_zeros -----------------------------------------------------------------------------------------

B_IS_A_NUMBER = (
    "It looks like b is an array. There is one bias for the whole neuron, so it is just a number; an array of size "
    "1 gives later results axes that they should not have. Look at what the docstring says about b."
)

INITIALIZE = (
    edit(
        "flat_weights",
        "np.zeros((dim, 1))",
        "np.zeros(dim)",
        "The zeros are there, but w has only one axis, so it is neither a row nor a column, and its transpose is "
        "itself. Print w.shape and compare it with the shape in the docstring; mind the brackets.",
    ),
    edit(
        "row_of_weights",
        "np.zeros((dim, 1))",
        "np.zeros((1, dim))",
        "It looks like w lies on its side, as a row. An example is a column of X, and w is a column too. Which of "
        "the two numbers in a shape counts the rows?",
    ),
    edit(
        "square_of_weights",
        "np.zeros((dim, 1))",
        "np.zeros((dim, dim))",
        "It looks like w is a square matrix. There is one weight for each of the numbers in an example, no more. "
        "Count how many entries w needs, and how many your w has.",
    ),
    edit(
        "list_of_weights",
        "np.zeros((dim, 1))",
        "[0.0] * dim",
        "It looks like w is a Python list. A list has no shape, and multiplying it repeats it instead of doing "
        "arithmetic. Which numpy function makes an array of zeros?",
    ),
    edit(
        "one_weight_for_all",
        "np.zeros((dim, 1))",
        "0.0",
        "It looks like w is a single number. Every number in an example has a weight of its own, so that they can "
        "be learned separately. Look at the shape of w in the docstring, and at the order of the two results.",
    ),
    edit(
        "weights_of_one",
        "np.zeros((dim, 1))",
        "np.ones((dim, 1))",
        "It looks like the weights start at 1. Here they are to start from nothing, so that all the first answers "
        "are 0.5. Look at the name of the function that you are writing.",
    ),
    edit("bias_is_a_matrix", "b = 0.0", "b = np.zeros((1, 1))", B_IS_A_NUMBER),
    edit("bias_is_a_vector", "b = 0.0", "b = np.zeros(1)", B_IS_A_NUMBER),
    edit(
        "bias_for_every_weight",
        "b = 0.0",
        "b = np.zeros((dim, 1))",
        "It looks like b has the shape of w. A weight belongs to one number of the example, but the bias is added "
        "once, to the whole sum. Look at the formula for z, and at the order of the two results.",
    ),
    edit(
        "bias_of_one",
        "b = 0.0",
        "b = 1.0",
        "It looks like b starts at 1. Then the model favours label 1 before it has seen any example. Look at the "
        "name of the function that you are writing.",
    ),
)

# --- propagate -----------------------------------------------------------------------------------------------------

FORWARD = "A = sigmoid(np.dot(w.T, X) + b)"
COST = "cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m"
DW = "dw = np.dot(X, dZ.T) / m"
DB = "db = np.sum(dZ) / m"

LOG_TRANSPOSED = (
    "It looks like a row is multiplied entry by entry with a column. numpy makes a whole (m, m) table of that: "
    "every label meets every answer, where each should meet only its own. Look for a transpose next to a `*` in the "
    "cost."
)
ONE_NUMBER_NOT_MATRIX = (
    "The value is there, but it is wrapped in an array with axes of length 1. It is a single number. Look at what "
    "the sum (or the product) leaves: does it go over all axes, or keep some?"
)


def weights_not_summed(w, b, X, Y):
    """Multiply w and X entry by entry, so that every feature answers for itself."""
    m = X.shape[1]
    A = reference.sigmoid(w * X + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}, cost


PROPAGATE = (
    edit(
        "dw_not_averaged",
        DW,
        "dw = np.dot(X, dZ.T)",
        "It looks like dw is a sum over the examples. The cost is an average, so its slope is one too; yours grows "
        "with the size of the batch. Compare your line for dw with the formula: is a factor missing?",
    ),
    edit(
        "db_not_averaged",
        DB,
        "db = np.sum(dZ)",
        "It looks like db is a sum over the examples. The cost is an average, so its slope is one too; yours grows "
        "with the size of the batch. Compare your line for db with the formula: is a factor missing?",
    ),
    edit(
        "cost_not_averaged",
        COST,
        COST.removesuffix(" / m"),
        "It looks like the cost is the total loss. Twice as many examples would double it, though the answers are "
        "no worse. Compare it with the formula for J: is a factor missing?",
    ),
    Misconception(
        name="features_counted",
        edit=(("m = X.shape[1]", "m = X.shape[0]"),),
        hint="It looks like you divide by the number of features, not of examples. X holds one example in each "
        "column. Which entry of X.shape counts the columns?",
    ),
    edit(
        "all_entries_counted",
        "m = X.shape[1]",
        "m = X.size",
        "It looks like you divide by the number of all entries of X. The average goes over examples, and each of "
        "them has n entries. What does one column of X stand for?",
    ),
    edit(
        "dw_flipped",
        DW,
        "dw = -np.dot(X, dZ.T) / m",
        "Your dw has the right size but the opposite sign. It should point the way the cost grows. Look at the "
        "order of the two terms in dz, and for a minus that was used up already.",
    ),
    edit(
        "db_flipped",
        DB,
        "db = -np.sum(dZ) / m",
        "Your db has the right size but the opposite sign. It should point the way the cost grows. Look at the "
        "order of the two terms in dz, and for a minus that was used up already.",
    ),
    edit(
        "db_not_summed",
        DB,
        "db = dZ / m",
        "It looks like db still holds one entry for each example. There is a single b, so a single slope: the parts "
        "of all examples belong together. What does the big sigma in the formula ask for?",
    ),
    edit("db_keeps_its_axes", DB, "db = np.sum(dZ, axis=1, keepdims=True) / m", ONE_NUMBER_NOT_MATRIX),
    edit("db_keeps_an_axis", DB, "db = np.sum(dZ, axis=1) / m", ONE_NUMBER_NOT_MATRIX),
    edit(
        "db_averages_dw",
        DB,
        "db = np.sum(dw) / m",
        "It looks like db is made from dw. But b is not multiplied by any entry of X, so X should not come into its "
        "slope. Which quantity is summed in the formula for db?",
    ),
    edit(
        "dw_entry_by_entry",
        DW,
        "dw = X * dZ.T / m",
        "It looks like X and the errors are multiplied entry by entry with `*`. dw needs, for each feature, the sum "
        "of such products over the examples. Which operation multiplies and adds up in one go?",
    ),
    edit(
        "dw_is_flat",
        DW,
        "dw = np.mean(dZ * X, axis=1)",
        "The values of dw are right, but it has only one axis. A gradient has the shape of what it is the gradient "
        "of, and w is a column. Print dw.shape, and see which step loses an axis.",
    ),
    edit(
        "dw_is_a_row",
        DW,
        "dw = np.dot(dZ, X.T) / m",
        "The values of dw are right, but it lies on its side, as a row. A gradient has the shape of what it is the "
        "gradient of. Look at the order of the factors and at which of them is transposed.",
    ),
    edit(
        "dw_not_summed",
        DW,
        "dw = X * dZ / m",
        "It looks like dw still holds one column for each example. The slope of an average needs the parts of all "
        "examples added up. Print dw.shape, and compare it with w.shape.",
    ),
    edit(
        "dw_summed_to_a_number",
        DW,
        "dw = np.sum(X * dZ) / m",
        "It looks like dw is summed over everything, features too. Every weight has a slope of its own. Over which "
        "axis should the sum go, and which should stay?",
    ),
    edit(
        "dw_forgets_the_labels",
        DW,
        "dw = np.dot(X, A.T) / m",
        "It looks like dw is made from the answers alone, without the labels. Then it would push the same way "
        "whether an answer is right or wrong. Look at what the formula multiplies X with.",
    ),
    edit(
        "db_forgets_the_labels",
        DB,
        "db = np.sum(A) / m",
        "It looks like db is made from the answers alone, without the labels. Then it would push the same way "
        "whether an answer is right or wrong. Look at what the formula sums.",
    ),
    edit(
        "slope_of_the_sigmoid_twice",
        "dZ = A - Y",
        "dZ = (A - Y) * A * (1 - A)",
        "It looks like the slope of the sigmoid is multiplied in once more. It has cancelled already when dz is "
        "written as the simple difference. Look at the formula for dz again.",
    ),
    edit(
        "cost_not_summed",
        COST,
        "cost = -(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m",
        "It looks like the cost still holds one loss for each example. It is one number for all of them. What does "
        "the big sigma in the formula ask for?",
    ),
    edit(
        "cost_bracket_closed_early",
        COST,
        "cost = -np.sum(Y * np.log(A)) / m + (1 - Y) * np.log(1 - A)",
        "It looks like a bracket closes too early, so that only the first term is summed. The second then stays an "
        "array, one entry for each example. Count the brackets of your sum.",
    ),
    edit(
        "cost_with_one_transposed_log",
        COST,
        "cost = -np.sum(Y * np.log(A).T + (1 - Y) * np.log(1 - A)) / m",
        LOG_TRANSPOSED,
    ),
    edit(
        "cost_with_transposed_logs",
        COST,
        "cost = -np.sum(Y * np.log(A).T + (1 - Y) * np.log(1 - A).T) / m",
        LOG_TRANSPOSED,
    ),
    edit(
        "cost_weighs_by_the_answers",
        COST,
        COST.replace("(1 - Y)", "(1 - A)"),
        "It looks like the second logarithm is multiplied by something made from A. It is the label that decides "
        "which of the two terms counts. Compare the two factors in front of the logarithms with the formula.",
    ),
    edit(
        "cost_has_the_wrong_sign",
        COST,
        COST.replace("-np.sum", "np.sum"),
        "Your cost is negative. Logarithms of probabilities are below zero, so the formula turns them round; a cost "
        "says how bad things are. Look at the sign in front of the sum.",
    ),
    edit(
        "cost_mixes_its_signs",
        COST,
        COST.replace(") + (", ") - ("),
        "It looks like the two terms of the loss are subtracted from each other. Then a mistake on label 0 would "
        "make up for one on label 1. Look at the sign between the two terms, and what the minus in front covers.",
    ),
    edit(
        "cost_of_label_one_only",
        COST,
        "cost = -np.sum(Y * np.log(A)) / m",
        "It looks like only the examples with label 1 cost anything. Answering 1 always would then be perfect. "
        "Which term of the loss is left when y is 0?",
    ),
    edit(
        "cost_with_exchanged_labels",
        COST,
        "cost = -np.sum(Y * np.log(1 - A) + (1 - Y) * np.log(A)) / m",
        "It looks like the two logarithms have changed places. A good answer then costs much and a bad one little. "
        "For y = 1, which answer should cost next to nothing?",
    ),
    edit(
        "cost_with_log10",
        COST,
        COST.replace("np.log(", "np.log10("),
        "It looks like the logarithm has base 10. The gradients of the course belong to the natural logarithm; "
        "yours makes the cost smaller by a constant factor. Look at which log function you call.",
    ),
    edit(
        "cost_with_log2",
        COST,
        COST.replace("np.log(", "np.log2("),
        "It looks like the logarithm has base 2. The gradients of the course belong to the natural logarithm; yours "
        "makes the cost larger by a constant factor. Look at which log function you call.",
    ),
    edit(
        "cost_is_squared_error",
        COST,
        "cost = np.sum((A - Y) ** 2) / m",
        "It looks like the cost is the mean squared error. That belongs to linear regression; with a sigmoid inside "
        "it has flat places where learning stops. Look at the loss that the text defines.",
    ),
    edit(
        "cost_is_half_squared_error",
        COST,
        "cost = np.sum((A - Y) ** 2) / (2 * m)",
        "It looks like the cost is half the mean squared error. That belongs to linear regression; with a sigmoid "
        "inside it has flat places where learning stops. Look at the loss that the text defines.",
    ),
    edit("cost_keeps_its_axes", COST, COST.replace("1 - A))", "1 - A), axis=1, keepdims=True)"), ONE_NUMBER_NOT_MATRIX),
    edit("cost_keeps_an_axis", COST, COST.replace("1 - A))", "1 - A), axis=1)"), ONE_NUMBER_NOT_MATRIX),
    edit(
        "bias_forgotten",
        FORWARD,
        "A = sigmoid(np.dot(w.T, X))",
        "It looks like the bias is not part of the forward step. Your results are right only where b is 0. Compare "
        "your A with the formula, term by term.",
    ),
    edit(
        "activation_forgotten",
        FORWARD,
        "A = np.dot(w.T, X) + b",
        "It looks like the weighted sum is used as it is. It can be negative or larger than 1, and then its "
        "logarithm makes no sense. What turns z into a probability?",
    ),
    edit(
        "bias_after_the_activation",
        FORWARD,
        "A = sigmoid(np.dot(w.T, X)) + b",
        "It looks like the bias is added after the sigmoid. The answer can then leave the range from 0 to 1. Look "
        "at what stands inside the brackets of the sigmoid in the formula.",
    ),
    Misconception(
        weights_not_summed,
        hint="It looks like w and X are multiplied entry by entry, so that every feature gives an answer of its "
        "own. One example has one answer, made from all its features. Print A.shape, and see which operation "
        "multiplies and adds up.",
    ),
    edit(
        "gradients_exchanged",
        '{"dw": dw, "db": db}',
        '{"dw": db, "db": dw}',
        "dw and db seem to have changed places. The dictionary has a name for each of them. Look at which value "
        "goes with which key.",
    ),
)

# --- optimize ------------------------------------------------------------------------------------------------------

LOOP = "range(num_iterations)"
STEP_W = 'w = w - learning_rate * grads["dw"]'
STEP_B = 'b = b - learning_rate * grads["db"]'
RECORD = "if i % 100 == 0:"


def propagates_once(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):  # noqa: ARG001
    """Compute the gradients before the loop and use them in every step."""
    grads, cost = reference.propagate(w, b, X, Y)
    costs = []
    for i in range(num_iterations):
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs


def returns_the_start(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):  # noqa: ARG001
    """Return the parameters as they were before the loop."""
    _, grads, costs = reference.optimize(w, b, X, Y, num_iterations, learning_rate)
    return {"w": w, "b": b}, grads, costs


def step_not_assigned(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):  # noqa: ARG001
    """Compute the new values and throw them away."""
    return reference.optimize(w, b, X, Y, num_iterations, 0.0)


def gradients_after_the_last_step(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):  # noqa: ARG001
    """Compute the gradients once more where the descent has ended."""
    params, _, costs = reference.optimize(w, b, X, Y, num_iterations, learning_rate)
    return params, reference.propagate(params["w"], params["b"], X, Y)[0], costs


def cost_after_the_step(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):  # noqa: ARG001
    """Note the cost of the new parameters instead of those that the iteration began with."""
    costs = []
    for i in range(num_iterations):
        grads, _ = reference.propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(reference.propagate(w, b, X, Y)[1])
    return {"w": w, "b": b}, grads, costs


OPTIMIZE = (
    edit(
        "cost_every_iteration",
        RECORD,
        "if True:",
        "It looks like every iteration notes its cost. The list is meant to be short: one cost in a hundred "
        "iterations. Look at the condition that decides whether a cost is noted, and at its indentation.",
    ),
    edit(
        "w_never_updated",
        STEP_W,
        "w = w",
        "It looks like w comes back as it was given. The weights are what is to be learned. Look at what your loop "
        "assigns to w, and at which w is returned.",
    ),
    edit(
        "b_never_updated",
        STEP_B,
        "b = b",
        "It looks like b comes back as it was given. The bias is learned as well, with a slope of its own. Look at "
        "what your loop assigns to b, and at which b is returned.",
    ),
    Misconception(
        returns_the_start,
        hint="w and b come back as they were given. It looks like what the steps compute never gets into params. "
        "Look at what your update assigns to, and at where params is filled.",
    ),
    Misconception(
        step_not_assigned,
        hint="The gradients and costs are those of the w and b that were handed in, even after many iterations. "
        "Each iteration should start where the one before has ended. Look at what your update assigns to, and at "
        "which lines are inside the loop.",
    ),
    Misconception(
        name="learning_rate_hard_coded",
        edit=((STEP_W, STEP_W.replace("learning_rate", "0.009")), (STEP_B, STEP_B.replace("learning_rate", "0.009"))),
        hint="It looks like the steps are always of the same size, whatever learning_rate is given. A function has "
        "to use its arguments; 0.009 is only what it takes when nothing is said. Look for a number in your update.",
    ),
    Misconception(
        name="learning_rate_forgotten",
        edit=((STEP_W, 'w = w - grads["dw"]'), (STEP_B, 'b = b - grads["db"]')),
        hint="It looks like each step takes the whole gradient. Such steps overshoot; how much of the gradient is "
        "used is what the learning rate says. Compare your update with the formula: is a factor missing?",
    ),
    Misconception(
        name="climbs",
        edit=((STEP_W, STEP_W.replace("w -", "w +")), (STEP_B, STEP_B.replace("b -", "b +"))),
        hint="Your cost grows from step to step, as if the gradient were added. The gradient points uphill, and we "
        "want to get down. Look at the sign in your update.",
    ),
    Misconception(
        propagates_once,
        hint="It looks like the gradients are computed once and then used for all steps. After a step you stand "
        "somewhere else, and the slope there is another. Look at which lines belong inside the loop.",
    ),
    Misconception(
        gradients_after_the_last_step,
        hint="The gradients are those of the place to which the last step has led. Asked for are the ones that the "
        "last step was made with. Count the calls of propagate, and look for one too many.",
    ),
    edit(
        "one_iteration_too_few",
        LOOP,
        "range(num_iterations - 1)",
        "The steps look right, but there is one too few of them. `range(k)` counts from 0 to k - 1, which makes k "
        "rounds. Work out by hand how often your loop runs for num_iterations = 3.",
    ),
    edit(
        "one_iteration_too_many",
        LOOP,
        "range(num_iterations + 1)",
        "The steps look right, but there is one too many of them. `range(k)` counts from 0 to k - 1, which makes k "
        "rounds. Work out by hand how often your loop runs for num_iterations = 3.",
    ),
    edit(
        "starts_at_one_and_stops_early",
        LOOP,
        "range(1, num_iterations)",
        "It looks like your counter starts at 1 and stops before num_iterations, so a step is missing, and so is "
        "the first cost. Work out by hand which values your counter takes for num_iterations = 3.",
    ),
    edit(
        "counts_from_one",
        LOOP,
        "range(1, num_iterations + 1)",
        "The steps are right, but the costs are noted one iteration early, as if the first iteration had number 1. "
        "Iterations are counted from 0 here. In which iteration should the first cost be noted?",
    ),
    edit(
        "first_cost_left_out",
        RECORD,
        "if i % 100 == 0 and i > 0:",
        "It looks like the cost of iteration 0 is left out. It is what you started from, and 0 is a multiple of 100 "
        "too. Look at the condition that decides whether a cost is noted.",
    ),
    edit(
        "last_cost_only",
        RECORD,
        "if i == num_iterations - 1:",
        "It looks like only the last cost is noted. The list should show how the cost changed on the way. Look at "
        "where the cost is appended, and in which iterations.",
    ),
    Misconception(
        cost_after_the_step,
        hint="It looks like the costs are computed after the step of their iteration. The cost that is asked for is "
        "the one that comes with the gradients, before w and b change. Look at the order of the lines in your loop.",
    ),
    edit(
        "iterations_hard_coded",
        LOOP,
        "range(100)",
        "It looks like the loop always runs equally often, whatever num_iterations is given. A function has to use "
        "its arguments. Look at the number in your loop's head.",
    ),
    edit(
        "returns_inside_the_loop",
        LOOP,
        "range(1)",
        "It looks like only the first iteration takes place. A return inside the loop ends the function at once. "
        "Look at the indentation of the lines after the loop.",
    ),
    edit(
        "b_updated_with_dw",
        STEP_B,
        STEP_B.replace("db", "dw"),
        "It looks like b is changed by dw, and so becomes a column. The bias has a slope of its own, which is a "
        "number. Look at the key that you use in the update of b.",
    ),
    edit(
        "w_updated_with_db",
        STEP_W,
        STEP_W.replace("dw", "db"),
        "It looks like all weights are changed by the same amount, db. Every weight has a slope of its own. Look at "
        "the key that you use in the update of w.",
    ),
    Misconception(
        name="averaged_twice",
        edit=(
            (STEP_W, STEP_W.replace("learning_rate", "learning_rate / X.shape[1]")),
            (STEP_B, STEP_B.replace("learning_rate", "learning_rate / X.shape[1]")),
        ),
        hint="Your steps are m times too small, as if they were averaged over the examples once more. The gradients "
        "are averages already. Look for a second division by m in your update.",
    ),
    edit(
        "parameters_exchanged",
        '{"w": w, "b": b}',
        '{"w": b, "b": w}',
        "w and b seem to have changed places in the dictionary. It has a name for each of them. Look at which value "
        "goes with which key.",
    ),
    edit(
        "costs_and_gradients_exchanged",
        "return params, grads, costs",
        "return params, costs, grads",
        "The second and the third result seem to have changed places. Whoever calls the function goes by their "
        "order. Look at the order in which the docstring names the results.",
    ),
)

# --- predict -------------------------------------------------------------------------------------------------------

DECIDE = "Y_prediction = (A > 0.5).astype(float)"


def decides_for_the_first_only(w, b, X):
    """Leave all entries but the first at zero."""
    decided = reference.predict(w, b, X)
    decided[:, 1:] = 0
    return decided


PREDICT = (
    edit(
        "probabilities_returned",
        DECIDE,
        "Y_prediction = A",
        "These look like the probabilities themselves. A prediction says 0 or 1, nothing in between. Which step "
        "turns a probability into a decision?",
    ),
    edit(
        "predictions_in_a_column",
        DECIDE,
        "Y_prediction = (A > 0.5).astype(float).T",
        "The decisions are right, but they stand in a column. Labels are a row with one entry for each example, and "
        "predictions are compared with labels. Look at the order of the factors in your product, and print its "
        "shape.",
    ),
    edit(
        "predictions_flat",
        DECIDE,
        "Y_prediction = (A > 0.5).astype(float)[0]",
        "The decisions are right, but the result has only one axis. The labels are a row with two axes, and a "
        "prediction should be like them. Print the shape of your result, and see which step loses an axis.",
    ),
    edit(
        "activation_forgotten",
        FORWARD,
        "A = np.dot(w.T, X) + b",
        "It looks like z is compared with the threshold, not the probability. Some examples that are likelier than "
        "not are then given label 0. Which function stands between z and A?",
    ),
    edit(
        "labels_exchanged",
        DECIDE,
        "Y_prediction = (A < 0.5).astype(float)",
        "Your 0s and 1s have changed places. A is the probability of label 1, so a large one speaks for 1. Look at "
        "the direction of your comparison.",
    ),
    edit(
        "bias_forgotten",
        FORWARD,
        "A = sigmoid(np.dot(w.T, X))",
        "It looks like the bias is left out of the prediction. It was learned together with the weights, and shifts "
        "every decision. Compare your A with the formula, term by term.",
    ),
    edit(
        "labels_plus_and_minus_one",
        DECIDE,
        "Y_prediction = np.where(A > 0.5, 1.0, -1.0)",
        "Your predictions are 1 and -1. The labels in this course are 0 and 1, and predictions are compared with "
        "labels. Look at the value that you give when the probability is small.",
    ),
    edit(
        "threshold_at_zero",
        DECIDE,
        "Y_prediction = (A > 0).astype(float)",
        "Your function says 1 for every example. It looks like the probability is compared with 0, and any "
        "probability is larger. What does a probability of 0.2 say about the label?",
    ),
    Misconception(
        decides_for_the_first_only,
        hint="It looks like only the first example gets a decision, and the others stay 0. A return inside a loop "
        "ends the function at once, and an index that never changes fills one place only. Look at your loop and its "
        "indentation.",
    ),
    edit(
        "never_filled",
        DECIDE,
        "Y_prediction = np.zeros((1, X.shape[1]))",
        "Your function says 0 for every example, as if the row of zeros that you made were never filled. Decisions "
        "have to be put into it. Look at where you assign, and to what.",
    ),
    edit(
        "weights_not_summed",
        FORWARD,
        "A = sigmoid(w * X + b)",
        "It looks like w and X are multiplied entry by entry, so that every feature decides for itself. One example "
        "gets one decision, made from all its features. Print the shape of A.",
    ),
    edit(
        "threshold_on_the_average",
        DECIDE,
        "Y_prediction = (A > np.mean(A)).astype(float)",
        "It looks like every probability is compared with their average. The decision about one example should not "
        "depend on the others. Look at what the text says about the threshold.",
    ),
)

# --- model ---------------------------------------------------------------------------------------------------------

LEARN = "optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)"
TEST = "predict(w, b, X_test)"
TRAIN = "predict(w, b, X_train)"
TAKE_W = 'w = params["w"]'
TAKE_B = 'b = params["b"]'

MODEL = (
    Misconception(
        name="predicts_before_learning",
        edit=((TEST, "predict(0 * w, 0.0, X_test)"), (TRAIN, "predict(0 * w, 0.0, X_train)")),
        hint="Your predictions are those of w and b before the training, when both are zero. What has been learned "
        "does not get into them. Look at which w and b you hand to predict, and where these come from.",
    ),
    Misconception(
        name="parameters_not_taken",
        edit=((TAKE_W, ""), (TAKE_B, "")),
        hint="Your w and b are still zeros. optimize does not change the variables of its caller: it returns what "
        "it has learned. Look at what you do with its first result.",
    ),
    edit(
        "defaults_of_optimize",
        LEARN,
        "optimize(w, b, X_train, Y_train)",
        "It looks like the training always runs with the default settings of optimize. What your function is given "
        "as num_iterations and learning_rate never gets there. Look at the arguments in your call of optimize.",
    ),
    edit(
        "settings_hard_coded",
        LEARN,
        "optimize(w, b, X_train, Y_train, 2000, 0.5)",
        "It looks like the number of iterations and the learning rate are written into the call as numbers. The "
        "defaults in the head of a function are only used when nothing is given. Look at the arguments in your call "
        "of optimize.",
    ),
    edit(
        "learning_rate_hard_coded",
        LEARN,
        "optimize(w, b, X_train, Y_train, num_iterations, 0.5)",
        "It looks like the learning rate is written into the call as a number. Your function is given one, and has "
        "to pass it on. Look at the arguments in your call of optimize.",
    ),
    edit(
        "learning_rate_not_passed_on",
        LEARN,
        "optimize(w, b, X_train, Y_train, num_iterations)",
        "It looks like the training uses the default learning rate of optimize. What your function is given never "
        "gets there. Look at the arguments in your call of optimize.",
    ),
    edit(
        "learns_from_the_test_set",
        LEARN,
        "optimize(w, b, X_test, Y_test, num_iterations, learning_rate)",
        "It looks like the model learns from the test set. That set is there to find out how it does on examples "
        "that it has never seen. Look at which examples you hand to optimize.",
    ),
    Misconception(
        name="learns_from_both_sets",
        edit=(
            (
                LEARN,
                LEARN.replace("X_train", "np.hstack((X_train, X_test))").replace(
                    "Y_train", "np.hstack((Y_train, Y_test))"
                ),
            ),
        ),
        hint="It looks like the model learns from the training set and the test set together. Then nothing is left "
        "to find out how it does on examples that it has never seen. Look at which examples you hand to optimize.",
    ),
    edit(
        "test_predictions_for_the_training_set",
        TEST,
        TRAIN,
        "Y_prediction_test seems to hold predictions for the training set. The test set has other examples, and "
        "mostly another number of them. Look at which examples you hand to predict, and where the result goes.",
    ),
    edit(
        "training_predictions_for_the_test_set",
        TRAIN,
        TEST,
        "Y_prediction_train seems to hold predictions for the test set. The training set has other examples, and "
        "mostly another number of them. Look at which examples you hand to predict, and where the result goes.",
    ),
    Misconception(
        name="accuracies_returned",
        edit=(
            (TEST, "100 - np.mean(np.abs(predict(w, b, X_test) - Y_test)) * 100"),
            (TRAIN, "100 - np.mean(np.abs(predict(w, b, X_train) - Y_train)) * 100"),
        ),
        hint="It looks like the share of right predictions is returned where the predictions themselves are asked "
        "for. The share can be worked out from them, but not the other way round. Look at what the docstring says "
        "about the dictionary.",
    ),
    Misconception(
        name="settings_not_reported",
        edit=(
            ('"learning_rate": learning_rate', '"learning_rate": 0.5'),
            ('"num_iterations": num_iterations', '"num_iterations": 2000'),
        ),
        hint="The settings in your dictionary are the defaults, not the ones that were given. They are kept there "
        "to tell later how the model was trained. Look at the last two entries of the dictionary.",
    ),
)
