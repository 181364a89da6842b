"""`grader show`: a student's feedback, and for instructors the inputs behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rich_click as click

from grader.cli import keeping, options


@click.command("show", epilog="Example: grader show ada propagate --instructor --file downloads/ada.ipynb")
@click.argument("student", metavar="STUDENT")
@click.argument("question", required=False, metavar="[QUESTION]")
@click.option(
    "--instructor", is_flag=True, help="The real hidden inputs, what was expected and what came; runs the file."
)
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The student's file, where it isn't found by itself.",
)
@click.option("--case", type=click.IntRange(min=1), metavar="N", help="With --instructor: run just this case.")
@click.option(
    "--sandbox", "level", type=click.Choice(["auto", "full", "core", "none"]), default="auto", show_default=True
)
@keeping.attempt
@options.course
@options.assignment
@options.feedback
@options.lang
@keeping.gradebook
def command(**given: Any) -> int:
    """Show a student's feedback as the student sees it, with what was adjusted by hand and what lateness cost."""
    from grader.cli.flows.showing import show

    return show(**given)
