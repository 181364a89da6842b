"""Who a worker is: as root's child, a user that nobody else is, without capabilities.

Sources: Linux include/uapi/linux/capability.h; the unused range is that of systemd's doc/UIDS-GIDS.md.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import struct
from typing import Final

from grader.sandbox.confinement import libc

_CAPABILITY_VERSION_3: Final = 0x20080522
_CAPSET: Final = {"x86_64": 126, "aarch64": 91}
_LAST_CAP: Final = 63
_MACHINE: Final = os.uname().machine
_HEADER: Final = ctypes.create_string_buffer(struct.pack("<Ii", _CAPABILITY_VERSION_3, 0), 8)
_NOTHING: Final = ctypes.create_string_buffer(bytes(24), 24)

_UNUSED: Final = (1879048192, 2147483647)
_SLOTS: Final = 64
"""Users of one zygote; only a few of its workers live at one time."""


def unused_users(pid: int) -> range:
    """Return users that nobody is, for the workers of the zygote with this number. Raises OSError if there are none.

    In a container only some numbers exist (user_namespaces(7), uid_map).
    """
    low, high = _UNUSED
    with open("/proc/self/uid_map") as file:
        maps = [tuple(int(word) for word in line.split()) for line in file]
    if any(inside <= low and high < inside + count for inside, _, count in maps):
        return _slots(low, high, pid)
    inside, _, count = max(maps, key=lambda each: each[2])
    taken = {entry.pw_uid for entry in pwd.getpwall()} | {65534}
    low, high = inside + count - count // 8, inside + count - 1
    if count < 1024 or (taken & set(range(low, high + 1))) - {65534}:
        raise OSError("no unused user numbers here: running as root in a container that maps too few")
    return _slots(low, min(high, 65000) if high == 65535 else high, pid)


def _slots(low: int, high: int, pid: int) -> range:
    groups = (high - low + 1) // _SLOTS
    start = low + (pid % groups) * _SLOTS
    return range(start, start + _SLOTS)


def become(user: int) -> None:
    """Become a user for good, with no other groups; the group has the user's number. Raises OSError."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def drop_bounding_set() -> None:
    """Drop every capability from the set that a program could gain when it starts; needs CAP_SETPCAP.

    It changes nothing for a process that starts no program, and its children inherit it.
    """
    for capability in range(_LAST_CAP + 1):
        try:
            libc.prctl(libc.PR_CAPBSET_DROP, capability, what="PR_CAPBSET_DROP")
        except OSError:  # beyond the last one that this kernel knows
            return


def drop_capabilities() -> None:
    """Drop all capabilities that are held. Raises OSError."""
    libc.prctl(libc.PR_CAP_AMBIENT, libc.PR_CAP_AMBIENT_CLEAR_ALL, what="PR_CAP_AMBIENT")
    libc.syscall(_CAPSET[_MACHINE], _HEADER, _NOTHING, what="capset")
