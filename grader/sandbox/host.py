"""The host of a zygote: starts it, asks it for workers, ends them, starts another when it has died."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import tempfile
from collections import deque
from typing import Any, Final

from grader.authoring import Limits
from grader.errors import InternalError, SandboxUnavailable
from grader.sandbox import folders
from grader.sandbox.confinement import libc
from grader.sandbox.forked import ForkedWorker
from grader.sandbox.protocol import Level
from grader.sandbox.starting import COMMAND, ROOT, environment, package_folders
from grader.saying import say

_MESSAGE_BYTES: Final = 1 << 16
_START_SECONDS: Final = 60.0
_REPLY_SECONDS: Final = 20.0


class _Request:
    """What a zygote was asked for, and what it answered."""

    def __init__(self) -> None:
        self.answer: dict[str, Any] | None = None
        self.pidfd: int | None = None
        self.is_closed = False
        """Whether nobody waits for the answer any more."""


class _Order(_Request):
    """A worker that was asked for."""

    def __init__(self, memory: int, line: socket.socket) -> None:
        super().__init__()
        self.memory = memory
        self.line = line

    def close(self) -> None:
        """Let go of what there is of it; it ends when it reads the end of its line."""
        self.is_closed = True
        self.line.close()
        if self.pidfd is not None:
            os.close(self.pidfd)


class Zygote:
    """A running zygote and the control socket to it.

    It answers requests in their order. One worker is always asked for ahead, so that it confines itself while the
    one before it is at work, and the end of another is waited for by nobody.
    """

    def __init__(self, level: Level, config: dict[str, Any]) -> None:
        self.level = level
        self._requests: deque[_Request] = deque()
        """Those that were not answered yet, in their order."""
        self._ahead: _Order | None = None
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
        """Fork a worker, or take the one that was forked ahead. Raises InternalError where that fails."""
        ahead, self._ahead = self._ahead, None
        worker = None if ahead is None else self._delivered(ahead)
        if worker is not None and (worker.memory != memory or worker.is_dead()):
            worker.drop()
            worker = None
        if worker is None:
            worker = self._delivered(self._ordered(memory))
        try:
            self._ahead = self._ordered(memory)
        except BaseException:
            worker.drop()
            raise
        return worker

    def _ordered(self, memory: int) -> _Order:
        """Ask for a worker."""
        ours, theirs = socket.socketpair()
        order = _Order(memory, ours)
        with theirs:
            try:
                socket.send_fds(self._control, [_written({"op": "spawn", "memory": memory})], [theirs.fileno()])
            except OSError as error:
                order.close()
                raise InternalError(say("the process that starts workers is gone")) from error
        self._requests.append(order)
        return order

    def _delivered(self, order: _Order) -> ForkedWorker:
        """Wait for a worker that was asked for."""
        try:
            answer = self._answer(order)
            if order.pidfd is None:
                raise InternalError(str(answer["error"]))
            return ForkedWorker(self, order.line, order.pidfd, answer["pid"], answer["folder"], order.memory)
        except BaseException:
            order.close()
            raise

    def reap(self, pid: int) -> tuple[int, float]:
        """Take leave of a dead worker; returns its wait status and its peak of memory in MB. Raises InternalError."""
        answer = self._answer(self._asked_to_reap(pid))
        return int(answer["status"]), float(answer["peak"])

    def forget(self, pid: int) -> None:
        """Have a worker that is about to be dead taken leave of; nobody waits for it, or hears where that fails."""
        with contextlib.suppress(InternalError):
            self._asked_to_reap(pid)

    def _asked_to_reap(self, pid: int) -> _Request:
        request = _Request()
        self._send({"op": "reap", "pid": pid})
        self._requests.append(request)
        return request

    def _answer(self, request: _Request) -> dict[str, Any]:
        """Read answers up to that to a request."""
        while request.answer is None:
            first = self._requests[0]
            first.answer, first.pidfd = self._receive_with_fd()
            self._requests.popleft()
            if first.is_closed and first.pidfd is not None:
                os.close(first.pidfd)
        return request.answer

    def close(self) -> None:
        """End it, and every worker that is left with it."""
        with contextlib.suppress(InternalError):
            while self._requests:  # it is to say all that it was asked for, and then tidies up
                self._answer(self._requests[-1])
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None
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
            self._control.send(_written(message))
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


def _written(message: dict[str, Any]) -> bytes:
    return json.dumps(message).encode()


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
