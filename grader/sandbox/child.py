"""What a plain child process runs: a worker on its standard input and output, with limits where the system has them."""

from __future__ import annotations

import os
import sys


def run(root: str, site: list[str], folder: str, memory: int) -> None:
    """Serve the parent; never returns."""
    # What a program prints by itself must not reach the wire.
    sys.stdin.close()
    read_fd, write_fd = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    if sys.platform == "win32":
        import msvcrt

        for fd in (read_fd, write_fd):
            msvcrt.setmode(fd, os.O_BINARY)
    # Where this package is installed beside others, its root is one of their folders, and stays.
    sys.path[:] = dict.fromkeys([*(path for path in sys.path if path != root), *site])

    from grader.sandbox.pipe import Pipe
    from grader.sandbox.worker import serve

    serve(Pipe(read_fd, write_fd), lambda: _settle(folder, memory))


def _settle(folder: str, memory: int) -> None:
    os.chdir(folder)
    for name in ("HOME", "TMPDIR", "TEMP", "TMP", "MPLCONFIGDIR"):
        os.environ[name] = folder
    try:
        from grader.sandbox.confinement import limits
    except ImportError:  # Windows has none
        return
    limits.apply(memory, limits.baseline(limits.open_statm()), 1 << 31)
