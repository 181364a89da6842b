"""Releasing: `exercises/<slug>/` written from `solutions/<slug>/`, and a look at whether the two are in step."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.courses.finding import PUBLIC_CHECKS, Course, require_slug
from grader.courses.keys import answer_key
from grader.courses.loading import load_assignment
from grader.courses.locales import CHINESE, missing_translations
from grader.courses.notebooks import ENGLISH, notebook, python_file
from grader.courses.public import read_public, write_public
from grader.courses.references import LoadedAssignment
from grader.courses.regions import BEGIN
from grader.courses.versions import with_versions
from grader.drafts import replacing
from grader.errors import CourseError, NotFound
from grader.model import HAND_IN, AnswerKey
from grader.saying import say

RELEASE_SECRET = b"release"
"""Public cases are examples, so no secret goes into them; this one makes the hidden cases that prove the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What a release did for one assignment."""

    slug: str
    folder: Path
    written: tuple[str, ...]
    """Names of the files that were new or changed."""
    unchanged: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def release(course: Course, slugs: Sequence[str] = ()) -> tuple[Released, ...]:
    """Write `exercises/` for the assignments named, or for all; files that are in step already stay untouched.

    Nothing is written unless every assignment is sound. Raises NotFound and CourseError.
    """
    rendered = [(loaded, render(loaded, course.settings.hand_in)) for loaded in _load(course, slugs)]
    done: list[Released] = []
    for loaded, files in rendered:
        folder = course.exercises / loaded.slug
        folder.mkdir(parents=True, exist_ok=True)
        written = tuple(name for name, data in files.items() if not in_step(folder / name, data))
        for name in written:
            with replacing(folder / name) as draft:
                draft.write_bytes(files[name])
        unchanged = tuple(name for name in files if name not in written)
        warnings = (*loaded.warnings, *missing_translations(loaded))
        done.append(Released(slug=loaded.slug, folder=folder, written=written, unchanged=unchanged, warnings=warnings))
    return tuple(done)


def out_of_step(course: Course, slugs: Sequence[str] = ()) -> tuple[str, ...]:
    """Say which released files are missing or differ from their source, each with the command that mends it."""
    found: list[str] = []
    for loaded in _load(course, slugs):
        folder = course.exercises / loaded.slug
        for name, data in render(loaded, course.settings.hand_in).items():
            path = folder / name
            if not path.is_file():
                found.append(say("{path} is missing: run `grader release {slug}`", path=path, slug=loaded.slug))
            elif not in_step(path, data):
                found.append(
                    say(
                        "{path} is out of step with its source: run `grader release {slug}`",
                        path=path,
                        slug=loaded.slug,
                    )
                )
    if not slugs:
        orphans = sorted(set(course.released) - set(course.authored))
        found += [
            say(
                "{folder} has no source in {solutions}: delete it",
                folder=course.exercises / slug,
                solutions=course.solutions,
            )
            for slug in orphans
        ]
    return tuple(found)


def render(loaded: LoadedAssignment, hand_in: str = HAND_IN) -> dict[str, bytes]:
    """Return the files of a released assignment by name; the same assignment gives the same bytes.

    `hand_in` is how the course wants the students' files to be named.
    """
    key = replace(answer_key(loaded, RELEASE_SECRET), hand_in=hand_in)
    files = {
        f"{loaded.slug}.py": python_file(loaded),
        f"{loaded.slug}.ipynb": notebook(loaded, ENGLISH),
        f"{loaded.slug}.{CHINESE}.ipynb": notebook(loaded, CHINESE),
    }
    for name, data in files.items():
        # Markers were found sound when loaded. Should one be left all the same, no student may get it.
        if BEGIN.encode() in data:
            raise CourseError(
                [
                    say(
                        "{path}: a solution is left in {name}: nothing was released",
                        path=loaded.reference.path,
                        name=name,
                    )
                ]
            )
    return {**files, PUBLIC_CHECKS: write_public(key)}


def in_step(path: Path, data: bytes) -> bool:
    """Whether a released file says what `data` says: the same bytes, or the same checks up to rounding."""
    try:
        there = path.read_bytes()
    except OSError:
        return False
    if there == data:
        return True
    if path.name != PUBLIC_CHECKS:
        return False
    try:
        return _comparable(there) == _comparable(data)
    except (CourseError, ValueError, LookupError, TypeError):
        return False


def _comparable(data: bytes) -> tuple[object, ...]:
    """Return what must be equal in two files of public checks: all but the rounding, which differs between machines."""
    key: AnswerKey = read_public(data)
    again = with_versions(replace(key, version=""))
    content = json.loads(data)
    # The version says it all, but it is also written in the file, where it must be right.
    titles = [key.title, *(question.title for question in key.questions)]
    return again.version, content["version"], titles, key.catalogue, key.hand_in, list(content)


def _load(course: Course, slugs: Sequence[str]) -> list[LoadedAssignment]:
    """Load assignments, and tell the faults of all of them together."""
    if not course.authored:
        raise NotFound(
            say(
                "{solutions} holds no assignment: begin one with `grader new assignment NAME`.",
                solutions=course.solutions,
            )
        )
    wanted = [require_slug(slug, course.authored) for slug in slugs] or list(course.authored)
    loaded: list[LoadedAssignment] = []
    faults: list[str] = []
    for slug in dict.fromkeys(wanted):
        try:
            loaded.append(load_assignment(course.solutions / slug))
        except CourseError as error:
            faults += error.faults
    if faults:
        raise CourseError(faults)
    return loaded
