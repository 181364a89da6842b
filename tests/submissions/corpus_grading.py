"""Grade files of the corpus, or programs made up by a test, through the whole pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path

from grader.courses import answer_key, load_assignment
from grader.grading import Prepared, prepare
from grader.model import Result, Submission

SOLUTIONS = Path(__file__).parents[2] / "solutions"
SLUGS = ("broadcasting", "gradient_descent", "logistic_regression", "numpy_basics", "vectorization")


@cache
def keys() -> dict[str, Prepared]:
    """Return the answer keys of all assignments, for a secret that is always the same."""
    return {slug: prepare(answer_key(load_assignment(SOLUTIONS / slug), b"corpus")) for slug in SLUGS}


def submission(path: Path, data: bytes, *, assignment: str | None, named: str = "") -> Submission:
    """Hand in a file, with those in the folder beside it that is named after it."""
    beside = path.with_name(path.stem + ".files")
    siblings = sorted(beside.iterdir()) if beside.is_dir() else []
    return Submission(
        student="sample",
        path=named or path.name,
        assignment=assignment,
        read=lambda: data,
        siblings=tuple((file.name, file.read_bytes) for file in siblings),
    )


def with_pictures(data: bytes, size: int) -> bytes:
    """Put pictures of so many bytes together into a notebook's outputs, as plots leave them."""
    notebook = json.loads(data)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    chunk = "iVBORw0KGgoAAAANSUhEUgAA" * (size // 24 // len(code))
    for cell in code:
        picture = {"image/png": chunk, "text/plain": ["<matplotlib.figure.Figure at 0x7f>"]}
        cell["outputs"].append({"output_type": "display_data", "metadata": {}, "data": picture})
    return json.dumps(notebook).encode()


def notebook(cells: Iterable[str]) -> bytes:
    """Make a notebook of code cells."""
    made = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": cell.splitlines(True)}
        for cell in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 2}).encode()


def lost(result: Result) -> dict[str, Decimal]:
    """Return the points that each question lost, where it lost any."""
    assert result.complete, result.flags
    return {
        question.name: question.points - question.score
        for question in result.questions
        if question.score is not None and question.score != question.points
    }
