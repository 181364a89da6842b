"""General diagnosis: what kind of wrong the numbers are. Never the right ones."""

TEMPLATES: dict[str, tuple[str, ...]] = {
    # how large
    "values.ratio": (
        "Every number is the right one times {ratio}.",
        "Every number is the right one times {factor}.",
        "Every number is the right one times one and the same factor.",
    ),
    "values.ratio_varies": (
        (
            "In each call, every number is the right one times one factor, and the factor changes with the "
            "inputs. Is something divided by the wrong size, or not at all?"
        ),
    ),
    "values.sign": ("Every number has the wrong sign. Look for a minus that is missing or one too many.",),
    "values.wrong_way": ("The step away from `{argument}` has the right size, but goes in the opposite direction.",),
    "values.offset": (
        "Every number is the right one plus {offset}.",
        "Every number is off by one and the same amount: something is added or left out.",
    ),
    "values.offset_varies": (
        (
            "In each call, every number is off by one amount, and the amount changes with the inputs: something "
            "is added or left out."
        ),
    ),
    # a function of the right values
    "values.absolute": ("The sizes are right, but the signs are lost.",),
    "values.complement": ("Every number is 1 minus the right one.",),
    "values.reciprocal": ("Every number is 1 divided by the right one.",),
    "values.squared": ("Every number is the square of the right one.",),
    "values.rooted": ("Every number is the square root of the right one.",),
    "values.exponential": (
        "Every number is the exponential of the right one: a logarithm is missing, or `exp` is too much.",
    ),
    "values.logarithm": (
        "Every number is the logarithm of the right one: an exponential is missing, or `log` is too much.",
    ),
    "values.before_sigmoid": ("These are the values before the sigmoid: the sigmoid has not been applied.",),
    "values.after_sigmoid": ("The sigmoid has been applied once too often.",),
    "values.rounded": ("The numbers are right, but rounded. Return them as they are computed.",),
    "values.truncated": ("The numbers are cut down to whole ones. Look for an integer dtype, `int(...)` or `//`.",),
    "values.thresholded": ("These are 0 and 1 where the numbers in between are asked for.",),
    "values.probabilities": (
        "These are the numbers in between, where 0 or 1 is asked for: they still have to be compared with 0.5.",
    ),
    # precision
    "values.float32": ("The numbers are right as far as 32-bit floats go. Compute with numpy's usual float64.",),
    "values.digits": (
        (
            "The numbers are nearly right, to about three digits. Look for rounding, a constant with few digits, "
            "or a small number added on the way."
        ),
    ),
    # layout
    "values.transposed": ("The result is the transpose of the right one.",),
    "shape.transposed": (
        "The numbers are right, but the result is transposed: it should be {shape}.",
        "The numbers are right, but the result is transposed.",
    ),
    "shape.numbers_right": (
        "The numbers are right and in the right order, but the shape is not: it should be {shape}.",
        "The numbers are right and in the right order, but the shape is not.",
    ),
    "shape.rank_right": (
        "The numbers are right, but the result has one axis only; it should be a matrix, {shape}: keep both axes.",
        "The numbers are right, but the result has one axis only; it should be a matrix with two.",
    ),
    "shape.boxed": (
        (
            "The number is right, but it comes inside an array. Return the number itself, for example with "
            "`np.squeeze` or `float`."
        ),
    ),
    "shape.not_summed": ("Something is not added up yet: the sum of your result along one axis is right.",),
    "shape.not_averaged": ("Something is not averaged yet: the mean of your result along one axis is right.",),
    "shape.summed": (
        "Your result is the sum over everything of what it should be. Sum along fewer axes, or not at all.",
    ),
    "shape.averaged": (
        "Your result is the mean over everything of what it should be. Average along fewer axes, or not at all.",
    ),
    "shape.repeated": ("The numbers are right, but repeated along an axis that should have one entry only.",),
    "values.order": (
        "The right numbers are all there, but in another order. Look at how the axes are read or reshaped.",
    ),
    "values.backwards": ("The right numbers are there in reverse order.",),
    "values.shifted": ("The right numbers are there, but moved along by one place.",),
    "structure.swapped": (
        "The results are right, but they have changed places. Compare with the docstring which of them goes where.",
    ),
    "structure.one_more": ("The items are right, but there is one too many at the end.",),
    "structure.one_fewer": ("The items are right, but the last one is missing.",),
    "structure.extra_first": ("The items are right, but there is one too many at the start.",),
    "structure.no_first": ("The items are right, but the first one is missing.",),
    "values.one_iteration_more": ("The result is that of one step more of the loop than `{argument}` asks for.",),
    "values.one_iteration_fewer": ("The result is that of one step fewer of the loop than `{argument}` asks for.",),
    # patterns over the cases
    "values.zeros": ("The result is all zeros: is the array made but never filled?",),
    "values.zero": (
        "The result is 0 for all of these inputs: is it set and never computed, or cut to a whole number?",
    ),
    "values.constant": (
        "The result is the same for all of these inputs, and should not be. Compute it from the arguments.",
    ),
    "values.argument": ("The result is the argument `{argument}` as it came in.",),
    "values.unfilled": ("Some numbers are right and the rest are still zero: is the loop left too early?",),
    "values.square_only": (
        "The result is right only where rows and columns are equal in number. Which axis is which?",
    ),
    "values.one_only": ("The result is right only where {dim} is 1.",),
    "values.outside": (
        (
            "The result is not right, and it depends on {outside:names}, from outside the function, which stays the "
            "same whatever the arguments are. Use the arguments instead."
        ),
    ),
}
