"""`grader review`: what needs a person."""

from __future__ import annotations

from typing import Any

import rich_click as click

from grader.cli import keeping, options


@click.command("review", epilog='Example: grader review --settle ada time_limit --why "the loop never ends; seen"')
@click.option("--settle", nargs=2, metavar="STUDENT REASON", help="Settle one matter, by a reason from the list.")
@click.option("--why", metavar="TEXT", help="Why it is settled; it is kept.")
@click.option("--all", "settled", is_flag=True, help="List what was settled too, with who and why.")
@keeping.who
@keeping.attempt
@options.course
@options.assignment
@keeping.gradebook
def command(**given: Any) -> int:
    """List what needs a person: unreadable files, unknown students, incomplete results, time limits.

    Settling a matter changes no mark: `grader adjust` does.
    """
    from grader.cli.flows.by_hand import review

    return review(**given)
