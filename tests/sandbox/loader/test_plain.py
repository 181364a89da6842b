"""A program is plain only where no function in it can do anything to another; its functions are told by their code."""

from __future__ import annotations

import pytest

from grader.model import Cell, Program, Wanted
from grader.sandbox.loader import plain
from grader.sandbox.loader.planning import plan

SIGMOID = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n"
PREDICT = "def predict(w, X):\n    return sigmoid(np.dot(w.T, X)) > 0.5\n"
WANTED = (
    Wanted(name="sigmoid", parameters=("z",)),
    Wanted(name="predict", parameters=("w", "X"), uses=("sigmoid",)),
)


def codes(source: str, siblings=None):
    program = Program(cells=(Cell(source=source),), siblings=siblings or {})
    return plan(program, WANTED, ()).report.codes


def test_a_usual_program_is_plain_and_tells_what_rests_on_what():
    found = codes("import numpy as np\n" + SIGMOID + PREDICT)
    assert set(found) == {"np", "sigmoid", "predict"}
    assert found["predict"].uses == ("np", "sigmoid")
    assert found["sigmoid"].uses == ("np",)
    assert all(code.digest for code in found.values())


@pytest.mark.parametrize(
    "other",
    [
        "import numpy as np\n# a remark\n\n" + PREDICT + "\n\n" + SIGMOID,
        "import numpy as np\nprint('hello')\n" + SIGMOID.replace("return 1", "return (1)") + "x = 3\n" + PREDICT,
        "import numpy as np\n"
        + SIGMOID.replace("(z)", "(z: np.ndarray) -> np.ndarray", 1)
        + PREDICT
        + "np.exp = None\n",
        "import numpy as np\n" + SIGMOID + PREDICT + "def unused():\n    np.exp = None\n",
    ],
    ids=["order", "surroundings", "annotations", "what nothing needs"],
)
def test_the_same_code_is_told_as_the_same_wherever_it_stands(other):
    one, two = codes("import numpy as np\n" + SIGMOID + PREDICT), codes(other)
    assert two["predict"].digest == one["predict"].digest
    assert two["predict"].uses == one["predict"].uses
    assert two["np"].digest == one["np"].digest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "2"),
        ("1", "1.0"),
        ("1", "True"),
        ("0.0", "-0.0"),
        ("'a'", "b'a'"),
        ("(1, 2)", "(1, 2.0)"),
        ("z", "z.T"),
        ("np.exp(z)", "np.log(z)"),
        ("lambda t: t", "lambda t: t + 1"),
        ("lambda t=1: t", "lambda t=2: t"),
        ("np.sum(z, axis=0)", "np.sum(z, axis=1)"),
        ("np.sum(z, axis=0)", "np.sum(z, dtype=0)"),
        ("z[0:1]", "z[0:2]"),
        ("1e-8", "1e-7"),
        ("1j", "2j"),
    ],
)
def test_other_code_is_told_as_other(one, other):
    def digest(value):
        return codes(f"import numpy as np\ndef sigmoid(z):\n    return {value}\n")["sigmoid"].digest

    assert None is not digest(one) != digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("z", "y"), ("z, a=1", "z, a=2"), ("z, a=1", "z, *, a=1"), ("z, a", "a, z"), ("z", "*z"), ("z, /", "z")],
)
def test_functions_that_are_called_otherwise_have_other_signatures(one, other):
    first, second = (codes(f"def sigmoid({each}):\n    return 1\n")["sigmoid"] for each in (one, other))
    assert first.signature != second.signature
    as_lambdas = [codes(f"sigmoid = lambda {each}: 1\n")["sigmoid"].signature for each in (one, other)]
    assert as_lambdas == [first.signature, second.signature]


LONG = "def sigmoid(z):\n    {doc}\n    {a} = 1 + np.exp(-z)\n    {b} = [1 / x for x in {a}]\n    return {b}\n"


def test_what_variables_are_called_and_what_a_docstring_says_is_nothing_to_a_function():
    one = codes(LONG.format(doc="'Return s.'", a="a", b="b"))["sigmoid"]
    other = codes(LONG.format(doc="'Return what is asked for.'", a="bottom", b="答案"))["sigmoid"]
    assert one.digest is not None
    assert one == other
    assert one != codes(LONG.format(doc="'Return s.'", a="a", b="a"))["sigmoid"]
    assert one.digest != codes(LONG.format(doc="'Return s.'", a="a", b="b").replace("z", "y"))["sigmoid"].digest


@pytest.mark.parametrize("source", ["def sigmoid(z):\n    '{}'\n    return '{}'\n", "sigmoid = lambda z: '{}'\n"])
def test_a_text_that_is_returned_is_no_docstring(source):
    one, other = (codes(source.replace("{}", text))["sigmoid"] for text in ("one", "other"))
    assert None is not one.digest != other.digest is not None


