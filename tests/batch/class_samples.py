"""A generated class: the sample course, and different submissions for it, right and wrong in known ways."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.resources import as_file, files
from pathlib import Path

from grader.courses import find_course, release

SECRET = "a secret for tests"
RIGHT = {
    "sigmoid": "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n",
    "forward": "def forward(w, b, X):\n    return sigmoid(np.dot(w.T, X) + b)\n",
    "gradients": (
        "def gradients(w, b, X, Y):\n    m = X.shape[1]\n    error = forward(w, b, X) - Y\n"
        "    return np.dot(X, error.T) / m, np.sum(error) / m\n"
    ),
    "descend": (
        "def descend(w, b, X, Y, num_iterations=100, learning_rate=0.1):\n    for _ in range(num_iterations):\n"
        "        dw, db = gradients(w, b, X, Y)\n"
        "        w = w - learning_rate * dw\n        b = b - learning_rate * db\n"
        "    return w, b\n"
    ),
}
WRONG = {
    "forward": "def forward(w, b, X):\n    return np.dot(w.T, X) + b\n",
    "gradients": (
        "def gradients(w, b, X, Y):\n    error = forward(w, b, X) - Y\n    return np.dot(X, error.T), np.sum(error)\n"
    ),
    "descend": "def descend(w, b, X, Y, num_iterations=100, learning_rate=0.1):\n    return w, b\n",
}
MARKS = {None: 100, "forward": 75, "gradients": 75, "descend": 75}
KINDS = (None, None, "forward", None, "gradients", None, "descend", None, None, None)
"""What every tenth student does; None is all right."""
OLD = 'Check("db is right", batch, part=1, points=8)'
NEW = 'Check("db is right", batch, part=1, points=3)'
"""A check that is changed: it counts less. `gradients` is changed by it, and `descend`, which is built on it."""


def make_course(root: Path) -> Path:
    """Copy the sample course without its class."""
    with as_file(files("grader.demo") / "course") as source:
        shutil.copytree(source, root, ignore=shutil.ignore_patterns("submissions"))
    release(find_course(root))
    return root


def make_class(folder: Path, students: int) -> dict[str, int]:
    """Write submissions, no two with the same bytes; return what each is worth."""
    folder.mkdir()
    marks = {}
    for number in range(students):
        kind = KINDS[number % len(KINDS)]
        parts = [WRONG[name] if name == kind else RIGHT[name] for name in RIGHT]
        name = f"s{number:05d}"
        head = f"# grader: assignment=one_neuron\n# {name}\nimport numpy as np\n\n\n"
        (folder / f"{name}.py").write_text(head + "\n\n".join(parts), encoding="utf-8")
        marks[name] = MARKS[kind]
    return marks


def change_a_check(course: Path) -> None:
    """Let one check count less."""
    path = course / "solutions" / "one_neuron" / "checks.py"
    text = path.read_text(encoding="utf-8")
    assert text.count(OLD) == 1
    path.write_text(text.replace(OLD, NEW), encoding="utf-8")


def arguments(course: Path, *more: object) -> list[str]:
    """Return the command line of a run over the class, unconfined but on a cluster that it does not start itself."""
    words = list(map(str, more))
    place = words[words.index("--cluster") + 1] if "--cluster" in words else "local:"
    level = "none" if place.startswith("local:") else "auto"
    given = ["--course", str(course), "--sandbox", level, *words]
    return [sys.executable, "-m", "grader", "grade", *given, str(course.parent / "class")]


def environment() -> dict[str, str]:
    """Return the environment of a run."""
    return {**os.environ, "GRADER_SECRET": SECRET, "LANG": "C.UTF-8", "COLUMNS": "80"}


def grade(course: Path, *more: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run `grader grade` over the class in a process of its own."""
    done = subprocess.run(
        arguments(course, *more), capture_output=True, text=True, env=environment(), timeout=1800, check=False
    )
    assert done.returncode == code, done.stderr
    return done
