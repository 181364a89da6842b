"""What one of the grader's own processes has learnt, told to those that were forked beside it.

A file without a name, to which each appends lines and of which each reads those that it has not read. What can't be
told or read is learnt anew by each: it costs time, and nobody's marks hang on it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from typing import Final

MOST: Final = 64 << 20
"""Bytes that are told, all in all."""
MOST_AT_ONCE: Final = 1 << 20
"""Bytes that are read at once; a line is shorter."""


class Learning:
    """Lines told between processes. Made before they are forked; each has a copy, with its own place in the file."""

    def __init__(self) -> None:
        import fcntl  # not there on every system that this module is imported on

        with tempfile.TemporaryFile() as file:
            self._file = os.dup(file.fileno())
        # Appending, the kernel keeps what several processes write apart.
        fcntl.fcntl(self._file, fcntl.F_SETFL, fcntl.fcntl(self._file, fcntl.F_GETFL) | os.O_APPEND)
        self._at = 0
        self._rest = b""
        self._tells = True

    def tell(self, line: bytes) -> None:
        """Append a line, which holds no line end. Too long a one is not told."""
        if not self._tells or len(line) >= MOST_AT_ONCE:
            return
        whole = b"%d %b\n" % (len(line), line)
        try:
            self._tells = os.fstat(self._file).st_size < MOST and os.write(self._file, whole) == len(whole)
        except OSError:  # the disk is full
            self._tells = False

    def heard(self) -> Iterator[bytes]:
        """Yield the lines that were told since the last time, one's own among them."""
        while True:
            try:
                data = os.pread(self._file, MOST_AT_ONCE, self._at)
            except OSError:
                return
            if not data:
                return
            self._at += len(data)
            *lines, self._rest = (self._rest + data).split(b"\n")
            for line in lines:
                length, _, text = line.partition(b" ")
                if length == b"%d" % len(text):  # or it was cut off as the disk was full
                    yield text

    def close(self) -> None:
        """Let go of the file: nothing is told or heard any more."""
        self._tells = False
        os.close(self._file)
        self._file = -1
