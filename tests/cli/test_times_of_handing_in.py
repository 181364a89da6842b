"""The time of handing in that a run was told stays known to the next one."""

import csv
import io
import shutil

import pytest

from grader.cli import run

LATE = 'time_zone = "UTC"\n[deadlines]\none_neuron = 2026-05-04T23:59:00\n[late]\nper = "day"\nrate = 0.1\ncap = 0.5\n'


@pytest.fixture
def course(sample_course, tmp_path):
    root = tmp_path / "course"
    shutil.copytree(sample_course, root, ignore=shutil.ignore_patterns(".grader", "submissions"))
    (root / "solutions" / "course.toml").write_text(LATE, encoding="utf-8")
    full = sample_course / "submissions" / "sample-full-marks.py"
    (root / "in").mkdir()
    for student in ("ada", "bob"):
        shutil.copy(full, root / "in" / f"{student}.py")
    (root / "times.csv").write_text("student,submitted_at\nada,2026-05-05 12:00\n", encoding="utf-8")
    return root


def marks(course, capfd, *arguments):
    assert run(["grade", str(course / "in"), "--course", str(course), "--assignment", "one_neuron", *arguments]) == 0
    err = capfd.readouterr().err
    assert run(["export", "csv", "--course", str(course)]) == 0
    rows = csv.DictReader(io.StringIO(capfd.readouterr().out, newline=""))
    return {row["student"]: row["score"] for row in rows}, err


def test_a_run_without_times_takes_back_no_lateness(course, capfd):
    timed = ("--timestamps", str(course / "times.csv"))
    assert marks(course, capfd, *timed)[0] == {"ada": "90", "bob": "100"}
    again, err = marks(course, capfd)
    assert again == {"ada": "90", "bob": "100"}
    assert "1 of 2 keep the time of handing in" in err
    assert marks(course, capfd, "--regrade", "--quiet") == ({"ada": "90", "bob": "100"}, "")
    assert "keep the time" not in marks(course, capfd, *timed, "--student-pattern", r"(?P<student>ada)")[1]


def test_another_time_is_taken(course, capfd):
    marks(course, capfd, "--timestamps", str(course / "times.csv"))
    (course / "times.csv").write_text("student,submitted_at\nada,2026-05-01 12:00\n", encoding="utf-8")
    assert marks(course, capfd, "--timestamps", str(course / "times.csv"))[0] == {"ada": "100", "bob": "100"}


def test_another_file_has_no_time_yet(course, capfd):
    marks(course, capfd, "--timestamps", str(course / "times.csv"))
    with (course / "in" / "ada.py").open("a", encoding="utf-8") as file:
        file.write("\n# once more\n")
    assert marks(course, capfd)[0] == {"ada": "100", "bob": "100"}


def test_a_deadline_of_no_assignment_is_told(course, capfd):
    assert "no assignment here" not in marks(course, capfd)[1]
    settings = course / "solutions" / "course.toml"
    text = settings.read_text(encoding="utf-8")
    assert "\none_neuron = " in text
    settings.write_text(text.replace("\none_neuron = ", "\none_neurone = "), encoding="utf-8")
    assert "and none for 'one_neuron'." in " ".join(marks(course, capfd)[1].split())


def test_an_extension_of_nobody_who_handed_in_is_told(course, capfd):
    settings = course / "solutions" / "course.toml"
    with settings.open("a", encoding="utf-8") as file:
        for name in ("Ada", "bob"):
            file.write(f"[extensions.{name}]\none_neuron = 2026-05-08T23:59:00\n")
    timed = ("--timestamps", str(course / "times.csv"))
    err = marks(course, capfd, *timed)[1]
    assert "nobody handed in here: Ada." in err
    assert "nobody handed in" not in marks(course, capfd, "--student-pattern", "(?P<student>bob)")[1]
    settings.write_text(settings.read_text(encoding="utf-8").replace("Ada", "ada"), encoding="utf-8")
    again, err = marks(course, capfd, *timed)
    assert (again["ada"], "nobody handed in" in err) == ("100", False)
