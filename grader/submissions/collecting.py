"""From paths to submissions: find the files, ask whose they are, sort out attempts, and say what could not be used."""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, tzinfo
from pathlib import Path

from grader.model import JSON, Message, Note, Submission
from grader.submissions.apart import kept_apart, leads
from grader.submissions.attempts import Owned, choose, imported, settle, siblings_of
from grader.submissions.crowds import is_attempt
from grader.submissions.gathering import Gathering, student_pattern_of
from grader.submissions.intake import Intake, Missing, Refused, Stamp
from grader.submissions.layouts import Claim
from grader.submissions.names import Slugs, folded, is_notebook, shown, stem, student_id
from grader.submissions.roster import Identity, Roster, merged
from grader.submissions.times import Times

_NOBODY = Identity(student="")
_COPY = re.compile(r"^(.*\S)\s*\((\d{1,3})\)$")


def collect(
    paths: Sequence[str | Path],
    *,
    slugs: Iterable[str],
    assignment: str | None = None,
    student: str | None = None,
    student_pattern: str | None = None,
    roster: Roster | None = None,
    timestamps: Iterable[Stamp] = (),
    zone: tzinfo = UTC,
) -> Intake:
    """Find the submissions under files, folders and archives, and say whose each is and for which assignment.

    `slugs` are the course's assignments. `student_pattern` is a regular expression with a group `student` (and, if
    wanted, `assignment` and `attempt`), searched in each file's path below what was named. Times without a zone are in
    `zone`. Only what decides is read here: directories of archives, small files of an LMS, markers where a student's
    folder holds several files. A submission whose assignment its place does not tell has None. Raises NotFound if none
    of the paths is there, UsageError for a bad pattern.
    """
    all_slugs = frozenset(slugs)
    gathering = Gathering(paths, Slugs(all_slugs), roster or Roster(), student_pattern_of(student_pattern), zone)
    with _no_garbage():
        return _collect(gathering, all_slugs, assignment, student, Times(timestamps))


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Put off the search for garbage: 100,000 submissions are many objects without a cycle among them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _collect(
    gathering: Gathering, all_slugs: frozenset[str], assignment: str | None, student: str | None, stamps: Times
) -> Intake:
    known = gathering.roster
    claims = _directed(_without_copies(gathering.claims()), assignment, student)
    by_folder: list[str] = []
    if gathering.pattern is None:
        claims, by_folder = kept_apart(claims, gathering.slugs, known)
    people = _People(known, claims)
    groups: dict[tuple[str, str | None, tuple[str, ...]], list[Owned]] = defaultdict(list)
    unsettled: list[Owned] = []
    for owned in _submissions(claims, people, all_slugs, gathering):
        if owned.claim.assignment is None and owned.claim.home is not None:
            unsettled.append(owned)
        else:
            # Where no assignment is known yet, only files side by side under one name are attempts at the same thing.
            beside = () if owned.claim.assignment else (owned.claim.label, *owned.claim.file.folders)
            groups[owned.student, owned.claim.assignment, beside].append(owned)
    latest = [_submission(one, 1, stamps) for one in unsettled]
    earlier: list[Submission] = []
    crowded: list[Note] = []
    for group in groups.values():
        if len(group) == 1:
            latest.append(_submission(group[0], group[0].claim.attempt or 1, stamps))
            continue
        last, before, numbers = settle(group)
        latest.append(_submission(last, numbers[id(last)], stamps))
        earlier.extend(_submission(one, numbers[id(one)], stamps) for one in before)
        crowded.extend(_perhaps_crowded(last, before))
    return Intake(
        submissions=tuple(sorted(latest, key=_place)),
        superseded=tuple(sorted(earlier, key=_place)),
        unmatched=tuple(gathering.unmatched),
        unreadable=tuple(gathering.unreadable),
        missing=_missing(known, latest, assignment),
        notes=(
            *known.notes,
            *people.notes,
            *_told_apart(by_folder),
            *crowded,
            *_unclaimed(stamps, [*latest, *earlier]),
        ),
        identities=people.identities,
    )


def _directed(claims: list[Claim], assignment: str | None, student: str | None) -> list[Claim]:
    """Let `--assignment` and `--student` overrule what places say."""
    if assignment is not None:
        claims = [
            replace(claim, assignment=assignment, by_name=claim.by_name and claim.assignment == assignment)
            for claim in claims
        ]
    if student is not None:
        claims = [replace(claim, raw=student, home=claim.home or (), identity=None) for claim in claims]
    return claims


