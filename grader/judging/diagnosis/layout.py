"""Right numbers in the wrong places, or too many or too few: transposed, not summed, swapped, shifted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations, permutations

import numpy as np

from grader.authoring import Compare
from grader.judging.comparison import compare
from grader.judging.diagnosis.evidence import Evidence, Explanation, Pairs, near
from grader.judging.values import Array, is_sequence
from grader.model import Value

_FEW, _MOST = 4, 12
"""Of so many results every order is tried; of more than that nothing is said."""


def swapped(evidence: Evidence) -> Explanation | None:
    """The results have changed places among themselves."""
    for depth in range(max(len(evidence.part), 1)):  # among all results, then among those beside the part
        path = evidence.part[:depth]
        groups = [_beside(_inner(view.whole_want, path), _inner(view.whole_got, path)) for view in evidence.wrong]
        count = len(groups[0][0])
        if not 2 <= count <= _MOST or any(len(want) != count or len(got) != count for want, got in groups):
            continue
        if _fitting_order(groups, count, evidence.how):
            return Explanation(code="structure.swapped")
    return None


def _fitting_order(groups: Sequence[tuple[list[Value], list[Value]]], count: int, how: Compare) -> bool:
    """Say whether the results, taken in some other order, are the right ones in all cases."""

    @cache
    def fits(place: int, at: int) -> bool:
        return all(compare(want[place], got[at], how) is None for want, got in groups)

    return any(all(fits(place, at) for at, place in enumerate(order)) for order in _orders(count))


def _orders(count: int) -> Iterator[tuple[int, ...]]:
    """Yield the orders to try: all others of a few results; of more, those in which two have changed places."""
    usual = tuple(range(count))
    if count <= _FEW:
        yield from (order for order in permutations(usual) if order != usual)
        return
    for one, other in combinations(usual, 2):
        order = list(usual)
        order[one], order[other] = other, one
        yield tuple(order)


def _inner(value: Value, path: tuple[int | str, ...]) -> Value:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _beside(want: Value, got: Value) -> tuple[list[Value], list[Value]]:
    """Return the items of two values. A tuple in the place of a dictionary is of the wrong kind, not in disorder."""
    return _items(want), _items(got) if (type(want) is dict) is (type(got) is dict) else []


def _items(value: Value) -> list[Value]:
    if type(value) is dict:
        return [value[key] for key in sorted(value, key=str)]
    return list(value) if is_sequence(value) else []


def lengths(evidence: Evidence) -> Explanation | None:
    """One item too many or too few, at the start or at the end; the others are right."""
    views = evidence.wrong
    if not all(_is_row(view.want) and _is_row(view.got) and len(view.want) >= 2 for view in views):
        return None
    trims: tuple[tuple[str, Callable[[Value], Value], Callable[[Value], Value]], ...] = (
        ("structure.one_more", lambda want: want, lambda got: got[:-1]),
        ("structure.one_fewer", lambda want: want[:-1], lambda got: got),
        ("structure.extra_first", lambda want: want, lambda got: got[1:]),
        ("structure.no_first", lambda want: want[1:], lambda got: got),
    )
    for code, of_want, of_got in trims:
        if all(compare(of_want(view.want), of_got(view.got), evidence.how) is None for view in views):
            return Explanation(code=code)
    return None


def _is_row(value: Value) -> bool:
    return is_sequence(value) or (type(value) is np.ndarray and value.ndim == 1)


def transposed(evidence: Evidence) -> Explanation | None:
    """Everything is right but transposed."""
    pairs = evidence.pairs
    if not pairs or not all(want.ndim == 2 and near(want.T, got) for want, got in pairs):
        return None
    code = "shape.transposed" if evidence.code.startswith("shape.") else "values.transposed"
    return Explanation(code=code)


def reshaped(evidence: Evidence) -> Explanation | None:
    """The numbers are right and in their order, in another shape."""
    pairs = evidence.pairs
    if not pairs or not evidence.code.startswith("shape."):
        return None
    if not all(want.size == got.size and near(want.ravel(), got.ravel()) for want, got in pairs):
        return None
    if evidence.code == "shape.scalar":
        return Explanation(code="shape.boxed")
    return Explanation(code="shape.rank_right" if evidence.code == "shape.rank" else "shape.numbers_right")


def summed(evidence: Evidence) -> Explanation | None:
    """A sum or a mean along an axis is missing, or goes too far."""
    pairs = evidence.pairs
    if not pairs or not evidence.code.startswith("shape.") or not _telling(pairs):
        return None
    for how, reduce in (("summed", np.sum), ("averaged", np.mean)):
        if _reduces([(got, want) for want, got in pairs], reduce):
            return Explanation(code=f"shape.not_{how}")
        if _reduces(pairs, reduce):
            return Explanation(code=f"shape.{how}")
    return None


def _telling(pairs: Pairs) -> bool:
    """Say whether the larger side has more than zeros and ones in it, so that a sum is no chance."""
    larger = [max(pair, key=lambda side: side.size) for pair in pairs]
    return len({round(float(number), 9) for side in larger for number in side.ravel()[:50] if np.isfinite(number)}) >= 3


def _reduces(pairs: Pairs, reduce: Callable[..., Array]) -> bool:
    """Say whether reducing the first of each pair, in one and the same way, gives the second."""
    if any(large.size < small.size for large, small in pairs) or not any(a.size > b.size for a, b in pairs):
        return False
    most = max(large.ndim for large, _ in pairs)
    return any(
        all(_reduced(large, small, reduce, axis, keep) for large, small in pairs)
        for axis in (None, *range(-most, 0))
        for keep in (False, True)
    )


def _reduced(large: Array, small: Array, reduce: Callable[..., Array], axis: int | None, keep: bool) -> bool:
    if axis is not None and -axis > large.ndim:
        return False
    with np.errstate(all="ignore"):
        return near(np.asarray(reduce(large, axis=axis, keepdims=keep)), small)


def repeated(evidence: Evidence) -> Explanation | None:
    """The right numbers are repeated along an axis."""
    pairs = evidence.pairs
    if not pairs or not evidence.code.startswith("shape."):
        return None
    if not all(got.size >= want.size and near(wide, got) for want, got in pairs for wide in _widened(want, got)):
        return None
    return Explanation(code="shape.repeated") if all(list(_widened(want, got)) for want, got in pairs) else None


def _widened(want: Array, got: Array) -> Iterator[Array]:
    try:
        yield np.broadcast_to(want, got.shape)
    except ValueError:
        return


def order(evidence: Evidence) -> Explanation | None:
    """The right numbers in another order: reversed, moved along by one, or otherwise."""
    pairs = evidence.alike
    if not pairs or evidence.variety < 4:
        return None
    if all(near(want[::-1], got) for want, got in pairs):
        return Explanation(code="values.backwards")
    if any(all(near(np.roll(want, by), got) for want, got in pairs) for by in (1, -1)):
        return Explanation(code="values.shifted")
    if all(near(np.sort(want), np.sort(got)) for want, got in pairs):
        return Explanation(code="values.order")
    return None
