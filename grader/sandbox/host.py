"""The host of a zygote: starts it, asks it for workers, ends them, starts another when it has died."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import tempfile
from typing import Any, Final

from grader.authoring import Limits
from grader.errors import InternalError, SandboxUnavailable
from grader.sandbox import folders
from grader.sandbox.channel import Channel
from grader.sandbox.clocks import ProcessClock
from grader.sandbox.confinement import libc
from grader.sandbox.protocol import Level
from grader.sandbox.starting import COMMAND, ROOT, End, environment, package_folders
from grader.saying import say

_MESSAGE_BYTES: Final = 1 << 16
_START_SECONDS: Final = 60.0
_REPLY_SECONDS: Final = 20.0


class ForkedWorker:
    """A worker that a zygote forked, held by its pidfd."""

    def __init__(self, zygote: Zygote, line: socket.socket, pidfd: int, pid: int, folder: str | None) -> None:
        self.line = Channel(line)
        self.level = zygote.level.value
        self.pid = _pid_of(pidfd)
        self.clock = ProcessClock(self.pid)
        self._zygote = zygote
        self._pidfd = pidfd
        self._inner_pid = pid
        self._folder = folder
        self._end: End | None = None

    def overfull(self) -> bool:
        """Whether its folder holds more than it may."""
        return self._folder is not None and folders.overfull(self._folder)

    def end(self, grace: float = 0.0) -> End:
        """Kill it, reap it, and say how it had ended; `grace` is how long it may take to end by itself."""
        if self._end is None:
            poll = select.poll()
            poll.register(self._pidfd, select.POLLIN)
            killed = not poll.poll(grace * 1000)
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            poll.poll(_REPLY_SECONDS * 1000)
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


class Zygote:
    """A running zygote and the control socket to it."""

    def __init__(self, level: Level, config: dict[str, Any]) -> None:
        self.level = level
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # At level full each worker makes a folder of its own, which goes when it does.
        self.folder = None if level is Level.FULL else tempfile.mkdtemp(prefix="grader-")
        program = (
            f"import sys; sys.path.insert(0, {ROOT!r}); from grader.sandbox.zygote import run; run({theirs.fileno()})"
        )
        try:
            self._process = subprocess.Popen(
                [*COMMAND, program],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=environment(),
                cwd="/",
                start_new_session=True,
            )
        except OSError as error:
            self._control.close()
            raise SandboxUnavailable(
                say("Python could not be started for student code: {error}", error=error)
            ) from error
        finally:
            theirs.close()
        self.pid = self._process.pid
        """The zygote's own number; at level full that of the child of the process that was started."""
        self._control.settimeout(_START_SECONDS)
        try:
            start = {"level": level.value, "root": ROOT, "site": package_folders(), "folder": self.folder}
            self._send({**start, **config})
            self._greet()
        except BaseException:
            self.close()
            raise

    def _greet(self) -> None:
        """Wait until it is ready. Raises SandboxUnavailable with what went wrong."""
        try:
            while "ready" not in (answer := self._receive()):
                if "error" in answer:
                    raise SandboxUnavailable(str(answer["error"]).strip().splitlines()[-1])
                if "map" in answer:
                    self._map_users(answer["map"])
                self.pid = answer.get("zygote", self.pid)
        except InternalError as error:
            raise SandboxUnavailable(say("what starts workers ended while it was being set up")) from error
        self._control.settimeout(_REPLY_SECONDS)

    def _map_users(self, count: int) -> None:
        """Give a zygote in a new user namespace users for its workers, which only root can."""
        from grader.sandbox.confinement import identity, namespaces

        try:
            namespaces.map_users(self._process.pid, identity.unused_users(self._process.pid)[:count])
        except OSError as error:
            raise SandboxUnavailable(say("users can't be mapped: {error}", error=error)) from error
        self._send({"mapped": count})

    def spawn(self, memory: int) -> ForkedWorker:
        """Fork a worker. Raises InternalError where that fails."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                data = json.dumps({"op": "spawn", "memory": memory}).encode()
                try:
                    socket.send_fds(self._control, [data], [theirs.fileno()])
                except OSError as error:
                    raise InternalError(say("the process that starts workers is gone")) from error
            answer, pidfd = self._receive_with_fd()
            if pidfd is None:
                raise InternalError(str(answer.get("error")))
            return ForkedWorker(self, ours, pidfd, answer["pid"], answer["folder"])
        except BaseException:
            ours.close()
            raise

    def reap(self, pid: int) -> tuple[int, float]:
        """Take leave of a dead worker; returns its wait status and its peak of memory in MB. Raises InternalError."""
        self._send({"op": "reap", "pid": pid})
        answer = self._receive()
        return int(answer["status"]), float(answer["peak"])

    def close(self) -> None:
        """End it, and every worker that is left with it."""
        self._control.close()  # it ends its workers and itself
        try:
            self._process.wait(2.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self.folder is not None:
            with contextlib.suppress(OSError):
                folders.remove(self.folder)

    def _send(self, message: dict[str, Any]) -> None:
        try:
            self._control.send(json.dumps(message).encode())
        except OSError as error:
            raise InternalError(say("the process that starts workers is gone")) from error

    def _receive(self) -> dict[str, Any]:
        return self._receive_with_fd()[0]

    def _receive_with_fd(self) -> tuple[dict[str, Any], int | None]:
        try:
            data, fds, _flags, _address = socket.recv_fds(self._control, _MESSAGE_BYTES, 1)
        except OSError as error:
            raise InternalError(say("the process that starts workers does not answer")) from error
        if not data:
            raise InternalError(say("the process that starts workers is gone"))
        answer: dict[str, Any] = json.loads(data)
        return answer, fds[0] if fds else None


class ZygoteWorkers:
    """Starts workers by a zygote, and another zygote when it has died."""

    def __init__(self, level: Level, config: dict[str, Any] | None = None) -> None:
        self.level = level
        self._config = config or {}
        if level is not Level.NONE:
            libc.make_undumpable()  # this process too: it knows the checks
        self._zygote = Zygote(level, self._config)

    @property
    def zygote_pid(self) -> int:
        """The process number of the zygote that was started last."""
        return self._zygote.pid

    def start(self, limits: Limits) -> ForkedWorker:
        """Start a worker."""
        try:
            return self._zygote.spawn(limits.memory)
        except InternalError:
            self._zygote.close()
            try:
                self._zygote = Zygote(self.level, self._config)
            except SandboxUnavailable as error:
                raise InternalError(
                    say("what starts workers died and can't be started again: {error}", error=error)
                ) from error
            return self._zygote.spawn(limits.memory)

    def close(self) -> None:
        """End the zygote."""
        self._zygote.close()
