"""Grading a class: take in, grade on the lanes, print."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from grader.batch import grade_all
from grader.cli.flows.keys import instructor_keys, words_of
from grader.courses import Course, find_course, require_slug
from grader.errors import NotFound, UnreadableSubmission
from grader.grading import grade
from grader.model import Result, Submission
from grader.reports import jsonout, terminal
from grader.reports.words import Words, clean
from grader.sandbox import open_sandbox
from grader.sandbox.protocol import Sandbox
from grader.submissions import Intake, collect, read_program, read_roster, read_timestamps, settled
from grader.submissions.opening import read_regular

INCOMPLETE = 3
NOTHING_GRADED = 2


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
    dry_run: bool = False
    explain: bool = False
    student_pattern: str | None = None
    roster: Path | None = None
    timestamps: Path | None = None
    lang: str = "en"
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedClass:
    """What a run came to: the results, sorted, with the words for each assignment."""

    results: tuple[Result, ...]
    words: Mapping[str | None, Words]

    @property
    def exit_code(self) -> int:
        """0 when done, 2 when nothing could be graded, 3 when some results are incomplete through a fault of ours."""
        if any(result.questions and not result.complete for result in self.results):
            return INCOMPLETE
        return 0 if any(result.questions for result in self.results) else NOTHING_GRADED

    def speak(self, result: Result) -> Words:
        """Return the words for one result."""
        return self.words.get(result.assignment, self.words[None])

    def tables(self, *, ascii_only: bool) -> list[RenderableType]:
        """Render the class, a table an assignment."""
        slugs = dict.fromkeys(result.assignment for result in self.results)
        return [
            terminal.class_table(
                [result for result in self.results if result.assignment == slug],
                slug,
                self.words.get(slug, self.words[None]),
                ascii_only=ascii_only,
            )
            for slug in slugs
        ]


def grade_paths(options: GradeOptions) -> int:
    """Grade what the paths hold and print the results. Returns the exit code."""
    course = find_course(Path.cwd(), options.course_dir)
    intake = take_in(course, options)
    if options.dry_run:
        return dry_run(intake, options)
    done = grade_class(course, intake, options)
    if options.form == "json":
        sys.stdout.write(jsonout.document(done.results, done.words) + "\n")
    elif options.form == "text":
        show(done, explain=options.explain)
    report_intake(intake, options)
    return done.exit_code


def take_in(course: Course, options: GradeOptions) -> Intake:
    """Look through the paths for submissions. Raises NotFound for a path that isn't there."""
    for path in options.paths:
        if not path.exists() and not path.is_symlink():
            raise NotFound(f"{path} is not there. Look at the folder you are in, and at the spelling.")
    if not course.authored:
        raise NotFound(f"{course.solutions} holds no assignment. Begin one with `grader new assignment NAME`.")
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


def table(path: Path) -> bytes:
    """Read a table that the user named. Raises NotFound."""
    try:
        return read_regular(path, follow=True)
    except UnreadableSubmission as error:
        raise NotFound(f"{path} can't be read: {Words().message(error.message.code, error.message.params)}") from error


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


def grade_class(course: Course, intake: Intake, options: GradeOptions) -> GradedClass:
    """Grade all submissions on the lanes. On Ctrl-C what is in flight is finished and what is done is shown."""
    if not intake.submissions:
        raise NotFound("No submission (.py or .ipynb) in what was named. --dry-run says what was seen and left out.")
    keys = instructor_keys(course, needed(intake, course))
    words = words_of({slug: prepared.key for slug, prepared in keys.items()}, options.lang)

    def grade_one(submission: Submission, sandbox: Sandbox) -> Result:
        return grade(submission, keys, sandbox, rate=course.settings.follow_through)

    results: list[Result] = []
    total = len(intake.submissions)
    lanes = grade_all(intake.submissions, grade_one, lambda: open_sandbox(options.level), min(options.jobs, total))
    try:
        with progress(total, quiet=options.quiet) as advance:
            for result in lanes:
                results.append(result)
                if options.form == "jsonl":
                    sys.stdout.write(jsonout.line(result, words) + "\n")
                    sys.stdout.flush()
                advance(result)
    except KeyboardInterrupt:
        lanes.close()
        if options.form == "text" and results:
            show(GradedClass(results=in_order(results), words=words))
        sys.stderr.write(f"{len(results)} of {total} graded. Run the same command again for all of them.\n")
        raise
    return GradedClass(results=in_order(results), words=words)


def needed(intake: Intake, course: Course) -> list[str]:
    """Return the slugs whose answer keys are needed: all of them where a file's content has to tell."""
    told = {submission.assignment for submission in intake.submissions}
    return [slug for slug in course.authored if slug in told or None in told]


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Sort results by assignment, student and path."""
    return tuple(sorted(results, key=lambda result: (result.assignment or "", result.student, result.path)))


@contextmanager
def progress(total: int, *, quiet: bool) -> Iterator[Callable[[Result], None]]:
    """Show how far the run is on stderr: a live bar on a terminal, a plain line now and then elsewhere."""
    console = terminal.console(sys.stderr)
    if quiet or total < 2:
        yield lambda _: None
        return
    if not console.is_terminal:
        done, step = 0, max(total // 10, 25)

        def say(_: Result) -> None:
            nonlocal done
            done += 1
            if done % step == 0 or done == total:
                sys.stderr.write(f"{done} of {total} graded\n")

        yield say
        return
    columns = (
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("grading", total=total, last="")

        def advance(result: Result) -> None:
            bar.update(task, advance=1, last=Text(clean(result.student)[:24]).plain)

        yield advance


def show(done: GradedClass, *, explain: bool = False) -> None:
    """Print results for a person: one in full, several as tables."""
    console = terminal.console()
    ascii_only = terminal.needs_ascii(console)
    if len(done.results) == 1 or explain:
        parts = [
            terminal.feedback(result, done.speak(result), ascii_only=ascii_only, explain=explain)
            for result in done.results
        ]
    else:
        parts = done.tables(ascii_only=ascii_only)
    terminal.print_all(console, parts)


def report_intake(intake: Intake, options: GradeOptions) -> None:
    """Say on stderr what was left out and why, which attempts do not count, and who is missing."""
    if options.quiet:
        return
    speak = Words(options.lang)
    for refused in (*intake.unreadable, *intake.unmatched):
        reason = speak.message(refused.message.code, refused.message.params)
        sys.stderr.write(f"left out: {clean(refused.path)}: {reason}\n")
    for earlier in intake.superseded:
        sys.stderr.write(f"earlier attempt of {clean(earlier.student)}, not counted: {clean(earlier.path)}\n")
    for missing in intake.missing:
        of = f" of {missing.assignment}" if missing.assignment else ""
        sys.stderr.write(f"no submission{of} from {clean(missing.student)}\n")
    for note in intake.notes:
        sys.stderr.write(f"note: {speak.note(note)}\n")


def dry_run(intake: Intake, options: GradeOptions) -> int:
    """Say what would be graded, and what was not understood; grade nothing."""
    for submission in intake.submissions:
        attempt = f", attempt {submission.attempt}" if submission.attempt > 1 else ""
        which = submission.assignment or "assignment to be told from the file"
        sys.stdout.write(f"{clean(submission.student)}: {which}{attempt} ({clean(submission.path)})\n")
    report_intake(intake, options)
    return 0 if intake.submissions else NOTHING_GRADED
