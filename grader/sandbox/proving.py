"""Proof that a level confines, by a worker that tries to get out; made once a process and level."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path
from typing import Final

from grader.authoring import Limits
from grader.errors import InternalError, SandboxUnavailable
from grader.sandbox.canary import faults
from grader.sandbox.dialogue import Dialogue
from grader.sandbox.host import ZygoteWorkers
from grader.sandbox.protocol import Level
from grader.saying import join, say

# The kernel and the installation are the same for all lanes of this process, and so is the answer.
_PROVEN: Final[set[tuple[int, Level]]] = set()
_LOCK: Final = threading.Lock()


def prove(workers: ZygoteWorkers) -> None:
    """Have a worker make the self-test. Raises SandboxUnavailable with everything that it could do and must not."""
    key = (os.getpid(), workers.level)
    with _LOCK:
        if key in _PROVEN:
            return
        try:
            found = _test(workers)
        except InternalError as error:
            raise SandboxUnavailable(error.said) from error
        if found:
            raise SandboxUnavailable(say("the self-test failed: {found}", found=join("; ", found)))
        _PROVEN.add(key)


def _test(workers: ZygoteWorkers) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="grader-hidden-") as folder:
        hidden = Path(folder, "checks")
        hidden.write_text("hidden")
        # Readable by its mode, in a folder that is not: what counts is the confinement, not this file's mode.
        hidden.chmod(0o644)
        worker = workers.start(Limits())
        try:
            dialogue = Dialogue(worker, None)
            dialogue.await_confined()
            orders = {
                "file": str(hidden),
                "folder": folder,
                "processes": [os.getpid(), os.getppid(), workers.zygote_pid],
            }
            return faults(workers.level.value, dialogue.probe(orders))
        finally:
            worker.end()
