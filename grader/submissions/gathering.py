"""Gathering: from the paths that the user named to claims, with what was refused on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path

from grader.errors import NotFound, UnreadableSubmission, UsageError
from grader.model import Message
from grader.saying import say
from grader.submissions.archives import faults, members, nested_opener, readable_nested
from grader.submissions.attempts import Reader, imported
from grader.submissions.crowds import crowds_among
from grader.submissions.gradescope import METADATA, METADATA_CAP, GradescopeSubmission, parse_metadata
from grader.submissions.intake import File, Refused
from grader.submissions.layouts import (
    FAULTY,
    Claim,
    Place,
    claims_of,
    inner_assignments,
    pattern_claim,
    single_claim,
    wrapping,
)
from grader.submissions.names import Slugs, is_archive, is_code, shown, stem
from grader.submissions.opening import open_regular, read_regular
from grader.submissions.reading import SIBLINGS_CAP
from grader.submissions.roster import Roster
from grader.submissions.times import parse_time
from grader.submissions.walking import walk

TIMESTAMP = "timestamp.txt"
"""What nbgrader's exchange writes beside a submission."""
_QUIET = {TIMESTAMP, METADATA, "submission_secret.txt"}


def student_pattern_of(text: str | None) -> re.Pattern[str] | None:
    """Compile what `--student-pattern` gives. Raises UsageError for a bad expression or one without its group."""
    if text is None:
        return None
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise UsageError(say("--student-pattern: not a regular expression: {error}.", error=error)) from None
    if "student" not in pattern.groupindex:
        raise UsageError(say("--student-pattern needs a group called student, such as (?P<student>[^/]+)/."))
    return pattern


def helpers(path: Path) -> tuple[Reader, ...]:
    """Return the `.py` files beside a file that it seems to import: name and reader of each."""
    try:
        wanted = imported(partial(read_regular, path, follow=True))
        names = sorted(f"{name}.py" for name in wanted if (path.parent / f"{name}.py").is_file() and name != path.stem)
    except OSError:
        return ()
    return tuple((name, partial(read_regular, path.parent / name)) for name in names)[:SIBLINGS_CAP]


