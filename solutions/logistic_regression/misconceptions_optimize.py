"""Wrong ideas about gradient descent.

A hint says what it looks like was done, why that isn't it, and what to look at. The commonest come first: where
several fit, the first is named, and its hint is true of the others too.
"""

from grader import Misconception

from . import reference
from .edits import edit

LOOP = "range(num_iterations)"
STEP_W = 'w = w - learning_rate * grads["dw"]'
STEP_B = 'b = b - learning_rate * grads["db"]'
RECORD = "if i % 100 == 0:"


def propagates_once(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):  # noqa: ARG001
    """Compute the gradients before the loop and use them in every step."""
    grads, cost = reference.propagate(w, b, X, Y)
    costs = []
    for i in range(num_iterations):
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs


def returns_the_start(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):  # noqa: ARG001
    """Return the parameters as they were before the loop."""
    _, grads, costs = reference.optimize(w, b, X, Y, num_iterations, learning_rate)
    return {"w": w, "b": b}, grads, costs


def step_not_assigned(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):  # noqa: ARG001
    """Compute the new values and throw them away."""
    return reference.optimize(w, b, X, Y, num_iterations, 0.0)


def gradients_after_the_last_step(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):  # noqa: ARG001
    """Compute the gradients once more where the descent has ended."""
    params, _, costs = reference.optimize(w, b, X, Y, num_iterations, learning_rate)
    return params, reference.propagate(params["w"], params["b"], X, Y)[0], costs


def cost_after_the_step(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):  # noqa: ARG001
    """Note the cost of the new parameters instead of those that the iteration began with."""
    costs = []
    for i in range(num_iterations):
        grads, _ = reference.propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(reference.propagate(w, b, X, Y)[1])
    return {"w": w, "b": b}, grads, costs


