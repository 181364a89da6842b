"""What `grader grade` is asked for, and what of it there is: the options, the submissions, what was left out."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from grader.cli.voice import put, sentence_of, tell
from grader.courses import Course, require_slug
from grader.errors import NotFound, UnreadableSubmission
from grader.model import Submission
from grader.policy import Attempts
from grader.reports.words import Words, clean
from grader.saying import say
from grader.submissions import Intake, collect, read_program, read_roster, read_timestamps, settled
from grader.submissions.opening import read_regular

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook

NOTHING_GRADED = 2
MOST_EARLIER = 5
"""Earlier attempts that are named one by one where a class is graded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeOptions:
    """The arguments of `grader grade`."""

    paths: tuple[Path, ...]
    course_dir: Path | None = None
    assignment: str | None = None
    student: str | None = None
    form: str = "text"
    jobs: int = 1
    level: str = "auto"
    cluster: str | None = None
    dry_run: bool = False
    explain: bool = False
    student_pattern: str | None = None
    roster: Path | None = None
    timestamps: Path | None = None
    regrade: bool = False
    gradebook_url: str | None = None
    no_gradebook: bool = False
    feedback: str | None = None
    lang: str = "en"
    quiet: bool = False


def take_in(course: Course, options: GradeOptions) -> Intake:
    """Look through the paths for submissions. Raises NotFound for a path that isn't there."""
    for path in options.paths:
        if not path.exists() and not path.is_symlink():
            raise NotFound(_not_there(path))
    if not course.authored:
        raise NotFound(
            say(
                "{solutions} holds no assignment. Begin one with `grader new assignment NAME`.",
                solutions=course.solutions,
            )
        )
    if options.assignment:
        require_slug(options.assignment, course.authored)
    zone = ZoneInfo(course.settings.policy.zone)
    intake = collect(
        options.paths,
        slugs=course.authored,
        assignment=options.assignment,
        student=options.student,
        student_pattern=options.student_pattern,
        roster=read_roster(table(options.roster), options.roster.name) if options.roster else None,
        timestamps=read_timestamps(table(options.timestamps), options.timestamps.name, zone=zone)
        if options.timestamps
        else (),
        zone=zone,
    )
    return by_marker(intake, course.authored)


def _not_there(path: Path) -> str:
    return say("{path} is not there. Look at the folder you are in, and at the spelling.", path=path)


def table(path: Path) -> bytes:
    """Read a table that the user named. Raises NotFound."""
    if not path.exists():
        raise NotFound(_not_there(path))
    try:
        return read_regular(path, follow=True)
    except UnreadableSubmission as error:
        raise NotFound(
            say(
                "{path} can't be read: {message}",
                path=path,
                message=sentence_of(error.message),
            )
        ) from error


def by_marker(intake: Intake, slugs: Collection[str]) -> Intake:
    """Tell the assignment of what is nowhere named by the marker in the file; then attempts can be told apart too."""
    if all(submission.assignment is not None for submission in intake.submissions):
        return intake
    told = []
    for submission in intake.submissions:
        try:
            marker = None if submission.assignment else read_program(submission.read(), submission.path).marker
        except UnreadableSubmission:
            marker = None
        told.append(replace(submission, assignment=marker) if marker in slugs else submission)
    latest, earlier = settled(told)
    return replace(intake, submissions=tuple(latest), superseded=(*intake.superseded, *earlier))


def counted(intake: Intake, course: Course) -> Sequence[Submission]:
    """Return what is to be graded: the latest attempts, and all where the best one counts. Raises NotFound for none."""
    submissions = intake.submissions
    if course.settings.policy.attempts is Attempts.BEST:
        submissions = (*submissions, *intake.superseded)
    if not submissions:
        raise NotFound(
            say("No submission (.py or .ipynb) in what was named. --dry-run says what was seen and left out.")
        )
    return submissions


def with_known_times(submissions: Sequence[Submission], gradebook: Gradebook, *, quiet: bool) -> list[Submission]:
    """Give submissions of which nothing says when they were handed in the time that an earlier run was told.

    Else a run without `--timestamps` would take back what lateness costs.
    """
    timeless = any(submission.submitted_at is None for submission in submissions)
    times = gradebook.times() if timeless else {}
    # Of a file whose content tells its assignment that is known only once it is graded.
    times |= {("", student, sha256): at for (_, student, sha256), at in times.items()}
    students = {student for _, student, _ in times}
    found: list[Submission] = []
    count = 0
    for submission in submissions:
        at = None
        if submission.submitted_at is None and submission.student in students:
            at = _known_time(submission, times)
        count += at is not None
        found.append(submission if at is None else replace(submission, submitted_at=at))
    if count and not quiet:
        total = len(found)
        tell(
            say(
                "{count} of {total} keep the time of handing in that an earlier run was told; --timestamps changes it.",
                count=count,
                total=total,
            )
        )
    return found


