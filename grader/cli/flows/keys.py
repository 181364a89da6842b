"""Answer keys for a command, computed from `solutions/`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from grader.batch.keys import prepared_keys
from grader.cli.voice import calling_references
from grader.courses import Course, course_secret
from grader.courses.secrets import STATE
from grader.grading import Prepared
from grader.model import AnswerKey
from grader.reports.words import Words


def instructor_keys(course: Course, slugs: Iterable[str], examples: Collection[str] = ()) -> dict[str, Prepared]:
    """Compute the keys of some assignments of a course from its solutions and its secret.

    Those in `examples` get fresh inputs to show mistakes by.
    """
    secret = course_secret(course.root)
    with calling_references():
        return prepared_keys(course.solutions, slugs, secret, examples=examples, state=course.root / STATE)


def words_of(keys: Mapping[str, AnswerKey], lang: str) -> dict[str | None, Words]:
    """Return the words for each assignment, and under None those for a result without one."""
    words: dict[str | None, Words] = {slug: Words(lang, key.catalogue) for slug, key in keys.items()}
    words[None] = Words(lang)
    return words
