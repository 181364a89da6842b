"""The course's secret, from which the hidden inputs are drawn."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from grader.errors import CourseError
from grader.saying import say

VARIABLE = "GRADER_SECRET"
STATE = ".grader"
FILE = "secret"


def course_secret(root: Path) -> bytes:
    """Return the secret of the course in `root`: `GRADER_SECRET` where it is set, else `.grader/secret`.

    The file is made when it is first needed, readable by its owner only; two processes that make it at once agree.
    """
    if given := os.environ.get(VARIABLE):
        return given.encode()
    path = root / STATE / FILE
    try:
        text = path.read_text(encoding="ascii") if path.exists() else _make(path)
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(
            [
                say(
                    "{path}: can't be read or made: {error}. Mend its rights, or set {variable}.",
                    path=path,
                    error=error,
                    variable=VARIABLE,
                )
            ]
        ) from error
    if not text.strip():
        raise CourseError(
            [say("{path} is empty: put the course's secret back, or delete it to have a new one made.", path=path)]
        )
    return text.strip().encode()


def _make(path: Path) -> str:
    """Write a new secret and return what then stands in the file, which may be another process's."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    ignore = path.parent / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="ascii")
    draft = path.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
    try:
        # A link, unlike a rename, never replaces the secret of somebody who was quicker.
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        if not path.exists():
            draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return path.read_text(encoding="ascii")
