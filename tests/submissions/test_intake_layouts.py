"""Download layouts of learning platforms are recognised by themselves, on disk and in archives."""

from __future__ import annotations

import re

import pytest
from intake_samples import NOTEBOOK, SLUGS, Tree, matched, refused, tarred, zipped

from grader.submissions import Intake, collect, read_roster
from grader.submissions.gradescope import parse_metadata
from grader.submissions.times import parse_time

GRADESCOPE = r"""---
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: '100'
    :email: ada@example.edu
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: &1 2024-03-01 06:22:11.383000000 Z
    zone: &2 !ruby/object:ActiveSupport::TimeZone
      name: America/New_York
    time: 2024-03-01 01:22:11.383000000 Z
  :score: 10.0
  :status: processed
  :results:
    tests:
    - name: 'submission_999:'
      score: 1
      output: |
        submission_998:
          :submitters:
          - :name: Mallory
            :sid: '666'
  :history:
  - :id: 3
    :created_at: 2024-02-01 06:22:11.383000000 Z
    :submitters:
    - :name: Mallory
      :sid: '666'
submission_102:
  :submitters:
  - :name: "Zo\u00EB"
    :email: zoe@example.edu
  - :name: 'Pat O''Neil'
    :sid: '102'
  :created_at: 2024-03-02 17:30:09.593428000 Z
submission_103:
  :submitters: []
"""

LAYOUTS: dict[str, tuple[dict[str, str | bytes], list[tuple[str, str, str | None]]]] = {
    "nbgrader, collected": (
        {
            "submitted/ada/broadcasting/broadcasting.ipynb": NOTEBOOK,
            "submitted/ada/broadcasting/timestamp.txt": "2024-03-01 17:30:09.593000 UTC",
            "submitted/bob/ps1/broadcasting.ipynb": NOTEBOOK,
            "submitted/bob/ps1/timestamp.txt": "2024-03-01 17:30:09 Asia/Shanghai\n",
        },
        [("broadcasting", "ada", "2024-03-01T17:30:09+00:00"), ("broadcasting", "bob", "2024-03-01T17:30:09+08:00")],
    ),
    "nbgrader, inbound": (
        {
            "inbound/ada+broadcasting+2024-03-01 17:30:09.593000 UTC+Xy-_9=/broadcasting.ipynb": NOTEBOOK,
            "inbound/ada+broadcasting+2024-03-01 17:30:09.593000 UTC+Xy-_9=/timestamp.txt": "2024-03-01 17:30:09 UTC",
            "inbound/b+ob+broadcasting+2024-03-02 17:30:09.593000 UTC/problem.ipynb": NOTEBOOK,
        },
        [("broadcasting", "ada", "2024-03-01T17:30:09+00:00"), ("broadcasting", "b+ob", "2024-03-02T17:30:09+00:00")],
    ),
    "Canvas": (
        {
            "lovelaceada_1234_56789_broadcasting-1.ipynb": NOTEBOOK,
            "lovelaceada_1234_56790_helper.py": "x = 1",
            "turing-alan_LATE_1235_56791_broadcasting.py": "x = 1",
            "1236_56792_broadcasting.py": "x = 1",
        },
        [("broadcasting", "1236", None), ("broadcasting", "lovelaceada", None), ("broadcasting", "turing-alan", None)],
    ),
    "Canvas, an archive each": (
        {"lovelaceada_1234_56789_work.zip": zipped({"work/broadcasting.ipynb": NOTEBOOK, "work/helper.py": "x = 1"})},
        [("broadcasting", "lovelaceada", None)],
    ),
    "Moodle, a folder each": (
        {
            "Ada Lovelace_12345_assignsubmission_file_/broadcasting.ipynb": NOTEBOOK,
            "王小明_12346_assignsubmission_file_/broadcasting.py": "x = 1",
            "Eve_12347_assignsubmission_file/broadcasting.py": "x = 1",
            "Participant 9_9_assignsubmission_file_/broadcasting.py": "x = 1",
            "Zed_12348_assignsubmission_onlinetext_/onlinetext.html": "<p>hi</p>",
        },
        [
            ("broadcasting", "Ada Lovelace", None),
            ("broadcasting", "Eve", None),
            ("broadcasting", "Participant 9", None),
            ("broadcasting", "王小明", None),
        ],
    ),
    "Moodle, files side by side": (
        {
            "Ada Lovelace_12345_assignsubmission_file_broadcasting.ipynb": NOTEBOOK,
            "Ada Lovelace_12345_assignsubmission_file_helper.py": "x = 1",
            "Bob_12346_assignsubmission_file_my_work.zip": zipped({"broadcasting.py": "x = 1"}),
        },
        [("broadcasting", "Ada Lovelace", None), ("broadcasting", "Bob", None)],
    ),
    "Gradescope": (
        {
            "assignment_77_export/submission_metadata.yml": GRADESCOPE,
            "assignment_77_export/submission_101/broadcasting.ipynb": NOTEBOOK,
            "assignment_77_export/submission_102/broadcasting.py": "x = 1",
            "assignment_77_export/submission_103/broadcasting.py": "x = 1",
        },
        [
            ("broadcasting", "100", "2024-03-01T06:22:11+00:00"),
            ("broadcasting", "102", "2024-03-02T17:30:09+00:00"),
            ("broadcasting", "submission_103", None),
            ("broadcasting", "zoe@example.edu", "2024-03-02T17:30:09+00:00"),
        ],
    ),
}


