"""Files that only their folders tell apart: `submission1/solution.py` and `submission2/solution.py` are two students'.

`solution` is nobody's name, and `submission1` could be a folder that gathers several people's files. Taken for one
student's, the second would be another attempt, and the first would not be graded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from grader.submissions.layouts import USUAL, Claim, gathers
from grader.submissions.names import Slugs, folded, is_archive, stem
from grader.submissions.roster import Roster

Place = tuple[str, ...]


def leads(claim: Claim) -> bool:
    """Tell a file whose name says that it is the submission, and not whose."""
    return claim.by_name or USUAL.match(stem(claim.name)) is not None


def kept_apart(claims: list[Claim], slugs: Slugs, roster: Roster) -> tuple[list[Claim], list[str]]:
    """Name by their folders the claims that would be one student's only for want of a name.

    Also returns those of these names that are hardly a person's.

    A file that lies alone in its folder, under a name that stands in several folders, says as little about its student
    as one with a usual name.
    """
    where = {id(claim): (claim.label, *claim.file.folders) for claim in claims if claim.home is None}
    beside = Counter(where.values())
    if len(beside) < 2:
        return claims, []
    doubtful: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.home is None and (beside[where[id(claim)]] == 1 or leads(claim)) and not roster.find(claim.raw):
            doubtful[folded(claim.raw)].append(claim)
    names: dict[int, list[str]] = {}
    for group in doubtful.values():
        if _meet((claim.assignment, where[id(claim)]) for claim in group):
            names |= _by_folders(group, [where[id(claim)] for claim in group], slugs)
    if not names:
        return claims, []
    renamed = [replace(claim, raw=" ".join(names[id(claim)])) if id(claim) in names else claim for claim in claims]
    return renamed, sorted({" ".join(name) for name in names.values() if all(map(gathers, name))})


def _meet(claims: Iterable[tuple[str | None, Place]]) -> bool:
    """Whether claims from different places are, or may be, for one assignment."""
    places: dict[str | None, set[Place]] = defaultdict(set)
    for assignment, place in claims:
        places[assignment].add(place)
    anywhere = set().union(*places.values())
    return len(anywhere) > 1 and (None in places or any(len(each) > 1 for each in places.values()))


def _by_folders(group: Sequence[Claim], places: Sequence[Place], slugs: Slugs) -> dict[int, list[str]]:
    """Return for each claim the folders below the one that holds them all; nothing for what lies there itself."""
    shared = next((n for n, parts in enumerate(zip(*places, strict=False)) if len(set(parts)) > 1), None)
    if shared is None:
        shared = min(map(len, places))
    names = {}
    for claim, place in zip(group, places, strict=True):
        folders = [stem(folder) if is_archive(folder) else folder for folder in place[shared:]]
        if own := [folder for folder in folders if slugs.named(folder)[0] is None]:
            names[id(claim)] = own
    return names
