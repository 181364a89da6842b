"""`show`, `adjust`, `review`, `export` and `bundle`, on a gradebook of the sample class."""

import csv
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from importlib import import_module
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from grader.cli import run as command_line
from grader.cli.flows.showing import _written
from grader.errors import GradebookError, NotFound, UsageError
from grader.gradebook import open_gradebook
from grader.judging.record import result_from_record

CHOSEN = ("sample-dw-not-averaged.ipynb", "sample-full-marks.py", "sample-broken-cell.ipynb")


@pytest.fixture(scope="module")
def sample_results(sample_course):
    files = [str(sample_course / "submissions" / name) for name in CHOSEN]
    command = [sys.executable, "-m", "grader", "grade", "--course", str(sample_course), "--format", "json", "--quiet"]
    done = subprocess.run([*command, *files, "--no-gradebook"], capture_output=True, timeout=120, check=False)
    if done.returncode == 2 and b"--no-gradebook" in done.stderr:
        done = subprocess.run([*command, *files], capture_output=True, timeout=120, check=True)
    return [result_from_record(record) for record in json.loads(done.stdout)["results"]]


@pytest.fixture
def place(sample_results, tmp_path):
    path = tmp_path / "g.sqlite3"
    with open_gradebook(path) as gradebook:
        for result in sample_results:
            gradebook.record(result)
        flagged = replace(
            sample_results[0], student="nobody", flags=("student.unknown",), questions=(), score=None, complete=False
        )
        gradebook.record(flagged)
    return path


@pytest.fixture
def command(place, sample_course, capfd):
    """Run one command on the gradebook; return its exit code, stdout and stderr."""

    def run(name, *arguments, keeps=True):
        where = ["--course", str(sample_course), *(["--gradebook", str(place)] if keeps else [])]
        given = [*map(str, arguments), *where]
        code = import_module(f"grader.cli.{name}").command.main(given, prog_name="grader", standalone_mode=False)
        out, err = capfd.readouterr()
        return code, out, err

    return run


def test_show_prints_the_students_feedback(command):
    code, out, _ = command("show", "sample-dw-not-averaged")
    assert code == 0
    assert "75 / 100" in out
    assert "expected:" not in out
    _, one, _ = command("show", "sample-dw-not-averaged", "gradients")
    assert "forward" not in one


def test_show_for_instructors_has_the_inputs_and_a_replay_that_works(command, sample_course):
    file = sample_course / "submissions" / "sample-dw-not-averaged.ipynb"
    arguments = ("sample-dw-not-averaged", "gradients", "--instructor", "--file", file, "--sandbox", "none")
    code, out, err = command("show", *arguments)
    assert code == 0
    assert not err
    for word in ("expected:", "got:", "difference:", "shape (", "(hidden)"):
        assert word in out
    number = out.split("(hidden), case ")[1].split()[0]
    _, again, _ = command("show", *arguments, "--case", number)
    assert f"(hidden), case {number}\n" in again
    assert again.split(f"(hidden), case {number}\n")[1].split("again:")[0] in out


