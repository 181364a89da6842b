"""Resource limits of a worker: memory beyond what it begins with, sizes of files, no core file."""

from __future__ import annotations

import os
import resource
from typing import Final

FILE_MB: Final = 64
OPEN_FILES: Final = 256
# Address space counts libraries and reservations, which cost nothing; what is written to counts as data.
_ADDRESS_SLACK_MB: Final = 1024


def open_statm() -> int | None:
    """Open what `baseline` reads, while there is a /proc; None where there is none, as on macOS."""
    try:
        return os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None


def baseline(statm: int | None) -> tuple[int, int]:
    """Return the bytes of address space and of data that this process has now (proc(5), statm: size and data)."""
    if statm is None:
        return 512 << 20, 128 << 20
    fields = os.pread(statm, 200, 0).split()
    os.close(statm)
    page = resource.getpagesize()
    return int(fields[0]) * page, int(fields[5]) * page


def apply(memory_mb: int, base: tuple[int, int], cpu_seconds: int) -> None:
    """Limit this process. `cpu_seconds` is a last resort: the host has the clock."""
    address, data = base
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    _lower(resource.RLIMIT_FSIZE, FILE_MB << 20)
    _lower(resource.RLIMIT_CPU, cpu_seconds)
    _lower(resource.RLIMIT_DATA, data + (memory_mb << 20))
    _lower(resource.RLIMIT_AS, address + ((memory_mb + _ADDRESS_SLACK_MB) << 20))
    for name in ("RLIMIT_MEMLOCK", "RLIMIT_MSGQUEUE", "RLIMIT_RTPRIO", "RLIMIT_NICE"):
        if hasattr(resource, name):
            _lower(getattr(resource, name), 0)


def _lower(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(what, (value, value))
    except (ValueError, OSError):
        # macOS refuses some of them; on Linux lowering never fails.
        if what == resource.RLIMIT_CORE:
            raise
