"""Taking in submissions: which files, whose, for which assignment, and what is in them."""

from __future__ import annotations

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