def test_show_says_when_the_file_is_another(command, sample_course):
    file = sample_course / "submissions" / "sample-full-marks.py"
    _, _, err = command("show", "sample-dw-not-averaged", "--instructor", "--file", file, "--sandbox", "none")
    assert "not the file that was graded" in err


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        (("show", "sample-full-mark"), NotFound, "Did you mean sample-full-marks"),
        (("show", "sample-full-marks", "softmax"), NotFound, "There are: "),
        (("show", "sample-full-marks", "--attempt", "3"), NotFound, "there are: 1"),
        (("show", "sample-full-marks", "--case", "1"), UsageError, "--instructor"),
        (
            ("adjust", "sample-full-marks", "gradient", "--points", "1", "--why", "x"),
            UsageError,
            "Did you mean gradients",
        ),
        (("adjust", "sample-full-marks", "--points", "NaN", "--why", "x"), UsageError, "Write 18 to set"),
        (("adjust", "sample-full-marks", "--why", "x"), UsageError, "Say one thing"),
        (("adjust", "sample-full-marks", "--points", "1", "--why", " "), UsageError, "--why"),
        (("adjust", "nobody-at-all", "--excuse", "--why", "x"), NotFound, "no result"),
        (("review", "--settle", "sample-full-marks", "time_limit", "--why", "x"), UsageError, "nothing to settle"),
        (("export", "canvas", "--assignment", "one_neuron"), UsageError, "--fill FILE"),
        (("export", "canvas", "--fill", "no-such.csv"), NotFound, "no-such.csv"),
    ],
)
def test_mistakes_are_told_with_what_to_do(command, arguments, error, text):
    with pytest.raises(error) as caught:
        command(*arguments)
    assert text in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "after"),
    [
        (("gradients", "--points", "+2.5"), "77.5 / 100"),
        (("gradients", "--points", "-1"), "74 / 100"),
        (("--points", "90.25"), "90.25 / 100"),
        (("--excuse",), "excused"),
    ],
)
def test_adjusting_says_what_it_makes_of_the_mark_and_is_shown(command, arguments, after):
    code, out, _ = command("adjust", "sample-dw-not-averaged", *arguments, "--why", "seen it", "--who", "lecturer")
    assert (code, out) == (0, f"sample-dw-not-averaged, one_neuron: 75 / 100 -> {after}\n")
    _, shown, _ = command("show", "sample-dw-not-averaged")
    assert "By hand, lecturer:" in shown
    assert "(seen it)" in shown
    question = [word for word in arguments if word == "gradients"]
    _, out, _ = command("adjust", "sample-dw-not-averaged", *question, "--withdraw", "--why", "no")
    assert out.endswith("-> 75 / 100\n")


def test_a_student_without_a_submission_can_be_excused(command):
    code, out, err = command("adjust", "zoe", "--excuse", "--why", "ill", "--assignment", "one_neuron")
    assert (code, out) == (0, "zoe, one_neuron: no mark -> excused\n")
    assert "no result of zoe" in err


def test_the_review_queue_is_listed_and_settled(command):
    _, out, err = command("review")
    assert "nobody, one_neuron: student.unknown" in out
    assert "1 to look at" in err
    command("review", "--settle", "nobody", "student.unknown", "--why", "a guest", "--who", "lecturer")
    _, out, err = command("review")
    assert (out, "Nothing needs a person" in err) == ("", True)
    _, out, _ = command("review", "--all")
    assert "settled by lecturer: a guest" in out


def test_the_review_queue_says_what_its_reasons_mean_and_what_to_do(command):
    _, out, err = command("review")
    assert "not in the roster" not in out  # a line is a matter
    assert "student.unknown: The student is not in the roster." in err
    assert "grader review --settle nobody" in err


@pytest.mark.parametrize("arguments", [("review",), ("export", "csv"), ("export", "jsonl")])
def test_an_assignment_that_is_not_there_is_said(command, arguments):
    with pytest.raises(NotFound, match=r"no assignment 'one_neurom'.*Did you mean 'one_neuron'"):
        command(*arguments, "--assignment", "one_neurom")


@pytest.mark.parametrize(
    "arguments",
    [
        ("csv", "--roster", "class.csv"),
        ("jsonl", "--scale"),
        ("junit", "--fill", "x.csv"),
        ("canvas", "--match", "Name"),
    ],
)
def test_an_option_that_a_format_has_no_use_for_is_refused(command, arguments):
    with pytest.raises(UsageError, match=f"{arguments[1]} says nothing for {arguments[0]}"):
        command("export", *arguments)


def test_more_points_than_there_are_are_noted(command):
    _, out, err = command("adjust", "sample-dw-not-averaged", "gradients", "--points", "999", "--why", "a slip")
    assert "/ 100" in out
    assert "999" in err
    assert "--withdraw" in err
    command("adjust", "sample-dw-not-averaged", "gradients", "--withdraw", "--why", "a slip")
    assert command("adjust", "sample-dw-not-averaged", "gradients", "--points", "1", "--why", "x")[2] == ""


