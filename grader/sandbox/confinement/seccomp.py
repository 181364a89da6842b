"""The system call filter: an allowlist, compiled once in the zygote and installed in every worker.

Sources: Linux include/uapi/linux/{filter,seccomp,audit}.h, Documentation/userspace-api/seccomp_filter.rst.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from grader.sandbox.confinement import libc
from grader.sandbox.confinement.syscalls import ALLOWED, CONDITIONAL, REFUSED

_SECCOMP_MODE_FILTER: Final = 2
_RET_KILL_PROCESS: Final = 0x80000000
_RET_ERRNO: Final = 0x00050000
_RET_ALLOW: Final = 0x7FFF0000

# BPF_LD | BPF_W | BPF_ABS, BPF_JMP | BPF_{JEQ,JGE} | BPF_K, BPF_JMP | BPF_JA, BPF_RET | BPF_K
_LOAD: Final = 0x20
_JEQ: Final = 0x15
_JGE: Final = 0x35
_JA: Final = 0x05
_RET: Final = 0x06

# struct seccomp_data: int nr; __u32 arch; __u64 instruction_pointer; __u64 args[6]. Both machines are little-endian.
_NR: Final = 0
_ARCH: Final = 4
_X32_BIT: Final = 0x40000000

_OWN_PID: Final = 0x7FEDCBA9
"""Stands for the worker's own process number until it is known: larger than any."""

# include/uapi/asm-generic/ioctls.h: TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
_IOCTLS: Final = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# include/uapi/asm-generic/fcntl.h: F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC. No locks: two workers
# could talk by locking a file that both may read.
_FCNTLS: Final = (0, 1, 2, 3, 4, 1030)
# include/uapi/linux/prctl.h: PR_SET_NAME, PR_GET_NAME
_PRCTLS: Final = (15, 16)

_Instruction: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Architecture:
    column: int
    audit: int
    """AUDIT_ARCH_X86_64 or AUDIT_ARCH_AARCH64, include/uapi/linux/audit.h."""


_ARCHITECTURES: Final = {"x86_64": _Architecture(0, 0xC000003E), "aarch64": _Architecture(1, 0xC00000B7)}


def supported(machine: str | None = None) -> bool:
    """Whether there is a table for this machine."""
    return (machine or platform.machine()) in _ARCHITECTURES


def compile_filter(machine: str | None = None) -> bytes:
    """Compile the filter for an architecture. Its place for the worker's own number is filled in by `install`."""
    architecture = _ARCHITECTURES[machine or platform.machine()]
    code: list[_Instruction] = [
        (_LOAD, 0, 0, _ARCH),
        (_JEQ, 1, 0, architecture.audit),
        (_RET, 0, 0, _RET_KILL_PROCESS),
        (_LOAD, 0, 0, _NR),
        *_tree(_ranges(architecture.column)),
    ]
    if len(code) > 4096:  # BPF_MAXINSNS
        raise ValueError("the filter is too long")
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in code)


def install(program: bytes, pid: int) -> None:
    """Put the filter into force for good; `no_new_privs` must have been set. Raises OSError."""
    filled = program.replace(struct.pack("<I", _OWN_PID), struct.pack("<I", pid))
    buffer = ctypes.create_string_buffer(filled, len(filled))
    fprog = ctypes.create_string_buffer(struct.pack("<HxxxxxxQ", len(filled) // 8, ctypes.addressof(buffer)))
    libc.prctl(libc.PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(fprog), what="seccomp")


def _ranges(column: int) -> list[tuple[int, list[_Instruction]]]:
    """Return what to do from each number on, in order, neighbours of one kind put together."""
    unknown = [(_RET, 0, 0, _RET_ERRNO | errno.ENOSYS)]
    at: dict[int, list[_Instruction]] = {}
    for table, action in ((ALLOWED, _RET_ALLOW), (REFUSED, _RET_ERRNO | errno.EPERM)):
        at |= {numbers[column]: [(_RET, 0, 0, action)] for numbers in table.values() if numbers[column] is not None}  # type: ignore[misc]
    for name, numbers in CONDITIONAL.items():
        if (number := numbers[column]) is not None:
            at[number] = _conditions(name)
    ranges: list[tuple[int, list[_Instruction]]] = []
    for number in range(max(at) + 2):
        action_here = at.get(number, unknown)
        if not ranges or ranges[-1][1] != action_here:
            ranges.append((number, action_here))
    # x32 calls share the architecture of x86_64 and have numbers of their own.
    ranges.append((_X32_BIT, [(_RET, 0, 0, _RET_KILL_PROCESS)]))
    return ranges


def _tree(ranges: Sequence[tuple[int, list[_Instruction]]]) -> list[_Instruction]:
    """Compile a binary search; every branch ends in a return, so that nothing falls through."""
    if len(ranges) == 1:
        return ranges[0][1]
    middle = len(ranges) // 2
    low, high = _tree(ranges[:middle]), _tree(ranges[middle:])
    if len(low) <= 255:
        return [(_JGE, len(low), 0, ranges[middle][0]), *low, *high]
    return [(_JGE, 0, 1, ranges[middle][0]), (_JA, 0, 0, len(low)), *low, *high]


def _argument(index: int, *, high: bool = False) -> _Instruction:
    return (_LOAD, 0, 0, 16 + 8 * index + (4 if high else 0))


def _conditions(name: str) -> list[_Instruction]:
    """Compile what the arguments must be. Process numbers, options and commands are 32 bits wide in the kernel too."""
    match name:
        case "kill" | "tgkill":
            return [_argument(0), *_one_of((_OWN_PID,))]
        case "prctl":
            return [_argument(0), *_one_of(_PRCTLS)]
        case "ioctl":
            return [_argument(1), *_one_of(_IOCTLS)]
        case "fcntl":
            return [_argument(1), *_one_of(_FCNTLS)]
        case "prlimit64":
            # Read only: the pointer to new limits is null, in both of its halves.
            return [_argument(2), (_JEQ, 1, 0, 0), *_REFUSE, _argument(2, high=True), *_one_of((0,))]
        case _:
            raise ValueError(name)


_REFUSE: Final[list[_Instruction]] = [(_RET, 0, 0, _RET_ERRNO | errno.EPERM)]


def _one_of(values: Sequence[int]) -> list[_Instruction]:
    """Compile: allowed if what was loaded is one of these, else refused."""
    count = len(values)
    tests = [(_JEQ, count - index, 0, value) for index, value in enumerate(values)]
    return [*tests, *_REFUSE, (_RET, 0, 0, _RET_ALLOW)]
