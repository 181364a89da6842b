"""What of the machine can change a mark: Python, numpy, its BLAS, how students' code is confined, and its limits."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict, dataclass

from grader.authoring import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """An environment of grading; results are reused only within one."""

    python: str
    numpy: str
    blas: str
    machine: str
    sandbox: str
    limits: str

    @property
    def fingerprint(self) -> str:
        """Return a digest of it all, in hex."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def this_environment(sandbox: str, limits: Limits | None = None) -> Environment:
    """Return the environment of this process; the sandbox runs the same Python and numpy.

    `sandbox` is the level of confinement; `limits` are limits for the whole run, where some were given: those of a
    question are part of the question's version.
    """
    import numpy as np

    libraries = np.show_config(mode="dicts")
    blas = libraries.get("Build Dependencies", {}).get("blas", {})
    return Environment(
        python=f"{platform.python_implementation()} {platform.python_version()}",
        numpy=np.__version__,
        blas=f"{blas.get('name', 'unknown')} {blas.get('version', '')}".strip(),
        machine=platform.machine(),
        sandbox=sandbox,
        limits=json.dumps(asdict(limits), sort_keys=True) if limits else "",
    )
