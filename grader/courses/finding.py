"""Finding a course and its assignments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from grader.courses.settings import Settings, read_settings
from grader.errors import NotFound
from grader.saying import say

SOLUTIONS = "solutions"
EXERCISES = "exercises"
CHECKS = "checks.py"
REFERENCE = "reference.py"
PUBLIC_CHECKS = "checks.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A folder with `solutions/` (an instructor's) or only `exercises/` (a student's)."""

    root: Path
    settings: Settings

    @property
    def solutions(self) -> Path:
        """The folder that instructors keep."""
        return self.root / SOLUTIONS

    @property
    def exercises(self) -> Path:
        """The folder that students get."""
        return self.root / EXERCISES

    @property
    def authored(self) -> tuple[str, ...]:
        """The slugs with a `checks.py` or `reference.py` in `solutions/`, sorted."""
        return _folders_with(self.solutions, (CHECKS, REFERENCE))

    @property
    def released(self) -> tuple[str, ...]:
        """The slugs with a `checks.json` in `exercises/`, sorted."""
        return _folders_with(self.exercises, (PUBLIC_CHECKS,))

    @property
    def slugs(self) -> tuple[str, ...]:
        """All assignments of the course, sorted."""
        return tuple(sorted({*self.authored, *self.released}))

    def deadlines_of_nothing(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """Say which deadlines are of no assignment here, and have nearly the name of one of `slugs` that has none."""
        deadlines = self.settings.policy.deadlines
        without = [slug for slug in slugs if slug not in deadlines]
        pairs = ((name, _close(name, without)) for name in deadlines if name not in self.slugs)
        return tuple(
            say(
                "solutions/course.toml has a deadline for {name!r}, which is no assignment here, and none for "
                "{without!r}.",
                name=name,
                without=close,
            )
            for name, close in pairs
            if close is not None
        )


def find_course(start: Path, explicit: Path | None = None) -> Course:
    """Return the course at `explicit`, or else in the nearest folder from `start` upward.

    Raises NotFound where there is none, CourseError where its `course.toml` is not sound.
    """
    if explicit is not None:
        if not explicit.is_dir():
            raise NotFound(
                say(
                    "{explicit}: there is no such folder. --course takes the folder that holds {solutions}/",
                    explicit=explicit,
                    solutions=SOLUTIONS,
                )
            )
        if not _is_course(explicit):
            raise NotFound(
                say(
                    "{explicit} holds neither {solutions}/ nor {exercises}/, so it is not a course's folder.",
                    explicit=explicit,
                    solutions=SOLUTIONS,
                    exercises=EXERCISES,
                )
            )
        return _open(explicit)
    start = start.absolute()
    for folder in (start, *start.parents):
        if _is_course(folder):
            return _open(folder)
    raise NotFound(
        say(
            "No course found: neither {start} nor a folder above it holds {solutions}/ or "
            "{exercises}/. Name its folder with --course, or begin one with `grader new course NAME`.",
            start=start,
            solutions=SOLUTIONS,
            exercises=EXERCISES,
        )
    )


def require_slug(slug: str, known: Iterable[str], *, where: str = "this course") -> str:
    """Return the slug if it is known; raise NotFound with a suggestion if not."""
    names = tuple(known)
    if slug in names:
        return slug
    if not names:
        raise NotFound(say("There is no assignment {slug!r} in {where}: it has none yet.", slug=slug, where=where))
    raise NotFound(
        say(
            "There is no assignment {slug!r} in {where}. {suggestion}",
            slug=slug,
            where=where,
            suggestion=suggestion(slug, names),
        )
    )


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `Did you mean 'x'?`, or the list of what there is."""
    names = tuple(known)
    close = _close(word, names)
    return (
        say("Did you mean {folded!r}?", folded=close)
        if close is not None
        else say("There are: {names}.", names=", ".join(names))
    )


def _close(word: str, names: Iterable[str]) -> str | None:
    """Return the name that is most like a word, if one is."""
    folded = {name.lower().replace("-", "_"): name for name in names}
    close = get_close_matches(word.lower().replace("-", "_").replace(" ", "_"), folded, n=1)
    return folded[close[0]] if close else None


def _is_course(folder: Path) -> bool:
    return (folder / SOLUTIONS).is_dir() or (folder / EXERCISES).is_dir()


def _open(root: Path) -> Course:
    return Course(root=root, settings=read_settings(root / SOLUTIONS / "course.toml"))


def _folders_with(parent: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the folders in `parent` that hold one of the files."""
    if not parent.is_dir():
        return ()
    wanted = tuple(names)
    return tuple(sorted(each.name for each in parent.iterdir() if any((each / name).is_file() for name in wanted)))
