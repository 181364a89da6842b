"""How graded functions are called: parameters, replaced names, siblings, answers, what old numpy took."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from loader_programs import SIGMOID, came_to, program, script

from grader.model import LoadReport, Wanted
from grader.sandbox.loader import load

UPDATE = Wanted(name="update", parameters=("w", "dw", "learning_rate"))
BODY = "\n    return {} - {} * {}\n"


@pytest.mark.parametrize(
    "source",
    [
        "def update(w, dw, learning_rate):" + BODY.format("w", "learning_rate", "dw"),
        "def update(w, dw, learning_rat):" + BODY.format("w", "learning_rat", "dw"),
        "def update(a, b, c):" + BODY.format("a", "c", "b"),
        "def update(learning_rate, dw, w):" + BODY.format("w", "learning_rate", "dw"),
        "def update(dw, w, lr):" + BODY.format("w", "lr", "dw"),
        "def update(w, dw, *, learning_rate):" + BODY.format("w", "learning_rate", "dw"),
        "def update(w, dw, *, lr):" + BODY.format("w", "lr", "dw"),
        "def update(w, dw, learning_rate=0.1, verbose=False):" + BODY.format("w", "learning_rate", "dw"),
        "def update(verbose=False, w=0, dw=0, learning_rate=0):" + BODY.format("w", "learning_rate", "dw"),
        "def update(*args):\n    w, dw, lr = args" + BODY.format("w", "lr", "dw"),
        "def update(w, *rest):" + BODY.format("w", "rest[1]", "rest[0]"),
        "def update(w, dw, learning_rate, /):" + BODY.format("w", "learning_rate", "dw"),
        "update = lambda w, dw, learning_rate: w - learning_rate * dw\n",
        "import functools\ndef f(k, w, dw, lr):\n    return w + k * lr * dw\nupdate = functools.partial(f, -1)\n",
    ],
)
def test_a_function_is_called_by_position_or_by_the_references_names(source: str) -> None:
    assert came_to(load(script(source), [UPDATE]), "update", 3.0, 2.0, 0.5) == "2.0"


def test_a_wrong_number_of_parameters_is_told_with_both_signatures() -> None:
    loaded = load(script("def update(w, dw):\n    return w\n"), [UPDATE])
    with pytest.raises(TypeError) as caught:
        loaded.functions["update"](1, 2, 3)
    raised = loaded.explain(caught.value, "update")
    assert (raised.params["signature"], raised.params["expected"]) == ("update(w, dw)", "update(w, dw, learning_rate)")
    assert raised.location is None


OPTIMIZE = Wanted(
    name="optimize",
    parameters=("w", "steps", "rate"),
    stub="def optimize(w, steps=100, rate=0.5):\n    raise NotImplementedError\n",
)
MODEL = Wanted(name="model", parameters=("X",), uses=("optimize",))


@pytest.mark.parametrize(
    ("definition", "call", "expected"),
    [
        ("def optimize(w, steps=7, rate=0.1): return 0", "optimize(X)", (1, 7, 0.1)),
        ("def optimize(w, steps=7, rate=0.1): return 0", "optimize(X, rate=3)", (1, 7, 3)),
        ("def optimize(rate, w, steps): return 0", "optimize(3, X, 2)", (1, 2, 3)),
        ("def optimize(weights, count, lr): return 0", "optimize(lr=3, weights=X, count=2)", (1, 2, 3)),
        ("def optimize(w, steps=100, rate=0.5):\n    raise NotImplementedError", "optimize(X)", (1, 100, 0.5)),
        ("", "optimize(X, rate=3)", (1, 100, 3)),
        ("def optimize(w, steps, rate", "optimize(X, 2)", (1, 2, 0.5)),
    ],
)
def test_a_replaced_name_is_called_as_the_reference_is(definition: str, call: str, expected: tuple[Any, ...]) -> None:
    cells = program(definition, f"def model(X):\n    return {call}\n")
    loaded = load(cells, [OPTIMIZE, MODEL], replaced={"optimize": lambda *args: args})
    assert came_to(loaded, "model", 1) == repr(expected)
    assert loaded.functions["optimize"](5) == (5,)


def test_a_replaced_name_stands_under_its_aliases_too() -> None:
    rows = Wanted(name="normalize_rows", aliases=("normalizeRows",), parameters=("x",))
    cells = program("def normalizeRows(x):\n    return x + 1\n", "def model(X):\n    return normalizeRows(X)\n")
    loaded = load(cells, [rows, MODEL], replaced={"normalize_rows": lambda x: x + 2})
    assert came_to(loaded, "model", 0) == "2"


def test_a_file_handed_in_beside_is_imported() -> None:
    siblings = {
        "helper.py": "import nothing_here\nx = = 3\ndef invert(x):\n    return 1 / x\n"
        "if __name__ == '__main__':\n    invert = None\n",
        "more.py": "from helper import *\ndef add(x):\n    return np.exp(-x) + 1\n",
    }
    source = "from helper import invert\nimport more as m\ndef sigmoid(z):\n    return invert(m.add(z))\n"
    assert came_to(load(script(source, siblings), [SIGMOID]), "sigmoid", np.zeros(1)) == "[0.5]"


def test_a_graded_function_may_come_from_a_file_beside() -> None:
    siblings = {"mine.py": "import numpy as np\ndef sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n"}
    for line in (
        "from mine import sigmoid",
        "from mine import sigmoid as s\nsigmoid = s",
        "import mine\nsigmoid = mine.sigmoid",
    ):
        assert came_to(load(script(line, siblings), [SIGMOID]), "sigmoid", np.zeros(1)) == "[0.5]", line


QUIZ = tuple(Wanted(name=f"q{number}", kind="answer") for number in range(1, 4))


@pytest.mark.parametrize(
    ("source", "status", "value"),
    [
        ("q1 = (3, 3)", "found", (3, 3)),
        ("q1 = None  # YOUR ANSWER HERE", "blank", None),
        ("q1 = ...", "blank", None),
        ("q1 = ''", "blank", None),
        ("q1 = ", "blank", None),
        ("q1 = (3, 3", "syntax", None),
        ("x = 1", "absent", None),
        ("q1 = (1,)\nq1 = (2,)", "found", (2,)),
        ("q1 = (1,)\nq1 = None", "found", (1,)),
        ("q1, q2 = (3, 3), 'error'", "found", (3, 3)),
        ("import numpy as np\nq1 = np.ones((2, 3)).shape", "found", (2, 3)),
        ("q1 = q2 = 'error'", "found", "error"),
        ("q1 = [3]\nq1.append(3)", "found", [3, 3]),
        ("q1 = 3\nprint(", "found", 3),
    ],
)
def test_an_answer_is_what_was_last_written(source: str, status: str, value: object) -> None:
    loaded = load(script(source), QUIZ)
    assert (loaded.report.found["q1"].status, loaded.answers.get("q1")) == (status, value)
    assert (loaded.unmade("q1") is None) == (value is not None)


def test_an_answer_that_could_not_be_made_says_why() -> None:
    loaded = load(program("import numpy as np\nq1 = (np.ones((4, 3)) * np.ones((3, 2))).shape"), QUIZ)
    raised = loaded.unmade("q1")
    assert (raised.type, raised.location.cell, raised.location.line) == ("ValueError", 1, 2)
    assert raised.params["shapes"] == [[4, 3], [3, 2]]


def test_an_answer_that_comes_to_None_was_filled_in() -> None:
    loaded = load(script("q1 = print('x')"), QUIZ)
    assert (loaded.answers, loaded.unmade("q1")) == ({"q1": None}, None)


PREDICT = Wanted(name="predict", parameters=("A",))


@pytest.mark.parametrize(
    "line",
    [
        "Y[0, i] = A[:, i] > 0.5",
        "Y[0][i] = np.where(A[:, i] > 0.5, 1, 0)",
        "Y[:, i] = int(A[:, i] > 0.5)",
        "Y[0, i] += A[:, i] > 0.5",
        "Y[0, i] = float(np.round(A[:, i:i + 1]))",
        "Y[0, i] = math.floor(A[:, i] + 0.5)",
    ],
)
def test_arrays_of_one_element_count_as_numbers_whatever_the_numpy(line: str) -> None:
    source = f"""
import math
import numpy as np
def predict(A):
    Y = np.zeros((1, A.shape[1]))
    for i in range(A.shape[1]):
        {line}
    return Y
"""
    with np.errstate(all="ignore"):
        assert came_to(load(script(source), [PREDICT]), "predict", np.array([[0.2, 0.7]])) == "[[0.0, 1.0]]"


def test_a_larger_array_where_a_number_is_meant_still_raises() -> None:
    source = "import numpy as np\ndef predict(A):\n    Y = np.zeros((1, 2))\n    Y[0, 0] = A\n    return Y\n"
    loaded = load(script(source), [PREDICT])
    assert came_to(loaded, "predict", np.ones((1, 2))) == "ValueError"


def test_the_report_is_handed_over_before_any_statement_runs() -> None:
    order: list[str] = []

    def told(report: LoadReport) -> None:
        order.append(report.found["sigmoid"].status)

    cells = program("k = cost()", "def sigmoid(z):\n    return k * z\n")
    load(cells, [SIGMOID, Wanted(name="cost")], replaced={"cost": lambda: order.append("ran")}, on_report=told)
    assert order == ["found", "ran"]
