"""Local lanes: a few threads, each with a sandbox of its own, sharing one queue of submissions.

What a thread does with a submission is a lane's: it grades it here, or has a process of its own grade it (`processes`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from functools import partial
from queue import Queue
from typing import Generic, Protocol, TypeVar

from grader.errors import InternalError
from grader.model import Result
from grader.sandbox.protocol import Level, Sandbox, Session
from grader.saying import say

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
OpenSandbox = Callable[[], AbstractContextManager[Sandbox]]
TRIES = 2
"""How often a submission is tried, each time in a new sandbox, when it fails for a fault of ours."""
AHEAD = 1000
"""Results that may wait for the consumer: with more the lanes wait, so that memory stays flat."""


def grade_all(
    submissions: Iterable[T], grade_one: Callable[[T, Sandbox], Result], open_sandbox: OpenSandbox, jobs: int
) -> Generator[Result, None, None]:
    """Grade submissions on `jobs` lanes and yield each result as it is finished, in no fixed order."""
    with closing(run_lanes(submissions, grade_one, open_sandbox, jobs)) as pairs:
        for _, result in pairs:
            yield result


def run_lanes(
    submissions: Iterable[T],
    grade_one: Callable[[T, Sandbox], Result],
    open_sandbox: OpenSandbox,
    jobs: int,
    stopped: threading.Event | None = None,
    *,
    make: Callable[[], AbstractContextManager[Grading[T]]] | None = None,
) -> Generator[tuple[T, Result], None, None]:
    """Grade submissions on `jobs` lanes and yield each with its result as it is finished, in no fixed order.

    A submission is whatever `grade_one` takes. They are drawn one at a time, from the lanes' threads. Once `stopped` is
    set, what is in flight is finished and yielded, and nothing more is begun; so it is, without the yielding, where the
    generator is closed or its consumer raises. An exception in a lane is raised here. `make` makes lanes
    of another kind than `Lane`.
    """
    lanes = _Lanes(iter(submissions), make or partial(Lane, grade_one, open_sandbox), stopped or threading.Event())
    threads = [threading.Thread(target=lanes.work, name=f"lane-{n}", daemon=True) for n in range(max(jobs, 1))]
    for thread in threads:
        thread.start()
    working = len(threads)
    try:
        while working:
            item = lanes.done.get()
            if item is None:
                working -= 1
            elif isinstance(item, Exception):
                raise item
            else:
                yield item
    finally:
        lanes.stopped.set()
        while working:  # lanes may be waiting for room
            working -= lanes.done.get() is None
        for thread in threads:
            thread.join()


class Grading(Protocol[T_contra]):
    """What grades one submission after the other."""

    def grade(self, submission: T_contra) -> Result | None:
        """Grade one submission; None where it was told to stop before that had begun."""


class _Lanes(Generic[T]):
    """What the lanes share: the submissions still to do, the results done, and whether to stop."""

    def __init__(
        self,
        submissions: Iterator[T],
        make: Callable[[], AbstractContextManager[Grading[T]]],
        stopped: threading.Event,
    ) -> None:
        self.submissions = submissions
        self.make = make
        self.done: Queue[tuple[T, Result] | Exception | None] = Queue(AHEAD)
        self.stopped = stopped
        self.lock = threading.Lock()

    def next(self) -> T | None:
        with self.lock:
            return None if self.stopped.is_set() else next(self.submissions, None)

    def work(self) -> None:
        try:
            with self.make() as lane:
                while (submission := self.next()) is not None:
                    if (result := lane.grade(submission)) is not None:
                        self.done.put((submission, result))
        except Exception as error:
            self.done.put(error)
        except BaseException as error:
            self.done.put(InternalError(say("a lane ended: {error!r}", error=error)))
        finally:
            self.done.put(None)


class Lane(Generic[T]):
    """Grades one submission after the other in one sandbox, which is replaced when a fault of ours makes it suspect."""

    def __init__(self, grade_one: Callable[[T, Sandbox], Result], open_sandbox: OpenSandbox) -> None:
        self._grade_one = grade_one
        self._open = open_sandbox
        self._stack = ExitStack()
        self._sandbox: Sandbox | None = None

    def __enter__(self) -> Lane[T]:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def open(self) -> Sandbox:
        """Open the sandbox if there is none, and return it. Raises SandboxUnavailable."""
        if self._sandbox is None:
            self._sandbox = self._stack.enter_context(self._open())
        return self._sandbox

    def close(self) -> None:
        """End the sandbox; the next submission opens another."""
        self._sandbox = None
        self._stack.close()

    def grade(self, submission: T) -> Result:
        """Grade one submission; where it fails for a fault of ours, once more in a new sandbox."""
        result = self._grade_one(submission, self.open())
        if result.complete or not result.questions:
            return result
        self.close()
        for _ in range(TRIES - 1):
            with self._open() as fresh:
                result = self._grade_one(submission, fresh)
            if result.complete:
                break
        return result


class Sandboxes:
    """Opens a sandbox for each lane. The first, by which the level of confinement is told, serves the first lane."""

    def __init__(self, open_sandbox: OpenSandbox) -> None:
        self._open = open_sandbox
        self._stack = ExitStack()
        self._lock = threading.Lock()
        self._first: Sandbox | None = None

    def __enter__(self) -> Sandboxes:
        self._first = self._stack.enter_context(self._open())
        self.level = str(self._first.level)
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def open(self) -> AbstractContextManager[Sandbox]:
        """Open one."""
        with self._lock:
            first, self._first = self._first, None
        return self._open() if first is None else _lent(first)


@contextmanager
def _lent(sandbox: Sandbox) -> Iterator[Sandbox]:
    yield sandbox


class Elsewhere:
    """A sandbox that is in other processes: it tells their level."""

    def __init__(self, level: Level) -> None:
        self.level = level

    def session(self, *_arguments: object, **_options: object) -> AbstractContextManager[Session]:
        """Refuse: student code runs there only."""
        raise InternalError(say("no student code runs in this process"))
