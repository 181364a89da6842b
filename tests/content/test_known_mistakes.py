"""What students of this course really hand in: wrong lines lose marks and get the hint that fits, fair ones keep them.

The label in the last column was written before the program was run: the names of the hints that are right, `RAISES`
where an exception tells its own story, `FAIR` where nothing may be lost.
"""

import os
from pathlib import Path

import judged
import pytest

FAIR = "fair"
RAISES = "raises"

PROPAGATE = """
def propagate(w, b, X, Y):
    m = {m}
    A = {A}
    cost = {cost}
    dz = A - Y
    dw = {dw}
    db = {db}
    return {{"dw": dw, "db": db}}, cost
"""
RIGHT = {
    "m": "X.shape[1]",
    "A": "sigmoid(np.dot(w.T, X) + b)",
    "cost": "(-1 / m) * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))",
    "dw": "(1 / m) * np.dot(X, dz.T)",
    "db": "(1 / m) * np.sum(dz)",
}
OPTIMIZE = """
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    {before}
    for i in range({rounds}):
        {inside}
        dw = grads["dw"]
        db = grads["db"]
        {step_w}
        {step_b}
        if {record}:
            costs.append(cost)
    return {{"w": w, "b": b}}, {{"dw": dw, "db": db}}, costs
"""
DESCENT = {
    "before": "pass",
    "rounds": "num_iterations",
    "inside": "grads, cost = propagate(w, b, X, Y)",
    "step_w": "w = w - learning_rate * dw",
    "step_b": "b = b - learning_rate * db",
    "record": "i % 100 == 0",
}
PREDICT = """
def predict(w, b, X):
    m = X.shape[1]
    Y_prediction = np.zeros((1, m))
    A = {A}
    {decide}
    return Y_prediction
"""
MODEL = """
def model(X_train, Y_train, X_test, Y_test, {rounds}=2000, learning_rate=0.5, print_cost=False):
    w, b = {start}
    parameters, grads, costs = {learn}
    {take}
    return {{
        "costs": costs, "Y_prediction_test": predict(w, b, X_test), "Y_prediction_train": predict(w, b, X_train),
        "w": w, "b": b, "learning_rate": learning_rate, "num_iterations": {rounds},
    }}
"""
TRAINING = {
    "rounds": "num_iterations",
    "start": "initialize_with_zeros(X_train.shape[0])",
    "learn": "optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)",
    "take": 'w = parameters["w"]; b = parameters["b"]',
}


def function(head, result):
    return f"def {head}:\n    return {result}\n"


def start(w="np.zeros((dim, 1))", b="0.0"):
    return f"def initialize_with_zeros(dim):\n    w = {w}\n    b = {b}\n    return w, b\n"


def propagate(**lines):
    return PROPAGATE.format(**(RIGHT | lines))


def optimize(**lines):
    return OPTIMIZE.format(**(DESCENT | lines))


def predict(decide, A="sigmoid(np.dot(w.T, X) + b)"):
    return PREDICT.format(A=A, decide=decide)


def model(**lines):
    return MODEL.format(**(TRAINING | lines))


