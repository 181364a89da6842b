"""What `grader grade` keeps: the same work is done once, and lateness and attempts follow the course's rules."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import threading
import zipfile

import pytest
from class_samples import SECRET, change_a_check, make_class, make_course

from grader.cli import run
from grader.gradebook import open_gradebook


@pytest.fixture
def sample(tmp_path, monkeypatch, capfd):
    """A course with a class of ten beside it; `sample(...)` runs a command on it."""
    monkeypatch.setenv("GRADER_SECRET", SECRET)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    make_course(tmp_path / "course")
    make_class(tmp_path / "class", 10)

    def command(name, *arguments, code=0):
        assert run([name, "--course", "course", *map(str, arguments)]) == code
        return capfd.readouterr()

    return command


def grade(sample, *arguments, code=0):
    return sample("grade", "--sandbox", "none", "--jobs", "1", *arguments, code=code)


def graded_counts(err):
    return {name: int(count) for name, count in re.findall(r"(\w+) (\d+)x", err)}


def test_equal_files_of_two_students_are_graded_once(sample, tmp_path):
    for name in ("twin-a", "twin-b"):
        (tmp_path / "class" / f"{name}.py").write_bytes((tmp_path / "class" / "s00002.py").read_bytes())
    done = grade(sample, "class", "--format", "json")
    results = {r["student"]: r for r in json.loads(done.out)["results"]}
    assert "2 with the same file" in done.err
    assert {results[name]["score"] for name in ("s00002", "twin-a", "twin-b")} == {75}
    assert results["twin-b"]["submission"]["path"] == "twin-b.py"
    assert "12 were graded before" in grade(sample, "class").err


def test_a_file_that_changed_is_graded_and_no_other(sample, tmp_path):
    grade(sample, "class")
    path = tmp_path / "class" / "s00002.py"
    path.write_text((tmp_path / "class" / "s00000.py").read_text() + "# now right\n")
    done = grade(sample, "class", "--format", "json")
    assert "9 were graded before" in done.err
    assert {r["student"]: r["score"] for r in json.loads(done.out)["results"]}["s00002"] == 100


def test_a_helper_beside_a_submission_belongs_to_the_work(sample, tmp_path):
    home = tmp_path / "homes" / "ada"
    home.mkdir(parents=True)
    (home / "one_neuron.py").write_text(
        "import numpy as np\nfrom helper import scale\n\n\ndef sigmoid(z):\n    return scale / (1 + np.exp(-z))\n"
    )
    (home / "helper.py").write_text("scale = 1\n")
    assert json.loads(grade(sample, "homes", "--format", "json").out)["results"][0]["score"] == 20
    (home / "helper.py").write_text("scale = 2\n")
    assert json.loads(grade(sample, "homes", "--format", "json").out)["results"][0]["score"] == 0


def test_without_a_gradebook_nothing_is_kept(sample, tmp_path):
    grade(sample, "class/s00000.py", "--no-gradebook")
    assert not (tmp_path / "course" / ".grader" / "gradebook.sqlite3").exists()
    assert "--no-gradebook" in grade(sample, "class", "--no-gradebook", "--regrade", code=2).err


def test_a_gradebook_elsewhere_is_used(sample, tmp_path):
    grade(sample, "class/s00000.py", "--gradebook", "elsewhere.sqlite3")
    assert (tmp_path / "elsewhere.sqlite3").exists()
    assert "100 / 100" in sample("show", "s00000", "--gradebook", "elsewhere.sqlite3").out


def test_a_changed_check_regrades_what_it_touches_with_the_same_outcome_as_grading_anew(sample):
    grade(sample, "class")
    change_a_check_here()
    changed = grade(sample, "class", "--format", "json")
    assert graded_counts(changed.err) == {"descend": 10, "gradients": 10}
    anew = grade(sample, "class", "--format", "json", "--no-gradebook")
    assert without_seconds(changed.out) == without_seconds(anew.out)


def without_seconds(text):
    document = json.loads(text)
    for result in document["results"]:
        del result["seconds"]
    return document


def change_a_check_here():
    from pathlib import Path

    change_a_check(Path("course"))


def test_regrade_grades_anew_and_records_only_what_is_different(sample, tmp_path):
    grade(sample, "class")
    done = grade(sample, "class", "--regrade")
    assert "before" not in done.err
    with open_gradebook(tmp_path / "course" / ".grader" / "gradebook.sqlite3") as gradebook:
        assert len(gradebook.history("one_neuron", "s00000")) == 1


def test_the_preview_of_a_regrade_lists_who_loses_and_records_nothing(sample):
    grade(sample, "class")
    change_a_check_here()
    preview = grade(sample, "class", "--regrade", "--dry-run")
    assert "0 would gain, 9 would lose, 1 stay as they are" in preview.out
    assert "gradients 30 → 25" in preview.out
    assert "Nothing was recorded" in preview.err
    assert max(map(len, preview.out.splitlines())) <= 80
    assert "100 / 100" in sample("show", "s00000").out


def test_the_preview_leaves_out_whose_points_were_given_by_hand(sample):
    grade(sample, "class")
    sample("adjust", "s00000", "gradients", "--points", "12", "--why", "read by a person")
    change_a_check_here()
    preview = grade(sample, "class", "--regrade", "--dry-run", "--format", "json")
    said = json.loads(preview.out)
    assert (said["losses"], said["same"]) == (8, 2)
    assert "s00000" not in {change["student"] for change in said["changes"]}


def test_a_preview_needs_a_gradebook(sample):
    assert "there is no gradebook yet" in grade(sample, "class", "--regrade", "--dry-run", code=2).err


def test_lateness_costs_what_the_course_says_and_extensions_and_adjustments_count(sample, tmp_path):
    toml = tmp_path / "course" / "solutions" / "course.toml"
    toml.write_text(
        'time_zone = "Asia/Shanghai"\n[deadlines]\none_neuron = 2026-05-04T23:59:00\n'
        '[late]\nper = "day"\nrate = 0.1\n[extensions.s00001]\none_neuron = 2026-05-06T23:59:00\n'
    )
    times = tmp_path / "times.csv"
    times.write_text("student,submitted_at\n" + "".join(f"s{n:05d},2026-05-05 12:00:00\n" for n in range(4)))
    done = grade(sample, "class", "--timestamps", "times.csv", "--format", "json")
    late = {r["student"]: r["late"] for r in json.loads(done.out)["results"]}
    assert [name for name, is_late in late.items() if is_late] == ["s00000", "s00002", "s00003"]
    assert "3 late" in done.err
    assert "Late: -10" in sample("show", "s00000").out
    assert "Counts: 65 / 100" in sample("show", "s00002").out
    assert "Late" not in sample("show", "s00001").out
    sample("adjust", "s00002", "forward", "--points", "20", "--why", "nearly", "--who", "lecturer")

    toml.write_text(toml.read_text().replace("[extensions.s00001]", "[extensions.s00000]"))
    again = grade(sample, "class", "--timestamps", "times.csv", "--format", "json")
    late = {r["student"]: r["late"] for r in json.loads(again.out)["results"]}
    assert [name for name, is_late in late.items() if is_late] == ["s00001", "s00002", "s00003"]
    assert "10 were graded before" in again.err
    assert "s00002: 85 / 100 counts (graded 75, by hand, late -10)" in again.err
    assert "s00000: " not in again.err
    grade(sample, "class", "--timestamps", "times.csv", "--regrade")
    assert "Counts: 85 / 100" in sample("show", "s00002").out


def test_the_best_attempt_counts_where_the_course_says_so(sample, tmp_path):
    (tmp_path / "course" / "solutions" / "course.toml").write_text('attempts = "best"\n')
    better = (tmp_path / "class" / "s00000.py").read_text()
    worse = (tmp_path / "class" / "s00002.py").read_text()
    folder = tmp_path / "attempts"
    folder.mkdir()
    (folder / "ada.py").write_text(better + "# ada\n")
    (folder / "ada (1).py").write_text(worse + "# ada\n")
    done = grade(sample, "attempts", "--format", "json")
    assert "earlier attempt of ada, graded as well, for the best one counts: " in done.err
    assert "not counted" not in done.err
    results = json.loads(done.out)["results"]
    assert sorted((r["attempt"], r["score"]) for r in results) == [(1, 100), (2, 75)]
    assert "ada,100," in sample("export", "csv").out


def test_unreadable_files_are_in_the_queue_until_a_person_settles_them(sample, tmp_path):
    (tmp_path / "class" / "zoe.ipynb").write_text("{ this is no notebook")
    assert "1 needs a person" in grade(sample, "class", "--assignment", "one_neuron").err
    zoe = next(row for row in csv.DictReader(io.StringIO(sample("export", "csv").out)) if row["student"] == "zoe")
    assert (zoe["score"], zoe["points"]) == ("", "100")
    assert "zoe" in sample("review").out
    sample("review", "--settle", "zoe", "submission.unreadable", "--why", "asked for another", "--who", "lecturer")
    assert "person" not in grade(sample, "class", "--assignment", "one_neuron").err


def test_what_no_marker_tells_is_found_again_too(sample, tmp_path):
    folder = tmp_path / "bare"
    folder.mkdir()
    text = (tmp_path / "class" / "s00002.py").read_text()
    (folder / "ada.py").write_text(text.replace("# grader: assignment=one_neuron\n", ""))
    assert json.loads(grade(sample, "bare", "--format", "json").out)["results"][0]["score"] == 75
    again = grade(sample, "bare")
    assert "75 / 100" in again.out
    with open_gradebook(tmp_path / "course" / ".grader" / "gradebook.sqlite3") as gradebook:
        assert len(gradebook.history("one_neuron", "ada")) == 1


def test_two_graders_at_once_grade_each_submission_once(sample, tmp_path):
    from grader.batch.class_run import ClassRun
    from grader.batch.tally import Way
    from grader.cli.flows.class_intake import GradeOptions, take_in
    from grader.cli.flows.keys import instructor_keys
    from grader.courses import find_course
    from grader.sandbox import open_sandbox

    course = find_course(tmp_path / "course")
    options = GradeOptions(paths=(tmp_path / "class",))
    keys = instructor_keys(course, ["one_neuron"])
    submissions = take_in(course, options).submissions * 1
    ways = []

    def work():
        with open_gradebook(tmp_path / "g.sqlite3") as gradebook:
            run = ClassRun(
                keys, rate=course.settings.follow_through, policy=course.settings.policy, gradebook=gradebook
            )
            assert len(list(run.results(submissions, lambda: open_sandbox("none"), 1))) == 10
            ways.append(run.tally.ways)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(way[Way.GRADED] for way in ways) == 10
    assert sum(way[Way.UNCHANGED] for way in ways) == 10


def test_instructors_see_the_hidden_case_of_a_file_in_an_archive_and_can_replay_it(sample, tmp_path):
    with zipfile.ZipFile(tmp_path / "download.zip", "w") as archive:
        for path in sorted((tmp_path / "class").iterdir()):
            archive.write(path, path.name)
    grade(sample, "download.zip")
    shown = sample("show", "s00004", "gradients", "--instructor", "--sandbox", "none")
    assert "idea:       summed_gradients" in shown.out
    again = re.findall(r"again: +grader (.*)", shown.out)
    hidden = next(line for line in again if "--case 4" in line)
    assert "--file" not in hidden
    assert run(hidden.split()) == 0


def test_instructors_are_told_when_a_file_is_gone(sample, tmp_path):
    grade(sample, "class")
    (tmp_path / "class" / "s00004.py").unlink()
    assert "Name the file" in sample("show", "s00004", "--instructor", code=2).err


def test_a_large_class_is_described_and_not_listed(sample, monkeypatch):
    from grader.cli.flows import grade as flow
    from grader.cli.flows import graded_class

    monkeypatch.setattr(flow, "LISTED", 3)
    monkeypatch.setattr(graded_class, "LISTED", 3)
    done = grade(sample, "class")
    assert done.out == "one_neuron: 10 scored, mean 92.5, median 100, half between 75 and 100, lowest 75, highest 100\n"
    assert "`grader export csv` has every mark" in done.err


def test_results_are_the_same_with_what_an_earlier_run_kept_and_without(sample, tmp_path):
    def results():
        written = json.loads(grade(sample, "class", "--no-gradebook", "--format", "json").out)["results"]
        return [{**each, "seconds": 0} for each in written]

    state = tmp_path / "course" / ".grader"
    without = results()
    assert not state.exists()
    state.mkdir()
    cold = results()
    sheets = sorted((state / "answers").iterdir())
    assert sheets
    warm = results()
    assert sorted((state / "answers").iterdir()) == sheets
    for path in sheets:
        path.write_bytes(path.read_bytes()[:50])
    damaged = results()
    shutil.rmtree(state / "answers")
    (state / "answers").write_text("nothing can be written here")
    assert without == cold == warm == damaged == results()
