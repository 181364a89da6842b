"""Folders that gather several students' folders though their names don't say so: `week1/submissions/ada/…`.

One by one such a file looks like `ada/old/…`, an attempt in a folder of its student's. Together they tell: three
folders side by side that each hold a file for the same assignment, and none of them called like an attempt, are three
people. Taken for one student's, all but one of them would not be graded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from grader.submissions.intake import File
from grader.submissions.layouts import USUAL, folder_name, gathers, people_of
from grader.submissions.names import Slugs, is_notebook, stem

Folder = tuple[str, ...]

_ATTEMPT = re.compile(
    r"^(?:[\d .:_T+-]*[.:_+-][\d .:_T+-]*|\d{1,3}|__macosx|\.ipynb_checkpoints|(?:my|the)?[ _-]?"
    r"(?:final|last|latest|first|second|third|old|new|older|newer|backups?|bak|cop(?:y|ies)|orig(?:inal)?|drafts?"
    r"|archive|src|source|code|work|lib|tests?|tmp|temp|data|notebooks?|scripts?|attempts?|tr(?:y|ies)|trial"
    r"|ver(?:sion)?|rev(?:ision)?|v|take|round|run|parts?|questions?|problems?|tasks?|q|p|weeks?|labs?|units?|modules?"
    r"|lessons?|hw|ps|pset|第.*次(?:提交|作业|尝试|修改)?|第.*[版周章节]"
    r"|提交|修改|尝试|作业|练习|任务|题目?|初稿|终稿|定稿|草稿|初版|终版|版本|最终版?|最[新后]版?|备份|旧版?|新版?)"
    r"(?:[ _.-]*\(?\d{1,3}\)?)?"
    r"(?:[ _-]*(?:final|last|latest|old|new|copy|version|attempt|draft))*)$",
    re.IGNORECASE,
)
"""What a student calls the folders of attempts, parts and leftovers."""
_ENOUGH = 3
_ENOUGH_UNNAMED = 5
"""Of files whose names say no assignment; a student may have as many notebooks of parts."""
_ENOUGH_GATHERED = 2
"""Where a folder such as `submissions/` lies between, which says that people follow."""
_MANY = re.compile(
    r"^(?:submissions|submitted|inbound|students|downloads|uploads|exports|hand-?ins|提交)$", re.IGNORECASE
)
_ENOUGH_FLAT = 4
"""Of files in such a folder of which none is named like a submission."""


def is_attempt(folder: str) -> bool:
    """Whether a folder is called like an attempt, a part or a leftover, and not like a person."""
    return _ATTEMPT.match(folder_name(folder)) is not None


def crowds_among(files: Sequence[File], slugs: Slugs, *, wrapped: int) -> frozenset[Folder]:
    """Return the folders that look like a student's, and hold several students' folders.

    Where as many stand side by side as there are names below them, they are students who each have the same folders.
    """
    if not any(len(file.folders) > wrapped + 1 for file in files):
        return frozenset()
    within: dict[Folder, dict[str, set[Folder]]] = defaultdict(lambda: defaultdict(set))
    gathered: set[Folder] = set()
    own: set[Folder] = set()
    flat: dict[Folder, set[Folder]] = defaultdict(set)
    for file in files:
        depths, settled = people_of(file.folders, slugs, wrapped=wrapped)
        if settled or not depths:
            continue
        key = _key(file, slugs)
        last = file.folders[: depths[-1] + 1]
        between = file.folders[depths[-1] + 1 :]
        if not key and between and all(map(_MANY.match, between)):
            flat[last].add((*file.folders, stem(file.name)))
        elif key is not None:
            own.add(last)
            for depth, below in pairwise(depths):
                within[file.folders[: depth + 1]][key].add(file.folders[: below + 1])
                if any(map(gathers, file.folders[depth + 1 : below])):
                    gathered.add(file.folders[: depth + 1])
    for folder, names in flat.items():
        if len(names) >= _ENOUGH_FLAT and folder not in own and folder not in within:
            within[folder][""] = names
            gathered.add(folder)
        else:
            own.add(folder)
    return _crowded({folder: keys for folder, keys in within.items() if folder not in own}, gathered)


def _key(file: File, slugs: Slugs) -> str | None:
    """Return for which assignment a file seems to be, "" for one that doesn't say, None for no submission."""
    named = slugs.named(stem(file.name))[0]
    if named is not None:
        return named
    for folder in reversed(file.folders):
        if (slug := slugs.named(folder_name(folder))[0]) is not None:
            return slug
    return stem(file.name).lower() if USUAL.match(stem(file.name)) else "" if is_notebook(file.name) else None


def _crowded(within: dict[Folder, dict[str, set[Folder]]], gathered: set[Folder]) -> frozenset[Folder]:
    """Return the folders with enough names below them, and those that hold such folders only."""
    likely: dict[Folder, set[str]] = {}
    for folder, keys in within.items():
        names = {below[-1] for found in keys.values() for below in found}
        if not any(map(is_attempt, names)) and _enough(keys, folder in gathered):
            likely[folder] = names
    beside: dict[Folder, list[Folder]] = defaultdict(list)
    for folder in likely:
        beside[folder[:-1]].append(folder)
    crowded = {
        folder
        for side in beside.values()
        for folder in side
        if len(set[str]().union(*(likely[each] for each in side))) > len(side)
    }
    for folder, keys in sorted(within.items(), key=lambda each: -len(each[0])):
        if set[Folder]().union(*keys.values()) <= crowded:
            crowded.add(folder)
    return frozenset(crowded)


def _enough(keys: dict[str, set[Folder]], gathered: bool) -> bool:
    """Whether so many folders hold a file for the same assignment that they are hardly one student's."""
    return any(
        len(found) >= (_ENOUGH_GATHERED if gathered else _ENOUGH if key else _ENOUGH_UNNAMED)
        for key, found in keys.items()
    )
