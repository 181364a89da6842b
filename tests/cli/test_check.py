"""`grader check`: a student's own run, with nothing but `exercises/`."""

import json
import shutil

import pytest

from grader.cli import run


@pytest.fixture
def exercise(sample_course, tmp_path):
    """A student's folder: the released assignment and nothing of the solutions."""
    folder = tmp_path / "my work"
    shutil.copytree(sample_course / "exercises" / "one_neuron", folder)
    return folder


def hand_in(sample_course, folder, name):
    (source,) = (sample_course / "submissions").glob(f"{name}.*")
    target = folder / f"one_neuron{source.suffix}"
    shutil.copy(source, target)
    return target


def test_a_right_solution_passes_every_public_check(sample_course, exercise, capsys):
    assert run(["check", str(hand_in(sample_course, exercise, "sample-full-marks"))]) == 0
    out = capsys.readouterr().out
    assert "4 of 4 public checks passed" in out
    assert "idden checks run after you" in out


def test_the_untouched_stub_is_not_attempted_yet(exercise, capsys):
    assert run(["check", str(exercise / "one_neuron.py"), "--format", "json"]) == 1
    result = json.loads(capsys.readouterr().out)["results"][0]
    assert result["score"] == 0
    assert {check["code"] for q in result["questions"] for check in q["checks"]} == {"missing.blank"}


def test_a_wrong_idea_is_named_without_the_solutions(sample_course, exercise, capsys):
    assert run(["check", str(hand_in(sample_course, exercise, "sample-wrong-sigmoid"))]) == 1
    assert "sign of the exponent" in " ".join(capsys.readouterr().out.split())


def test_hidden_checks_are_neither_listed_nor_counted(sample_course, exercise, capsys):
    run(["check", str(hand_in(sample_course, exercise, "sample-full-marks")), "--format", "json"])
    result = json.loads(capsys.readouterr().out)["results"][0]
    assert result["points"] == 20
    assert {check["visibility"] for q in result["questions"] for check in q["checks"]} == {"public"}


def test_the_exercise_in_the_current_folder_is_found(sample_course, exercise, capsys, monkeypatch):
    hand_in(sample_course, exercise, "sample-full-marks")
    (exercise / "one_neuron.ipynb").unlink()
    monkeypatch.chdir(exercise)
    assert run(["check"]) == 0


def test_feedback_comes_in_chinese(sample_course, exercise, capsys):
    run(["check", str(hand_in(sample_course, exercise, "sample-wrong-sigmoid")), "--lang", "zh-CN"])
    out = capsys.readouterr().out
    assert "讲解过的例子" in out
    assert "指数的符号反了" in "".join(out.split())


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("gone.py", None, "is not there"),
        ("empty.py", b"", "empty"),
        ("note.ipynb", b"not a notebook", "notebook"),
        ("list.ipynb", b"[1, 2]", "notebook"),
    ],
)
def test_what_cannot_be_read_is_said_plainly(exercise, name, content, words, capsys):
    path = exercise / name
    if content is not None:
        path.write_bytes(content)
    assert run(["check", str(path)]) in (1, 2)
    captured = capsys.readouterr()
    assert words in captured.out + captured.err
    assert "Traceback" not in captured.err


def test_a_file_of_no_known_assignment_is_asked_about(tmp_path, capsys):
    path = tmp_path / "thing.py"
    path.write_text("x = 1\n")
    assert run(["check", str(path)]) == 2
    assert "--course" in capsys.readouterr().err


def test_a_folder_stands_for_the_exercise_in_it(sample_course, exercise, capsys):
    hand_in(sample_course, exercise, "sample-full-marks")
    assert run(["check", str(exercise)]) == 0
    assert "4 of 4 done" in capsys.readouterr().out


