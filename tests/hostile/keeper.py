"""Starts one command when it is told to, and says what that command left running.

Run as a program of its own: it becomes the reaper of everything that the command's processes leave behind, which a
test process had better not. On the descriptor that it is given it writes `{"pid": …}` at once and, when the command
has ended, `{"exit": …, "survivors": […]}`.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time

_PR_SET_CHILD_SUBREAPER = 36
_GRACE = 1.0


def main(report: int, command: list[str]) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    go, ready = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ready)
        os.close(report)
        os.read(go, 1)
        os.close(go)
        os.execv(command[0], command)
    _say(report, {"pid": pid})
    sys.stdin.read(1)
    os.write(ready, b"!")
    _, status = os.waitpid(pid, 0)
    _say(report, {"exit": os.waitstatus_to_exitcode(status), "survivors": _survivors()})


def _say(report: int, words: dict[str, object]) -> None:
    os.write(report, json.dumps(words).encode() + b"\n")


def _survivors() -> list[str]:
    """Return the command lines of what still runs after a moment, and end it."""
    end = time.monotonic() + _GRACE
    while time.monotonic() < end:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.02)
        except ChildProcessError:
            return []
    found = []
    with open(f"/proc/self/task/{os.getpid()}/children") as file:
        for pid in map(int, file.read().split()):
            with open(f"/proc/{pid}/cmdline", "rb") as words:
                found.append(words.read().replace(b"\0", b" ").decode(errors="replace"))
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
