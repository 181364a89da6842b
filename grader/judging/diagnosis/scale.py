"""Right but for a factor or an amount: a forgotten 1/m, a sign, a logarithm to another base, a bias left out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from grader.judging.diagnosis.evidence import RTOL, Evidence, Explanation, distinct, near, reals, scalars
from grader.judging.values import Array

CONSTANTS = {
    "2": 2.0,
    "1/2": 0.5,
    "-2": -2.0,
    "-1/2": -0.5,
    "100": 100.0,
    "1/100": 0.01,
    "255": 255.0,
    "1/255": 1 / 255,
    "ln 10": math.log(10),
    "1/ln 10": 1 / math.log(10),
    "ln 2": math.log(2),
    "1/ln 2": 1 / math.log(2),
}
ENOUGH = 3
NEARLY_ONE = 1e-3
"""A factor nearer to 1 is a matter of precision."""


def sign(evidence: Evidence) -> Explanation | None:
    """Every number has the opposite sign."""
    factors = evidence.once(_factors)
    if factors is None or evidence.variety < 2 or not all(_equal(factor, -1.0) for factor in factors if factor):
        return None
    return Explanation(code="values.sign")


def ratio(evidence: Evidence) -> Explanation | None:
    """Every number is too large by one factor, in all cases; the factor has a name, or is the same in all of them."""
    factors = evidence.once(_factors)
    if factors is None or evidence.variety < 2:
        return None
    known = [factor for factor in factors if factor is not None]
    names = [name for name, named in _candidates(evidence) if _fits(factors, named)]
    if len(names) == 1 and (distinct(known) > 1 or evidence.variety >= ENOUGH):
        return Explanation(code="values.ratio", params={"ratio": names[0]})
    if distinct(known) == 1 and evidence.variety >= ENOUGH and abs(known[0] - 1.0) > NEARLY_ONE:
        return Explanation(code="values.ratio", public={"factor": f"{known[0]:.4g}"})
    return None


def ratio_varies(evidence: Evidence) -> Explanation | None:
    """In each case every number is too large by one factor, which differs from case to case and has no name."""
    factors = evidence.once(_factors)
    pairs = evidence.alike
    if factors is None or pairs is None:
        return None
    telling = [
        factor
        for factor, (want, _) in zip(factors, pairs, strict=True)
        if factor is not None and not _equal(factor, 1.0) and distinct(want[want != 0].tolist()) >= ENOUGH
    ]
    return Explanation(code="values.ratio_varies") if len(telling) >= 2 and distinct(telling) >= 2 else None


def wrong_way(evidence: Evidence) -> Explanation | None:
    """The step that leads from an argument to the result is right, but taken in the opposite direction."""
    if evidence.pairs is None or evidence.variety < ENOUGH:
        return None
    for position, name in enumerate(evidence.question.parameters):
        starts = (reals(view.args[position]) if position < len(view.args) else None for view in evidence.views)
        if all(
            start is not None and start.any() and start.shape == want.shape and near(2 * start - want, got)
            for start, (want, got) in zip(starts, evidence.pairs, strict=True)
        ):
            return Explanation(code="values.wrong_way", params={"argument": name})
    return None


def offset(evidence: Evidence) -> Explanation | None:
    """Every number is off by one amount in all cases: an argument, one, or an amount without a name."""
    amounts = evidence.once(_amounts)
    if amounts is None or evidence.variety < ENOUGH:
        return None
    given = [dict(scalars(evidence, view)) for view in evidence.views]
    names = [name for name in evidence.question.parameters if all(name in numbers for numbers in given)]
    for prefix, factor in (("", 1.0), ("-", -1.0)):
        for name in names:
            named = [factor * numbers[name] for numbers in given]
            if distinct(named) > 1 and all(map(_equal, amounts, named)):
                return Explanation(code="values.offset", params={"offset": f"{prefix}{name}"})
    if distinct(amounts) != 1:
        return None
    for text, number in (("1", 1.0), ("-1", -1.0)):
        if _equal(amounts[0], number):
            return Explanation(code="values.offset", params={"offset": text})
    return Explanation(code="values.offset", public={"offset": f"{amounts[0]:.4g}"})


def offset_varies(evidence: Evidence) -> Explanation | None:
    """In each case every number is off by one amount, which differs from case to case."""
    amounts, pairs = evidence.once(_amounts), evidence.alike
    if amounts is None or pairs is None:
        return None
    telling = [
        amount for amount, (want, _) in zip(amounts, pairs, strict=True) if amount and distinct(want.tolist()) >= ENOUGH
    ]
    return Explanation(code="values.offset_varies") if len(telling) >= 2 and distinct(telling) >= 2 else None


def _factors(evidence: Evidence) -> list[float | None] | None:
    """Return got / want for each case, None where all is zero; None for all where it isn't one factor a case."""
    pairs = evidence.alike
    if pairs is None:
        return None
    factors: list[float | None] = []
    for want, got in pairs:
        factor = _factor(want, got)
        if factor == 0.0 or (factor is not None and math.isnan(factor)):
            return None
        factors.append(factor)
    return factors if any(factor is not None for factor in factors) else None


