"""What a zygote and its workers do at each level, in order.

`none` is a session, limits and a folder of its own. `core` adds: another user (under root), no capabilities, Landlock,
the system call filter. `full` adds: namespaces of every kind, a root that holds Python only, a folder of limited size.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
from dataclasses import dataclass
from typing import Any, Final

from grader.sandbox import folders
from grader.sandbox.confinement import identity, landlock, libc, limits, namespaces, places, reach, seccomp

_LINE: Final = 3
_FD_LIMIT: Final = 1024  # far above what a zygote has open
_OUTSIDE: Final = 0
"""What a parent outside one's PID namespace is numbered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where one worker lives, and as whom: `user` is None where it stays who the zygote is."""

    folder: str
    user: int | None = None


class Plan:
    """Level `none`."""

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config
        self._rooms: dict[int, Room] = {}
        self._count = 0
        self._kept: list[int] = []
        """Descriptors that workers are to inherit."""

    # --- in the zygote ---------------------------------------------------------------------------------------------

    def enter(self, _control: socket.socket) -> None:
        """Set up what all workers share, before numpy is imported."""
        libc.make_undumpable()
        libc.prctl(libc.PR_SET_CHILD_SUBREAPER, 1, what="PR_SET_CHILD_SUBREAPER")
        self._parent = os.getpid()
        self._statm = limits.open_statm()

    def settle(self) -> None:
        """Note the memory that workers begin with, when everything is imported."""
        self._base = limits.baseline(self._statm)

    def prepare(self) -> Room:
        """Make a place for the next worker."""
        self._count += 1
        folder = os.path.join(self._config["folder"], str(self._count))
        os.mkdir(folder, 0o700)
        return Room(folder=folder)

    def fork(self) -> int:
        """Fork, as os.fork does."""
        return os.fork()

    def forked(self, pid: int, room: Room) -> str | None:
        """Remember where a worker lives; returns its folder, if its host is to watch over that."""
        self._rooms[pid] = room
        return room.folder

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
        folders.remove(self._config["folder"])

    # --- in a worker -----------------------------------------------------------------------------------------------

    def confine(self, memory: int, line: int, room: Room) -> None:
        """Give up everything but one socket, which becomes descriptor 3. Raises OSError."""
        os.dup2(line, _LINE)
        os.setsid()
        self._end_with_parent()
        limits.apply(memory, self._base, resource.RLIM_INFINITY)
        self._move_in(room.folder)
        _close_but(self._kept)

    def _end_with_parent(self) -> None:
        libc.end_with_parent(self._parent)

    @staticmethod
    def _move_in(folder: str) -> None:
        os.chdir(folder)
        for name in ("HOME", "TMPDIR", "MPLCONFIGDIR"):
            os.environ[name] = folder


class CorePlan(Plan):
    """Level `core`."""

    def enter(self, control: socket.socket) -> None:
        """Also choose users for workers, and keep Python within their reach."""
        super().enter(control)
        self._users = identity.unused_users(os.getpid()) if os.geteuid() == 0 else range(0)
        os.chmod(self._config["folder"], 0o711)  # workers reach their own folder in it, and list nothing
        if self._users:
            self._kept = reach.keep_within_reach()

    def settle(self) -> None:
        """Also compile the filter and open the places of the rules."""
        with contextlib.suppress(OSError):  # no CAP_SETPCAP: there is nothing to drop it from
            identity.drop_bounding_set()
        self._filter = seccomp.compile_filter()
        self._rules = landlock.Rules([*self._readable(), *places.READ_DEVICES], places.WRITE_DEVICES)
        super().settle()

    def _readable(self) -> list[str]:
        return places.readable(self._config["site"])

    def prepare(self) -> Room:
        """Also give the folder to a user of its own."""
        room = super().prepare()
        if not self._users:
            return room
        user = self._next_user()
        os.chown(room.folder, user, user)
        return Room(folder=room.folder, user=user)

    def _next_user(self) -> int:
        return self._users[self._count % len(self._users)]

    def confine(self, memory: int, line: int, room: Room) -> None:
        """Also become nobody in particular, and give up all that the mechanisms can take."""
        os.dup2(line, _LINE)
        os.setsid()
        limits.apply(memory, self._base, resource.RLIM_INFINITY)
        self._furnish(room)
        # Without privileges from here on. Changing the user clears the parent-death signal, which comes after it.
        if room.user is not None:
            identity.become(room.user)
        identity.drop_capabilities()
        self._end_with_parent()
        libc.make_undumpable()
        libc.prctl(libc.PR_SET_NO_NEW_PRIVS, 1, what="PR_SET_NO_NEW_PRIVS")
        self._move_in(room.folder)
        self._rules.enforce(room.folder)
        _close_but(self._kept)
        seccomp.install(self._filter, os.getpid())

    def _furnish(self, room: Room) -> None:
        """Do what takes privileges."""


