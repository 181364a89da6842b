"""Which of a student's files are submissions, which belong to one, and which attempt counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from grader.errors import UnreadableSubmission
from grader.model import Submission
from grader.submissions.layouts import FAULTY, USUAL, Claim
from grader.submissions.names import is_notebook, stem
from grader.submissions.reading import SIBLINGS_CAP, read_program

Reader = tuple[str, Callable[[], bytes]]
Chosen = tuple[Claim, tuple[str, ...]]
"""A submission with the flags that the choice earned it."""
_NUMBER = re.compile(r"(\d{1,18})")
_IMPORTS = re.compile(rb"(?:from|import)[ \t]+(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """A submission before it is given a number: a claim, whose it is, and the files that belong to it."""

    claim: Claim
    student: str
    flags: tuple[str, ...] = ()
    siblings: tuple[Reader, ...] = ()


def choose(claims: Sequence[Claim], slugs: frozenset[str]) -> tuple[list[Chosen], list[Claim]]:
    """Tell the submissions in one student's folder, each with its flags, from the files beside them.

    A file named by an assignment is one. Else a file that bears a marker; else a notebook; else the `.py` file with a
    usual name or, failing that, the largest, which is flagged. What is left over belongs to them or is nothing.
    """
    if len(claims) == 1:
        return [(claims[0], ())], []
    groups: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.assignment].append(claim)
    chosen: list[Chosen] = []
    rest: list[Claim] = []
    unplaced = groups.pop(None, [])
    for group in groups.values():
        named = [claim for claim in group if claim.by_name]
        _divide(group, _plainly(named) or _pick(group), chosen, rest)
    if unplaced:
        marked = _marked(unplaced, slugs) if len(unplaced) > 1 or groups else []
        _divide(unplaced, _plainly(marked) or ([] if groups else _pick(unplaced)), chosen, rest)
    return chosen, rest


def _plainly(claims: Sequence[Claim]) -> list[Chosen]:
    return [(claim, ()) for claim in claims]


def _divide(group: list[Claim], picked: list[Chosen], chosen: list[Chosen], rest: list[Claim]) -> None:
    files = {id(claim.file) for claim, _ in picked}
    chosen.extend(picked)
    rest.extend(claim for claim in group if id(claim.file) not in files)


def _pick(claims: list[Claim]) -> list[Chosen]:
    """Choose among files that nothing names: in the outermost folders, the notebooks, else one `.py` file a folder."""
    depth = min(len(claim.file.folders) for claim in claims)
    places: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if len(claim.file.folders) == depth:
            places[claim.file.folders].append(claim)
    picked: list[Chosen] = []
    for group in places.values():
        usual = [claim for claim in group if USUAL.match(stem(claim.name))]
        if notebooks := [claim for claim in group if is_notebook(claim.name)]:
            picked.extend((claim, ()) for claim in notebooks)
        elif len(group) == 1:
            picked.append((group[0], ()))
        elif len(usual) == 1:
            picked.append((usual[0], ()))
        else:
            picked.append((max(usual or group, key=_size), ("submission.guessed",)))
    return picked


def _marked(claims: list[Claim], slugs: frozenset[str]) -> list[Claim]:
    """Return the claims whose files bear the marker of an assignment, placed by it."""
    found = []
    for claim in claims:
        try:
            marker = read_program(claim.file.read(), claim.name).marker
        except UnreadableSubmission:
            continue
        if marker in slugs:
            found.append(replace(claim, assignment=marker))
    return found


def _size(claim: Claim) -> int:
    try:
        return len(claim.file.read())
    except UnreadableSubmission:
        return -1


def siblings_of(claim: Claim, rest: Sequence[Claim]) -> tuple[Reader, ...]:
    """Return the other `.py` files in the folder of a submission."""
    return tuple(
        (other.name, other.file.read)
        for other in rest
        if other.file.folders == claim.file.folders and not is_notebook(other.name) and other.file.name != FAULTY
    )[:SIBLINGS_CAP]


def imported(read: Callable[[], bytes]) -> frozenset[str]:
    """Return the names of modules that a file seems to import, without parsing it."""
    try:
        data = read()
    except UnreadableSubmission:
        return frozenset()
    return frozenset(name.decode("ascii", "replace") for name in _IMPORTS.findall(data))


def settle(owned: list[Owned]) -> tuple[Owned, list[Owned], dict[int, int]]:
    """Return the attempt that counts, the earlier ones, and the number of each by identity.

    The latest counts: by time, by the number that an LMS or a pattern gives, by the number of the copy. If these leave
    the last two equal, a notebook goes before a `.py` file, the outer folder before an inner one and `attempt 10`
    before `attempt 9`, and the flag `attempts.unordered` asks a person to look.
    """
    ordered = sorted(owned, key=lambda one: (_order(one), _preference(one)))
    numbers = {id(one): one.claim.attempt or position for position, one in enumerate(ordered, start=1)}
    last = ordered[-1]
    if len(ordered) > 1 and _order(ordered[-2]) == _order(last):
        flagged = replace(last, flags=(*last.flags, "attempts.unordered"))
        numbers[id(flagged)] = numbers[id(last)]
        last = flagged
    return last, ordered[:-1], numbers


def settled(submissions: Iterable[Submission]) -> tuple[list[Submission], list[Submission]]:
    """Sort out attempts among submissions whose assignment became known only by their content.

    Returns those that count, in their order, and the earlier ones, both numbered. Without times the last path counts,
    flagged `attempts.unordered`.
    """
    groups: dict[tuple[str, str | None], list[Submission]] = defaultdict(list)
    for submission in submissions:
        groups[submission.student, submission.assignment].append(submission)
    latest, earlier = [], []
    for (_, assignment), group in groups.items():
        if len(group) == 1 or assignment is None:
            latest.extend(group)
            continue
        ordered = sorted(group, key=lambda one: (_moment(one.submitted_at), one.attempt, one.path))
        numbered = [replace(one, attempt=number) for number, one in enumerate(ordered, start=1)]
        last = numbered.pop()
        if (
            _moment(ordered[-2].submitted_at) == _moment(last.submitted_at)
            and ordered[-2].attempt == ordered[-1].attempt
        ):
            last = replace(last, flags=(*last.flags, "attempts.unordered"))
        latest.append(last)
        earlier.extend(numbered)
    return latest, earlier


def _moment(at: datetime | None) -> datetime:
    return at or datetime.min.replace(tzinfo=UTC)


def _order(one: Owned) -> tuple[datetime, int, int]:
    return _moment(one.claim.at), one.claim.attempt or 0, one.claim.copy


def _preference(one: Owned) -> tuple[bool, int, list[tuple[int, str]], str]:
    path = one.claim.path
    counted = [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBER.split(path)]
    return is_notebook(one.claim.name), -len(one.claim.file.folders), counted, path
