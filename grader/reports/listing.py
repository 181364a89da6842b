"""A student's code as a person would look it up: found by its first line, never parsed.

The trusted side does not parse Python that students wrote: this reads lines and indents only. It may miss what is
written oddly, and then shows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.model import Program
from grader.text import clean

MOST_LINES = 80
LONGEST_LINE = 160
_COMMENT = re.compile(r"\s#[^'\"]*$")


def listing(program: Program, names: Iterable[str], *, anonymous: bool = False) -> str | None:
    """Return the last definition, or assignment, of any of the names, with the lines that belong to it.

    `anonymous` leaves out comments, where people sign their work.
    """
    begins = re.compile(rf"(?:async\s+)?def\s+(?:{_any(names)})\s*\(|(?:{_any(names)})\s*=[^=]")
    for cell in reversed(program.cells):
        lines = cell.source.splitlines()
        for start in reversed(range(len(lines))):
            if begins.match(lines[start]):
                return _shown(_block(lines, start), anonymous=anonymous)
    return None


def _any(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in names)


def _block(lines: list[str], start: int) -> list[str]:
    """Return a line and what is indented below it; a line that closes brackets opened above belongs to it too."""
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or lines[end][0] in " \t)]}"):
        end += 1
    block = lines[start:end]
    while block and not block[-1].strip():
        block.pop()
    return block


def _shown(block: list[str], *, anonymous: bool) -> str:
    if anonymous:
        block = [_COMMENT.sub("", line) for line in block if not line.lstrip().startswith("#")]
    shown = [clean(line.expandtabs(4), LONGEST_LINE) for line in block[:MOST_LINES]]
    if len(block) > MOST_LINES:
        shown.append("…")
    return "\n".join(shown)
