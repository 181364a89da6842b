"""Wrong ideas about slopes: one example by the graph, many by a loop, as edits of the reference."""

from grader import Misconception

BACKWARD = (
    Misconception(
        name="label_minus_prediction",
        edit=(("dz = a - y", "dz = y - a"),),
        hint="The sign is flipped, as when one takes the label minus the prediction. A prediction that is too high "
        "must give a positive slope, for going down then lowers it. Look at the order in the difference.",
    ),
    Misconception(
        name="slope_of_sigmoid_left_out",
        edit=(("dz = a - y", "dz = da"),),
        hint="It looks like da was passed on as it is. Between z and a stands the sigmoid, and the chain rule "
        "multiplies with its slope. Look at what turns da into dz.",
    ),
    Misconception(
        name="slope_of_sigmoid_alone",
        edit=(("dz = a - y", "dz = a * (1 - a)"),),
        hint="It looks like you took the slope of the sigmoid alone. That is one link of the chain; what came from "
        "the loss is the other. Look at which two slopes the chain rule multiplies.",
    ),
    Misconception(
        name="slope_of_sigmoid_at_z",
        edit=(("dz = a - y", "dz = da * z * (1 - z)"),),
        hint="It looks like the slope of the sigmoid was written with z. It is short when written with the value of "
        "the sigmoid, not with what goes into it. Look at which variable holds that value.",
    ),
    Misconception(
        name="da_sign_flipped",
        edit=(("da = -y / a + (1 - y) / (1 - a)", "da = y / a - (1 - y) / (1 - a)"),),
        hint="The sign of da is flipped. The loss begins with a minus, and it is part of the derivative. For label 1 "
        "a higher a lowers the loss: which sign must da have then?",
    ),
    Misconception(
        name="inner_minus_forgotten",
        edit=(("+ (1 - y) / (1 - a)", "- (1 - y) / (1 - a)"),),
        hint="It looks like the inside of ln(1 - a) was not differentiated. By the chain rule 1 - a brings a factor "
        "of its own. Look at the sign of the second term, for label 0.",
    ),
    Misconception(
        name="da_for_label_one_only",
        edit=(("da = -y / a + (1 - y) / (1 - a)", "da = -y / a"),),
        hint="It looks like da has the term with y only. For label 0 it is zero, as if the guess didn't matter. Look "
        "at the derivative of the second half of the loss.",
    ),
    Misconception(
        name="da_taken_for_dz",
        edit=(("da = -y / a + (1 - y) / (1 - a)", "da = a - y"),),
        hint="It looks like you gave the prediction minus the label for da. That difference belongs one box further "
        "to the left; da is the slope of the loss itself. Look at the derivative of the logarithms.",
    ),
    Misconception(
        name="bias_forgotten",
        edit=(("w1 * x1 + w2 * x2 + b", "w1 * x1 + w2 * x2"),),
        hint="It looks like b is missing in the forward pass. It shifts z, and with it everything that follows. Look "
        "at the first box of the graph.",
    ),
    Misconception(
        name="features_and_weights_crossed",
        edit=(("w1 * x1 + w2 * x2 + b", "w1 * x2 + w2 * x1 + b"),),
        hint="It looks like each weight met the other feature. A weight says how much its own feature counts. Look at "
        "the indices in your z.",
    ),
    Misconception(
        name="no_activation",
        edit=(("a = sigmoid(z)", "a = z"),),
        hint="It looks like a is z itself. Then it can be any number, and no probability. Look at the second box of "
        "the graph.",
    ),
    Misconception(
        name="sigmoid_of_minus_z",
        edit=(("a = sigmoid(z)", "a = sigmoid(-z)"),),
        hint="It looks like the exponent of the sigmoid has the wrong sign. A large z should give an a near 1, and "
        "yours gives one near 0. Look at the sign in front of z, or use the sigmoid that is given.",
    ),
    Misconception(
        name="division_before_addition",
        edit=(("a = sigmoid(z)", "a = 1 / 1 + np.exp(-z)"),),
        hint="It looks like 1 is not divided by the whole sum in the sigmoid: brackets are missing, or the fraction "
        "is. Then a is greater than 1. Look at what stands below the fraction's line.",
    ),
    Misconception(
        name="weight_in_place_of_feature",
        edit=(("dw1 = x1 * dz", "dw1 = w1 * dz"), ("dw2 = x2 * dz", "dw2 = w2 * dz")),
        hint="It looks like you multiplied with the weight. How fast z changes with a weight is said by what that "
        "weight is multiplied with. Look at z once more: what is the derivative of w1 * x1 with respect to w1?",
    ),
    Misconception(
        name="feature_forgotten",
        edit=(("dw1 = x1 * dz", "dw1 = dz"), ("dw2 = x2 * dz", "dw2 = dz")),
        hint="It looks like the slope of a weight is that of z, unchanged. A weight is multiplied with its feature, "
        "and the chain rule brings that in as a factor. Look at how z depends on w1.",
    ),
    Misconception(
        name="features_exchanged",
        edit=(("dw1 = x1 * dz", "dw1 = x2 * dz"), ("dw2 = x2 * dz", "dw2 = x1 * dz")),
        hint="It looks like the slope of one weight was taken with the other feature, as happens when a line is "
        "copied. Each weight has its own feature. Look at the indices, line by line.",
    ),
    Misconception(
        name="bias_as_a_factor",
        edit=(("db = dz", "db = b * dz"),),
        hint="It looks like b became a factor of its own slope. b is added to z, so z changes exactly as fast as b "
        "does. Look at the derivative of z with respect to b.",
    ),
    Misconception(
        name="slope_of_z_in_b",
        edit=(("db = dz", "db = 1.0"),),
        hint="It looks like you gave the slope of z with respect to b. That is only the last link of the chain. Look "
        "at what has come from the right to be multiplied with it.",
    ),
)

