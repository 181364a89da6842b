"""The demo: copy the sample course out, grade its class, show what came of it."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from importlib.resources import as_file, files
from itertools import count
from pathlib import Path

from grader.cli.flows.class_intake import GradeOptions, take_in
from grader.cli.flows.grade import grade_class
from grader.cli.flows.reporting import report_kept
from grader.cli.voice import in_words
from grader.courses import find_course, release
from grader.errors import SandboxUnavailable, UsageError
from grader.reports import terminal
from grader.sandbox import open_sandbox
from grader.saying import say

SHOWN = "sample-dw-not-averaged"
"""The student whose feedback is shown in full."""
HOSTILE = ("sample-cheat.py", "sample-crash.py", "sample-endless-loop.py")
"""Left out where student code can't be confined."""


def demo(folder: Path | None, lang: str) -> int:
    """Run the demo. Returns the exit code of the grading."""
    course_dir = copy_course(folder)
    level = "auto"
    console = terminal.console()
    try:
        with open_sandbox(level):
            pass
    except SandboxUnavailable as error:
        level = "none"
        console.print(
            in_words(
                say(
                    "UNCONFINED: {error}\nThe demo goes on without a sandbox and without its hostile samples.\n",
                    error=error,
                )
            ),
            style="bold yellow",
        )
        for name in HOSTILE:
            (course_dir / "submissions" / name).unlink()
    course = find_course(course_dir)
    release(course)
    options = GradeOptions(paths=(course_dir / "submissions",), course_dir=course_dir, jobs=2, level=level, lang=lang)
    done = grade_class(course, take_in(course, options), options)
    one = next(result for result in done.results if result.student == SHOWN)
    ascii_only = terminal.needs_ascii(console)
    parts = [*done.tables(ascii_only=ascii_only), terminal.feedback(one, done.speak(one), ascii_only=ascii_only)]
    terminal.print_all(console, parts)
    where = shlex.quote(str(course_dir))
    console.print()
    for index in report_kept(course, lang):
        console.print(in_words(say("The class report, for a browser: {index}", index=index)), soft_wrap=True)
    console.print(in_words(say("The sample course is in {course_dir}. Play with it:", course_dir=course_dir)))
    console.print(
        f"  grader grade --course {where} {where}/submissions/{SHOWN}.ipynb",
        soft_wrap=True,
    )
    console.print(f"  grader check {where}/exercises/one_neuron/one_neuron.py", soft_wrap=True)
    return done.exit_code


def copy_course(folder: Path | None) -> Path:
    """Copy the sample course to a folder that isn't there yet. Raises UsageError where one was named that is."""
    if folder is not None and folder.exists():
        raise UsageError(
            say(
                "{folder} is there already. Name a folder that isn't, and the sample course goes into it.",
                folder=folder,
            )
        )
    target = folder or next(path for path in _names() if not path.exists())
    with as_file(files("grader.demo") / "course") as source:
        shutil.copytree(source, target)
    return target


def _names() -> Iterator[Path]:
    yield Path("grader-demo")
    yield from (Path(f"grader-demo-{number}") for number in count(2))
