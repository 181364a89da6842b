"""The C library, called by number where Python has no function of its own."""

from __future__ import annotations

import ctypes
import os
import signal
from typing import Final

_libc: Final = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long
_libc.mount.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_ulong, ctypes.c_char_p]

# include/uapi/linux/prctl.h
PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4
PR_SET_SECCOMP: Final = 22
PR_CAPBSET_DROP: Final = 24
PR_SET_CHILD_SUBREAPER: Final = 36
PR_SET_NO_NEW_PRIVS: Final = 38
PR_CAP_AMBIENT: Final = 47
PR_CAP_AMBIENT_CLEAR_ALL: Final = 4


def check(result: int, what: str) -> int:
    """Return the result of a call, or raise OSError with errno and what it was for."""
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(number: int, *args: object, what: str) -> int:
    """Make a system call; raise OSError if it fails."""
    return check(_libc.syscall(ctypes.c_long(number), *args), what)


def prctl(option: int, *args: int, what: str) -> int:
    """Call prctl(2) with unsigned long arguments; raise OSError if it fails."""
    words = [ctypes.c_ulong(arg) for arg in (*args, 0, 0, 0, 0)[:4]]
    return check(_libc.prctl(ctypes.c_int(option), *words), what)


def end_with_parent(parent: int) -> None:
    """Die when the parent does, also where that was before this; `parent` is its number as seen from here."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL, what="PR_SET_PDEATHSIG")
    if os.getppid() != parent:
        os._exit(1)


def mount(source: str, target: str, kind: str, flags: int, data: str = "") -> None:
    """Call mount(2); raise OSError if it fails."""
    check(_libc.mount(source.encode(), target.encode(), kind.encode(), flags, data.encode()), f"mount {target}")


def make_undumpable() -> None:
    """Keep other processes of the same user from tracing this one, and a crash from writing its memory to a file."""
    prctl(PR_SET_DUMPABLE, 0, what="PR_SET_DUMPABLE")
