"""Split source text into logical lines without a parser, so that text which does not parse can still be looked at.

A logical line ends at a newline outside strings and brackets that no backslash precedes. The scanner knows strings,
comments, brackets and continuations; it never fails, whatever it is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"""[#"'()\[\]{}\n]|\\\n""")
_INDENT = re.compile(r"[ \t\f]*")
_FRESH = re.compile(
    r"(?:async[ \t]+def|def|class)[ \t]+\w|@\w|import[ \t]+\w|from[ \t]+[\w.]+[ \t]+import\b|"
    r"if[ \t]+__name__\b|#[ \t]*In[ \t]?\["
)
"""What at the very start of a line can only begin a statement, even where a bracket before it was never closed."""


_INVISIBLE = str.maketrans(
    {
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
    }
)


@dataclass(slots=True)
class Line:
    """One logical line: offsets into the source, and the physical line (from 0) on which it starts."""

    start: int
    code: int
    """Offset of the first character after the indentation."""
    code_end: int
    """Offset behind the last character that is neither space nor comment."""
    end: int
    """Offset behind the line's newline."""
    number: int
    kind: str
    """`code`, `empty` (nothing or a comment) or `magic` (starts with `%`, `!` or `?`)."""
    open_string: int = -1
    """Offset of a triple-quoted string that is never closed."""


def clean(source: str) -> str:
    """Give the text Python's newlines, and take out what no parser accepts: byte order marks, NUL, lone surrogates."""
    if source.isascii():
        if "\r" in source:
            source = source.replace("\r\n", "\n").replace("\r", "\n")
        return source.replace("\0", " ") if "\0" in source else source
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ").replace("\ufeff", "")
    return source.encode("utf-8", "replace").decode("utf-8")


def visible(source: str) -> str:
    """Return a text with spaces for the spaces that Python does not know, and without characters that nobody sees."""
    return source if source.isascii() else source.translate(_INVISIBLE)


def scan(source: str) -> list[Line]:
    """Return the logical lines of a text, in order and without gaps."""
    lines: list[Line] = []
    position, number, size = 0, 0, len(source)
    while position < size:
        match = _INDENT.match(source, position)
        code = match.end() if match else position
        line = _one(source, position, code, number)
        lines.append(line)
        number += source.count("\n", position, line.end)
        position = line.end
    return lines


def _one(source: str, start: int, code: int, number: int) -> Line:
    first = source[code : code + 1]
    if first and first in "%!?":
        end = _end_of_physical(source, code)
        return Line(start, code, code + len(source[code:end].rstrip()), end, number, "magic")
    if first in {"", "\n", "#"}:
        newline = source.find("\n", code)
        return Line(start, code, code, len(source) if newline < 0 else newline + 1, number, "empty")
    return _code(source, start, code, number)


def _end_of_physical(source: str, position: int) -> int:
    """Return the offset behind the newline, following continuation by a backslash."""
    while True:
        newline = source.find("\n", position)
        if newline < 0:
            return len(source)
        if source[newline - 1] != "\\":
            return newline + 1
        position = newline + 1


def _code(source: str, start: int, code: int, number: int) -> Line:
    line = Line(start, code, code, len(source), number, "code")
    position, depth = code, 0
    while True:
        mark = _MARK.search(source, position)
        stop = mark.start() if mark else len(source)
        between = source[position:stop].rstrip()
        if between:
            line.code_end = position + len(between)
        if mark is None:
            return line
        char = source[stop]
        if char == "\n":
            position = stop + 1
            if depth == 0 or _FRESH.match(source, position):
                line.end = position
                return line
        elif char == "#":
            newline = source.find("\n", stop)
            position = len(source) if newline < 0 else newline
        elif char in "\"'":
            position, closed = _string_end(source, stop)
            line.code_end = position
            if not closed and source.startswith(char * 3, stop):
                line.open_string = stop
        else:
            position = mark.end()
            if char != "\\":
                line.code_end = position
                depth = depth + 1 if char in "([{" else max(0, depth - 1)


def _string_end(source: str, start: int) -> tuple[int, bool]:
    """Return the offset behind the string that starts here, and whether it is closed."""
    quote = source[start]
    triple = source.startswith(quote * 3, start)
    mark = quote * 3 if triple else quote
    position = start + len(mark)
    while True:
        found = source.find(mark, position)
        end = len(source) if found < 0 else found
        if not triple:
            newline = source.find("\n", position, end)
            while newline > 0 and source[newline - 1] == "\\":
                newline = source.find("\n", newline + 1, end)
            if newline >= 0:
                return newline, False
        if found < 0:
            return len(source), False
        backslashes = 0
        while source[found - 1 - backslashes] == "\\":
            backslashes += 1
        if backslashes % 2 == 0:
            return found + len(mark), True
        position = found + 1
