"""`grader check`: a student's own run, public checks only."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from grader.cli import options


@click.command("check", epilog="Example: grader check logistic_regression.ipynb")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@options.course
@options.assignment
@options.student
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True)
@options.lang
@options.quiet
def command(
    file: Path | None,
    course_dir: Path | None,
    assignment: str | None,
    student: str | None,
    form: str,
    lang: str,
    quiet: bool,
) -> int:
    """Run the public checks on your own FILE and say why what fails fails.

    Without FILE, the exercise in the current folder. Ends with 0 when every public check passed, else with 1. Hidden
    checks run after you hand in.
    """
    from grader.cli.flows.check import check

    return check(file, course_dir=course_dir, assignment=assignment, student=student, form=form, lang=lang, quiet=quiet)
