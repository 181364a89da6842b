"""Where the bars of the plots stand, in the units of their view boxes. Numbers only: templates draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.reports.html.classroom import Bin

_LEFT, _RIGHT, _TOP, _BASE = 10.0, 350.0, 26.0, 150.0
_LABELS = 12
"""With more bars than this only the tall ones carry their number; the table has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of the histogram."""

    low: int
    high: int
    count: int
    x: float
    y: float
    width: float
    height: float
    middle: float
    labelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One mark on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """The histogram, with the median where it is known."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    median: float | None
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a bar of 100 units."""

    state: str
    count: int
    x: float
    width: float


def plot(bins: Sequence[Bin], median_share: float | None) -> Plot | None:
    """Lay out the histogram; None where nobody has a score."""
    tallest = max((each.count for each in bins), default=0)
    if not tallest:
        return None
    step = (_RIGHT - _LEFT) / len(bins)
    few = len(bins) <= _LABELS
    bars = []
    for at, each in enumerate(bins):
        # A single student among thousands is still to be seen.
        height = 0.0 if not each.count else max(1.0, each.count / tallest * (_BASE - _TOP))
        bars.append(
            Bar(
                low=each.low,
                high=each.high,
                count=each.count,
                x=round(_LEFT + at * step + 0.5, 2),
                y=round(_BASE - height, 2),
                width=round(step - 1, 2),
                height=round(height, 2),
                middle=round(_LEFT + (at + 0.5) * step, 2),
                labelled=bool(each.count) and (few or each.count >= 0.04 * tallest),
            )
        )
    return Plot(
        bars=tuple(bars),
        ticks=tuple(Tick(x=round(_at(share / 100), 2), label=str(share)) for share in range(0, 101, 20)),
        median=None if median_share is None else round(_at(median_share), 2),
        anchor="middle"
        if median_share is None or 0.05 < median_share < 0.95
        else "end"
        if median_share > 0.5
        else "start",
    )


def _at(share: float) -> float:
    return _LEFT + min(max(share, 0.0), 1.0) * (_RIGHT - _LEFT)


def stacked(states: Sequence[tuple[str, int]]) -> tuple[Part, ...]:
    """Lay out one bar of verdicts."""
    whole = sum(count for _, count in states)
    parts, at = [], 0.0
    for state, count in states:
        width = 100 * count / whole
        parts.append(Part(state=state, count=count, x=round(at, 3), width=round(width, 3)))
        at += width
    return tuple(parts)