class FullPlan(CorePlan):
    """Level `full`."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._own = os.path.join(config["root"], "grader")

    def enter(self, control: socket.socket) -> None:
        """Move into namespaces and into a root that holds Python only."""
        root = os.geteuid() == 0
        own = (os.geteuid(), os.getegid())
        namespaces.unshare_all()
        if root:
            control.send(json.dumps({"map": namespaces.USERS}).encode())
            if not control.recv(1 << 10):
                os._exit(1)
        else:
            namespaces.map_own_user(*own)
        self._fork_first(control)
        libc.make_undumpable()
        self._users = range(1, 1 + namespaces.USERS) if root else range(0)
        self._statm = limits.open_statm()
        self._pids = namespaces.own_pids()
        self._parent = _OUTSIDE
        namespaces.build_root([*self._readable(), self._own], (*places.READ_DEVICES, *places.WRITE_DEVICES))

    def settle(self) -> None:
        """Also take this package out of that root."""
        super().settle()
        # All of this package that workers need is in memory by now. As an installed package it is among the others.
        with contextlib.suppress(OSError):
            namespaces.unmount(self._own)

    @staticmethod
    def _fork_first(control: socket.socket) -> None:
        """Go on as the first process of the new PID namespace; its parent waits for it and ends when it does."""
        pid = os.fork()
        if pid == 0:
            libc.prctl(libc.PR_SET_PDEATHSIG, signal.SIGKILL, what="PR_SET_PDEATHSIG")
            return
        libc.make_undumpable()
        control.send(json.dumps({"zygote": pid}).encode())
        control.close()
        os.waitpid(pid, 0)
        os._exit(0)

    def prepare(self) -> Room:
        """Choose a user; the folder is made by the worker itself."""
        self._count += 1
        return Room(folder=namespaces.BOX, user=self._next_user() if self._users else None)

    def fork(self) -> int:
        """Fork into a new PID namespace."""
        return namespaces.fork_into_new_pids(self._pids)

    def forked(self, pid: int, room: Room) -> str | None:
        """Keep nothing: the folder goes when the worker does."""
        del pid, room
        return None

    def clear(self, pid: int, living: set[int]) -> None:
        """Nothing is left: its namespaces went with it."""

    def leave(self, living: set[int]) -> None:
        """Leave; everything ends with this process, the first of its PID namespace."""

    def _furnish(self, room: Room) -> None:
        user = room.user if room.user is not None else os.geteuid()
        group = room.user if room.user is not None else os.getegid()
        namespaces.mount_box(folders.MAX_BYTES >> 20, folders.MAX_FILES, user, group)


def _close_but(kept: list[int]) -> None:
    """Close every descriptor but the standard ones, which lead nowhere, the line, and some."""
    begin = _LINE + 1
    for fd in (*sorted(kept), _FD_LIMIT):
        os.closerange(begin, fd)
        begin = fd + 1


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
    return {"none": Plan, "core": CorePlan, "full": FullPlan}[config["level"]](config)
