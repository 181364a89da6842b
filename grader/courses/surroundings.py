"""What an assignment's own code may hang on beside its arguments: the files of its folder, and what is installed."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from grader.courses.references import LoadedAssignment

MOST_BYTES = 64 << 20
"""Of files in a folder that are looked through."""
INSTALLED = ("site-packages", "dist-packages")


def installed() -> str:
    """Return a text that changes when a package is installed, removed or replaced: each of these changes its folder."""
    places = sorted(place for place in set(sys.path) if place.endswith(INSTALLED) and os.path.isdir(place))
    return " ".join(f"{place}:{os.stat(place).st_mtime_ns}" for place in places)


def surroundings(loaded: LoadedAssignment) -> str | None:
    """Return a digest of an assignment's files, by which what its code came to is known; None where it can't be told.

    That is so where the assignment imports a module which is neither Python's, nor installed, nor in its folder.
    """
    package = str(loaded.reference.namespace["__name__"]).partition(".")[0]
    if any(map(_is_from_elsewhere, _imported(package))):
        return None
    digest, left = hashlib.sha256(), MOST_BYTES
    try:
        for path in sorted(_files(loaded.folder)):
            if (left := left - path.stat().st_size) < 0:
                return None
            content = path.read_bytes()
            digest.update(f"{path.relative_to(loaded.folder).as_posix()}:{len(content)}\n".encode() + content)
    except (OSError, UnicodeError):
        return None
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _imported(package: str) -> Iterator[ModuleType]:
    """Yield the modules whose contents an assignment's modules have imported, its own left out."""
    own = [module for name, module in list(sys.modules.items()) if name.partition(".")[0] == package]
    for value in [value for module in own for value in vars(module).values()]:
        name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
        if isinstance(name, str) and name.partition(".")[0] not in {package, "grader", *sys.stdlib_module_names}:
            yield sys.modules.get(name.partition(".")[0]) or ModuleType(name)


def _is_from_elsewhere(module: ModuleType) -> bool:
    return not any(f"{os.sep}{each}{os.sep}" in (getattr(module, "__file__", None) or "") for each in INSTALLED)