def test_exports_are_read_by_their_own_parsers(command, tmp_path):
    _, out, _ = command("export", "csv", "--assignment", "one_neuron")
    rows = {row["student"]: row for row in csv.DictReader(io.StringIO(out, newline=""), strict=True)}
    assert (rows["sample-full-marks"]["score"], rows["nobody"]["score"]) == ("100", "")
    assert rows["sample-full-marks"]["gradients"]

    _, out, _ = command("export", "jsonl", "--lang", "zh-CN")
    lines = {line["student"]: line for line in map(json.loads, out.splitlines())}
    assert lines["sample-dw-not-averaged"]["mark"]["score"] == 75

    _, out, _ = command("export", "junit")
    assert len(ET.fromstring(out.encode()).findall("testsuite")) == 4

    target = tmp_path / "marks.csv"
    command("export", "csv", "-o", target)
    assert target.read_bytes().startswith(b"\xef\xbb\xbfassignment,")


def test_canvas_is_filled_through_the_roster(command, tmp_path):
    exported, roster = tmp_path / "canvas.csv", tmp_path / "roster.csv"
    exported.write_text("Student,ID,SIS Login ID,Section,one_neuron (7)\n    Points Possible,,,,100\nX,31,x@e.edu,A,\n")
    roster.write_text("student,email\nsample-dw-not-averaged,x@e.edu\n")
    _, out, err = command("export", "canvas", "--fill", exported, "--roster", roster)
    assert list(csv.DictReader(io.StringIO(out, newline="")))[1]["one_neuron (7)"] == "75"
    assert "1 filled" in err
    assert "sample-full-marks" in err


def test_the_bundle_is_a_private_zip(command, tmp_path):
    target = tmp_path / "one.zip"
    code, out, err = command("bundle", "gradescope", "-o", target, keeps=False)
    assert (code, out) == (0, f"{target}\n")
    assert "secret" in err
    assert target.stat().st_mode & 0o777 == 0o600
    assert "run_autograder" in zipfile.ZipFile(target).namelist()


@pytest.mark.parametrize("given", [["show", "ada"], ["review"], ["export", "csv"], ["report"]])
@pytest.mark.parametrize("prefix", ["", "sqlite:///"])
def test_a_gradebook_that_is_not_there_is_not_begun_by_reading_and_those_there_are_are_named(
    sample_course, sample_results, tmp_path, capsys, given, prefix
):
    with open_gradebook(tmp_path / "class of 2026.sqlite3") as gradebook:
        gradebook.record(sample_results[0])
    (tmp_path / "notes.txt").write_text("none", encoding="utf-8")
    missing = tmp_path / "clas of 2026.sqlite3"
    assert command_line([*given, "--course", str(sample_course), "--gradebook", f"{prefix}{missing}"]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "there is no such gradebook" in told
    assert "class of 2026.sqlite3" in told
    assert "notes.txt" not in told
    assert not missing.exists()
    assert command_line([*given, "--course", str(sample_course), "--gradebook", f"{prefix}{tmp_path}"]) == 2
    assert "class of 2026.sqlite3" in " ".join(capsys.readouterr().err.split())


def test_a_part_of_a_name_is_enough_for_a_suggestion(command):
    with pytest.raises(NotFound, match="Did you mean sample-dw-not-averaged"):
        command("show", "averaged")


def test_grading_into_a_new_gradebook_says_once_that_it_begins_one(sample_course, tmp_path, capsys):
    file = sample_course / "submissions" / "sample-full-marks.py"
    given = ["grade", str(file), "--course", str(sample_course), "--gradebook", str(tmp_path / "g.sqlite3")]
    assert command_line(given) == 0
    assert capsys.readouterr().err.count("A new gradebook was begun") == 1
    assert command_line(given) == 0
    assert "A new gradebook" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["show", "adjust", "review", "export", "bundle"])
def test_help_has_an_example_and_imports_nothing_heavy(name):
    code = (
        f"import sys; from grader.cli.{name} import command\n"
        "try: command.main(['--help'], prog_name='grader', standalone_mode=False)\n"
        "finally: print([m for m in ('numpy', 'sqlalchemy', 'jinja2') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "Example: grader" in out
    assert out.endswith("[]\n")


def test_the_replay_of_a_student_whose_name_looks_like_an_option_works(sample_course, tmp_path, capsys):
    source = (sample_course / "submissions" / "sample-star-for-dot.py").read_bytes()
    (tmp_path / "-sample.py").write_bytes(source)
    common = ["--course", str(sample_course), "--gradebook", str(tmp_path / "g.sqlite3"), "--sandbox", "none"]
    assert command_line(["grade", "--quiet", *common, "--", str(tmp_path / "-sample.py")]) == 0
    assert command_line(["show", "--instructor", *common, "--", "-sample", "forward"]) == 0
    again = re.findall(r"again: +grader (.*)", capsys.readouterr().out)
    assert command_line(shlex.split(again[0])) == 0
    assert "expected:" in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "words"), [("en", ("(hidden)", "shape (")), ("zh-CN", ("（隐藏）", "形状"))])
