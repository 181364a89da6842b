"""Right but for a function of every number: a square, an activation forgotten, rounding, too few digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from grader.judging.diagnosis.evidence import Evidence, Explanation, Pairs, holds
from grader.judging.tolerance import FLOAT32
from grader.judging.values import Array

ENOUGH = 3
DIGITS = 1e-3


def _sigmoid(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


def _logit(a: Array) -> Array:
    return np.asarray(np.log(a) - np.log1p(-a))


def _rounded(places: int, want: Array) -> Array:
    return np.asarray(np.round(want, places))


FUNCTIONS: Sequence[tuple[str, Callable[[Array], Array]]] = (
    ("values.absolute", np.abs),
    ("values.complement", lambda want: 1 - want),
    ("values.reciprocal", lambda want: 1 / want),
    ("values.squared", np.square),
    ("values.rooted", np.sqrt),
    ("values.exponential", np.exp),
    ("values.logarithm", np.log),
    ("values.after_sigmoid", _sigmoid),
    ("values.before_sigmoid", _logit),
)


def function(evidence: Evidence) -> Explanation | None:
    """Every number is a function of the right one."""
    pairs = evidence.alike
    if pairs is None or evidence.variety < ENOUGH or not all(np.isfinite(got).all() for _, got in pairs):
        return None
    return next((Explanation(code=code) for code, transform in FUNCTIONS if holds(pairs, transform)), None)


def steps(evidence: Evidence) -> Explanation | None:
    """The numbers are cut to whole ones or rounded, or 0 and 1 stand where the numbers between them should, or not."""
    pairs = evidence.alike
    if pairs is None or (evidence.variety < ENOUGH and not _labels(pairs)):
        return None
    if all(((want > 0) & (want < 1)).all() for want, _ in pairs) and holds(pairs, lambda want: (want > 0.5) * 1.0):
        return Explanation(code="values.thresholded")
    if _labels(pairs) and all(((got > 0) & (got < 1)).all() for _, got in pairs):
        near_half = any((np.abs(got - 0.5) < 1e-6).any() for _, got in pairs)
        if not near_half and all(((got > 0.5) == (want > 0.5)).all() for want, got in pairs):
            return Explanation(code="values.probabilities")
    if holds(pairs, np.trunc) and not holds(pairs, np.round):
        return Explanation(code="values.truncated")
    if any(holds(pairs, partial(_rounded, places)) for places in range(5)):
        return Explanation(code="values.rounded")
    return None


def _labels(pairs: Pairs) -> bool:
    return all(np.isin(want, (0.0, 1.0)).all() for want, _ in pairs) and sum(want.size for want, _ in pairs) >= ENOUGH


def float32(evidence: Evidence) -> Explanation | None:
    """The numbers are right as far as the 32-bit floats go in which they came."""
    pairs = evidence.alike
    narrow = all(getattr(view.got, "dtype", None) in (np.float32, np.float16) for view in evidence.wrong)
    if pairs is None or not narrow or not _within(pairs, *FLOAT32):
        return None
    return Explanation(code="values.float32")


def digits(evidence: Evidence) -> Explanation | None:
    """The numbers are right to about three digits and no further."""
    pairs = evidence.alike
    if pairs is None or evidence.variety < ENOUGH or not _within(pairs, DIGITS, 0.0):
        return None
    return Explanation(code="values.digits")


def _within(pairs: Pairs, rtol: float, atol: float) -> bool:
    with np.errstate(all="ignore"):
        return all(
            bool((np.abs(got - want) <= rtol * np.abs(want) + atol * np.max(np.abs(want), initial=0.0)).all())
            for want, got in pairs
        )
