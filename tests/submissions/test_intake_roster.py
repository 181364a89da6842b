"""The class list, as spreadsheets and platforms export it."""

from __future__ import annotations

import pytest

from grader.errors import UsageError
from grader.submissions import Identity, Roster, read_roster


def test_all_columns_are_kept() -> None:
    roster = read_roster(
        b"Student,Name,Email,Canvas ID,Moodle ID,Section,Tutor\n"
        b'ada,"Lovelace, Ada",ada@example.edu,12,Participant 7,A,Bo\n'
    )
    assert roster.identities["ada"] == Identity(
        student="ada",
        name="Lovelace, Ada",
        email="ada@example.edu",
        canvas_id="12",
        moodle_id="Participant 7",
        section="A",
        extra={"Tutor": "Bo"},
    )
    assert roster.notes == ()


@pytest.mark.parametrize(
    "data",
    [
        "student,name\n王小明,小明\n".encode(),
        "student,name\n王小明,小明\n".encode("utf-8-sig"),
        "student;name\r\n王小明;小明\r\n".encode("utf-16"),
        "student\tname\n王小明\t小明\n".encode("gbk"),
        "学号,姓名\n王小明,小明\n".encode(),
        "\n  \nusername,display name\n,,\n王小明,小明\n\n".encode(),
    ],
)
def test_what_spreadsheets_write_is_read(data: bytes) -> None:
    roster = read_roster(data)
    assert [(one.student, one.name) for one in roster.identities.values()] == [("王小明", "小明")]


def test_the_first_of_two_columns_of_one_meaning_counts() -> None:
    assert list(read_roster(b"student,id,name\nada,17,Ada\n").identities) == ["ada"]


def test_without_a_column_of_ids_addresses_are_the_ids() -> None:
    assert list(read_roster(b"name,email\nAda,ada@example.edu\n").identities) == ["ada@example.edu"]


def test_duplicate_empty_and_colliding_rows_are_reported() -> None:
    roster = read_roster(b"student,name\nada,Ada\nada,Another\n,Nobody\nADA,Third\nbob\n")
    assert list(roster.identities) == ["ada", "ADA", "bob"]
    assert roster.identities["ada"].name == "Ada"
    assert [(note.code, dict(note.params)) for note in roster.notes] == [
        ("roster.no_student", {"file": "roster.csv", "row": 4}),
        ("roster.duplicate", {"student": "ada"}),
        ("roster.collision", {"student": "ADA", "other": "ada"}),
    ]


@pytest.mark.parametrize(
    ("raw", "identity", "student"),
    [
        ("ada", None, "ada"),
        ("ADA", None, "ada"),
        ("ada@example.edu", None, "ada"),
        ("Ada Lovelace", None, "ada"),
        ("Lovelace, Ada", None, "ada"),
        ("lovelaceada", None, "ada"),
        ("x", Identity(student="", canvas_id="12"), "ada"),
        ("x", Identity(student="", moodle_id="7"), "ada"),
        ("x", Identity(student="", email="ADA@example.edu"), "ada"),
        ("eve", None, None),
        ("", None, None),
        ("Sam Smith", None, None),  # two students have this name
    ],
)
def test_a_student_is_found_by_whatever_a_download_says(
    raw: str, identity: Identity | None, student: str | None
) -> None:
    roster = read_roster(
        b"student,name,email,canvas_id,moodle_id\n"
        b"ada,Ada Lovelace,ada@example.edu,12,Participant 7\n"
        b"s1,Sam Smith,,,\ns2,Sam Smith,,,\n"
    )
    assert roster.find(raw, identity) == student


def test_ids_of_a_roster_are_made_safe() -> None:
    roster = read_roster("student\n../../x\n=1+1\n<b>x</b>\n.\n\u202eada\n".encode())
    assert list(roster.identities) == ["__.._x", "=1+1", "<b>x<_b>", "\ufffdada"]


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "empty"), (b"name,section\nAda,A\n", "no column called `student`"), (b"\0\1\2", "not a text file")],
)
def test_a_bad_roster_says_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_roster(data, "class.csv")


def test_a_cell_beyond_the_limit_of_csv_is_a_clear_error() -> None:
    with pytest.raises(UsageError, match="not a CSV file"):
        read_roster(b"student,name\nada," + b"x" * 200_000)


def test_an_empty_roster_knows_nobody() -> None:
    assert len(Roster()) == 0
    assert "ada" not in Roster()
    assert Roster().find("ada") is None