OPTIMIZE = (
    edit(
        "cost_every_iteration",
        RECORD,
        "if True:",
        "It looks like every iteration notes its cost. The list is meant to be short: one cost in a hundred "
        "iterations. Look at the condition that decides whether a cost is noted, and at its indentation.",
    ),
    edit(
        "w_never_updated",
        STEP_W,
        "w = w",
        "It looks like w comes back as it was given. The weights are what is to be learned. Look at what your loop "
        "assigns to w, and at which w is returned.",
    ),
    edit(
        "b_never_updated",
        STEP_B,
        "b = b",
        "It looks like b comes back as it was given. The bias is learned as well, with a slope of its own. Look at "
        "what your loop assigns to b, and at which b is returned.",
    ),
    Misconception(
        returns_the_start,
        hint="w and b come back as they were given. It looks like what the steps compute never gets into params. "
        "Look at what your update assigns to, and at where params is filled.",
    ),
    Misconception(
        step_not_assigned,
        hint="The gradients and costs are those of the w and b that were handed in, even after many iterations. "
        "Each iteration should start where the one before has ended. Look at what your update assigns to, and at "
        "which lines are inside the loop.",
    ),
    Misconception(
        name="learning_rate_hard_coded",
        edit=((STEP_W, STEP_W.replace("learning_rate", "0.009")), (STEP_B, STEP_B.replace("learning_rate", "0.009"))),
        hint="It looks like the steps are always of the same size, whatever learning_rate is given. A function has "
        "to use its arguments; 0.009 is only what it takes when nothing is said. Look for a number in your update.",
    ),
    Misconception(
        name="learning_rate_forgotten",
        edit=((STEP_W, 'w = w - grads["dw"]'), (STEP_B, 'b = b - grads["db"]')),
        hint="It looks like each step takes the whole gradient. Such steps overshoot; how much of the gradient is "
        "used is what the learning rate says. Compare your update with the formula: is a factor missing?",
    ),
    Misconception(
        name="climbs",
        edit=((STEP_W, STEP_W.replace("w -", "w +")), (STEP_B, STEP_B.replace("b -", "b +"))),
        hint="Your cost grows from step to step, as if the gradient were added. The gradient points uphill, and we "
        "want to get down. Look at the sign in your update.",
    ),
    Misconception(
        propagates_once,
        hint="It looks like the gradients are computed once and then used for all steps. After a step you stand "
        "somewhere else, and the slope there is another. Look at which lines belong inside the loop.",
    ),
    Misconception(
        gradients_after_the_last_step,
        hint="The gradients are those of the place to which the last step has led. Asked for are the ones that the "
        "last step was made with. Count the calls of propagate, and look for one too many.",
    ),
    edit(
        "one_iteration_too_few",
        LOOP,
        "range(num_iterations - 1)",
        "The steps look right, but there is one too few of them. `range(k)` counts from 0 to k - 1, which makes k "
        "rounds. Work out by hand how often your loop runs for num_iterations = 3.",
    ),
    edit(
        "one_iteration_too_many",
        LOOP,
        "range(num_iterations + 1)",
        "The steps look right, but there is one too many of them. `range(k)` counts from 0 to k - 1, which makes k "
        "rounds. Work out by hand how often your loop runs for num_iterations = 3.",
    ),
    edit(
        "counts_from_one",
        LOOP,
        "range(1, num_iterations + 1)",
        "It looks like the costs are noted as if the first iteration had number 1. Iterations are counted from 0 "
        "here. In which iteration should the first cost be noted?",
    ),
    edit(
        "starts_at_one_and_stops_early",
        LOOP,
        "range(1, num_iterations)",
        "It looks like your counter starts at 1 and stops before num_iterations. Then a step is missing, and so is "
        "the first cost. Work out by hand which values your counter takes for num_iterations = 3.",
    ),
    edit(
        "first_cost_left_out",
        RECORD,
        "if i % 100 == 0 and i > 0:",
        "It looks like the cost of iteration 0 is left out. It is what you started from, and 0 is a multiple of 100 "
        "too. Look at the condition that decides whether a cost is noted.",
    ),
    edit(
        "last_cost_only",
        RECORD,
        "if i == num_iterations - 1:",
        "It looks like only the last cost is noted. The list should show how the cost changed on the way. Look at "
        "where the cost is appended, and in which iterations.",
    ),
    Misconception(
        cost_after_the_step,
        hint="It looks like the costs are computed after the step of their iteration. The cost that is asked for is "
        "the one that comes with the gradients, before w and b change. Look at the order of the lines in your loop.",
    ),
    edit(
        "first_cost_only",
        RECORD,
        "if i == 0:",
        "Only the cost of the first iteration is noted. There should be one in a hundred iterations for as long as "
        "the loop runs. Look at the condition that decides whether a cost is noted, and at how far the loop gets.",
    ),
    edit(
        "iterations_hard_coded",
        LOOP,
        "range(100)",
        "It looks like the loop always runs equally often, whatever num_iterations is given. A function has to use "
        "its arguments. Look at the head of your loop, and whether a return stands among its lines.",
    ),
    edit(
        "returns_inside_the_loop",
        LOOP,
        "range(1)",
        "It looks like only the first iteration takes place. A return or a break inside the loop ends it at once. "
        "Look at the last lines of the loop, and at the indentation of those after it.",
    ),
    edit(
        "b_updated_with_dw",
        STEP_B,
        STEP_B.replace("db", "dw"),
        "It looks like b is changed by dw, and so becomes a column. The bias has a slope of its own, which is a "
        "number. Look at the key that you use in the update of b.",
    ),
    edit(
        "w_updated_with_db",
        STEP_W,
        STEP_W.replace("dw", "db"),
        "It looks like all weights are changed by the same amount, db. Every weight has a slope of its own. Look at "
        "the key that you use in the update of w.",
    ),
    Misconception(
        name="averaged_twice",
        edit=(
            (STEP_W, STEP_W.replace("learning_rate", "learning_rate / X.shape[1]")),
            (STEP_B, STEP_B.replace("learning_rate", "learning_rate / X.shape[1]")),
        ),
        hint="Your steps are m times too small, as if they were averaged over the examples once more. The gradients "
        "are averages already. Look for a second division by m in your update.",
    ),
    edit(
        "parameters_exchanged",
        '{"w": w, "b": b}',
        '{"w": b, "b": w}',
        "w and b seem to have changed places in the dictionary. It has a name for each of them. Look at which value "
        "goes with which key.",
    ),
    edit(
        "costs_and_gradients_exchanged",
        "return params, grads, costs",
        "return params, costs, grads",
        "One of the second and the third result seems to stand in the place of the other. Whoever calls the function "
        "goes by their order. Look at the order in which the docstring names the results.",
    ),
)
