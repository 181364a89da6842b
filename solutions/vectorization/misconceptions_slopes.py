"""Wrong ideas about slopes and one step, as edits of the reference."""

from grader import Misconception

FIRST_OF_TWO_STEPS = """    w, b = w - learning_rate * dw, b - learning_rate * db
    dw, db = gradients(forward(w, b, X), X, Y)
"""
UPDATED = "return w - learning_rate * dw, b - learning_rate * db"

GRADIENTS = (
    Misconception(
        name="dw_not_averaged",
        edit=(("np.dot(X, dZ.T) / m", "np.dot(X, dZ.T)"),),
        hint="It looks like dw is a sum over the examples. The cost is an average, and so is its slope; a sum grows "
        "with every example. Look at the fraction in front of the product.",
    ),
    Misconception(
        name="db_not_averaged",
        edit=(("np.sum(dZ) / m", "np.sum(dZ)"),),
        hint="It looks like db is a sum over the examples. The cost is an average, and so is its slope; a sum grows "
        "with every example. Look at the fraction in front of the sum.",
    ),
    Misconception(
        name="label_minus_prediction",
        edit=(("dZ = A - Y", "dZ = Y - A"),),
        hint="The sign is flipped, as when one takes the labels minus the predictions. A prediction that is too high "
        "must give a positive slope, for going down then lowers it. Look at the order in the difference.",
    ),
    Misconception(
        name="divided_by_the_features",
        edit=(("m = X.shape[1]", "m = X.shape[0]"),),
        hint="It looks like you divided by the number of features. The average runs over the examples, which are the "
        "columns of X. Look at which entry of X.shape you call m.",
    ),
    Misconception(
        name="averaged_twice",
        edit=(("np.dot(X, dZ.T) / m", "np.dot(X, dZ.T) / m / m"), ("np.sum(dZ) / m", "np.mean(dZ) / m")),
        hint="It looks like you divided by the number of examples twice. A mean has that division in it already. Look "
        "for the two places.",
    ),
    Misconception(
        name="db_one_for_each_example",
        edit=(("np.sum(dZ) / m", "dZ / m"),),
        hint="It looks like db has one entry for each example. There is a single b, so its slope is a single number. "
        "Look at the sum sign in the formula for db.",
    ),
    Misconception(
        name="db_with_two_axes",
        edit=(("np.sum(dZ) / m", "np.sum(dZ, axis=1, keepdims=True) / m"),),
        hint="The number of db is right, but it is wrapped in an array with two axes, as keepdims=True leaves it. b "
        "is a plain number. Look at the arguments of your sum.",
    ),
    Misconception(
        name="db_with_one_axis",
        edit=(("np.sum(dZ) / m", "np.sum(dZ, axis=1) / m"),),
        hint="The number of db is right, but it stands in an array with one entry, as a sum along one axis leaves it. "
        "b is a plain number. Look at the arguments of your sum.",
    ),
    Misconception(
        name="dw_as_a_row",
        edit=(("np.dot(X, dZ.T) / m", "np.dot(dZ, X.T) / m"),),
        hint="The numbers of dw are right, but they lie in a row. dw has the shape of w, so that one can be "
        "subtracted from the other. Look at the order of the product and at where the transpose is.",
    ),
    Misconception(
        name="dw_with_one_axis",
        edit=(("np.dot(X, dZ.T) / m", "np.mean(X * dZ, axis=1)"),),
        hint="The numbers of dw are right, but it has one axis only: a sum or a mean along an axis takes that axis "
        "away. Subtracted from the column w, it would be stretched into a square. Look at keepdims, or at np.dot.",
    ),
    Misconception(
        name="dw_not_added_up",
        edit=(("np.dot(X, dZ.T) / m", "X * dZ / m"),),
        hint="It looks like you multiplied with *. That gives one slope for each example and each feature, and dw "
        "adds up over the examples. Look at which product does both at once.",
    ),
    Misconception(
        name="labels_ignored",
        edit=(("dZ = A - Y", "dZ = A"),),
        hint="It looks like the labels play no part. A slope says how far the predictions are from the labels. Look "
        "at your dZ.",
    ),
    Misconception(
        name="slope_of_squared_error",
        edit=(("dZ = A - Y", "dZ = (A - Y) * A * (1 - A)"),),
        hint="It looks like the slope of the sigmoid is in it once too often. With this loss it cancels. Look at the "
        "formula for dZ: how short is it?",
    ),
    Misconception(
        name="absolute_difference",
        edit=(("dZ = A - Y", "dZ = np.abs(A - Y)"),),
        hint="It looks like dZ has lost its sign. The sign says in which direction a prediction is off, and a step "
        "needs to know that. Look for an absolute value that isn't in the formula.",
    ),
    Misconception(
        name="results_swapped",
        edit=(("return dw, db", "return db, dw"),),
        hint="It looks like one of dw and db stands in the place of the other. Whoever calls the function takes them "
        "apart by place, not by name. Look at the docstring.",
    ),
)

