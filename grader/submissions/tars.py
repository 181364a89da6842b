"""Tar archives: one pass under caps, keeping the bytes that are wanted. They have no directory to come back to."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import IO, BinaryIO, cast

from grader.submissions.opening import unreadable
from grader.submissions.zips import MEMBERS_CAP, Listed, Opener

TOTAL_CAP = 2_000_000_000
"""Bytes that a tar archive may unpack to, in all."""
KEPT_CAP = 500_000_000
"""Bytes of submissions kept from one archive."""
NESTED_CAP = 200_000_000
"""Bytes of an archive within an archive, which is held in memory while it is read."""

_DAMAGE = (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, OSError, ValueError, OverflowError, RecursionError)


def tar_members(opener: Opener, cap_of: Callable[[str], int]) -> list[Listed]:
    """Return name, fault and reader of each member of a tar archive.

    `cap_of` says how many bytes of a member are wanted, 0 for none. Raises UnreadableSubmission for a damaged archive
    and for one that unpacks to more than the caps.
    """
    with opener() as file:
        try:
            with _unpacked(file) as stream:
                bounded = cast("IO[bytes]", _Bounded(stream))
                with tarfile.open(fileobj=bounded, mode="r:") as archive:
                    return _listed(archive, cap_of)
        except _DAMAGE:
            raise unreadable("archive_damaged") from None


def _listed(archive: tarfile.TarFile, cap_of: Callable[[str], int]) -> list[Listed]:
    found: list[Listed] = []
    kept = 0
    for info in archive:
        if len(found) >= MEMBERS_CAP:
            raise unreadable("archive_members", count=MEMBERS_CAP)
        if info.isdir():
            continue
        cap = cap_of(info.name)
        if not info.isreg() or info.issparse():
            found.append((info.name, "symlink" if info.issym() or info.islnk() else "not_regular", _nothing))
        elif cap == 0:
            found.append((info.name, None, _nothing))
        elif info.size > cap:
            found.append((info.name, None, partial(_refuse_size, cap)))
        else:
            member = archive.extractfile(info)
            data = member.read() if member is not None else b""
            if len(data) != info.size:
                raise unreadable("archive_damaged")
            kept += len(data)
            if kept > KEPT_CAP:
                raise unreadable("archive_too_large", megabytes=KEPT_CAP // 1_000_000)
            found.append((info.name, None, partial(_same, data)))
    return found


def _same(data: bytes) -> bytes:
    return data


def _nothing() -> bytes:
    raise unreadable("gone")


def _refuse_size(cap: int) -> bytes:
    raise unreadable("too_large", megabytes=cap // 1_000_000)


def _unpacked(file: BinaryIO) -> AbstractContextManager[IO[bytes]]:
    """Return a stream of the plain archive, whatever it is packed with, told by its first bytes."""
    head = file.read(6)
    file.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    if head.startswith(b"BZh"):
        return cast("IO[bytes]", bz2.BZ2File(file))
    if head.startswith(b"\xfd7zXZ"):
        return cast("IO[bytes]", lzma.LZMAFile(file))
    return nullcontext(file)


class _Bounded:
    """A stream that refuses to go on for ever, however often it is asked to skip."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > NESTED_CAP + 1024:
            raise unreadable("archive_too_large", megabytes=NESTED_CAP // 1_000_000)
        self._check(self._stream.tell() + size)
        return self._stream.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._check(offset)
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    @staticmethod
    def _check(position: int) -> None:
        if position > TOTAL_CAP:
            raise unreadable("archive_too_large", megabytes=TOTAL_CAP // 1_000_000)
