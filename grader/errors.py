"""The tree of exceptions. Student errors are values, never exceptions; these are ours and the user's.

GraderError                what is wrong, where, and what to do next
├── UsageError             an argument that can't be used                                   exit 2
│   └── NotFound           a file, folder, course or assignment that isn't there            exit 2
├── CourseError            an author's files don't hold together: all faults at once        exit 2
├── UnreadableSubmission   a submission that can't be read: a flag, not the run's end       exit 2
├── SandboxUnavailable     confinement can't be had, so nothing is run                      exit 2
├── GradebookError         the gradebook can't be opened, or has another schema             exit 2
└── InternalError          our own failure; never a student's zero                          exit 3
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.model import Message
from grader.saying import join


class GraderError(Exception):
    """An error to be shown to the user in one piece; `exit_code` is what the command ends with.

    `str(error)` is English. `said` is what it was made with: a `grader.saying.Said` can be printed in another language.
    """

    exit_code = 2

    @property
    def said(self) -> str:
        """What is wrong, to be translated where it is printed."""
        return self.args[0] if self.args and isinstance(self.args[0], str) else str(self)


class UsageError(GraderError):
    """An argument that can't be used."""


class NotFound(UsageError):
    """A file, folder, course or assignment that isn't there."""


class CourseError(GraderError):
    """An author's files don't hold together. `faults` are all: each with file, question, check and what to do."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(join("\n", self.faults))


class UnreadableSubmission(GraderError):
    """A submission that can't be read. `message` says why, as a code."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message.code)


class SandboxUnavailable(GraderError):
    """Confinement can't be had; the message says what is missing and what to do."""


class GradebookError(GraderError):
    """The gradebook can't be opened or does not fit this version."""


class InternalError(GraderError):
    """Our own failure."""

    exit_code = 3
