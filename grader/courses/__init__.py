"""Courses: finding them, loading their assignments, answer keys, and what students are given.

Reading public checks (`read_public`) is part of a student's every run: nothing here imports more than numpy at its top.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.courses.creating import new_assignment, new_course
    from grader.courses.finding import Course, find_course, require_slug
    from grader.courses.keys import answer_key
    from grader.courses.loading import load_assignment
    from grader.courses.locales import untranslated
    from grader.courses.public import public_key, read_public, write_public
    from grader.courses.references import LoadedAssignment
    from grader.courses.releasing import Released, out_of_step, release, render
    from grader.courses.secrets import course_secret
    from grader.courses.settings import Settings
    from grader.policy import Feedback

__all__ = [
    "Course",
    "Feedback",
    "LoadedAssignment",
    "Released",
    "Settings",
    "answer_key",
    "course_secret",
    "find_course",
    "load_assignment",
    "new_assignment",
    "new_course",
    "out_of_step",
    "public_key",
    "read_public",
    "release",
    "render",
    "require_slug",
    "untranslated",
    "write_public",
]

_HOMES = {
    "creating": ("new_assignment", "new_course"),
    "finding": ("Course", "find_course", "require_slug"),
    "keys": ("answer_key",),
    "loading": ("load_assignment",),
    "locales": ("untranslated",),
    "public": ("public_key", "read_public", "write_public"),
    "references": ("LoadedAssignment",),
    "releasing": ("Released", "out_of_step", "release", "render"),
    "secrets": ("course_secret",),
    "settings": ("Feedback", "Settings"),
}
"""Module to the names that are found in it."""


def __getattr__(name: str) -> Any:
    """Import a name on its first use: a student's every run needs few of them."""
    for module, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"{__name__}.{module}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
