"""`grader adjust`: marks by hand, kept through regrades."""

from __future__ import annotations

from typing import Any

import rich_click as click

from grader.cli import keeping, options


@click.command("adjust", epilog='Example: grader adjust ada propagate --points 18 --why "a typing error only"')
@click.argument("student", metavar="STUDENT")
@click.argument("question", required=False, metavar="[QUESTION]")
@click.option("--points", metavar="P", help="What it counts: 18 sets it, +2 or -1.5 adds to it.")
@click.option("--excuse", is_flag=True, help="Excuse the student from the assignment: no mark, and no zero.")
@click.option("--withdraw", is_flag=True, help="Take back what was adjusted before.")
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept.")
@keeping.who
@options.course
@options.assignment
@keeping.gradebook
def command(**given: Any) -> int:
    """Adjust a mark by hand: of one QUESTION, or without one of the whole assignment.

    A question that is adjusted still bears the cost of lateness; a whole assignment that is set by hand does not.
    """
    from grader.cli.flows.by_hand import adjust

    return adjust(**given)
