"""Courses: finding them, loading their assignments, answer keys, and what students are given.

Reading public checks (`read_public`) is part of a student's every run: nothing here imports more than numpy at its top.
"""

from grader.courses.creating import new_assignment, new_course
from grader.courses.finding import Course, find_course, require_slug
from grader.courses.keys import answer_key
from grader.courses.loading import load_assignment
from grader.courses.locales import untranslated
from grader.courses.public import public_key, read_public, write_public
from grader.courses.references import LoadedAssignment
from grader.courses.releasing import Released, out_of_step, release, render
from grader.courses.secrets import course_secret
from grader.courses.settings import Feedback, Settings

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
