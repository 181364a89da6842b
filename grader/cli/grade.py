"""`grader grade`: hidden and public checks, for one submission or a whole class."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rich_click as click

from grader.cli import keeping, options

FORMATS = ("text", "json", "jsonl", "gradescope")


@click.command("grade", epilog="Example: grader grade downloads/ --jobs 2 --format json > results.json")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@options.course
@options.assignment
@options.student
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "jsonl", "gradescope"]), default="text", show_default=True
)
@options.jobs
@click.option(
    "--sandbox",
    "level",
    type=click.Choice(["auto", "full", "core", "none"]),
    default="auto",
    show_default=True,
    help="How student code is confined; `none` is your explicit choice to run it UNCONFINED.",
)
@click.option(
    "--cluster",
    metavar="local:N|tcp://HOST:PORT|FILE.json",
    help="Grade on the workers of a Dask cluster, instead of on lanes here; see grader/batch/README.md.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Say what would be graded, and grade nothing; with --regrade: who would gain or lose, and record nothing.",
)
@click.option("--regrade", is_flag=True, help="Grade anew what was graded before too.")
@keeping.gradebook
@click.option("--no-gradebook", is_flag=True, help="Look nothing up and keep nothing.")
@click.option("--explain", is_flag=True, help="For each graded name: where it was found, what ran, what was skipped.")
@click.option(
    "--student-pattern", metavar="REGEX", help="How to read the student from a path; needs a group named student."
)
@click.option(
    "--roster", type=click.Path(path_type=Path, dir_okay=False), help="CSV of the class: says who is missing."
)
@click.option("--timestamps", type=click.Path(path_type=Path, dir_okay=False), help="CSV of the times of handing in.")
@options.feedback
@options.lang
@options.quiet
def command(**given: Any) -> int:
    """Grade submissions of one assignment or several: files, folders, archives, LMS downloads.

    Results are kept in the course's gradebook: the same work is never graded twice, an interrupted run goes on where it
    was, and after a changed check only the questions that it touches are graded. They go to stdout, progress and notes
    to stderr. Ends with 0 when done (bad files among good ones are flags),
    2 when nothing could be graded, 3 when some results are incomplete.
    """
    from grader.cli.flows.class_intake import GradeOptions
    from grader.cli.flows.grade import grade_paths

    return grade_paths(GradeOptions(**given))
