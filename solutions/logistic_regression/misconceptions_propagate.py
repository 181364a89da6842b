"""Wrong ideas about the cost and its gradients.

A hint says what it looks like was done, why that isn't it, and what to look at. The commonest come first: where
several fit, the first is named, and its hint is true of the others too.
"""

import numpy as np

from grader import Misconception

from . import reference
from .edits import edit

FORWARD = "A = sigmoid(np.dot(w.T, X) + b)"
COST = "cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m"
DW = "dw = np.dot(X, dZ.T) / m"
DB = "db = np.sum(dZ) / m"

LOG_TRANSPOSED = (
    "It looks like a row is multiplied entry by entry with a column. numpy makes a whole (m, m) table of that: "
    "every label meets every answer, where each should meet only its own. Look for a transpose next to a `*` in the "
    "cost."
)
BRACKET_CLOSED_EARLY = (
    "It looks like a bracket closes too early, so that only the first term is summed. The second then stays an "
    "array, one entry for each example. Count the brackets of your sum."
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
        BRACKET_CLOSED_EARLY,
    ),
    edit(
        "cost_sums_the_first_term_only",
        COST,
        "cost = -(np.sum(Y * np.log(A)) + (1 - Y) * np.log(1 - A)) / m",
        BRACKET_CLOSED_EARLY,
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
