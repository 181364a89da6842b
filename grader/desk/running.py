"""One run of a student's file: read, call in a plain child process, judge."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from grader.desk.finding import SUFFIXES, find_file, find_key, marker_of
from grader.errors import NotFound, UnreadableSubmission
from grader.grading import Prepared, grade, prepare
from grader.model import AnswerKey, Result, Submission
from grader.records import dataclass
from grader.sandbox.protocol import Sandbox
from grader.saying import say
from grader.submissions.opening import read_regular


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A student's file with the public checks for it."""

    path: Path
    prepared: Prepared
    student: str
    of: int = 1
    """Among how many files this one was taken, where none was named: it is the one saved last."""

    @property
    def key(self) -> AnswerKey:
        """The public checks."""
        return self.prepared.key


def find_work(
    file: Path | None, *, course_dir: Path | None = None, assignment: str | None = None, student: str | None = None
) -> Work:
    """Find the file and its checks. Raises NotFound or UsageError with what to do."""
    path, of = (file, 1) if file else find_file(Path.cwd())
    if path.is_dir():
        path, of = find_file(path)
    if not path.exists():
        raise NotFound(
            say(
                "{path} is not there. Look at the folder you are in, and at the spelling.{close_to}",
                path=path,
                close_to=_close_to(path),
            )
        )
    beside = course_dir is None and assignment is None and (path.parent / "checks.json").is_file()
    key = find_key(path, course_dir, assignment, None if beside else marker_of(path))
    return Work(path=path, prepared=prepare(key), student=student or path.stem, of=of)


def run_work(work: Work, sandbox: Sandbox) -> Result:
    """Run the public checks on the file as it is now."""
    submission = Submission(
        student=work.student,
        assignment=work.key.assignment,
        path=work.path.name,
        read=partial(read_regular, work.path, follow=True),
        siblings=siblings(work.path),
    )
    return grade(submission, {work.key.assignment: work.prepared}, sandbox)


def siblings(path: Path) -> tuple[tuple[str, Callable[[], bytes]], ...]:
    """Return the student's own modules beside a file, where it speaks of any: finding them takes a while."""
    others = [each for each in path.parent.glob("*.py") if each.stem != path.stem]
    if not others:
        return ()
    try:
        text = read_regular(path, follow=True).replace(b"\0", b"")
    except UnreadableSubmission:
        return ()
    if not any(each.stem.encode() in text for each in others):
        return ()
    from grader.submissions import helpers

    return helpers(path)


def _close_to(path: Path) -> str:
    """Suggest the file that was meant, where one beside it is spelt nearly so."""
    from difflib import get_close_matches

    if not path.parent.is_dir():
        return ""
    names = [each.name for each in path.parent.iterdir() if each.suffix.lower() in SUFFIXES]
    close = get_close_matches(path.name, names, n=1, cutoff=0.7)
    return say(" Did you mean {name}?", name=close[0]) if close else ""
