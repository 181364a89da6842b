"""Read a program's cells into statements, so that what does not parse costs only itself.

A text that parses is taken as it is. Otherwise IPython's own syntax is neutralised; then the text is taken apart
(`recovery`). Every statement keeps the student's own line numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.model import Cell, Location
from grader.sandbox.loader.lines import clean, visible
from grader.sandbox.loader.magics import neutralise
from grader.sandbox.loader.pieces import Broken, Statement, Text, file_name, flat, parse
from grader.sandbox.loader.recovery import closed, recover

LARGEST_RECOVERED = 300_000
"""Characters up to which a cell that does not parse is taken apart."""
LARGEST_CELL = 1_000_000
"""Characters up to which a cell is read; a whole course's solutions come to a tenth of that."""


def read_cells(cells: Sequence[Cell], file: str | None = None) -> Text:
    """Read all cells; `file` is given for a sibling."""
    text = Text()
    position = 0
    for cell in cells:
        name = file or file_name(cell.number)
        source = clean(cell.source)
        text.lines[name] = source.split("\n")
        text.cells[name] = cell.number
        text.walrus = text.walrus or ":=" in source
        text.declares = text.declares or "global " in source
        for item in _read_cell(source, name, cell.number, text):
            item.position = position
            position += 1
            if isinstance(item, Broken):
                text.broken.append(item)
            else:
                text.statements.append(item)
    return text


def _tell_of_spaces(source: str, seen: str, number: int | None, text: Text) -> None:
    """Keep the first place of a space, or of a character that nobody sees, that Python itself refuses."""
    if seen == source:
        return
    try:
        parse(neutralise(source, notebook=number is not None))
    except SyntaxError as error:
        if "non-printable character" in str(error.msg):
            text.only_here.setdefault("only_here.spaces", Location(line=error.lineno or 1, cell=number))


def _tell_of_magic(seen: str, plain: str, text: Text) -> None:
    """Keep the first line of a script that only a notebook understands."""
    for line, (written, read) in enumerate(zip(seen.split("\n"), plain.split("\n"), strict=False), 1):
        if written.lstrip() != read.lstrip():
            text.only_here.setdefault("only_here.magic", Location(line=line))
            return


def _read_cell(source: str, file: str, number: int | None, text: Text) -> list[Statement | Broken]:
    if len(source) > LARGEST_CELL:
        return [Broken((), number, 1, source[:80], "too large")]
    try:
        tree = parse(source)
    except SyntaxError as error:
        if len(source) > LARGEST_RECOVERED:
            return [Broken((), number, error.lineno or 1, source[:80], str(error.msg)[:200])]
        seen = visible(source)
        plain = neutralise(seen, notebook=number is not None)
        _tell_of_spaces(source, seen, number, text)
        if number is None and plain != seen:
            _tell_of_magic(seen, plain, text)
        try:
            if plain == source:
                raise
            tree = parse(plain)
        except SyntaxError:
            return closed(recover(plain, file, number, text))
    return closed([Statement(node, file, number) for node in flat(tree.body, file)])
