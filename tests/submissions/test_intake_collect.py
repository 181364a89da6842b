"""Who handed in what: folders as people make them."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from intake_samples import NOTEBOOK, SLUGS, Tree, matched, refused

from grader.errors import NotFound, UnreadableSubmission, UsageError
from grader.model import Submission
from grader.submissions import collect, helpers, read_roster, read_timestamps, settled


def test_a_flat_folder_names_students_by_their_files(tree: Tree) -> None:
    root = tree({"ada.py": "x = 1", "bob.ipynb": NOTEBOOK})
    assert matched(collect([root], slugs=SLUGS)) == [(None, "ada", "ada.py"), (None, "bob", "bob.ipynb")]


def test_a_folder_a_student(tree: Tree) -> None:
    root = tree({"ada/logistic_regression.ipynb": NOTEBOOK, "bob/week2/work.py": "x = 1"})
    assert matched(collect([root], slugs=SLUGS)) == [
        (None, "bob", "bob/week2/work.py"),
        ("logistic_regression", "ada", "ada/logistic_regression.ipynb"),
    ]


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("broadcasting/ada/work.py", "ada"),
        ("broadcasting/ada/deeper/work.py", "ada"),
        ("broadcasting/ada.py", "ada"),
        ("ada/broadcasting/work.py", "ada"),
        ("ada/broadcasting/broadcasting.py", "ada"),
        ("ada/hw/broadcasting/work.py", "hw"),
        ("submissions/ada/broadcasting.py", "ada"),
        ("submitted/ada/broadcasting/x.ipynb", "ada"),
    ],
)
def test_assignments_and_students_nest_either_way(tree: Tree, path: str, student: str) -> None:
    content = NOTEBOOK if path.endswith("ipynb") else "x = 1"
    assert matched(collect([tree({path: content})], slugs=SLUGS)) == [("broadcasting", student, path)]


def test_the_side_with_more_names_is_that_of_the_students(tree: Tree) -> None:
    outside = tree({f"week2/broadcasting/{name}/work.py": "x = 1" for name in ("ada", "bob")})
    assert [one.student for one in collect([outside], slugs=SLUGS).submissions] == ["ada", "bob"]


def test_numbered_students_are_students_and_a_folder_of_students_is_nobody(tree: Tree) -> None:
    names = ("Student 3", "student01", "student02")
    for above in ("", "students/", "students (2)/", "submissions 2/"):
        root = tree({f"{above}{name}/broadcasting.py": "x = 1" for name in names})
        assert [one.student for one in collect([root / above], slugs=SLUGS).submissions] == list(names), above
        assert [one.student for one in collect([root], slugs=SLUGS).submissions] == list(names), above


def test_students_outside_of_an_assignments_folder(tree: Tree) -> None:
    inside = tree({f"{name}/broadcasting/src/work.py": "x = 1" for name in ("ada", "bob")})
    assert [one.student for one in collect([inside], slugs=SLUGS).submissions] == ["ada", "bob"]


@pytest.mark.parametrize(
    "name",
    [
        "logistic_regression.ipynb",
        "logistic_regression.zh-CN.ipynb",
        "logistic_regression (1).ipynb",
        "logistic_regression(2).ipynb",
        "logistic_regression-2.ipynb",
        "logistic_regression-Copy1.ipynb",
        "logistic_regression.zh-CN (3).ipynb",
        "Copy of logistic_regression.ipynb",
        "logistic_regression copy.ipynb",
        "logistic_regression - 副本.ipynb",
        "logistic_regression的副本.ipynb",
        "Logistic Regression.ipynb",
        "logistic-regression.IPYNB",
        "logistic_regression.ipynb.txt",
    ],
)
def test_copies_and_translations_are_named_by_their_assignment(tree: Tree, name: str) -> None:
    assert matched(collect([tree({f"ada/{name}": NOTEBOOK})], slugs=SLUGS)) == [
        ("logistic_regression", "ada", f"ada/{name}")
    ]


@pytest.mark.parametrize("name", ["logistic_regression_notes.py", "my_broadcasting.py", "broadcastings.py"])
def test_a_name_that_only_holds_a_slug_is_not_one(tree: Tree, name: str) -> None:
    assert collect([tree({f"ada/{name}": "x = 1"})], slugs=SLUGS).submissions[0].assignment is None


def test_a_slug_that_ends_like_a_copy_is_itself(tree: Tree) -> None:
    root = tree({"ada/hw-2.py": "x = 1", "ada/hw-3.py": "x = 1"})
    found = collect([root], slugs=("hw", "hw-2"))
    assert [(one.assignment, one.path) for one in found.submissions] == [("hw", "ada/hw-3.py"), ("hw-2", "ada/hw-2.py")]


def test_a_single_file_is_named_by_its_stem_or_its_folder(tree: Tree) -> None:
    root = tree({"ada/broadcasting (1).py": "x = 1", "bob.py": "x = 1", "broadcasting/cy.py": "x = 1"})
    assert matched(collect([root / "ada/broadcasting (1).py"], slugs=SLUGS)) == [
        ("broadcasting", "ada", "broadcasting (1).py")
    ]
    assert matched(collect([root / "bob.py"], slugs=SLUGS)) == [(None, "bob", "bob.py")]
    assert matched(collect([root / "broadcasting/cy.py"], slugs=SLUGS)) == [("broadcasting", "cy", "cy.py")]


def test_a_students_own_folder_may_be_named(tree: Tree) -> None:
    root = tree({"ada/broadcasting.py": "import helper", "ada/helper.py": "x = 1", "ada/numpy_basics.ipynb": NOTEBOOK})
    found = collect([root / "ada"], slugs=SLUGS)
    assert matched(found) == [("broadcasting", "ada", "broadcasting.py"), ("numpy_basics", "ada", "numpy_basics.ipynb")]
    assert [name for name, _ in found.submissions[0].siblings] == ["helper.py"]


def test_files_of_one_name_given_by_a_pattern_of_the_shell_are_their_folders(tree: Tree) -> None:
    root = tree({"ada/work.py": "x = 1", "bob/work.py": "x = 2"})
    found = collect([root / "ada/work.py", root / "bob/work.py"], slugs=SLUGS)
    assert matched(found) == [(None, "ada", "ada/work.py"), (None, "bob", "bob/work.py")]


def test_several_folders_keep_their_names_in_paths(tree: Tree) -> None:
    root = tree({"one/ada.py": "x = 1", "two/bob.py": "x = 1"})
    assert matched(collect([root / "one", root / "two"], slugs=SLUGS)) == [
        (None, "ada", "one/ada.py"),
        (None, "bob", "two/bob.py"),
    ]


def test_assignment_and_student_overrule_places(tree: Tree) -> None:
    root = tree({"ada/broadcasting.py": "x = 1"})
    found = collect([root], slugs=SLUGS, assignment="numpy_basics", student="eve")
    assert matched(found) == [("numpy_basics", "eve", "ada/broadcasting.py")]


def test_with_an_assignment_the_file_of_that_name_is_the_submission(tree: Tree) -> None:
    root = tree({"ada/broadcasting.ipynb": NOTEBOOK, "ada/numpy_basics.ipynb": NOTEBOOK, "ada/x.py": ""})
    found = collect([root], slugs=SLUGS, assignment="numpy_basics")
    assert matched(found) == [("numpy_basics", "ada", "ada/numpy_basics.ipynb")]
    assert refused(found) == {"ada/broadcasting.ipynb": "unmatched.other_file"}


def test_other_python_files_of_a_student_are_siblings(tree: Tree) -> None:
    root = tree({"ada/broadcasting.ipynb": NOTEBOOK, "ada/helper.py": "y = 2", "ada/lib/deep.py": "z = 3"})
    found = collect([root], slugs=SLUGS)
    (submission,) = found.submissions
    assert [(name, read()) for name, read in submission.siblings] == [("helper.py", b"y = 2")]
    assert refused(found) == {"ada/lib/deep.py": "unmatched.other_file"}


@pytest.mark.parametrize(
    ("files", "chosen", "flags"),
    [
        ({"helper.py": "x" * 99, "solution.py": "y"}, "solution.py", ()),
        ({"helper.py": "x" * 99, "work.ipynb": NOTEBOOK}, "work.ipynb", ()),
        ({"a.py": "x", "b.py": "x" * 99}, "b.py", ("submission.guessed",)),
        ({"a.py": "# grader: assignment=broadcasting\n", "b.py": "x" * 99}, "a.py", ()),
        ({"solution.py": "x" * 99, "old/solution.py": "x" * 999}, "solution.py", ()),
    ],
)
def test_among_files_that_nothing_names_one_is_chosen(
    tree: Tree, files: dict[str, str | bytes], chosen: str, flags: tuple[str, ...]
) -> None:
    found = collect([tree({f"ada/{name}": content for name, content in files.items()})], slugs=SLUGS)
    assert [(one.path, one.flags) for one in found.submissions] == [(f"ada/{chosen}", flags)]


def test_students_side_by_side_are_not_each_others_siblings(tree: Tree) -> None:
    found = collect([tree({"ada.py": "import bob", "bob.py": "x = 1"})], slugs=SLUGS)
    assert [(one.student, one.siblings) for one in found.submissions] == [("ada", ()), ("bob", ())]


def test_two_files_for_one_key_are_attempts_and_the_latest_counts(tree: Tree) -> None:
    root = tree({"ada/broadcasting.py": "1", "ada/broadcasting (1).py": "2", "ada/broadcasting (10).py": "3"})
    found = collect([root], slugs=SLUGS)
    assert [(one.path, one.attempt) for one in found.submissions] == [("ada/broadcasting (10).py", 3)]
    assert [(one.path, one.attempt) for one in found.superseded] == [
        ("ada/broadcasting (1).py", 2),
        ("ada/broadcasting.py", 1),
    ]


def test_attempts_in_no_order_are_flagged(tree: Tree) -> None:
    found = collect([tree({"ada/broadcasting.py": "1", "ada/broadcasting.ipynb": NOTEBOOK})], slugs=SLUGS)
    assert [(one.path, one.flags) for one in found.submissions] == [("ada/broadcasting.ipynb", ("attempts.unordered",))]


def test_a_browsers_second_download_of_a_students_file_is_an_attempt(tree: Tree) -> None:
    found = collect([tree({"ada.py": "1", "ada (1).py": "2", "bob (1).py": "3"})], slugs=SLUGS)
    assert [(one.student, one.path) for one in found.submissions] == [("ada", "ada (1).py"), ("bob (1)", "bob (1).py")]
    assert [one.path for one in found.superseded] == ["ada.py"]


def test_a_files_own_time_decides_nothing(tree: Tree) -> None:
    root = tree({"ada/broadcasting.py": "1", "ada/broadcasting (1).py": "2"})
    os.utime(root / "ada/broadcasting.py", (4e9, 4e9))
    found = collect([root], slugs=SLUGS)
    assert [one.path for one in found.submissions] == ["ada/broadcasting (1).py"]
    assert found.submissions[0].submitted_at is None


def test_times_come_from_a_table(tree: Tree) -> None:
    root = tree({"ada/broadcasting.py": "1", "bob/broadcasting.py": "1"})
    table = "student;submitted_at\nada;2024-03-01T17:30:00+08:00\nada;2024-03-02 17:30:00\n".encode("utf-8-sig")
    found = collect([root], slugs=SLUGS, timestamps=read_timestamps(table))
    times = {one.student: one.submitted_at and one.submitted_at.isoformat() for one in found.submissions}
    assert times == {"ada": "2024-03-02T17:30:00+00:00", "bob": None}


def test_names_in_the_table_of_times_that_are_nobodys_are_told(tree: Tree) -> None:
    root = tree({"ada/broadcasting.py": "1", "bob/broadcasting.py": "1"})
    table = b"student,submitted_at\nAda,2024-03-01 17:30\nbobby,2024-03-01 17:30\nbobby,2024-03-02 17:30\n"
    found = collect([root], slugs=SLUGS, timestamps=read_timestamps(table))
    assert [(note.code, note.params) for note in found.notes] == [
        ("timestamps.nobody", {"count": 1, "students": ["bobby"]})
    ]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (b"who,when\nada,2024-03-01 10:00\n", "student"),
        (b"student,submitted_at\nada,yesterday\n", "row 2"),
        (b"student,submitted_at\nada,2024-13-01 10:00\n", "row 2"),
        (b"", "empty"),
    ],
)
def test_a_bad_table_of_times_is_named(table: bytes, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        read_timestamps(table)


JUNK = (
    ".ipynb_checkpoints/broadcasting-checkpoint.ipynb",
    "__MACOSX/._broadcasting.py",
    ".DS_Store",
    "__pycache__/broadcasting.cpython-311.pyc",
    ".git/hooks/pre-commit.py",
    ".hidden.py",
    "broadcasting.py~",
    "~$broadcasting.py",
    "Thumbs.db",
    "desktop.ini",
)


def test_junk_is_passed_over_in_silence(tree: Tree) -> None:
    found = collect([tree({**{f"ada/{name}": "x" for name in JUNK}, "ada/broadcasting.py": "x = 1"})], slugs=SLUGS)
    assert matched(found) == [("broadcasting", "ada", "ada/broadcasting.py")]
    assert refused(found) == {}
    assert found.submissions[0].siblings == ()


def test_files_of_other_kinds_are_listed_with_a_reason(tree: Tree) -> None:
    files = {"ada/report.pdf": "x", "ada/work.pyc": "x", "ada/all.rar": "x", "bob/data.h5": "x"}
    assert refused(collect([tree(files)], slugs=SLUGS)) == {
        "ada/report.pdf": "unmatched.other_kind",
        "ada/work.pyc": "unmatched.compiled",
        "ada/all.rar": "unmatched.archive_kind",
        "bob/data.h5": "unmatched.other_kind",
    }


def test_a_pattern_names_students_and_what_does_not_match_is_said(tree: Tree) -> None:
    root = tree({"hw2_ada_try1.py": "1", "hw2_ada_try2.py": "2", "other.py": "3"})
    found = collect(
        [root], slugs=SLUGS, assignment="broadcasting", student_pattern=r"hw2_(?P<student>[^_]+)_try(?P<attempt>\d)"
    )
    assert [(one.student, one.path, one.attempt) for one in found.submissions] == [("ada", "hw2_ada_try2.py", 2)]
    assert [one.attempt for one in found.superseded] == [1]
    assert refused(found) == {"other.py": "unmatched.pattern"}


def test_a_pattern_may_name_the_assignment(tree: Tree) -> None:
    root = tree({"BROADCASTING/2024/ada.py": "1"})
    found = collect([root], slugs=SLUGS, student_pattern=r"(?P<assignment>\w+)/\d+/(?P<student>\w+)\.")
    assert [(one.assignment, one.student) for one in found.submissions] == [("broadcasting", "ada")]


@pytest.mark.parametrize("pattern", ["(", "ada", "(?P<who>.*)"])
def test_a_bad_pattern_is_a_usage_error(tree: Tree, pattern: str) -> None:
    with pytest.raises(UsageError, match="--student-pattern"):
        collect([tree({"ada.py": "1"})], slugs=SLUGS, student_pattern=pattern)


def test_a_path_that_is_not_there_costs_only_itself(tree: Tree) -> None:
    root = tree({"ada.py": "1"})
    found = collect([root / "ada.py", root / "typo.py"], slugs=SLUGS)
    assert [one.student for one in found.submissions] == ["ada"]
    assert list(refused(found).values()) == ["unmatched.not_found"]
    with pytest.raises(NotFound, match=r"typo\.py"):
        collect([root / "typo.py"], slugs=SLUGS)


def test_an_empty_folder_gives_an_empty_intake(tree: Tree) -> None:
    found = collect([tree({})], slugs=SLUGS)
    assert found.counts() == {"matched": 0, "superseded": 0, "unmatched": 0, "unreadable": 0, "missing": 0}


def test_the_roster_says_who_is_missing_and_who_is_unknown(tree: Tree) -> None:
    roster = read_roster(b"student,name\nada,Ada Lovelace\nbob,Bob\ncy,Cy\n")
    root = tree({"Ada Lovelace/broadcasting.py": "1", "bob/numpy_basics.py": "1", "eve/broadcasting.py": "1"})
    found = collect([root], slugs=SLUGS, roster=roster)
    assert [(one.assignment, one.student, one.flags) for one in found.submissions] == [
        ("broadcasting", "ada", ()),
        ("broadcasting", "eve", ("student.unknown",)),
        ("numpy_basics", "bob", ()),
    ]
    assert [(one.student, one.assignment) for one in found.missing] == [
        ("ada", "numpy_basics"),
        ("bob", "broadcasting"),
        ("cy", None),
    ]


def test_a_roster_finds_the_student_among_nested_folders(tree: Tree) -> None:
    roster = read_roster(b"student\nada\n")
    found = collect([tree({"section1/ada/work.py": "1"})], slugs=SLUGS, roster=roster)
    assert [one.student for one in found.submissions] == ["ada"]


def test_reading_is_put_off_until_it_is_wanted(tree: Tree) -> None:
    root = tree({"ada.py": "1"})
    (submission,) = collect([root], slugs=SLUGS).submissions
    (root / "ada.py").write_bytes(b"22")
    assert submission.read() == b"22"
    (root / "ada.py").unlink()
    with pytest.raises(UnreadableSubmission) as caught:
        submission.read()
    assert caught.value.message.code == "unreadable.gone"


def test_order_does_not_depend_on_the_file_system(tree: Tree) -> None:
    root = tree({f"{name}.py": "1" for name in "qwertyuiop"})
    assert [one.student for one in collect([root], slugs=SLUGS).submissions] == sorted("qwertyuiop")


def test_time_grows_in_step_with_the_number_of_files(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        folder = tmp_path / str(count)
        folder.mkdir()
        for number in range(count):
            os.close(os.open(folder / f"student{number}.py", os.O_CREAT | os.O_WRONLY))
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            assert len(collect([folder], slugs=SLUGS).submissions) == count
            best = min(best, time.process_time() - start)
        return best

    small, large = seconds(200), seconds(2_000)
    assert large < 40 * small


@pytest.mark.slow
def test_a_folder_of_100_000_files_takes_seconds(tmp_path: Path) -> None:
    for number in range(100_000):
        (tmp_path / f"student{number}.py").touch()
    start = time.process_time()
    assert len(collect([tmp_path], slugs=SLUGS).submissions) == 100_000
    assert time.process_time() - start < 15


@pytest.mark.parametrize("wrapper", ["Week 2 work", "submissions", "submissions/Week 2"])
def test_a_folder_around_everything_is_nobodys(tree: Tree, wrapper: str) -> None:
    root = tree({f"{wrapper}/{name}/work.py": "1" for name in ("ada", "bob", "cy")})
    assert [one.student for one in collect([root], slugs=SLUGS).submissions] == ["ada", "bob", "cy"]


def test_files_side_by_side_in_the_only_folder_are_a_class(tree: Tree) -> None:
    root = tree({f"Week 2 work/{name}.py": "1" for name in ("ada", "bob", "cy", "di")})
    assert [one.student for one in collect([root], slugs=SLUGS).submissions] == ["ada", "bob", "cy", "di"]


def test_the_only_students_folder_is_still_the_students(tree: Tree) -> None:
    root = tree({"ada/solution.py": "1", "ada/a.py": "1", "ada/b.py": "1", "ada/c.py": "1", "ada/d.py": "1"})
    found = collect([root], slugs=SLUGS)
    assert matched(found) == [(None, "ada", "ada/solution.py")]
    assert len(found.submissions[0].siblings) == 4


def test_what_a_single_file_imports_from_its_folder_goes_with_it(tree: Tree) -> None:
    root = tree({"broadcasting.py": "from helper import f\nimport numpy", "helper.py": "f = 1", "other.py": "x = 1"})
    found = collect([root / "broadcasting.py"], slugs=SLUGS)
    assert [(one.student, [name for name, _ in one.siblings]) for one in found.submissions] == [
        ("class", ["helper.py"])
    ]
    assert [name for name, _ in helpers(root / "broadcasting.py")] == ["helper.py"]
    assert helpers(root / "gone.py") == ()


def test_attempts_found_by_content_are_settled_afterwards() -> None:
    def made(path: str, day: int | None, attempt: int = 1) -> Submission:
        at = datetime(2024, 3, day, tzinfo=UTC) if day else None
        return Submission(
            student="ada", assignment="broadcasting", path=path, read=bytes, submitted_at=at, attempt=attempt
        )

    latest, earlier = settled([made("b", 2), made("a", 3), made("c", 1)])
    assert [(one.path, one.attempt, one.flags) for one in latest] == [("a", 3, ())]
    assert [(one.path, one.attempt) for one in earlier] == [("c", 1), ("b", 2)]
    latest, _ = settled([made("b", None), made("a", None)])
    assert [(one.path, one.flags) for one in latest] == [("b", ("attempts.unordered",))]
    unknown = Submission(student="ada", assignment=None, path="x", read=bytes)
    assert settled([unknown, unknown]) == ([unknown, unknown], [])


@pytest.mark.parametrize("folder", ["attempt {}", "v{}", "第{}次提交", "提交{}", "第{}版"])
def test_of_attempts_in_numbered_folders_the_highest_number_is_taken_and_a_person_looks(
    tree: Tree, folder: str
) -> None:
    files = {f"张伟/{folder.format(number)}/broadcasting.py": f"x = {number}" for number in (1, 2, 3, 10)}
    intake = collect([tree({**files, "李娜/broadcasting.py": "x = 1"})], slugs=SLUGS)
    (found,) = (each for each in intake.submissions if each.student == "张伟")
    assert intake.notes == ()
    assert (found.student, found.attempt, found.flags) == ("张伟", 4, ("attempts.unordered",))
    assert found.path == f"张伟/{folder.format(10)}/broadcasting.py"
