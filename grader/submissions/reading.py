"""One submission's bytes to a `Program`: cells of text, not parsed as Python on this side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from grader.errors import UnreadableSubmission
from grader.model import Cell, Message, Note, Program
from grader.submissions.encodings import decode
from grader.submissions.notebooks import cells_of

FILE_CAP = 50_000_000
"""Bytes of a file that are read at all. A notebook above it is nearly all pictures in outputs."""
SOURCE_CAP = 2_000_000
"""Characters of code in one submission."""
SIBLINGS_CAP = 20
"""Other `.py` files that are taken along with a submission."""

_MARKER = re.compile(r"^#\s*grader:\s*assignment=([\w-]{1,100})\s*$", re.MULTILINE)
_PYTHON = re.compile(r"^(?:def |class |import |from \w|@\w|#|if |\w+ *=[^=])", re.MULTILINE)
_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\xd0\xcf\x11\xe0", "Word"),
)


def read_program(data: bytes, name: str) -> Program:
    """Read a `.py` file or a notebook, by its content rather than by its name.

    Raises UnreadableSubmission with a code under `unreadable.` for whatever can't be read. What had to be assumed is in
    the program's `notes`.
    """
    if len(data) > FILE_CAP:
        raise _unreadable("too_large", megabytes=FILE_CAP // 1_000_000)
    if not data.strip(b" \t\r\n\f\0\xef\xbb\xbf\xff\xfe"):
        raise _unreadable("empty")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise _unreadable("wrong_kind", kind=kind)
    named_notebook = _says_notebook(name)
    text, notes = decode(data, declarations=not named_notebook)
    start = text[:1000].lstrip()
    if start.startswith("{") and (named_notebook or _looks_like_notebook(text)):
        cells, marker = cells_of(text)
        if not named_notebook:
            notes = (*notes, Note(code="read.as_notebook"))
    elif named_notebook and start.startswith(("[", '"')):
        raise _unreadable("not_notebook")
    elif start[:15].lower().startswith(("<!doctype html", "<html")):
        raise _unreadable("wrong_kind", kind="HTML")
    else:
        if named_notebook:
            if not _PYTHON.search(text[:20_000]):
                raise _unreadable("not_notebook")
            notes = (*notes, Note(code="read.as_python"))
        cells, marker = (Cell(source=text),), _marker(text)
    if sum(len(cell.source) for cell in cells) > SOURCE_CAP:
        raise _unreadable("source_too_large", megabytes=SOURCE_CAP // 1_000_000)
    return Program(cells=cells, marker=marker, notes=notes)


def read_siblings(siblings: Iterable[tuple[str, Callable[[], bytes]]]) -> dict[str, str]:
    """Read the other `.py` files of a submission; one that can't be read is left out, as if it had not been sent."""
    texts: dict[str, str] = {}
    room = SOURCE_CAP
    for name, read in siblings:
        try:
            data = read()
            if len(data) > room:
                continue
            text, _ = decode(data, declarations=True)
        except UnreadableSubmission:
            continue
        texts[name] = text
        room -= len(data)
        if len(texts) == SIBLINGS_CAP:
            break
    return texts


def _unreadable(code: str, **params: int | str) -> UnreadableSubmission:
    return UnreadableSubmission(Message(code=f"unreadable.{code}", params=params))


def _says_notebook(name: str) -> bool:
    lowered = name.lower()
    return lowered.endswith((".ipynb", ".ipynb.txt", ".ipynb.json"))


def _looks_like_notebook(text: str) -> bool:
    """Tell a notebook under another name from Python that begins with a brace."""
    return ('"cells"' in text or '"worksheets"' in text) and '"nbformat"' in text


def _marker(text: str) -> str | None:
    """Return the assignment that `grader release` wrote into the first line (a shebang or encoding may precede it)."""
    head = text[:2000].split("\n", 3)[:3]
    match = _MARKER.search("\n".join(head))
    return match.group(1) if match else None
