"""The nouns of intake: what was found, whose it is, and what could not be used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from grader.model import Message, Note, Submission
from grader.submissions.roster import Identity


@dataclass(frozen=True, slots=True)
class File:
    """A file that was found: the folders above it, below what the user named, and how its bytes are had.

    Positional, unlike the other nouns: there may be 100,000 of them.
    """

    folders: tuple[str, ...]
    name: str
    read: Callable[[], bytes]

    @property
    def path(self) -> str:
        """The folders and the name, joined by slashes."""
        return "/".join((*self.folders, self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file or folder that is not graded, and why. `student` is known where its place tells."""

    path: str
    message: Message
    student: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A student of the roster without a submission: for one assignment, or for any (`assignment` is None)."""

    student: str
    assignment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """When a submission was handed in, as a CSV of times says."""

    student: str
    at: datetime
    assignment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """All that was found under the paths that the user named."""

    submissions: tuple[Submission, ...] = ()
    """What is to be graded: the latest attempt of each student, sorted by assignment, student and path."""
    superseded: tuple[Submission, ...] = ()
    """Earlier attempts, in the same order."""
    unmatched: tuple[Refused, ...] = ()
    """Files that are no submissions: another kind, a link, an unsafe name."""
    unreadable: tuple[Refused, ...] = ()
    """Folders and archives that could not be opened. A single submission that can't be read says so when it is read."""
    missing: tuple[Missing, ...] = ()
    notes: tuple[Note, ...] = ()
    identities: Mapping[str, Identity] = field(default_factory=dict)
    """Student to what the roster and the download say about them, for exports."""

    def counts(self) -> dict[str, int]:
        """Count what there is, for a dry run's first line."""
        return {
            "matched": len(self.submissions),
            "superseded": len(self.superseded),
            "unmatched": len(self.unmatched),
            "unreadable": len(self.unreadable),
            "missing": len(self.missing),
        }

    def by_assignment(self) -> dict[str | None, int]:
        """Count submissions by assignment; None for those whose content has to tell."""
        return dict(Counter(submission.assignment for submission in self.submissions))
