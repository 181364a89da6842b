"""What a plain child process runs: a worker on its standard input and output, with limits where the system has them."""

from __future__ import annotations

import gc
import os
import sys

_MOST_SECONDS = 3600
"""Seconds of CPU: more than all calls of a submission may take together."""


def run(root: str) -> None:
    """Serve the parent, which says first where to work, how much memory there is and where packages are; no return."""
    # Everything that is imported stays: nothing is worth looking for meanwhile.
    gc.disable()
    # What a program prints by itself must not reach the wire.
    sys.stdin.close()
    read_fd, write_fd = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as this process; it is at its end
    if sys.platform == "win32":
        import msvcrt

        for fd in (read_fd, write_fd):
            msvcrt.setmode(fd, os.O_BINARY)
    folder, memory, *site = _settings(read_fd)
    # Where this package is installed beside others, its root is one of their folders, and stays.
    sys.path[:] = dict.fromkeys([*(path for path in sys.path if path != root), *site])

    from grader.sandbox.pipe import Pipe
    from grader.sandbox.worker import serve

    gc.freeze()
    gc.enable()
    serve(Pipe(read_fd, write_fd), lambda: _settle(folder, int(memory)))


def _settings(fd: int) -> list[str]:
    with open(fd, "rb", buffering=0, closefd=False) as pipe:
        size = int.from_bytes(pipe.read(4), "little")
        words = b""
        while len(words) < size and (more := pipe.read(size - len(words))):
            words += more
    if not words or len(words) < size:  # the parent is gone
        os._exit(0)
    return words.decode("utf-8", "surrogateescape").split("\0")


def _settle(folder: str, memory: int) -> None:
    os.chdir(folder)
    for name in ("HOME", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR"):
        os.environ[name] = folder
    try:
        from grader.sandbox.confinement import limits
    except ImportError:  # Windows has none
        return
    limits.apply(memory, limits.baseline(limits.open_statm()), 1 << 31)
    import resource

    # Who starts this ends it. Where that was killed, what never ends by itself ends all the same.
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
