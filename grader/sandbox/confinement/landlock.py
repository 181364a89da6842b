"""File rights: read what Python needs, write in one private folder, nothing else.

Sources: Linux include/uapi/linux/landlock.h, Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Sequence
from typing import Final

from grader.sandbox.confinement import libc

# The same numbers on all architectures: include/uapi/asm-generic/unistd.h.
_CREATE_RULESET: Final = 444
_ADD_RULE: Final = 445
_RESTRICT_SELF: Final = 446
_CREATE_RULESET_VERSION: Final = 1
_RULE_PATH_BENEATH: Final = 1

_WRITE_FILE: Final = 1 << 1
_READ_FILE: Final = 1 << 2
_READ_DIR: Final = 1 << 3
_REMOVE_DIR: Final = 1 << 4
_REMOVE_FILE: Final = 1 << 5
_MAKE_DIR: Final = 1 << 7
_MAKE_REG: Final = 1 << 8
_MAKE_SYM: Final = 1 << 12
_REFER: Final = 1 << 13
_TRUNCATE: Final = 1 << 14
# Rights known to each version: 13 at first, then REFER, TRUNCATE (3), and IOCTL_DEV (5).
_ALL_RIGHTS: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_ALL_NET: Final = 0b11  # BIND_TCP, CONNECT_TCP: version 4
_ALL_SCOPES: Final = 0b11  # ABSTRACT_UNIX_SOCKET, SIGNAL: version 6

READ: Final = _READ_FILE | _READ_DIR
_CHANGE: Final = _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _MAKE_SYM | _REFER
WRITE: Final = READ | _WRITE_FILE | _TRUNCATE | _CHANGE
_OF_A_FILE: Final = _READ_FILE | _WRITE_FILE | _TRUNCATE


def version() -> int:
    """Return the version of Landlock here, 0 where there is none."""
    try:
        return libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(_CREATE_RULESET_VERSION), what="")
    except OSError:
        return 0


class Rules:
    """Rights that all workers share, with their places held open, and the version to speak."""

    def __init__(self, readable: Sequence[str], writable: Sequence[str] = ()) -> None:
        self._version = version()
        if not self._version:
            raise OSError("Landlock is missing")
        self._handled = _ALL_RIGHTS[min(self._version, 5)]
        self._places = [self._place(path, READ) for path in readable if os.path.exists(path)]
        self._places += [self._place(path, WRITE) for path in writable if os.path.exists(path)]
        attributes = struct.pack("<QQQ", self._handled, _ALL_NET, _ALL_SCOPES)
        self._attributes = attributes[: 8 if self._version < 4 else 16 if self._version < 6 else 24]

    def _place(self, path: str, rights: int) -> tuple[int, int]:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= _OF_A_FILE
        return fd, rights & self._handled

    def enforce(self, folder: str) -> None:
        """Restrict this process for good to the shared places and to one folder of its own. Raises OSError."""
        attributes = ctypes.create_string_buffer(self._attributes, len(self._attributes))
        size = ctypes.c_size_t(len(self._attributes))
        ruleset = libc.syscall(_CREATE_RULESET, attributes, size, ctypes.c_uint(0), what="landlock_create_ruleset")
        own = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        for fd, rights in (*self._places, (own, WRITE & self._handled)):
            rule = ctypes.create_string_buffer(struct.pack("<Qi", rights, fd), 12)
            kind = ctypes.c_int(_RULE_PATH_BENEATH)
            libc.syscall(_ADD_RULE, ctypes.c_int(ruleset), kind, rule, ctypes.c_uint(0), what="landlock_add_rule")
        libc.syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint(0), what="landlock_restrict_self")
        os.close(own)
        os.close(ruleset)