def test_a_constant_and_an_import_are_part_of_what_a_function_rests_on():
    source = "import numpy as np\nEPSILON = {}\ndef sigmoid(z):\n    return np.log(z + EPSILON)\n"
    one, other = codes(source.format("1e-8")), codes(source.format("-1e-8"))
    assert one["sigmoid"] == other["sigmoid"]
    assert one["EPSILON"].digest != other["EPSILON"].digest
    assert codes(SIGMOID)["sigmoid"].uses == (), "numpy is there under its usual name"
    assert codes("import math as np\n" + SIGMOID)["np"].digest != one["np"].digest


HARMFUL = {
    "sets an attribute of numpy": "def predict(w, X):\n    np.exp = np.log\n    return X\n",
    "sets an attribute of a function": "def predict(w, X):\n    sigmoid.calls = 1\n    return X\n",
    "deletes an attribute": "def predict(w, X):\n    del np.exp\n    return X\n",
    "sets a global": "def predict(w, X):\n    global sigmoid\n    sigmoid = abs\n    return X\n",
    "looks at what there is": "def predict(w, X):\n    globals()['sigmoid'] = abs\n    return X\n",
    "sets by name": "def predict(w, X):\n    setattr(np, 'exp', abs)\n    return X\n",
    "gets by name": "def predict(w, X):\n    getattr(np, 'exp')\n    return X\n",
    "executes text": "def predict(w, X):\n    exec('np.exp = abs')\n    return X\n",
    "evaluates text": "def predict(w, X):\n    return eval('X')\n",
    "imports by name": "def predict(w, X):\n    return __import__('numpy').abs(X)\n",
    "imports something else": "def predict(w, X):\n    import sys\n    return X\n",
    "imports part of something else": "def predict(w, X):\n    from os import environ\n    return X\n",
    "imports a part": "def predict(w, X):\n    import numpy.random as random\n    return X\n",
    "imports what is harmful": "from numpy import seterr\ndef predict(w, X):\n    seterr(all='raise')\n    return X\n",
    "imports all": "from numpy import *\ndef predict(w, X):\n    return dot(w.T, X)\n",
    "changes how numpy errs": "def predict(w, X):\n    np.seterr(all='raise')\n    return X\n",
    "changes how numpy prints": "def predict(w, X):\n    np.set_printoptions(precision=1)\n    return X\n",
    "a function of a harmful name": "def seterr(x):\n    return x\ndef predict(w, X):\n    np.seterr(seterr(X))\n",
    "an import of a harmful name": "import math as seterr\ndef predict(w, X):\n    np.seterr(seterr)\n    return X\n",
    "a harmful name called and read": "def __dict__():\n    1\ndef predict(w, X):\n    np.__dict__[__dict__()] = X\n",
    "the namespace of a function": "def predict(w, X):\n    sigmoid.__globals__['np'] = None\n    return X\n",
    "the code of a function": "def predict(w, X):\n    sigmoid.__code__\n    return X\n",
    "the memory below an array": "def predict(w, X):\n    X.base[:] = 0\n    return X\n",
    "the bytes of an array": "def predict(w, X):\n    X.data[0] = 0\n    return X\n",
    "a default that lasts": "def predict(w, X, seen=[]):\n    seen.append(1)\n    return X\n",
    "a default that is computed": "def predict(w, X, seen=abs(1)):\n    return X\n",
    "a default for a keyword": "def predict(w, X, *, seen={}):\n    return X\n",
    "a list of the module": "seen = []\ndef predict(w, X):\n    seen.append(1)\n    return X\n",
    "an array of the module": "ones = np.ones(3)\ndef predict(w, X):\n    ones[0] = 2\n    return X\n",
    "an array in a tuple": "ones = (np.ones(3), 1)\ndef predict(w, X):\n    return X * ones[0]\n",
    "a decorator": "import functools\n@functools.lru_cache\ndef predict(w, X):\n    return X\n",
    "a class": "class Box:\n    pass\ndef predict(w, X):\n    Box.x = 1\n    return X\n",
    "a class inside": "def predict(w, X):\n    class Box:\n        pass\n    return X\n",
    "a type made at run time": "def predict(w, X):\n    return type('Box', (), {})\n",
    "frames": "import sys\ndef predict(w, X):\n    return sys._getframe()\n",
    "a context": "def predict(w, X):\n    with np.errstate(all='ignore'):\n        return X\n",
    "a coroutine": "async def predict(w, X):\n    return X\n",
    "two makers": "if np.pi > 3:\n    def f():\n        1\nelse:\n    f = abs\ndef predict(w, X):\n    return f(X)\n",
    "a name that is not there": "def predict(w, X):\n    return sqrt(X)\n",
    "input": "def predict(w, X):\n    return input()\n",
    "a file": "def predict(w, X):\n    return open('a')\n",
    "a set": "def predict(w, X):\n    return {len(each) for each in X}\n",
    "builtins of its own": "import math as __builtins__\ndef predict(w, X):\n    __builtins__\n    return pow(X, 2)\n",
    "a constant for builtins": "__builtins__ = ()\ndef predict(w, X):\n    __builtins__\n    return X\n",
    "a made set": "def predict(w, X):\n    return set(X)\n",
}