BASICS = [
    ("basic_sigmoid", function("basic_sigmoid(x)", "1 / 1 + math.exp(x)"), {"no_brackets_and_no_minus"}),
    ("sigmoid", function("sigmoid(z)", "1/1+np.exp(-z)"), {"no_brackets"}),
    ("sigmoid", function("sigmoid(z)", "1/(1 - np.exp(-z))"), {"minus_in_the_denominator"}),
    ("sigmoid", function("sigmoid(x)", "1/(1+np.exp(x))"), {"exponent_without_minus"}),
    ("sigmoid", function("sigmoid(x)", "1/(1+math.exp(-x))"), RAISES),
    (
        "sigmoid_derivative",
        function("sigmoid_derivative(z)", "np.dot(sigmoid(z), (1-sigmoid(z)))"),
        {"matrix_product"},
    ),
    ("image2vector", function("image2vector(image)", "image.reshape(image.size)"), {"flat"}),
    ("image2vector", function("image2vector(image)", "image.reshape((image.shape[0]*image.shape[1]*2,1))"), RAISES),
    # What an array holds that was never filled is chance; where it is zeros, the idea has a name.
    ("image2vector", function("image2vector(image)", "np.empty([image.size, 1]) * 0"), {"never_filled"}),
    ("image2vector", function("image2vector(image)", "image.T.reshape(-1,1)"), {"transposed_first"}),
    (
        "normalize_rows",
        function("normalize_rows(x)", "x / np.linalg.norm(x, ord=2, axis=0, keepdims=True)"),
        {"columns_normalized"},
    ),
    ("normalize_rows", function("normalize_rows(x)", "x / np.linalg.norm(x, axis=1)"), {"axis_lost"}),
    ("normalize_rows", function("normalize_rows(x)", "x / np.linalg.norm(x)"), {"one_length_for_all"}),
    ("softmax", function("softmax(x)", "np.exp(x) / np.sum(np.exp(x))"), {"sum_over_everything"}),
    ("softmax", function("softmax(x)", "np.exp(x) / np.sum(np.exp(x), axis=0, keepdims=True)"), {"sum_over_columns"}),
    ("L1", function("L1(yhat, y)", "abs(y - yhat)"), {"not_summed"}),
    ("L1", function("L1(yhat, y)", "np.sum(y - yhat)"), {"signed_errors"}),
    ("L2", function("L2(yhat, y)", "np.mean((y-yhat)**2)"), {"averaged"}),
    ("L2", function("L2(yhat, y)", "np.sum(y-yhat)**2"), {"square_of_the_sum"}),
]
REGRESSION = [
    ("sigmoid", function("sigmoid(z)", "1/1+np.exp(-z)"), {"no_brackets"}),
    ("sigmoid", function("sigmoid(z)", "1/(1 - np.exp(-z))"), {"minus_in_the_denominator"}),
    ("sigmoid", function("sigmoid(x)", "1/(1+np.exp(x))"), {"exponent_without_minus"}),
    ("initialize_with_zeros", start(w="np.zeros(dim)"), {"flat_weights"}),
    ("initialize_with_zeros", start(w="np.zeros((1, dim))"), {"row_of_weights"}),
    ("initialize_with_zeros", start(b="np.zeros((1,1))"), {"bias_is_a_matrix"}),
    ("initialize_with_zeros", start(w="np.zeros((dim, 1), dtype = int)"), FAIR),
    ("initialize_with_zeros", start(b="0"), FAIR),
    ("propagate", propagate(dw="(1/m)*X*((dz.T))"), {"dw_entry_by_entry"}),
    ("propagate", propagate(dw="np.dot(X,(A-Y).T)"), {"dw_not_averaged"}),
    ("propagate", propagate(dw="1/m * np.dot(X, dz)"), RAISES),
    ("propagate", propagate(dw="np.mean((A-Y) * X, 1)"), {"dw_is_flat"}),
    ("propagate", propagate(db="np.sum(A-Y)"), {"db_not_averaged"}),
    ("propagate", propagate(db="1/m*np.sum(A-Y, axis=1, keepdims=True)"), {"db_keeps_its_axes"}),
    (
        "propagate",
        propagate(cost="-1/m*np.sum(Y*np.log(A).T + (1-Y)*np.log(1-A))"),
        {"cost_with_one_transposed_log"},
    ),
    ("propagate", propagate(cost="-1/m*(Y*np.log(A) + (1-Y)*np.log(1-A))"), {"cost_not_summed"}),
    ("propagate", propagate(cost="-1/m*np.sum(Y*np.log(A)) + (1-Y)*np.log(1-A)"), {"cost_bracket_closed_early"}),
    (
        "propagate",
        propagate(cost="-1/m*np.sum(Y*np.log(A) + (1-A)*np.log(1-A))"),
        {"cost_weighs_by_the_answers"},
    ),
    ("propagate", propagate(cost="-np.sum(Y*np.log(A) + (1-Y)*np.log(1-A))"), {"cost_not_averaged"}),
    ("propagate", propagate(m="X.shape[0]"), {"features_counted"}),
    ("propagate", propagate(m="len(X)"), {"features_counted"}),
    ("propagate", propagate(A="sigmoid(np.dot(w, X) + b)"), RAISES),
    ("propagate", propagate(A="np.dot(w.T, X) + b"), {"activation_forgotten"}),
    ("propagate", propagate(dw="np.dot(X, dz.T)", db="dz / m"), {"dw_not_averaged", "db_not_summed"}),
    (
        "optimize",
        optimize(step_w="w = w - (0.009 * dw)", step_b="b = b - (0.009 * db)"),
        {"learning_rate_hard_coded"},
    ),
    ("optimize", optimize(record="True"), {"cost_every_iteration"}),
    (
        "optimize",
        optimize(before="grads, cost = propagate(w, b, X, Y)", inside="pass"),
        {"propagates_once"},
    ),
    ("optimize", optimize(step_w="w -= learning_rate * dw"), FAIR),
    ("optimize", optimize(rounds="num_iterations-1"), {"one_iteration_too_few"}),
    ("optimize", optimize(step_b="b = b - learning_rate * dw"), {"b_updated_with_dw"}),
    ("predict", predict("for i in range(m): Y_prediction[0, i] = A[0, i]"), {"probabilities_returned"}),
    ("predict", predict("for i in range(m): Y_prediction[0, i] = 1 if A[0, i] >= 0.5 else 0"), FAIR),
    (
        "predict",
        predict("Y_prediction = (A > 0.5) * 1.0", A="sigmoid(np.dot(X.T, w) + b)"),
        {"predictions_in_a_column"},
    ),
    ("predict", predict("Y_prediction = A > 0.5"), FAIR),
    ("predict", predict("for i in range(m): Y_prediction[0, i] = 1 if A[i] > 0.5 else 0"), RAISES),
    (
        "model",
        model(learn="optimize(w, b, X_train, Y_train, num_iterations=2000, learning_rate=0.5, print_cost=False)"),
        {"settings_hard_coded"},
    ),
    ("model", model(start="initialize_with_zeros(X_train.shape[1])"), RAISES),
    ("model", model(start="(np.zeros((num_px*num_px*3,1)), 0)"), RAISES),
    ("model", model(learn="optimize(w, b, X, Y, num_iterations, learning_rate, print_cost)"), RAISES),
    ("model", model(take="pass"), {"parameters_not_taken"}),
    ("model", model(rounds="num_interations", learn=TRAINING["learn"].replace("iter", "inter")), FAIR),
]
ROWS = [("numpy_basics", *row) for row in BASICS] + [("logistic_regression", *row) for row in REGRESSION]


