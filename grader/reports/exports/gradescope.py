"""One result as Gradescope's `results.json`, as its autograder specification has it.

https://gradescope-autograders.readthedocs.io/en/latest/specs/ - `score` and `tests` (score, max_score, status, name,
number, output, output_format, visibility, extra_data), `visibility`, `stdout_visibility`, `execution_time`. All text is
of the format `text`: Gradescope escapes it, so nothing from a submission can be markup on its pages.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from grader.authoring import Visibility
from grader.errors import UsageError
from grader.judging.record import SCHEMA, Record, mark_to_json
from grader.model import CheckResult, QuestionResult, Result, Verdict
from grader.reports.exports.cells import plain
from grader.reports.looks import absence, told_notes
from grader.reports.terminal import explanation
from grader.reports.words import Words
from grader.saying import say


class Shown(StrEnum):
    """When Gradescope shows a test to students."""

    VISIBLE = "visible"
    AFTER_DUE_DATE = "after_due_date"
    AFTER_PUBLISHED = "after_published"
    HIDDEN = "hidden"


def document(results: Sequence[Result], words: Mapping[str | None, Words], *, hidden: Shown = Shown.VISIBLE) -> str:
    """Return what `grader grade --format gradescope` prints for one submission; "" for an incomplete one.

    Of several attempts - several files - the last is taken. The messages are those of the student's own feedback.
    Raises UsageError for anything but one student's work on one assignment.
    """
    require_one({(result.assignment, result.student) for result in results})
    result = max(results, key=lambda each: each.attempt)
    speak = words.get(result.assignment, words[None])
    record = to_gradescope(
        result,
        lambda check: "\n".join(explanation(check, speak)),
        title=speak.text,
        notes=tuple(speak.message(one.code, one.params) for one in (absence(result), *told_notes(result)) if one),
        hidden=hidden,
    )
    return "" if record is None else json.dumps(record, allow_nan=False, indent=1) + "\n"


def require_one(whose: Collection[object]) -> None:
    """Raise UsageError for anything but one student's work on one assignment."""
    if len(whose) != 1:
        raise UsageError(
            say(
                "--format gradescope is for one submission of one assignment: name them with --student and --assignment"
            )
        )


def to_gradescope(
    result: Result,
    say: Callable[[CheckResult], str],
    *,
    title: Callable[[str], str] = str,
    notes: tuple[str, ...] = (),
    hidden: Shown = Shown.VISIBLE,
) -> Record | None:
    """Return a result as the JSON object that Gradescope reads; None where it must not get one.

    `say` puts a check's message and hint into words, `title` the name of a check; `notes` are the result's notes in
    words. `hidden` is when students see hidden checks: their messages carry no inputs and no answers, so at once by
    default. An incomplete result is None: without the file Gradescope reports that the autograder failed and asks for a
    person, and the student has no mark of zero for a fault of ours. An unreadable submission is told to the student
    with no points out of none; Gradescope needs some number.
    """
    if not result.questions:
        return _frame(result, Decimal(0), notes) | {"tests": [_unreadable(notes)]}
    if not result.complete or result.score is None:
        return None
    tests = [
        _test(question, check, f"{q}.{c}", say, title, hidden)
        for q, question in enumerate(result.questions, 1)
        for c, check in enumerate(question.checks, 1)
    ]
    return _frame(result, result.score, notes) | {"tests": tests}


def _frame(result: Result, score: Decimal, notes: tuple[str, ...]) -> Record:
    return {
        "score": mark_to_json(score),
        "execution_time": round(result.seconds, 3),
        "output": plain("\n".join(notes)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": Shown.VISIBLE.value,
        # What the grader itself prints is for the instructor.
        "stdout_visibility": Shown.HIDDEN.value,
        "extra_data": {"schema": SCHEMA, "sha256": result.sha256, "sandbox": result.sandbox, "flags": [*result.flags]},
    }


def _test(
    question: QuestionResult,
    check: CheckResult,
    number: str,
    say: Callable[[CheckResult], str],
    title: Callable[[str], str],
    hidden: Shown,
) -> Record:
    passed = check.verdict is Verdict.ACCEPTED
    public = check.visibility is Visibility.PUBLIC
    return {
        "name": plain(f"{question.name}: {title(check.name)}"),
        "name_format": "text",
        "number": number,
        "score": mark_to_json(max(check.score or Decimal(0), check.follow_through_score or Decimal(0))),
        "max_score": mark_to_json(check.points),
        "status": "passed" if passed else "failed",
        "output": "" if passed else plain(say(check)),
        "output_format": "text",
        "visibility": (Shown.VISIBLE if public else hidden).value,
        "extra_data": {"verdict": check.verdict.value, "code": check.code, "misconception": check.misconception},
    }


def _unreadable(notes: tuple[str, ...]) -> Record:
    return {
        "name": "The submission can be read",
        "name_format": "text",
        "number": "1",
        "score": 0,
        "max_score": 0,
        "status": "failed",
        "output": plain("\n".join(notes) or "The file could not be read: hand it in again, or ask your instructor."),
        "output_format": "text",
        "visibility": Shown.VISIBLE.value,
    }
