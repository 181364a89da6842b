"""Finding the files below a folder, without following links and without opening anything."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from grader.model import Message
from grader.submissions.intake import File, Refused
from grader.submissions.names import is_junk, shown
from grader.submissions.opening import read_regular

DEPTH_CAP = 16
"""Folders within folders."""


def walk(root: Path, refuse: Callable[[Refused], None]) -> Iterator[File]:
    """Yield the regular files below a folder; report what is no file to `refuse`. Junk is passed over in silence.

    The order is that of the names, folders after files, whatever the file system's own.
    """
    waiting: list[tuple[str | Path, tuple[str, ...]]] = [(root, ())]
    while waiting:
        folder, parts = waiting.pop()
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            code = "unreadable.permission" if isinstance(error, PermissionError) else "unreadable.folder"
            refuse(Refused(path=_shown(parts), message=Message(code=code)))
            continue
        folders: list[tuple[str | Path, tuple[str, ...]]] = []
        for entry in entries:
            name = entry.name
            if is_junk(name):
                continue
            kind = _kind(entry)
            if kind == "file":
                yield File(parts, name, partial(read_regular, entry.path))
            elif kind == "folder" and len(parts) < DEPTH_CAP:
                folders.append((entry.path, (*parts, name)))
            else:
                code = "unmatched.too_deep" if kind == "folder" else f"unmatched.{kind}"
                refuse(Refused(path=_shown((*parts, name)), message=Message(code=code)))
        waiting.extend(reversed(folders))


def _kind(entry: os.DirEntry[str]) -> str:
    try:
        is_junction = getattr(entry, "is_junction", None)  # Windows's other link, known from Python 3.12
        if entry.is_symlink() or (is_junction is not None and is_junction()):
            return "symlink"
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        return "file" if entry.is_file(follow_symlinks=False) else "not_regular"
    except OSError:
        return "not_regular"


def _shown(parts: tuple[str, ...]) -> str:
    return shown("/".join(parts)) or "."