@pytest.mark.parametrize(
    ("slug", "question", "program", "label"), ROWS, ids=[f"{row[1]}-{number}" for number, row in enumerate(ROWS)]
)
def test_a_mistake_gets_what_it_deserves(slug, question, program, label):
    result = judged.grade(slug, question, program)
    hints = judged.named(result)
    if label == FAIR:
        assert judged.failed(result) == []
        return
    assert result.score < result.points
    assert hints == (set() if label == RAISES else label)
    if label == RAISES:
        assert any(check.code.startswith("exception.") for check in result.checks)


def test_a_wrong_part_leaves_the_marks_of_the_other_parts():
    """db without 1/m costs the points of db: cost and dw keep theirs, and so does working without a loop."""
    result = judged.grade("logistic_regression", "propagate", propagate(db="np.sum(A-Y)"))
    assert {name for name, *_ in judged.failed(result)} == {"db is right", "the worked examples: db"}


TABLE = Path(__file__).parents[1] / "explaining" / "known_mistakes.md"
HEAD = """# Known mistakes: what each costs, and what is said

Made by `tests/content/test_known_mistakes.py`, which holds it in step (`UPDATE_TABLES=1` writes it anew).
"Right hint" is the label that was written before the run.

| question | program | marks | hint given | right hint |
|---|---|---|---|---|
"""


def row(slug, question, program, label):
    """One line of the table: the line of the program that is wrong is told by its difference from the reference's."""
    result = judged.grade(slug, question, program)
    given = ", ".join(sorted(judged.named(result))) or ", ".join(
        sorted({check.code for check in result.checks if check.code.startswith("exception.")})
    )
    right = (
        {FAIR: "none: it is fair", RAISES: "none: the exception is explained"}.get(label)
        if isinstance(label, str)
        else ", ".join(sorted(label))
    )
    usual = set("".join((propagate(), optimize(), predict("pass"), model(), start())).splitlines())
    lines = [" ".join(line.split()) for line in program.splitlines() if line not in usual]
    shown = "; ".join(line for line in lines if (line and not line.startswith("def ")) or "num_inter" in line)
    return f"| {question} | `{shown or 'pass'}` | {result.score} / {result.points} | {given or 'none'} | {right} |"


def test_the_table_of_known_mistakes_is_in_step():
    table = HEAD + "\n".join(row(*each) for each in ROWS) + "\n"
    if os.environ.get("UPDATE_TABLES"):
        TABLE.write_text(table, encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == table
