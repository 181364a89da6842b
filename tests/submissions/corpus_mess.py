"""Whole solutions, what goes wrong in them, and the mess that hypothesis wraps around both."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from corpus_grading import notebook
from hypothesis import strategies as st

NUMPY = "import numpy as np"

LOGISTIC = {
    "sigmoid": "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))",
    "initialize_with_zeros": "def initialize_with_zeros(dim):\n    w = np.zeros((dim, 1))\n    b = 0\n    return w, b",
    "propagate": """def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -1 / m * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    dw = 1 / m * np.dot(X, (A - Y).T)
    db = 1 / m * np.sum(A - Y)
    return {"dw": dw, "db": db}, np.squeeze(cost)""",
    "optimize": """def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs""",
    "predict": """def predict(w, b, X):
    Y_prediction = np.zeros((1, X.shape[1]))
    A = sigmoid(np.dot(w.T, X) + b)
    for i in range(A.shape[1]):
        Y_prediction[0, i] = 1 if A[0, i] > 0.5 else 0
    return Y_prediction""",
    "model": """def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    w, b = initialize_with_zeros(X_train.shape[0])
    params, grads, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)
    w, b = params["w"], params["b"]
    return {"costs": costs, "Y_prediction_test": predict(w, b, X_test), "Y_prediction_train": predict(w, b, X_train),
            "w": w, "b": b, "learning_rate": learning_rate, "num_iterations": num_iterations}""",
}
BASICS = {
    "basic_sigmoid": "import math\n\ndef basic_sigmoid(x):\n    return 1 / (1 + math.exp(-x))",
    "sigmoid": "def sigmoid(x):\n    return 1 / (1 + np.exp(-x))",
    "sigmoid_derivative": "def sigmoid_derivative(x):\n    s = sigmoid(x)\n    return s * (1 - s)",
    "image2vector": "def image2vector(image):\n    return image.reshape(image.size, 1)",
    "normalize_rows": "def normalizeRows(x):\n    return x / np.linalg.norm(x, axis=1, keepdims=True)",
    "softmax": "def softmax(x):\n    e = np.exp(x)\n    return e / np.sum(e, axis=1, keepdims=True)",
    "L1": "def L1(yhat, y):\n    return np.sum(np.abs(yhat - y))",
    "L2": "def L2(yhat, y):\n    return np.sum((yhat - y) ** 2)",
}
STEPS = {
    "given": "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))",
    "loss": "def loss(a, y):\n    return -(y * np.log(a) + (1 - y) * np.log(1 - a))",
    "cost": "def cost(A, Y):\n    return sum(loss(a, y) for a, y in zip(A[0], Y[0])) / A.shape[1]",
    "update": "def update(w, dw, learning_rate):\n    return w - learning_rate * dw",
    "backward": """def backward(x1, x2, w1, w2, b, y):
    z = w1 * x1 + w2 * x2 + b
    a = sigmoid(z)
    dz = a - y
    da = -y / a + (1 - y) / (1 - a)
    return {"z": z, "a": a, "da": da, "dz": dz, "dw1": x1 * dz, "dw2": x2 * dz, "db": dz}""",
    "gradients_loop": """def gradients_loop(w, b, X, Y):
    dw, db, m = np.zeros(w.shape), 0, X.shape[1]
    for i in range(m):
        x = X[:, i:i + 1]
        dz = sigmoid((w.T @ x)[0, 0] + b) - Y[0, i]
        dw += x * dz
        db += dz
    return dw / m, db / m""",
    "minimize": """def minimize(coefficients, w, learning_rate, num_iterations):
    for i in range(num_iterations):
        slope = sum(k * c * w ** (k - 1) for k, c in enumerate(coefficients) if k)
        w = update(w, slope, learning_rate)
    return w""",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An assignment with a full solution, and edits of it that each spoil one question."""

    slug: str
    solution: dict[str, str]
    faults: tuple[tuple[str, str, str], ...]

    def with_fault(self, number: int) -> dict[str, str]:
        """Return the solution with one of the faults in it."""
        name, right, wrong = self.faults[number % len(self.faults)]
        assert right in self.solution[name]
        return {**self.solution, name: self.solution[name].replace(right, wrong)}


TASKS = (
    Task(
        slug="logistic_regression",
        solution=LOGISTIC,
        faults=(
            ("sigmoid", "np.exp(-z)", "np.exp(z)"),
            ("initialize_with_zeros", "np.zeros((dim, 1))", "np.zeros(dim)"),
            ("propagate", "db = 1 / m * ", "db = "),
            ("optimize", "% 100 == 0", "% 10 == 0"),
            ("predict", "> 0.5", "> 0.4"),
            ("model", "num_iterations, learning_rate, print_cost)", "50, 0.5, print_cost)"),
        ),
    ),
    Task(
        slug="numpy_basics",
        solution=BASICS,
        faults=(
            ("basic_sigmoid", "(1 + math", "(2 + math"),
            ("sigmoid_derivative", "(1 - s)", "(1 + s)"),
            ("normalize_rows", "axis=1", "axis=0"),
            ("softmax", ", axis=1, keepdims=True", ""),
            ("L2", "np.sum", "np.mean"),
        ),
    ),
    Task(
        slug="gradient_descent",
        solution=STEPS,
        faults=(
            ("loss", "return -(", "return ("),
            ("cost", " / A.shape[1]", ""),
            ("update", "w - ", "w + "),
            ("backward", '"dw2": x2', '"dw2": x1'),
            ("gradients_loop", "db / m", "db"),
            ("minimize", "range(num_iterations)", "range(num_iterations + 1)"),
        ),
    ),
)

