"""A worker that a zygote forked, as the zygote's host holds it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from typing import Final, Protocol

from grader.errors import InternalError
from grader.sandbox import folders
from grader.sandbox.channel import Channel
from grader.sandbox.clocks import ProcessClock
from grader.sandbox.protocol import Level
from grader.sandbox.starting import End
from grader.saying import say

DEATH_SECONDS: Final = 20.0
"""How long a process that was killed may take to be gone."""


class Parent(Protocol):
    """The zygote, as its worker's holder needs it."""

    @property
    def level(self) -> Level:
        """How its workers are confined."""

    def reap(self, pid: int) -> tuple[int, float]:
        """Take leave of a dead worker; returns its wait status and its peak of memory in MB. Raises InternalError."""

    def forget(self, pid: int) -> None:
        """Have a worker that is about to be dead taken leave of, which nobody waits for."""


class ForkedWorker:
    """A worker that a zygote forked, held by its pidfd."""

    def __init__(
        self, zygote: Parent, line: socket.socket, pidfd: int, pid: int, folder: str | None, memory: int
    ) -> None:
        self.pid = _pid_of(pidfd)
        self.line = Channel(line)
        self.level = zygote.level.value
        self.clock = ProcessClock(self.pid)
        self.memory = memory
        self._zygote = zygote
        self._pidfd = pidfd
        self._inner_pid = pid
        self._folder = folder
        self._end: End | None = None

    def overfull(self) -> bool:
        """Whether its folder holds more than it may."""
        return self._folder is not None and folders.overfull(self._folder)

    def is_dead(self) -> bool:
        """Whether it has ended."""
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        return bool(poll.poll(0))

    def drop(self) -> None:
        """Kill it; how it ends is nobody's concern, and the zygote's to wait for."""
        if self._end is None:
            self._end = End(signal=signal.SIGKILL, killed=True)
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            self.line.close()
            os.close(self._pidfd)
            self._zygote.forget(self._inner_pid)

    def end(self, grace: float = 0.0) -> End:
        """Kill it, reap it, and say how it had ended; `grace` is how long it may take to end by itself."""
        if self._end is None:
            poll = select.poll()
            poll.register(self._pidfd, select.POLLIN)
            killed = not poll.poll(grace * 1000)
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            poll.poll(DEATH_SECONDS * 1000)
            self.line.close()
            os.close(self._pidfd)
            try:
                status, peak = self._zygote.reap(self._inner_pid)
            except InternalError:  # the zygote has died, and all its workers with it
                self._end = End(signal=signal.SIGKILL, killed=killed, orphaned=True)
                return self._end
            code = os.waitstatus_to_exitcode(status)
            self._end = End(signal=max(0, -code), code=max(0, code), peak_mb=peak, killed=killed)
        return self._end


def _pid_of(pidfd: int) -> int:
    """Return the process's number in this process's own PID namespace (proc(5), fdinfo of a pidfd)."""
    with open(f"/proc/self/fdinfo/{pidfd}", "rb") as file:
        for text in file:
            if text.startswith(b"Pid:"):
                return int(text.split()[1])
    raise InternalError(say("the kernel does not say which process a pidfd is; update it to Linux 5.4 or newer"))
