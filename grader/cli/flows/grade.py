"""Grading a class: take in, grade on the lanes, print."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import RenderableType

from grader.batch.class_run import ClassRun
from grader.batch.tally import Tally, Way, quantile
from grader.cli.flows import previewing
from grader.cli.flows.class_intake import NOTHING_GRADED, GradeOptions, counted, dry_run, needed, report_intake, take_in
from grader.cli.flows.keeping import gradebook_place, kept
from grader.cli.flows.keys import instructor_keys, words_of
from grader.cli.flows.previewing import Preview
from grader.cli.flows.progress import progress, standings
from grader.courses import Course, find_course
from grader.errors import NotFound, UsageError
from grader.gradebook import open_gradebook
from grader.grading import Prepared
from grader.model import Result, Submission
from grader.policy import Feedback
from grader.reports import jsonout, looks, terminal
from grader.reports.exports import gradescope
from grader.reports.levels import at_level
from grader.reports.words import Words
from grader.sandbox import open_sandbox
from grader.submissions import Intake

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook

INCOMPLETE = 3
INTERRUPTED = 130
LISTED = 1000
"""Submissions that are listed one by one; of a larger class the counts are shown, and the gradebook has the rest."""
QUARTILES = (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))
RUN = "run"
"""The event of a run: its paths say later where a submission was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedClass:
    """What a run came to: the results, sorted, with the words for each assignment.

    Of a class too large to be listed there are the counts only: its results are in the gradebook.
    """

    results: tuple[Result, ...]
    words: Mapping[str | None, Words]
    tally: Tally
    total: int
    review: int = 0
    """How many matters of the whole gradebook need a person."""
    stopped: bool = False

    @property
    def exit_code(self) -> int:
        """0 when done, 2 when nothing could be graded, 3 when some results are incomplete through a fault of ours."""
        if self.stopped:
            return INTERRUPTED
        if self.tally.verdicts["incomplete"]:
            return INCOMPLETE
        return 0 if self.tally.done > self.tally.verdicts["unreadable"] else NOTHING_GRADED

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
    if options.no_gradebook and (options.regrade or options.gradebook_url):
        raise UsageError("--no-gradebook goes with neither --gradebook nor --regrade: these are about what is kept.")
    course = find_course(Path.cwd(), options.course_dir)
    intake = take_in(course, options)
    if options.dry_run:
        return preview(course, intake, options) if options.regrade else dry_run(intake, options)
    done = grade_class(course, intake, options)
    if options.form == "json" and not done.stopped:
        sys.stdout.write(jsonout.document(done.results, done.words) + "\n")
    elif options.form == "gradescope" and not done.stopped:
        sys.stdout.write(gradescope.document(done.results, done.words))
    elif options.form == "text" and done.results:
        show(done, explain=options.explain)
    elif options.form == "text" and not options.quiet:
        sys.stdout.writelines(f"{line}\n" for line in at_a_glance(done.tally))
    report_intake(intake, options)
    report_run(done, options)
    return done.exit_code


def grade_class(course: Course, intake: Intake, options: GradeOptions) -> GradedClass:
    """Grade all submissions on the lanes, and keep the results. On Ctrl-C what is in flight is finished."""
    submissions = counted(intake, course)
    if not submissions:
        raise NotFound("No submission (.py or .ipynb) in what was named. --dry-run says what was seen and left out.")
    keys = instructor_keys(course, needed(submissions, course))
    words = words_of({slug: prepared.key for slug, prepared in keys.items()}, options.lang)
    with gradebook_of(course, options) as gradebook:
        if gradebook is not None:
            gradebook.record_event(RUN, detail={"paths": [str(path.absolute()) for path in options.paths]})
        run = class_run(course, keys, gradebook, options)
        kept = run_through(run, submissions, words, options, partial(reduced, course, options.feedback))
        review = 0 if gradebook is None or run.stopped else sum(1 for _ in gradebook.review())
    return GradedClass(
        results=in_order(kept),
        words=words,
        tally=run.tally,
        total=len(submissions),
        review=review,
        stopped=run.stopped,
    )


def class_run(
    course: Course, keys: Mapping[str, Prepared], gradebook: Gradebook | None, options: GradeOptions
) -> ClassRun:
    """Make the run that the course's settings and the options ask for."""
    return ClassRun(
        keys,
        rate=course.settings.follow_through,
        policy=course.settings.policy,
        gradebook=gradebook,
        again=options.regrade,
        preview=options.dry_run,
    )


def reduced(course: Course, feedback: str | None, result: Result) -> Result:
    """Return what is told of a result: as asked for, else as the course has it. The gradebook keeps the whole."""
    return at_level(result, Feedback(feedback) if feedback else course.settings.feedback_for(result.assignment))