GRADIENTS_LOOP = (
    Misconception(
        name="dw_not_averaged",
        edit=(("    dw = dw / m\n", ""),),
        hint="It looks like dw is a sum over the examples. The cost is an average, and so is its slope; a sum grows "
        "with every example. Look at what comes after the loop.",
    ),
    Misconception(
        name="db_not_averaged",
        edit=(("    db = db / m\n", ""),),
        hint="It looks like db is a sum over the examples. The cost is an average, and so is its slope; a sum grows "
        "with every example. Look at what comes after the loop.",
    ),
    Misconception(
        name="dw_overwritten",
        edit=(("dw[j, 0] += X[j, i] * dz", "dw[j, 0] = X[j, i] * dz"),),
        hint="It looks like each example replaces the dw of the one before, so only the last one counts. Slopes must "
        "be added up. Look at the line in the loop that changes dw: = or +=?",
    ),
    Misconception(
        name="db_overwritten",
        edit=(("db += dz", "db = dz"),),
        hint="It looks like each example replaces the db of the one before, so only the last one counts. Slopes must "
        "be added up. Look at the line in the loop that changes db: = or +=?",
    ),
    Misconception(
        name="label_minus_prediction",
        edit=(("dz = a - Y[0, i]", "dz = Y[0, i] - a"),),
        hint="The sign is flipped, as when one takes the label minus the prediction. A prediction that is too high "
        "must give a positive slope, for going down then lowers it. Look at the order in the difference.",
    ),
    Misconception(
        name="averaged_inside_and_outside",
        edit=(("+= X[j, i] * dz", "+= X[j, i] * dz / m"), ("db += dz", "db += dz / m")),
        hint="It looks like you divided by the number of examples twice, in the loop and after it. An average needs "
        "that division once. Look for the two places.",
    ),
    Misconception(
        name="divided_by_the_features",
        edit=(("dw = dw / m", "dw = dw / n"), ("db = db / m", "db = db / n")),
        hint="It looks like you divided by the number of features. The average runs over the examples, which are the "
        "columns of X. Look at which entry of X.shape you call m.",
    ),
    Misconception(
        name="z_carried_over",
        edit=(("    for i in range(m):\n        z = b\n", "    z = b\n    for i in range(m):\n"),),
        hint="It looks like z goes on from one example to the next. Each example has a z of its own, which starts "
        "anew. Look at whether z is set inside the loop over the examples or before it.",
    ),
    Misconception(
        name="no_activation",
        edit=(("a = sigmoid(z)", "a = z"),),
        hint="It looks like the sigmoid is missing. Then a can be any number, and no probability. Look at the line "
        "that turns z into a.",
    ),
    Misconception(
        name="bias_forgotten",
        edit=(("z = b", "z = 0.0"),),
        hint="It looks like b is missing in the forward pass. It shifts z, and with it everything that follows. Look "
        "at what z starts from.",
    ),
    Misconception(
        name="labels_ignored",
        edit=(("dz = a - Y[0, i]", "dz = a"),),
        hint="It looks like the labels play no part. A slope says how far the predictions are from the labels, so it "
        "can't do without them. Look at your dz.",
    ),
    Misconception(
        name="feature_forgotten",
        edit=(("+= X[j, i] * dz", "+= dz"),),
        hint="It looks like every weight got the same slope. A weight is multiplied with its feature, and the chain "
        "rule brings that in as a factor. Look at the formula for dw: what stands before the bracket?",
    ),
    Misconception(
        name="slope_of_squared_error",
        edit=(("dz = a - Y[0, i]", "dz = (a - Y[0, i]) * a * (1 - a)"),),
        hint="It looks like the slope of the sigmoid is in it once too often. With this loss it cancels against the a "
        "and 1 - a below the fractions of da. Look at section 4: how short does dz become?",
    ),
    Misconception(
        name="last_example_left_out",
        edit=(("for i in range(m)", "for i in range(m - 1)"),),
        hint="It looks like the last example is left out. range(m) already stops before m, because it starts at 0. "
        "Look at the bounds of your loop.",
    ),
    Misconception(
        name="first_example_left_out",
        edit=(("for i in range(m)", "for i in range(1, m)"),),
        hint="It looks like the first example is left out. Python counts from 0, where the formula counts from 1. "
        "Look at the bounds of your loop.",
    ),
    Misconception(
        name="dw_as_a_row",
        edit=(("return dw, db", "return dw.T, db"),),
        hint="The numbers of dw are right, but they lie in a row. dw has the shape of w, so that one can be "
        "subtracted from the other. Look at the shape in the docstring.",
    ),
    Misconception(
        name="dw_with_one_axis",
        edit=(("return dw, db", "return dw.ravel(), db"),),
        hint="The numbers of dw are right, but it has one axis only. Subtracted from the column w, such a rank-1 "
        "array would be stretched into a square. Look at how you create dw.",
    ),
    Misconception(
        name="results_swapped",
        edit=(("return dw, db", "return db, dw"),),
        hint="It looks like one of dw and db stands in the place of the other. Whoever calls the function takes them "
        "apart by place, not by name. Look at the docstring.",
    ),
)