@pytest.mark.parametrize("other", HARMFUL.values(), ids=HARMFUL.keys())
def test_a_program_that_might_do_harm_to_its_own_functions_is_not_plain(other):
    assert codes("import numpy as np\n" + SIGMOID + PREDICT)
    assert codes("import numpy as np\n" + SIGMOID + other) == {}


CATCHING = {
    "a value error": "    try:\n        return X.T\n    except ValueError:\n        return X\n",
    "an old scalar": "    try:\n        return float(X)\n    except TypeError:\n        return X\n",
    "the depth of calls": "    try:\n        return predict(w, X)\n    except:\n        return X\n",
    "a lack of memory": "    try:\n        return np.ones(10 ** 9)\n    finally:\n        return X\n",
}


@pytest.mark.parametrize("lines", CATCHING.values(), ids=CATCHING.keys())
def test_a_function_that_catches_is_not_told_and_harms_no_other(lines):
    found = codes("import numpy as np\n" + SIGMOID + "def predict(w, X):\n" + lines)
    assert found["predict"].digest is None
    assert found["sigmoid"] == codes("import numpy as np\n" + SIGMOID + PREDICT)["sigmoid"]


@pytest.mark.parametrize("module", sorted(plain.MODULES))
def test_a_program_with_a_file_of_the_name_of_a_module_is_not_plain(module):
    source = "import numpy as np\n" + SIGMOID + PREDICT
    assert codes(source, {f"{module}.py": "exp = None"}) == {}
    assert codes(source, {"helpers.py": "exp = None"})


CHANCY = {
    "memory as it is": "np.empty(3)",
    "memory of a shape": "np.ndarray(3)",
    "memory where nothing is written": "np.log(z, where=z > 0)",
    "the same, unpacked": "np.log(z, **{'where': z > 0})",
    "numbers by chance": "np.random.rand(3)",
    "the same, named by a call": "np.log(z, **dict([('WHERE'.lower(), z > 0)]))",
    "a name that numpy may have again": "[np][0].float_(z)",
    "the same, in other letters": "[np][0].\N{FULLWIDTH LATIN SMALL LETTER F}loat_(z)",
    "the same, in pairs": "np.log(z, **dict((('where', z > 0),)))",
    "the order of a dict's views": "list({'a': 1, 'b': 2}.keys() | {'c': 3}.keys())",
    "a text that reaches further": "'{0.__globals__[K]}'.format(sigmoid)",
    "a text that reaches into a list": "'{0[0]}'.format([sigmoid])",
    "one that does by its name": "'{a.__globals__}'.format(a=sigmoid)",
    "one that does in how it is written": "'{0:{1.__name__}}'.format(3, sigmoid)",
    "one that is made": "('{0.__glo' + 'bals__}').format(sigmoid)",
    "one that is handed on": "['{0}'.format][0](sigmoid)",
    "one beside another": "'{0}'.format(3) + ('{0.__name__}').format(sigmoid)",
    "one that is broken": "'{'.format(3)",
    "the order of a set": "[each for each in {'a', 'b'}]",
}


@pytest.mark.parametrize("value", CHANCY.values(), ids=CHANCY.keys())
def test_what_may_come_to_something_else_each_time_has_no_digest_and_harms_no_other(value):
    found = codes(f"import numpy as np\ndef sigmoid(z):\n    return {value}\ndef predict(w, X):\n    return X.T\n")
    assert found["sigmoid"].digest is None
    assert found["predict"].digest is not None


@pytest.mark.parametrize(
    "value",
    ["'{} %'.format(z)", "'{0} and {1:.2f}'.format(z, 3)", "'{a!r:>8}'.format(a=z)", "print('{{}} {}'.format(3)) or z"],
)
def test_a_text_that_only_fills_in_values_is_told(value):
    found = codes(f"def sigmoid(z):\n    return {value}\n")
    assert found["sigmoid"].digest is not None
    assert found["sigmoid"].digest != codes(f"def sigmoid(z):\n    return {value} + ''\n")["sigmoid"].digest


def test_a_program_of_python_2_is_not_plain():
    assert codes("import numpy as np\ndef sigmoid(z):\n    print z\n    return z\n") == {}


def test_names_too_long_to_be_told_whole_are_not_told():
    name = "x" * (plain.LONGEST + 1)
    assert codes(f"{name} = 1\ndef sigmoid(z):\n    return {name}\n") == {}


@pytest.mark.parametrize("count", [1001, 70_000])
def test_names_too_many_to_be_sent_are_not_told(count):
    names = [f"a{number}" for number in range(count)]
    imports = "import " + ", ".join(f"math as {name}" for name in names)
    assert codes(f"{imports}\ndef sigmoid(z):\n    return ({', '.join(names)})\n") == {}


@pytest.mark.parametrize("source", ["def sigmoid(z):\n    return {}\n", "def sigmoid(z, a={}):\n    return z + a\n"])
def test_a_number_of_more_digits_than_python_writes_is_not_told(source):
    assert codes(source.format("0x" + "f" * 5000)) == {}
