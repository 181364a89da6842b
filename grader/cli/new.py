"""`grader new`: begin a course or an assignment from a small working example."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from grader.cli import options
from grader.cli.voice import tell
from grader.saying import say


@click.group("new", epilog="Example: grader new course deep_learning")
def command() -> None:
    """Write a small working example to begin with."""


@command.command("course")
@click.argument("name", type=click.Path(path_type=Path))
def course(name: Path) -> int:
    """Make a folder NAME with a course of one small assignment."""
    import shlex

    from grader.courses import new_course

    for path in new_course(name):
        click.echo(path)
    there = "" if name.resolve() == Path.cwd() else f"cd {shlex.quote(str(name))} && "
    tell(say("Next: {command}", command=f"{there}grader release"))
    return 0


@command.command("assignment")
@click.argument("name")
@options.course
def assignment(name: str, course_dir: Path | None) -> int:
    """Make an assignment NAME in the course's solutions/, to change as you like."""
    import shlex

    from grader.courses import find_course, new_assignment

    for path in new_assignment(find_course(Path.cwd(), course_dir), name):
        click.echo(path)
    there = f" --course {shlex.quote(str(course_dir))}" if course_dir is not None else ""
    tell(say("Next: {command}", command=f"grader release {name}{there}"))
    return 0
