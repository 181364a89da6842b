"""Wrong ideas about softmax and the two losses.

A hint says what it looks like was done, why that isn't it, and what to look at. The commonest come first: where
several fit, the first is named.
"""

from .edits import edit

# --- softmax ---

EXPONENTIALS = "x_exp = np.exp(x)"
SUMS = "x_sum = np.sum(x_exp, axis=1, keepdims=True)"
SHARES = "s = x_exp / x_sum"

SOFTMAX = (
    edit(
        "sum_over_everything",
        SUMS,
        "x_sum = np.sum(x_exp)",
        "It looks like all entries of the matrix add up to 1 together. Every row is to be a set of probabilities of "
        "its own. Look at what the sum needs so that it does not go over everything.",
    ),
    edit(
        "sum_over_columns",
        SUMS,
        "x_sum = np.sum(x_exp, axis=0, keepdims=True)",
        "It looks like each column adds up to 1, where each row should. The axis in the call is the one that is "
        "used up. Which axis has to go so that one number is left for each row?",
    ),
    edit(
        "axis_lost",
        SUMS,
        "x_sum = np.sum(x_exp, axis=1)",
        "It looks like the sums of the rows are lined up with the columns. Without a second axis numpy counts from "
        "the right, and the last axis of x is its columns. Print the shape of the sums before you divide.",
    ),
    edit(
        "exponential_forgotten",
        EXPONENTIALS,
        "x_exp = x",
        "It looks like the scores themselves are divided by their sum. Scores can be negative, and probabilities "
        "can't. Which step of the formula makes everything positive?",
    ),
    edit(
        "divided_by_the_scores",
        SUMS,
        "x_sum = np.sum(x, axis=1, keepdims=True)",
        "It looks like the exponentials are divided by the sum of the scores. The rows then don't add up to 1. What "
        "does the formula sum below the fraction bar?",
    ),
    edit(
        "negative_exponent",
        EXPONENTIALS,
        "x_exp = np.exp(-x)",
        "In your result the smallest score gets the largest share. It looks like the exponent has a minus, as in "
        "the sigmoid. Compare the exponent with the formula.",
    ),
    edit(
        "logarithms",
        SHARES,
        "s = np.log(x_exp / x_sum)",
        "All your results are negative. It looks like the logarithm of the probabilities is returned. Look for a "
        "last step that the formula does not have.",
    ),
    edit(
        "sums_returned",
        SHARES,
        "s = x_sum",
        "These look like the sums of the rows. They are a step on the way. What is to be divided by them?",
    ),
    edit(
        "exponentials_returned",
        SHARES,
        "s = x_exp",
        "These look like the exponentials. They are positive, but a row does not add up to 1 yet. Which step is left?",
    ),
    edit(
        "sigmoid_instead",
        SHARES,
        "s = x_exp / (1 + x_exp)",
        "This looks like the sigmoid of every entry. It treats the scores one by one, while softmax weighs them "
        "against the others in their row. Look at what stands below the fraction bar.",
    ),
    edit(
        "divided_by_the_largest",
        SUMS,
        "x_sum = np.max(x_exp, axis=1, keepdims=True)",
        "It looks like every row is divided by its largest entry. Then the largest share is always 1, and the row "
        "adds up to more. Look at what stands below the fraction bar.",
    ),
    edit(
        "decided_too_early",
        SHARES,
        "s = (x_exp == np.max(x_exp, axis=1, keepdims=True)) * 1.0",
        "Your rows hold 1 for the largest score and 0 for the others. That is the decision; softmax gives every "
        "score its share. Look for a comparison that the formula does not have.",
    ),
)

# --- L1 and L2 ---

ABSOLUTE = "loss = np.sum(np.abs(y - yhat))"
SQUARES = "loss = np.sum((y - yhat) ** 2)"

NOT_SUMMED = (
    "It looks like there is still one error for each prediction. The loss is one number for all of them. What does "
    "the big sigma in the formula ask for?"
)
SIGNED = (
    "It looks like the errors are added with their signs. An error of 0.5 and one of -0.5 then make up for each "
    "other, although both predictions are off. Which step of the formula makes every error count?"
)

