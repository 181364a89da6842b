"""Wrong ideas about the first steps with numpy, as small edits of the reference, each with a hint.

A hint says what it looks like was done, why that isn't it, and what to look at. The commonest come first: where several
fit, the first is named.
"""

from grader import Misconception


def edit(name, old, new, hint):
    """Make a misconception of one replaced piece of the reference."""
    return Misconception(name=name, edit=((old, new),), hint=hint)


# --- basic_sigmoid and sigmoid -------------------------------------------------------------------------------------


def fraction_ideas(exp):
    """Make the wrong ideas about the formula of the sigmoid, which are the same for math.exp and np.exp."""
    fraction = f"1 / (1 + {exp}(-x))"
    return (
        edit(
            "no_brackets",
            fraction,
            f"1 / 1 + {exp}(-x)",
            "It looks like Python divides before it adds, because nothing holds the two summands together. The "
            "result can then exceed 1, which the sigmoid never does. Look at what stands below the fraction bar in "
            "the formula.",
        ),
        edit(
            "no_brackets_and_no_minus",
            fraction,
            f"1 / 1 + {exp}(x)",
            "It looks like two things happened: Python divides before it adds, and the exponent has lost its sign. "
            "The result grows without end, where the sigmoid stays below 1. Compare the formula with your line "
            "piece by piece.",
        ),
        edit(
            "exponent_without_minus",
            fraction,
            f"1 / (1 + {exp}(x))",
            "Your curve falls where it should rise, as if the exponent had the other sign. A large positive x "
            "should give nearly 1. Look at the sign in front of x in the formula.",
        ),
        edit(
            "exponential_only",
            fraction,
            f"{exp}(-x)",
            "This looks like the exponential alone. It has no upper bound, while the sigmoid stays between 0 and 1. "
            "Look at the rest of the formula around it.",
        ),
        edit(
            "denominator_without_the_one",
            fraction,
            f"1 / {exp}(-x)",
            "It looks like a term of the denominator is missing, so that your result is an exponential, which grows "
            "without end. Which two terms stand below the fraction bar?",
        ),
        edit(
            "slope_instead_of_value",
            fraction,
            f"1 / (1 + {exp}(-x)) * (1 - 1 / (1 + {exp}(-x)))",
            "This looks like the slope of the sigmoid, not the sigmoid. It is a hill that is nowhere above 0.25, "
            "where the sigmoid keeps rising to 1. Look at which of the two this question asks for.",
        ),
        edit(
            "rounded",
            fraction,
            f"round(1 / (1 + {exp}(-x)))" if exp == "math.exp" else f"np.round(1 / (1 + {exp}(-x)))",
            "Your results are only 0 and 1. The sigmoid takes every value in between, with all its digits. Look for "
            "rounding or a comparison in your function.",
        ),
    )


BASIC_SIGMOID = (
    *fraction_ideas("math.exp"),
    edit(
        "hyperbolic_tangent",
        "1 / (1 + math.exp(-x))",
        "math.tanh(x)",
        "This looks like tanh, another S-shaped curve. It runs from -1 to 1, but the sigmoid is never negative. "
        "Check which value your function has at x = 0.",
    ),
    edit(
        "logarithm_inside",
        "1 / (1 + math.exp(-x))",
        "math.log(1 + math.exp(x))",
        "This looks like the logarithm of 1 plus an exponential, a curve of which the sigmoid is the slope. It "
        "keeps growing, while the sigmoid stays below 1. Look at the formula again: it is a fraction.",
    ),
)

SIGMOID = (
    *fraction_ideas("np.exp"),
    edit(
        "minus_in_the_denominator",
        "1 / (1 + np.exp(-x))",
        "1 / (1 - np.exp(-x))",
        "It looks like the denominator is a difference. It then becomes 0 at x = 0, where the sigmoid is 0.5. Look "
        "at the sign between the two terms below the fraction bar.",
    ),
    edit(
        "hyperbolic_tangent",
        "1 / (1 + np.exp(-x))",
        "np.tanh(x)",
        "This looks like tanh, another S-shaped curve. It runs from -1 to 1, but the sigmoid is never negative. "
        "Check which value your function has at x = 0.",
    ),
    edit(
        "exponential_over_exponential",
        "1 / (1 + np.exp(-x))",
        "np.exp(x) / (1 + np.exp(x))",
        "On paper your fraction is the sigmoid, but for a large x both its parts become infinite in the computer, "
        "and infinity by infinity is nan. Which form of the fraction stays finite when x is 1000?",
    ),
    edit(
        "softmax_of_all",
        "1 / (1 + np.exp(-x))",
        "np.exp(x) / np.sum(np.exp(x))",
        "It looks like the entries are made to add up to 1, which is softmax. The sigmoid takes every entry by "
        "itself: the others don't matter to it. Look for a sum over the array that the formula does not have.",
    ),
)

# --- sigmoid_derivative --------------------------------------------------------------------------------------------

