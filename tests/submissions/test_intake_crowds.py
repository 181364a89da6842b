"""Folders that gather several students' folders though their names don't say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from grader.submissions import Intake, collect

SLUGS = ("broadcasting", "logistic_regression", "numpy_basics")
PEOPLE = ("ada", "bob", "cleo")


def taken(root: Path, paths: Sequence[str]) -> Intake:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x = 1\n" if path.endswith(".py") else "{}")
    return collect([root], slugs=SLUGS)


def who(intake: Intake) -> Mapping[str, str]:
    return {submission.path: submission.student for submission in (*intake.submissions, *intake.superseded)}


LAYOUTS = {
    "weeks of submissions, each of another assignment": [
        f"week{week}/submissions/{name}/{slug}.py"
        for week, slug in ((1, "numpy_basics"), (2, "broadcasting"))
        for name in PEOPLE
    ],
    "weeks without a folder between": [
        f"week{week}/{name}/{slug}.ipynb"
        for week, slug in ((1, "numpy_basics"), (2, "broadcasting"))
        for name in PEOPLE
    ],
    "a folder of the class beside another download": [
        "tutorial group/ada/numpy_basics.py",
        "tutorial group/bob/numpy_basics.py",
        "tutorial group/cleo/numpy_basics.ipynb",
        "Dora_12_assignsubmission_file_/numpy_basics.py",
    ],
    "two levels that say nothing": [
        f"term/{group}/{name}{group[-1]}/numpy_basics.py" for group in ("red", "blue") for name in PEOPLE
    ]
    + ["emil/numpy_basics.py"],
    "notebooks with the students' own titles": [
        f"{group}/submissions/{name}/my {name} thing.ipynb"
        for group, people in (("red", PEOPLE), ("blue", ("dora", "emil")))
        for name in people
    ],
    "files side by side in folders of submissions": [
        f"week{week}/submissions/{name}.py" for week in (1, 2) for name in (*PEOPLE, "dora")
    ],
}


@pytest.mark.parametrize("paths", LAYOUTS.values(), ids=LAYOUTS)
def test_each_folder_of_a_crowd_is_a_student(tmp_path: Path, paths: list[str]) -> None:
    assert who(taken(tmp_path, paths)) == {path: student_of(path) for path in paths}


def student_of(path: str) -> str:
    """Return the student's own folder in these layouts, or the file's stem where files lie side by side."""
    folder, _, name = path.rpartition("/")
    own = Path(name).stem if folder.endswith("submissions") else folder.rpartition("/")[2]
    return own.partition("_")[0]


OWN = {
    "attempts": [f"{name}/attempt {n}/numpy_basics.py" for name in ("ada", "bob") for n in (1, 2, 3)],
    "dates": [f"ada/2026-03-0{n}/numpy_basics.py" for n in (1, 2, 3)] + ["bob/numpy_basics.py"],
    "a backup beside the work": [
        "ada/numpy_basics.py",
        "ada/x/numpy_basics.py",
        "ada/y/numpy_basics.py",
        "ada/z/numpy_basics.py",
        "bob/numpy_basics.py",
    ],
    "the same three folders each": [f"{name}/{how}/main.py" for name in PEOPLE for how in ("sgd", "adam", "momentum")],
    "attempts in a folder of submissions": [
        f"{name}/submissions/v{n}/numpy_basics.py" for name in PEOPLE for n in (1, 2)
    ],
    "three assignments": [f"{name}/{slug}/work/{slug}.py" for name in ("ada", "bob") for slug in SLUGS],
    "two folders only": [f"{name}/{what}/numpy_basics.py" for name in ("ada", "bob") for what in ("one", "other")],
}


@pytest.mark.parametrize("paths", OWN.values(), ids=OWN)
def test_the_folders_of_a_student_stay_the_students(tmp_path: Path, paths: list[str]) -> None:
    found = who(taken(tmp_path, paths))
    assert found == {path: path.split("/")[0] for path in found}


def test_one_student_of_two_weeks_has_two_attempts(tmp_path: Path) -> None:
    paths = [f"week{week}/submissions/{name}/numpy_basics.py" for week in (1, 2) for name in PEOPLE]
    intake = taken(tmp_path, paths)
    assert [(each.student, each.attempt, each.path[:5]) for each in intake.submissions] == [
        (name, 2, "week2") for name in PEOPLE
    ]
    assert all("attempts.unordered" in each.flags for each in intake.submissions)


def test_what_may_be_a_crowd_is_told(tmp_path: Path) -> None:
    intake = taken(
        tmp_path, [f"{group}/{name}/numpy_basics.py" for group in ("red", "blue") for name in ("ada", "bob")]
    )
    notes = [note.params for note in intake.notes if note.code == "student.holds_folders"]
    assert {"count": 2, "folder": "red", "students": ["ada", "bob"]} in notes
