"""Where student code runs: workers that confine themselves, spoken to in values only. See README.md."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.sandbox.opening import open_process_sandbox, open_sandbox
    from grader.sandbox.protocol import Level, Oracle, Payload, Sandbox, Session

__all__ = ["Level", "Oracle", "Payload", "Sandbox", "Session", "open_process_sandbox", "open_sandbox"]


def __getattr__(name: str) -> Any:
    """Import a name on its first use: the child process of `grader check` is started before anything heavy is."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{'opening' if name.startswith('open') else 'protocol'}"), name)
    globals()[name] = value
    return value
