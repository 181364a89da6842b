"""Local lanes: a few threads, each with a sandbox of its own, sharing one queue of submissions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager
from queue import Queue

from grader.errors import InternalError
from grader.model import Result, Submission
from grader.sandbox.protocol import Sandbox

GradeOne = Callable[[Submission, Sandbox], Result]
OpenSandbox = Callable[[], AbstractContextManager[Sandbox]]
TRIES = 2
"""How often a submission is tried, each time in a new sandbox, when it fails for a fault of ours."""


def grade_all(
    submissions: Iterable[Submission], grade_one: GradeOne, open_sandbox: OpenSandbox, jobs: int
) -> Generator[Result, None, None]:
    """Grade submissions on `jobs` lanes and yield each result as it is finished, in no fixed order.

    Closing the generator (or an exception in its consumer) stops the lanes after what they have in flight. An exception
    in a lane is raised here.
    """
    lanes = _Lanes(iter(submissions), grade_one, open_sandbox)
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
        for thread in threads:
            thread.join()


class _Lanes:
    """What the lanes share: the submissions still to do, the results done, and whether to stop."""

    def __init__(self, submissions: Iterator[Submission], grade_one: GradeOne, open_sandbox: OpenSandbox) -> None:
        self.submissions = submissions
        self.grade_one = grade_one
        self.open_sandbox = open_sandbox
        self.done: Queue[Result | Exception | None] = Queue()
        self.stopped = threading.Event()
        self.lock = threading.Lock()

    def next(self) -> Submission | None:
        with self.lock:
            return None if self.stopped.is_set() else next(self.submissions, None)

    def work(self) -> None:
        try:
            submission = self.next()
            while submission is not None:
                submission = self.work_in_one_sandbox(submission)
        except Exception as error:
            self.done.put(error)
        except BaseException as error:
            self.done.put(InternalError(f"a lane ended: {error!r}"))
        finally:
            self.done.put(None)

    def work_in_one_sandbox(self, submission: Submission | None) -> Submission | None:
        """Grade until the queue is empty, or until a fault of ours makes the sandbox suspect; return what is next."""
        with self.open_sandbox() as sandbox:
            while submission is not None:
                result = self.grade_one(submission, sandbox)
                if result.complete or not result.questions:
                    self.done.put(result)
                    submission = self.next()
                    continue
                for _ in range(TRIES - 1):
                    with self.open_sandbox() as fresh:
                        result = self.grade_one(submission, fresh)
                    if result.complete:
                        break
                self.done.put(result)
                return self.next()
        return None
