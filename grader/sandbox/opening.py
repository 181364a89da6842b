"""Opening a sandbox: at the level that is asked for, or the strictest that really works here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from grader.authoring import Limits
from grader.errors import SandboxUnavailable, UsageError
from grader.model import Program, Wanted
from grader.sandbox.protocol import Level, Oracle, Sandbox, Session
from grader.saying import join, say

if TYPE_CHECKING:
    from grader.sandbox.dialogue import WorkerProcess
    from grader.sandbox.host import ZygoteWorkers
    from grader.sandbox.process import ChildWorkers

AUTO: Final = "auto"
_ADVICE: Final = say(
    "Needed: Linux 5.13 or newer on x86_64 or aarch64 with Landlock among its security modules, seccomp, and for "
    "`full` user namespaces. In a container, allow landlock_* and seccomp (Docker's default profile does). As root, "
    "use a Python that all users can read, and a temporary folder (TMPDIR) that they can pass through. Or say "
    "`--sandbox none` if you trust every submission."
)


class Workers(Protocol):
    """What starts workers."""

    @property
    def level(self) -> Level:
        """How they are confined."""

    def start(self, limits: Limits) -> WorkerProcess:
        """Start one."""


class WorkerSandbox:
    """Implements `protocol.Sandbox` over whatever starts workers."""

    def __init__(self, workers: Workers) -> None:
        self.level = workers.level
        self.workers = workers

    def session(
        self,
        program: Program,
        wanted: Sequence[Wanted],
        limits: Limits,
        oracle: Oracle | None = None,
        *,
        fingerprints: Mapping[str, Sequence[int]] | None = None,
    ) -> AbstractContextManager[Session]:
        """Start a worker, confine it, load the program; on leaving, kill and reap whatever there was."""
        return _session(self.workers.start, program, wanted, limits, oracle, fingerprints=fingerprints)


@contextmanager
def _session(
    start: Callable[[Limits], WorkerProcess],
    program: Program,
    wanted: Sequence[Wanted],
    limits: Limits,
    oracle: Oracle | None,
    *,
    fingerprints: Mapping[str, Sequence[int]] | None,
) -> Iterator[Session]:
    from grader.sandbox.session import WorkerSession
    from grader.sandbox.succession import Succession

    session = WorkerSession(Succession(start, program, wanted, limits, oracle, fingerprints=fingerprints))
    try:
        session.load()
        yield session
    finally:
        session.close()


@contextmanager
def open_sandbox(level: str = AUTO) -> Iterator[Sandbox]:
    """Open a place where student code runs, at `auto`, `full`, `core` or `none`; its `level` says what is in force.

    Each lane opens its own. `auto` is the strictest level that a self-test proves to work here. Raises
    SandboxUnavailable, which says what is missing and what to do, before any student's code is run.
    """
    workers = _open_workers(level)
    try:
        yield WorkerSandbox(workers)
    finally:
        workers.close()


def _open_workers(level: str) -> ZygoteWorkers | ChildWorkers:
    if level not in (AUTO, *Level):
        raise UsageError(say("there is no sandbox level {level!r}; choose auto, full, core or none", level=level))
    if not sys.platform.startswith("linux"):
        return _elsewhere(level)
    from grader.sandbox.host import ZygoteWorkers
    from grader.sandbox.proving import prove

    wanted = [Level.FULL, Level.CORE] if level == AUTO else [Level(level)]
    missing = []
    for each in wanted:
        try:
            workers = ZygoteWorkers(each)
            try:
                if each != Level.NONE:
                    prove(workers)
            except BaseException:
                workers.close()
                raise
            return workers
        except SandboxUnavailable as error:
            missing.append(say("{level}: {error}", level=each.value, error=error.said))
    raise SandboxUnavailable(
        say("student code can't be confined here.\n  {missing}", missing=join("\n  ", [*missing, _ADVICE]))
    )


def _elsewhere(level: str) -> ChildWorkers:
    """On macOS and Windows there is no confinement, and none is pretended."""
    if level != Level.NONE:
        raise SandboxUnavailable(
            say(
                "student code can be confined on Linux only. Run the grader in a Linux virtual machine "
                "or container, or say `--sandbox none` if you trust every submission."
            )
        )
    from grader.sandbox.process import ChildWorkers

    return ChildWorkers(Limits().memory)


@contextmanager
def open_process_sandbox(limits: Limits | None = None, ahead: ChildWorkers | None = None) -> Iterator[Sandbox]:
    """Open a sandbox of plain child processes, for one's own code: nothing is confined, and it works everywhere.

    The first child starts at once, so that it imports numpy while this process does what it has to. `ahead` is what
    the caller has started even earlier; it is closed in the end, as one's own would be.
    """
    from grader.sandbox.process import ChildWorkers

    workers = ahead or ChildWorkers((limits or Limits()).memory)
    try:
        yield WorkerSandbox(workers)
    finally:
        workers.close()
