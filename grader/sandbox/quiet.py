"""A call that seems to take too long is made once more with nothing beside it: what lanes share is the machine.

Lanes in other processes share it too: who starts them says by `beside` how these take turns.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final, Protocol


class Turns(Protocol):
    """How processes take turns; each of them has one lane."""

    def shared(self) -> AbstractContextManager[None]:
        """Run beside others."""

    def alone(self) -> AbstractContextManager[None]:
        """Wait until nothing else runs, and let nothing else begin."""


class Quiet:
    """Lets calls of all lanes run side by side, or one of them alone."""

    def __init__(self) -> None:
        self._others: Turns | None = None
        self._changed = threading.Condition()
        self._running = 0
        self._waiting = 0
        self._alone = False
        self._held = threading.local()

    def beside(self, others: Turns) -> None:
        """Take turns with the lanes of other processes from now on."""
        self._others = others

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Run beside others; does nothing within itself: the oracle's call belongs to the student's."""
        if getattr(self._held, "by_us", False):
            yield
            return
        with self._changed:
            while self._alone or self._waiting:
                self._changed.wait()
            self._running += 1
        self._held.by_us = True
        try:
            with self._others.shared() if self._others is not None else nullcontext():
                yield
        finally:
            self._held.by_us = False
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nothing else runs, and let nothing else begin."""
        if getattr(self._held, "by_us", False):
            yield
            return
        with self._changed:
            self._waiting += 1
            while self._alone or self._running:
                self._changed.wait()
            self._waiting -= 1
            self._alone = True
        self._held.by_us = True
        try:
            with self._others.alone() if self._others is not None else nullcontext():
                yield
        finally:
            self._held.by_us = False
            with self._changed:
                self._alone = False
                self._changed.notify_all()


QUIET: Final = Quiet()
"""One for the process, since what lanes share is the machine."""
