"""What is told of a call that raised, of what was skipped, and of names from the notebook."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest
from loader_programs import SIGMOID, program, script

from grader.model import Location, Raised, Stopped
from grader.sandbox.loader import Loaded, load

ONE = np.ones((2, 3))
METACLASS = """
class M(type):
    def __getattribute__(cls, name): raise KeyboardInterrupt
    def __instancecheck__(cls, instance): raise SystemExit
class E(Exception, metaclass=M): pass
def sigmoid(z):
    raise E("x")
"""
HASHLESS = """
class S(str):
    def __hash__(self): raise SystemExit
def sigmoid(z):
    raise SyntaxError("x", (S("<cell 1>"), 1, 1, "x"))
"""


def explained(*cells: str, args: tuple[Any, ...] = (ONE,)) -> Raised | Stopped:
    loaded = load(program(*cells), [SIGMOID])
    return explanation(loaded, *args)


def explanation(loaded: Loaded, *args: Any) -> Raised | Stopped:
    try:
        value = loaded.functions["sigmoid"](*args)
    except BaseException as error:
        return loaded.explain(error, "sigmoid")
    raise AssertionError(f"returned {value!r}")


@pytest.mark.parametrize(
    ("body", "kind", "params"),
    [
        ("return np.dot(z, z)", "ValueError", {"shapes": [[2, 3], [2, 3]]}),
        ("return z * z.T", "ValueError", {"shapes": [[2, 3], [3, 2]]}),
        ("return z.reshape(2, 2)", "ValueError", {"shapes": [[2, 2]]}),
        ("return zz + 1", "NameError", {"name": "zz"}),
        ("if z is None: s = 1\n    return s + 1", "UnboundLocalError", {"name": "s"}),
        ("d = {'dw': 1, 'db': 2}\n    return d['dW']", "KeyError", {"key": "dW", "keys": ["dw", "db"], "dict": "d"}),
        ("return z.shap[0]", "AttributeError", {"name": "shap", "of": "numpy.ndarray"}),
        ("return h5py.File(z)", "ModuleNotFoundError", {"name": "no_such_h5"}),
        ("return helper(z) + 1", "ZeroDivisionError", {"function": "helper"}),
    ],
)
def test_an_exception_carries_what_explains_it(body: str, kind: str, params: dict[str, Any]) -> None:
    raised = explained(
        "import numpy as np\nimport no_such_h5 as h5py\ndef helper(z):\n    return 1 / 0\n",
        f"# first\ndef sigmoid(z):\n    z = z * 1\n    {body}\n",
    )
    assert isinstance(raised, Raised)
    assert (raised.type, raised.params) == (kind, params)


def test_the_place_is_the_students_own_line_past_magics_and_broken_text() -> None:
    cell = "%matplotlib inline\n!ls \\\n  -l\nx = = 3\n\n\ndef sigmoid(z):\n    %time y = 3\n    return z + 1 / 0\n"
    raised = explained("import numpy as np", cell)
    assert isinstance(raised, Raised)
    assert raised.location == Location(cell=2, line=9)


def test_the_place_in_a_script_has_no_cell() -> None:
    raised = explanation(load(script("# one\ndef sigmoid(z):\n    return 1 / 0\n"), [SIGMOID]), ONE)
    assert isinstance(raised, Raised)
    assert raised.location == Location(line=3)


def test_the_place_is_the_innermost_of_the_students_own() -> None:
    raised = explained(
        "import numpy as np\ndef helper(z):\n    return np.linalg.inv(z)\n",
        "def sigmoid(z):\n    return helper(z) * 1\n",
    )
    assert isinstance(raised, Raised)
    assert (raised.type, raised.location) == ("LinAlgError", Location(cell=1, line=3))


def test_a_blank_helper_is_not_this_functions_blank() -> None:
    raised = explained("def helper(z):\n    raise NotImplementedError\n", "def sigmoid(z):\n    return helper(z) * 1\n")
    assert isinstance(raised, Raised)
    assert (raised.type, raised.params["function"]) == ("NotImplementedError", "helper")


@pytest.mark.parametrize(
    "source",
    [
        "class E(Exception):\n    def __str__(self): raise SystemExit\ndef sigmoid(z):\n    raise E(z)",
        "class E(Exception):\n    __traceback__ = args = property(lambda s: 1/0)\ndef sigmoid(z):\n    raise E(z)",
        METACLASS,
        "class E(NameError):\n    name = property(lambda s: 1/0)\ndef sigmoid(z):\n    raise E('x')",
        "class S(str):\n    def __getitem__(s, i): raise SystemExit\ndef sigmoid(z):\n    raise KeyError(S('x'))",
        "E = type('\\ud800<b>', (Exception,), {})\ndef sigmoid(z):\n    raise E('\\ud800\\x1b[2J')",
        "def sigmoid(z):\n    raise Exception('x' * 50_000_000)",
        "def sigmoid(z):\n    raise SystemExit(0)",
        "def sigmoid(z):\n    raise KeyboardInterrupt",
        "def sigmoid(z):\n    e = Exception(); e.__cause__ = e; e.__context__ = None\n    raise e",
        "def sigmoid(z):\n    raise ExceptionGroup('x', [ValueError()] * 10)",
        "def sigmoid(z):\n    exec(compile('raise ValueError', '<cell 99999999999>', 'exec'))",
        "def sigmoid(z):\n    raise SyntaxError('x', ('<cell 1>', 10**30, 1, 'x'))",
        HASHLESS,
    ],
)  # fmt: skip
def test_hostile_exceptions_come_to_short_plain_values(source: str) -> None:
    raised = explained(source, args=(1,))
    assert isinstance(raised, Raised)
    assert len(raised.message) <= 500
    assert len(raised.type) <= 100
    (raised.type + raised.message).encode("utf-8")
    assert "\x1b" not in raised.message


def notes(*cells: str) -> dict[str, list[dict[str, Any]]]:
    loaded = load(program(*cells), [SIGMOID])
    result: dict[str, list[dict[str, Any]]] = {}
    for note in loaded.notes():
        result.setdefault(note.code, []).append(dict(note.params))
    return result


def test_what_was_skipped_is_told_with_place_text_and_reason() -> None:
    told = notes(
        "import numpy as np\ndata = open('no such file')\nn = len(data)",
        "def sigmoid(z):\n    return z * n\n",
        "x = = 3",
    )
    assert told["skipped.statement"][0] == {
        "cell": 1, "line": 2, "text": "data = open('no such file')",
        "reason": "FileNotFoundError: [Errno 2] No such file or directory: 'no such file'",
    }  # fmt: skip
    assert told["skipped.statement"][1]["reason"] == "NameError: name 'data' is not defined"
    assert told["skipped.cell"] == [{"cell": 3, "line": 1, "text": "x = = 3", "reason": "invalid syntax"}]
    assert told["global.used"][0] == {
        "name": "sigmoid",
        "global": "n",
        "defined": True,
        "place": {"cell": 1, "line": 3},
    }


def test_where_a_name_was_found_and_what_ran_and_what_nothing_needed_is_told() -> None:
    told = notes(
        "import numpy as np\nprint(1)", "def sigmoid(z):\n    return np.exp(z)\n", "print(sigmoid(3))", "y = 1"
    )
    assert told["found.name"] == [{"name": "sigmoid", "place": {"cell": 2, "line": 1}}]
    assert told["ran.cells"] == [{"count": 2, "places": "1-2"}]
    assert told["unused.cells"] == [{"count": 3, "places": "3-4"}]


def test_what_ran_of_a_script_is_told_by_its_lines() -> None:
    loaded = load(script("import numpy as np\nx = 1\n\ndef sigmoid(z):\n    return np.exp(z)\n\nprint(x)\n"), [SIGMOID])
    told = {note.code: dict(note.params) for note in loaded.notes()}
    assert told["ran.lines"] == {"count": 2, "places": "1, 4-5"}
    assert told["unused.lines"] == {"count": 2, "places": "2, 7"}


def test_a_run_of_the_whole_program_is_told() -> None:
    told = notes("def sigmoid(z):\n    return z * k\n", "exec('k = 3')", "globals()['k'] = 2")
    assert "ran.everything" not in told
    loaded = load(program("def sigmoid(z):\n    return z * k\n", "exec('k = 3')"), [SIGMOID])
    loaded.functions["sigmoid"](1)
    assert "ran.everything" in {note.code for note in loaded.notes()}


def test_a_copy_that_lost_is_told() -> None:
    told = notes(
        "def sigmoid(z):\n    return z * 2\n", "def sigmoid(z):\n    return z * 3\n", "def sigmoid(z):\n    pass\n",
        "def sigmoid(z)\n    pass\n",
    )  # fmt: skip
    codes = ("superseded", "superseded.blank", "superseded.syntax")
    places = [(entry["place"]["cell"], entry["kept"]["cell"]) for code in codes for entry in told[code]]
    assert places == [(1, 2), (3, 2), (4, 2)]


def test_a_missing_module_is_told_once() -> None:
    told = notes(
        "from no_such_lib import a\nimport no_such_lib.b", "def sigmoid(z):\n    return z if a else no_such_lib\n"
    )
    assert told["module.missing"] == [{"name": "no_such_lib"}]


def test_what_numpy_removed_and_what_was_assumed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    if np.lib.NumpyVersion(np.__version__) >= "2.0.0":  # what another test had put back is removed again
        monkeypatch.delattr(np, "alltrue", raising=False)
    told = notes("def sigmoid(z):\n    return np.alltrue(z)\n")
    assert told["numpy.removed"] == [{"name": "alltrue"}] or hasattr(np, "alltrue")
    assert told["numpy.assumed"] == [{}]


def test_a_function_cut_off_by_a_return_at_the_margin_is_told_with_that_line() -> None:
    loaded = load(program("", "def sigmoid(z):\n    s = z\n\nreturn s\n"), [SIGMOID])
    message = loaded.report.found["sigmoid"].message
    assert message is not None
    assert (message.code, message.params["place"]) == ("missing.syntax", {"cell": 2, "line": 4})
    assert "return" in str(message.params["reason"])


def test_a_name_that_is_bound_where_it_could_not_be_made_is_told_with_its_place() -> None:
    raised = explained("import numpy as np\nnum_px = open('no such file')", "def sigmoid(z):\n    return z * num_px\n")
    assert isinstance(raised, Raised)
    assert raised.params == {"name": "num_px", "place": {"cell": 1, "line": 2}}


def test_a_name_that_nothing_makes_is_not_said_to_come_from_outside() -> None:
    loaded = load(program("def sigmoid(z):\n    s = 1 / (1 + z)\n    return S\n"), [SIGMOID])
    assert isinstance(explanation(loaded, ONE), Raised)
    assert "global.used" not in {note.code for note in loaded.notes()}


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="Python reads this from 3.12 on")
def test_an_f_string_of_a_newer_python_is_told_with_the_version_that_reads_it() -> None:
    loaded = load(program('def sigmoid(z):\n    d = {"a": 1}\n    print(f"{d["a"]}")\n    return z\n'), [SIGMOID])
    message = loaded.report.found["sigmoid"].message
    assert message is not None
    assert "Python 3.11" in str(message.params["reason"])


def test_endless_recursion_is_told_alike_however_deep_the_calls_began():
    source = """
    def sigmoid(z):
        z = z + 1
        return other(z)
    def other(z):
        return (float(z) < 1) + sigmoid(z)
    """
    loaded = load(program(source), [SIGMOID])

    def told(depth):
        if depth:
            return told(depth - 1)
        try:
            loaded.functions["sigmoid"](0.0)
        except RecursionError as error:
            return loaded.explain(error, "sigmoid")

    first, *others = (told(depth) for depth in range(12))
    assert first.location == Location(cell=1, line=4)
    assert all(other == first for other in others)
