"""The self-test: a confined worker with nothing of a student's in it tries what must be refused.

`attempt` runs in that worker and `faults` judges what it says. Before any student's code is run at a level, one worker
of that level has to pass.
"""

from __future__ import annotations

import ctypes
import importlib
import mmap
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any, Final

from grader.saying import say

REFUSED: Final = "refused"
WORKS: Final = "works"

_MUST_WORK: Final = ("write in its own folder", "import a module", "allocate memory")
_MUST_FAIL: Final = (
    "read a hidden file",
    "list a hidden folder",
    "write to a hidden folder",
    "write to the Python installation",
    "change modes",
    "change times",
    "open a socket",
    "fork",
    "start a thread",
    "signal another process",
    "trace its parent",
    "make shared memory",
    "make a memory file",
    "change user",
    "enter a namespace",
    "read about processes",
    "run a program",
)
_PTRACE_SEIZE: Final = 0x4206  # include/uapi/linux/ptrace.h
_CLONE_NEWUSER: Final = 0x10000000
_IPC_CREAT_0600: Final = 0o1600


def attempt(orders: Mapping[str, Any]) -> dict[str, str]:
    """Try everything, and say of each what came of it. `orders` name a hidden file and processes that are not ours."""
    hidden, folder, others = orders["file"], orders["folder"], orders["processes"]
    libc = ctypes.CDLL(None, use_errno=True)
    tries: dict[str, Callable[[], object]] = {
        "write in its own folder": lambda: _write("canary"),
        "import a module": lambda: importlib.import_module("colorsys"),
        "allocate memory": lambda: mmap.mmap(-1, 1 << 20).close(),
        "read a hidden file": lambda: os.close(os.open(hidden, os.O_RDONLY)),
        "list a hidden folder": lambda: os.listdir(folder),
        "write to a hidden folder": lambda: _write(os.path.join(folder, "canary")),
        "write to the Python installation": lambda: os.close(os.open(os.__file__, os.O_WRONLY)),
        "stat a hidden file": lambda: os.stat(hidden),
        "change modes": lambda: os.chmod("canary", 0o777),
        "change times": lambda: os.utime("canary", (0, 0)),
        "open a socket": lambda: socket.socket(socket.AF_UNIX),
        "fork": _fork,
        "start a thread": lambda: threading.Thread(target=int).start(),
        "signal another process": lambda: _signal_any(others),
        "trace its parent": lambda: _c(libc.ptrace(_PTRACE_SEIZE, os.getppid(), None, None)),
        "make shared memory": lambda: _c(libc.shmget(0, 4096, _IPC_CREAT_0600)),
        "make a memory file": lambda: os.memfd_create("canary"),
        "change user": lambda: os.setuid(os.getuid()),
        "enter a namespace": lambda: _c(libc.unshare(_CLONE_NEWUSER)),
        "read about processes": lambda: os.close(os.open("/proc/self/maps", os.O_RDONLY)),
        "run a program": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
    }
    return {name: _outcome(action) for name, action in tries.items()}


def faults(level: str, answers: object) -> list[str]:
    """Say what a worker of a level could do and must not, or can't do and must."""
    if not isinstance(answers, dict):
        return [say("its self-test did not answer")]
    must_fail = (*_MUST_FAIL, "stat a hidden file") if level == "full" else _MUST_FAIL
    could: list[str] = [say("a worker can {name}", name=name) for name in must_fail if answers.get(name) != REFUSED]
    cannot = [say("a worker can't {name}", name=name) for name in _MUST_WORK if answers.get(name) != WORKS]
    return could + cannot


def _outcome(action: Callable[[], object]) -> str:
    try:
        action()
    except (OSError, RuntimeError, ImportError):  # "can't start new thread" is a RuntimeError
        return REFUSED
    return WORKS


def _write(path: str) -> None:
    with open(path, "w") as file:
        file.write("canary")


def _fork() -> None:
    if os.fork() == 0:
        os.kill(os.getpid(), signal.SIGKILL)


def _c(result: int) -> None:
    if result == -1:
        raise OSError(ctypes.get_errno(), "")


def _signal_any(processes: list[int]) -> None:
    """Succeed if one of them can be signalled: a refusal of one proves nothing about the next.

    In a PID namespace of its own this process has the number 1, which outside may be the grader's, or its parent's.
    """
    for pid in processes:
        if pid == os.getpid():
            continue
        try:
            os.kill(pid, 0)
        except OSError:
            continue
        return
    raise PermissionError
