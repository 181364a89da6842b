"""A whole class: graded, interrupted, resumed, regraded after a changed check, and exported; nothing is done twice."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import signal
import subprocess
import sys
import time
from xml.etree import ElementTree as ET

import pytest
from class_samples import arguments, change_a_check, environment, grade, make_class, make_course

from grader.batch.class_run import LEASE
from grader.gradebook import open_gradebook


class Class:
    """A course with a class beside it."""

    def __init__(self, root, students):
        self.course = make_course(root / "course")
        self.folder = root / "class"
        self.marks = make_class(self.folder, students)
        self.size = students

    def recorded(self):
        with open_gradebook(self.course / ".grader" / "gradebook.sqlite3") as gradebook:
            return {result.student: result for result in gradebook.results()}

    def rows(self):
        """Count the results ever recorded: each piece of work should be there once."""
        with open_gradebook(self.course / ".grader" / "gradebook.sqlite3") as gradebook:
            return sum(len(gradebook.history("one_neuron", student)) for student in self.marks)

    def start(self, *more):
        return subprocess.Popen(
            arguments(self.course, *more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
        )

    def wait_for(self, count):
        """Wait until so many results are on the disk."""
        path = self.course / ".grader" / "gradebook.sqlite3"
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if path.exists():
                with open_gradebook(path) as gradebook:
                    if sum(1 for _ in gradebook.results()) >= count:
                        return
            time.sleep(0.05)
        raise AssertionError("the run records nothing")


def story(root, students):
    """Grade, interrupt, resume, change a check, preview, regrade, export."""
    sample = Class(root, students)
    run = sample.start("--jobs", 2)
    sample.wait_for(students // 10)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=120)
    assert run.returncode == 130, err
    done = int(re.search(r"Interrupted: (\d+) of (\d+) done and recorded", err)[1])
    assert len(sample.recorded()) == done
    assert students // 10 <= done < students

    resumed = grade(sample.course, "--jobs", 2, "--format", "json")
    assert f"{done} were graded before and stay" in resumed.stderr
    results = json.loads(resumed.stdout)["results"]
    assert {result["student"]: result["score"] for result in results} == sample.marks
    assert sample.rows() == students

    again = grade(sample.course, "--jobs", 2, "--format", "json")
    assert f"{students} were graded before and stay" in again.stderr
    assert again.stdout == resumed.stdout
    assert sample.rows() == students

    change_a_check(sample.course)
    preview = grade(sample.course, "--jobs", 2, "--regrade", "--dry-run", "--format", "json")
    said = json.loads(preview.stdout)
    wrong = sum(1 for number in range(students) if number % 10 == 4)  # they lose nothing: they had no such points
    assert (said["gains"], said["losses"], said["same"], said["added"]) == (0, students - wrong, wrong, 0)
    assert all(change["new"] == change["old"] - 5 for change in said["changes"])
    assert sample.rows() == students  # nothing was recorded

    changed = grade(sample.course, "--jobs", 2)
    assert f"{students} were graded in part." in changed.stderr
    assert f"Graded: descend {students}x, gradients {students}x. Taken over: forward, sigmoid." in changed.stderr
    assert sample.rows() == 2 * students
    recorded = sample.recorded()
    assert {name: (r.score, r.points) for name, r in recorded.items()} == {
        name: (mark - (0 if int(name[1:]) % 10 == 4 else 5), 95) for name, mark in sample.marks.items()
    }
    assert sample.rows() == 2 * students
    exports(sample, recorded)
    return sample


def exported(sample, form, *more):
    command = [sys.executable, "-m", "grader", "export", form, "--course", str(sample.course), *more]
    done = subprocess.run(command, capture_output=True, env=environment(), timeout=300, check=True)
    return done.stdout.decode()


def exports(sample, recorded):
    """Read every export with a parser of its own format."""
    rows = list(csv.DictReader(io.StringIO(exported(sample, "csv", "--assignment", "one_neuron"), newline="")))
    assert {row["student"]: float(row["score"]) for row in rows} == {n: float(r.score) for n, r in recorded.items()}
    lines = [json.loads(line) for line in exported(sample, "jsonl").splitlines()]
    assert {line["student"]: line["mark"]["score"] for line in lines} == {n: r.score for n, r in recorded.items()}
    suites = ET.fromstring(exported(sample, "junit").encode())
    assert len(suites.findall("testsuite")) == sample.size
    canvas = sample.course.parent / "canvas.csv"
    students = "".join(f"{name},{number},{name},A,\n" for number, name in enumerate(sample.marks))
    canvas.write_text(
        f"Student,ID,SIS Login ID,Section,one_neuron (7)\n    Points Possible,,,,95\n{students}", encoding="utf-8"
    )
    filled = list(csv.DictReader(io.StringIO(exported(sample, "canvas", "--fill", str(canvas)), newline="")))[1:]
    assert {row["SIS Login ID"]: float(row["one_neuron (7)"]) for row in filled} == {
        name: float(result.score) for name, result in recorded.items()
    }
    moodle = sample.course.parent / "moodle.csv"
    students = "".join(f"{name},{name}@example.edu,\n" for name in sample.marks)
    moodle.write_text(f"Username,Email address,one_neuron\n{students}", encoding="utf-8")
    text = exported(sample, "moodle", "--fill", str(moodle), "--column", "one_neuron", "--match", "Username")
    filled = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["Username"]: float(row["one_neuron"]) for row in filled} == {
        name: float(result.score) for name, result in recorded.items()
    }


def test_two_hundred_graded_interrupted_resumed_regraded_and_exported(tmp_path):
    story(tmp_path, 200)


@pytest.mark.slow
def test_five_thousand_graded_interrupted_resumed_regraded_and_exported(tmp_path):
    story(tmp_path, 5000)


def kill_at_random(root, students, times, seed):
    """Kill a run again and again; each time what was on the disk stays, and in the end all is there once."""
    sample = Class(root, students)
    rng = random.Random(seed)
    grade(sample.course, "--dry-run")
    before = {}
    for number in range(times):
        run = sample.start("--jobs", 2, "--quiet")
        if number % 4:  # while it grades: each time at another place of its work
            sample.wait_for(min(len(before) + rng.randint(1, students // times + 1), students))
            time.sleep(rng.uniform(0, 0.2))
        else:  # or before that: while it starts, or opens the gradebook
            time.sleep(rng.uniform(0.1, 3.0))
        run.kill()
        run.communicate()
        after = sample.recorded() if (sample.course / ".grader" / "gradebook.sqlite3").exists() else {}
        assert all(after[name] == result for name, result in before.items())
        before = after
    assert before
    begin = time.monotonic()
    done = grade(sample.course, "--jobs", 2, "--format", "json")
    # Nothing waits for the claims of the dead to run out.
    assert time.monotonic() - begin < LEASE
    assert {r["student"]: r["score"] for r in json.loads(done.stdout)["results"]} == sample.marks
    assert re.search(rf"{len(before)} (were|was) graded before", done.stderr)
    assert sample.rows() == students


def test_killed_twice_and_resumed(tmp_path):
    kill_at_random(tmp_path, 120, 2, seed=1)


@pytest.mark.slow
def test_killed_at_fifty_moments_and_resumed(tmp_path):
    kill_at_random(tmp_path, 5000, 50, seed=2)
