"""Courses: finding them, loading their assignments, answer keys, and what students are given."""

from grader.courses.finding import Course, find_course, require_slug
from grader.courses.keys import answer_key
from grader.courses.loading import LoadedAssignment, load_assignment
from grader.courses.locales import untranslated
from grader.courses.secrets import course_secret
from grader.courses.settings import Settings

__all__ = [
    "Course",
    "LoadedAssignment",
    "Settings",
    "answer_key",
    "course_secret",
    "find_course",
    "load_assignment",
    "require_slug",
    "untranslated",
]
