"""Wrong ideas about sums and functions of entries, as edits of the reference."""

from grader import Misconception

DOT_PRODUCT = (
    Misconception(
        name="products_not_added",
        edit=(("np.dot(a, b)", "a * b"),),
        hint="It looks like you stopped at the products. a * b multiplies entry by entry and gives a vector, and a "
        "dot product is one number. Look at what the formula does with the products.",
    ),
    Misconception(
        name="every_entry_with_every_other",
        edit=(("np.dot(a, b)", "np.outer(a, b)"),),
        hint="It looks like every entry met every other one, which gives a table. Only entries at the same place "
        "belong together. Look at the indices in the formula: there is one, not two.",
    ),
    Misconception(
        name="product_of_the_sums",
        edit=(("np.dot(a, b)", "np.sum(a) * np.sum(b)"),),
        hint="It looks like you added first and multiplied afterwards. Then every entry meets every other one. Look "
        "at the order in the formula: first the products, then their sum.",
    ),
    Misconception(
        name="mean_of_the_products",
        edit=(("np.dot(a, b)", "np.mean(a * b)"),),
        hint="It looks like you took the mean of the products. A dot product isn't divided by the number of entries. "
        "Look at the formula: there is no fraction.",
    ),
    Misconception(
        name="sum_of_the_sums",
        edit=(("np.dot(a, b)", "np.sum(a + b)"),),
        hint="It looks like the entries are added in pairs. A dot product multiplies the pairs and adds up the "
        "products. Look at what stands between a_i and b_i.",
    ),
    Misconception(
        name="products_without_sign",
        edit=(("np.dot(a, b)", "np.sum(np.abs(a * b))"),),
        hint="It looks like the signs got lost. Products may be negative and then make the sum smaller; two vectors "
        "at a right angle even give 0. Look for an absolute value that isn't in the formula.",
    ),
)

EXPONENTIALS = (
    Misconception(
        name="power_of_two",
        edit=(("np.exp(v)", "2.0**v"),),
        hint="It looks like you took powers of 2. The base is the number e, about 2.718. Look for the numpy function "
        "that is made for it.",
    ),
    Misconception(
        name="power_of_ten",
        edit=(("np.exp(v)", "10.0**v"),),
        hint="It looks like you took powers of 10. The base is the number e, about 2.718; the e in 1e3 is another "
        "one. Look for the numpy function that is made for it.",
    ),
    Misconception(
        name="base_and_exponent_swapped",
        edit=(("np.exp(v)", "v**np.e"),),
        hint="It looks like base and exponent have changed places. The entries are the exponents, and the base is "
        "always e. Look at what stands high up in the formula.",
    ),
    Misconception(
        name="factor_for_power",
        edit=(("np.exp(v)", "np.e * v"),),
        hint="It looks like you multiplied with e. The entry says how often e is multiplied with itself. Look at the "
        "difference between * and **.",
    ),
    Misconception(
        name="exponent_negated",
        edit=(("np.exp(v)", "np.exp(-v)"),),
        hint="It looks like the exponents have the wrong sign, as in the sigmoid. Here larger entries give larger "
        "results. Look at the sign in front of v.",
    ),
    Misconception(
        name="divided_by_their_sum",
        edit=(("np.exp(v)", "np.exp(v) / np.sum(np.exp(v))"),),
        hint="It looks like the results were divided by their sum, as in softmax. Here each entry stands for itself. "
        "Look at the formula: is there a fraction?",
    ),
    Misconception(
        name="minus_one",
        edit=(("np.exp(v)", "np.expm1(v)"),),
        hint="It looks like 1 was subtracted, as np.expm1 does. e to the power of 0 is 1. Look at which function you "
        "call.",
    ),
)

ABSOLUTE_ERROR = (
    Misconception(
        name="errors_cancel",
        edit=(("np.sum(np.abs(yhat - y))", "np.sum(yhat - y)"),),
        hint="It looks like the absolute value is missing. Errors to the one side and to the other then cancel, and a "
        "bad prediction looks good. Look at the bars in the formula.",
    ),
    Misconception(
        name="absolute_value_of_the_sum",
        edit=(("np.sum(np.abs(yhat - y))", "np.abs(np.sum(yhat - y))"),),
        hint="It looks like the absolute value was taken at the end. By then the errors have cancelled already. Look "
        "at the order in the formula: what stands inside the bars?",
    ),
    Misconception(
        name="mean_of_errors",
        edit=(("np.sum(np.abs(yhat - y))", "np.mean(np.abs(yhat - y))"),),
        hint="It looks like you took the mean. The absolute error is a sum here and isn't divided by the number of "
        "examples. Look at the formula: there is no fraction.",
    ),
    Misconception(
        name="errors_not_added",
        edit=(("np.sum(np.abs(yhat - y))", "np.abs(yhat - y)"),),
        hint="It looks like there is still one error for each example. What is wanted is their sum, one number. Look "
        "at the sum sign in the formula.",
    ),
    Misconception(
        name="squared_errors",
        edit=(("np.sum(np.abs(yhat - y))", "np.sum((yhat - y) ** 2)"),),
        hint="It looks like you squared the differences. Squares make small errors smaller still; that is another "
        "loss (L2). Look at the bars in the formula.",
    ),
    Misconception(
        name="length_of_the_difference",
        edit=(("np.sum(np.abs(yhat - y))", "np.linalg.norm(yhat - y)"),),
        hint="It looks like you took the length of the difference: a root of squares, as np.linalg.norm gives. Here "
        "the absolute differences themselves are added. Look at the formula.",
    ),
    Misconception(
        name="largest_error",
        edit=(("np.sum(np.abs(yhat - y))", "np.max(np.abs(yhat - y))"),),
        hint="It looks like you took the largest error. All errors count. Look at the sum sign in the formula.",
    ),
)
