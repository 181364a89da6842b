"""Turn what only IPython understands into Python that does nothing, line for line.

`%magic`, `!command`, `help?`, `x = !command`, `x = %magic`, `%%cell` magics, leading indentation of a whole cell and
pasted `>>>` prompts. Only text that does not parse as Python is looked at (`parsing` sees to that), and only the start
and end of logical lines, so strings, comments and the modulo operator are left as they are. Line numbers do not change.
"""

from __future__ import annotations

import re

from grader.sandbox.loader.lines import Line, scan

_CELL = re.compile(r"\s*%%(\w+)([^\n]*)")
_OTHER_LANGUAGES = frozenset((
    "bash", "sh", "script", "cmd", "html", "HTML", "javascript", "js", "Javascript", "JavaScript", "latex", "markdown",
    "svg", "SVG", "perl", "ruby", "R", "julia", "sql", "bigquery", "writefile", "file", "cython", "python2", "pypy",
    "system", "sx",
))  # fmt: skip
"""Cell magics whose body isn't Python for this namespace; any other keeps its body."""
_LINE = re.compile(r"%{1,2}\s*(\w+)?[ \t]*((?:.|\n)*)")
_ASSIGNED = re.compile(r"[A-Za-z_]\w*(?:[ \t]*,[ \t]*[A-Za-z_]\w*)*[ \t]*=[ \t]*(?=[%!])")
_HELP = re.compile(r"[A-Za-z_*][\w*.]*(?:\[[^\]\n]*\])?\?{1,2}")
_PROMPT = re.compile(r"^(?:>>>|\.\.\.(?!\.)|In \[\d+\]:|[ ]+\.\.\.:)[ ]?", re.MULTILINE)
_FIRST_PROMPT = re.compile(r"^(?:>>> |In \[\d+\]: )", re.MULTILINE)
_RUN = re.compile(r"(?:-\w+\s+)*['\"]?(?:\./)?([A-Za-z_]\w*)(?:\.py|\.ipynb)?['\"]?\s*$")


def neutralise(source: str, *, notebook: bool) -> str:
    """Return the text with everything of IPython's own made harmless; the same text where there is nothing of it."""
    source = _unprompted(_undented(source, every_line=not notebook))
    if notebook:
        cell = _CELL.match(source)
        if cell and cell.group(1) in _OTHER_LANGUAGES:
            return "pass" + "\n" * source.count("\n")
    if not any(char in source for char in "%!?"):
        return source
    parts: list[str] = []
    for line in scan(source):
        text = source[line.start : line.end]
        parts.append(text if line.kind == "empty" else _replaced(source, line, text))
    return "".join(parts)


def _replaced(source: str, line: Line, text: str) -> str:
    """Return one logical line as Python with as many newlines as before."""
    code = source[line.code : line.code_end]
    if line.kind == "magic":
        new = _magic(code)
    elif code.endswith("?") and _HELP.fullmatch(code):
        new = "pass"
    else:
        assigned = _ASSIGNED.match(code)
        if assigned is None:
            return text
        new = assigned.group() + _value(code[assigned.end() :])
    ending = "\n" * (text.count("\n") - new.count("\n"))
    return source[line.start : line.code] + new + ending


def _magic(code: str) -> str:
    """Return what a line magic comes to: nothing, or the code that it would have run here."""
    match = _LINE.match(code) if code.startswith("%") else None
    if match is None:
        return "pass"
    name, rest = match.group(1), match.group(2).strip()
    if name == "time" and rest and not code.startswith("%%"):
        return rest
    if name == "pylab":
        return "import numpy, numpy as np; from numpy import *; import matplotlib.pyplot as plt"
    if name == "run" and (script := _RUN.match(rest)):
        return f"from {script.group(1)} import *"
    return "pass"


def _value(code: str) -> str:
    """Return what stands for the result of a command or magic that was assigned."""
    if code.startswith("!"):
        return "[]"
    match = _LINE.match(code)
    rest = match.group(2).strip() if match and match.group(1) == "time" else ""
    return rest or "None"


def _undented(source: str, *, every_line: bool) -> str:
    """Take the first line's indentation off every line, as IPython does with an indented cell.

    A script is pushed in only where `every_line` of it is: a single line that is says nothing of the others.
    """
    first = source.lstrip("\n")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    lines = source.split("\n")
    if not indent or (every_line and not all(line.startswith(indent) or not line.strip() for line in lines)):
        return source
    return "\n".join(line.removeprefix(indent) for line in lines)


def _unprompted(source: str) -> str:
    """Take off the prompts that were pasted along with what was typed behind them."""
    return _PROMPT.sub("", source) if _FIRST_PROMPT.search(source) else source
