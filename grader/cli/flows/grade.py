"""Grading a class: take in, grade on the lanes, print."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.class_run import ClassRun
from grader.batch.cluster.places import require_confinement
from grader.cli.flows import previewing
from grader.cli.flows.class_intake import (
    GradeOptions,
    counted,
    dry_run,
    needed,
    report_intake,
    take_in,
    with_known_times,
)
from grader.cli.flows.counting import other_marks
from grader.cli.flows.graded_class import (
    INCOMPLETE,
    INTERRUPTED,
    LISTED,
    GradedClass,
    at_a_glance,
    in_order,
    report_run,
    show,
)
from grader.cli.flows.keeping import gradebook_place, is_missing, kept
from grader.cli.flows.keys import instructor_keys, words_of
from grader.cli.flows.previewing import Preview
from grader.cli.flows.progress import progress
from grader.cli.flows.running import Running, place_for
from grader.cli.flows.telling import Telling
from grader.cli.voice import in_words, put, tell
from grader.courses import Course, find_course
from grader.errors import UsageError
from grader.gradebook import open_gradebook
from grader.model import Result, Submission
from grader.policy import Feedback
from grader.reports import jsonout
from grader.reports.exports import gradescope
from grader.reports.words import Words
from grader.saying import say
from grader.submissions import Intake

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook

RUN = "run"
"""The event of a run: its paths say later where a submission was."""


def grade_paths(options: GradeOptions) -> int:
    """Grade what the paths hold and print the results. Returns the exit code."""
    if options.no_gradebook and (options.regrade or options.gradebook_url):
        raise UsageError(
            say("--no-gradebook goes with neither --gradebook nor --regrade: these are about what is kept.")
        )
    if options.cluster is not None:
        require_confinement(options.cluster, options.level)
    course = find_course(Path.cwd(), options.course_dir)
    intake = take_in(course, options)
    if options.dry_run:
        return preview(course, intake, options) if options.regrade else dry_run(intake, course, options)
    if options.form == "gradescope":
        gradescope.require_one({(each.assignment, each.student) for each in counted(intake, course)})
    done = grade_class(course, intake, options)
    if options.form == "json" and not done.stopped:
        sys.stdout.write(jsonout.document(done.results, done.words) + "\n")
    elif options.form == "gradescope" and not done.stopped:
        sys.stdout.write(gradescope.document(done.results, done.words))
    elif options.form == "text" and done.results:
        show(done, explain=options.explain)
    elif options.form == "text" and not options.quiet:
        for line in at_a_glance(done.tally):
            put(line)
    report_intake(intake, course, options)
    report_run(done, options)
    return done.exit_code


def grade_class(course: Course, intake: Intake, options: GradeOptions) -> GradedClass:
    """Grade all submissions on the lanes, and keep the results. On Ctrl-C what is in flight is finished."""
    submissions = counted(intake, course)
    asked = Feedback(options.feedback) if options.feedback else None
    telling = Telling(course=course, feedback=asked, anonymous=options.form == "gradescope")
    slugs = needed(submissions, course)
    keys = instructor_keys(course, slugs, telling.with_examples(slugs))
    words = words_of({slug: prepared.key for slug, prepared in keys.items()}, options.lang)
    with place_for(course, keys, options, len(submissions)) as place, gradebook_of(course, options) as gradebook:
        if gradebook is not None:
            gradebook.record_event(RUN, detail={"paths": [str(path.absolute()) for path in options.paths]})
            submissions = with_known_times(submissions, gradebook, quiet=options.quiet)
        lanes = place.running(gradebook)
        kept = run_through(lanes, submissions, words, options, telling.told)
        run = lanes.run
        review, otherwise = 0, []
        if gradebook is not None and not run.stopped:
            review = sum(1 for _ in gradebook.review())
            otherwise = list(other_marks(gradebook, course.settings.policy, kept))
    return GradedClass(
        results=in_order(kept),
        words=words,
        tally=run.tally,
        total=len(submissions),
        review=review,
        otherwise=tuple(otherwise),
        stopped=run.stopped,
    )


def run_through(
    lanes: Running,
    submissions: Sequence[Submission],
    words: Mapping[str | None, Words],
    options: GradeOptions,
    reduce: Callable[[Result], Result],
) -> list[Result]:
    """Run, show how far it is, and return what is to be shown: all results, or of a large class none."""
    run = lanes.run
    kept: list[Result] = []
    whole = options.form in ("json", "gradescope")
    total = len(submissions)
    with (
        finishing_on_interrupt(run, recorded=not options.no_gradebook),
        progress(total, run.tally, quiet=options.quiet) as advance,
        closing(lanes.results(submissions)) as results,
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
    place = gradebook_place(course, options.gradebook_url)
    # A name that is misspelt would begin another gradebook, and leave the marks of the class in two.
    begun = options.gradebook_url is not None and is_missing(place)
    with open_gradebook(place) as gradebook:
        if begun and not options.quiet:
            tell(say("A new gradebook was begun: {place}", place=place))
        yield gradebook


@contextmanager
def finishing_on_interrupt(run: ClassRun, *, recorded: bool) -> Iterator[None]:
    """Let Ctrl-C end a run after what is in flight; a second Ctrl-C ends it at once, and loses no more than that."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    finishing = _bytes(say("Finishing what is in flight. Ctrl-C again leaves at once."))
    leaving = _bytes(
        say("Interrupted at once: what was recorded is kept, and the same command goes on from there.")
        if recorded
        else say("Interrupted at once: nothing was recorded.")
    )

    def finish(_number: int, _frame: object) -> None:
        run.stop()
        signal.signal(signal.SIGINT, leave)
        os.write(2, finishing)

    def leave(_number: int, _frame: object) -> None:
        # The gradebook bears being killed, and the sandbox ends with this process: nothing has to be waited for.
        os.write(2, leaving)
        os._exit(INTERRUPTED)

    before = signal.signal(signal.SIGINT, finish)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _bytes(sentence: str) -> bytes:
    """Return a line as a handler of signals writes it, which can't wait for a stream that is being written to."""
    return f"\n{in_words(sentence)}\n".encode(sys.stderr.encoding or "utf-8", "replace")


def preview(course: Course, intake: Intake, options: GradeOptions) -> int:
    """Say who would gain or lose if all were graded anew; record nothing."""
    submissions = counted(intake, course)
    keys = instructor_keys(course, needed(submissions, course))
    found = Preview(course.settings.policy)
    total = len(submissions)
    with (
        place_for(course, keys, options, total) as place,
        kept(options.course_dir, options.gradebook_url) as (_, gradebook),
    ):
        submissions = with_known_times(submissions, gradebook, quiet=options.quiet)
        lanes = place.running(gradebook)
        run = lanes.run
        with (
            finishing_on_interrupt(run, recorded=False),
            progress(total, run.tally, quiet=options.quiet) as advance,
            closing(lanes.results(submissions)) as results,
        ):
            for result in results:
                who = (result.assignment or "", result.student)
                found.add(gradebook.results(*who), result, gradebook.adjustments(*who))
                advance()
    previewing.show(found.summed(), options.form)
    if not options.quiet:
        tell(say("Nothing was recorded. Without --dry-run the same command records it."))
    if run.stopped:
        return INTERRUPTED
    return INCOMPLETE if run.tally.verdicts["incomplete"] else 0
