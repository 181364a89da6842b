"""Messy notebooks, each a row of messes.txt: what `sigmoid` comes to in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from loader_programs import SIGMOID, came_to, program, script

from grader.sandbox.loader import load

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


@pytest.mark.parametrize(
    ("code", "line", "cell"),
    [
        pytest.param("only_here.tabs", 5, "\n\ndef sigmoid(z):\n\ts = 1/(1+np.exp(-z))\n        return s", id="tabs"),
        pytest.param(
            "only_here.print", 3, "\ndef sigmoid(z):\n    print 'z', z\n    return 1/(1+np.exp(-z))", id="print"
        ),
    ],
)
def test_what_python_itself_refuses_is_read_and_told_with_its_line(code: str, line: int, cell: str) -> None:
    loaded = load(program(NUMPY, cell), [SIGMOID])
    assert came_to(loaded, "sigmoid", np.zeros((1, 2))) == OUTCOMES["right"]
    assert [note.params["place"] for note in loaded.notes() if note.code == code] == [{"line": line, "cell": 2}]


@pytest.mark.parametrize(
    ("code", "line", "source"),
    [
        ("only_here.spaces", 3, NUMPY + "\n" + GOOD.replace("    ", "\u00a0\u00a0\u00a0\u00a0")),
        ("only_here.spaces", 3, NUMPY + "\n" + GOOD.replace("1 /", "1\u200b /")),
        ("only_here.magic", 2, NUMPY + "\n%matplotlib inline\n" + GOOD),
        ("only_here.magic", 1, "!pip install numpy\n" + NUMPY + "\n" + GOOD),
        ("only_here.magic", 1, ">>> " + NUMPY + "\n" + GOOD),
    ],
)
def test_what_python_itself_refuses_in_a_script_is_told(code: str, line: int, source: str) -> None:
    loaded = load(script(source), [SIGMOID])
    assert came_to(loaded, "sigmoid", np.zeros((1, 2))) == OUTCOMES["right"]
    told = [(note.code, note.params["place"]) for note in loaded.notes() if note.code.startswith("only_here")]
    assert told == [(code, {"line": line})]


def test_what_stands_pushed_in_above_the_first_line_at_the_margin_is_told() -> None:
    loaded = load(script("\n    x = 3\n" + NUMPY + "\n" + GOOD), [SIGMOID])
    assert came_to(loaded, "sigmoid", np.zeros((1, 2))) == OUTCOMES["right"]
    told = [note.params for note in loaded.notes() if note.code == "skipped.cell"]
    assert told == [{"line": 2, "text": "x = 3", "reason": "unexpected indent"}]


def test_a_name_that_only_python_2_has_is_told() -> None:
    cell = "def sigmoid(z):\n    for _ in xrange(1):\n        pass\n    return 1/(1+np.exp(-z))"
    notes = load(program(NUMPY, cell), [SIGMOID]).notes()
    assert [note.params for note in notes if note.code == "only_here.name"] == [{"name": "xrange", "now": "range"}]


@pytest.mark.parametrize(
    "cell",
    [
        GOOD,
        "%matplotlib inline\n# \u00a0 a comment\n" + GOOD,
        "\tdef sigmoid(z):\n\t\treturn 1/(1+np.exp(-z))",
        GOOD.replace("    ", "\t"),
    ],
)
def test_of_what_runs_as_it_is_nothing_is_told(cell: str) -> None:
    notes = load(program(NUMPY, cell), [SIGMOID]).notes()
    assert not [note for note in notes if note.code.startswith("only_here")]


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        ("def sigmoid(z):\n    s = 'abc\n    return s", "unterminated string literal (detected at line 5)"),
        (
            "def sigmoid(z):\n    for i in z:\n    return s",
            "expected an indented block after 'for' statement on line 5",
        ),
    ],
)
def test_the_lines_in_pythons_own_reasons_are_those_of_the_cell(last: str, reason: str) -> None:
    loaded = load(program("x = 1\n\n\n" + last + "\n\ny = (\n"), [SIGMOID])
    reasons = [note.params["reason"] for note in loaded.notes() if note.code == "skipped.cell"]
    assert reason in reasons