def test_show_for_instructors_speaks_one_language(lang, words, sample_course, tmp_path, capsys):
    file = sample_course / "submissions" / "sample-dw-not-averaged.ipynb"
    common = ["--course", str(sample_course), "--gradebook", str(tmp_path / "g.sqlite3"), "--sandbox", "none"]
    assert command_line(["grade", str(file), "--quiet", *common]) == 0
    capsys.readouterr()
    assert command_line(["show", "sample-dw-not-averaged", "gradients", "--instructor", *common, "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert all(word in said for word in words), said
    if lang != "en":
        assert not any(word in said for word in ("hidden", "shape", "expected", "wrong"))


def test_an_export_to_an_lms_takes_the_only_assignment_that_was_graded(sample_course, sample_results, tmp_path, capsys):
    course = tmp_path / "course"
    shutil.copytree(sample_course, course)
    shutil.copytree(course / "solutions" / "one_neuron", course / "solutions" / "two_neurons")
    book, exported = tmp_path / "g.sqlite3", tmp_path / "canvas.csv"
    with open_gradebook(book) as gradebook:
        gradebook.record(sample_results[0])
        gradebook.record(replace(sample_results[0], assignment=None, student="unreadable"))
    who = sample_results[0].student
    exported.write_text(f"Student,ID,SIS User ID,SIS Login ID,Section,one_neuron (1)\nS,1,s,{who},A,\n")
    command = ["export", "canvas", "--fill", str(exported), "--course", str(course), "--gradebook", str(book)]
    assert command_line(command) == 0
    assert f",{who},A,70" in capsys.readouterr().out
    with open_gradebook(book) as gradebook:
        gradebook.record(replace(sample_results[0], assignment="two_neurons"))
    assert command_line(command) == 2
    assert "--assignment: one_neuron, two_neurons" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("why", ["x", " "])
def test_what_review_refuses_begins_like_any_other_sentence(command, why):
    with pytest.raises(UsageError, match=r"^[A-Z].*[.]$"):
        command("review", "--settle", "sample-full-marks", "time_limit", "--why", why)


def test_commands_that_read_do_so_where_the_gradebook_cannot_be_written_and_others_say_why_not(
    command, sample_course, tmp_path, monkeypatch
):
    monkeypatch.setattr("grader.gradebook.engine.is_read_only", lambda _: True)
    assert "75 / 100" in command("show", "sample-dw-not-averaged")[1]
    assert "sample-full-marks,100" in command("export", "csv")[1]
    assert "nobody" in command("review")[1]
    assert command("report", "--output", tmp_path / "report")[0] == 0
    file = sample_course / "submissions" / "sample-full-marks.py"
    for writes in (
        ("adjust", "sample-full-marks", "--points", "1", "--why", "x"),
        ("review", "--settle", "nobody", "student.unknown", "--why", "x"),
        ("grade", file),
    ):
        with pytest.raises(GradebookError, match="is read-only here"):
            command(*writes)


def test_who_handed_in_nothing_known_has_an_unknown_assignment_and_not_none(command, place, sample_results):
    with open_gradebook(place) as gradebook:
        gradebook.record(replace(sample_results[0], assignment=None, student="zoe"))
    with pytest.raises(UsageError, match="for zoe in an unknown assignment under"):
        command("review", "--settle", "zoe", "time_limit", "--why", "x")
    _, out, _ = command("adjust", "zoe", "--points", "1", "--why", "x")
    assert out.startswith("zoe, assignment unknown: ")


def test_a_long_list_is_shown_by_its_beginning_and_its_length():
    told = _written([np.float64(0.5)] * 100)
    assert told == f"[{', '.join(['0.5'] * 12)}, …]  100 items"
    assert _written([1, 2]).count("\n") == 2