def found(intake: Intake) -> list[tuple[str | None, str, str | None]]:
    return [
        (one.assignment, one.student, one.submitted_at.isoformat() if one.submitted_at else None)
        for one in intake.submissions
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_recognised_in_a_folder(tree: Tree, layout: str) -> None:
    files, expected = LAYOUTS[layout]
    intake = collect([tree(files)], slugs=SLUGS)
    assert found(intake) == expected
    assert all(one.read() for one in intake.submissions)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("ending", ["zip", "tar.gz", "tar", "tgz", "tar.xz", "tar.bz2"])
def test_a_layout_is_recognised_in_an_archive(tree: Tree, layout: str, ending: str) -> None:
    files, expected = LAYOUTS[layout]
    packing = {"gz": "w:gz", "tgz": "w:gz", "xz": "w:xz", "bz2": "w:bz2"}.get(ending.rsplit(".", maxsplit=1)[-1], "w:")
    data = zipped(files) if ending == "zip" else tarred(files, packing)
    root = tree({f"download.{ending}": data})
    alone = collect([root / f"download.{ending}"], slugs=SLUGS)
    assert found(alone) == expected
    assert all(one.read() for one in alone.submissions)
    if layout.startswith(("Moodle", "Gradescope", "nbgrader, inbound")):
        assert found(collect([root], slugs=SLUGS)) == expected


def test_canvas_says_who_was_late_and_keeps_its_ids(tree: Tree) -> None:
    intake = collect([tree(LAYOUTS["Canvas"][0])], slugs=SLUGS)
    assert {one.student: one.flags for one in intake.submissions} == {
        "1236": (),
        "lovelaceada": (),
        "turing-alan": ("late.lms",),
    }
    assert intake.identities["lovelaceada"].canvas_id == "1234"
    assert [name for one in intake.submissions for name, _ in one.siblings] == ["helper.py"]


def test_a_file_of_canvas_named_alone_is_recognised(tree: Tree) -> None:
    root = tree(LAYOUTS["Canvas"][0])
    intake = collect([root / "lovelaceada_1234_56789_broadcasting-1.ipynb"], slugs=SLUGS)
    assert found(intake) == [("broadcasting", "lovelaceada", None)]


@pytest.mark.parametrize("name", ["ada_solution.py", "ada_1_final.py", "2024_ada.py", "hw_1_2.py"])
def test_ordinary_names_are_not_taken_for_canvas(tree: Tree, name: str) -> None:
    assert collect([tree({name: "x = 1"})], slugs=SLUGS).submissions[0].student == name[:-3]


def test_two_students_of_one_name_are_kept_apart_by_number(tree: Tree) -> None:
    files = {f"Ada L_{number}_assignsubmission_file_/broadcasting.py": "x = 1" for number in (11, 12)}
    assert [one.student for one in collect([tree(files)], slugs=SLUGS).submissions] == ["Ada L (11)", "Ada L (12)"]


def test_the_members_of_a_group_each_get_the_submission(tree: Tree) -> None:
    intake = collect([tree(LAYOUTS["Gradescope"][0])], slugs=SLUGS)
    shared = [one for one in intake.submissions if "submission_102" in one.path]
    assert {one.student for one in shared} == {"102", "zoe@example.edu"}
    assert intake.identities["102"].name == "Pat O'Neil"
    assert intake.identities["zoe@example.edu"].name == "Zoë"


def test_what_a_students_output_says_in_gradescopes_file_is_not_believed() -> None:
    people = parse_metadata(GRADESCOPE.encode())
    assert set(people) == {"submission_101", "submission_102"}
    assert "666" not in {one.raw for group in people.values() for one in group}


@pytest.mark.parametrize("data", [b"", b"\0\0", b"{", b"- - - -", b"submission_1:\n  :submitters: 3\n", b"x" * 100_000])
def test_metadata_that_is_none_names_nobody(data: bytes) -> None:
    assert parse_metadata(data) == {}


def test_the_roster_knows_platforms_ids(tree: Tree) -> None:
    roster = read_roster(
        b"student,name,email,canvas_id,moodle_id\n"
        b"ada,Ada Lovelace,ada@example.edu,1234,\n"
        b"alan,Alan Turing,alan@example.edu,,Participant 12345\n"
        b"zoe,Zoe,zoe@example.edu,,\n"
    )
    root = tree(
        {
            "lovelaceada_1234_1_broadcasting.py": "1",
            "A. T._12345_assignsubmission_file_/broadcasting.py": "1",
            "gs/submission_metadata.yml": GRADESCOPE,
            "gs/submission_102/broadcasting.py": "1",
        }
    )
    intake = collect([root], slugs=SLUGS, roster=roster)
    assert [(one.student, one.flags) for one in intake.submissions] == [
        ("102", ("student.unknown",)),
        ("ada", ()),
        ("alan", ()),
        ("zoe", ()),
    ]
    assert intake.identities["zoe"].email == "zoe@example.edu"


def test_later_attempts_of_the_exchange_supersede_earlier_ones(tree: Tree) -> None:
    times = ("2024-03-02 10:00:00.0 UTC", "2024-03-10 10:00:00.0 UTC", "2024-03-01 23:00:00.0 -1200")
    root = tree({f"ada+broadcasting+{at}+r{n}/broadcasting.py": str(n) for n, at in enumerate(times)})
    intake = collect([root], slugs=SLUGS)
    assert [(one.read(), one.attempt) for one in intake.submissions] == [(b"1", 3)]
    assert [(one.read(), one.attempt) for one in intake.superseded] == [(b"2", 2), (b"0", 1)]


def test_text_typed_into_moodle_is_listed_as_no_submission(tree: Tree) -> None:
    intake = collect([tree(LAYOUTS["Moodle, a folder each"][0])], slugs=SLUGS)
    assert refused(intake) == {
        "Zed_12348_assignsubmission_onlinetext_/onlinetext.html": "unmatched.other_kind",
    }


def test_paths_in_archives_are_shown_with_the_archives_name(tree: Tree) -> None:
    root = tree({"ada.zip": zipped({"broadcasting.py": "x = 1"})})
    assert matched(collect([root], slugs=SLUGS)) == [("broadcasting", "ada", "ada.zip/broadcasting.py")]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-03-01 17:30:09.593000 UTC", "2024-03-01T17:30:09+00:00"),
        ("2024-03-01T17:30:09Z", "2024-03-01T17:30:09+00:00"),
        ("2024-03-01 17:30", "2024-03-01T17:30:00+00:00"),
        ("2024-03-01 17_30_09 +0530", "2024-03-01T17:30:09+05:30"),
        ("2024-03-01 17:30:09 Asia/Shanghai", "2024-03-01T17:30:09+08:00"),
        ("2024-03-01 17:30:09 Nowhere/Land", "2024-03-01T17:30:09+00:00"),
        ("2024-03-01 17:30:09 ../../etc/passwd", None),
        ("2024-02-30 17:30:09", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_times_are_read_as_the_platforms_write_them(text: str, moment: str | None) -> None:
    at = parse_time(text)
    assert (at.isoformat() if at else None) == moment


def by_student(intake: Intake) -> list[tuple[str, str]]:
    return sorted((one.student, one.path) for one in (*intake.submissions, *intake.superseded))


@pytest.mark.parametrize("name", ["solution.py", "broadcasting.py", "main.ipynb", "my_work.py"])
@pytest.mark.parametrize(
    "folders",
    [
        ("submission1", "submission2"),
        ("homework 1", "homework 2"),
        ("upload1", "upload (2)"),
        ("assignment1/submission1", "assignment1/submission2"),
        ("broadcasting/submission1", "broadcasting/submission2"),
        ("submission1/broadcasting", "submission2/broadcasting"),
    ],
)
def test_what_only_folders_tell_apart_is_not_taken_for_one_students(
    tree: Tree, name: str, folders: tuple[str, ...]
) -> None:
    content = NOTEBOOK if name.endswith("ipynb") else "x = 1"
    root = tree({f"{folder}/{name}": content for folder in folders})
    expected = [(re.sub(r".*/(?=[su])|/broadcasting$", "", folder), f"{folder}/{name}") for folder in folders]
    for assignment in (None, "broadcasting"):
        intake = collect([root], slugs=SLUGS, assignment=assignment)
        assert by_student(intake) == sorted(expected)
        assert intake.superseded == ()
        assert [(note.code, note.params) for note in intake.notes] == [
            ("student.by_folder", {"count": 2, "students": sorted(name for name, _ in expected)})
        ]


@pytest.mark.parametrize("name", ["solution.py", "broadcasting.py", "work.py"])
def test_students_folders_given_by_a_pattern_of_the_shell_are_theirs(tree: Tree, name: str) -> None:
    root = tree({f"{student}/{name}": "x = 1" for student in ("ada", "bob")} | {"cy.zip": zipped({name: "x = 1"})})
    intake = collect([root / "ada", root / "bob", root / "cy.zip"], slugs=SLUGS, assignment="broadcasting")
    assert by_student(intake) == [("ada", f"ada/{name}"), ("bob", f"bob/{name}"), ("cy", f"cy.zip/{name}")]
    assert intake.notes == ()


def test_a_file_that_is_named_by_its_student_is_another_attempt_wherever_it_lies(tree: Tree) -> None:
    weeks = tree({f"{week}/{name}.py": week for week in ("upload1", "upload2") for name in ("ada", "bob")})
    intake = collect([weeks], slugs=SLUGS, assignment="broadcasting")
    assert [(one.student, one.attempt, one.flags) for one in intake.submissions] == [
        ("ada", 2, ("attempts.unordered",)),
        ("bob", 2, ("attempts.unordered",)),
    ]
    alone = tree({f"more/{folder}/ada.py": folder for folder in ("upload1", "upload2")}) / "more"
    roster = read_roster(b"student\nada\n")
    assert [one.student for one in collect([alone], slugs=SLUGS, assignment="broadcasting").submissions] == [
        "upload1",
        "upload2",
    ]
    known = collect([alone], slugs=SLUGS, assignment="broadcasting", roster=roster)
    assert [(one.student, one.attempt) for one in known.submissions] == [("ada", 2)]


def test_different_assignments_in_numbered_folders_of_a_students_folder_stay_the_students(tree: Tree) -> None:
    root = tree({"ada/homework 1/broadcasting.py": "x = 1", "ada/homework 2/numpy_basics.py": "x = 1"})
    intake = collect([root / "ada"], slugs=SLUGS)
    assert [(one.assignment, one.student) for one in intake.submissions] == [
        ("broadcasting", "ada"),
        ("numpy_basics", "ada"),
    ]


def test_what_a_file_of_a_usual_name_imports_from_its_folder_belongs_to_it(tree: Tree) -> None:
    files = {"main.py": "from tools import f", "tools.py": "f = 1"}
    root = tree({f"submission{n}/{name}": text for n in (1, 2) for name, text in files.items()})
    intake = collect([root], slugs=SLUGS, assignment="broadcasting")
    assert [(one.student, [name for name, _ in one.siblings]) for one in intake.submissions] == [
        ("submission1", ["tools.py"]),
        ("submission2", ["tools.py"]),
    ]
