"""A world of its own: namespaces, and a root that holds the Python installation and nothing else.

The zygote enters it once, before it imports anything; every worker gets a PID and a mount namespace of its own inside.
Sources: Linux include/uapi/linux/{sched,mount}.h; namespaces(7), user_namespaces(7), pivot_root(2), mount_setattr(2).
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from grader.sandbox.confinement import libc

_CLONE_NEWNS: Final = 0x00020000
_CLONE_NEWCGROUP: Final = 0x02000000
_CLONE_NEWUTS: Final = 0x04000000
_CLONE_NEWIPC: Final = 0x08000000
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWPID: Final = 0x20000000
_CLONE_NEWNET: Final = 0x40000000
_ALL: Final = (
    _CLONE_NEWNS | _CLONE_NEWCGROUP | _CLONE_NEWUTS | _CLONE_NEWIPC | _CLONE_NEWUSER | _CLONE_NEWPID | _CLONE_NEWNET
)

_MS_NOSUID: Final = 2
_MS_NODEV: Final = 4
_MS_NOEXEC: Final = 8
_MS_BIND: Final = 4096
_MS_REC: Final = 16384
_MS_PRIVATE: Final = 1 << 18
_MNT_DETACH: Final = 2
_AT_FDCWD: Final = -100
_AT_RECURSIVE: Final = 0x8000
_MOUNT_ATTR_RDONLY: Final = 1
_MOUNT_ATTR_NOSUID: Final = 2
_MOUNT_ATTR_NODEV: Final = 4

_NUMBERS: Final = {
    # pivot_root, umount2, setns, unshare; mount_setattr is 442 everywhere (Linux 5.12)
    "x86_64": (155, 166, 308, 272),
    "aarch64": (41, 39, 268, 97),
}
_MOUNT_SETATTR: Final = 442

USERS: Final = 64
"""How many users a zygote under root has for its workers: 1, 2, … inside."""

BOX: Final = "/box"
"""Where each worker finds its private folder, in its own mount namespace."""

_PARENTS: Final = ("/sys", "/mnt", "/media", "/srv", "/opt", "/tmp")


def _call(position: int, *args: object, what: str) -> int:
    return libc.syscall(_NUMBERS[platform.machine()][position], *args, what=what)


def unshare_all() -> None:
    """Enter new namespaces of every kind; the PID namespace is that of children from now on. Raises OSError."""
    _call(3, ctypes.c_int(_ALL), what="unshare")


def map_own_user(user: int, group: int) -> None:
    """Map this user, as read before `unshare_all`, to itself; takes no privilege but being dumpable. Raises OSError."""
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def map_users(pid: int, users: Sequence[int]) -> None:
    """For a process in a new user namespace: map root to itself and 1, 2, … to users; takes root's capabilities."""
    text = f"0 0 1\n1 {users[0]} {len(users)}\n"
    Path(f"/proc/{pid}/uid_map").write_text(text)
    Path(f"/proc/{pid}/gid_map").write_text(text)


def build_root(paths: Sequence[str], devices: Sequence[str]) -> None:
    """Make a root of read-only binds of some paths at their own places, and of nothing else, and enter it."""
    libc.mount("", "/", "", _MS_REC | _MS_PRIVATE)
    paths = _outermost(paths)
    base = next(each for each in _PARENTS if os.path.isdir(each) and not any(_within(path, each) for path in paths))
    libc.mount("tmpfs", base, "tmpfs", _MS_NOSUID | _MS_NODEV, "mode=755,size=1m")
    for path in paths:
        _bind(path, base + path, _MOUNT_ATTR_RDONLY | _MOUNT_ATTR_NOSUID | _MOUNT_ATTR_NODEV)
    for device in devices:
        _bind(device, base + device, _MOUNT_ATTR_NOSUID)
    os.mkdir(base + BOX)
    os.chdir(base)
    _call(0, b".", b".", what="pivot_root")
    _call(1, b".", ctypes.c_int(_MNT_DETACH), what="umount")
    os.chdir("/")
    _set_attributes("/", _MOUNT_ATTR_RDONLY, recursive=False)


def _bind(path: str, target: str, attributes: int) -> None:
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.islink(path):  # as /lib is one to usr/lib; what it leads to is bound as well
        os.symlink(os.readlink(path), target)
        return
    if os.path.isdir(path):
        os.makedirs(target, exist_ok=True)
    else:
        Path(target).touch()
    libc.mount(path, target, "", _MS_BIND | _MS_REC)
    _set_attributes(target, attributes)


def unmount(path: str) -> None:
    """Take away a bind of `build_root`. Raises OSError."""
    _call(1, os.fsencode(path), ctypes.c_int(_MNT_DETACH), what=f"umount {path}")


def fork_into_new_pids(own: int) -> int:
    """Fork a child that is the first process of a PID namespace, as often as wanted. Raises OSError."""
    # A second one can be made only from where this process itself is.
    _call(2, ctypes.c_int(own), ctypes.c_int(_CLONE_NEWPID), what="setns")
    _call(3, ctypes.c_int(_CLONE_NEWPID), what="unshare pid")
    return os.fork()


def own_pids() -> int:
    """Return a descriptor of this process's own PID namespace, for `fork_into_new_pids`."""
    return os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def mount_box(megabytes: int, files: int, user: int, group: int) -> None:
    """In a worker: mount an empty folder of limited size in a mount namespace of its own."""
    _call(3, ctypes.c_int(_CLONE_NEWNS), what="unshare mounts")
    options = f"mode=700,size={megabytes}m,nr_inodes={files},uid={user},gid={group}"
    libc.mount("tmpfs", BOX, "tmpfs", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC, options)


def _set_attributes(path: str, attributes: int, *, recursive: bool = True) -> None:
    # struct mount_attr: attr_set, attr_clr, propagation, userns_fd
    data = ctypes.create_string_buffer(struct.pack("<QQQQ", attributes, 0, 0, 0), 32)
    flags = ctypes.c_uint(_AT_RECURSIVE if recursive else 0)
    libc.syscall(
        _MOUNT_SETATTR,
        ctypes.c_int(_AT_FDCWD),
        os.fsencode(path),
        flags,
        data,
        ctypes.c_size_t(32),
        what=f"mount_setattr {path}",
    )


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _outermost(folders: Sequence[str]) -> list[str]:
    """Leave out what lies within another, links aside, shortest first."""
    kept: list[str] = []
    for folder in sorted(set(folders), key=len):
        if not any(_within(folder, other) and not os.path.islink(other) for other in kept):
            kept.append(folder)
    return kept
