"""The host's end of the wire: frames to and from a process that may be hostile, never blocking longer than asked.

`Channel` is over a socket. `PipeChannel` is over the two pipes of a child process, with a thread for each, for systems
where pipes can't be polled.
"""

from __future__ import annotations

import queue
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Sequence
from itertools import islice
from typing import IO, Final, Protocol

from grader.sandbox.messages import FRAME, lengths
from grader.sandbox.wire import Buffer, ProtocolError, Tree, load_head

_CHUNK: Final = 1 << 18
_PIECES: Final = 64  # far below IOV_MAX, 1024 on Linux


class Frame:
    """One frame that came from a worker. Its header is read when somebody looks at it: most frames came before."""

    __slots__ = ("_head", "_start", "kind", "whole")

    def __init__(self, kind: bytes, whole: bytes, start: int) -> None:
        self.kind = kind
        self.whole = whole
        """All that came, the lengths of header and body too: elsewhere, the same bytes would say something else."""
        self._start = start
        self._head: Tree = _UNREAD

    @property
    def head(self) -> Tree:
        """The header. Raises ProtocolError where it is none."""
        if self._head is _UNREAD:
            self._head = load_head(self.whole[FRAME.size : self._start])
        return self._head

    @property
    def body(self) -> memoryview:
        """What follows the header."""
        return memoryview(self.whole)[self._start :]


_UNREAD: Final = object()


class Closed(Exception):
    """The other end is gone."""


class Line(Protocol):
    """What a dialogue needs of its channel."""

    def post(self, *parts: Buffer) -> None:
        """Send bytes, or keep them to be sent while waiting for the next frame. Never blocks."""

    def receive(self, timeout: float) -> Frame | None:
        """Return the next frame, or None when it hasn't come in time. Raises Closed or ProtocolError."""

    def come(self) -> Frame | None:
        """Return the next frame if it is here already."""

    def silent(self) -> bool:
        """Whether nothing has come that nobody asked for."""

    def sent(self) -> bool:
        """Whether nothing that was posted is left to be sent."""

    def close(self) -> None:
        """Let go of the channel."""


class _Inbox:
    """Bytes as they come, cut into frames under the caps."""

    def __init__(self) -> None:
        self._data: bytes | bytearray = b""
        self._at = 0
        """Where the next frame begins."""

    def __len__(self) -> int:
        return len(self._data) - self._at

    def add(self, data: bytes) -> None:
        if not len(self):
            self._data, self._at = data, 0
            return
        if not isinstance(self._data, bytearray):
            self._data = bytearray(self._data)
        del self._data[: self._at]
        self._at = 0
        self._data += data

    def frame(self) -> Frame | None:
        """Take out the first frame if it is whole."""
        at = self._at
        if len(self._data) < at + FRAME.size:
            return None
        kind, head, body = lengths(self._data, at)
        start = FRAME.size + head
        end = at + start + body
        if len(self._data) < end:
            return None
        with memoryview(self._data) as view:
            whole = bytes(view[at:end])
        self._at = end
        if not len(self):
            self._data, self._at = b"", 0
        return Frame(kind, whole, start)


