"""Which files a worker may read: the Python installation, its packages, and the system's libraries."""

from __future__ import annotations

import os
import sys
import sysconfig
from typing import Final

_SYSTEM: Final = (
    *("/lib", "/lib64", "/lib32", "/usr/lib", "/usr/lib64", "/usr/lib32", "/usr/local/lib", "/nix/store"),
    *("/usr/share/zoneinfo", "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/locale"),
)
_SYSTEM_FILES: Final = ("/etc/ld.so.cache", "/etc/localtime")
READ_DEVICES: Final = ("/dev/urandom", "/dev/random", "/dev/zero")
WRITE_DEVICES: Final = ("/dev/null",)


def python_folders(site: list[str]) -> list[str]:
    """Return the folders of the standard library, of the packages, and of the libraries beside them."""
    paths = sysconfig.get_paths()
    folders = [paths["stdlib"], paths["platstdlib"], *site]
    # Shared libraries of the installation; <prefix>/lib holds the standard library as well.
    folders += [os.path.join(sys.base_prefix, "lib")] if sys.base_prefix not in ("/", "/usr", "/usr/local") else []
    return [path for path in dict.fromkeys(map(os.path.abspath, folders)) if os.path.isdir(path)]


def readable(site: list[str]) -> list[str]:
    """Return everything that a worker may read, as it is named and as it really is."""
    named = [*python_folders(site), *(path for path in (*_SYSTEM, *_SYSTEM_FILES) if os.path.exists(path))]
    return list(dict.fromkeys([*named, *map(os.path.realpath, named)]))
