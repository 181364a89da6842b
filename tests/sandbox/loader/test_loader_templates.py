"""Blank, half-written and written functions on the template that most public notebooks were made from."""

from __future__ import annotations

import ast

import numpy as np
import pytest
from loader_programs import came_to, program

from grader.model import Wanted
from grader.sandbox.loader import load
from grader.sandbox.loader.blanks import Stub, is_blank

PROPAGATE = '''
# GRADED FUNCTION: propagate

def propagate(w, b, X, Y):
    """
    Implement the cost function and its gradient for the propagation explained above
    """
    m = X.shape[1]

    # FORWARD PROPAGATION (FROM X TO COST)
    ### START CODE HERE ### (~ 2 lines of code)
    {forward}
    ### END CODE HERE ###

    # BACKWARD PROPAGATION (TO FIND GRAD)
    ### START CODE HERE ###
    {backward}
    ### END CODE HERE ###

    assert(dw.shape == w.shape)
    assert(db.dtype == float)
    cost = np.squeeze(cost)
    assert(cost.shape == ())

    grads = {{"dw": dw,
             "db": db}}

    return grads, cost
'''
SIGMOID = "import numpy as np\ndef sigmoid(z):\n    return 1/(1+np.exp(-z))\n"
DEMO = """
w, b, X, Y = np.array([[1.],[2.]]), 2., np.array([[1.,2.],[3.,4.]]), np.array([[1,0]])
grads, cost = propagate(w, b, X, Y)
"""
A = "A = sigmoid(np.dot(w.T, X) + b)"
COST = "cost = -1/m * np.sum(Y*np.log(A) + (1-Y)*np.log(1-A))"
DW = "dw = 1/m * np.dot(X, (A-Y).T)"
DB = "db = 1/m * np.sum(A-Y)"
STUB = "def propagate(w, b, X, Y):\n    raise NotImplementedError\n"
WANTED = (Wanted(name="propagate", parameters=("w", "b", "X", "Y"), uses=("sigmoid",), stub=STUB),)
ARGS = (np.array([[1.0], [2.0]]), 2.0, np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1, 0]]))
GAP = "\n    "


def propagate_of(forward: str, backward: str) -> str:
    cell = PROPAGATE.format(forward=forward, backward=backward)
    loaded = load(program("%matplotlib inline\nimport h5py", SIGMOID, cell, DEMO), WANTED)
    result = came_to(loaded, "propagate", *ARGS)
    return "right" if "array" in result and "0.99" in result else result


@pytest.mark.parametrize(
    ("forward", "backward", "expected"),
    [
        pytest.param(A + GAP + COST, DW + GAP + DB, "right", id="written"),
        pytest.param("A = None\n    cost = None", "dw = None\n    db = None", "blank", id="all None"),
        pytest.param("A = ...\n    cost = ...", "dw = ...\n    db = ...", "blank", id="all dots"),
        pytest.param("# A = \n    # cost = ", "# dw =\n    # db = ", "blank", id="all commented out"),
        pytest.param("A = \n    cost = ", "dw = \n    db = ", "blank", id="all empty"),
        pytest.param("", "", "blank", id="all deleted"),
        pytest.param("pass", "pass", "blank", id="all pass"),
        pytest.param("print(X.shape)", "", "blank", id="only a print"),
        pytest.param(A + GAP + COST, "dw = None\n    db = None", "AttributeError", id="gradients left None"),
        pytest.param(A + GAP + "cost = None", DW + GAP + DB, "right", id="cost left None: the rest counts"),
        pytest.param(A + GAP + COST, "# dw =\n    # db =", "UnboundLocalError|NameError", id="gradients commented out"),
        pytest.param(A + GAP + COST, "dw = np.dot(X, A - Y)\n    db = 0", "ValueError", id="wrong and raising"),
        pytest.param(A + GAP + "cost = 0.", "dw = w\n    db = np.float64(0)", "AttributeError|right|value", id="lazy"),
        pytest.param("A = None\n    " + A + GAP + COST, DW + GAP + DB, "right", id="None first, then written"),
    ],
)
def test_a_template_with_this_in_its_gaps_comes_to(forward: str, backward: str, expected: str) -> None:
    result = propagate_of(forward, backward)
    assert result in expected.split("|") or ("value" in expected and result.startswith("("))


NORMALIZE = '''
def normalizeRows(x):
    """
    Normalize each row of the matrix x to have unit length.
    """
    ### START CODE HERE ### (~ 2 lines of code)
    {body}
    ### END CODE HERE ###

    return x
'''


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x_norm = None\n    x = None", "blank"),
        ("x_norm = np.linalg.norm(x, axis=1, keepdims=True)\n    x = x / x_norm", "[[0.6, 0.8]]"),
        ("x_norm = np.linalg.norm(x, axis=1, keepdims=True)\n    x = None", "None"),
        ("x_norm = \n    x = ", "blank"),
        ("x_norm = np.linalg.norm(x, axis=1, keepdims=True)\n    x /= x_norm", "[[0.6, 0.8]]"),
    ],
)
def test_a_template_that_reassigns_its_parameter_comes_to(body: str, expected: str) -> None:
    wanted = Wanted(name="normalize_rows", aliases=("normalizeRows",), parameters=("x",))
    loaded = load(program("import numpy as np", NORMALIZE.format(body=body)), [wanted])
    assert came_to(loaded, "normalize_rows", np.array([[3.0, 4.0]])) == expected
    assert loaded.report.found["normalize_rows"].defined_as == "normalizeRows"


