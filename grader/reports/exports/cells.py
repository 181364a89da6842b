"""Numbers and text as other programs take them."""

from __future__ import annotations

import re
from decimal import Decimal

from grader.text import REPLACEMENT

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# What neither XML 1.0 nor a CSV reader takes; the same holes are cut from all texts, so that names stay comparable.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Return text that UTF-8, XML and CSV can all hold: control codes and half characters become U+FFFD."""
    return text if text.isprintable() else _FORBIDDEN.sub(REPLACEMENT, text)


def text_cell(text: str) -> str:
    """Return text for a cell of a spreadsheet; what a spreadsheet would run as a formula gets a ' before it.

    Full-width signs count too: some versions of Excel take them for the usual ones.
    """
    text = plain(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def number_cell(number: Decimal | int | None) -> str:
    """Return a number for a cell, exactly and without an exponent; nothing for None."""
    if number is None:
        return ""
    text = format(Decimal(number), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
