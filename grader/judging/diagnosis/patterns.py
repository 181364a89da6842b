"""What shows over several cases: nothing computed, nothing read, an argument handed back, right in special cases."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from grader.judging.comparison import compare
from grader.judging.diagnosis.evidence import Evidence, Explanation, View, reals
from grader.judging.values import Category, category
from grader.model import Value


def none(evidence: Evidence) -> Explanation | None:
    """Some of the cases return None and others don't, or None is returned where it would be right elsewhere."""
    if any(category(view.want) is Category.NONE for view in evidence.views):
        return Explanation(code="structure.none_wrong") if evidence.code == "structure.none" else None
    empty = [category(view.got) is Category.NONE for view in evidence.views]
    return Explanation(code="structure.none_sometimes") if any(empty) and not all(empty) else None


def zeros(evidence: Evidence) -> Explanation | None:
    """All numbers are zero in all cases."""
    pairs = evidence.alike
    if pairs is None or any(got.any() for _, got in pairs) or evidence.variety < 2:
        return None
    return Explanation(code="values.zeros" if any(got.size > 1 for _, got in pairs) else "values.zero")


def constant(evidence: Evidence) -> Explanation | None:
    """The result is one and the same for three or more different inputs whose right results differ."""
    pairs = evidence.pairs
    if pairs is None or len(pairs) < 3 or not evidence.code.startswith("values."):
        return None
    _, first = pairs[0]
    if any(got.shape != first.shape or got.tobytes() != first.tobytes() for _, got in pairs):
        return None
    expected = {(want.shape, want.tobytes()) for want, _ in pairs}
    return Explanation(code="values.constant") if len(expected) >= 3 else None


def argument(evidence: Evidence) -> Explanation | None:
    """What is returned is one of the arguments as it came."""
    if evidence.variety < 2:
        return None
    for position, name in enumerate(evidence.question.parameters):
        if all(position < len(view.args) and _is(view.args[position], view.got) for view in evidence.views):
            return Explanation(code="values.argument", params={"argument": name})
    return None


def _is(given: Value, got: Value) -> bool:
    return category(given) in (Category.ARRAY, Category.NUMBER) and compare(given, got) is None


def unfilled(evidence: Evidence) -> Explanation | None:
    """Every wrong number is zero, and some of the others are right without being zero."""
    pairs = evidence.alike
    if pairs is None:
        return None
    for want, got in pairs:
        wrong = ~np.isclose(got, want, rtol=1e-6, atol=0.0)
        if wrong.any() and (got[wrong].any() or not got[~wrong].any()):
            return None
    return Explanation(code="values.unfilled") if evidence.variety >= 3 else None


def square_only(evidence: Evidence) -> Explanation | None:
    """It is right for square inputs and wrong for all others."""
    return _only(evidence, _is_square, Explanation(code="values.square_only"))


def one_only(evidence: Evidence) -> Explanation | None:
    """It is right where some size is 1 and wrong everywhere else."""
    for name in evidence.question.dims:
        explanation = Explanation(code="values.one_only", params={"dim": name})
        found = _only(evidence, partial(_is_one, evidence, name), explanation)
        if found is not None:
            return found
    return None


def _is_one(evidence: Evidence, name: str, view: View) -> bool:
    return evidence.sizes(view).get(name) == 1


def _only(evidence: Evidence, special: Callable[[View], bool], explanation: Explanation) -> Explanation | None:
    """Return the explanation where the special cases are right, all others wrong, and there are enough of both."""
    wrong = len(evidence.wrong)
    if wrong < 2 or wrong == len(evidence.views) or any(view.right != special(view) for view in evidence.views):
        return None
    return explanation


def _is_square(view: View) -> bool:
    """Say whether the first matrix among the arguments that isn't a single row or column is square."""
    for value in view.args:
        matrix = reals(value) if category(value) is Category.ARRAY else None
        if matrix is not None and matrix.ndim == 2 and min(matrix.shape) > 1:
            return bool(matrix.shape[0] == matrix.shape[1])
    return False
