"""Wrong ideas about predictions and about the whole model.

A hint says what it looks like was done, why that isn't it, and what to look at. The commonest come first: where
several fit, the first is named, and its hint is true of the others too.
"""

import numpy as np

from grader import Misconception

from . import reference
from .edits import edit

# --- predict ---

FORWARD = "A = sigmoid(np.dot(w.T, X) + b)"
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
        "Your function says 0 for every example. Either a row of zeros was never filled, or no probability reaches "
        "what it is compared with. Look at what you compare with what, and at where the decisions go.",
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

# --- model ---

LEARN = "optimize(w, b, X_train, Y_train, num_iterations, learning_rate)"
TEST = "predict(w, b, X_test)"
TRAIN = "predict(w, b, X_train)"
TAKE_W = 'w = params["w"]'
TAKE_B = 'b = params["b"]'


def settings_hard_coded(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):  # noqa: ARG001
    """Train for 2,000 iterations at 0.5, whatever is given.

    Written out, because so many calls of `propagate` would take most of the time that making a key takes.
    """
    w, b = reference.initialize_with_zeros(X_train.shape[0])
    m = X_train.shape[1]
    costs = []
    for i in range(2000):
        A = 1 / (1 + np.exp(-(np.dot(w.T, X_train) + b)))
        if i % 100 == 0:
            costs.append(reference.propagate(w, b, X_train, Y_train)[1])
        w = w - 0.5 * np.dot(X_train, (A - Y_train).T) / m
        b = b - 0.5 * (A - Y_train).sum() / m
    return {
        "costs": costs,
        "Y_prediction_test": reference.predict(w, b, X_test),
        "Y_prediction_train": reference.predict(w, b, X_train),
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }


MODEL = (
    Misconception(
        name="predicts_before_learning",
        edit=((TEST, "predict(0 * w, 0.0, X_test)"), (TRAIN, "predict(0 * w, 0.0, X_train)")),
        hint="All your predictions are 0, as they are for w and b before the training, when both are zero. What has "
        "been learned should show in them. Look at which w and b you hand to predict, and at what they were learned "
        "from.",
    ),
    Misconception(
        name="parameters_not_taken",
        edit=((TAKE_W, ""), (TAKE_B, "")),
        hint="Your w and b are still zeros. optimize does not change the variables of its caller: it returns what "
        "it has learned. Look at what you do with its first result, and at what you hand to it.",
    ),
    edit(
        "defaults_of_optimize",
        LEARN,
        "optimize(w, b, X_train, Y_train)",
        "It looks like the training always runs with the default settings of optimize. What your function is given "
        "as num_iterations and learning_rate never gets there. Look at the arguments in your call of optimize.",
    ),
    Misconception(
        settings_hard_coded,
        hint="It looks like the number of iterations and the learning rate are written into the call as numbers. "
        "The defaults in the head of a function are only used when nothing is given. Look at the arguments in your "
        "call of optimize.",
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
