"""Statistics of a class's marks, each with the source of its formula and the least number of students it is said for.

Below that number a figure says more about chance than about a question, and nothing is returned. Whoever has no score
(unreadable, or not graded for a fault of ours) is left out before, by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
"""Marks: (students,), or (students, questions) for what looks at several questions together."""

LEAST_SPREAD = 5
LEAST_FACILITY = 5
LEAST_CORRELATION = 30
LEAST_DISCRIMINATION = 40
LEAST_ALPHA = 30
SHARE = 0.27
"""The upper and the lower group's share of the class: Kelley, 1939."""
_CONSTANT = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """How a statistic is computed, where that is from, and the least number of students it is shown for."""

    name: str
    formula: str
    source: str
    least: int


FORMULAS = (
    Formula(
        name="mean, median, quartiles, SD",
        formula="Σx / n;  the middle of the sorted marks;  √(Σ(x - x̄)² / (n - 1))",
        source="Hyndman & Fan (1996), American Statistician 50, 361-365, type 7",
        least=LEAST_SPREAD,
    ),
    Formula(
        name="facility",
        formula="p = x̄ / points",
        source="Crocker & Algina (1986), Introduction to Classical and Modern Test Theory, ch. 14",
        least=LEAST_FACILITY,
    ),
    Formula(
        name="item-rest correlation",
        formula="r(xᵢ, Σ xⱼ, j ≠ i)",
        source="Henrysson (1963), Psychometrika 28, 211-218",
        least=LEAST_CORRELATION,
    ),
    Formula(
        name="discrimination",
        formula="p(upper 27 %) - p(lower 27 %)",
        source="Kelley (1939), Journal of Educational Psychology 30, 17-24",
        least=LEAST_DISCRIMINATION,
    ),
    Formula(
        name="Cronbach's α",
        formula="k / (k - 1) · (1 - Σ s²ᵢ / s²)",
        source="Cronbach (1951), Psychometrika 16, 297-334",
        least=LEAST_ALPHA,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Where the marks of a class lie. `sd` is the sample's, with n - 1; quartiles interpolate linearly."""

    n: int
    mean: float
    median: float
    sd: float
    lower: float
    upper: float
    lowest: float
    highest: float


def spread(scores: Sequence[float] | Scores, *, least: int = LEAST_SPREAD) -> Spread | None:
    """Return mean, median, SD and quartiles; None for fewer than `least` students, or than two."""
    marks = np.asarray(scores, dtype=float)
    if marks.size < max(least, 2):
        return None
    lowest, lower, median, upper, highest = (float(each) for each in np.quantile(marks, (0, 0.25, 0.5, 0.75, 1)))
    return Spread(
        n=marks.size,
        mean=float(marks.mean()),
        median=median,
        sd=float(marks.std(ddof=1)),
        lower=lower,
        upper=upper,
        lowest=lowest,
        highest=highest,
    )


def facility(scores: Sequence[float] | Scores, points: float, *, least: int = LEAST_FACILITY) -> float | None:
    """Return the mean mark of a question as a share of its points: 1 is easy, 0 is hard."""
    marks = np.asarray(scores, dtype=float)
    if marks.size < max(least, 1) or points <= 0:
        return None
    return float(marks.mean() / points)


def item_rest_correlations(table: Scores, *, least: int = LEAST_CORRELATION) -> list[float | None]:
    """Return each question's correlation with the sum of the others: with it in the sum, it would vouch for itself.

    None for a question whose marks, or whose others' marks, are all the same.
    """
    students, questions = table.shape
    if students < max(least, 3) or questions < 2:
        return [None] * questions
    rest = table.sum(axis=1, keepdims=True) - table
    return [_correlation(table[:, item], rest[:, item]) for item in range(questions)]


def _correlation(one: Scores, other: Scores) -> float | None:
    one, other = one - one.mean(), other - other.mean()
    size = float(np.sqrt((one @ one) * (other @ other)))
    return None if size < _CONSTANT else float(one @ other) / size


def discriminations(
    table: Scores, points: Sequence[float], *, least: int = LEAST_DISCRIMINATION, share: float = SHARE
) -> list[float | None]:
    """Return how much more of each question the upper group of the class got than the lower, -1 to 1.

    The groups are the `share` of students with the most and the fewest marks in all. Of students who tie for a group's
    last places each counts in part, so that no figure depends on the order of the names.
    """
    students, questions = table.shape
    size = round(share * students)
    if students < least or size < 1:
        return [None] * questions
    totals = table.sum(axis=1)
    apart = (_members(totals, size) - _members(-totals, size)) @ table / size
    return [float(gap) / worth if worth > 0 else None for gap, worth in zip(apart, points, strict=True)]


def _members(totals: Scores, size: int) -> Scores:
    """Return how much of each student belongs to the `size` with the highest totals: 1, 0, or a tie's share."""
    last = np.sort(totals)[-size]
    above, tied = totals > last, totals == last
    members: Scores = above + tied * ((size - above.sum()) / tied.sum())
    return members


def cronbach_alpha(table: Scores, *, least: int = LEAST_ALPHA) -> float | None:
    """Return how far the questions measure one thing; None for a single question, or where all totals are the same."""
    students, questions = table.shape
    if students < max(least, 2) or questions < 2:
        return None
    total = float(table.sum(axis=1).var(ddof=1))
    if total < _CONSTANT:
        return None
    parts = float(table.var(axis=0, ddof=1).sum())
    return float(questions / (questions - 1) * (1 - parts / total))
