"""Trees of files, and what intake makes of them in a few words."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from grader.submissions import Intake

SLUGS = ("logistic_regression", "broadcasting", "numpy_basics")
NOTEBOOK = b'{"cells": [{"cell_type": "code", "source": "x = 1"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'

Tree = Callable[[Mapping[str, "str | bytes"]], Path]


def zipped(files: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file with these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files: Mapping[str, str | bytes], mode: str = "w:gz") -> bytes:
    """Return a tar file with these members."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def matched(intake: Intake) -> list[tuple[str | None, str, str]]:
    """Return assignment, student and path of each submission."""
    return [(one.assignment, one.student, one.path) for one in intake.submissions]


def refused(intake: Intake) -> dict[str, str]:
    """Return the code for each path that is not graded."""
    return {one.path: one.message.code for one in (*intake.unmatched, *intake.unreadable)}
