"""The failing call as lines of text: the input, and expected beside got with the differing entries marked."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import zip_longest

from grader.model import JSON, CheckResult, Message, Params
from grader.reports.words import Words, clean
from grader.reports.wrapping import cells

NO_EXAMPLE = "example.none"
NUMBERS = ("values.", "slope.")
"""Codes of wrong numbers: an example shows them, and what kind of wrong they are the check itself says."""
MARK = "*"
"""Stands behind an entry that is wrong."""
GAP = 4
_LINES = 12
_WIDEST = 200


def shown_values(params: Params, words: Words, width: int, *, called: bool = False) -> list[str]:
    """Return what a result carries of the failing call, indented, to be shown as it is; [] where that is nothing.

    `called` says that the call itself has been shown already.
    """
    lines = [] if called else [*_inputs(params, words)]
    expected, got = (_block(params.get(f"{side}_value", params.get(side))) for side in ("expected", "got"))
    table = params.get("table")
    if isinstance(table, list) and table:
        expected, got = _columns(table, "expected"), _columns(table, "got")
    if "input" not in params and table is None:
        return []
    if expected and got:
        lines += _beside(expected, got, words, width - GAP)
    return [" " * GAP + line for line in lines]


def shown_example(
    check: CheckResult, example: Message, words: Words, width: int, *, called: Container[str] = frozenset()
) -> list[str]:
    """Return what a hidden check comes to on a fresh input: that it is one, what happens there, and the call itself.

    `called` holds the calls that have been shown already.
    """
    if example.code == NO_EXAMPLE:
        return [words.message(NO_EXAMPLE, {})]
    again = call_of(example.params) in called
    lines = [words.message("example.again" if again else "example.shown", {})]
    if not example.code.startswith(NUMBERS):
        said = set(words.message(check.code, check.params).splitlines())
        lines += [line for line in words.message(example.code, example.params).splitlines() if line not in said]
    return lines + shown_values(example.params, words, width, called=again)


def call_of(params: Params) -> str:
    """Return the failing call that a result carries as text to tell it by."""
    return repr(params.get("input"))


def _inputs(params: Params, words: Words) -> Iterator[str]:
    given = params.get("input")
    if not isinstance(given, dict) or not given:
        return
    lead = words.ui("called with") + "  "
    for number, (name, value) in enumerate(given.items()):
        head = f"{lead if not number else ' ' * cells(lead)}{clean(name, 40)} = "
        first, *rest = _block(value) or ["?"]
        yield head + first
        yield from (" " * cells(head) + line for line in rest)


def _block(value: JSON) -> list[str]:
    """Return a value's text as lines."""
    if not isinstance(value, str):
        return []
    return [clean(line, _WIDEST) for line in value.splitlines()[:_LINES]]


def _columns(table: Sequence[JSON], side: str) -> list[str]:
    """Return one side of a table of entries, its columns aligned; wrong entries of what was got are marked."""
    rows = [[_entry(cell, side) for cell in row if isinstance(cell, dict)] for row in table if isinstance(row, list)]
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=False)) for row in rows]


def _entry(cell: dict[str, JSON], side: str) -> str:
    mark = (MARK if cell.get("wrong") else " ") if side == "got" else ""
    return clean(str(cell.get(side)), 30) + mark


def _beside(expected: Sequence[str], got: Sequence[str], words: Words, width: int) -> list[str]:
    """Put two blocks side by side under their headings, or under each other where they are too wide."""
    left, right = words.ui("expected"), words.ui("got")
    column = max(cells(line) for line in (left, *expected))
    if column + GAP + max(cells(line) for line in (right, *got)) > width:
        return [*_under(left, expected), *_under(right, got)]
    pairs = zip_longest((left, *expected), (right, *got), fillvalue="")
    return [(one + " " * (column - cells(one) + GAP) + other).rstrip() for one, other in pairs]


def _under(heading: str, block: Sequence[str]) -> list[str]:
    return [heading, *(f"  {line}" for line in block)]
