"""Taking in submissions: which files, whose, for which assignment, and what is in them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.submissions.attempts import settled
    from grader.submissions.collecting import collect
    from grader.submissions.gathering import helpers
    from grader.submissions.intake import Intake, Missing, Refused, Stamp
    from grader.submissions.reading import read_program, read_siblings
    from grader.submissions.roster import Identity, Roster, read_roster
    from grader.submissions.times import read_timestamps

__all__ = [
    "Identity",
    "Intake",
    "Missing",
    "Refused",
    "Roster",
    "Stamp",
    "collect",
    "helpers",
    "read_program",
    "read_roster",
    "read_siblings",
    "read_timestamps",
    "settled",
]

_HOMES = {
    "attempts": ("settled",),
    "collecting": ("collect",),
    "gathering": ("helpers",),
    "intake": ("Intake", "Missing", "Refused", "Stamp"),
    "reading": ("read_program", "read_siblings"),
    "roster": ("Identity", "Roster", "read_roster"),
    "times": ("read_timestamps",),
}
"""Module to the names that are found in it."""


def __getattr__(name: str) -> Any:
    """Import a name on its first use: a student's every run needs few of them."""
    for module, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"{__name__}.{module}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
