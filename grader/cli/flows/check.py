"""A student's own run: find the public checks, run them in a plain child process, say what came of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.flows.console import needs_ascii, wants_colour, width_of_terminal
from grader.desk.hints import Level
from grader.desk.page import coloured, page, plain_text, taken_line
from grader.desk.progress import exit_code, next_step
from grader.desk.running import Work, find_work, run_work
from grader.model import Result
from grader.records import dataclass
from grader.reports.words import Words
from grader.sandbox.opening import open_process_sandbox

if TYPE_CHECKING:
    from grader.sandbox.process import ChildWorkers


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """The arguments of `grader check`."""

    file: Path | None = None
    course_dir: Path | None = None
    assignment: str | None = None
    student: str | None = None
    form: str = "text"
    lang: str = "en"
    quiet: bool = False
    level: Level = Level.KIND
    watch: bool = False


def check(options: CheckOptions, ahead: ChildWorkers | None = None) -> int:
    """Run the public checks on a file and print the feedback. Returns the exit code.

    `ahead` is a child that was started before the arguments were read.
    """
    work = find_work(
        options.file, course_dir=options.course_dir, assignment=options.assignment, student=options.student
    )
    words = Words(options.lang, work.key.catalogue)
    if options.watch:
        from grader.cli.flows.watch import watch

        return watch(work, words, options.level)
    with open_process_sandbox(work.prepared.limits, ahead) as sandbox:
        result = run_work(work, sandbox)
        show(result, work, words, options)
    return exit_code(result)


def show(result: Result, work: Work, words: Words, options: CheckOptions) -> None:
    """Print one result: JSON to stdout, or the feedback with what it does and doesn't mean."""
    if options.form in ("json", "jsonl"):
        from grader.reports import jsonout

        by_assignment: dict[str | None, Words] = {work.key.assignment: words, None: words}
        whole = options.form == "json"
        text = jsonout.document([result], by_assignment) if whole else jsonout.line(result, by_assignment)
        sys.stdout.write(text + "\n")
        return
    hinted = options.level is Level.QUESTION
    told = bool(result.questions) and not options.quiet
    bare = options.level is Level.WHERE
    step = next_step(result, work.key, work.path.name, hinted=hinted, bare=bare) if told else None
    taken = taken_line(work.path.name, work.of, words, width=width_of_terminal())
    lines = page(
        result,
        words,
        width=width_of_terminal(),
        level=options.level,
        ascii_only=needs_ascii(sys.stdout),
        step=step,
        begin=taken,
    )
    sys.stdout.write((coloured(lines) if wants_colour(sys.stdout) else plain_text(lines)) + "\n")
    sys.stdout.flush()
