"""Opening a sandbox: at the level that is asked for, or the strictest that really works here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from grader.authoring import Limits
from grader.errors import SandboxUnavailable
from grader.model import Program, Wanted
from grader.sandbox.protocol import Level, Oracle, Sandbox, Session

if TYPE_CHECKING:
    from grader.sandbox.dialogue import WorkerProcess

AUTO: Final = "auto"


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
        self, program: Program, wanted: Sequence[Wanted], limits: Limits, oracle: Oracle | None = None
    ) -> AbstractContextManager[Session]:
        """Start a worker, confine it, load the program; on leaving, kill and reap whatever there was."""
        return _session(self.workers.start, program, wanted, limits, oracle)


@contextmanager
def _session(
    start: Callable[[Limits], WorkerProcess],
    program: Program,
    wanted: Sequence[Wanted],
    limits: Limits,
    oracle: Oracle | None,
) -> Iterator[Session]:
    from grader.sandbox.session import WorkerSession

    session = WorkerSession(start, program, wanted, limits, oracle)
    try:
        session.load()
        yield session
    finally:
        session.close()


@contextmanager
def open_sandbox(level: str = AUTO) -> Iterator[Sandbox]:
    """Open a place where student code runs, at `auto`, `full`, `core` or `none`; its `level` says what is in force.

    Each lane opens its own. Raises SandboxUnavailable, which says what is missing and what to do, before any student's
    code is run.
    """
    from grader.sandbox.host import zygote_workers

    if level != Level.NONE:
        raise SandboxUnavailable("confinement is not built yet; use --sandbox none for code that you trust")
    with zygote_workers(Level.NONE) as workers:
        yield WorkerSandbox(workers)


@contextmanager
def open_process_sandbox(limits: Limits | None = None) -> Iterator[Sandbox]:
    """Open a sandbox of plain child processes, for one's own code: nothing is confined, and it works everywhere.

    The first child starts at once, so that it imports numpy while this process does what it has to.
    """
    from grader.sandbox.process import ChildWorkers

    workers = ChildWorkers((limits or Limits()).memory)
    try:
        yield WorkerSandbox(workers)
    finally:
        workers.close()