# --- mess around the functions -------------------------------------------------------------------------------------

HARMLESS = (
    "%matplotlib inline", "!pip install -q h5py", "np.dot?", "?np.log", "files = !ls data",
    "%load_ext autoreload\n%autoreload 2",
    "import h5py\nimport scipy\nfrom PIL import Image", "from lr_utils import load_dataset",
    "from public_tests import *",
    "train_set_x_orig, train_set_y, test_set_x_orig, test_set_y, classes = load_dataset()",
    "num_px = train_set_x_orig.shape[1]\nprint('num_px = ' + str(num_px))",
    "import matplotlib.pyplot as plt\nplt.imshow(train_set_x_orig[25])\nplt.show()",
    "d = model(train_set_x, train_set_y, test_set_x, test_set_y, num_iterations=2000, print_cost=True)",
    "x = [1, 2, 3]\nbasic_sigmoid(x) # you will see this give an error", "sigmoid_test(sigmoid)", "1 / 0",
    "assert np.alltrue(sigmoid(np.zeros(3)) == 7)", "exit()", "print('100% done!?')", "t = (7\n   % 4)",
    '"""\n%not a magic\n!nor this\ndef sigmoid(z): return 0\n"""', "# def predict(w, b, X):\n#     return 0",
    "get_ipython().run_line_magic('matplotlib', 'inline')", "for i in range(3):\n    print(i)", "",
    "w, b, X, Y = np.array([[1.], [2.]]), 2., np.array([[1., 2.], [3., 4.]]), np.array([[1, 0]])",
    "my_image = 'cat.jpg'\nimage = np.array(ndimage.imread('images/' + my_image, flatten=False))",
    "def helper_of_mine(a, b=3):\n    return a", "class Net(object):\n    pass",
    "import torch.nn as nn\nnet = nn.Linear(2, 3)",
)  # fmt: skip
BROKEN = (
    "This is my answer, isn't it?", "x = = 3", "def other(x)\n    return x", "def other(x):\n    return (x", "index = ",
    "print 'hello'", "x = [1, 2", "if num_px = 64:\n    x = 3", "class A\n    pass", ")", "## 2 - The problem set ##",
    "w = [[ 0.19]\n [ 0.12]]", "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> theirs", "for x in range(3) print(x)",
)  # fmt: skip
CELL_MAGICS = ("%%time\n", "%%capture out\n", "# mine\n%%timeit -n 1\n", "")


def printing(source: str) -> str:
    """Put a print at the start of each function's body, as one does who wants to see what happens."""
    head, _, body = source.partition(":\n")
    indent = body[: len(body) - len(body.lstrip(" "))]
    return f"{head}:\n{indent}print('in here: %s!' % 1, '?')\n{body}"


def documented(source: str) -> str:
    """Put a docstring and the template's comments in."""
    head, _, body = source.partition(":\n")
    text = '    """\n    What it does (100% sure!)\n\n    %time it?\n    """\n    ### START CODE HERE ### (≈ 2 lines)\n'
    return f"# GRADED FUNCTION\n\n{head}:\n{text}{body}\n    ### END CODE HERE ###"


def tabbed(source: str) -> str:
    """Indent with tabs."""
    return "\n".join("\t" * ((len(row) - len(row.lstrip(" "))) // 4) + row.lstrip(" ") for row in source.split("\n"))


def indented(header: str, source: str, footer: str = "") -> str:
    """Put a function into a block."""
    return f"{header}\n{textwrap.indent(source, '    ')}\n{footer}"


SHAPES = (
    lambda source: source,
    printing,
    documented,
    tabbed,
    lambda source: source + "\n\n\n# done ;-)\n",
    lambda source: indented("if True:", source),
    lambda source: indented("try:", source, "except NameError:\n    pass"),
    lambda source: indented("if __name__ == '__main__':", source, "    print('main')"),
)


@st.composite
def wrapped(draw: st.DrawFn, task: Task) -> tuple[bool, list[str], tuple[int, ...]]:
    """Draw a mess: whether it is a notebook, the cells between, and how each function is written."""
    kinds = st.one_of(st.sampled_from(HARMLESS), st.sampled_from(BROKEN))
    between = draw(st.lists(kinds, min_size=len(task.solution), max_size=len(task.solution)))
    shapes = draw(st.lists(st.integers(0, len(SHAPES) - 1), min_size=len(between), max_size=len(between)))
    return draw(st.booleans()), between, tuple(shapes)


def handed_in(
    solution: dict[str, str],
    mess: tuple[bool, Sequence[str], Sequence[int]],
    order: Sequence[int],
    copies: tuple[str | None, str | None],
    ending: str,
) -> tuple[str, bytes]:
    """Return the name and bytes of a solution in its mess; `copies` are put before and after everything."""
    is_notebook, between, shapes = mess
    names = list(solution)
    written = [SHAPES[shapes[at]](solution[names[at]]) for at in range(len(names))]
    cells = [copies[0], *(part for at in order for part in (between[at], written[at])), copies[1]]
    texts = [cell for cell in cells if cell is not None]
    # Where NumPy is imported does not matter either.
    texts.insert(order[0], NUMPY)
    if is_notebook:
        magics = [CELL_MAGICS[(at + order[0]) % len(CELL_MAGICS)] for at in range(len(texts))]
        known = set(written)
        return "mess.ipynb", notebook(
            [(m if text in known else "") + text for m, text in zip(magics, texts, strict=True)]
        )
    script = "".join(f"# In[{number}]:\n\n{text}\n\n\n" for number, text in enumerate(texts))
    return "mess.py", ("#!/usr/bin/env python\n# coding: utf-8\n\n" + script).replace("\n", ending).encode()