def test_without_checks_beside_it_a_file_is_found_by_its_marker(sample_course, exercise, tmp_path, capsys, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = hand_in(sample_course, exercise, "sample-full-marks")
    marked = "# grader: assignment=one_neuron\n" + path.read_text(encoding="utf-8")
    (elsewhere / "my own name.py").write_text(marked, encoding="utf-8")
    (elsewhere / "other.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.chdir(elsewhere)
    assert run(["check", "--course", str(sample_course)]) == 0


def test_several_exercises_in_one_folder_are_asked_about(tmp_path, capsys, monkeypatch):
    for slug in ("one", "two"):
        (tmp_path / f"{slug}.py").write_text(f"# grader: assignment={slug}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["check"]) == 2
    assert "Say which" in capsys.readouterr().err


def test_a_misspelt_file_gets_a_suggestion(exercise, capsys):
    assert run(["check", str(exercise / "one_neurn.py")]) == 2
    assert "Did you mean one_neuron.py?" in capsys.readouterr().err


def test_levels_of_help_are_asked_for(sample_course, exercise, capsys):
    path = str(hand_in(sample_course, exercise, "sample-dw-not-averaged"))
    shown = []
    for option in (["--no-hint"], [], ["--hint"]):
        run(["check", path, *option])
        shown.append(" ".join(capsys.readouterr().out.split()))
    assert ["sums over the examples" in text for text in shown] == [False, True, True]
    assert len(shown[0]) < len(shown[1]) < len(shown[2])


def test_what_comes_next_is_always_named(sample_course, exercise, capsys):
    for name in ("sample-full-marks", "sample-wrong-sigmoid", "sample-blank-stubs", "sample-syntax-error"):
        path = hand_in(sample_course, exercise, name)
        run(["check", str(path)])
        assert capsys.readouterr().out.rstrip().splitlines()[-1].startswith("Next: "), name


@pytest.mark.parametrize("name", ["one_neuron (2).py", "one_neuron-Copy1.py", "One Neuron.py"])
def test_a_copy_is_known_by_its_name(sample_course, exercise, tmp_path, name):
    path = hand_in(sample_course, exercise, "sample-full-marks").rename(tmp_path / name)
    assert run(["check", str(path), "--course", str(sample_course)]) == 0


def test_a_file_without_a_marker_is_known_by_its_functions(sample_course, exercise, tmp_path, capsys):
    path = hand_in(sample_course, exercise, "sample-full-marks").rename(tmp_path / "homework.py")
    assert run(["check", str(path), "--course", str(sample_course)]) == 0
    path.write_text("def sigmoid(z):\n    return z\n", encoding="utf-8")
    assert run(["check", str(path), "--course", str(sample_course)]) == 2
    assert "--assignment" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b'{"cells": [{"cell', "Download it again"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "HTML"),
        (b"x" * (50 * 2**20 + 1), "Clear the outputs"),
    ],
    ids=["empty", "cut off", "a page", "huge"],
)
@pytest.mark.parametrize("command", ["check", "pack"])
def test_of_an_unreadable_file_it_is_said_why_and_not_asked_whose_it_is(
    sample_course, tmp_path, content, words, command, capsys
):
    path = tmp_path / "homework.ipynb"
    path.write_bytes(content)
    assert run([command, str(path), "--course", str(sample_course)]) == 2
    err = capsys.readouterr().err
    assert words in err
    assert "Which assignment" not in err


def test_who_has_the_file_only_is_told_where_its_checks_are_looked_for(tmp_path, capsys):
    path = tmp_path / "homework.py"
    path.write_text("x = 1\n", encoding="utf-8")
    assert run(["check", str(path)]) == 2
    err = capsys.readouterr().err
    assert "checks.json" in err
    assert "grader new" not in err


def test_the_command_that_comes_next_can_be_typed_as_it_is_shown(sample_course, exercise, capsys):
    path = hand_in(sample_course, exercise, "sample-full-marks")
    path = path.rename(path.with_name("my work (1) 作业.py"))
    assert run(["check", str(path)]) == 0
    assert '`grader pack "my work (1) 作业.py"`' in " ".join(capsys.readouterr().out.split())
