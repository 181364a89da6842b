"""Other graders on the same submissions: nbgrader and Otter, each in an environment of its own, and pytest.

They are given the same six functions and four asserts for each, 24 in all: fewer calls than ours makes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import venv
from collections.abc import Iterator
from pathlib import Path

from corpus import SLUG, Class
from measuring import run

_MORE = ("numpy", "ipykernel", "nbconvert", "setuptools", "pytest")
_SETUP = "import copy\nimport math\nimport numpy as np\n"
_DATA = (
    "rng = np.random.default_rng({n})\nw = rng.normal(size=(3, 1))\nX = rng.normal(size=(3, 5))\n"
    "Y = np.array([[0, 1, 0, 1, 1]])\n"
)
_TESTS = {
    "sigmoid": "assert np.allclose(sigmoid(X), 1 / (1 + np.exp(-X)))",
    "initialize_with_zeros": "assert np.shape(initialize_with_zeros({n} + 1)[0]) == ({n} + 1, 1)",
    "propagate": "assert np.allclose(propagate(w, 0.5, X, Y)[0]['dw'].shape, w.shape)",
    "optimize": "assert optimize(w, 0.5, X, Y, 100, 0.01)[0]['w'].shape == w.shape",
    "predict": "assert np.shape(predict(w, 0.5, X)) == (1, 5)",
    "model": "assert model(X, Y, X, Y, 100, 0.1)['w'].shape == (3, 1)",
}


def measure(members: Class, folder: Path, cache: Path, count: int) -> Iterator[tuple[str, float]]:
    """Yield names of graders and their seconds of CPU a submission."""
    yield "pytest, a process each", _pytest(members, folder / "pytest", count)
    yield (
        "nbgrader autograde + feedback",
        _nbgrader(members, folder / "nbgrader", _environment(cache, "nbgrader"), count),
    )
    yield "`otter run`", _otter(members, folder / "otter", _environment(cache, "otter-grader"), count)


def _environment(cache: Path, package: str) -> Path:
    """Install a grader by name, once; returns the folder of its commands."""
    folder = cache / package
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True)
        pip = (folder / "bin" / "pip", "install", "-q", package, *_MORE)
        subprocess.run([str(word) for word in pip], check=True)
        (folder / "ready").touch()
    return folder / "bin"


def _calls(name: str) -> Iterator[str]:
    for n in range(4):
        yield _DATA.format(n=n) + _TESTS[name].format(n=n)


def _cell(source: str, **metadata: object) -> dict[str, object]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": f"c{abs(hash(source)):x}"[:12],
        "metadata": metadata,
        "outputs": [],
        "source": source,
    }


def _notebook(cells: list[dict[str, object]]) -> str:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


def _pytest(members: Class, folder: Path, count: int) -> float:
    spent = 0.0
    for number in range(count):
        place = folder / str(number)
        place.mkdir(parents=True)
        (place / "submission.py").write_text(members.python(number), encoding="utf-8")
        tests = [
            f"def test_{name}_{n}():\n{textwrap.indent(call, '    ')}\n"
            for name in _TESTS
            for n, call in enumerate(_calls(name))
        ]
        (place / "test_it.py").write_text("import numpy as np\nfrom submission import *\n\n" + "\n".join(tests))
        command = (sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-c", "/dev/null", "--rootdir", place, place)
        spent += run(command, cwd=place, ok=(0, 1, 2)).cpu
    return spent / count


def _nbgrader(members: Class, folder: Path, commands: Path, count: int) -> float:
    def cells(functions: dict[str, str]) -> list[dict[str, object]]:
        made = [_cell(_SETUP)]
        for name, source in functions.items():
            marks = {"schema_version": 3, "locked": False, "task": False, "grade": False, "solution": True}
            made.append(_cell(source, nbgrader={**marks, "grade_id": name}))
            for n, call in enumerate(_calls(name)):
                test = {**marks, "solution": False, "locked": True, "grade": True, "points": 1}
                made.append(_cell(call, nbgrader={**test, "grade_id": f"{name}-{n}"}))
        return made

    source = folder / "source" / SLUG
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'sample'\n")
    (source / f"{SLUG}.ipynb").write_text(_notebook(cells(members.program(0))), encoding="utf-8")
    run((commands / "nbgrader", "generate_assignment", SLUG), cwd=folder)
    for number in range(count):
        place = folder / "submitted" / f"sample{number}" / SLUG
        place.mkdir(parents=True)
        (place / f"{SLUG}.ipynb").write_text(_notebook(cells(members.program(number))), encoding="utf-8")
    graded = run((commands / "nbgrader", "autograde", SLUG), cwd=folder, ok=(0, 1))
    told = run((commands / "nbgrader", "generate_feedback", SLUG), cwd=folder, ok=(0, 1))
    return (graded.cpu + told.cpu) / count


def _otter(members: Class, folder: Path, commands: Path, count: int) -> float:
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for name in _TESTS:
        cases = [
            {"code": "".join(f">>> {line}\n" for line in call.splitlines()), "hidden": False, "locked": False}
            for call in _calls(name)
        ]
        test = {"name": name, "points": 4, "suites": [{"cases": cases, "scored": True, "type": "doctest"}]}
        (tests / f"{name}.py").write_text(f"OK_FORMAT = True\n\ntest = {test!r}\n")
    run((commands / "otter", "generate", "-t", tests, "-o", folder / "autograder.zip", "--no-environment"), cwd=folder)
    spent = 0.0
    for number in range(count):
        place = folder / str(number)
        place.mkdir()
        cells = [_cell(_SETUP), *map(_cell, members.program(number).values())]
        (place / f"{SLUG}.ipynb").write_text(_notebook(cells), encoding="utf-8")
        command = (commands / "otter", "run", "-a", folder / "autograder.zip", "-o", place, place / f"{SLUG}.ipynb")
        spent += run(command, cwd=place, ok=(0, 1)).cpu
    return spent / count
