"""`grader report`: what the class doesn't understand yet, as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rich_click as click

from grader.cli import keeping, options


@click.command("report", epilog="Example: grader report --assignment logistic_regression -o report/")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where to: DIR/<assignment>/index.html. Default: report/ in the course.",
)
@click.option(
    "--feedback",
    "hand_back",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Also write each student's feedback, DIR/<assignment>/<student>.html and .md, for handing back.",
)
@click.option(
    "--results",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Read what `grader grade --format json` printed, not the gradebook.",
)
@options.course
@options.assignment
@options.lang
@keeping.gradebook
def command(**given: Any) -> int:
    """Write a class report for each assignment: one HTML page, and a page a student in files beside it.

    PATH is where the submissions are, for the code in the report; by default, where they were when they were graded.
    The page needs no network and no JavaScript, and names students: keep it where the marks are kept.
    """
    from grader.cli.flows.reporting import report

    return report(**given)
