"""The worker's end of the wire: blocking reads and writes of whole frames on plain file descriptors."""

from __future__ import annotations

import os
from typing import Final

from grader.sandbox.messages import FRAME, lengths
from grader.sandbox.wire import Tree, load_head

_read, _write = os.read, os.write
_CHUNK: Final = 1 << 16


class Pipe:
    """A pair of descriptors (the same one twice, for a socket) that frames are read from and written to."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._in = read_fd
        self._out = write_fd

    def read(self) -> tuple[bytes, Tree, memoryview]:
        """Return the next frame: kind, header, body. Raises EOFError when the host has gone.

        The host says one thing at a time, and nothing more before it is answered.
        """
        data = _read(self._in, _CHUNK)
        if len(data) < FRAME.size:
            data = self._all(data, FRAME.size)
        kind, head, body = lengths(data)
        start = FRAME.size + head
        if len(data) < start + body:
            data = self._all(data, start + body)
        view = memoryview(data)
        return kind, load_head(view[FRAME.size : start]), view[start:]

    def write(self, data: bytes) -> None:
        """Write one frame, however long that takes: the host has the clock."""
        written = _write(self._out, data)
        while written < len(data):
            written += _write(self._out, memoryview(data)[written:])

    def _all(self, data: bytes, size: int) -> bytes:
        """Read on until there are so many bytes."""
        parts = [data]
        missing = size - len(data)
        while missing > 0:
            data = _read(self._in, missing)
            if not data:
                raise EOFError
            parts.append(data)
            missing -= len(data)
        return b"".join(parts)
