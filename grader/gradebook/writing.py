"""Gathering results into batches, each written in one transaction by a thread of its own.

Grading never waits for the disk, and a result is on it soon after it was made, even if the next submission takes a
minute: a run that is killed loses only what was in flight in the last fraction of a second.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class BatchWriter(Generic[T]):
    """Hand items to `write` in lists of up to `rows`, at most `seconds` after they were added.

    Where `write` raises, so does every later `add`, `flush` and `close`: nothing is dropped in silence.
    """

    def __init__(self, write: Callable[[list[T]], None], *, rows: int, seconds: float) -> None:
        self._write = write
        self._rows = rows
        self._seconds = seconds
        self._items: list[T] = []
        self._due = 0.0
        self._hurry = False
        self._busy = False
        self._closing = False
        self._failure: BaseException | None = None
        self._state = threading.Condition()
        self._thread: threading.Thread | None = None

    def add(self, item: T) -> None:
        """Add an item; wait only where the database has fallen far behind."""
        with self._state:
            self._check()
            while len(self._items) >= 8 * self._rows:
                self._state.wait()
                self._check()
            if not self._items:
                self._due = time.monotonic() + self._seconds
            self._items.append(item)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="gradebook", daemon=True)
                self._thread.start()
            elif len(self._items) in (1, self._rows):
                self._state.notify_all()

    def flush(self) -> None:
        """Return when all that was added is written."""
        with self._state:
            while (self._items or self._busy) and self._failure is None:
                self._hurry = True
                self._state.notify_all()
                self._state.wait()
            self._hurry = False
            self._check()

    def close(self) -> None:
        """Write what is left and end the thread."""
        try:
            self.flush()
        finally:
            with self._state:
                self._closing = True
                self._state.notify_all()
            if self._thread is not None:
                self._thread.join()

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _run(self) -> None:
        while (batch := self._next_batch()) is not None:
            failure: BaseException | None = None
            try:
                self._write(batch)
            except BaseException as error:  # it is raised again in the thread that records
                failure = error
            with self._state:
                self._busy = False
                self._failure = failure
                self._state.notify_all()
            if failure is not None:
                return

    def _next_batch(self) -> list[T] | None:
        with self._state:
            while True:
                left = self._due - time.monotonic()
                if self._items and (self._hurry or self._closing or len(self._items) >= self._rows or left <= 0):
                    batch, self._items = self._items[: self._rows], self._items[self._rows :]
                    self._busy = True
                    return batch
                if self._closing:
                    return None
                self._state.wait(left if self._items else None)
