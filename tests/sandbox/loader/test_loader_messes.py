"""Messy notebooks, each a row of messes.txt: what `sigmoid` comes to in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

NUMPY = "import numpy as np"
GOOD = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))"
WORDS = {
    "NUMPY": NUMPY,
    "GOOD": GOOD,
    "BAD": "def sigmoid(z):\n    return 1 / (1 + np.exp(z)) + 1",
    "STUB": 'def sigmoid(z):\n    """Squash."""\n    # YOUR CODE HERE\n    raise NotImplementedError',
}
OUTCOMES = {"right": "[[0.5, 0.5]]", "wrong": "[[1.5, 1.5]]"}


def rows() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Read the rows: name, outcome, cells."""
    text = (Path(__file__).parent / "messes.txt").read_text(encoding="utf-8")
    for block in text.split("\n=== ")[1:]:
        title, *cells = block.split("\n---\n")
        name, _, expected = title.rpartition(": ")
        plain = ["\n".join(WORDS.get(line, line) for line in cell.split("\n")) + "\n" for cell in cells]
        yield name, OUTCOMES.get(expected, expected), tuple(plain)


ROWS = list(rows())


@pytest.mark.parametrize(("expected", "cells"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_messy_notebook_comes_to(outcome: Callable[..., str], expected: str, cells: tuple[str, ...]) -> None:
    assert outcome(*cells) == expected


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(GOOD.replace("\n", "\r\n"), id="carriage returns and newlines"),
        pytest.param(GOOD.replace("\n", "\r"), id="carriage returns only"),
        pytest.param("\f" + GOOD, id="a form feed"),
        pytest.param("\ufeff" + GOOD, id="a byte order mark"),
        pytest.param(GOOD.replace("    ", "\u00a0\u00a0\u00a0\u00a0"), id="no-break spaces"),
        pytest.param(GOOD + "\n# \0", id="a NUL byte"),
        pytest.param(GOOD + "\n# \udcff", id="a lone surrogate"),
        pytest.param("def sigmoid(z):\n\ts = 1/(1+np.exp(-z))\n        return s", id="a tab for eight columns"),
        pytest.param("def sigmoid(z):\n\ts = 1/(1+np.exp(-z))\n    return s", id="a tab for four columns"),
        pytest.param("\tdef sigmoid(z):\n\t\treturn 1/(1+np.exp(-z))", id="a cell indented by tabs"),
        pytest.param("# -*- coding: rot13 -*-\n" + GOOD, id="a declared encoding that the text is not in"),
    ],
)
def test_odd_characters_cost_nothing(outcome: Callable[..., str], cell: str) -> None:
    assert outcome(NUMPY, cell) == OUTCOMES["right"]


def test_tabs_that_could_mean_two_things_are_a_syntax_error(outcome: Callable[..., str]) -> None:
    # With 8 columns the last line is in the `if`, with 4 it is not.
    cell = "def sigmoid(z):\n    if z is None:\n        z = 1\n\tz = 0\n    return z"
    assert outcome(NUMPY, cell) == "syntax"