class Channel:
    """Frames over a non-blocking socket; see `Line`."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        sock.setblocking(False)
        self._inbox = _Inbox()
        self._outbox: deque[memoryview] = deque()
        self._poll = select.poll()
        self._poll.register(sock, select.POLLIN)
        self._writing = False

    def post(self, *parts: Buffer) -> None:
        """Send bytes, or keep them for later."""
        self._outbox.extend([memoryview(part) for part in parts if len(part)])
        self._flush()

    def receive(self, timeout: float) -> Frame | None:
        """Return the next frame, or None when it has not come in time."""
        if (frame := self._inbox.frame()) is not None:
            return frame
        end = time.monotonic() + timeout
        while True:
            if bool(self._outbox) != self._writing:
                self._writing = not self._writing
                self._poll.modify(self._sock, select.POLLIN | (select.POLLOUT if self._writing else 0))
            ready = self._poll.poll(max(0.0, end - time.monotonic()) * 1000)
            if ready and ready[0][1] & select.POLLOUT:
                self._flush()
            if ready and ready[0][1] & ~select.POLLOUT:
                self._read()
                if (frame := self._inbox.frame()) is not None:
                    return frame
            # One deadline for the whole frame: a byte now and then doesn't put it off.
            if time.monotonic() >= end:
                return None

    def come(self) -> Frame | None:
        """Return the next frame if it is here already."""
        return self._inbox.frame()

    def silent(self) -> bool:
        """Whether nothing has come that nobody asked for."""
        if len(self._inbox):
            return False
        try:
            return not self._sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            return True  # it is dead, which the next receive will find out

    def sent(self) -> bool:
        """Whether nothing that was posted is left to be sent."""
        return not self._outbox

    def close(self) -> None:
        """Let go of the socket."""
        self._sock.close()

    def _read(self) -> None:
        try:
            data = self._sock.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            raise Closed from error
        if not data:
            raise Closed
        self._inbox.add(data)

    def _flush(self) -> None:
        while self._outbox:
            batch = list(islice(self._outbox, _PIECES))
            try:
                sent = self._sock.sendmsg(batch)
            except BlockingIOError:
                return
            except OSError:  # it is dead: what it said before that is still to be read, and then its end
                self._outbox.clear()
                return
            while sent and self._outbox:
                first = self._outbox[0]
                if sent >= len(first):
                    sent -= len(first)
                    self._outbox.popleft()
                else:
                    self._outbox[0] = first[sent:]
                    sent = 0


class PipeChannel:
    """Frames over the standard input and output of a child process; see `Line`."""

    def __init__(self, to_child: IO[bytes], from_child: IO[bytes]) -> None:
        self._to, self._from = to_child, from_child
        self._inbox = _Inbox()
        # A bound, so that a child that floods waits for us instead of filling our memory.
        self._chunks: queue.Queue[bytes] = queue.Queue(maxsize=64)
        self._posts: queue.SimpleQueue[Sequence[Buffer] | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._writer = threading.Thread(target=self._write, daemon=True)
        self._reader.start()
        self._writer.start()

    def post(self, *parts: Buffer) -> None:
        """Send bytes, or keep them for later."""
        self._posts.put(parts)

    def receive(self, timeout: float) -> Frame | None:
        """Return the next frame, or None when it has not come in time."""
        end = time.monotonic() + timeout
        while (frame := self._inbox.frame()) is None:
            try:
                data = self._chunks.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                return None
            if not data:
                self._chunks.put(b"")
                raise Closed
            self._inbox.add(data)
        return frame

    def come(self) -> Frame | None:
        """Return the next frame if it is here already."""
        return self._inbox.frame()

    def silent(self) -> bool:
        """Whether nothing has come that nobody asked for."""
        if len(self._inbox):
            return False
        try:
            first = self._chunks.queue[0]
        except IndexError:
            return True
        return not first  # its end is nothing that it said, and the next receive finds it

    def sent(self) -> bool:
        """Whether nothing that was posted is left to be sent."""
        return self._posts.empty()

    def close(self) -> None:
        """Let go of the pipes; the child must be dead by now, so that both threads end."""
        self._closing.set()
        self._posts.put(None)
        while self._reader.is_alive():
            try:
                self._chunks.get(timeout=0.01)
            except queue.Empty:
                continue
        self._writer.join()
        for pipe in (self._to, self._from):
            try:
                pipe.close()
            except OSError:  # what was buffered for a child that is dead
                continue

    def _read(self) -> None:
        read = getattr(self._from, "read1", self._from.read)
        while not self._closing.is_set():
            try:
                data = read(_CHUNK)
            except (OSError, ValueError):
                data = b""
            self._chunks.put(data)
            if not data:
                return

    def _write(self) -> None:
        while (parts := self._posts.get()) is not None:
            try:
                for part in parts:
                    self._to.write(part)
                self._to.flush()
            except (OSError, ValueError):
                continue


__all__ = ["Channel", "Closed", "Frame", "Line", "PipeChannel", "ProtocolError"]
