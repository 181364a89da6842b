"""Wrong ideas about going downhill, as edits of the reference."""

from grader import Misconception

UPDATE = (
    Misconception(
        name="uphill",
        edit=(("w - learning_rate * dw", "w + learning_rate * dw"),),
        hint="It looks like you go uphill: where the slope is positive, your w grows. The slope points to where the "
        "curve rises, and we want the other way. Look at the sign in front of the learning rate.",
    ),
    Misconception(
        name="learning_rate_ignored",
        edit=(("w - learning_rate * dw", "w - dw"),),
        hint="It looks like the learning rate isn't used. It says what part of the slope a step takes; without it one "
        "jumps across the valley. Look for learning_rate in your line.",
    ),
    Misconception(
        name="step_only",
        edit=(("w - learning_rate * dw", "-learning_rate * dw"),),
        hint="It looks like you returned the step and not the place where it leads. One starts from w and ends near "
        "it. Look at whether w itself is part of your result.",
    ),
    Misconception(
        name="shrinking_by_the_slope",
        edit=(("w - learning_rate * dw", "w * (1 - learning_rate * dw)"),),
        hint="It looks like w is multiplied with the step. Gradient descent moves w by an amount that depends on the "
        "slope alone: at w = 0 one must be able to move as well. Look at where w stands in the formula.",
    ),
    Misconception(
        name="divided_by_the_rate",
        edit=(("w - learning_rate * dw", "w - dw / learning_rate"),),
        hint="It looks like you divided by the learning rate. Then a smaller rate means a longer step. Look at how "
        "the rate and the slope stand together in the formula.",
    ),
    Misconception(
        name="rate_on_the_wrong_factor",
        edit=(("w - learning_rate * dw", "dw - learning_rate * w"),),
        hint="It looks like w and dw have changed places. The rate belongs to the slope, which says how far to go "
        "from w. Look at the order of the parameters.",
    ),
    Misconception(
        name="rate_on_both",
        edit=(("w - learning_rate * dw", "learning_rate * (w - dw)"),),
        hint="It looks like w is multiplied with the learning rate too. A bracket takes in more than it should: with "
        "a slope of 0 one must stay where one is. Look at what the rate belongs to.",
    ),
    Misconception(
        name="sign_only",
        edit=(("w - learning_rate * dw", "w - learning_rate * np.sign(dw)"),),
        hint="It looks like only the sign of the slope is used. The steps should get shorter as the curve gets "
        "flatter, so that one doesn't overrun the lowest point. Look at the formula: the whole slope is in it.",
    ),
    Misconception(
        name="difference_turned_round",
        edit=(("w - learning_rate * dw", "learning_rate * dw - w"),),
        hint="It looks like the difference is the wrong way round: the step minus w. With a slope of 0 one must stay "
        "at w, and yours ends at the opposite. Look at what is subtracted from what.",
    ),
)

MINIMIZE = (
    Misconception(
        name="uphill",
        edit=(("update(w, slope,", "update(w, -slope,"),),
        hint="It looks like you walk uphill. The slope points to where the curve rises, and we want the other way. "
        "Look at the signs in the slope, and at the one in front of the learning rate.",
    ),
    Misconception(
        name="one_step_too_few",
        edit=(("range(num_iterations)", "range(num_iterations - 1)"),),
        hint="It looks like you take one step too few. range(k) gives k turns, from 0 to k - 1. Look at the bounds of "
        "the outer loop.",
    ),
    Misconception(
        name="one_step_too_many",
        edit=(("range(num_iterations)", "range(num_iterations + 1)"),),
        hint="It looks like you take one step too many. range(k) gives k turns, from 0 to k - 1. Look at the bounds "
        "of the outer loop, and try it with no step at all.",
    ),
    Misconception(
        name="only_one_step",
        edit=(("    return w", "        return w"),),
        hint="It looks like you stop after one step. A return or a break inside a loop ends it in the first turn. "
        "Look at how far your return is indented.",
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
        hint="It looks like the slope was taken once, at the start, and used for all steps. It changes as one walks. "
        "Look at whether the slope is computed inside the loop over the steps.",
    ),
    Misconception(
        name="slope_never_reset",
        edit=(
            (
                "    for _ in range(num_iterations):\n        slope = 0.0\n",
                "    slope = 0.0\n    for _ in range(num_iterations):\n",
            ),
        ),
        hint="It looks like the slope of each step is added to those of the steps before. Only the slope of where one "
        "stands counts. Look at where your sum is set back to zero.",
    ),
    Misconception(
        name="factor_of_the_power_missing",
        edit=(("k * coefficients[k]", "coefficients[k]"),),
        hint="It looks like the power was lowered but did not come down as a factor. The derivative of w^3 is three "
        "times w^2, for each of the three factors can change. Look at the formula for p'.",
    ),
    Misconception(
        name="power_not_lowered",
        edit=(("w ** (k - 1)", "w ** k"),),
        hint="It looks like the power came down as a factor but wasn't lowered. The derivative of a straight line c w "
        "is c everywhere. Look at the exponents in the formula for p'.",
    ),
    Misconception(
        name="polynomial_for_its_slope",
        edit=(
            ("range(1, len(coefficients))", "range(len(coefficients))"),
            ("k * coefficients[k] * w ** (k - 1)", "coefficients[k] * w**k"),
        ),
        hint="It looks like you used the value of the polynomial. How high one stands doesn't say which way is down; "
        "the slope does. Look at the difference between p and p'.",
    ),
    Misconception(
        name="constant_has_a_slope",
        edit=(("slope = 0.0", "slope = coefficients[0]"),),
        hint="It looks like the constant was added to the slope. It moves the whole curve up or down and makes it no "
        "steeper. Look at which coefficient the sum for p' begins with.",
    ),
    Misconception(
        name="highest_power_left_out",
        edit=(("range(1, len(coefficients))", "range(1, len(coefficients) - 1)"),),
        hint="It looks like the highest power is left out. There are K + 1 coefficients, from 0 to K, and range stops "
        "before its end. Look at the bounds of the loop over the powers.",
    ),
    Misconception(
        name="coefficients_read_backwards",
        edit=(("coefficients[k]", "coefficients[-1 - k]"),),
        hint="It looks like the coefficients are read from the highest power down, as np.polyval does. Here the first "
        "one is the constant. Look at the order that the docstring gives.",
    ),
    Misconception(
        name="learning_rate_ignored",
        edit=(("update(w, slope, learning_rate)", "update(w, slope, 1.0)"),),
        hint="It looks like the learning rate isn't used. It says what part of the slope a step takes; without it one "
        "jumps across the valley. Look for learning_rate in your loop.",
    ),
    Misconception(
        name="height_returned",
        edit=(("    return w", "    return sum(c * w**k for k, c in enumerate(coefficients))"),),
        hint="It looks like you returned the height of the curve. What is wanted is the place, not how high it lies. "
        "Look at what the docstring says is returned.",
    ),
    Misconception(
        name="slope_returned",
        edit=(("return w", "return slope"),),
        hint="It looks like you returned the last slope. It says how steep the curve is there, not where that is. "
        "Look at what the docstring says is returned.",
    ),
)