STEP = (
    Misconception(
        name="uphill",
        edit=(("w - learning_rate", "w + learning_rate"), ("b - learning_rate", "b + learning_rate")),
        hint="It looks like you go uphill. The slope points to where the cost rises, and we want the other way. Look "
        "at the sign in front of the learning rate.",
    ),
    Misconception(
        name="learning_rate_ignored",
        edit=(("w - learning_rate * dw", "w - dw"), ("b - learning_rate * db", "b - db")),
        hint="It looks like the learning rate isn't used. It says what part of the slope a step takes. Look for "
        "learning_rate in your lines.",
    ),
    Misconception(
        name="w_not_updated",
        edit=(("return w - learning_rate * dw,", "return w,"),),
        hint="It looks like w comes back as it went in. Both parameters take a step. Look at whether the new value is "
        "given a name, and which name is returned.",
    ),
    Misconception(
        name="b_not_updated",
        edit=((", b - learning_rate * db", ", b"),),
        hint="It looks like b comes back as it went in. Both parameters take a step. Look at whether the new value is "
        "given a name, and which name is returned.",
    ),
    Misconception(
        name="b_from_the_moved_w",
        edit=(
            (
                "return w - learning_rate * dw,",
                "w = w - learning_rate * dw\n    _, db = gradients(forward(w, b, X), X, Y)\n    return w,",
            ),
        ),
        hint="It looks like the slope of b was taken after w had moved. Both slopes belong to the place where the "
        "step begins. Look at the order of your lines.",
    ),
    Misconception(
        name="gradients_returned",
        edit=((UPDATED, "return dw, db"),),
        hint="It looks like you returned the slopes. What is wanted is where the step leads. Look at the docstring.",
    ),
    Misconception(
        name="only_the_step_returned",
        edit=((UPDATED, "return -learning_rate * dw, -learning_rate * db"),),
        hint="It looks like you returned the step and not where it leads. One starts from w and b and ends near them. "
        "Look at whether they are part of your result.",
    ),
    Misconception(
        name="not_averaged",
        edit=(("(A, X, Y)\n", "(A * X.shape[1], X, Y * X.shape[1])\n"),),
        hint="It looks like the step is as many times too long as there are examples. The cost is an average, so more "
        "examples must not mean longer steps. Look at where the division by their number belongs, and whether A and "
        "Y have the same shape.",
    ),
    Misconception(
        name="averaged_twice",
        edit=(
            ("learning_rate * dw", "learning_rate * dw / X.shape[1]"),
            ("learning_rate * db", "learning_rate * db / X.shape[1]"),
        ),
        hint="It looks like the slopes were divided by the number of examples once more. They are averages already. "
        "Look for that second division.",
    ),
    Misconception(
        name="two_steps_at_once",
        edit=(("    return", FIRST_OF_TWO_STEPS + "    return"),),
        hint="It looks like two steps were taken. One call takes one step; whoever calls it decides how many there "
        "are. Look for lines that run twice.",
    ),
    Misconception(
        name="results_swapped",
        edit=((UPDATED, "return b - learning_rate * db, w - learning_rate * dw"),),
        hint="It looks like one of w and b stands in the place of the other. Whoever calls the function takes them "
        "apart by place, not by name. Look at the docstring.",
    ),
)