def _factor(want: Array, got: Array) -> float | None:
    if not (np.isfinite(want).all() and np.isfinite(got).all()):
        return math.nan
    largest = float(np.max(np.abs(want), initial=0.0))
    if largest == 0.0:
        return None if not got.any() else math.nan
    place = int(np.argmax(np.abs(want)))
    with np.errstate(all="ignore"):
        factor = float(got[place] / want[place])
        error = np.abs(got - factor * want)
    allowed = abs(factor) * (RTOL * np.abs(want) + 1e-9 * largest)
    return factor if math.isfinite(factor) and bool((error <= allowed).all()) else math.nan


def _amounts(evidence: Evidence) -> list[float] | None:
    """Return got - want for each case, or None where it isn't one amount a case."""
    pairs = evidence.alike
    if pairs is None:
        return None
    amounts = []
    for want, got in pairs:
        if not want.size or not (np.isfinite(want).all() and np.isfinite(got).all()):
            return None
        with np.errstate(all="ignore"):
            differences = got - want
        amount = float(differences[0])
        if not np.isfinite(differences).all() or (np.abs(differences - amount) > RTOL * abs(amount) + 1e-12).any():
            return None
        amounts.append(0.0 if abs(amount) <= 1e-9 * float(np.max(np.abs(want))) else amount)
    return amounts


def _candidates(evidence: Evidence) -> Iterator[tuple[str, list[float]]]:
    """Yield the factors that have a name, with their value in each case."""
    cases = len(evidence.views)
    for name, value in CONSTANTS.items():
        yield name, [value] * cases
    sizes = [evidence.sizes(view) for view in evidence.views]
    names = [name for name in evidence.question.dims if all(own.get(name, 0) > 0 for own in sizes)]
    for name in names:
        numbers = [float(own[name]) for own in sizes]
        for text, factor in ((name, 1.0), (f"-{name}", -1.0), (f"2·{name}", 2.0), (f"{name}/2", 0.5)):
            yield text, [factor * number for number in numbers]
        for text, factor in ((f"1/{name}", 1.0), (f"-1/{name}", -1.0), (f"1/(2·{name})", 0.5), (f"2/{name}", 2.0)):
            yield text, [factor / number for number in numbers]
        yield f"1/{name}²", [number**-2 for number in numbers]
        if min(numbers) > 1:
            yield f"{name}/({name} - 1)", [number / (number - 1) for number in numbers]
            yield f"({name} - 1)/{name}", [(number - 1) / number for number in numbers]
        for other in names:
            if other != name:
                yield f"{name}/{other}", [number / own[other] for number, own in zip(numbers, sizes, strict=True)]
    for first, second in pairwise(names):
        products = [float(own[first] * own[second]) for own in sizes]
        yield f"{first}·{second}", products
        yield f"1/({first}·{second})", [1 / product for product in products]


def _fits(factors: list[float | None], named: list[float]) -> bool:
    return all(factor is None or _equal(factor, value) for factor, value in zip(factors, named, strict=True))


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= 2 * RTOL * abs(other) + 1e-12