def _without_copies(claims: list[Claim]) -> list[Claim]:
    """Take `ada (1).py` for a second attempt of `ada.py`, where both are there."""
    flat = {(claim.file.folders, claim.raw) for claim in claims if claim.home is None}
    result = []
    for claim in claims:
        match = _COPY.match(claim.raw) if claim.home is None and claim.raw.endswith(")") else None
        if match is not None and (claim.file.folders, match[1]) in flat:
            result.append(replace(claim, raw=match[1], copy=max(claim.copy, int(match[2]))))
        else:
            result.append(claim)
    return result


class _People:
    """Ids of students for what files and folders call them, with the doubts."""

    def __init__(self, roster: Roster, claims: Iterable[Claim]) -> None:
        self.roster = roster
        self.identities: dict[str, Identity] = dict(roster.identities)
        self._in_class = len(roster) > 0
        self._ids: dict[tuple[str, str, str, str], tuple[str, bool]] = {}
        numbers: dict[tuple[tuple[str, ...] | None, str], set[str]] = defaultdict(set)
        for claim in claims:
            if claim.identity is not None:
                numbers[_download(claim), claim.raw].add(_number(claim.identity))
        self._shared = {raw for (_, raw), found in numbers.items() if len(found) > 1}
        self._written: dict[str, set[str]] = defaultdict(set)
        for claim in claims:
            student, in_roster = self._of(claim)
            self._written[folded(student)].add(student if in_roster else claim.raw)
        self.notes = [
            Note(code="student.collision", params={"students": [shown(name, 100) for name in sorted(names)]})
            for _, names in sorted(self._written.items())
            if len(names) > 1
        ]

    def of(self, claim: Claim) -> tuple[str, tuple[str, ...]]:
        """Return a claim's student and the flags that come with the name."""
        student, in_roster = self._of(claim)
        flags = claim.flags
        if not student_id(claim.raw):
            flags = (*flags, "student.unnamed")
        elif self._in_class and not in_roster:
            flags = (*flags, "student.unknown")
        if len(self._written[folded(student)]) > 1:
            flags = (*flags, "student.collision")
        if claim.identity is not None:
            found = replace(claim.identity, student=student)
            self.identities[student] = merged(self.identities.get(student), found)
        return student, flags

    def _of(self, claim: Claim) -> tuple[str, bool]:
        if claim.identity is None and not self._in_class:
            return student_id(claim.raw) or "unnamed", False
        identity = claim.identity or _NOBODY
        key = (claim.raw, identity.canvas_id, identity.moodle_id, identity.email)
        if key not in self._ids:
            self._ids[key] = self._look_up(claim.raw, identity)
        return self._ids[key]

    def _look_up(self, raw: str, identity: Identity) -> tuple[str, bool]:
        if self._in_class:
            found = self.roster.find(raw, identity)
            if found is not None:
                return found, True
        number = _number(identity)
        if raw in self._shared and number:
            return student_id(f"{raw} ({number})"), False
        return student_id(raw) or "unnamed", False


def _download(claim: Claim) -> tuple[str, ...] | None:
    return claim.home[:-1] if claim.home else None


def _number(identity: Identity) -> str:
    return identity.canvas_id or identity.moodle_id or identity.email


def _submissions(claims: list[Claim], people: _People, slugs: frozenset[str], gathering: Gathering) -> Iterable[Owned]:
    """Tell submissions from what belongs to them, student by student."""
    homes: dict[tuple[str, tuple[str, ...], str], list[Claim]] = defaultdict(list)
    flat: list[Claim] = []
    for claim in claims:
        if claim.home is None:
            flat.append(claim)
        else:
            homes[people.of(claim)[0], claim.home, claim.label].append(claim)
    for (student, _, _), group in homes.items():
        chosen, rest = choose(group, slugs)
        taken: set[int] = set()
        for claim, flags in chosen:
            siblings = siblings_of(claim, rest)
            taken.update(id(read) for _, read in siblings)
            yield Owned(claim=claim, student=student, flags=(*people.of(claim)[1], *flags), siblings=siblings)
        _refuse_rest(rest, taken, gathering)
    yield from _flat(flat, people)


