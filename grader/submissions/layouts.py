"""Whose file is it, and for which assignment? Read from names of files and folders, as each LMS writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from grader.submissions.gradescope import GradescopeSubmission
from grader.submissions.intake import File
from grader.submissions.names import Slugs, is_archive, shown, stem
from grader.submissions.roster import Identity, Roster
from grader.submissions.times import parse_time

CANVAS = re.compile(r"^(?:(?P<name>[^_]+)_)?(?:(?P<late>LATE)_)?(?P<user>\d{1,20})_(?P<upload>\d{1,20})_(?P<file>.+)$")
"""`lovelaceada_LATE_1234_56789_solution-1.ipynb`: the user's id, then the file's; no name if grading is anonymous."""
MOODLE = re.compile(r"^(?P<name>.+?)_(?P<participant>\d{1,20})_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?$")
"""`Ada Lovelace_12345_assignsubmission_file_`, a folder, or the start of a file's name."""
GRADESCOPE = re.compile(r"^submission_\d{1,20}$")
INBOUND = re.compile(r"^(?P<student>[^+].*?)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d[^+]+)(?:\+[\w=-]+)?$")
"""`ada+logistic_regression+2024-03-01 17:30:09.593 UTC+c29tZXRoaW5n`, what nbgrader's students submit."""

USUAL = re.compile(
    r"^(?:solutions?|submissions?|main|answers?|assignment|homework|hw|exercises?)(?:[ _-]?\d+)?$", re.IGNORECASE
)
"""What students call the file that is not a helper."""
FAULTY = "\0.py"
"""Stands for the content of a student's archive that can't be read; no file can have this name."""
_GATHERING = re.compile(
    r"^(?:student|(?:submissions?|submitted|inbound|students|assignments?|downloads?|homeworks?|hand-?ins?|uploads?"
    r"|exports?|assignment_\d+_export|作业|提交)(?:[ _-]*\(?\d+\)?)?)$",
    re.IGNORECASE,
)
"""Folders that gather other people's folders, so that they are nobody's name; `student07` is somebody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a file's place says about it."""

    file: File
    path: str
    """As shown."""
    label: str = ""
    """Which of the named paths it is under, where there are several."""
    name: str
    """The file's own name, without what an LMS put before it."""
    raw: str
    """The student, as written."""
    home: tuple[str, ...] | None
    """The student's own folder, or what stands for one; None where many students' files lie side by side."""
    assignment: str | None = None
    by_name: bool = False
    """Whether the file itself, not a folder, is named by the assignment."""
    copy: int = 0
    at: datetime | None = None
    flags: tuple[str, ...] = ()
    attempt: int | None = None
    identity: Identity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is known about a whole folder or archive before its files are looked at."""

    above: tuple[str, ...] = ()
    """Names of the folder that the user named and of those above it, nearest first."""
    times: Mapping[tuple[str, ...], datetime] = field(default_factory=dict)
    """From timestamp files, by folder."""
    gradescope: Mapping[tuple[str, ...], tuple[GradescopeSubmission, ...]] = field(default_factory=dict)
    """From `submission_metadata.yml`, by folder of the submission."""
    inner: frozenset[int] = frozenset()
    """Depths at which an assignment's folder holds the students', see `inner_assignments`."""
    wrapped: int = 0
    """How many folders lie around everything, see `wrapping`."""
    crowds: frozenset[tuple[str, ...]] = frozenset()
    """Folders that gather several students' though their names don't say so, see `crowds_among`."""
    zone: tzinfo = UTC
    label: str = ""
    """What paths begin with, where the user named several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who a name says a file belongs to."""

    raw: str
    identity: Identity | None = None
    at: datetime | None = None
    flags: tuple[str, ...] = ()
    assignment: str | None = None
    attempt: int | None = None


def claims_of(file: File, place: Place, slugs: Slugs, roster: Roster) -> Iterable[Claim]:
    """Return who claims a file: one student, or each member of a group."""
    for depth, folder in enumerate(file.folders):
        home = file.folders[: depth + 1]
        owners = _owners_of_folder(home, folder, place, slugs)
        if owners:
            return [_claim(file, place, slugs, owner, home=home) for owner in owners]
    if "_" in file.name:
        if match := MOODLE.match(file.name):
            home = (*file.folders, f"{match['name']}_{match['participant']}")
            return [_claim(file, place, slugs, _moodle(match), home=home, name=match["file"] or file.name)]
        if match := CANVAS.match(file.name):
            home = (*file.folders, f"{match['name']}_{match['user']}")
            return [_claim(file, place, slugs, _canvas(match), home=home, name=match["file"])]
    return [_plain(file, place, slugs, roster)]


def pattern_claim(file: File, match: re.Match[str], place: Place, slugs: Slugs) -> Claim:
    """Return the claim that a user's own pattern makes, with its groups `student`, `assignment` and `attempt`."""
    groups = match.groupdict()
    attempt = groups.get("attempt") or ""
    owner = Owner(
        raw=groups["student"] or "",
        assignment=slugs.named(groups.get("assignment") or "")[0],
        attempt=int(attempt) if attempt.isascii() and attempt.isdigit() and len(attempt) < 9 else None,
    )
    return _claim(file, place, slugs, owner)


