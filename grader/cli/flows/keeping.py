"""Opening the gradebook of a course, and finding a student in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from grader.courses import Course, find_course, require_slug
from grader.errors import NotFound, UsageError
from grader.gradebook import open_gradebook
from grader.model import Result
from grader.saying import join, say
from grader.text import clean

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook


SQLITE = b"SQLite format 3\0"
MOST_FILES = 1000
"""Files of a folder that are looked at for a gradebook."""


def gradebook_place(course: Course, url: str | None) -> str | Path:
    """Return where a course's gradebook is kept: what `--gradebook` says, else beside the secret."""
    return url or course.root / ".grader" / "gradebook.sqlite3"


@contextmanager
def kept(course_dir: Path | None, url: str | None, *, to_read: bool = False) -> Iterator[tuple[Course, Gradebook]]:
    """Open the gradebook of a course. Raises NotFound where nothing was graded yet: reading makes no file.

    Whoever only wants `to_read` gets one that can't be written, too.
    """
    course = find_course(Path.cwd(), course_dir)
    place = gradebook_place(course, url)
    if is_missing(place):
        raise NotFound(_no_gradebook(course, place, named=url is not None))
    with open_gradebook(place, to_read=to_read) as gradebook:
        yield course, gradebook


def is_missing(place: str | Path) -> bool:
    """Whether a gradebook would be a file that is not there, or is a folder; of a server's that is not known."""
    file = str(place).removeprefix("sqlite:///")
    path = Path(os.path.expanduser(file))
    return "://" not in file and (not path.exists() or path.is_dir())


def _no_gradebook(course: Course, place: str | Path, *, named: bool) -> str:
    if not named:
        return say(
            "{place}: there is no gradebook yet. Run `grader grade PATH` first, or name one: --gradebook.", place=place
        )
    there = [str(file) for file in _gradebooks(course, Path(os.path.expanduser(str(place).removeprefix("sqlite:///"))))]
    if not there:
        return say("{place}: there is no such gradebook, and no other beside it or in the course.", place=place)
    return say("{place}: there is no such gradebook. There are: {there}.", place=place, there=", ".join(there))


def _gradebooks(course: Course, place: Path) -> Iterator[Path]:
    """Yield the gradebooks in the course's own place and in the folder where one was looked for."""
    seen = set()
    for folder in (Path(gradebook_place(course, None)).parent, place if place.is_dir() else place.parent):
        for file in sorted(folder.glob("*"))[:MOST_FILES] if folder.is_dir() else ():
            if file.resolve() not in seen and _is_database(file):
                seen.add(file.resolve())
                yield file


def _is_database(file: Path) -> bool:
    if not file.is_file():
        return False
    try:
        with file.open("rb") as stream:
            return stream.read(len(SQLITE)) == SQLITE
    except OSError:
        return False


def require_graded(gradebook: Gradebook, course: Course, assignment: str) -> None:
    """Raise NotFound for an assignment that neither the course nor the gradebook knows, with a suggestion."""
    require_slug(assignment, dict.fromkeys((*course.authored, *gradebook.assignments())))


def results_of(gradebook: Gradebook, student: str, assignment: str | None) -> list[Result]:
    """Return a student's current results for one assignment, by attempt. Raises NotFound or UsageError."""
    found = list(gradebook.results(assignment, student))
    if not found:
        students = {result.student for result in gradebook.results(assignment)}
        close = get_close_matches(student, students, n=3)
        close = close or sorted(name for name in students if student.casefold() in name.casefold())[:3]
        where = say(" for {assignment}", assignment=assignment) if assignment else ""
        hint = (
            say("Did you mean {names}?", names=join(say(" or "), map(clean, close)))
            if close
            else say("`grader export csv` lists who there is.")
        )
        raise NotFound(
            say("There is no result of {student}{where}. {hint}", student=clean(student), where=where, hint=hint)
        )
    slugs = sorted({result.assignment or "" for result in found})
    if len(slugs) > 1:
        named = ", ".join(slug or "?" for slug in slugs)
        raise UsageError(
            say(
                "{student} has results for several assignments; name one with --assignment: {named}.",
                student=clean(student),
                named=named,
            )
        )
    return found


def of_attempt(results: list[Result], attempt: int | None) -> Result:
    """Return one attempt, the last where none is named. Raises NotFound."""
    for result in reversed(results):
        if attempt in (None, result.attempt):
            return result
    there = ", ".join(str(result.attempt) for result in results)
    raise NotFound(
        say(
            "{student} has no attempt {attempt}; there are: {there}.",
            student=clean(results[0].student),
            attempt=attempt,
            there=there,
        )
    )
