"""Wrong ideas about the sigmoid and about where to begin.

A hint says what it looks like was done, why that isn't it, and what to look at. The commonest come first: where
several fit, the first is named, and its hint is true of the others too.
"""

from .edits import edit

# --- sigmoid ---

FRACTION = "1 / (1 + np.exp(-z))"

SIGMOID = (
    edit(
        "no_brackets",
        FRACTION,
        "1 / 1 + np.exp(-z)",
        "It looks like 1 is not divided by the whole sum: Python divides before it adds, or nothing is divided. The "
        "result can then exceed 1, which a probability never does. Look at what stands below the fraction bar in the "
        "formula.",
    ),
    edit(
        "no_brackets_and_no_minus",
        FRACTION,
        "1 / 1 + np.exp(z)",
        "It looks like two things happened: 1 is not divided by the whole sum, and the exponent has lost its sign. "
        "The result grows without end, where a probability stays below 1. Compare the formula with your line piece "
        "by piece.",
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
        "It looks like a term of the denominator is missing. What is left is an exponential, which grows without "
        "end. Which two terms stand below the fraction bar?",
    ),
    edit(
        "exponential_over_exponential",
        FRACTION,
        "np.exp(z) / (1 + np.exp(z))",
        "On paper your fraction is the sigmoid. But for a large z both its parts become infinite in the computer, "
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

# --- initialize_with_zeros ---

B_IS_A_NUMBER = (
    "It looks like b is an array. There is one bias for the whole neuron, so it is just a number; an array of size "
    "1 gives later results axes that they should not have. Look at what the docstring says about b."
)

INITIALIZE = (
    edit(
        "flat_weights",
        "np.zeros((dim, 1))",
        "np.zeros(dim)",
        "The zeros are there, but w has only one axis. So it is neither a row nor a column, and its transpose is "
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