def single_claim(file: File, place: Place, slugs: Slugs) -> Claim:
    """Return the claim of a file that the user named: its stem is the student, or its folder where that is a slug."""
    if CANVAS.match(file.name) or MOODLE.match(file.name):
        return next(iter(claims_of(file, place, slugs, Roster())))
    own = stem(file.name)
    student = own if slugs.named(own)[0] is None else _above(place, slugs) or own
    return _claim(file, place, slugs, Owner(raw=student))


def _owners_of_folder(home: tuple[str, ...], folder: str, place: Place, slugs: Slugs) -> Sequence[Owner]:
    """Return whose folder (or archive) it is, where an LMS gave it its name."""
    part = folder_name(folder)
    if match := MOODLE.match(part):
        return (_moodle(match),)
    if match := INBOUND.match(part):
        at = parse_time(match["time"].replace("_", " ", 1), place.zone)
        return (Owner(raw=match["student"], at=at, assignment=slugs.named(match["assignment"])[0]),)
    if GRADESCOPE.match(part) and home in place.gradescope:
        return tuple(Owner(raw=one.raw, at=one.at, identity=one.identity) for one in place.gradescope[home])
    if is_archive(folder) and (match := CANVAS.match(part)):
        return (_canvas(match),)
    return ()


def _moodle(match: re.Match[str]) -> Owner:
    name, participant = match["name"], match["participant"]
    if name.lower() in ("participant", f"participant {participant}", f"participant_{participant}"):  # blind marking
        return Owner(raw=f"Participant {participant}", identity=Identity(student="", moodle_id=participant))
    return Owner(raw=name, identity=Identity(student="", name=name, moodle_id=participant))


def _canvas(match: re.Match[str]) -> Owner:
    user, name = match["user"], match["name"]
    late = match["late"] is not None or name == "LATE"
    return Owner(
        raw=name if name and name != "LATE" else user,
        identity=Identity(student="", canvas_id=user),
        flags=("late.lms",) if late else (),
    )


def _claim(
    file: File, place: Place, slugs: Slugs, owner: Owner, *, home: tuple[str, ...] | None = None, name: str = ""
) -> Claim:
    name = name or file.name
    slug, copy = slugs.named(stem(name))
    return Claim(
        file=file,
        path=_path(file, place),
        label=place.label,
        name=name,
        raw=owner.raw,
        home=home,
        assignment=slug or owner.assignment or _folder_slug(file, place, slugs),
        by_name=slug is not None,
        copy=copy,
        at=owner.at or _time(file, place),
        flags=owner.flags,
        attempt=owner.attempt,
        identity=owner.identity,
    )


def _plain(file: File, place: Place, slugs: Slugs, roster: Roster) -> Claim:
    """Read folders and files as people make them: `<student>/…`, `<student>.py`, the assignment outside or inside."""
    parts = [folder_name(folder) for folder in file.folders]
    depth: int | None = None
    if len(roster):
        depth = next((depth for depth, part in enumerate(parts) if roster.find(part) is not None), None)
    if depth is None and file.folders in place.times and len(parts) > 1 and slugs.named(parts[-2])[0] is None:
        # nbgrader's submitted/<student>/<assignment>/timestamp.txt, whatever the assignment is called there
        return _claim(file, place, slugs, Owner(raw=parts[-2]), home=file.folders)
    if depth is None:
        depth = _student_depth(file.folders, place, slugs)
    if depth is not None:
        return _claim(file, place, slugs, Owner(raw=parts[depth]), home=file.folders[: depth + 1])
    own = stem(file.name)
    student = own if slugs.named(own)[0] is None else _above(place, slugs) or own
    return _claim(file, place, slugs, Owner(raw=student))


