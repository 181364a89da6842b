"""`grader new`: a small working example, never in the place of anything."""

import json
import re
from pathlib import Path

import pytest

from grader.cli import run
from grader.courses import answer_key, find_course, load_assignment, new_assignment, new_course, release, untranslated
from grader.errors import UsageError


def test_a_new_course_releases_and_makes_a_key_without_a_warning(tmp_path):
    written = new_course(tmp_path / "deep_learning")
    assert all(path.is_file() for path in written)
    course = find_course(tmp_path / "deep_learning")
    assert course.settings.name == "Deep learning"
    (done,) = release(course)
    assert (done.slug, done.warnings) == ("first_steps", ())
    key = answer_key(load_assignment(course.solutions / "first_steps"), b"s")
    assert (key.points, len(key.questions)) == (100, 2)


def test_a_new_assignment_has_its_name_throughout_and_is_translated(tmp_path):
    new_course(tmp_path / "course")
    course = find_course(tmp_path / "course")
    new_assignment(course, "week_2")
    loaded = load_assignment(course.solutions / "week_2")
    assert (loaded.slug, loaded.assignment.title, untranslated(loaded)) == ("week_2", "Week 2", ())
    assert "__" not in loaded.reference.source
    assert [each.slug for each in release(course)] == ["first_steps", "week_2"]


@pytest.mark.parametrize("name", ["Week 2", "2nd", "../up", "", "a/b", "week-2"])
def test_a_name_that_cannot_be_a_slug_is_refused(name, tmp_path):
    new_course(tmp_path / "course")
    with pytest.raises(UsageError, match="small letters"):
        new_assignment(find_course(tmp_path / "course"), name)


def test_what_is_there_already_is_never_overwritten(tmp_path):
    new_course(tmp_path / "course")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(UsageError, match="there already"):
        new_course(tmp_path / "course")
    with pytest.raises(UsageError, match="already"):
        new_assignment(find_course(tmp_path / "course"), "first_steps")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_an_empty_folder_may_become_a_course(tmp_path):
    new_course(tmp_path)
    assert find_course(tmp_path).authored == ("first_steps",)


def test_the_commands_name_what_they_wrote_and_what_comes_next(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["new", "course", "mine"]) == 0
    captured = capsys.readouterr()
    assert [Path(line).name for line in captured.out.splitlines()] == [
        "course.toml",
        "reference.py",
        "checks.py",
        "zh_CN.po",
    ]
    assert "cd mine && grader release" in captured.err
    assert run(["new", "assignment", "more", "--course", "mine"]) == 0
    assert capsys.readouterr().err.endswith("Next: grader release more --course mine\n")
    assert run(["new", "assignment", "more", "--course", "mine"]) == 2
    assert "choose another name" in capsys.readouterr().err
    assert run(["release", "--course", "mine"]) == 0


def test_a_new_course_grades_its_reference_fully_and_its_stub_not_at_all(tmp_path, capsys):
    new_course(tmp_path / "course")
    course = find_course(tmp_path / "course")
    release(course)
    (tmp_path / "in" / "first_steps").mkdir(parents=True)
    handed_in = {
        "solved.py": "solutions/first_steps/reference.py",
        "stub.ipynb": "exercises/first_steps/first_steps.ipynb",
    }
    for name, source in handed_in.items():
        (tmp_path / "in" / "first_steps" / name).write_bytes((course.root / source).read_bytes())
    arguments = ["grade", str(tmp_path / "in"), "--course", str(course.root), "--sandbox", "none", "--jobs", "1"]
    assert run([*arguments, "--format", "json", "--quiet"]) == 0
    results = json.loads(capsys.readouterr().out)["results"]
    assert [(result["student"], result["score"]) for result in results] == [("solved", 100), ("stub", 0)]


def test_the_next_step_can_be_pasted_where_the_name_has_a_space(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["new", "course", "my course"]) == 0
    assert "cd 'my course' && grader release" in capsys.readouterr().err


def test_a_course_made_in_the_folder_one_is_in_needs_no_change_of_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["new", "course", "."]) == 0
    assert capsys.readouterr().err.endswith("Next: grader release\n")


def test_a_place_that_cannot_be_written_is_told_in_a_line(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert run(["new", "course", str(tmp_path / "file" / "course")]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"grader: {tmp_path / 'file'}")
    assert "Traceback" not in told
    assert told.count("\n") == 1


def test_the_words_for_feedback_that_the_settings_file_names_are_the_ones_that_are_taken(tmp_path):
    new_course(tmp_path / "course")
    settings = tmp_path / "course" / "solutions" / "course.toml"
    text = settings.read_text(encoding="utf-8")
    (told,) = [line for line in text.splitlines() if line.startswith("# What a student is told")]
    named = re.findall(r'"(\w+)"', told)
    assert len(named) == 3
    for word in named:
        settings.write_text(text.replace('feedback = "full"', f'feedback = "{word}"'), encoding="utf-8")
        assert find_course(tmp_path / "course").settings.name == "Course"
