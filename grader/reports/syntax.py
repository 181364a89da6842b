"""Why Python can't read a piece of code: its own words for that, in the reader's language, and what to type instead.

Python says these things in English only. A template here is what it says, with slots where it names something; a
reason that fits none is shown as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

REASONS = (
    "invalid syntax. Perhaps you forgot a comma?",
    "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
    "invalid syntax. Maybe you meant '==' instead of '='?",
    "invalid syntax. Did you mean '{word}'?",
    "invalid syntax",
    "expected ':'",
    "expected '{sign}'",
    "expected 'except' or 'finally' block",
    "expected 'else' after 'if' expression",
    "expected an indented block after function definition on line {line}",
    "expected an indented block after class definition on line {line}",
    "expected an indented block after '{word}' statement on line {line}",
    "expected an indented block",
    "unexpected indent",
    "unindent does not match any outer indentation level",
    "inconsistent use of tabs and spaces in indentation",
    "'{sign}' was never closed",
    "unmatched '{sign}'",
    "closing parenthesis '{sign}' does not match opening parenthesis '{other}' on line {line}",
    "closing parenthesis '{sign}' does not match opening parenthesis '{other}'",
    "unterminated string literal (detected at line {line}); perhaps you escaped the end quote",
    "unterminated string literal (detected at line {line})",
    "unterminated f-string literal (detected at line {line})",
    "unterminated triple-quoted string literal (detected at line {line})",
    "unterminated triple-quoted f-string literal (detected at line {line})",
    "unexpected character after line continuation character",
    "unexpected EOF while parsing",
    "invalid non-printable character {code}",
    "invalid character '{sign}' ({code})",
    "invalid decimal literal",
    "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
    "cannot assign to {target} here. Maybe you meant '==' instead of '='?",
    "cannot assign to {target}",
    "cannot delete {target}",
    'expression cannot contain assignment, perhaps you meant "=="?',
    "Missing parentheses in call to 'print'. Did you mean print(...)?",
    "positional argument follows keyword argument",
    "keyword argument repeated: {name}",
    "duplicate argument '{name}' in function definition",
    "non-default argument follows default argument",
    "parameter without a default follows parameter with a default",
    "':' expected after dictionary key",
    "name '{name}' is parameter and global",
    "name '{name}' is used prior to global declaration",
    "'return' outside function",
    "'break' outside loop",
    "'continue' not properly in loop",
    "f-string: empty expression not allowed",
    "f-string: {reason}",
    "{reason} (read by Python {version}; from 3.12 on more is allowed)",
    "too deeply nested",
    "too complex",
    "too large",
    "too many pieces that do not parse",
)
"""What Python (and, last, the grader) says of a text that it can't read; of two that fit, the first is taken."""
INSTEAD = "invalid character '{sign}' ({code}): type `{typed}` in its place"
TARGETS = ("function call", "expression", "literal", "attribute", "comparison", "f-string expression")
"""What Python names as something that nothing can be assigned to, besides words of its own such as `None`."""

_SLOT = re.compile(r"\{(\w+)\}")
_ESCAPED_SLOT = re.compile(r"\\\{(\w+)\\\}")
_INVALID = re.compile(r"(?s)(.*?)invalid character '(.)' \((U\+[0-9A-F]+)\)(.*)")
_TYPED = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "´": "'", "。": ".", "、": ",", "·": "*",
    "【": "[", "】": "]", "《": "<", "》": ">", "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "×": "*", "÷": "/",
    "≤": "<=", "≥": ">=", "≠": "!=", "⋅": "*", "∗": "*", "→": "->", "²": "**2", "³": "**3", "＂": '"',
}  # fmt: skip
"""What is meant by signs that are no full-width form of an ASCII sign."""


def typed_for(sign: str) -> str | None:
    """Return what is to be typed in place of a sign that Python does not know; None where nobody can tell."""
    if sign in _TYPED:
        return _TYPED[sign]
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 and plain.isascii() and plain.isprintable() and not plain.isspace() else None


def reason_in_words(reason: str, ui: Callable[[str], str], *, english: bool) -> str:
    """Return a reason in the reader's language, with what to type where a sign is not one of Python's."""
    if found := _INVALID.fullmatch(reason):
        before, sign, code, after = found.groups()
        if typed := typed_for(sign):
            sentence = _filled(ui(INSTEAD), {"sign": sign, "code": code, "typed": typed})
            return f"{before}{sentence}{after}"
    return reason if english else _translated(reason, ui)


def _translated(reason: str, ui: Callable[[str], str]) -> str:
    for template in REASONS:
        found = re.fullmatch(_ESCAPED_SLOT.sub(r"(?P<\1>.+?)", re.escape(template)), reason, re.DOTALL)
        if found:
            slots = found.groupdict()
            if "reason" in slots:
                slots["reason"] = _translated(slots["reason"], ui)
            if slots.get("target") in TARGETS:
                slots["target"] = ui(slots["target"])
            return _filled(ui(template), slots)
    return reason


def _filled(template: str, slots: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: slots[slot[1]], template)
