"""What a result is known by in the gradebook: all that was handed in, the key, this grader, the machine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from grader import __version__
from grader.errors import UnreadableSubmission
from grader.gradebook.entries import Slot, Work
from grader.gradebook.environment import this_environment
from grader.grading import Prepared
from grader.judging.versions import digest_of, question_versions
from grader.model import Submission
from grader.submissions.names import is_notebook

_GRADING = (
    *("authoring.py", "model.py", "grading.py", "pace.py", "prepared.py", "scenarios.py", "follow_through.py"),
    *("marking.py", "repeats.py", "learning.py", "slips.py", "examples.py", "courses/examples.py"),
    *("judging", "sandbox", "submissions"),
)
"""What of this package can change a mark or what is said of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One submission of a run, with its place in the gradebook; `work` is None where it can't be read."""

    submission: Submission
    sha256: str = ""
    work: Work | None = None

    @property
    def slot(self) -> Slot:
        """Where its result belongs, as far as is known before it is graded."""
        return Slot(self.submission.assignment, self.submission.student, self.submission.attempt)


class Works:
    """Tells the work behind submissions for one run, with its keys, its rate of follow-through and its sandbox."""

    def __init__(self, keys: Mapping[str, Prepared], *, rate: Decimal, sandbox: str) -> None:
        settings = f"follow_through={rate.normalize():f}"
        self._questions: dict[str | None, dict[str, str]] = {
            slug: question_versions(prepared.key, settings + _examples(prepared)) for slug, prepared in keys.items()
        }
        self._versions: dict[str | None, str] = {
            slug: digest_of(prepared.key.version, settings + _examples(prepared)) for slug, prepared in keys.items()
        }
        # Where a file's content has to tell its assignment, it is graded for one of all these.
        self._any = digest_of(sorted((slug or "", version) for slug, version in self._versions.items()))
        self._grader = grader_version()
        self._environment = this_environment(sandbox).fingerprint

    def item(self, submission: Submission) -> Item:
        """Return the submission with its work. The file is read, and forgotten again."""
        try:
            data = submission.read()
        except UnreadableSubmission:
            return Item(submission=submission)
        sha256 = hashlib.sha256(data).hexdigest()
        work = Work(
            submission=_handed_in(submission, sha256),
            assignment=self._versions.get(submission.assignment, self._any),
            grader=self._grader,
            environment=self._environment,
            questions=self._questions.get(submission.assignment, {}),
        )
        return Item(submission=submission, sha256=sha256, work=work)

    def of_result(self, item: Item, assignment: str | None) -> Work | None:
        """Return the work to record a result under: its assignment is known now, and with it its questions."""
        if item.work is None:
            return None
        if item.submission.assignment is not None or assignment is None:
            return item.work
        # The digest stays the one that the next run will ask for; the questions are those of the assignment.
        return replace(item.work, questions=self._questions.get(assignment, {}))


def _examples(prepared: Prepared) -> str:
    """Return what tells results with fresh examples from those without."""
    return "" if prepared.examples is None else ",examples"


def _handed_in(submission: Submission, sha256: str) -> str:
    """Return a digest of all that was handed in: the file, how its name says to read it, the files beside it."""
    digest = hashlib.sha256(b"notebook" if is_notebook(submission.path) else b"python")
    digest.update(bytes.fromhex(sha256))
    for name, read in submission.siblings:
        digest.update(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest())
        digest.update(_content(read))
    return digest.hexdigest()


def _content(read: Callable[[], bytes]) -> bytes:
    try:
        return hashlib.sha256(read()).digest()
    except UnreadableSubmission:
        return b"unreadable"


@cache
def grader_version() -> str:
    """Return this grader's version: its number, and a digest of the code that grades."""
    digest = hashlib.sha256()
    package = Path(str(files("grader")))
    for part in _GRADING:
        place = package / part
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(str(path.relative_to(package)).encode() + b"\0" + path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:16]}"