class Gathering:
    """One run through the paths, with what was refused on the way."""

    def __init__(
        self, paths: Sequence[str | Path], slugs: Slugs, roster: Roster, pattern: re.Pattern[str] | None, zone: tzinfo
    ) -> None:
        self.slugs, self.roster, self.pattern, self.zone = slugs, roster, pattern, zone
        self.unmatched: list[Refused] = []
        self.unreadable: list[Refused] = []

        self.paths = [Path(path) for path in paths]
        self.alone = len(self.paths) == 1
        stems = [stem(path.name) for path in self.paths]
        self._twice = {name for name in stems if stems.count(name) > 1} if len(stems) < 1000 else _doubles(stems)

    def refuse(self, refused: Refused) -> None:
        """Keep what was refused, apart by whether it could not be opened or is not wanted."""
        kept = self.unreadable if refused.message.code.startswith("unreadable.") else self.unmatched
        kept.append(refused)

    def claims(self) -> list[Claim]:
        """Return the claims on all files below all paths."""
        found: list[Claim] = []
        absent = []
        for path in self.paths:
            kind = _kind_of(path, follow=self.alone)
            label = "" if self.alone else path.name or str(path)
            if kind == "absent":
                absent.append(path)
                self.refuse(Refused(path=shown(str(path)), message=Message(code="unmatched.not_found")))
            elif kind in ("symlink", "not_regular"):
                self.refuse(Refused(path=shown(path.name), message=Message(code=f"unmatched.{kind}")))
            elif kind == "folder":
                place = Place(above=_above(path), zone=self.zone, label=label)
                found.extend(self._many(list(walk(path, _labelled(self.refuse, label))), place, levels=2))
            elif is_archive(path.name):
                found.extend(self._archive(path, label))
            else:
                found.extend(self._single(path))
        if absent and len(absent) == len(self.paths):
            names = ", ".join(shown(str(path)) for path in absent)
            raise NotFound(
                say(
                    "{names}: no such file or folder. Look at the spelling, or name the folder of submissions.",
                    names=names,
                )
            )
        return found

    def _archive(self, path: Path, label: str) -> list[Claim]:
        opener = partial(open_regular, path, follow=self.alone)
        try:
            files = members(opener, path.name, (), _labelled(self.refuse, label or path.name), _wanted)
        except UnreadableSubmission as error:
            self.refuse(Refused(path=shown(path.name), message=error.message))
            return []
        above = (stem(path.name), *_above(path)[1:])
        return self._many(files, Place(above=above, zone=self.zone, label=label), levels=1)

    def _single(self, path: Path) -> list[Claim]:
        if not is_code(path.name):
            self.refuse(Refused(path=shown(path.name), message=_why_not(path.name)))
            return []
        file = File((), path.name, partial(read_regular, path, follow=self.alone))
        above = _above(path)[1:]
        place = Place(above=above, zone=self.zone, label=above[0] if above and not self.alone else "")
        if self.pattern is not None:
            return self._matched([file], place)
        if stem(path.name) in self._twice and self.slugs.named(stem(path.name))[0] is None and place.above:
            file, place = File((place.above[0],), path.name, file.read), replace(place, label="")
            return list(claims_of(file, place, self.slugs, self.roster))
        claim = single_claim(file, place, self.slugs)
        if not (self.alone and claim.by_name):
            return [claim]
        # The file lies in its student's own folder, so that what it imports from there belongs to it.
        beside = [File((), name, read) for name, read in helpers(path)]
        return [claim, *(single_claim(helper, place, self.slugs) for helper in beside)]

    def _many(self, files: list[File], place: Place, *, levels: int) -> list[Claim]:
        label = place.label
        files = self._opened(files, label, levels)
        times, metadata = self._beside(files)
        code = [file for file in files if is_code(file.name)]
        for file in files:
            if not is_code(file.name) and file.name not in _QUIET:
                self.refuse(Refused(path=_join(label, file.path), message=_why_not(file.name)))
        place = replace(place, times=times, gradescope=metadata, inner=inner_assignments(code, self.slugs))
        place = replace(place, wrapped=wrapping(code, self.slugs) if code else 0)
        place = replace(place, crowds=crowds_among(code, self.slugs, wrapped=place.wrapped))
        if self.pattern is not None:
            return self._matched(code, place)
        return [claim for file in code for claim in claims_of(file, place, self.slugs, self.roster)]

    def _matched(self, files: list[File], place: Place) -> list[Claim]:
        claims = []
        for file in files:
            match = self.pattern.search(file.path) if self.pattern is not None else None
            if match is None or not match["student"]:
                self.refuse(Refused(path=shown(file.path), message=Message(code="unmatched.pattern")))
            else:
                claims.append(pattern_claim(file, match, place, self.slugs))
        return claims

    def _opened(self, files: list[File], label: str, levels: int) -> list[File]:
        """Replace archives among the files by what is in them, so many levels deep."""
        result: list[File] = []
        for file in files:
            if not is_archive(file.name):
                result.append(file)
                continue
            read = readable_nested(file.read)
            opener = nested_opener(read)
            if isinstance(read, partial) and read.func is read_regular:
                opener = partial(open_regular, *read.args)
            try:
                inside = members(opener, file.name, (*file.folders, file.name), _labelled(self.refuse, label), _wanted)
            except UnreadableSubmission as error:
                inside = [File((*file.folders, file.name), FAULTY, faults(error))]
            if levels > 1:
                result.extend(self._opened(inside, label, levels - 1))
                continue
            nested = Message(code="unmatched.archive_nested")
            for inner in inside:
                if is_archive(inner.name):
                    self.refuse(Refused(path=_join(label, inner.path), message=nested))
                else:
                    result.append(inner)
        return result

    def _beside(
        self, files: list[File]
    ) -> tuple[dict[tuple[str, ...], datetime], dict[tuple[str, ...], tuple[GradescopeSubmission, ...]]]:
        """Read the small files that say when and who."""
        times: dict[tuple[str, ...], datetime] = {}
        metadata: dict[tuple[str, ...], tuple[GradescopeSubmission, ...]] = {}
        for file in files:
            if file.name == TIMESTAMP:
                text = _small(file, 200)
                at = parse_time(text.decode("utf-8", "replace"), self.zone) if text is not None else None
                if at is not None:
                    times[file.folders] = at
            elif file.name == METADATA:
                data = _small(file, METADATA_CAP)
                if data is not None:
                    for name, people in parse_metadata(data, self.zone).items():
                        metadata[(*file.folders, name)] = people
        return times, metadata


def _small(file: File, cap: int) -> bytes | None:
    read = file.read
    try:
        if isinstance(read, partial) and read.func is read_regular:
            return read_regular(*read.args, cap=cap)
        data = readable_nested(read)()
    except UnreadableSubmission:
        return None
    return data if len(data) <= cap else None


def _wanted(path: str) -> bool:
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    return is_code(name) or is_archive(name) or name in _QUIET


def _kind_of(path: Path, *, follow: bool) -> str:
    try:
        if not follow and path.is_symlink():
            return "symlink"
        if path.is_dir():
            return "folder"
        if path.is_file():
            return "file"
        return "not_regular" if path.exists() else "absent"
    except (OSError, ValueError):  # a name with a NUL byte, or longer than the system allows
        return "absent"


def _above(path: Path) -> tuple[str, ...]:
    """Return the names of what the user named and of the three folders above it, nearest first."""
    try:
        full = path.absolute()
        if ".." in full.parts or full.name == "":
            full = full.resolve()
    except (OSError, RuntimeError):
        return (path.name,)
    return tuple(part for part in reversed(full.parts[1:]))[:4]


def _doubles(names: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}  # type: ignore[func-returns-value]


def _labelled(refuse: Callable[[Refused], None], label: str) -> Callable[[Refused], None]:
    if not label:
        return refuse
    return lambda refused: refuse(Refused(path=_join(label, refused.path), message=refused.message))


def _join(label: str, path: str) -> str:
    return shown(f"{label}/{path}" if label and path != "." else label or path)


def _why_not(name: str) -> Message:
    """Say why a file is no submission, from its name."""
    if name.lower().endswith((".pyc", ".pyo", ".so", ".pyd")):
        return Message(code="unmatched.compiled")
    if name.lower().endswith((".rar", ".7z", ".gz", ".xz", ".bz2")):
        return Message(code="unmatched.archive_kind")
    return Message(code="unmatched.other_kind")
