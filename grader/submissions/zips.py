"""Zip files: their directory under caps, and single members decompressed piece by piece."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from grader.submissions.opening import unreadable
from grader.submissions.reading import FILE_CAP

MEMBERS_CAP = 200_000
DIRECTORY_CAP = 64_000_000
"""Bytes of a zip file's directory."""
RATIO_CAP = 400
"""How many times larger than packed a member may be, once it is above a megabyte. Notebooks reach 50."""

_CHUNK = 1 << 16
_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")

Opener = Callable[[], BinaryIO]
Listed = tuple[str, "str | None", "Callable[[], bytes]"]
"""A member's name, what is wrong with it, and how it is read."""


def zip_members(opener: Opener) -> Iterator[Listed]:
    """Yield name, fault and reader of each member of a zip file."""
    with opener() as file:
        _check_directory(file)
        try:
            with zipfile.ZipFile(file) as archive:
                infos = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError, OSError):
            raise unreadable("archive_damaged") from None
    if len(infos) > MEMBERS_CAP:
        raise unreadable("archive_members", count=MEMBERS_CAP)
    for info in infos:
        if info.is_dir():
            continue
        mode = info.external_attr >> 16
        fault = None
        if info.create_system == 3 and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            fault = "symlink" if stat.S_ISLNK(mode) else "not_regular"
        yield _zip_name(info), fault, partial(read_zip_member, opener, info)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; one without the UTF-8 flag from a Chinese Windows is GBK rather than code page 437."""
    if info.flag_bits & 0x800 or info.orig_filename.isascii():
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    for encoding in ("utf-8", "gbk"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _check_directory(file: BinaryIO) -> None:
    """Refuse a zip file whose directory would fill memory, before the library reads it."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read(65_557)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END.size:
        raise unreadable("archive_damaged")
    _, _, _, _, count, length, _, _ = _END.unpack_from(tail, at)
    if count == 0xFFFF or length == 0xFFFFFFFF:  # the real figures are in the 64-bit record
        large = tail.rfind(b"PK\x06\x06", 0, at)
        if large >= 0 and len(tail) >= large + 56:
            count, length = struct.unpack_from("<QQ", tail, large + 32)
    if count > MEMBERS_CAP:
        raise unreadable("archive_members", count=MEMBERS_CAP)
    if length > DIRECTORY_CAP:
        raise unreadable("archive_damaged")
    file.seek(0)


def read_zip_member(opener: Opener, info: zipfile.ZipInfo, cap: int = FILE_CAP) -> bytes:
    """Return one member's bytes. The sizes that the archive declares are not believed."""
    if info.flag_bits & 0x1:
        raise unreadable("archive_encrypted")
    with opener() as file:
        try:
            file.seek(info.header_offset)
            header = _LOCAL.unpack(file.read(_LOCAL.size))
            if header[0] != b"PK\x03\x04":
                raise unreadable("archive_damaged")
            file.seek(header[9] + header[10], io.SEEK_CUR)
            data = _inflate(file, info, cap)
        except (struct.error, zlib.error, OSError, EOFError, ValueError):
            raise unreadable("archive_damaged") from None
    if zlib.crc32(data) != info.CRC:
        raise unreadable("archive_damaged")
    return data


def _inflate(file: BinaryIO, info: zipfile.ZipInfo, cap: int) -> bytes:
    """Decompress piece by piece, stopping at the cap and at an absurd ratio."""
    if info.compress_type == zipfile.ZIP_STORED:
        if info.compress_size > cap:
            raise unreadable("too_large", megabytes=cap // 1_000_000)
        return file.read(info.compress_size)
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise unreadable("archive_method")
    packer = zlib.decompressobj(-15)
    pieces: list[bytes] = []
    total, used, pending = 0, 0, b""
    while not packer.eof:
        if not pending:
            pending = file.read(min(_CHUNK, info.compress_size - used))
            used += len(pending)
            if not pending:
                break  # cut short: the checksum will tell
        pieces.append(packer.decompress(pending, _CHUNK * 16))
        pending = packer.unconsumed_tail
        total += len(pieces[-1])
        if total > cap:
            raise unreadable("too_large", megabytes=cap // 1_000_000)
        if total > 1_000_000 and total > RATIO_CAP * used:
            raise unreadable("archive_bomb")
    return b"".join(pieces)
