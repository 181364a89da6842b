"""What was computed from a course, kept in a folder from one run to the next: outcomes that are dear to compute again.

Each sheet lies in a file of its own, named by all that it was computed from. A file begins with a keyed digest of the
rest, so that what is damaged or not ours is not read: then, and where the folder can't be written, things are computed
as if there were no shelf. What lies here is hidden as the secret is.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.judging.versions import digest_of
from grader.model import Message, Outcome, Raised, Returned, Stopped, Unsupported, Value, Verdict

SUFFIX = ".sheet"
LARGEST = 16 << 20
"""Bytes of a sheet: what is larger is not kept."""
MOST_BYTES = 128 << 20
MOST_SHEETS = 400
"""Sheets that are kept: those beyond it that were used longest ago make room."""
_DIGEST = hashlib.sha256().digest_size
_BLANK = Stopped(verdict=Verdict.MISSING, message=Message(code="missing.blank"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is kept together: texts, and outcomes by name and position of the case."""

    texts: tuple[str, ...] = ()
    outcomes: Mapping[str, Mapping[int, Outcome]] = field(default_factory=dict)


class Shelf:
    """The sheets of a course. `made_by` names what else they hang on: this grader, Python, numpy, the machine."""

    def __init__(
        self,
        folder: Path,
        secret: bytes,
        made_by: str,
        *,
        pack: Callable[[Value], bytes],
        unpack: Callable[[bytes], Value],
    ) -> None:
        self._folder = folder
        self._secret = secret
        self._made_by = made_by
        self._pack = pack
        self._unpack = unpack

    def name(self, *made_from: object) -> str | None:
        """Name the sheet that is computed from some values; None where they include what has no version."""
        try:
            return digest_of(self._made_by, self._secret, *made_from)
        except (TypeError, ValueError, RecursionError):
            return None

    def take(self, name: str | None) -> Sheet | None:
        """Return a sheet; None where there is none, or none that is whole."""
        if name is None:
            return None
        path = self._path(name)
        try:
            data = _read(path)
            if not hmac.compare_digest(data[:_DIGEST], self._seal(name, data[_DIGEST:])):
                return None
            texts, outcomes = self._unpack(data[_DIGEST:])
            sheet = Sheet(
                texts=texts, outcomes={each: {at: _outcome(*rest) for at, *rest in got} for each, got in outcomes}
            )
        except Exception:  # whatever is the matter with it, it is computed again
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return sheet

    def put(self, name: str | None, sheet: Sheet) -> None:
        """Keep a sheet, in place of the one that there was. What can't be kept is not."""
        if name is None:
            return
        outcomes = [
            (each, [(at, *parts) for at, outcome in got.items() if (parts := _parts(outcome))])
            for each, got in sheet.outcomes.items()
        ]
        try:
            data = self._pack((sheet.texts, outcomes))
        except Exception:  # a value that is too large or too deep
            return
        if len(data) <= LARGEST - _DIGEST:
            with contextlib.suppress(OSError):
                self._write(name, self._seal(name, data) + data)
                self._make_room()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}{SUFFIX}"

    def _seal(self, name: str, data: bytes) -> bytes:
        return hmac.digest(self._secret, f"sheet {name}\n".encode() + data, "sha256")

    def _write(self, name: str, data: bytes) -> None:
        """Write a file whole or not at all, whoever else writes it."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        draft = self._folder / f"{name}.{secrets.token_hex(4)}{SUFFIX}"
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            draft.replace(self._path(name))
        finally:
            draft.unlink(missing_ok=True)

    def _make_room(self) -> None:
        """Remove what was used longest ago where there is more than may be."""
        found = sorted(
            ((path.stat(), path) for path in self._folder.glob(f"*{SUFFIX}")), key=lambda each: -each[0].st_mtime
        )
        total = 0
        for number, (there, path) in enumerate(found):
            total += there.st_size
            if number >= MOST_SHEETS or total > MOST_BYTES:
                path.unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    """Return a regular file's content, under the cap on its size. Raises OSError."""
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        there = os.fstat(file.fileno())
        if not stat.S_ISREG(there.st_mode) or there.st_size > LARGEST:
            raise OSError("no sheet")
        return file.read(LARGEST)


def _parts(outcome: Outcome) -> tuple[Value, ...] | None:
    """Return what is kept of an outcome; None for what another run may not meet, such as a limit of time."""
    match outcome:
        case Returned(value=value):
            return "returned", value
        case Raised(type=kind, message=message):
            return "raised", kind, message
        case Unsupported(type=kind, where=where):
            return "unsupported", kind, where
        case Stopped(verdict=Verdict.MISSING):
            return ("blank",)
    return None


def _outcome(tag: str, *parts: Value) -> Outcome:
    match tag:
        case "returned":
            return Returned(value=parts[0])
        case "raised":
            return Raised(type=parts[0], message=parts[1])
        case "unsupported":
            return Unsupported(type=parts[0], where=parts[1])
    return _BLANK
