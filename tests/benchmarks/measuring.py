"""What a command costs: CPU of it and all its descendants, wall time, and the most memory they had together."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import NamedTuple

_LOOK_SECONDS = 0.25


class Cost(NamedTuple):
    """Seconds of CPU and of wall time, and megabytes of the whole tree of processes at its largest."""

    cpu: float
    wall: float
    peak_mb: float
    output: str


def run(command: Sequence[object], *, cwd: Path | None = None, peak: bool = False, ok: Sequence[int] = (0,)) -> Cost:
    """Run a command to its end. Raises RuntimeError with what it said where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Where this is set every import compiles again, which is not what is to be measured.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # What is installed beside a command is found by it, as in an activated environment.
    environment["PATH"] = f"{Path(str(command[0])).parent}:{environment.get('PATH', '')}"
    begin = monotonic()
    process = subprocess.Popen(
        [str(word) for word in command], cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    watcher = _Watcher(process.pid) if peak else None
    out, said = process.communicate()
    wall = monotonic() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in ok:
        raise RuntimeError(f"{command}: {process.returncode}\n{said.decode(errors='replace')[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall, watcher.finish() if watcher else 0.0, out.decode(errors="replace"))


class _Watcher:
    """Adds up, a few times a second, the proportional memory of a process and of all below it."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def finish(self) -> float:
        self._over.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            self._peak = max(self._peak, sum(map(_megabytes, tree(self._pid))))


def tree(pid: int) -> list[int]:
    """Return the numbers of a process and all its descendants."""
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        try:
            for task in Path(f"/proc/{found[-1]}/task").glob("*/children"):
                waiting += map(int, task.read_text().split())
        except OSError:  # it has ended
            continue
    return found


def _megabytes(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)
