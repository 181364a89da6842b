"""`grader export`: marks for spreadsheets, LMSs and other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rich_click as click

from grader.cli import keeping, options

FORMATS = ("csv", "canvas", "moodle", "junit", "jsonl")


@click.command("export", epilog="Example: grader export canvas --fill exported.csv --column 'Week 2' -o import.csv")
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Where to. Default: stdout.")
@click.option(
    "--fill",
    type=click.Path(path_type=Path, dir_okay=False),
    help="canvas, moodle: the file that the LMS exported; it is filled, so that its ids match.",
)
@click.option("--column", metavar="TITLE", help="canvas, moodle: the column to fill.")
@click.option("--match", metavar="TITLE", help="moodle: the column that says who a student is.")
@click.option("--roster", type=click.Path(path_type=Path, dir_okay=False), help="CSV of the class, for other names.")
@click.option("--scale", is_flag=True, help="Bring marks to the LMS's points where they differ from ours.")
@options.course
@options.assignment
@options.lang
@keeping.gradebook
def command(**given: Any) -> int:
    """Write the marks that count as FORMAT: csv, canvas, moodle, junit or jsonl.

    Lateness, adjustments by hand and the choice of the attempt are in. What could not be filled is told on stderr.
    """
    from grader.cli.flows.exporting import export

    return export(**given)
