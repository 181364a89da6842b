"""Wrong ideas about the sigmoid and its slope.

A hint says what it looks like was done, why that isn't it, and what to look at. The commonest come first: where
several fit, the first is named.
"""

from .edits import edit

# --- basic_sigmoid and sigmoid ---


def fraction_ideas(exp):
    """Make the wrong ideas about the formula of the sigmoid, which are the same for math.exp and np.exp."""
    fraction = f"1 / (1 + {exp}(-x))"
    return (
        edit(
            "no_brackets",
            fraction,
            f"1 / 1 + {exp}(-x)",
            "It looks like 1 is not divided by the whole sum: Python divides before it adds, or nothing is divided. "
            "The result can then exceed 1, which the sigmoid never does. Look at what stands below the fraction bar "
            "in the formula.",
        ),
        edit(
            "no_brackets_and_no_minus",
            fraction,
            f"1 / 1 + {exp}(x)",
            "It looks like two things happened: 1 is not divided by the whole sum, and the exponent has lost its "
            "sign. The result grows without end, where the sigmoid stays below 1. Compare the formula with your line "
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
            "It looks like a term of the denominator is missing. What is left is an exponential, which grows "
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
        "On paper your fraction is the sigmoid. But for a large x both its parts become infinite in the computer, "
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

# --- sigmoid_derivative ---

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
