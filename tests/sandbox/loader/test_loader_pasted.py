"""Sessions pasted with their prompts, functions from a file beside by a star, one-element arrays in formatted text."""

from __future__ import annotations

import numpy as np
import pytest
from loader_programs import SIGMOID, came_to, program, script

from grader.sandbox.loader import load

GOOD = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n"
ZERO = np.zeros(1)


def prompted(first: str, then: str) -> str:
    rows = GOOD.rstrip().split("\n")
    return "\n".join([f"{first}import numpy as np", first + rows[0], *(then + row for row in rows[1:]), then.rstrip()])


@pytest.mark.parametrize(("first", "then"), [(">>> ", "... "), ("In [3]: ", "   ...: ")])
@pytest.mark.parametrize("before", ["", "Python 3.6 (default)\nType help for more\n"])
@pytest.mark.parametrize("make", [program, script])
def test_a_pasted_session_is_what_was_typed(first: str, then: str, before: str, make: object) -> None:
    pasted = before + prompted(first, then) + f"\n{first}sigmoid(0)\n0.5\n"
    assert callable(make)
    assert came_to(load(make(pasted), [SIGMOID]), "sigmoid", ZERO) == "[0.5]"


@pytest.mark.parametrize("line", ["from mine import *", "%run mine.py", "from mine import *\nfrom nothing import *"])
def test_a_star_brings_a_graded_function_from_a_file_beside(line: str) -> None:
    siblings = {"mine.py": "import numpy as np\nx = = 3\n" + GOOD}
    loaded = load(script(line + "\n", siblings), [SIGMOID])
    assert came_to(loaded, "sigmoid", ZERO) == "[0.5]"


def test_an_own_definition_after_a_star_counts() -> None:
    siblings = {"mine.py": "def sigmoid(z):\n    return 3\n"}
    loaded = load(script("from mine import *\nimport numpy as np\n" + GOOD, siblings), [SIGMOID])
    assert came_to(loaded, "sigmoid", ZERO) == "[0.5]"


@pytest.mark.parametrize(
    "text", ["'%f' % z", "'%d and %i' % (z, 3 * z)", "'%.3f' % (z,)", "'%s: %f' % ('z', z)", "'100%% %s' % z"]
)
def test_one_element_arrays_are_formatted_as_old_numpy_did(text: str) -> None:
    source = f"def sigmoid(z):\n    print({text})\n    return 1 / (1 + np.exp(-z))\n"
    assert came_to(load(program("import numpy as np", source), [SIGMOID]), "sigmoid", ZERO) == "[0.5]"


@pytest.mark.parametrize("later", ["from dnn_utils import sigmoid, relu", "from a.package.of_mine import sigmoid"])
def test_a_later_import_from_a_module_that_is_not_there_does_not_take_a_functions_place(later: str) -> None:
    loaded = load(program("import numpy as np", GOOD, later), [SIGMOID])
    assert came_to(loaded, "sigmoid", ZERO) == "[0.5]"


def test_a_later_import_from_a_module_that_is_there_does() -> None:
    loaded = load(program("import numpy as np", GOOD, "from math import exp as sigmoid"), [SIGMOID])
    assert came_to(loaded, "sigmoid", 0) == "1.0"


@pytest.mark.parametrize("guard", ["for _ in xrange(1)", "if isinstance('', basestring) and long(1)"])
def test_names_of_python_2_are_known_where_a_program_uses_them(guard: str) -> None:
    source = f"def sigmoid(z):\n    {guard}:\n        return 1 / (1 + np.exp(-z))\n"
    assert came_to(load(program("import numpy as np", source), [SIGMOID]), "sigmoid", ZERO) == "[0.5]"


def test_a_script_pushed_in_as_a_whole_is_read_as_a_cell_would_be() -> None:
    pushed_in = "".join(f"    {row}\n" if row else "\n" for row in f"import numpy as np\n\n{GOOD}".splitlines())
    assert came_to(load(script(pushed_in), [SIGMOID]), "sigmoid", ZERO) == "[0.5]"


def test_a_script_of_which_one_line_is_pushed_in_keeps_the_rest_as_it_is() -> None:
    assert came_to(load(script(f"  import os\nimport numpy as np\n{GOOD}"), [SIGMOID]), "sigmoid", ZERO) == "[0.5]"
