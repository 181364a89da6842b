"""How far a number may be from the reference's: |got - want| ≤ rtol·|want| + atol·max|want|.

The two come from the dtype of the *reference's* value, never the student's: who returns float16 gets no wider a margin.

Decisions beyond the formula:

* Where max|want| is 0, nothing tells the scale, and 1 is taken for it: a reference of zeros allows 1e-12 (float64).
* The absolute part is never finer than a few roundings of numbers near 1 (4 eps: 9e-16, or 5e-7 for float32), for a
  reference of 1e-17 is mostly a cancellation whose last bits depend on the order of summing. A check of values that
  really are that small sets its own `atol`, and then the formula alone holds.
* Whole numbers are exact among themselves. A float where the reference has whole numbers may be off by 1e-9 relative,
  so that 10,000,001 is never 10,000,000.
* A student who computes in float32 where the reference has float64 is off by about 6e-8 relative after one operation,
  which passes, but long sums and differences of near numbers lose more and don't. Such a result is not accepted on its
  own terms (the dtype would be a way to buy tolerance); the diagnosis `values.float32` says that precision is all that
  is wrong.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.authoring import Compare
from grader.judging.values import Array, as_array
from grader.model import Value

FLOAT32 = (1e-4, 1e-6)
"""rtol and atol for what was computed in 32-bit floats."""
_ROUNDINGS = 4.0
_FLOAT = np.dtype(np.float64)


def tolerances(dtype: np.dtype[Any], how: Compare) -> tuple[float, float, float]:
    """Return rtol, atol and the least absolute allowance for a reference's value of this dtype."""
    if how.exact:
        return 0.0, 0.0, 0.0
    if dtype.kind in "biu":
        rtol, atol, least = 1e-9, 0.0, 0.0
    elif dtype in (np.float32, np.complex64, np.float16):
        rtol, atol, least = *FLOAT32, _ROUNDINGS * float(np.finfo(np.float32).eps)
    else:
        rtol, atol, least = 1e-6, 1e-12, _ROUNDINGS * float(np.finfo(np.float64).eps)
    if how.rtol is not None:
        rtol = how.rtol
    if how.atol is not None:
        atol, least = how.atol, 0.0
    return rtol, atol, least


def allowance_of(number: float, how: Compare) -> float:
    """Return how far a single float may be off: `allowance` without the cost of arrays."""
    rtol, atol, least = tolerances(_FLOAT, how)
    return rtol * abs(number) + max(atol * (abs(number) or 1.0), least)


def allowance(want: Array, how: Compare) -> Array:
    """Return how far each entry may be off; entries that aren't finite count for nothing."""
    rtol, atol, least = tolerances(want.dtype, how)
    sizes = np.abs(want.astype(np.complex128 if want.dtype.kind == "c" else np.float64))
    scale = float(sizes.max(initial=0.0)) or 1.0
    if not np.isfinite(scale):
        sizes = np.where(np.isfinite(sizes), sizes, 0.0)
        scale = float(sizes.max(initial=0.0)) or 1.0
    absolute: Array = rtol * sizes + max(atol * scale, least)
    return absolute


def mismatch(expected: Value, got: Value, how: Compare) -> tuple[Array, Array, Array]:
    """Return a mask of the entries that are wrong, how far each is off, and how far it may be.

    Shapes are equal, and NaN and inf stand in equal places, where they are left alone.
    """
    if type(expected) is int and type(got) is int and how.rtol is None and how.atol is None:
        return _exact(np.asarray(expected != got))
    want, have = as_array(expected), as_array(got)
    if want.dtype.kind in "biu" and have.dtype.kind in "biu" and how.rtol is None and how.atol is None:
        return _exact(np.asarray(want != have))
    if type(expected) is int and not np.isfinite(want):
        return _exact(np.asarray(True))  # beyond any float, and not the same int
    wide = np.complex128 if "c" in (want.dtype.kind, have.dtype.kind) else np.float64
    with np.errstate(all="ignore"):
        allowed = allowance(want, how)
        want, have = want.astype(wide), have.astype(wide)
        error = np.abs(have - want)
        if np.isfinite(error).all():
            return error > allowed, error, allowed
        finite = np.isfinite(want)
        error = np.where(finite, error, 0.0)
        # A difference that overflows is never within a tolerance that overflowed as well.
        return ~((error <= allowed) & np.isfinite(error)) & finite, error, allowed


def _exact(wrong: Array) -> tuple[Array, Array, Array]:
    """Make a mismatch of values that may not be off at all."""
    return wrong, wrong.astype(np.float64), np.zeros(wrong.shape)


def ratio(error: Array, allowed: Array) -> float:
    """Return the worst error in multiples of what is allowed."""
    with np.errstate(all="ignore"):
        return float(np.max(np.where(error > 0, error / allowed, 0.0), initial=0.0))
