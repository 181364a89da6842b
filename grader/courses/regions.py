"""Solution regions: what stands between `### BEGIN SOLUTION` and `### END SOLUTION` never reaches a student.

In a function the region becomes `# YOUR CODE HERE` and `raise NotImplementedError`; at module level, where the answers
stand, `q1 = "error"` becomes `q1 = None  # YOUR ANSWER HERE`.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from grader.saying import say

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"
CODE_HERE = "# YOUR CODE HERE"
ANSWER_HERE = "# YOUR ANSWER HERE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One solution region: the lines between its markers, and where its first marker stands (lines count from 1)."""

    first: int
    last: int
    indent: str
    lines: tuple[str, ...]


def find_regions(source: str) -> tuple[tuple[Region, ...], tuple[str, ...]]:
    """Return the regions of a source text, and what is wrong with its markers."""
    regions: list[Region] = []
    faults: list[str] = []
    opened: int | None = None
    lines = source.splitlines()
    for number, line in enumerate(lines, start=1):
        mark = line.strip()
        if mark == BEGIN and opened is None:
            opened = number
        elif mark == BEGIN:
            faults.append(
                say(
                    "line {number}: `{begin}` inside the region that began on line {opened}: end that one first",
                    number=number,
                    begin=BEGIN,
                    opened=opened,
                )
            )
        elif mark == END and opened is None:
            faults.append(
                say("line {number}: `{end}` without a `{begin}` before it", number=number, end=END, begin=BEGIN)
            )
        elif mark == END and opened is not None:
            begin = lines[opened - 1]
            indent = begin[: len(begin) - len(begin.lstrip())]
            regions.append(Region(first=opened, last=number, indent=indent, lines=tuple(lines[opened : number - 1])))
            opened = None
        elif "BEGIN SOLUTION" in mark or "END SOLUTION" in mark:
            faults.append(
                say(
                    "line {number}: a solution marker stands alone on its line and reads `{begin}` or `{end}`",
                    number=number,
                    begin=BEGIN,
                    end=END,
                )
            )
    if opened is not None:
        faults.append(
            say(
                "line {opened}: `{begin}` is never ended: write `{end}` after the solution",
                opened=opened,
                begin=BEGIN,
                end=END,
            )
        )
    for region in regions:
        if not region.indent:
            faults += _answer_faults(region)
    return tuple(regions), tuple(faults)


def blank_out(source: str) -> str:
    """Replace every solution region by what the student finds there. Markers must be sound (`find_regions`)."""
    lines = source.splitlines()
    for region in reversed(find_regions(source)[0]):
        lines[region.first - 1 : region.last] = _blank(region)
    return "\n".join(lines)


def _blank(region: Region) -> Sequence[str]:
    """Return the lines that stand in a region's place."""
    if region.indent:
        return (f"{region.indent}{CODE_HERE}", f"{region.indent}raise NotImplementedError")
    return [f"{name} = None  {ANSWER_HERE}" for name in _answers(region)]


def _answers(region: Region) -> list[str]:
    """Return the names that a region at module level assigns."""
    names: list[str] = []
    for statement in ast.parse(textwrap.dedent("\n".join(region.lines))).body:
        if isinstance(statement, ast.Assign):
            names += [target.id for target in statement.targets if isinstance(target, ast.Name)]
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            names.append(statement.target.id)
    return names


def _answer_faults(region: Region) -> list[str]:
    """Say what is wrong with a region at module level."""
    try:
        body = ast.parse("\n".join(region.lines)).body
    except SyntaxError as error:
        line = region.first + (error.lineno or 1)
        return [say("line {line}: the solution does not parse: {msg}", line=line, msg=error.msg)]
    return [
        say(
            "line {first}: a solution at module level holds only answers such as `q1 = 3`: put the "
            "markers inside the function",
            first=region.first + statement.lineno,
        )
        for statement in body
        if not isinstance(statement, (ast.Assign, ast.AnnAssign))
    ]
