"""How a Python for student code is started: the command, the environment, and where its packages are."""

from __future__ import annotations

import os
import sys
from typing import Final, NamedTuple

ROOT: Final = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
"""The folder that holds the package `grader`."""

# -s -P and an environment of our own do what -I does, except that -I would have PYTHONHASHSEED ignored: a student's set
# of strings must come in the same order on every run.
COMMAND: Final = (sys.executable, "-s", "-P", "-c")

# One thread: BLAS with more can't be forked safely, and costs a third more CPU.
_THREADS: Final = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
_SITE_NAMES: Final = ("site-packages", "dist-packages")


class End(NamedTuple):
    """How a worker ended; see `dialogue.Ending`. No dataclass: importing these takes longer than starting a child."""

    signal: int = 0
    code: int = 0
    peak_mb: float = 0.0
    killed: bool = True
    orphaned: bool = False


def environment() -> dict[str, str]:
    """Return the environment of zygotes and workers: nothing of the user's."""
    words = dict.fromkeys(_THREADS, "1")
    words |= {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "MPLBACKEND": "Agg"}
    # Without the first no program starts on Windows, and without the second some Pythons don't.
    for name in ("SYSTEMROOT", "LD_LIBRARY_PATH"):
        if name in os.environ:
            words[name] = os.environ[name]
    return words


def package_folders() -> list[str]:
    """Return the folders of installed packages that this process uses, in order."""
    import sysconfig  # what starts a child needs it no earlier than the child does

    paths = sysconfig.get_paths()
    known = [paths["purelib"], paths["platlib"]]
    known += [path for path in sys.path if os.path.basename(path.rstrip(os.sep)) in _SITE_NAMES]
    return [path for path in dict.fromkeys(known) if os.path.isdir(path)]
