"""A worker's private folder: made for it, watched, and removed whatever it holds."""

from __future__ import annotations

import os
import stat
from typing import Final

MAX_BYTES: Final = 64 << 20
MAX_FILES: Final = 2000
_MAX_DEPTH: Final = 24


def overfull(folder: str) -> bool:
    """Whether a folder holds more bytes, files or levels than it may. Links are not followed."""
    size = count = 0
    waiting = [(folder, 0)]
    while waiting:
        path, depth = waiting.pop()
        if depth > _MAX_DEPTH:
            return True
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    count += 1
                    info = entry.stat(follow_symlinks=False)
                    size += info.st_blocks * 512
                    if count > MAX_FILES or size > MAX_BYTES:
                        return True
                    if stat.S_ISDIR(info.st_mode):
                        waiting.append((entry.path, depth + 1))
        except FileNotFoundError:
            continue
        except PermissionError:  # a folder that even its maker can't enter
            continue
    return False


def remove(folder: str) -> None:
    """Remove a folder and all in it, however deep, without following links and without recursion.

    A subfolder is moved to the top before it is emptied, so that no path grows and no stack does.
    """
    moved = 0
    try:
        waiting = [folder]
        while waiting:
            path = waiting[-1]
            os.chmod(path, 0o700)
            with os.scandir(path) as entries:
                found = [(entry.path, entry.is_dir(follow_symlinks=False)) for entry in entries]
            inside = [each for each, is_folder in found if is_folder]
            for each, is_folder in found:
                if not is_folder:
                    os.unlink(each)
            if path != folder and inside:
                for each in inside:
                    os.chmod(each, 0o700)  # moving a folder changes its "..", which takes permission to write in it
                    while os.path.lexists(target := os.path.join(folder, f"{moved}")):
                        moved += 1
                    os.rename(each, target)
            elif inside:
                waiting.extend(inside)
                continue
            os.rmdir(waiting.pop())
    except FileNotFoundError:
        return
