"""`grader grade`: the right marks for a mixed class, as a person and as a program reads them."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from grader.cli import run

MARKS = {
    "sample-full-marks": 100,
    "sample-full-marks-matmul": 100,
    "sample-full-marks-loops": 100,
    "sample-missing-imports": 100,
    "sample-dw-not-averaged": 75,
    "sample-star-for-dot": 75,
    "sample-rank-1-result": 78,
    "sample-blank-stubs": 0,
    "sample-endless-loop": 75,
    "sample-crash": 70,
    "sample-cheat": 0,
    "sample-wrong-sigmoid": 80,
    "sample-broken-cell": 70,
    "sample-syntax-error": 70,
    "示例 样本": 75,
}
VERDICTS = {
    "sample-endless-loop": ("descend", "time_limit"),
    "sample-crash": ("gradients", "crashed"),
    "sample-blank-stubs": ("sigmoid", "missing"),
    "sample-broken-cell": ("gradients", "missing"),
    "sample-syntax-error": ("gradients", "missing"),
    "sample-star-for-dot": ("forward", "wrong_answer"),
}


def graded(course, *paths, code=0, capsys, extra=()):
    arguments = ["grade", "--course", str(course), "--format", "json", "--quiet", *extra, *map(str, paths)]
    assert run(arguments) == code
    return json.loads(capsys.readouterr().out)


@pytest.fixture(scope="module")
def class_results(sample_course):
    """Grade the whole sample class once, in a process of its own."""
    environment = {**os.environ, "GRADER_SECRET": "a secret for tests"}
    command = [sys.executable, "-m", "grader", "grade", "--course", str(sample_course), "--format", "json", "--quiet"]
    done = subprocess.run(
        [*command, str(sample_course / "submissions")], capture_output=True, timeout=120, check=True, env=environment
    )
    return done.stdout


def test_every_sample_gets_its_marks(class_results):
    results = json.loads(class_results)["results"]
    assert {result["student"]: result["score"] for result in results} == MARKS


def test_a_failure_says_of_which_kind_it_is(class_results):
    results = {result["student"]: result for result in json.loads(class_results)["results"]}
    for student, (question, verdict) in VERDICTS.items():
        found = {q["name"]: q for q in results[student]["questions"]}[question]
        assert {check["verdict"] for check in found["checks"] if check["score"] == 0} == {verdict}, student


def test_a_misconception_is_named_with_its_hint(class_results):
    results = {result["student"]: result for result in json.loads(class_results)["results"]}
    question = next(q for q in results["sample-dw-not-averaged"]["questions"] if q["name"] == "gradients")
    dw = next(check for check in question["checks"] if check["name"] == "dw is right")
    assert dw["misconception"] == "summed_gradients"
    assert "mean over the m examples" in dw["hint"]


def test_an_error_is_paid_for_once(class_results):
    results = {result["student"]: result for result in json.loads(class_results)["results"]}
    scores = {
        q["name"]: (q["score"], q["points"], q["follow_through"]) for q in results["sample-wrong-sigmoid"]["questions"]
    }
    assert scores == {
        "sigmoid": (0, 20, False),
        "forward": (25, 25, True),
        "gradients": (30, 30, True),
        "descend": (25, 25, True),
    }


def test_hidden_checks_give_nothing_away(class_results):
    for result in json.loads(class_results)["results"]:
        for question in result["questions"]:
            for check in question["checks"]:
                if check["visibility"] == "hidden":
                    assert not {"got", "expected", "args", "input"} & set(check["params"]), check


def test_results_are_sorted_and_whole(class_results):
    results = json.loads(class_results)["results"]
    assert [r["student"] for r in results] == sorted(r["student"] for r in results)
    for result in results:
        assert set(result) >= {
            "schema", "assignment", "student", "submission", "attempt", "submitted_at", "late", "sandbox", "flags",
            "score", "points", "complete", "seconds", "questions", "notes",
        }  # fmt: skip
        assert result["complete"]
        assert result["points"] == 100


def test_a_second_run_gives_the_same_bytes_on_any_number_of_lanes(sample_course, tmp_path, capsys):
    for path in (sample_course / "submissions").iterdir():
        if "endless" not in path.name:
            shutil.copy(path, tmp_path)
    documents = [graded(sample_course, tmp_path, capsys=capsys, extra=["--jobs", jobs]) for jobs in ("1", "3")]
    for document in documents:
        for result in document["results"]:
            del result["seconds"]
    assert json.dumps(documents[0]) == json.dumps(documents[1])


def test_one_file_is_shown_in_full(sample_course, capsys):
    path = sample_course / "submissions" / "示例 样本.py"
    assert run(["grade", "--course", str(sample_course), "--sandbox", "none", str(path)]) == 0
    out = capsys.readouterr().out
    assert "UNCONFINED" in out
    assert "75 / 100" in out
    assert "w is right" in out
    assert max(map(len, out.splitlines())) <= 80


def test_a_path_that_is_not_there_is_said(sample_course, capsys):
    assert run(["grade", "--course", str(sample_course), "nowhere.py"]) == 2
    assert "nowhere.py is not there" in capsys.readouterr().err


def test_an_unknown_assignment_gets_a_suggestion(sample_course, capsys):
    path = sample_course / "submissions" / "sample-full-marks.py"
    assert run(["grade", "--course", str(sample_course), "--assignment", "one_neurn", str(path)]) == 2
    assert "one_neuron" in capsys.readouterr().err


def test_a_folder_without_submissions_is_an_error(sample_course, tmp_path, capsys):
    (tmp_path / "notes.txt").write_text("nothing to grade")
    assert run(["grade", "--course", str(sample_course), str(tmp_path)]) == 2
    assert "No submission" in capsys.readouterr().err


def test_bad_files_among_good_ones_are_flags(sample_course, tmp_path, capsys):
    good = sample_course / "submissions" / "sample-full-marks.py"
    (tmp_path / "ok.py").write_text(good.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "empty.py").write_bytes(b"")
    (tmp_path / "not-json.ipynb").write_text("{ this is no notebook")
    (tmp_path / "binary.py").write_bytes(bytes(range(256)) * 10)
    document = graded(sample_course, tmp_path, capsys=capsys)
    by_student = {result["student"]: result for result in document["results"]}
    assert by_student["ok"]["score"] == 100
    for name in ("not-json", "binary"):
        assert by_student[name]["score"] is None
        assert by_student[name]["flags"]
        assert by_student[name]["notes"][0]["message"]


def test_a_dry_run_grades_nothing(sample_course, capsys):
    assert run(["grade", "--course", str(sample_course), "--dry-run", str(sample_course / "submissions")]) == 0
    out = capsys.readouterr().out
    assert "sample-cheat" in out
    assert "/ 100" not in out


def test_jsonl_gives_a_line_a_result(sample_course, capsys):
    paths = [sample_course / "submissions" / f"{name}.py" for name in ("sample-full-marks", "sample-crash")]
    assert run(["grade", "--course", str(sample_course), "--format", "jsonl", "--quiet", *map(str, paths)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {json.loads(line)["score"] for line in lines} == {100, 70}


@pytest.mark.parametrize(
    ("level", "tells_hint", "tells_values"), [("marks", False, False), ("hints", True, False), ("full", True, True)]
)
def test_feedback_tells_as_much_as_is_asked_for(level, tells_hint, tells_values, sample_course, capsys):
    file = sample_course / "submissions" / "sample-dw-not-averaged.ipynb"
    document = graded(sample_course, file, capsys=capsys, extra=("--feedback", level, "--no-gradebook"))
    (result,) = document["results"]
    failed = [
        check for question in result["questions"] for check in question["checks"] if check["verdict"] != "accepted"
    ]
    assert result["score"] == MARKS["sample-dw-not-averaged"]
    assert any(check["hint"] for check in failed) is tells_hint
    assert any("input" in check["params"] for check in failed) is tells_values


def test_a_dry_run_lists_what_cannot_be_read(sample_course, tmp_path, capsys):
    (tmp_path / "good.py").write_text("# grader: assignment=one_neuron\nx = 1\n", encoding="utf-8")
    (tmp_path / "binary.py").write_bytes(bytes(range(256)) * 10)
    assert run(["grade", "--course", str(sample_course), "--dry-run", str(tmp_path)]) == 0
    lines = {line.partition(":")[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "one_neuron" in lines["good"]
    assert "unreadable" in lines["binary"]


def test_a_file_of_another_assignment_is_said_and_flagged(sample_course, tmp_path, capsys):
    (tmp_path / "in").mkdir()
    for student in ("ada", "bob"):
        (tmp_path / "in" / f"{student}.py").write_text("def something_else(x):\n    return x\n", encoding="utf-8")
    given = ["--course", str(sample_course), "--gradebook", str(tmp_path / "g.sqlite3")]
    code = run(["grade", str(tmp_path / "in"), "--assignment", "one_neuron", *given])
    out, err = capsys.readouterr()
    assert code == 0
    assert out.count("nothing of it is in the file") == 2
    assert "2 need a person" in err


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_a_stream_that_has_no_chinese_gets_escapes(sample_course, tmp_path, form):
    (tmp_path / "张伟").mkdir()
    shutil.copy(sample_course / "submissions" / "sample-full-marks.py", tmp_path / "张伟" / "one_neuron.py")
    command = [sys.executable, "-m", "grader", "grade", str(tmp_path), "--no-gradebook", "--format", form]
    done = subprocess.run(
        [*command, "--course", str(sample_course)],
        env={**os.environ, "PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "\\u5f20\\u4f1f" in done.stdout


@pytest.mark.parametrize(("dry", "named"), [((), 5), (("--dry-run",), 9)])
def test_many_earlier_attempts_are_folded_and_a_dry_run_names_them_all(sample_course, tmp_path, capsys, dry, named):
    for attempt in range(1, 11):
        folder = tmp_path / f"2026-03-{attempt:02}" / "ada"
        folder.mkdir(parents=True)
        (folder / "one_neuron.py").write_text(f"# {attempt}\n", encoding="utf-8")
    options = ["--no-gradebook", "--student", "ada", *dry]
    run(["grade", "--course", str(sample_course), *options, str(tmp_path)])
    told = capsys.readouterr().err
    assert told.count("earlier attempt of ada, not counted") == named
    assert ("4 more earlier attempts, not counted. --dry-run" in " ".join(told.split())) is not bool(dry)


@pytest.mark.parametrize("again", [False, True])
def test_an_earlier_attempt_graded_alone_says_that_the_later_one_that_is_kept_counts(
    sample_course, tmp_path, capsys, again
):
    right = (sample_course / "submissions" / "sample-full-marks.py").read_bytes()
    for folder in ("class", "alone"):
        (tmp_path / folder / "ada").mkdir(parents=True)
        (tmp_path / folder / "ada" / "one_neuron.py").write_bytes(right)
    (tmp_path / "class" / "ada" / "one_neuron.ipynb").write_bytes(
        (sample_course / "submissions" / "sample-blank-stubs.py").read_bytes()
    )
    given = ["--course", str(sample_course), "--gradebook", str(tmp_path / "g.sqlite3")]
    run(["grade", str(tmp_path / "class" / "ada"), *given])
    if again:
        run(["grade", str(tmp_path / "alone" / "ada"), *given])
    capsys.readouterr()
    run(["grade", str(tmp_path / "alone" / "ada"), *given])
    told = " ".join(capsys.readouterr().err.split())
    assert "ada: 0 / 100 counts (graded 100, attempt 2, which is later)" in told


def test_a_dry_run_says_what_a_person_should_look_at(sample_course, tmp_path, capsys):
    (tmp_path / "ada").mkdir()
    for name in ("one_neuron.py", "one_neuron.ipynb"):
        (tmp_path / "ada" / name).write_text("# grader: assignment=one_neuron\nx = 1\n", encoding="utf-8")
    assert run(["grade", "--course", str(sample_course), "--dry-run", str(tmp_path)]) == 0
    assert "nothing says which is the last" in capsys.readouterr().out


def test_gradescope_is_refused_a_class_before_it_is_graded(sample_course, tmp_path, capsys):
    given = ["--course", str(sample_course), "--gradebook", str(tmp_path / "g.sqlite3"), "--format", "gradescope"]
    assert run(["grade", str(sample_course / "submissions"), *given]) == 2
    assert "one submission of one assignment" in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "g.sqlite3").exists()
