"""Python 2: its print statements as calls, where a text holds some and therefore does not parse, and its names."""

from __future__ import annotations

import re
from typing import Any

from grader.sandbox.loader.lines import scan

NAMES: dict[str, Any] = {"xrange": range, "raw_input": input, "unicode": str, "basestring": str, "long": int}
"""Builtins that only Python 2 has, with what does their work."""

_PRINT = re.compile(r"print(?:[ \t]+(?![=(.,\[])|(?=[\"'`]))(?:>>[^,\n]*,?)?")
_AFTER_COLON = re.compile(
    r"((?:if|elif|else|for|while|try|except|finally|with)\b[^\n\"'#]*:[ \t]*)print[ \t]+(?![=(.,])"
)


def with_print_calls(source: str) -> str:
    """Return the text with `print a, b` as `print(a, b)`; line numbers do not change."""
    if "print" not in source:
        return source
    parts: list[str] = []
    for line in scan(source):
        code = source[line.code : line.code_end]
        indent, rest = source[line.start : line.code], source[line.code_end : line.end]
        lead = ""
        if outer := _AFTER_COLON.match(code):
            lead, code = outer.group(1), code[len(outer.group(1)) :]
        match = _PRINT.match(code)
        if match is None:
            code = "print()" if code == "print" else code
        else:
            body = code[match.end() :]
            semicolon = ";" if body.endswith(";") else ""
            code = f"print({body.removesuffix(';').rstrip().removesuffix(',')}){semicolon}"
        parts.append(indent + lead + code + rest)
    return "".join(parts)
