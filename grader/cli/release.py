"""`grader release`: what students get, written from one source."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from grader.cli import options
from grader.cli.voice import calling_references, put, tell
from grader.saying import say


@click.command("release", epilog="Example: grader release broadcasting")
@click.argument("assignments", nargs=-1, metavar="[ASSIGNMENT...]")
@click.option("--check", is_flag=True, help="Write nothing; end with 1 where the two are out of step.")
@options.course
@options.quiet
def command(assignments: tuple[str, ...], check: bool, course_dir: Path | None, quiet: bool) -> int:
    """Write exercises/ from solutions/: stubs as notebook and Python file, and the public checks.

    Without ASSIGNMENT all of them. A second run changes nothing.
    """
    from grader.courses import find_course, out_of_step, release

    course = find_course(Path.cwd(), course_dir)
    if check:
        with calling_references():
            found = out_of_step(course, assignments)
        for line in found:
            put(line)
        if not found and not quiet:
            tell(say("exercises/ and solutions/ are in step."))
        return 1 if found else 0
    with calling_references():
        released = release(course, assignments)
    for done in released:
        for name in done.written:
            click.echo(done.folder / name)
        if not quiet:
            for warning in done.warnings:
                tell(say("note: {warning}", warning=warning))
            counts = {"slug": done.slug, "written": len(done.written), "unchanged": len(done.unchanged)}
            tell(say("{slug}: {written} written, {unchanged} unchanged", **counts))
    if not quiet:
        for each in course.deadlines_of_nothing(assignments or course.authored):
            tell(say("note: {warning}", warning=each))
    return 0
