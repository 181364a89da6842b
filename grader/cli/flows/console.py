"""What a student's terminal can show, asked without a library for terminals."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TextIO

from grader.reports.looks import LOOKS


def width_of_terminal() -> int:
    """Return how wide the terminal is, or as wide as `COLUMNS` says; 80 where nobody says."""
    return shutil.get_terminal_size((80, 24)).columns


def wants_colour(stream: TextIO) -> bool:
    """Whether to use colours: on a terminal, unless `NO_COLOR` or a dumb one says otherwise; `FORCE_COLOR` wins."""
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty():
        return False
    return sys.platform != "win32" or _windows_colours()


def _windows_colours() -> bool:
    """Switch on ANSI codes in a Windows console, as an empty command does there; they are on from Windows 10."""
    os.system("")
    return True


def needs_ascii(stream: TextIO) -> bool:
    """Say whether a stream's encoding can't show the glyphs."""
    try:
        "".join((*(look[0] for look in LOOKS.values()), "─")).encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False
