"""Workers as plain child processes: for one's own code on one's own machine, and where there is no fork.

Nothing is confined here. The child is started before anything heavy is imported on this side, so that both import at
the same time; this module therefore imports next to nothing itself, and what can be told to the child later is.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import tempfile

    from grader.authoring import Limits
    from grader.sandbox.protocol import Level
    from grader.sandbox.starting import End

MEMORY: Final = 512
"""Megabytes for a child that is started before any assignment is read: what `Limits` has for a default."""
_EXIT_SECONDS: Final = 5.0


class ChildWorker:
    """A worker that is a child of this process, spoken to over its standard input and output."""

    def __init__(self, memory: int) -> None:
        from grader.sandbox.starting import COMMAND, ROOT, environment

        program = f"import sys; sys.path.insert(0, {ROOT!r}); from grader.sandbox.child import run; run({ROOT!r})"
        flags: dict[str, Any] = {"start_new_session": True} if sys.platform != "win32" else {}
        try:
            self._process = subprocess.Popen(
                [*COMMAND, program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
                bufsize=0,
                **flags,
            )
        except OSError as error:
            from grader.errors import SandboxUnavailable
            from grader.saying import say

            raise SandboxUnavailable(
                say("Python could not be started for student code: {error}", error=error)
            ) from error
        try:
            self._folder = self._settings(memory)
        except BaseException:  # no room for a folder
            with self._process as process:
                process.kill()
            raise
        self._end: End | None = None
        self._opened = False

    def _settings(self, memory: int) -> tempfile.TemporaryDirectory[str]:
        """Make a folder for the child and tell it what it needs to know: it has only just begun to start."""
        import tempfile

        from grader.sandbox.starting import package_folders

        folder = tempfile.TemporaryDirectory(prefix="grader-", ignore_cleanup_errors=True)
        words = "\0".join((folder.name, str(memory), *package_folders())).encode("utf-8", "surrogateescape")
        assert self._process.stdin
        # One that is gone already is noticed when its first word is waited for.
        with contextlib.suppress(OSError):
            self._process.stdin.write(len(words).to_bytes(4, "little") + words)
        return folder

    def open(self) -> None:
        """Open the line to the child; the child has been importing in the meantime."""
        from grader.sandbox.channel import PipeChannel
        from grader.sandbox.clocks import ProcessClock

        assert self._process.stdin
        assert self._process.stdout
        self.line = PipeChannel(self._process.stdin, self._process.stdout)
        self.clock = ProcessClock(self._process.pid)
        self._opened = True

    @property
    def pid(self) -> int:
        """The child's process number."""
        return self._process.pid

    def overfull(self) -> bool:
        """Whether its folder holds more than it may."""
        from grader.sandbox.folders import overfull

        return overfull(self._folder.name)

    def drop(self) -> None:
        """Kill it: nobody else would reap it."""
        self.end()

    def end(self, grace: float = 0.0) -> End:
        """Kill it with its group, reap it, remove its folder; say how it had ended."""
        if self._end is None:
            from grader.sandbox.starting import End

            killed = False
            try:
                self._process.wait(grace)
            except subprocess.TimeoutExpired:
                killed = True
            self._kill_group()
            code = self._process.wait(_EXIT_SECONDS)
            if self._opened:
                self.line.close()
            else:
                for pipe in (self._process.stdin, self._process.stdout):
                    if pipe:
                        pipe.close()
            self._folder.cleanup()
            self._end = End(signal=max(0, -code), code=max(0, code), killed=killed)
        return self._end

    def _kill_group(self) -> None:
        if sys.platform != "win32":
            import os
            import signal

            # The child leads a session of its own, so that its group is its own number, reaped or not.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            self._process.kill()


class ChildWorkers:
    """Starts plain child processes, one ahead from the beginning."""

    def __init__(self, memory: int = MEMORY) -> None:
        self._memory = memory
        self._ahead: ChildWorker | None = ChildWorker(memory)

    @property
    def level(self) -> Level:
        """They are not confined."""
        from grader.sandbox.protocol import Level

        return Level.NONE

    def start(self, limits: Limits) -> ChildWorker:
        """Start a worker, or take the one that is already importing."""
        worker, self._ahead = self._ahead, None
        if worker is not None and limits.memory != self._memory:
            worker.end()
            worker = None
        worker = worker or ChildWorker(limits.memory)
        worker.open()
        return worker

    def close(self) -> None:
        """End the worker that was started ahead, if nobody took it."""
        if self._ahead is not None:
            self._ahead.end()
            self._ahead = None