def _known_time(submission: Submission, times: Mapping[tuple[str, str, str], datetime]) -> datetime | None:
    try:
        sha256 = hashlib.sha256(submission.read()).hexdigest()
    except UnreadableSubmission:
        return None
    return times.get((submission.assignment or "", submission.student, sha256))


def needed(submissions: Iterable[Submission], course: Course) -> list[str]:
    """Return the slugs whose answer keys are needed: all of them where a file's content has to tell."""
    told = {submission.assignment for submission in submissions}
    return [slug for slug in course.authored if slug in told or None in told]


def report_intake(intake: Intake, course: Course, options: GradeOptions) -> None:
    """Say on stderr what was left out and why, what becomes of earlier attempts, and who is missing."""
    if options.quiet:
        return
    speak = Words(options.lang)
    for refused in (*intake.unreadable, *intake.unmatched):
        reason = speak.message(refused.message.code, refused.message.params)
        tell(say("left out: {path}: {reason}", path=clean(refused.path), reason=reason))
    best = course.settings.policy.attempts is Attempts.BEST
    # Where nothing is graded, the list is what was asked for.
    listed = len(intake.superseded) if options.dry_run or len(intake.superseded) <= MOST_EARLIER + 1 else MOST_EARLIER
    for earlier in intake.superseded[:listed]:
        where = {"student": clean(earlier.student), "path": clean(earlier.path)}
        if best:
            tell(say("earlier attempt of {student}, graded as well, for the best one counts: {path}", **where))
        else:
            tell(say("earlier attempt of {student}, not counted: {path}", **where))
    if more := len(intake.superseded) - listed:
        tell(
            say("… and {count} more earlier attempts, graded as well. --dry-run names them all.", count=more)
            if best
            else say("… and {count} more earlier attempts, not counted. --dry-run names them all.", count=more)
        )
    for missing in intake.missing:
        of = say(" of {assignment}", assignment=missing.assignment) if missing.assignment else ""
        tell(say("no submission{of} from {student}", of=of, student=clean(missing.student)))
    for note in intake.notes:
        tell(say("note: {note}", note=speak.note(note)))
    for each in course.deadlines_of_nothing(needed(counted(intake, course), course)):
        tell(say("note: {warning}", warning=each))
    if nobodys := _extensions_of_nobody(intake, course):
        tell(
            say(
                "note: solutions/course.toml has extensions for names under which nobody handed in here: {names}. "
                "Compare them: the student's name must be written as it is here.",
                names=", ".join(clean(name, 60) for name in nobodys),
            )
        )


def _extensions_of_nobody(intake: Intake, course: Course) -> list[str]:
    """Return who has an extension for what is graded, and is neither among the students nor in the roster.

    A name that is misspelt there costs its student marks. Where only one student's file is graded, nothing is missed.
    """
    found = (*intake.submissions, *intake.superseded)
    students = {submission.student for submission in found}
    if len(students) < 2:
        return []
    graded = {submission.assignment for submission in found}
    return sorted(
        {
            extension.student
            for extension in course.settings.policy.extensions
            if extension.assignment is None or extension.assignment in graded
        }
        - students
        - intake.identities.keys()
    )


def dry_run(intake: Intake, course: Course, options: GradeOptions) -> int:
    """Say what would be graded, what can't be read, and what was not understood; grade nothing."""
    speak = Words(options.lang)
    readable = 0
    for submission in intake.submissions:
        attempt = say(", attempt {attempt}", attempt=submission.attempt) if submission.attempt > 1 else ""
        which: str
        try:
            read_program(submission.read(), submission.path)
        except UnreadableSubmission as error:
            which = say("unreadable: {message}", message=speak.message(error.message.code, error.message.params))
        else:
            readable += 1
            which = submission.assignment or say("assignment to be told from the names that it defines")
        named = {"student": clean(submission.student), "path": clean(submission.path)}
        put(say("{student}: {which}{attempt} ({path})", which=which, attempt=attempt, **named))
        for flag in submission.flags:
            put(f"    {speak.message(flag, {})}")
    report_intake(intake, course, options)
    return 0 if readable else NOTHING_GRADED
