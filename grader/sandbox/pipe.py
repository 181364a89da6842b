"""The worker's end of the wire: blocking reads and writes of whole frames on plain file descriptors."""

from __future__ import annotations

import os

from grader.sandbox.messages import FRAME, lengths
from grader.sandbox.wire import Tree, load_head

_read, _write = os.read, os.write


class Pipe:
    """A pair of descriptors (the same one twice, for a socket) that frames are read from and written to."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._in = read_fd
        self._out = write_fd

    def read(self) -> tuple[bytes, Tree, memoryview]:
        """Return the next frame: kind, header, body. Raises EOFError when the host has gone."""
        kind, head, body = lengths(self._exactly(FRAME.size))
        data = memoryview(self._exactly(head + body))
        return kind, load_head(data[:head]), data[head:]

    def write(self, data: bytes) -> None:
        """Write one frame, however long that takes: the host has the clock."""
        written = _write(self._out, data)
        while written < len(data):
            written += _write(self._out, memoryview(data)[written:])

    def _exactly(self, size: int) -> bytes:
        data = _read(self._in, size)
        if len(data) == size:
            return data
        parts = [data]
        missing = size - len(data)
        while data and missing:
            data = _read(self._in, missing)
            parts.append(data)
            missing -= len(data)
        if missing:
            raise EOFError
        return b"".join(parts)
