"""The parts by themselves: magics, names in code, hostile text, fingerprints."""

from __future__ import annotations

import ast
import dis
import time
import types

import pytest
from loader_programs import SIGMOID, came_to, program, script

from grader.model import Wanted
from grader.sandbox.loader import load, planning
from grader.sandbox.loader.bytecode import compiled, looked_up
from grader.sandbox.loader.fingerprints import fingerprint, numbers_of_stub
from grader.sandbox.loader.magics import neutralise
from grader.sandbox.loader.pieces import Text

GOOD = "import numpy as np\ndef sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("  %matplotlib inline\n", "pass\n"),
        ("if x:\n    !ls\n", "if x:\n    pass\n"),
        ("x = !ls -l\n", "x = []\n"),
        ("x, y = %sql select\n", "x, y = None\n"),
        ("x = %time f(3)\n", "x = f(3)\n"),
        ("%time x = f(3)\n", "x = f(3)\n"),
        ("%timeit f(3)\n", "pass\n"),
        ("%run helper.py\n", "from helper import *\n"),
        ("!pip install \\\n  numpy\nx = 1", "pass\n\nx = 1"),
        ("np.dot?\n?np\nnp.dot??  # why\n", "pass\npass\npass\n"),
        ("params['w']?\n%pwd", "pass\npass"),
        ("x = 'what?'  # 100%?\n%pwd", "x = 'what?'  # 100%?\npass"),
        ("x = '''\n%time\n!ls\n?'''\n%pwd", "x = '''\n%time\n!ls\n?'''\npass"),
        ("x = (7\n  % 4)\n%pwd", "x = (7\n  % 4)\npass"),
        ("x = 7 \\\n  % 4\n%pwd", "x = 7 \\\n  % 4\npass"),
        ("x != y\n%pwd", "x != y\npass"),
        ("%%time\nx = 1\n", "pass\nx = 1\n"),
        ("%%bash\nls (\n", "pass\n\n"),
        (">>> x = 1\n... y = 2\n", "x = 1\ny = 2\n"),
        ("    x = 1\n    if x:\n        y = 2", "x = 1\nif x:\n    y = 2"),
    ],
)
def test_what_only_a_notebook_understands_is_neutralised_line_for_line(source: str, expected: str) -> None:
    plain = neutralise(source, notebook=True)
    assert [row.rstrip() for row in plain.split("\n")] == [row.rstrip() for row in expected.split("\n")]
    ast.parse(plain)


SCOPES = """
def outer(a, b=default, *c, **d):
    global counter
    counter = a + outside
    [x for x in items if x and cond]
    def inner():
        nonlocal b
        b = free + a
        return math.exp(b).real
    class C(Base):
        field = value
        def method(self): return self.field + other
    return lambda q: q + late
"""


def test_code_tells_the_same_names_as_the_disassembler() -> None:
    many = "def f():\n" + "".join(f"    n{number} = g{number}\n" for number in range(400))
    for source in (SCOPES, many, "x += y\nz = w.attr[i]\n", "@deco\ndef f(): pass\n"):
        for node in ast.parse(source).body:
            code = compiled(node, "<test>")
            assert looked_up(code) == disassembled(code)


def disassembled(code: types.CodeType) -> set[str]:
    names = {
        instruction.argval
        for instruction in dis.get_instructions(code)
        if instruction.opname in {"LOAD_GLOBAL", "LOAD_NAME", "STORE_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"}
    }
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= disassembled(constant)
    return names


HOSTILE = {
    "minus signs": "x = " + "-" * 50_000 + "1",
    "brackets": "(" * 100_000,
    "calls": "x = f" + "()" * 20_000,
    "attributes": "x = a" + ".a" * 20_000,
    "a long line": "x = = '" + "a" * 10_000_000,
    "quotes": "'" * 300_000,
    "triple quotes": '"""\n' * 20_001,
    "continuations": "\\\n" * 100_000 + "x = = 3",
    "backslashes": "x = = '" + "\\" * 300_000,
    "unclosed": "x = (\n" * 5_000,
    "broken lines": "x = = 3\n" * 5_000,
    "broken definitions": "def f(:\n  x\n" * 3_000,
    "magics": "%x\n" * 5_000,
    "deep blocks": "".join(" " * depth + "if x:\n" for depth in range(3_000)),
    "deep main blocks": "".join("  " * depth + "if __name__ == '__main__':\n" for depth in range(60)),
    "prints": "print 'x'\n" * 500,
    "surrogates and NUL": "\ud800\0" * 100_000,
    "lambdas": "x = " + "lambda: " * 5_000 + "1",
    "digits": "x = " + "9" * 5_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_costs_only_itself(text: str) -> None:
    begin = time.process_time()
    assert came_to(load(program(text, GOOD), [SIGMOID]), "sigmoid", 0) == "0.5"
    assert load(script(text), [SIGMOID]).report.found["sigmoid"].status == "absent"
    assert time.process_time() - begin < 10


@pytest.mark.parametrize(
    "body", ["return " + "z+" * 3_000 + "z", "return " + "-" * 3_000 + "z", "return " + "(" * 300 + "z"]
)
def test_a_graded_function_too_deep_to_compile_has_a_status(body: str) -> None:
    loaded = load(script(f"def sigmoid(z):\n    {body}\n"), [SIGMOID], fingerprints={"sigmoid": ()})
    assert loaded.report.found["sigmoid"].status in {"found", "syntax"}


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
def test_a_program_that_cannot_be_looked_at_has_a_status(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(cells: tuple[object, ...]) -> Text:
        if cells:
            raise error
        return Text()

    monkeypatch.setattr(planning, "read_cells", fail)
    found = load(script(GOOD), [SIGMOID]).report.found["sigmoid"]
    assert found.message is not None
    assert (found.status, found.message.params["reason"]) == ("syntax", "too complex")


def function(source: str) -> ast.stmt:
    return ast.parse(source).body[0]


def test_a_fingerprint_is_the_same_under_other_names_and_differs_for_other_code() -> None:
    one = fingerprint(function("def f(z):\n    '''Doc.'''\n    s = 1 / (1 + np.exp(-z))\n    return s * (1 - s)\n"))
    renamed = fingerprint(function("def g(x):\n    ds = 1 / (1 + np.exp(-x))\n    return ds * (1 - ds)\n"))
    other = fingerprint(function("def f(z):\n    return np.where(z > 0, z, 0).sum(axis=0, keepdims=True)\n"))
    assert one == renamed
    assert 0 < len(one) <= 64
    assert not set(one) & set(other)


def test_a_stub_has_no_fingerprint_of_its_own() -> None:
    stub = "def f(z):\n    m = X.shape[1] * (2 + z)\n    raise NotImplementedError\n"
    assert fingerprint(function(stub))
    assert fingerprint(function(stub), numbers_of_stub(stub, "f")) == ()
    assert numbers_of_stub("f = 1", "f") == numbers_of_stub("def f(", "f") == ()


def test_fingerprints_are_reported_when_asked_for() -> None:
    wanted = Wanted(name="sigmoid", parameters=("z",))
    assert load(script(GOOD), [wanted]).report.fingerprints == {}
    assert load(script(GOOD), [wanted], fingerprints={"sigmoid": ()}).report.fingerprints["sigmoid"]
