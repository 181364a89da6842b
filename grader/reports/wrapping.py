"""Lines of a given width for texts in which Chinese and English stand side by side."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def cells(text: str) -> int:
    """Return how many columns a text takes: Chinese characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` columns: at spaces, and between wide characters anywhere."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line.strip() and cells(line) + cells(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line = line + piece if line else piece.lstrip()
        while cells(line.rstrip()) > width:  # one word that is longer than a line
            cut = width if line.isascii() else width // 2
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


_CLOSING = "，。；：？！、）》」』”"


def _pieces(text: str) -> Iterator[str]:
    """Yield words with the spaces after them, and wide characters with the punctuation that must not begin a line."""
    start = 0
    for index, char in enumerate(text):
        following = text[index + 1 : index + 2]
        wide = not char.isascii() and unicodedata.east_asian_width(char) in "WF"
        next_wide = bool(following) and not following.isascii() and unicodedata.east_asian_width(following) in "WF"
        if following in _CLOSING and following:
            continue
        if (char == " " and following != " ") or wide or next_wide:
            yield text[start : index + 1]
            start = index + 1
    if start < len(text):
        yield text[start:]


def laid_out(text: str, width: int) -> list[str]:
    """Break a text of several lines; those that begin with two spaces illustrate something and stay as they are."""
    return [
        piece
        for line in text.splitlines()
        for piece in ([line.rstrip()] if line.startswith("  ") else wrapped(line, width))
    ]