L1 = (
    edit("not_summed", ABSOLUTE, "loss = np.abs(y - yhat)", NOT_SUMMED),
    edit("signed_errors", ABSOLUTE, "loss = np.sum(y - yhat)", SIGNED),
    edit("signed_errors_turned_round", ABSOLUTE, "loss = np.sum(yhat - y)", SIGNED),
    edit(
        "absolute_value_of_the_sum",
        ABSOLUTE,
        "loss = np.abs(np.sum(y - yhat))",
        "It looks like the errors are added first, and the absolute value is taken of the sum. Errors of different "
        "signs have cancelled by then. In which order does the formula do the two?",
    ),
    edit(
        "averaged",
        ABSOLUTE,
        "loss = np.mean(np.abs(y - yhat))",
        "It looks like the errors are averaged. This loss is a sum: it grows with the number of predictions. Look "
        "for a factor in front of the sigma in the formula.",
    ),
    edit(
        "squared",
        ABSOLUTE,
        "loss = np.sum((y - yhat) ** 2)",
        "It looks like the errors are squared. That is the other loss, in which large errors weigh more. Look at "
        "the bars around the difference in the formula.",
    ),
    edit(
        "difference_of_absolute_values",
        ABSOLUTE,
        "loss = np.sum(np.abs(y) - np.abs(yhat))",
        "It looks like the absolute values are taken first, and then subtracted. What counts is how far two numbers "
        "are apart. Look at what stands between the bars in the formula.",
    ),
    edit(
        "largest_error_only",
        ABSOLUTE,
        "loss = np.max(np.abs(y - yhat))",
        "It looks like only the largest error counts. Here every prediction adds to the loss. Look at the sigma in "
        "the formula.",
    ),
    edit(
        "sum_instead_of_difference",
        ABSOLUTE,
        "loss = np.sum(np.abs(y + yhat))",
        "It looks like predictions and true values are added. A perfect prediction should cost nothing. Look at the "
        "sign between the two in the formula.",
    ),
    edit(
        "predictions_forgotten",
        ABSOLUTE,
        "loss = np.sum(np.abs(y))",
        "It looks like only one of the two arrays is used. The loss says how far they are apart. Look at which "
        "arguments appear in your line.",
    ),
)

L2 = (
    edit("not_summed", SQUARES, "loss = (y - yhat) ** 2", NOT_SUMMED),
    edit(
        "averaged",
        SQUARES,
        "loss = np.mean((y - yhat) ** 2)",
        "It looks like the squares are averaged. This loss is a sum: it grows with the number of predictions. Look "
        "for a factor in front of the sigma in the formula.",
    ),
    edit(
        "square_of_the_sum",
        SQUARES,
        "loss = np.sum(y - yhat) ** 2",
        "It looks like the errors are added first, and the sum is squared. Errors of different signs have cancelled "
        "by then. In which order does the formula do the two? Mind the brackets.",
    ),
    edit(
        "root_taken",
        SQUARES,
        "loss = np.sqrt(np.sum((y - yhat) ** 2))",
        "It looks like a root is taken at the end, which makes a distance of it. This loss stays a sum of squares. "
        "Look for a step that the formula does not have (np.linalg.norm has it inside).",
    ),
    edit(
        "absolute_errors",
        SQUARES,
        "loss = np.sum(np.abs(y - yhat))",
        "It looks like the errors are added without being squared. That is the other loss. Look at the exponent in "
        "the formula.",
    ),
    edit(
        "halved",
        SQUARES,
        "loss = np.sum((y - yhat) ** 2) / 2",
        "Your loss is half of what it should be. Some texts put a factor in front to make the slope look nicer; "
        "this one does not. Compare your line with the formula.",
    ),
    edit(
        "difference_of_squares",
        SQUARES,
        "loss = np.sum(y**2 - yhat**2)",
        "It looks like the squares are taken first, and then subtracted. What counts is the square of how far two "
        "numbers are apart. Look at what the exponent in the formula belongs to.",
    ),
    edit(
        "doubled_not_squared",
        SQUARES,
        "loss = np.sum((y - yhat) * 2)",
        "It looks like the errors are doubled. `*` with a 2 doubles; raising to a power is another operator. Look "
        "at the exponent in the formula.",
    ),
    edit(
        "sum_instead_of_difference",
        SQUARES,
        "loss = np.sum((y + yhat) ** 2)",
        "It looks like predictions and true values are added. A perfect prediction should cost nothing. Look at the "
        "sign between the two in the formula.",
    ),
)
