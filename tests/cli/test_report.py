"""`grader report` on a class that was really graded."""

import json
import shutil
import subprocess
import sys

import pytest

from grader.cli.report import command as report_command
from grader.errors import GraderError, NotFound, UsageError
from grader.gradebook import open_gradebook

CHOSEN = ("sample-dw-not-averaged.ipynb", "sample-full-marks.py", "sample-blank-stubs.py", "sample-wrong-sigmoid.py")


@pytest.fixture(scope="module")
def graded(sample_course, tmp_path_factory):
    """Grade a few samples in a copy of the course; return its folder and what was printed."""
    root = tmp_path_factory.mktemp("report") / "course"
    shutil.copytree(sample_course, root, ignore=shutil.ignore_patterns(".grader"))  # others grade there, too
    files = [str(root / "submissions" / name) for name in CHOSEN]
    given = ["grade", "--course", str(root), "--format", "json", "--quiet", "--sandbox", "none", *files]
    done = subprocess.run([sys.executable, "-m", "grader", *given], capture_output=True, timeout=120, check=True)
    return root, done.stdout


def run(*arguments):
    return report_command.main([*map(str, arguments)], prog_name="grader", standalone_mode=False)


def test_the_report_is_written_and_named(graded, capfd, tmp_path):
    root, _ = graded
    assert run("--course", root, "--output", tmp_path, "--lang", "en") == 0
    index = tmp_path / "one_neuron" / "index.html"
    assert capfd.readouterr().out == f"{index}\n"
    text = index.read_text(encoding="utf-8")
    assert "summed gradients" in text
    assert "def gradients" in text
    assert len(list((tmp_path / "one_neuron" / "students").iterdir())) == len(CHOSEN)


def test_the_courses_own_folder_of_reports_keeps_itself_out_of_a_repository(graded, capfd):
    root, _ = graded
    assert run("--course", root, "--lang", "en") == 0
    assert (root / "report" / "one_neuron" / "index.html").is_file()
    assert (root / "report" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_fingerprints_are_kept_when_a_class_is_graded(graded):
    root, printed = graded
    with open_gradebook(root / ".grader" / "gradebook.sqlite3") as gradebook:
        prints = {result.student: result.fingerprints for result in gradebook.results()}
    assert prints["sample-full-marks"]
    assert not prints["sample-blank-stubs"]
    assert b"fingerprints" not in printed


def test_feedback_files_are_for_handing_back(graded, tmp_path, capfd):
    root, _ = graded
    assert run("--course", root, "--output", tmp_path / "r", "--feedback", tmp_path / "f", "--lang", "zh-CN") == 0
    names = {path.name for path in (tmp_path / "f" / "one_neuron").iterdir()}
    assert {"sample-dw-not-averaged.html", "sample-dw-not-averaged.md"} <= names
    assert "通过" in (tmp_path / "f" / "one_neuron" / "sample-full-marks.md").read_text(encoding="utf-8")


def test_printed_results_do_as_well_as_the_gradebook(graded, tmp_path, capfd):
    root, printed = graded
    file = tmp_path / "results.json"
    file.write_bytes(printed)
    assert run("--course", root, "--results", file, "--output", tmp_path / "r", "--lang", "en") == 0
    text = (tmp_path / "r" / "one_neuron" / "index.html").read_text(encoding="utf-8")
    assert "summed gradients" in text
    assert "def gradients" not in text
    assert run("--course", root, "--results", file, "-o", tmp_path / "s", "--lang", "en", root / "submissions") == 0
    assert "def gradients" in (tmp_path / "s" / "one_neuron" / "index.html").read_text(encoding="utf-8")


def test_students_are_told_as_much_as_the_course_says(graded, tmp_path, capfd):
    root, _ = graded
    reserved = tmp_path / "course"
    shutil.copytree(root, reserved)
    settings = reserved / "solutions" / "course.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\nfeedback = "marks"\n', encoding="utf-8")
    assert run("--course", reserved, "--output", tmp_path / "r", "--lang", "en") == 0
    folder = tmp_path / "r" / "one_neuron"
    hint = "sums over the examples"
    assert hint in (folder / "index.html").read_text(encoding="utf-8")
    assert hint not in (folder / "students" / "sample-dw-not-averaged.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        (("--assignment", "softmax"), NotFound, "softmax"),
        (("--results", "no-such.json"), NotFound, "no-such.json"),
        (("--results", __file__), UsageError, "grader grade PATH --format json > results.json"),
        (("--results", "a.json", "--gradebook", "b.sqlite3"), UsageError, "name one"),
        (("no-such-folder",), NotFound, "no-such-folder"),
        (("--output", "/dev/null/report"), UsageError, "can't be written"),
    ],
)
def test_mistakes_are_told_with_what_to_do(graded, arguments, error, text):
    root, _ = graded
    with pytest.raises(GraderError) as caught:
        run("--course", root, *arguments)
    assert isinstance(caught.value, error)
    assert text in str(caught.value)


def test_results_of_another_schema_are_refused(graded, tmp_path):
    root, printed = graded
    records = json.loads(printed)
    records["results"][0]["schema"] = 99
    file = tmp_path / "old.json"
    file.write_text(json.dumps(records), encoding="utf-8")
    with pytest.raises(UsageError, match="schema"):
        run("--course", root, "--results", file)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", '{"results": 3}', '{"results": ["ada"]}', '{"results": [{"schema": 1}]}', "[" * 100_000],
)
def test_whatever_a_file_of_results_holds_instead_it_is_said_how_to_make_one(graded, tmp_path, text):
    root, _ = graded
    file = tmp_path / "results.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        run("--course", root, "--results", file)
    assert "--format json > results.json" in str(caught.value)
    assert "Error" not in str(caught.value)


@pytest.mark.parametrize("hand_back", ["r", "r/one_neuron", "r/one_neuron/students", "."])
def test_feedback_files_are_not_put_beside_the_marks_of_all(graded, tmp_path, monkeypatch, hand_back):
    root, _ = graded
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="--feedback feedback"):
        run("--course", root, "--output", "r", "--feedback", hand_back)
    assert not list(tmp_path.rglob("*.html"))


def test_feedback_files_may_lie_in_a_folder_of_their_own_within_that_of_the_reports(graded, tmp_path, capfd):
    root, _ = graded
    assert run("--course", root, "--output", tmp_path, "--feedback", tmp_path / "feedback", "--lang", "en") == 0
