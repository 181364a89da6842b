"""An automated exercise grader for numpy courses. This is the authoring API; `grader --help` is the other way in.

In a notebook, `from grader import check; check("propagate")` runs the public checks on the function as it is now.
Names are imported when they are asked for: every start of the command line and every worker comes through here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.authoring import (
        Assignment,
        Check,
        Compare,
        Equivalent,
        Form,
        Limits,
        Misconception,
        NoLoop,
        Question,
        Slope,
        Tolerated,
        Unchanged,
        Values,
    )
    from grader.desk.notebook import check

__version__ = "0.1.0"

__all__ = [
    "Assignment",
    "Check",
    "Compare",
    "Equivalent",
    "Form",
    "Limits",
    "Misconception",
    "NoLoop",
    "Question",
    "Slope",
    "Tolerated",
    "Unchanged",
    "Values",
    "check",
]


def __getattr__(name: str) -> Any:
    """Import a name of the API on its first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module("grader.desk.notebook" if name == "check" else "grader.authoring"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the API for completion, imported or not."""
    return sorted({*globals(), *__all__})
