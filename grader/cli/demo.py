"""`grader demo`: the whole thing on a bundled class of sample submissions."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from grader.cli import options


@click.command("demo", epilog="Example: grader demo --folder my-demo")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to put the sample course. Default: grader-demo, here.",
)
@options.lang
def command(folder: Path | None, lang: str) -> int:
    """Grade a sample class, with a crash, an endless loop and a cheat among them.

    Prints a table of the class and one student's feedback in full, and leaves the sample course behind to play with.
    """
    from grader.cli.flows.demo import demo

    return demo(folder, lang)
