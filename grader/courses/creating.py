"""`grader new`: a small working example to begin with, from the templates beside this file."""

from __future__ import annotations

from pathlib import Path

from grader.courses.finding import EXERCISES, SOLUTIONS, Course
from grader.courses.soundness import SLUG
from grader.errors import UsageError
from grader.saying import say

TEMPLATES = Path(__file__).with_name("templates")
SUFFIX = ".template"
"""Keeps the templates from being taken for the package's own modules."""
NAME = "__NAME__"
TITLE = "__TITLE__"
ASSIGNMENT_FILES = ("reference.py", "checks.py", "locale/zh_CN.po")
COURSE_FILES = ("course.toml",)


def new_course(folder: Path) -> tuple[Path, ...]:
    """Make a course in a new folder: its settings, and one assignment to change. Returns the files written.

    Raises UsageError where something is there already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(say("{folder} is there already: choose another name, or an empty folder.", folder=folder))
    solutions = folder / SOLUTIONS
    written = _copy("course", COURSE_FILES, solutions, folder.resolve().name)
    (folder / EXERCISES).mkdir(parents=True, exist_ok=True)
    return (*written, *_copy("assignment", ASSIGNMENT_FILES, solutions / "first_steps", "first_steps"))


def new_assignment(course: Course, slug: str) -> tuple[Path, ...]:
    """Make an assignment in a course's `solutions/`. Returns the files written. Raises UsageError."""
    if not SLUG.fullmatch(slug):
        mended = "".join(char if char.isalnum() and char.isascii() else "_" for char in slug.lower()).strip("_")
        hint = say(", for example {mended!r}", mended=mended) if SLUG.fullmatch(mended) else ""
        raise UsageError(
            say(
                "{slug!r} can't be an assignment's name: take small letters, digits and underscores{hint}.",
                slug=slug,
                hint=hint,
            )
        )
    folder = course.solutions / slug
    if folder.exists() or (course.exercises / slug).exists():
        raise UsageError(say("There is an assignment {slug!r} already: choose another name.", slug=slug))
    return _copy("assignment", ASSIGNMENT_FILES, folder, slug)


def _copy(template: str, names: tuple[str, ...], folder: Path, name: str) -> tuple[Path, ...]:
    """Copy a template's files, with the name put in."""
    written: list[Path] = []
    title = name.replace("_", " ").replace("-", " ").capitalize()
    for each in names:
        text = (TEMPLATES / template / f"{each}{SUFFIX}").read_text(encoding="utf-8")
        path = folder / each
        path.parent.mkdir(parents=True, exist_ok=True)
        # "x" refuses to overwrite, whatever happened since the folder was looked at.
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text.replace(NAME, name).replace(TITLE, title))
        written.append(path)
    return tuple(written)
