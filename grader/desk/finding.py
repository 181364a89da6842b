"""Which file, and which assignment: what a student means without having to say it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import NotFound, UsageError
from grader.saying import say

if TYPE_CHECKING:
    from grader.model import AnswerKey

PUBLIC_CHECKS = "checks.json"
SUFFIXES = (".ipynb", ".py")


def find_file(folder: Path) -> Path:
    """Find the student's file in a folder: the notebook or `.py` that was saved last.

    In an assignment's folder a file named by it, whatever the language (`slug.zh-CN.ipynb`), else a file with its
    marker. Elsewhere a file that is the only exercise there. Raises NotFound with what to do.
    """
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
                    name=candidates[0].name,
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
    return max(candidates, key=lambda path: path.stat().st_mtime_ns)


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
    """Find the `checks.json` for a student's file: beside it, then in `--course`, then upward. Raises NotFound."""
    from grader.courses import read_public

    beside = file.parent / PUBLIC_CHECKS
    if course_dir is None and beside.is_file():
        key = read_public(beside.read_bytes())
        if assignment in (None, key.assignment):
            return key
    from grader.courses import find_course, require_slug

    course = find_course(file.parent, course_dir)
    slugs = course.released
    if assignment is not None:
        require_slug(assignment, slugs)
    stem = file.name.split(".")[0]
    slug = assignment or next((slug for slug in slugs if slug in (marker, stem, file.parent.name)), None)
    if slug is None:
        there = ", ".join(slugs) or "none released yet"
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


def _slug_in(checks: Path) -> str | None:
    try:
        content = json.loads(checks.read_bytes())
    except (ValueError, RecursionError):
        return None
    slug = content.get("assignment") if isinstance(content, dict) else None
    return slug if isinstance(slug, str) else None
