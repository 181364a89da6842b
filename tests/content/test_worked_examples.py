"""The numbers that a student is told to expect are those that the demo cells print, in both languages."""

import contextlib
import io
import re

import judged
import pytest

QUOTED = re.compile(r"`[^`]*`")
DECIMAL = re.compile(r"-?\d+\.\d+")


def decimals(text):
    return {float(number) for number in DECIMAL.findall(text)}


def told_and_shown(slug):
    """Run the cells in order; yield (English text, Chinese text, what the demo cell after them prints)."""
    namespace = {"__name__": "notebook"}
    texts = {}
    for cell in judged.loaded(slug).reference.cells:
        if cell.kind == "markdown":
            texts[cell.language] = cell.source
        elif cell.kind == "code":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(cell.source, namespace)
            if "demo" in cell.tags and texts:
                yield texts["en"], texts["zh-CN"], printed.getvalue()
            texts = {}


@pytest.mark.parametrize("slug", ["logistic_regression", "numpy_basics"])
def test_the_numbers_in_the_text_are_printed(slug):
    examples = list(told_and_shown(slug))
    assert len(examples) >= 6
    told = 0
    for english, chinese, shown in examples:
        numbers = decimals(" ".join(QUOTED.findall(english)))
        told += len(numbers)
        assert numbers <= decimals(re.sub(r"(\d)\.(?=\D|$)", r"\g<1>.0", shown)), (numbers, shown)
        assert numbers == decimals(" ".join(QUOTED.findall(chinese)))
    assert told >= 8
