"""Writing class reports, and feedback for handing back, from the gradebook or from printed results."""

from __future__ import annotations

import hashlib
import json
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from grader.cli.flows.grade import RUN
from grader.cli.flows.keeping import gradebook_place, kept
from grader.cli.flows.telling import Telling
from grader.courses import Course, LoadedAssignment, find_course, load_assignment, require_slug
from grader.courses.naming import question_name
from grader.errors import NotFound, UnreadableSubmission, UsageError
from grader.gradebook import open_gradebook
from grader.gradebook.entries import reasons_for_review
from grader.gradebook.marks import marks_for
from grader.judging.record import SCHEMA, result_from_record
from grader.model import Program, Result, Submission
from grader.policy import Mark
from grader.reports.html.report import ClassReport, ToReview, write_feedback, write_report
from grader.reports.listing import listing
from grader.reports.words import Words
from grader.saying import reason, say
from grader.submissions import collect, read_program

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook

FOLDER = "report"
HAND_BACK = "feedback"
UNKNOWN = "unknown"
"""The folder for results whose assignment could not be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What reports are made from, wherever it was kept."""

    marks: Sequence[Mark]
    queue: Sequence[tuple[str | None, ToReview]]
    places: Sequence[Path] = ()


def report(
    *,
    paths: tuple[Path, ...],
    output: Path | None,
    hand_back: Path | None,
    results: Path | None,
    course_dir: Path | None,
    assignment: str | None,
    lang: str,
    gradebook_url: str | None,
) -> int:
    """Write the reports and name them on stdout. Returns the exit code."""
    for path in paths:
        if not path.exists():
            raise NotFound(say("{path} is not there. Look at the folder you are in, and at the spelling.", path=path))
    if results is not None:
        if gradebook_url is not None:
            raise UsageError(say("--results and --gradebook are two places to read from: name one."))
        course = find_course(Path.cwd(), course_dir)
        found = _printed(results, course, assignment)
    else:
        with kept(course_dir, gradebook_url, to_read=True) as (course, gradebook):
            found = from_gradebook(gradebook, course, assignment)
    if not found.marks:
        raise NotFound(_nothing(course, assignment))
    target = output or _own_folder(course)
    if hand_back is not None:
        _require_apart(hand_back, target, {mark.assignment for mark in found.marks})
    for index in write_all(course, found, target, lang, places=paths or found.places, hand_back=hand_back):
        sys.stdout.write(f"{index}\n")
    return 0


def report_kept(course: Course, lang: str) -> list[Path]:
    """Write the reports of all that a course's own gradebook holds, where `grader report` puts them."""
    with open_gradebook(gradebook_place(course, None)) as gradebook:
        found = from_gradebook(gradebook, course, None)
    return list(write_all(course, found, _own_folder(course), lang, places=found.places))


def _require_apart(hand_back: Path, target: Path, slugs: Iterable[str]) -> None:
    """Raise UsageError where what students get back would lie beside the class's marks, and be passed on with them."""
    given = hand_back.resolve()
    for slug in slugs:
        page = (target / (slug or UNKNOWN)).resolve()
        if page.is_relative_to(given) or given.is_relative_to(page):
            raise UsageError(
                say(
                    "{hand_back} holds the class report, with the marks of all: what students get back must not lie "
                    "beside it. Name another folder for them, such as --feedback {other}.",
                    hand_back=hand_back,
                    other=shlex.quote(str(target.parent / HAND_BACK)),
                )
            )


def _own_folder(course: Course) -> Path:
    """Return the course's folder for reports. They name students, so the folder keeps itself out of a repository."""
    folder = course.root / FOLDER
    ignored = folder / ".gitignore"
    try:
        folder.mkdir(exist_ok=True)
        if not ignored.exists():
            ignored.write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(
            say(
                "{folder} can't be written: {reason}. Name another folder with --output.",
                folder=folder,
                reason=reason(error),
            )
        ) from error
    return folder


def _nothing(course: Course, assignment: str | None) -> str:
    if assignment is not None:
        require_slug(assignment, course.authored)
        return say("There is no result of {assignment} yet. Run `grader grade PATH` first.", assignment=assignment)
    return say("There is no result yet. Run `grader grade PATH` first.")


def from_gradebook(gradebook: Gradebook, course: Course, assignment: str | None) -> Kept:
    """Return the marks that count, what needs a person, and where the submissions were when they were graded."""
    queue = [
        (item.result.assignment, ToReview(student=item.result.student, reason=item.reason, path=item.result.path))
        for item in gradebook.review(assignment)
    ]
    marks = list(gradebook.marks(course.settings.policy, assignment))
    return Kept(marks=marks, queue=queue, places=list(_graded_at(gradebook)))


def _graded_at(gradebook: Gradebook) -> Iterator[Path]:
    """Yield the paths that runs were given, the latest first."""
    seen = set()
    for event in reversed(gradebook.events(RUN)):
        named = event.detail.get("paths") if isinstance(event.detail, dict) else None
        for path in named if isinstance(named, list) else ():
            if path not in seen:
                seen.add(path)
                yield Path(str(path))


