"""`grader audit`: the checks are checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rich_click as click

from grader.cli import options


@click.command("audit", epilog="Example: grader audit broadcasting --html audit.html")
@click.argument("assignments", nargs=-1, metavar="[ASSIGNMENT...]")
@options.course
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page as well.")
@click.option("--checks", is_flag=True, help="Say too which checks no mutant needs.")
@click.option(
    "--pairs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Try N pairs of mistakes for each question, drawn by lot.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Of all that is drawn by lot.")
@options.jobs
@click.option(
    "--sandbox",
    "level",
    type=click.Choice(["auto", "full", "core", "none"]),
    default="auto",
    show_default=True,
    help="How mutants are confined; `none` runs them UNCONFINED.",
)
@options.lang
@options.quiet
def command(**given: Any) -> int:
    """Prove assignments: wrong programs lose points, right ones keep them.

    Runs the reference, blanks, misconceptions, mutants (the reference with one mistake in it) and rewrites that mean
    the same. Without ASSIGNMENT all of them. Ends with 0 when all are sound and with 1 when one is not.
    """
    from grader.cli.flows.audit import AuditOptions, audit_course

    return audit_course(AuditOptions(**given))
