"""Text from students, made safe to show: every place that shows or stores such text cleans it here."""

from __future__ import annotations

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def clean(text: str, limit: int = 300, *, lines: bool = False) -> str:
    """Return `text` without anything that acts instead of showing, and no longer than `limit` characters.

    Control codes (C0, DEL, C1), bidirectional and zero-width marks, surrogates and unassigned code points become
    U+FFFD; white space of any sort becomes a plain space. With `lines`, line feeds stay.
    """
    if len(text) > limit:
        text = text[: max(limit - 1, 0)] + ELLIPSIS
    if text.isprintable():
        return text
    return "".join(_shown(char, lines) for char in text)


def _shown(char: str, lines: bool) -> str:
    if char.isprintable() or (lines and char == "\n"):
        return char
    # Line and paragraph separators count as white space; on one line they are harmless as a space.
    return " " if char in "\t\n\r" or (char.isspace() and ord(char) > 0x9F) else REPLACEMENT
