"""File names for students' pages: readable, the same on every system, and never two students' the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import quote

_LONGEST = 60
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def stem(student: str) -> str:
    """Return a file's name for a student, without ending. What had to be changed to be a name gets a digest."""
    safe = re.sub(r"[^\w.@+-]", "_", unicodedata.normalize("NFC", student))[:_LONGEST].strip(".")
    # Upper and lower case are one on some systems, so only a lower-case name is its own.
    if safe and safe == student and safe == safe.lower() and safe.partition(".")[0] not in _RESERVED:
        return safe
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{safe or 'student'}~{digest}"


def href(student: str) -> str:
    """Return the link from the class report to a student's page."""
    return f"students/{quote(stem(student))}.html"