OPTIMIZE = """
def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost = False):
    costs = []

    for i in range(num_iterations):
        # Cost and gradient calculation (~ 1-4 lines of code)
        {one}

        # Retrieve derivatives from grads
        dw = grads["dw"]
        db = grads["db"]

        # update rule (~ 2 lines of code)
        {two}

        # Record the costs
        if i % 100 == 0:
            costs.append(cost)

        # Print the cost every 100 training examples
        if print_cost and i % 100 == 0:
            print ("Cost after iteration %i: %f" %(i, cost))

    params = {{"w": w,
              "b": b}}

    grads = {{"dw": dw,
             "db": db}}

    return params, grads, costs
"""


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("grads, cost = None", "w = None\n        b = None", "blank"),
        ("# grads, cost = ", "# w =", "blank"),
        ("grads, cost = propagate(w, b, X, Y)", "w = w - learning_rate*dw\n        b = b - learning_rate*db", "value"),
        ("grads, cost = propagate(w, b, X, Y)", "w = None\n        b = None", "AttributeError|TypeError"),
        ("grads, cost = ", "w = \n        b = ", "blank"),
    ],
)
def test_the_loop_template_comes_to(one: str, two: str, expected: str) -> None:
    wanted = Wanted(name="optimize", parameters=("w", "b", "X", "Y", "num_iterations", "learning_rate", "print_cost"))
    propagate = PROPAGATE.format(forward=A + GAP + COST, backward=DW + GAP + DB)
    loaded = load(program(SIGMOID, propagate, OPTIMIZE.format(one=one, two=two)), [wanted])
    result = came_to(loaded, "optimize", *ARGS, 3, 0.1, False)
    assert result in expected.split("|") or (expected == "value" and result.startswith("("))


def test_a_function_that_ends_in_None_on_purpose_is_not_blank() -> None:
    source = """
def broadcast_shape(shape_a, shape_b):
    result = []
    for a, b in zip(shape_a[::-1], shape_b[::-1]):
        if a != b and 1 not in (a, b):
            return None
        result.append(max(a, b))
    return tuple(result[::-1])
"""
    loaded = load(program(source), [Wanted(name="broadcast_shape", parameters=("shape_a", "shape_b"))])
    assert came_to(loaded, "broadcast_shape", (2, 3), (3, 2)) == "None"


def test_a_wrong_constant_is_an_attempt() -> None:
    source = "def initialize_with_zeros(dim):\n    w = 0\n    b = 0\n    return w, b\n"
    loaded = load(program(source), [Wanted(name="initialize_with_zeros", parameters=("dim",))])
    assert came_to(loaded, "initialize_with_zeros", 3) == "(0, 0)"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("while True:\n        pass", id="while True"),
        pytest.param("while 1:\n        pass\n    return s", id="while 1, and a result that is never made"),
        pytest.param("for i in itertools.count():\n        pass", id="counting without end"),
        pytest.param("for i in iter(int, 1):\n        pass", id="an iterator without end"),
        pytest.param("if z is not None:\n        while True:\n            pass", id="further in"),
    ],
)
def test_a_loop_without_end_is_no_blank_for_nobody_left_it_to_be_filled_in(body: str) -> None:
    assert not is_blank(function_of(body), Stub("", ""), frozenset({"itertools"}))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("seen.append(z)\n    return z", id="a list from outside is appended to"),
        pytest.param("while np.size(z) == 1:\n        pass\n    return z", id="a while that waits"),
        pytest.param("print(1 / (1 + np.exp(-z)))", id="the result is printed"),
        pytest.param("print('s =', z * 2)\n    return None", id="printed with words, and None returned"),
        pytest.param("s = 1 / (1 + np.exp(-z))\n    s = None\n    return s", id="computed, and then None"),
        pytest.param("s = 1 / (1 + np.exp(-z))\n    raise NotImplementedError", id="the stub's line left at the end"),
        pytest.param("raise NotImplementedError\n    return 1 / (1 + np.exp(-z))", id="the stub's line left above"),
    ],
)
def test_a_function_in_which_somebody_wrote_something_is_no_blank(body: str) -> None:
    stub = Stub("def sigmoid(z):\n    raise NotImplementedError\n    return s\n", "sigmoid")
    assert not is_blank(function_of(body), stub, frozenset({"np", "print"}))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("pass", id="pass"),
        pytest.param("print('to do')", id="words are printed"),
        pytest.param("print('shape: ' + str(z.shape), len(z))", id="a shape is printed"),
        pytest.param("raise NotImplementedError\n    return s", id="the stub"),
        pytest.param("# s =\n    return s", id="the line is commented out"),
        pytest.param("costs = []\n    costs.append(cost)\n    return costs", id="a given line without what it needs"),
        pytest.param("s = None\n    return s", id="None for what is left to do"),
    ],
)
def test_a_function_that_does_nothing_of_its_own_is_blank(body: str) -> None:
    stub = Stub("def sigmoid(z):\n    raise NotImplementedError\n    return s\n", "sigmoid")
    assert is_blank(function_of(body), stub, frozenset({"np", "print", "str", "len"}))


@pytest.mark.parametrize("body", ["for i in range(3):\n        pass", "while i < 3:\n        pass\n    return s"])
def test_an_empty_loop_as_a_template_leaves_it_is_blank(body: str) -> None:
    assert is_blank(function_of(body), Stub("", ""), frozenset())


def function_of(body: str) -> ast.FunctionDef:
    function = ast.parse(f"def sigmoid(z):\n    {body}\n").body[0]
    assert isinstance(function, ast.FunctionDef)
    return function
