"""Answer keys made in a line, for the tests of judging."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from grader.authoring import Compare, Values, Visibility
from grader.model import Case, CheckKey, MisconceptionKey, QuestionKey, Raised, Returned


def call(function, *args):
    """Call a function as the sandbox would: on its own copies, and an exception is an outcome."""
    try:
        return Returned(value=function(*[a.copy() if isinstance(a, np.ndarray) else a for a in args]))
    except Exception as error:
        return Raised(type=type(error).__name__, message=str(error))


def check(*cases, name="the values are right", part=(), kind=None, public=False, how=None, shape=None, points=4):
    return CheckKey(
        name=name,
        points=Decimal(points),
        visibility=Visibility.PUBLIC if public else Visibility.HIDDEN,
        cases=cases,
        part=part,
        kind=kind or Values(),
        compare=how or Compare(),
        shape=shape,
    )


def question(reference, inputs, *checks, parameters=(), dims=None, variants=None, public=False, kind="function"):
    """Make the key of a question from its reference and argument tuples; by default one check of all cases."""
    variants = variants or {}
    cases = tuple(
        Case(
            args=args,
            expected=call(reference, *args),
            variants={name: call(variant, *args) for name, variant in variants.items()},
            visibility=Visibility.PUBLIC if public else Visibility.HIDDEN,
        )
        for args in inputs
    )
    return QuestionKey(
        name=reference.__name__,
        kind=kind,
        parameters=parameters,
        dims=dims or {},
        cases=cases,
        checks=checks or (check(*range(len(cases)), public=public),),
        misconceptions=tuple(MisconceptionKey(name=name, hint=f"hint of {name}") for name in variants),
    )


def outcomes(key, student):
    return [call(student, *case.args) for case in key.cases]


def batches(seed=0, sizes=((3, 4), (2, 5), (4, 3), (5, 7))):
    """Random (A, Y) of n rows and m columns."""
    rng = np.random.default_rng(seed)
    return [(rng.uniform(0.1, 0.9, size=size), rng.normal(size=size)) for size in sizes]


DIMS = {"n": ("A", 0), "m": ("A", 1)}
