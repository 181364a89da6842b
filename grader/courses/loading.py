"""Loading an assignment from its folder in `solutions/`, and telling all that is wrong with it at once."""

from __future__ import annotations

import hashlib
from pathlib import Path

from grader.authoring import Assignment
from grader.courses.declared_faults import find_declared_faults
from grader.courses.finding import CHECKS, REFERENCE
from grader.courses.keys import key_faults
from grader.courses.locales import read_catalogues
from grader.courses.references import LoadedAssignment, import_files
from grader.courses.soundness import find_faults, find_warnings
from grader.errors import CourseError
from grader.saying import say


def load_assignment(folder: Path) -> LoadedAssignment:
    """Load the assignment in `solutions/<slug>` and look it over.

    Raises CourseError with all that is wrong at once, each fault with its file, question and check, and what to do.
    """
    folder = folder.resolve()
    reference, checks, absent = import_files(folder)
    found = getattr(checks, "assignment", None)
    where = f"{folder / CHECKS}"
    if not isinstance(found, Assignment):
        raise CourseError(
            [
                say(
                    "{where}: no assignment is defined: write `assignment = Assignment({name!r}, …)`",
                    where=where,
                    name=folder.name,
                )
            ]
        )
    if declared := find_declared_faults(found, reference):
        raise CourseError([say("{path}: {fault}", path=where, fault=fault) for fault in declared])
    faults, sick = find_faults(found, reference, folder)
    faults += [
        say(
            "{place}: the reference has no {name!r}: define it in {reference}, or mend the name",
            place=each.place,
            name=each.name,
            reference=REFERENCE,
        )
        for each in absent
    ]
    catalogue, language_faults = read_catalogues(folder)
    faults += language_faults
    loaded = LoadedAssignment(
        folder=folder,
        assignment=found,
        reference=reference,
        catalogue=catalogue,
        digest=_digest(folder),
        warnings=() if faults else find_warnings(found, folder),
    )
    if faults:
        # The rest is looked over too, so that an author meets all faults at once and not one round after another.
        raise CourseError([*faults, *key_faults(loaded, without=sick)])
    return loaded


def _digest(folder: Path) -> str:
    """Hash every Python file of the folder."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob("*.py")):
        content = path.read_bytes()
        whole.update(f"{path.name}:{len(content)}:".encode())
        whole.update(content)
    return whole.hexdigest()
