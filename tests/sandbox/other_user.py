"""Runs a module of these tests as a user who is nobody in particular."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

NOBODY = 65534
_ROOT = Path(__file__).parents[2]


def python_for_others() -> str:
    """Return a Python of this version that others than root may run; skips the test where there is none.

    The one of a virtual environment may lie under root's home. The system's own then does, with these packages.
    """
    for candidate in (sys.executable, f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"):
        if _runs(candidate):
            return candidate
    pytest.skip("no Python here that another user can run")


def _runs(python: str) -> bool:
    try:
        return run(python, "-c", "import numpy, grader").returncode == 0
    except OSError:
        return False


def run(python: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python as nobody, with the packages of this one."""
    packages = Path(np.__file__).parents[1]
    return subprocess.run(
        [python, *arguments],
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": f"{_ROOT}{os.pathsep}{packages}", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
