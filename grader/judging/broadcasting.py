"""The rule of broadcasting made visible: two shapes under each other, aligned from the right, the clash marked."""

from __future__ import annotations

from collections.abc import Sequence

Shape = Sequence[int]


def clashes(shape_a: Shape, shape_b: Shape) -> tuple[int, ...]:
    """Return the axes that clash, counted from the right (-1 is the last): two sizes, neither of them 1."""
    pairs = zip(reversed(shape_a), reversed(shape_b), strict=False)
    return tuple(-position for position, (a, b) in enumerate(pairs, 1) if a != b and 1 not in (a, b))


def broadcast(shape_a: Shape, shape_b: Shape) -> tuple[int, ...] | None:
    """Return the shape that the two broadcast to, or None where they clash."""
    if clashes(shape_a, shape_b):
        return None
    longer, shorter = (shape_a, shape_b) if len(shape_a) >= len(shape_b) else (shape_b, shape_a)
    padded = (1,) * (len(longer) - len(shorter)) + tuple(shorter)
    return tuple(b if a == 1 else a for a, b in zip(longer, padded, strict=True))


def align(shape_a: Shape, shape_b: Shape, names: tuple[str, str] = ("a", "b")) -> tuple[str, ...]:
    """Return the two shapes under each other, aligned from the right, and a line with ^ under each axis that clashes.

    Where nothing clashes there is no third line, and a missing axis is left blank. Two empty names are left out.

    >>> print(*align((4, 3), (3, 2)), sep="\\n")
    a: 4  3
    b: 3  2
       ^  ^
    """
    axes = max(len(shape_a), len(shape_b))
    padded = [[""] * (axes - len(shape)) + [str(size) for size in shape] for shape in (shape_a, shape_b)]
    marks = {axes + axis for axis in clashes(shape_a, shape_b)}
    rows = [*padded, ["^" if axis in marks else "" for axis in range(axes)]]
    widths = [max(len(row[axis]) for row in rows) for axis in range(axes)]
    margin = max(len(name) for name in names) + 1 if any(names) else 0
    heads = (*(f"{name}:".ljust(margin + 1) if margin else "" for name in names), " " * (margin + 1) if margin else "")
    lines = (
        (head + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))).rstrip()
        for head, row in zip(heads, rows, strict=True)
    )
    above, below, marked_line = lines
    return (above, below, marked_line) if marked_line else (above, below)


def align_product(shape_a: Shape, shape_b: Shape, names: tuple[str, str] = ("a", "b")) -> tuple[str, ...]:
    """Return the two shapes of a matrix product side by side, with ^ under the two inner sizes that must be equal."""
    left, right = (f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})" for shape in (shape_a, shape_b))
    first, second = f"{names[0]} {left}".lstrip(), f"{names[1]} {right}".lstrip()
    top = f"{first} @ {second}"
    if not shape_a or not shape_b:
        return (top,)
    inner_a = len(first) - 1 - (1 if len(shape_a) == 1 else 0) - 1
    position = max(len(shape_b) - 2, 0)
    before = "".join(f"{size}, " for size in shape_b[:position])
    inner_b = len(f"{first} @ {second[: second.index(right)]}(") + len(before) + len(str(shape_b[position])) - 1
    return (top, " " * inner_a + "^" + " " * (inner_b - inner_a - 1) + "^")
