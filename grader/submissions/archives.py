"""Archives, read in memory under caps. Nothing is ever written to disk, so no name can lead anywhere.

A name that tries to (`../x`, `C:\\x`) is refused all the same: whoever unpacks the archive by hand is not so safe.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from grader.errors import UnreadableSubmission
from grader.model import Message
from grader.submissions.intake import File, Refused
from grader.submissions.names import folded, is_archive, is_device, is_junk, shown, stem
from grader.submissions.reading import FILE_CAP
from grader.submissions.tars import NESTED_CAP, tar_members
from grader.submissions.zips import Opener, read_zip_member, zip_members

_DRIVE = re.compile(r"^[A-Za-z]:")


def members(
    opener: Opener, name: str, within: tuple[str, ...], refuse: Callable[[Refused], None], wanted: Callable[[str], bool]
) -> list[File]:
    """Return the files of an archive, below the folders `within`; report to `refuse` what is no plain file.

    A top folder called like the archive itself adds nothing and is dropped. Raises UnreadableSubmission where the
    archive as a whole can't be read: damaged, or above the caps.
    """
    own = folded(stem(name))
    files = []
    if name.lower().endswith(".zip"):
        listed = list(zip_members(opener))
    else:
        listed = tar_members(opener, partial(_cap_of, wanted))
    for raw, kind, read in listed:
        parts, unsafe = _safe_parts(raw)
        if any(is_junk(part) for part in parts if part != ".."):
            continue
        fault = kind or unsafe
        if fault is not None:
            refuse(Refused(path=shown("/".join((*within, raw))), message=Message(code=f"unmatched.{fault}")))
        elif parts:
            inner = parts[1:] if len(parts) > 1 and folded(parts[0]) == own else parts
            files.append(File((*within, *inner[:-1]), inner[-1], read))
    return _without_doubles(files, refuse)


def nested_opener(read: Callable[[], bytes]) -> Opener:
    """Return an opener for an archive that lies within another."""
    return partial(_open_nested, read)


def readable_nested(read: Callable[[], bytes]) -> Callable[[], bytes]:
    """Let a member that is itself an archive be read under the larger cap."""
    if isinstance(read, partial) and read.func is read_zip_member:
        opener, info = read.args
        return partial(read_zip_member, opener, info, cap=NESTED_CAP)
    return read


def faults(error: UnreadableSubmission) -> Callable[[], bytes]:
    """Return a reader that raises the same again, for a submission whose archive can't be read."""
    return partial(_raise, error.message)


def _without_doubles(files: list[File], refuse: Callable[[Refused], None]) -> list[File]:
    """Leave out members of one and the same name: which of them a person would see depends on the program."""
    keys = [tuple(folded(part) for part in (*file.folders, file.name)) for file in files]
    counts = Counter(keys)
    kept = []
    for file, key in zip(files, keys, strict=True):
        if counts[key] > 1:
            refuse(Refused(path=shown(file.path), message=Message(code="unmatched.archive_double")))
        else:
            kept.append(file)
    return kept


def _safe_parts(raw: str) -> tuple[tuple[str, ...], str | None]:
    """Split a member's name into folders and name, and say why it can't be taken if so."""
    path = raw.replace("\\", "/")
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    if path.startswith("/") or _DRIVE.match(path) or ".." in parts or "\0" in raw:
        return parts, "archive_path"
    if any(is_device(part) for part in parts):
        return parts, "device_name"
    return parts, "too_deep" if len(parts) > 16 else None


def _cap_of(wanted: Callable[[str], bool], name: str) -> int:
    if not wanted(name):
        return 0
    return NESTED_CAP if is_archive(name) else FILE_CAP


def _open_nested(read: Callable[[], bytes]) -> BinaryIO:
    return io.BytesIO(read())


def _raise(message: Message) -> bytes:
    raise UnreadableSubmission(message)
