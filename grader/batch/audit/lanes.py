"""Lanes for an audit: threads, each with a sandbox of its own, that work through lists of trials one after another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, TypeVar

from grader.sandbox.protocol import Sandbox

Item = TypeVar("Item")
Answer = TypeVar("Answer")
OpenSandbox = Callable[[], AbstractContextManager[Sandbox]]
Job = Callable[[Sandbox], None]


class Lanes:
    """Threads that take jobs from one queue. Leaving the context stops them after what they have in flight."""

    def __init__(self, open_sandbox: OpenSandbox, count: int) -> None:
        self._open = open_sandbox
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = [threading.Thread(target=self._work, name=f"audit-{n}", daemon=True) for n in range(count)]
        self._failed: list[BaseException] = []
        self._stopped = threading.Event()

    def __enter__(self) -> Lanes:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def map(self, work: Callable[[Item, Sandbox], Answer], items: Iterable[Item]) -> Iterator[tuple[Item, Answer]]:
        """Do some work for every item and yield each with its answer as it is done, in no fixed order.

        What the work, or opening a sandbox, raises is raised here.
        """
        done: SimpleQueue[tuple[Item, Any, BaseException | None]] = SimpleQueue()

        def job_of(item: Item) -> Job:
            def job(sandbox: Sandbox) -> None:
                try:
                    done.put((item, work(item, sandbox), None))
                except BaseException as error:
                    done.put((item, None, error))

            return job

        waiting = 0
        for item in items:
            self._jobs.put(job_of(item))
            waiting += 1
        while waiting:
            try:
                item, answer, error = done.get(timeout=0.2)
            except Empty:
                if self._failed:
                    raise self._failed[0] from None
                continue
            waiting -= 1
            if error is not None:
                raise error
            yield item, answer

    def _work(self) -> None:
        try:
            with self._open() as sandbox:
                while (job := self._jobs.get()) is not None and not self._stopped.is_set():
                    job(sandbox)
        except BaseException as error:
            self._failed.append(error)
