"""Answer keys for a command: from `solutions/` for grading, from `checks.json` for a student's own run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from grader.courses import (
    Course,
    LoadedAssignment,
    answer_key,
    course_secret,
    find_course,
    load_assignment,
    read_public,
    require_slug,
)
from grader.courses.finding import PUBLIC_CHECKS
from grader.errors import NotFound, UsageError
from grader.grading import Prepared, prepare
from grader.model import AnswerKey
from grader.reports.words import Words
from grader.slips import Slips


def instructor_keys(course: Course, slugs: Iterable[str]) -> dict[str, Prepared]:
    """Compute the keys of some assignments of a course from its solutions and its secret."""
    secret = course_secret(course.root)
    return {slug: _prepared(load_assignment(course.solutions / slug), secret) for slug in slugs}


def _prepared(loaded: LoadedAssignment, secret: bytes) -> Prepared:
    """Make an assignment ready for grading; its slips are made when a submission first asks for them."""
    from grader.courses.slips import slips_of

    key = answer_key(loaded, secret)
    assert key.reference is not None
    return prepare(key, Slips(key.reference, partial(slips_of, loaded)))


def words_of(keys: Mapping[str, AnswerKey], lang: str) -> dict[str | None, Words]:
    """Return the words for each assignment, and under None those for a result without one."""
    words: dict[str | None, Words] = {slug: Words(lang, key.catalogue) for slug, key in keys.items()}
    words[None] = Words(lang)
    return words


def public_key(file: Path, course_dir: Path | None, assignment: str | None, marker: str | None) -> AnswerKey:
    """Find the `checks.json` for a student's file: beside it, then in `--course`, then upward. Raises NotFound."""
    beside = file.parent / PUBLIC_CHECKS
    if course_dir is None and beside.is_file():
        key = read_public(beside.read_bytes())
        if assignment in (None, key.assignment):
            return key
    course = find_course(file.parent, course_dir)
    slugs = course.released
    if assignment is not None:
        require_slug(assignment, slugs)
    slug = assignment or next((slug for slug in slugs if slug in (marker, file.stem, file.parent.name)), None)
    if slug is None:
        there = ", ".join(slugs) or "none released yet"
        raise UsageError(f"Which assignment is {file.name}? Say it with --assignment; this course has: {there}.")
    path = course.exercises / slug / PUBLIC_CHECKS
    if not path.is_file():
        raise NotFound(f"{path} is not there. Run `grader release {slug}`, or ask whoever gave you the exercises.")
    return read_public(path.read_bytes())
