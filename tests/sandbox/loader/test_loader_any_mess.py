"""A correct solution in randomly composed mess is found and right; a wrong one in the same mess is wrong in the same way."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loader_programs import SIGMOID, came_to, program, script

from grader.sandbox.loader import load

NUMPY = "import numpy as np"
STYLES = (
    "def sigmoid(z):\n    return {} / (1 + np.exp(-z))",
    "def sigmoid(x):\n    '''It's % of what? !'''\n    # %time\n    s = {} / (1 + np.exp(-x))\n    print('s = %s' % s)\n    return s",
    "sigmoid = lambda z: {} / (1 + np.exp(-z))",
    "def one():\n    return {}\n\n\ndef sigmoid(z, *, verbose=False):\n    return one() / (1 + np.exp(-z))",
    "K = {}\n\ndef helper(z):\n    return K / (1 + np.exp(-z))\n\nsigmoid = helper",
    "state = {{}}\nstate['k'] = {}\ndef sigmoid(z):\n    return state['k'] / (1 + np.exp(-z))",
    "class S:\n    k = {}\n    @staticmethod\n    def f(z):\n        return S.k / (1 + np.exp(-z))\n\nsigmoid = S.f",
    "if __name__ == '__main__':\n    def sigmoid(z):\n        return {} / (1 + np.exp(-z))",
    "try:\n    import h5py_missing\n    def sigmoid(z):\n        return {} / (1 + np.exp(-z))\nexcept ImportError:\n"
    "    def sigmoid(z):\n        return {} / (1 + np.exp(-z))",
)
LINES = st.sampled_from(
    [
        "%matplotlib inline", "!pip install numpy", "np.dot?", "files = !ls", "%load_ext autoreload", "x = 7 % 3", "",
        "import h5py", "from lr_utils import load_dataset", "from public_tests import *", "import matplotlib.pyplot as plt",
        "train_set_x, train_set_y = load_dataset()", "plt.plot(train_set_x)", "print(undefined_name)", "# In[3]:", "# %% [markdown]",
        "'''\n%not a magic\n!nor this\n'''", "print('it is 100% done!?')", "get_ipython().magic('pwd')", "1 / 0", "exit()",
        "assert sigmoid(0) == 7", "y = (1 +\n  2 % 3)", "for i in range(3):\n    print(i)", "\tx = 1" , "d = {'a': 1}", "x = [\n1,\n]",
    ]
)  # fmt: skip
BROKEN = st.sampled_from(
    [
        "This is my answer, isn't it?", "x = = 3", "def other(x)\n    return x", "def other(x):\n    return (x", "print 'hello'",
        "s = ", "x = [1, 2", "if True\n    x = 3", "def other():", "class A\n    pass", ")", "print \"unfinished", "index = ",
    ]
)  # fmt: skip
BLANKS = (
    "def sigmoid(z):\n    raise NotImplementedError",
    "def sigmoid(z):\n    s = None\n    return s",
    "def sigmoid(z):\n    s = \n    return s",
)
CELLS = st.lists(st.lists(st.one_of(LINES, BROKEN), max_size=4).map("\n".join), max_size=4)
MANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def value_of(source: object) -> str:
    loaded = load(source, [SIGMOID])  # type: ignore[arg-type]
    return came_to(loaded, "sigmoid", np.zeros((1, 2)))


@MANY
@given(
    before=CELLS, after=CELLS, style=st.sampled_from(STYLES), above=st.lists(LINES, max_size=2), below=st.lists(BROKEN, max_size=2),
    blank=st.sampled_from(("", *BLANKS)), first=st.booleans(),
)  # fmt: skip
def test_in_a_notebook(
    before: list[str], after: list[str], style: str, above: list[str], below: list[str], blank: str, first: bool
) -> None:
    for constant, expected in (("1", "[[0.5, 0.5]]"), ("3", "[[1.5, 1.5]]")):
        own = "\n".join(
            [
                *(line for line in above if not line.startswith("\t")),
                style.replace("{}", constant).replace("{{", "{").replace("}}", "}"),
                *below,
            ]
        )
        cells = [NUMPY, *before, *([blank] if first else []), own, *([] if first else [blank]), *after]
        assert value_of(program(*cells)) == expected, cells


@MANY
@given(
    before=st.lists(st.one_of(LINES, BROKEN), max_size=5),
    after=st.lists(st.one_of(LINES, BROKEN), max_size=5),
    style=st.sampled_from(STYLES),
)
def test_in_a_script(before: list[str], after: list[str], style: str) -> None:
    for constant, expected in (("1", "[[0.5, 0.5]]"), ("3", "[[1.5, 1.5]]")):
        own = style.replace("{}", constant).replace("{{", "{").replace("}}", "}")
        lines = [NUMPY, *(line for line in before if not line.startswith("\t")), own, *after]
        assert value_of(script("\n".join(lines))) == expected, lines
