"""Which file, and which assignment: what a student means without having to say it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import NotFound, UsageError
from grader.saying import say

if TYPE_CHECKING:
    from grader.courses import Course
    from grader.model import AnswerKey

_DEFINED = re.compile(r"^(?:async )?def[ \t]+(\w+)|^(\w+)[ \t]*=(?!=)", re.MULTILINE)
PUBLIC_CHECKS = "checks.json"
SUFFIXES = (".ipynb", ".py")


def find_file(folder: Path) -> tuple[Path, int]:
    """Find the student's file in a folder: the notebook or `.py` that was saved last, of how many.

    In an assignment's folder a file named by it, whatever the language (`slug.zh-CN.ipynb`), else a file with its
    marker. Elsewhere a file that is the only exercise there. Raises NotFound with what to do.
    """
    folder = folder.absolute()
    checks = folder / PUBLIC_CHECKS
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    if checks.is_file():
        slug = _slug_in(checks) or folder.name
        candidates = [path for path in files if path.name.split(".")[0].casefold() == slug.casefold()]
        candidates = candidates or [path for path in files if marker_of(path) == slug]
    else:
        candidates = [path for path in files if marker_of(path) is not None]
        if len({marker_of(path) for path in candidates}) > 1:
            names = ", ".join(path.name for path in candidates)
            raise NotFound(
                say(
                    "There are several exercises in {folder}: {names}. Say which: `grader check {name}`.",
                    folder=folder,
                    names=names,
                    name=in_command(candidates[0].name),
                )
            )
    if not candidates:
        raise NotFound(
            say(
                "There is no exercise in {folder}. Name the file, as in `grader check "
                "logistic_regression.ipynb`, or go to the folder it is in.",
                folder=folder,
            )
        )
    return max(candidates, key=lambda path: path.stat().st_mtime_ns), len(candidates)


def marker_of(path: Path) -> str | None:
    """Return the assignment that `grader release` wrote into a file, or None for another's or an unreadable one."""
    from grader.errors import UnreadableSubmission
    from grader.submissions import read_program
    from grader.submissions.opening import read_regular

    try:
        return read_program(read_regular(path, follow=True), path.name).marker
    except UnreadableSubmission:
        return None


def find_key(file: Path, course_dir: Path | None, assignment: str | None, marker: str | None) -> AnswerKey:
    """Find the `checks.json` for a student's file: beside it, then in `--course`, then upward.

    Which assignment it is, the file's marker tells, else its name or its folder's, however it was copied about, else
    the functions in it. Raises NotFound; UsageError where nothing tells, UnreadableSubmission where nothing can.
    """
    from grader.courses import read_public

    beside = file.parent / PUBLIC_CHECKS
    if course_dir is None and beside.is_file():
        key = read_public(beside.read_bytes())
        if assignment in (None, key.assignment):
            return key
    from grader.courses import require_slug

    course = course_above(
        file.parent,
        course_dir,
        say(
            "The checks for {name} were not found: there is no {checks} beside it, and no course above it. Keep it in "
            "the folder that it came in, or name the course's folder with --course.",
            name=file.name,
            checks=PUBLIC_CHECKS,
        ),
    )
    slugs = course.released
    if assignment is not None:
        require_slug(assignment, slugs)
    slug = assignment or _named(file, marker, slugs) or _by_names(file, course)
    if slug is None:
        there = ", ".join(slugs) or say("none released yet")
        raise UsageError(
            say(
                "Which assignment is {name}? Say it with --assignment; this course has: {there}.",
                name=file.name,
                there=there,
            )
        )
    path = course.exercises / slug / PUBLIC_CHECKS
    if not path.is_file():
        raise NotFound(
            say(
                "{path} is not there. Run `grader release {slug}`, or ask whoever gave you the exercises.",
                path=path,
                slug=slug,
            )
        )
    return read_public(path.read_bytes())


def course_above(folder: Path, explicit: Path | None, missing: str) -> Course:
    """Find the course that a student's file belongs to. Raises NotFound, with `missing` where there is none above."""
    from grader.courses import find_course

    try:
        return find_course(folder, explicit)
    except NotFound:
        if explicit is not None:
            raise
        raise NotFound(missing) from None


def in_command(name: str) -> str:
    """Return a file's name as it is typed in a command."""
    return name if re.fullmatch(r"[\w@%+=:,./-]+", name) else f'"{name}"'


def _named(file: Path, marker: str | None, slugs: tuple[str, ...]) -> str | None:
    """Tell the assignment by the marker or by a name, such as `slug.zh-CN.ipynb` or a browser's `slug (2).ipynb`."""
    if marker in slugs:
        return marker
    from grader.submissions.names import Slugs

    known = Slugs(slugs)
    names = (file.stem, file.name.split(".")[0], file.absolute().parent.name)
    return next((slug for slug, _ in map(known.named, names) if slug is not None), None)


def _by_names(file: Path, course: Course) -> str | None:
    """Tell the assignment by what is defined, as when it is graded. Raises UnreadableSubmission."""
    from grader.courses import read_public
    from grader.submissions import read_program
    from grader.submissions.names import told_by_names
    from grader.submissions.opening import read_regular

    program = read_program(read_regular(file, follow=True), file.name)
    there = {name for cell in program.cells for found in _DEFINED.finditer(cell.source) for name in found.groups()}
    released = {slug: course.exercises / slug / PUBLIC_CHECKS for slug in course.released}
    wanted = {
        slug: [(each.name, *each.aliases) for each in read_public(path.read_bytes()).questions]
        for slug, path in released.items()
        if path.is_file()
    }
    return told_by_names(there, wanted)


def _slug_in(checks: Path) -> str | None:
    try:
        content = json.loads(checks.read_bytes())
    except (ValueError, RecursionError):
        return None
    slug = content.get("assignment") if isinstance(content, dict) else None
    return slug if isinstance(slug, str) else None
