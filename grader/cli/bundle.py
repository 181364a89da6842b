"""`grader bundle`: an autograder that another service runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rich_click as click

from grader.cli import options


@click.command("bundle", epilog="Example: grader bundle gradescope --assignment broadcasting -o broadcasting.zip")
@click.argument("service", metavar="SERVICE", type=click.Choice(["gradescope"]))
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Default: <assignment>.zip here.")
@click.option(
    "--wheels",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="A folder of wheels to take along, where the image is built without a network (`pip download`).",
)
@click.option(
    "--sandbox", "level", type=click.Choice(["auto", "full", "core", "none"]), default="auto", show_default=True
)
@options.course
@options.assignment
@options.lang
def command(**given: Any) -> int:
    """Make the zip that SERVICE (gradescope) runs as its autograder: this grader and one assignment.

    It holds the hidden checks and the course's secret: give it to nobody but the service.
    """
    from grader.cli.flows.bundling import bundle

    return bundle(**given)
