"""`grader pack`: the file to hand in."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from grader.cli import options


@click.command("pack", epilog="Example: grader pack logistic_regression.ipynb")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Default: hand_in/ beside FILE.",
)
@options.course
@options.assignment
@options.student
@options.lang
def command(
    file: Path | None,
    folder: Path | None,
    course_dir: Path | None,
    assignment: str | None,
    student: str | None,
    lang: str,
) -> int:
    """Make the file to hand in from your own FILE: without outputs, named as the course wants it.

    Says what is still blank, and refuses a file of another assignment or one in which nothing was filled in.
    """
    from grader.cli.flows.pack import pack_file

    return pack_file(file, folder, course_dir=course_dir, assignment=assignment, student=student, lang=lang)
