"""Keeps a Python within reach of workers that are another user than root, where it lies in a folder closed to others.

A pyenv under root's home is such a case. The zygote, which is root, opens the folders of modules and names them by
their descriptors from then on: /proc/self/fd/7/json/__init__.py is reached without passing through root's home, while
Landlock goes on to judge the file by where it really is. See proc(5), /proc/pid/fd.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path


def closed_to_others(path: str) -> bool:
    """Whether some folder on the way to this one can't be entered by those who are neither its owner nor its group."""
    real = Path(os.path.realpath(path))
    return any(not stat.S_IMODE(os.stat(each).st_mode) & stat.S_IXOTH for each in (real, *real.parents))


def keep_within_reach() -> list[int]:
    """Rename the folders of modules that others can't reach; returns the descriptors that workers must keep."""
    renamed: dict[str, str] = {}
    kept: list[int] = []
    for path in sys.path:
        if os.path.isdir(path) and closed_to_others(path):
            fd = os.open(path, os.O_PATH)
            kept.append(fd)
            renamed[path] = f"/proc/self/fd/{fd}"
    if renamed:
        sys.path[:] = [renamed.get(path, path) for path in sys.path]
        sys.path_importer_cache.clear()
        for module in list(sys.modules.values()):
            if (where := getattr(module, "__path__", None)) is not None:
                module.__path__ = [_renamed(each, renamed) for each in where]
    return kept


def _renamed(path: str, renamed: dict[str, str]) -> str:
    # The longest first: lib-dynload lies within the standard library.
    for old in sorted(renamed, key=len, reverse=True):
        if path == old or path.startswith(old + os.sep):
            return renamed[old] + path[len(old) :]
    return path