def _printed(file: Path, course: Course, assignment: str | None) -> Kept:
    """Read what `grader grade --format json` printed. Raises NotFound or UsageError."""
    records: list[Any] = []
    try:
        records = list(json.loads(file.read_bytes())["results"])
        results = [result_from_record(record) for record in records]
    except OSError as error:
        raise NotFound(say("{file} can't be read: {reason}.", file=file, reason=reason(error))) from error
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        made = "grader grade PATH --format json > results.json"  # not the file that was named: it may be dear
        schemas = {str(record.get("schema")) for record in records if isinstance(record, dict)} - {str(SCHEMA)}
        if schemas:
            raise UsageError(
                say(
                    "{file} was printed by another version of the grader: its results have schema {other}, and this "
                    "one reads {schema}. Grade once more with this version: `{made}`.",
                    file=file,
                    other=", ".join(sorted(schemas)),
                    schema=SCHEMA,
                    made=made,
                )
            ) from error
        raise UsageError(
            say("{file} is not what `grader grade --format json` prints. Make one: `{made}`.", file=file, made=made)
        ) from error
    chosen = [result for result in results if assignment in (None, result.assignment)]
    chosen.sort(key=lambda result: (result.assignment or "", result.student, result.attempt))
    return Kept(
        marks=list(marks_for(chosen, (), course.settings.policy)),
        queue=[
            (result.assignment, ToReview(student=result.student, reason=reason, path=result.path))
            for result in chosen
            for reason in reasons_for_review(result)
        ],
    )


def write_all(
    course: Course,
    found: Kept,
    target: Path,
    lang: str,
    *,
    places: Iterable[Path] = (),
    hand_back: Path | None = None,
) -> Iterator[Path]:
    """Write the report of each assignment, and yield its page's path. Raises UsageError where it can't be written."""
    telling = Telling(course=course)
    submitted = Submitted(course, [path for path in places if path.exists()])
    made_at = datetime.now(ZoneInfo(course.settings.policy.zone)).strftime("%Y-%m-%d %H:%M %Z")
    for slug in dict.fromkeys(mark.assignment for mark in found.marks):
        loaded = load_assignment(course.solutions / slug) if slug in course.authored else None
        words = Words(lang, loaded.catalogue if loaded else {})
        one = ClassReport(
            assignment=slug,
            title=(loaded.assignment.title if loaded else "") or slug or words.ui("assignment unknown"),
            marks=[mark for mark in found.marks if mark.assignment == slug],
            course=course.settings.name,
            made_at=made_at,
            titles=_titles(loaded),
            queue=[item for of, item in found.queue if (of or "") == slug],
            told=telling.told,
            code=submitted.reader(loaded),
        )
        try:
            yield write_report(one, target / (slug or UNKNOWN), words)
            if hand_back is not None:
                write_feedback(one, hand_back / (slug or UNKNOWN), words)
        except OSError as error:
            raise UsageError(
                say("{filename} can't be written: {reason}.", filename=error.filename or target, reason=reason(error))
            ) from error


def _titles(loaded: LoadedAssignment | None) -> dict[str, str]:
    return {question_name(each): each.title for each in loaded.assignment.questions} if loaded else {}


@dataclass(slots=True)
class Submitted:
    """The files that were handed in, found by their content when the first one is asked for."""

    course: Course
    places: Sequence[Path]
    _by_content: dict[str, Submission] | None = field(default=None, init=False)
    _programs: dict[str, Program | None] = field(default_factory=dict, init=False)

    def reader(self, loaded: LoadedAssignment | None) -> Callable[[Result, str, bool], str | None]:
        """Return what shows a submission's code of one question of an assignment."""
        names = (
            {question_name(each): (question_name(each), *each.aliases) for each in loaded.assignment.questions}
            if loaded
            else {}
        )

        def code(result: Result, question: str, anonymous: bool) -> str | None:
            program = self._program(result)
            if program is None:
                return None
            return listing(program, names.get(question, (question,)), anonymous=anonymous)

        return code

    def _program(self, result: Result) -> Program | None:
        if result.sha256 not in self._programs:
            self._programs[result.sha256] = self._read(result)
        return self._programs[result.sha256]

    def _read(self, result: Result) -> Program | None:
        if self._by_content is None:
            self._by_content = dict(self._found())
        submission = self._by_content.get(result.sha256)
        try:
            return None if submission is None else read_program(submission.read(), submission.path)
        except UnreadableSubmission:
            return None

    def _found(self) -> Iterator[tuple[str, Submission]]:
        if not self.places:
            return
        intake = collect(self.places, slugs=self.course.authored, zone=ZoneInfo(self.course.settings.policy.zone))
        for submission in (*intake.superseded, *intake.submissions):
            try:
                yield hashlib.sha256(submission.read()).hexdigest(), submission
            except UnreadableSubmission:
                continue
