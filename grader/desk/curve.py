"""A small line chart as inline SVG: a list of numbers against the expected one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np

WIDTH, HEIGHT = 420, 170
LEFT, RIGHT, TOP, BOTTOM = 58, 12, 26, 24
MOST = 400


def is_curve(value: object, *, at_least: int = 2) -> bool:
    """Whether a value is a list of finite numbers, at least so many, that a line can be drawn through."""
    if not isinstance(value, list) or not at_least <= len(value) <= 100_000:
        return False
    return all(_is_number(item) for item in value)


def curve(expected: Sequence[Any], got: Sequence[Any], labels: tuple[str, str]) -> str:
    """Return the SVG of two lists of numbers, the expected one dashed. The numbers may be of any lengths."""
    lines = [[float(np.asarray(item).item()) for item in values][:MOST] for values in (expected, got)]
    longest = max(len(line) for line in lines)
    low, high = min(min(line) for line in lines), max(max(line) for line in lines)
    if high - low < 1e-12 * max(1.0, abs(high)):
        low, high = low - 0.5, high + 0.5

    def x(step: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (step / max(1, longest - 1))

    def y(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low)

    parts = [
        (
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img" '
            f'aria-label="{escape(labels[0])}, {escape(labels[1])}" font-size="11" fill="currentColor">'
        ),
        f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="currentColor" opacity=".5"/>',
    ]
    parts += [
        f'<text x="{LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{value:.4g}</text>' for value in (low, high)
    ]
    parts += [
        f'<text x="{x(step):.1f}" y="{HEIGHT - 8}" text-anchor="middle">{step}</text>'
        for step in sorted({0, longest - 1})
    ]
    # Yours is drawn first and wider, so that both are seen where one lies on the other.
    looks = ((1, "#d97706", 4.5, "", 0.55), (0, "#2563eb", 2.0, ' stroke-dasharray="5 4"', 1.0))
    for which, colour, width, dashes, opacity in looks:
        line = lines[which]
        points = " ".join(f"{x(step):.1f},{y(value):.1f}" for step, value in enumerate(line))
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"{dashes} '
            f'opacity="{opacity}" stroke-linejoin="round"/>'
        )
        if len(line) <= 30:
            look = f'r="{width / 2 + 1.5}" fill="{colour}" opacity="{opacity}"'
            parts += [f'<circle cx="{x(step):.1f}" cy="{y(value):.1f}" {look}/>' for step, value in enumerate(line)]
        begin = LEFT + 8 + 150 * which
        parts.append(
            f'<line x1="{begin}" y1="11" x2="{begin + 26}" y2="11" stroke="{colour}" stroke-width="{width}"{dashes} '
            f'opacity="{opacity}"/><text x="{begin + 32}" y="15">{escape(labels[which])}</text>'
        )
    return "".join(parts) + "</svg>"


def _is_number(item: object) -> bool:
    if isinstance(item, bool) or not isinstance(item, int | float | np.number | np.ndarray):
        return False
    if isinstance(item, int):
        return item.bit_length() < 1000
    array = np.asarray(item)
    return array.size == 1 and array.dtype.kind in "iuf" and math.isfinite(float(array.item()))
