"""What a zygote and its workers do at each level, in order."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
from dataclasses import dataclass
from typing import Any

from grader.sandbox import folders
from grader.sandbox.confinement import libc, limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where one worker will live: its private folder."""

    folder: str


class Plan:
    """Level `none`: limits, a session and a folder of its own, no confinement."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._rooms: dict[int, Room] = {}
        self._parent_folder = str(config["folder"])
        self._count = 0

    def enter(self, control: socket.socket) -> None:
        """Before numpy is imported: set up what all workers share."""
        libc.prctl(libc.PR_SET_CHILD_SUBREAPER, 1, what="PR_SET_CHILD_SUBREAPER")

    def settle(self) -> None:
        """When everything is imported: note the memory that workers begin with."""
        self._base = limits.baseline()

    def prepare(self) -> Room:
        """Make a place for the next worker."""
        self._count += 1
        folder = os.path.join(self._parent_folder, str(self._count))
        os.mkdir(folder, 0o700)
        return Room(folder=folder)

    def fork(self) -> int:
        """Fork, as os.fork does."""
        return os.fork()

    def forked(self, pid: int, room: Room) -> None:
        """Remember where a worker lives."""
        self._rooms[pid] = room

    def confine(self, memory: int, line: int, room: Room) -> None:
        """In the new worker: give up everything but one socket, which becomes descriptor 3."""
        os.dup2(line, 3)
        os.closerange(4, 1 << 16)
        os.setsid()
        libc.prctl(libc.PR_SET_PDEATHSIG, signal.SIGKILL, what="PR_SET_PDEATHSIG")
        if os.getppid() == 0:
            raise OSError("the zygote is gone")
        limits.apply(memory, self._base, resource.RLIM_INFINITY)
        self._move_in(room.folder)

    @staticmethod
    def _move_in(folder: str) -> None:
        os.chdir(folder)
        for name in ("HOME", "TMPDIR", "MPLCONFIGDIR"):
            os.environ[name] = folder
        os.environ["MPLBACKEND"] = "Agg"

    def end_group(self, pid: int) -> None:
        """Kill what a dead worker, not yet reaped, has left in its process group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)

    def clear(self, pid: int, living: set[int]) -> None:
        """After a worker's death: end what it left running elsewhere, and remove its folder."""
        room = self._rooms.pop(pid)
        _end_orphans(living)
        folders.remove(room.folder)

    def leave(self, living: set[int]) -> None:
        """When the host is gone: end all workers and remove their folders."""
        for pid in list(living):
            os.kill(pid, signal.SIGKILL)
            self.end_group(pid)
            os.waitpid(pid, 0)
            living.discard(pid)
            self.clear(pid, living)
        folders.remove(self._parent_folder)


def _end_orphans(living: set[int]) -> None:
    """Kill those that a dead worker has started and that left its group: they are the zygote's children now."""
    while True:
        try:
            with open(f"/proc/self/task/{os.getpid()}/children", "rb") as file:
                orphans = {int(word) for word in file.read().split()} - living
        except OSError:
            return
        if not orphans:
            return
        for pid in orphans:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def plan(config: dict[str, Any]) -> Plan:
    """Return what to do at the level that is asked for."""
    return Plan(config)