SLOPE = "ds = s * (1 - s)"

SIGMOID_DERIVATIVE = (
    edit(
        "matrix_product",
        SLOPE,
        "ds = np.dot(s, 1 - s)",
        "It looks like the two factors go through np.dot, which multiplies rows with columns and adds up. The slope "
        "at one entry has nothing to do with the other entries. Which operator multiplies entry by entry?",
    ),
    edit(
        "value_instead_of_slope",
        SLOPE,
        "ds = s",
        "This looks like the sigmoid itself. Its slope is small where the curve is flat, far out on both sides. "
        "Look at what the formula does with the value of the sigmoid.",
    ),
    edit(
        "of_x_not_of_the_sigmoid",
        SLOPE,
        "ds = x * (1 - x)",
        "It looks like the formula is applied to x itself. It is made of values of the sigmoid, which stay between "
        "0 and 1. What should be computed first?",
    ),
    edit(
        "one_factor_of_x",
        SLOPE,
        "ds = s * (1 - x)",
        "It looks like one of the two factors is made from x and not from the sigmoid. Your slope then becomes "
        "large far out, where the curve is flat. Look at what is subtracted from 1.",
    ),
    edit(
        "plus_in_the_bracket",
        SLOPE,
        "ds = s * (1 + s)",
        "It looks like a sign in the bracket is turned round. Your slope keeps growing, although the curve is flat "
        "far out on the right. Compare the bracket with the formula.",
    ),
    edit(
        "sign_flipped",
        SLOPE,
        "ds = s * (s - 1)",
        "Your slopes are negative, but the sigmoid rises everywhere. It looks like the two terms of the bracket "
        "have changed places. Compare the bracket with the formula.",
    ),
    edit(
        "first_factor_missing",
        SLOPE,
        "ds = 1 - s",
        "It looks like one of the two factors is missing. Your result is nearly 1 far out on the left, where the "
        "curve is flat. Count the factors in the formula.",
    ),
    edit(
        "slope_of_tanh",
        SLOPE,
        "ds = 1 - s ** 2",
        "This looks like the rule for the slope of tanh. Each curve has its own rule, and this one gives a steep "
        "slope where the sigmoid is flat. Look at the formula in the text.",
    ),
    edit(
        "squared",
        SLOPE,
        "ds = s ** 2",
        "It looks like the square of the sigmoid. It keeps growing to the right, but there the curve gets flatter "
        "and flatter. Look at the second factor of the formula.",
    ),
    edit(
        "sigmoid_twice",
        SLOPE,
        "ds = sigmoid(s) * (1 - sigmoid(s))",
        "It looks like the sigmoid is taken twice, once of x and then of the result. The formula uses the sigmoid "
        "of x as it is. Count the calls of sigmoid on the way to your result.",
    ),
)

# --- image2vector --------------------------------------------------------------------------------------------------

COLUMN = "v = image.reshape(image.shape[0] * image.shape[1] * image.shape[2], 1)"

IMAGE2VECTOR = (
    edit(
        "flat",
        COLUMN,
        "v = image.reshape(image.size)",
        "The numbers are right, but they stand in an array with one axis, which is neither a row nor a column. A "
        "column has two axes, the second of size 1. Print the shape of your result next to the one in the docstring.",
    ),
    edit(
        "row",
        COLUMN,
        "v = image.reshape(1, -1)",
        "It looks like the numbers stand in a row. A column is wanted, one number below the other. Which of the two "
        "sizes in a shape counts the rows?",
    ),
    edit(
        "transposed_first",
        COLUMN,
        "v = image.T.reshape(-1, 1)",
        "The shape is right, but the numbers come in another order, as if the picture had been transposed on the "
        "way. The order should stay as it is in the picture. Look for a `.T` or an `order=` in your line.",
    ),
    edit(
        "colours_one_after_the_other",
        COLUMN,
        "v = image.transpose(2, 0, 1).reshape(-1, 1)",
        "The shape is right, but it looks like each colour is written out separately. The numbers of one pixel "
        "stand next to each other in the picture and should stay so. Look for a step that moves axes.",
    ),
    edit(
        "rows_and_columns_exchanged",
        COLUMN,
        "v = image.transpose(1, 0, 2).reshape(-1, 1)",
        "The shape is right, but it looks like the picture is gone through column by column. The order should stay "
        "as it is in the array. Look for a step that exchanges the first two axes.",
    ),
    edit(
        "pixels_below_each_other",
        COLUMN,
        "v = image.reshape(-1, image.shape[2])",
        "It looks like the colours still stand side by side: one row a pixel. A column holds a single number in "
        "each row. Which of the three sizes have to be multiplied?",
    ),
    edit(
        "first_axis_kept",
        COLUMN,
        "v = image.reshape(image.shape[0], -1)",
        "It looks like the first axis is kept, which is how a whole batch of pictures is flattened. Here there is "
        "one picture, and all its numbers belong in one column. Which of the three sizes have to be multiplied?",
    ),
    edit(
        "one_colour_only",
        COLUMN,
        "v = image[:, :, 0].reshape(-1, 1)",
        "It looks like only one of the colours is left. A neuron is to see all of them. Compare how many numbers "
        "the picture has with how many your result has.",
    ),
    edit(
        "never_filled",
        COLUMN,
        "v = np.zeros((image.size, 1))",
        "The shape is right, but all entries are the same. It looks like a new array was made and never filled with "
        "the picture's numbers. Look for the step that should take them over.",
    ),
    edit(
        "scaled",
        COLUMN,
        "v = image.reshape(-1, 1) / 255",
        "The order is right, but every number is 255 times too small. Scaling the colours is a step of its own, and "
        "not asked for here. Look for a division.",
    ),
    edit(
        "unchanged",
        COLUMN,
        "v = image",
        "Your function returns the picture in the shape that it came in. reshape does not change an array: it "
        "returns a new one. Look at what you do with its result.",
    ),
)

