"""Finding again what a student handed in: the file, with those beside it, wherever the run that graded it found it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from grader.cli.flows.grade import RUN
from grader.cli.voice import tell
from grader.courses import Course
from grader.errors import NotFound, UnreadableSubmission
from grader.model import Program, Result, Submission
from grader.saying import say
from grader.submissions import collect, read_program, read_siblings
from grader.text import clean

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook

RUNS = 20
"""How many of the latest runs are looked through."""


def places_of(gradebook: Gradebook) -> list[tuple[Path, ...]]:
    """Return what the latest runs graded, the last one first."""
    places: dict[tuple[Path, ...], None] = {}
    for event in reversed(gradebook.events(RUN)):
        named = event.detail.get("paths") if isinstance(event.detail, dict) else None
        if isinstance(named, list):
            places.setdefault(tuple(Path(str(path)) for path in named))
    return list(places)[:RUNS]


def program_of(result: Result, file: Path | None, places: Iterable[Sequence[Path]], course: Course) -> Program:
    """Return the program that was graded: from `file` - a file, a folder or an archive -, else from where it was.

    Raises NotFound where it isn't there any more. A file that changed since is taken, with a word of warning.
    """
    found = _find(result, [(file,)] if file else places, course)
    if found is None:
        where = say("{file} does not hold it", file=file) if file else say("it is not where it was when it was graded")
        raise NotFound(
            say(
                "What {student} handed in ({path}) can't be found: {where}. Name the file, or the folder "
                "or archive that it is in, with --file.",
                student=clean(result.student),
                path=clean(result.path),
                where=where,
            )
        )
    submission, data = found
    if hashlib.sha256(data).hexdigest() != result.sha256:
        tell(
            say(
                "Note: {path} is not the file that was graded; what follows is what it does now.",
                path=clean(submission.path),
            )
        )
    return replace(read_program(data, submission.path), siblings=read_siblings(submission.siblings))


def _find(result: Result, places: Iterable[Sequence[Path]], course: Course) -> tuple[Submission, bytes] | None:
    """Return the submission with the bytes that were graded; else one that can only be it, changed since."""
    changed: tuple[Submission, bytes] | None = None
    for paths in places:
        for submission in _candidates(result, [path for path in paths if path.exists()], course):
            try:
                data = submission.read()
            except UnreadableSubmission:
                continue
            if hashlib.sha256(data).hexdigest() == result.sha256:
                return submission, data
            changed = changed or (submission, data)
    return changed


def _candidates(result: Result, paths: Sequence[Path], course: Course) -> Iterator[Submission]:
    if not paths:
        return
    zone = ZoneInfo(course.settings.policy.zone)
    intake = collect(paths, slugs=course.authored, zone=zone)
    there = (*intake.submissions, *intake.superseded)
    if len(there) == 1:
        yield from there
        return
    # With `--student` or a pattern it had another name then: its path is the same.
    yield from (each for each in there if each.path == result.path)
    yield from (each for each in there if each.path != result.path and each.student == result.student)
