"""A correct solution in random mess is found and right; a wrong one in the same mess is wrong in the same way."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loader_programs import SIGMOID, came_to, program, script

from grader.model import Program
from grader.sandbox.loader import load

NUMPY = "import numpy as np"
IN_TRY = """try:
    import missing
    def sigmoid(z):
        return z
except ImportError:
    def sigmoid(z):
        return NUMBER / (1 + np.exp(-z))"""
STYLES = (
    "def sigmoid(z):\n    return NUMBER / (1 + np.exp(-z))",
    'def sigmoid(x):\n    """% of? !"""\n    # %time\n    s = NUMBER / (1 + np.exp(-x))\n    return s  # right?',
    "sigmoid = lambda z: NUMBER / (1 + np.exp(-z))",
    "def one():\n    return NUMBER\n\n\ndef sigmoid(z, *, verbose=False):\n    return one() / (1 + np.exp(-z))",
    "K = NUMBER\n\ndef helper(z):\n    return K / (1 + np.exp(-z))\n\nsigmoid = helper",
    "state = {}\nstate['k'] = NUMBER\ndef sigmoid(z):\n    return state['k'] / (1 + np.exp(-z))",
    "class S:\n    k = NUMBER\n    @staticmethod\n    def f(z):\n        return S.k / (1 + np.exp(-z))\nsigmoid = S.f",
    "if __name__ == '__main__':\n    def sigmoid(z):\n        return NUMBER / (1 + np.exp(-z))",
    IN_TRY,
)
LINES = st.sampled_from(
    [
        "%matplotlib inline", "!pip install numpy", "np.dot?", "files = !ls", "%load_ext autoreload", "x = 7 % 3", "",
        "import h5py", "from lr_utils import load_dataset", "from public_tests import *", "d = {'a': 1}", "1 / 0",
        "import matplotlib.pyplot as plt", "train_set_x, train_set_y = load_dataset()", "plt.plot(train_set_x)",
        "print(undefined_name)", "# In[3]:", "# %% [markdown]", '"""\n%not a magic\n!nor this\n"""', "exit()",
        "print('it is 100% done!?')", "get_ipython().magic('pwd')", "assert sigmoid(0) == 7", "y = (1 +\n  2 % 3)",
        "for i in range(3):\n    print(i)", "x = [\n1,\n]",
    ]
)  # fmt: skip
BROKEN = st.sampled_from(
    [
        "This is my answer, isn't it?", "x = = 3", "def other(x)\n    return x", "def other(x):\n    return (x", "s = ",
        "print 'hello'", "x = [1, 2", "if True\n    x = 3", "def other():", "class A\n    pass", ")",
        'print "unfinished',
    ]
)  # fmt: skip
BLANKS = (
    "",
    "def sigmoid(z):\n    raise NotImplementedError",
    "def sigmoid(z):\n    s = None\n    return s",
    "def sigmoid(z):\n    s = \n    return s",
)
MIXED = st.lists(st.one_of(LINES, BROKEN), max_size=4)
CELLS = st.lists(MIXED.map("\n".join), max_size=4)
TWINS = (("1", "[[0.5, 0.5]]"), ("3", "[[1.5, 1.5]]"))
MANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def value_of(source: Program) -> str:
    return came_to(load(source, [SIGMOID]), "sigmoid", np.zeros((1, 2)))


@MANY
@given(
    around=st.tuples(CELLS, CELLS),
    style=st.sampled_from(STYLES),
    above=st.lists(LINES, max_size=2),
    below=st.lists(BROKEN, max_size=2),
    blank=st.sampled_from(BLANKS),
    first=st.booleans(),
)
def test_in_a_notebook(
    around: tuple[list[str], list[str]], style: str, above: list[str], below: list[str], blank: str, first: bool
) -> None:
    for constant, expected in TWINS:
        own = "\n".join([*above, style.replace("NUMBER", constant), *below])
        copies = [blank, own] if first else [own, blank]
        cells = [NUMPY, *around[0], *copies, *around[1]]
        assert value_of(program(*cells)) == expected, cells


@MANY
@given(before=MIXED, after=MIXED, style=st.sampled_from(STYLES))
def test_in_a_script(before: list[str], after: list[str], style: str) -> None:
    for constant, expected in TWINS:
        lines = [NUMPY, *before, style.replace("NUMBER", constant), *after]
        assert value_of(script("\n".join(lines))) == expected, lines
