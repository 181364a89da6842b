"""Answer keys under other secrets, without what an audit needs only once."""

from __future__ import annotations

from dataclasses import replace

from grader.authoring import NoLoop
from grader.courses.keys import answer_key
from grader.courses.references import LoadedAssignment
from grader.model import AnswerKey


def seeded_key(loaded: LoadedAssignment, secret: bytes) -> AnswerKey:
    """Return the key that a secret gives, without misconceptions and without what is measured."""
    questions = tuple(
        replace(
            question,
            misconceptions=(),
            checks=tuple(check for check in question.checks if not isinstance(check.kind, NoLoop)),
        )
        for question in loaded.assignment.questions
    )
    return answer_key(replace(loaded, assignment=replace(loaded.assignment, questions=questions)), secret)
