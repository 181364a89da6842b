"""Answer keys for a command, computed from `solutions/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from grader.courses import (
    Course,
    LoadedAssignment,
    answer_key,
    course_secret,
    load_assignment,
)
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