# --- normalize_rows ------------------------------------------------------------------------------------------------

NORMS = "norms = np.linalg.norm(x, axis=1, keepdims=True)"
DIVIDED = "normalized = x / norms"

NORMALIZE_ROWS = (
    edit(
        "columns_normalized",
        NORMS,
        "norms = np.linalg.norm(x, axis=0, keepdims=True)",
        "It looks like the columns have length 1, not the rows. The axis in the call is the one that is used up. "
        "Which axis has to go so that one number is left for each row?",
    ),
    edit(
        "axis_lost",
        NORMS,
        "norms = np.linalg.norm(x, axis=1)",
        "It looks like the lengths of the rows are lined up with the columns. Without a second axis numpy counts "
        "from the right, and the last axis of x is its columns. Print the shape of the lengths before you divide.",
    ),
    edit(
        "one_length_for_all",
        NORMS,
        "norms = np.linalg.norm(x)",
        "It looks like the whole matrix is divided by one length. Every row has a length of its own. Look at what "
        "the call needs so that it does not go over everything.",
    ),
    edit(
        "sum_of_absolute_values",
        NORMS,
        "norms = np.linalg.norm(x, ord=1, axis=1, keepdims=True)",
        "It looks like the length is taken as the sum of the absolute values. That is another norm than the one in "
        "the text, which has squares and a root. Look at the argument that chooses the norm.",
    ),
    edit(
        "sum_of_entries",
        NORMS,
        "norms = np.sum(x, axis=1, keepdims=True)",
        "It looks like every row is divided by its sum. Then it adds up to 1, but its length is something else. "
        "Look at how the text defines the length of a row.",
    ),
    edit(
        "root_forgotten",
        NORMS,
        "norms = np.sum(x**2, axis=1, keepdims=True)",
        "It looks like every row is divided by the sum of its squares. That is the square of the length. Compare it "
        "with the formula for the length: which step is left?",
    ),
    edit(
        "largest_entry",
        NORMS,
        "norms = np.max(np.abs(x), axis=1, keepdims=True)",
        "It looks like every row is divided by its largest entry. Then the largest is 1, but the length of the row "
        "is not. Look at how the text defines the length of a row.",
    ),
    edit(
        "lengths_returned",
        DIVIDED,
        "normalized = norms",
        "These look like the lengths of the rows themselves. They are a step on the way. What is to be done with "
        "the rows once their lengths are known?",
    ),
    edit(
        "multiplied",
        DIVIDED,
        "normalized = x * norms",
        "It looks like the rows are multiplied by their lengths. Long rows then become still longer. Which "
        "operation brings a length of 5 down to 1?",
    ),
    edit(
        "unchanged",
        DIVIDED,
        "normalized = x",
        "Your function returns the matrix as it came. It looks like the lengths are computed and not used. Look at "
        "what you return.",
    ),
    edit(
        "standardized",
        DIVIDED,
        "normalized = (x - np.mean(x, axis=1, keepdims=True)) / (np.std(x, axis=1, keepdims=True) + 1e-300)",
        "It looks like the rows get mean 0 and deviation 1. That is standardizing, another way to make rows "
        "comparable. Look at what the text asks for: the length.",
    ),
)

# --- softmax -------------------------------------------------------------------------------------------------------

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

# --- L1 and L2 -----------------------------------------------------------------------------------------------------

ABSOLUTE = "loss = np.sum(np.abs(y - yhat))"
SQUARES = "loss = np.sum((y - yhat) ** 2)"

NOT_SUMMED = (
    "It looks like there is still one error for each prediction. The loss is one number for all of them. What does the "
    "big sigma in the formula ask for?"
)
SIGNED = (
    "It looks like the errors are added with their signs. An error of 0.5 and one of -0.5 then make up for each other, "
    "although both predictions are off. Which step of the formula makes every error count?"
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