def _student_depth(folders: tuple[str, ...], place: Place, slugs: Slugs) -> int | None:
    """Return which folder is the student's: beside the assignment's, else the outermost that gathers nobody else's."""
    people, before = people_of(folders, slugs, wrapped=place.wrapped, inner=place.inner)
    if before:
        return people[-1]
    return next((depth for depth in people if folders[: depth + 1] not in place.crowds), None)


def people_of(
    folders: tuple[str, ...], slugs: Slugs, *, wrapped: int = 0, inner: frozenset[int] = frozenset()
) -> tuple[list[int], bool]:
    """Return the depths of folders that may be a student's, and whether they lie before the assignment's folder."""
    parts = [folder_name(folder) for folder in folders]
    named = [depth for depth, part in enumerate(parts) if slugs.named(part)[0] is not None]
    people = [
        depth
        for depth, part in enumerate(parts)
        if depth >= wrapped and depth not in named and (GRADESCOPE.match(part) or not _GATHERING.match(part))
    ]
    if named:
        before = [depth for depth in people if depth < named[0]]
        after = [depth for depth in people if depth > named[-1]]
        if before and not (after and named[0] in inner):
            return before, True
        if after:
            return after, False
    return people, False


def gathers(folder: str) -> bool:
    """Tell a folder that by its name gathers other people's, or is one attempt of many."""
    return _GATHERING.match(folder_name(folder)) is not None


def inner_assignments(files: Iterable[File], slugs: Slugs) -> frozenset[int]:
    """Return at which depths an assignment's folder holds the students' folders, rather than lying within one.

    `week2/broadcasting/ada/…` and `ada/broadcasting/work/…` look alike one by one; together, the side with more names
    is that of the students.
    """
    outside: dict[int, set[str]] = {}
    inside: dict[int, set[str]] = {}
    for file in files:
        if len(file.folders) < 3:
            continue
        for depth in range(1, len(file.folders) - 1):
            if slugs.named(folder_name(file.folders[depth]))[0] is not None:
                outside.setdefault(depth, set()).add(file.folders[depth - 1])
                inside.setdefault(depth, set()).add(file.folders[depth + 1])
    return frozenset(depth for depth in outside if len(inside[depth]) > len(outside[depth]))


def wrapping(files: Sequence[File], slugs: Slugs) -> int:
    """Return how many folders lie around everything and are nobody's: a downloaded archive often brings one.

    One folder alone may also be the only student's. It is not where it holds nothing but several other folders (not the
    assignments' own), or at least four files of which none is named like a submission.
    """
    depth = 0
    while True:
        tops = {file.folders[depth] if len(file.folders) > depth else None for file in files}
        top = next(iter(tops)) if len(tops) == 1 else None
        if top is None or any(shape.match(folder_name(top)) for shape in (MOODLE, INBOUND, GRADESCOPE, CANVAS)):
            return depth
        inner = {folder_name(file.folders[depth + 1]) for file in files if len(file.folders) > depth + 1}
        names = [stem(file.name) for file in files if len(file.folders) == depth + 1]
        people = len(inner) > 1 and not names and not any(slugs.named(name)[0] for name in inner)
        flat = len(names) >= 4 and not any(USUAL.match(name) or slugs.named(name)[0] for name in names)
        if not (people or flat or _GATHERING.match(top) or slugs.named(folder_name(top))[0]):
            return depth
        depth += 1


def _folder_slug(file: File, place: Place, slugs: Slugs) -> str | None:
    for folder in (*reversed(file.folders), *place.above[:2]):
        slug = slugs.named(folder_name(folder))[0]
        if slug is not None:
            return slug
    return None


def _above(place: Place, slugs: Slugs) -> str | None:
    """Return the nearest folder above that is not named by an assignment."""
    return next((name for name in place.above if name and slugs.named(folder_name(name))[0] is None), None)


def _time(file: File, place: Place) -> datetime | None:
    if not place.times:
        return None
    for depth in range(len(file.folders), -1, -1):
        if file.folders[:depth] in place.times:
            return place.times[file.folders[:depth]]
    return None


def _path(file: File, place: Place) -> str:
    parts = file.folders if file.name == FAULTY else (*file.folders, file.name)
    return shown("/".join((place.label, *parts) if place.label else parts))


def folder_name(folder: str) -> str:
    """Return what a folder is called, or an archive that stands for one."""
    return stem(folder) if "." in folder and is_archive(folder) else folder
