"""Single keys from the terminal, without Return: on POSIX by its cbreak mode, on Windows by the console's own calls."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TICK = 0.1


def reads_keys() -> bool:
    """Whether there is a keyboard to read from."""
    return sys.stdin is not None and sys.stdin.isatty()


@contextmanager
def raw_keys(report: Callable[[str], None], stop: threading.Event) -> Iterator[None]:
    """Report every key until `stop`; on leaving, the terminal is as it was."""
    if sys.platform == "win32":
        with _windows(report, stop):
            yield
    else:
        with _posix(report, stop):
            yield


@contextmanager
def _posix(report: Callable[[str], None], stop: threading.Event) -> Iterator[None]:
    import os
    import select
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)

    def read() -> None:
        while not stop.is_set():
            ready, _, _ = select.select([descriptor], [], [], TICK)
            if not ready:
                continue
            data = os.read(descriptor, 64)
            if not data:  # the terminal was closed
                report("q")
                return
            # An arrow or function key comes as several bytes after an escape: none of ours.
            if not data.startswith(b"\x1b"):
                for char in data.decode("utf-8", "replace"):
                    report(char)

    try:
        tty.setcbreak(descriptor)
        threading.Thread(target=read, daemon=True).start()
        yield
    finally:
        stop.set()
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


@contextmanager
def _windows(report: Callable[[str], None], stop: threading.Event) -> Iterator[None]:
    import importlib
    from typing import Any

    console: Any = importlib.import_module("msvcrt")

    def read() -> None:
        while not stop.wait(TICK):
            while console.kbhit():
                char = console.getwch()
                if char in ("\x00", "\xe0"):  # the first half of an arrow or function key
                    console.getwch()
                else:
                    report(char)

    threading.Thread(target=read, daemon=True).start()
    try:
        yield
    finally:
        stop.set()
