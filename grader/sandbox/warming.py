"""Runs generic code once in the zygote: what Python and numpy set up on first use is then inherited by every worker.

Nothing here is of a course, and nothing calls BLAS or LAPACK: a library that has started threads can't be forked.
"""

from __future__ import annotations

import importlib
import pkgutil
import random
import warnings

import numpy as np

from grader.model import Cell, LoadReport, Program, Raised, Wanted
from grader.sandbox import canary, loader, worker
from grader.sandbox.calls import Caller, Tail
from grader.sandbox.loader.running import spare
from grader.sandbox.messages import FRAME, lengths, outcome_frame, program_frame, read_program, report_tree
from grader.sandbox.surroundings import surroundings
from grader.sandbox.wire import load_head, pack, unpack

_SOURCE = '''
"""Generic code."""
import math
import numpy as np

def first(x, y=1.0):
    """Return something like what students return."""
    if isinstance(x, list):
        x = np.array(x)
    total = 0.0
    for i in range(x.shape[0]):
        total += math.exp(-float(x[i, 0]))
    z = 1 / (1 + np.exp(-x))
    z = np.maximum(np.log(np.abs(z) + 1), 0) ** 2 - np.mean(z, axis=1, keepdims=True)
    assert z.shape == x.shape
    return {"z": z, "total": total, "w": np.sum(z, axis=0).reshape(-1, 1), "b": np.squeeze(np.sum(z)), "y": [y, str(y)]}

def second(x):
    print("a line", x.shape)
    return first(x)["nothing"]

def third(x):
    return np.log(x - x) + undefined
'''


def _written(report: LoadReport) -> None:
    report_tree(report)


def warm() -> None:
    """Load and call a small program, through the same code that workers run; import what else that code may import."""
    assert canary
    assert worker
    for module in pkgutil.iter_modules(loader.__path__, f"{loader.__name__}."):
        importlib.import_module(module.name)
    rng = np.random.default_rng(0)
    names = ("first", "second", "third")
    data = program_frame(
        Program(cells=(Cell(source=_SOURCE),)),
        [Wanted(name=name, parameters=("x",), stub=f"def {name}(x):\n    raise ValueError\n") for name in names],
    )
    _, size, _ = lengths(data)
    start = FRAME.size + size
    program, wanted = read_program(load_head(data[FRAME.size : start]), memoryview(data)[start:])
    with warnings.catch_warnings():
        loaded = loader.load(program, wanted, fingerprints=dict.fromkeys(names, ()), on_report=_written)
        caller = Caller(loaded, Tail())
        args = pack((rng.normal(size=(3, 4)),))
        for name in names:
            for measured in (False, True):
                outcome = caller.call(name, args, measured=measured)
                outcome_frame(outcome, id=1, case=0)
                assert not (isinstance(outcome, Raised) and name == "first"), outcome
        unpack(pack((1, 2.0, np.float64(3), [np.zeros((2, 2), order="F")], {"a": None}, "b", True)))
        np.argmax(rng.random((3, 3)), axis=1)
        np.concatenate([np.zeros((2, 1)), np.ones((2, 1))], axis=1).T.copy()
        # Every worker begins alike, so that a program that draws numbers without a seed answers alike on every run.
        random.seed(0)
        np.random.seed(0)  # noqa: NPY002 - students call the old generator
        np.random.randn(2, 2)  # noqa: NPY002
        random.random()
        repr(rng.normal(size=(2, 2)))
    surroundings()
    spare()