def run_through(
    run: ClassRun,
    submissions: Sequence[Submission],
    words: Mapping[str | None, Words],
    options: GradeOptions,
    reduce: Callable[[Result], Result],
) -> list[Result]:
    """Run, show how far it is, and return what is to be shown: all results, or of a large class none."""
    kept: list[Result] = []
    whole = options.form in ("json", "gradescope")
    total = len(submissions)
    with (
        finishing_on_interrupt(run),
        progress(total, run.tally, quiet=options.quiet) as advance,
        closing(run.results(submissions, lambda: open_sandbox(options.level), min(options.jobs, total))) as results,
    ):
        for result in map(reduce, results):
            if options.form == "jsonl":
                sys.stdout.write(jsonout.line(result, words) + "\n")
                sys.stdout.flush()
            elif whole or total <= LISTED or options.explain:
                kept.append(result)
            advance()
    return kept


@contextmanager
def gradebook_of(course: Course, options: GradeOptions) -> Iterator[Gradebook | None]:
    """Open the course's gradebook, made where there is none yet; None for `--no-gradebook`."""
    if options.no_gradebook:
        yield None
        return
    with open_gradebook(gradebook_place(course, options.gradebook_url)) as gradebook:
        yield gradebook


@contextmanager
def finishing_on_interrupt(run: ClassRun) -> Iterator[None]:
    """Let Ctrl-C end a run after what is in flight; a second Ctrl-C ends it at once, and loses no more than that."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def finish(_number: int, _frame: object) -> None:
        run.stop()
        signal.signal(signal.SIGINT, leave)
        os.write(2, b"\nFinishing what is in flight. Ctrl-C again leaves at once.\n")

    def leave(_number: int, _frame: object) -> None:
        # The gradebook bears being killed, and the sandbox ends with this process: nothing has to be waited for.
        os._exit(INTERRUPTED)

    before = signal.signal(signal.SIGINT, finish)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def preview(course: Course, intake: Intake, options: GradeOptions) -> int:
    """Say who would gain or lose if all were graded anew; record nothing."""
    submissions = counted(intake, course)
    if not submissions:
        raise NotFound("No submission (.py or .ipynb) in what was named. --dry-run says what was seen and left out.")
    keys = instructor_keys(course, needed(submissions, course))
    found = Preview()
    total = len(submissions)
    with kept(options.course_dir, options.gradebook_url) as (_, gradebook):
        run = class_run(course, keys, gradebook, options)
        with (
            finishing_on_interrupt(run),
            progress(total, run.tally, quiet=options.quiet) as advance,
            closing(run.results(submissions, lambda: open_sandbox(options.level), min(options.jobs, total))) as results,
        ):
            for result in results:
                found.add(gradebook.results(result.assignment or "", result.student), result)
                advance()
    previewing.show(found.summed(), options.form)
    if not options.quiet:
        sys.stderr.write("Nothing was recorded. Without --dry-run the same command records it.\n")
    return INTERRUPTED if run.stopped else 0


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Sort results by assignment, student, attempt and path."""
    return tuple(sorted(results, key=lambda each: (each.assignment or "", each.student, each.attempt, each.path)))


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


def at_a_glance(tally: Tally) -> Iterator[str]:
    """Describe a class that is too large to be listed: how the scores of each assignment lie."""
    for slug, scores in sorted(tally.scores.items()):
        total = scores.total()
        mean = sum((score * count for score, count in scores.items()), Decimal(0)) / total
        quarter, median, most = (looks.number(quantile(scores, share)) for share in QUARTILES)
        least, best = looks.number(min(scores)), looks.number(max(scores))
        yield (
            f"{slug}: {total} scored, mean {looks.number(mean.quantize(Decimal('0.1')))}, median {median}, "
            f"half between {quarter} and {most}, lowest {least}, highest {best}"
        )


def report_run(done: GradedClass, options: GradeOptions) -> None:
    """Say on stderr what was graded, what was known, how the class stands, and what to do next."""
    if options.quiet and not done.stopped:
        return
    tally = done.tally
    if done.stopped:
        kept_ones = "" if options.no_gradebook else " and recorded; the same command goes on from there"
        sys.stderr.write(f"Interrupted: {tally.done} of {done.total} done{kept_ones}.\n")
        return
    if done.total < 2 and not tally.kept and not tally.ways[Way.UNCHANGED]:
        return
    say = [f"{done.total} submission{'s' if done.total > 1 else ''}: {standings(tally)}."]
    if known := tally.ways[Way.UNCHANGED]:
        say.append(f"{known} {'were' if known > 1 else 'was'} graded before and stay; --regrade does them anew.")
    if copies := tally.ways[Way.COPIED]:
        say.append(f"{copies} had been graded before, for another student or place: the result was copied.")
    if partly := tally.ways[Way.PARTLY]:
        graded = ", ".join(f"{name} {tally.graded[name]}x" for name in sorted(tally.graded))
        same = ", ".join(sorted(set(tally.kept) - set(tally.graded)))
        say.append(f"{partly} were graded in part. Graded: {graded or 'nothing'}. Taken over: {same or 'the rest'}.")
    if tally.late:
        say.append(f"{tally.late} late; what lateness costs is in `grader export` and `grader show`.")
    if done.review:
        say.append(f"{done.review} need{'' if done.review > 1 else 's'} a person: `grader review`.")
    if done.total > LISTED and options.form == "text" and not options.no_gradebook:
        say.append("`grader export csv` has every mark; `grader show STUDENT` the feedback.")
    for line in say:
        sys.stderr.write(line + "\n")
