"""A line between two of the grader's own processes: messages of a few pieces of bytes, under a cap."""

from __future__ import annotations

import socket
import struct
from typing import Final

from grader.errors import InternalError
from grader.saying import say

MOST_PIECES: Final = 100
_COUNT: Final = struct.Struct(">I")
_LENGTH: Final = struct.Struct(">Q")


def send(line: socket.socket, pieces: list[bytes]) -> None:
    """Send a message."""
    lengths = b"".join(_LENGTH.pack(len(each)) for each in pieces)
    line.sendall(b"".join((_COUNT.pack(len(pieces)), lengths, *pieces)))


def receive(line: socket.socket, most: int) -> list[bytes]:
    """Return the next message, of at most so many bytes.

    Raises InternalError where it is longer, before memory is taken for it, and EOFError where no other comes.
    """
    (count,) = _COUNT.unpack(_exactly(line, _COUNT.size))
    lengths: list[int] = []
    if count <= MOST_PIECES:
        lengths = [length for (length,) in _LENGTH.iter_unpack(_exactly(line, _LENGTH.size * count))]
    if count > MOST_PIECES or sum(lengths) > most:
        raise InternalError(
            say("a message between two of the grader's own processes is too long; run the command again")
        )
    return [_exactly(line, length) for length in lengths]


def _exactly(line: socket.socket, size: int) -> bytes:
    got = bytearray(size)
    view = memoryview(got)
    while view:
        count = line.recv_into(view)
        if not count:
            raise EOFError
        view = view[count:]
    return bytes(got)
