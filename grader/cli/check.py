"""`grader check`: a student's own run, public checks only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import options
from grader.cli.helping import Helped
from grader.errors import UsageError
from grader.saying import say

if TYPE_CHECKING:
    from grader.sandbox.process import ChildWorkers


@click.command("check", cls=Helped, epilog="Example: grader check logistic_regression.ipynb")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--watch", "-w", is_flag=True, help="Run again whenever the file is saved, and show what changed.")
@click.option(
    "--hint/--no-hint",
    default=None,
    help="Add a question to ask yourself; or say only where it goes wrong, not what kind of mistake it is.",
)
@options.course
@options.assignment
@options.student
@click.option("--format", "form", type=click.Choice(["text", "json", "jsonl"]), default="text", show_default=True)
@options.lang
@options.quiet
@click.pass_obj
def command(
    ahead: ChildWorkers | None,
    file: Path | None,
    watch: bool,
    hint: bool | None,
    course_dir: Path | None,
    assignment: str | None,
    student: str | None,
    form: str,
    lang: str,
    quiet: bool,
) -> int:
    """Run the public checks on your own FILE and say why what fails fails.

    Without FILE, the exercise in the current folder. Ends with 0 when every public check passed, else with 1. Hidden
    checks run after you hand in. Nothing is saved and nothing is sent.
    """
    from grader.cli.flows.check import CheckOptions, check
    from grader.desk.hints import Level

    if watch and form != "text":
        raise UsageError(say("--watch shows text; leave out --format."))
    level = {None: Level.KIND, True: Level.QUESTION, False: Level.WHERE}[hint]
    return check(
        CheckOptions(
            file=file,
            course_dir=course_dir,
            assignment=assignment,
            student=student,
            form=form,
            lang=lang,
            quiet=quiet,
            level=level,
            watch=watch,
        ),
        ahead,
    )
