"""The percent format: one Python file that holds the cells of a notebook.

A cell begins with `# %%`, then `[markdown]` for text, then metadata as `key=value` with values in JSON:
`# %% [markdown] lang="en"`, `# %% tags=["demo"]`. What stands before the first cell is the author's own (a docstring,
comments) and reaches no student.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.saying import say

HEADER = re.compile(r"^# %%(?!%)(?P<rest>.*)$")
METADATA = re.compile(r'(?P<key>[A-Za-z_][\w-]*)=(?P<value>"(?:[^"\\]|\\.)*"|\[[^\]]*\]|\S+)')
LANGUAGES = ("en", "zh-CN")
DEMO = "demo"
QUOTES = ('"""', "'''")


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentCell:
    """One cell: its text as the student is to see it, and the line of the file on which that text begins."""

    kind: str
    """`code`, `markdown`, or `preamble` for what stands before the first cell."""
    source: str
    line: int
    language: str | None = None
    """None for a cell that is in every language."""
    tags: tuple[str, ...] = ()
    faults: tuple[str, ...] = field(default=(), compare=False)


def split_cells(source: str) -> tuple[PercentCell, ...]:
    """Split a file in percent format into its cells. Faults in the headers are kept with their cell."""
    cells: list[PercentCell] = []
    header: str | None = None
    start, body = 1, list[str]()
    for number, line in enumerate(source.splitlines(), start=1):
        match = HEADER.match(line)
        if match is None:
            body.append(line)
            continue
        cells.append(_cell(header, body, start))
        header, start, body = match["rest"], number + 1, []
    cells.append(_cell(header, body, start))
    return tuple(cell for cell in cells if cell.source or cell.faults)


def without_demos(source: str) -> str:
    """Blank out the demo cells and the text, so that only what defines the solution runs; line numbers stay."""
    lines = source.splitlines()
    kept = [""] * len(lines)
    for cell in split_cells(source):
        if cell.kind == "markdown" or DEMO in cell.tags:
            continue
        first = cell.line - 1
        last = first + len(cell.source.splitlines())
        kept[first:last] = lines[first:last]
    return "\n".join(kept) + "\n"


def _cell(header: str | None, body: Sequence[str], start: int) -> PercentCell:
    """Make one cell of its header's rest and its lines; blank lines around the body are dropped."""
    first = 0
    while first < len(body) and not body[first].strip():
        first += 1
    last = len(body)
    while last > first and not body[last - 1].strip():
        last -= 1
    lines = list(body[first:last])
    if header is None:
        return PercentCell(kind="preamble", source="\n".join(lines), line=start + first)
    kind, language, tags, faults = _read_header(header, start - 1)
    source = _plain_text(lines) if kind == "markdown" else "\n".join(lines)
    return PercentCell(kind=kind, source=source, line=start + first, language=language, tags=tags, faults=faults)


def _read_header(rest: str, line: int) -> tuple[str, str | None, tuple[str, ...], tuple[str, ...]]:
    """Read `[markdown] lang="en" tags=["demo"]`."""
    kind = "markdown" if re.match(r"\s*(\[markdown\]|\[md\])", rest) else "code"
    language: str | None = None
    tags: tuple[str, ...] = ()
    faults: list[str] = []
    for match in METADATA.finditer(rest):
        key = match["key"]
        try:
            value = json.loads(match["value"])
        except ValueError:
            faults.append(
                say('line {line}: the value of `{key}` is not JSON: write {key}="…" or {key}=["…"]', line=line, key=key)
            )
            continue
        if key == "lang" and value in LANGUAGES:
            language = value
        elif key == "lang":
            faults.append(
                say(
                    "line {line}: there is no language {value!r}: write one of {names}",
                    line=line,
                    value=value,
                    names=", ".join(LANGUAGES),
                )
            )
        elif key == "tags" and isinstance(value, list) and all(isinstance(tag, str) for tag in value):
            tags = tuple(value)
        elif key == "tags":
            faults.append(say('line {line}: tags are a list of strings: write tags=["demo"]', line=line))
    return kind, language, tags, tuple(faults)


def _plain_text(lines: Sequence[str]) -> str:
    """Take the comment marks (or the triple quotes) off a text cell."""
    if lines and (opening := re.match(r"^[rR]?(\"\"\"|''')", lines[0])) and lines[-1].rstrip().endswith(opening[1]):
        text = "\n".join(lines)
        return text[opening.end() :].rstrip().removesuffix(opening[1]).strip("\n")
    return "\n".join(line[2:] if line.startswith("# ") else line.removeprefix("#") for line in lines)