def _refuse_rest(rest: Iterable[Claim], taken: set[int], gathering: Gathering) -> None:
    for claim in rest:
        if id(claim.file.read) not in taken:
            gathering.refuse(Refused(path=claim.path, message=Message(code="unmatched.other_file")))


def _flat(claims: list[Claim], people: _People) -> Iterable[Owned]:
    """Take files side by side for different students', but for a helper imported by one that has nobody's name."""
    beside: dict[tuple[tuple[str, ...], str], dict[str, Claim]] = defaultdict(dict)
    leading = {id(claim) for claim in claims if leads(claim)}
    if leading:
        for claim in claims:
            if id(claim) not in leading and not is_notebook(claim.name):
                beside[claim.file.folders, claim.label][stem(claim.name)] = claim
    helpers: dict[int, list[Claim]] = {}
    helping: set[int] = set()
    for claim in claims:
        candidates = beside.get((claim.file.folders, claim.label)) if id(claim) in leading else None
        if candidates:
            found = [candidates[name] for name in sorted(imported(claim.file.read)) if name in candidates]
            helpers[id(claim)] = found
            helping.update(map(id, found))
    for claim in claims:
        if id(claim) in helping:
            continue
        student, flags = people.of(claim)
        yield Owned(claim=claim, student=student, flags=flags, siblings=siblings_of(claim, helpers.get(id(claim), ())))


def _submission(owned: Owned, number: int, stamps: Times) -> Submission:
    return Submission(
        student=owned.student,
        assignment=owned.claim.assignment,
        path=owned.claim.path,
        read=owned.claim.file.read,
        siblings=owned.siblings,
        attempt=number,
        submitted_at=owned.claim.at or stamps.of(owned.student, owned.claim.assignment),
        flags=tuple(dict.fromkeys(owned.flags)) if owned.flags else (),
    )


def _told_apart(names: Sequence[str]) -> Iterator[Note]:
    """Tell of folders that were taken for a student each, and may be attempts of one."""
    if names:
        students: list[JSON] = [shown(name, 100) for name in names[:12]]
        yield Note(code="student.by_folder", params={"count": len(names), "students": students})


def _perhaps_crowded(last: Owned, before: Sequence[Owned]) -> Iterator[Note]:
    """Tell of attempts in no order that lie in folders of their own: perhaps each is a student's, going by its name."""
    if "attempts.unordered" not in last.flags:
        return
    homes = [(one.claim.home, one.claim.file.folders, one.claim.label) for one in (last, *before)]
    home, _, label = homes[0]
    if home and all((each, where) == (home, label) for each, _, where in homes):
        below = {folders[len(home) :] for _, folders, _ in homes}
        if len(below) == len(homes) and all(below) and not all(is_attempt(each[0]) for each in below):
            names: list[JSON] = [shown("/".join(each), 100) for each in sorted(below)[:12]]
            folder = shown("/".join((label, *home) if label else home))
            params: dict[str, JSON] = {"count": len(homes), "folder": folder, "students": names}
            yield Note(code="student.holds_folders", params=params)


def _unclaimed(stamps: Times, submissions: Iterable[Submission]) -> Iterator[Note]:
    """Tell of names in the table of times that are nobody's: a time that isn't used can cost a student marks."""
    if names := stamps.nobodys(submission.student for submission in submissions):
        students: list[JSON] = [shown(name, 100) for name in names[:12]]
        yield Note(code="timestamps.nobody", params={"count": len(names), "students": students})


def _place(submission: Submission) -> tuple[str, str, str]:
    return submission.assignment or "", submission.student, submission.path


def _missing(roster: Roster, submissions: Sequence[Submission], assignment: str | None) -> tuple[Missing, ...]:
    """Name who is in the roster and handed in nothing, or not every assignment that others handed in."""
    handed_in: Mapping[str, set[str | None]] = defaultdict(set)
    for submission in submissions:
        handed_in[submission.student].add(submission.assignment)
    seen = sorted({submission.assignment for submission in submissions if submission.assignment is not None})
    missing = []
    for student in sorted(roster.identities):
        theirs = handed_in.get(student)
        if not theirs:
            missing.append(Missing(student=student, assignment=assignment))
        elif None not in theirs:
            missing.extend(Missing(student=student, assignment=slug) for slug in seen if slug not in theirs)
    return tuple(missing)
