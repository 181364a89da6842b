"""When fresh examples are made and to whom they are shown: the course's settings, the student's own deadline."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib.resources import as_file, files

import pytest

from grader.batch.cluster.bundle import make_bundle, unpack
from grader.batch.keys import prepared_keys
from grader.batch.works import Works
from grader.cli.flows.telling import Telling
from grader.courses import find_course
from grader.courses.settings import read_settings
from grader.errors import CourseError
from grader.gradebook import open_gradebook
from grader.model import Message, Submission
from grader.policy import Examples, Extension, Feedback, LatePolicy, Policy, shows_examples

DUE = datetime(2026, 5, 4, 23, 59, tzinfo=UTC)
EARLY, LATE = DUE - timedelta(hours=1), DUE + timedelta(hours=1)
POLICY = Policy(
    deadlines={"area": DUE},
    extensions=(Extension(student="ada", assignment="area", by=timedelta(days=2)),),
)


@pytest.mark.parametrize(
    ("student", "now", "shown"),
    [("bob", EARLY, False), ("bob", LATE, True), ("ada", LATE, False), ("ada", LATE + timedelta(days=2), True)],
)
def test_examples_show_after_the_students_own_deadline(student, now, shown):
    assert shows_examples(POLICY, "area", student, now) is shown


def test_without_a_deadline_it_is_never_over():
    assert not shows_examples(Policy(), "area", "bob", LATE)


@pytest.mark.parametrize(
    ("after", "shown"),
    [(timedelta(0), False), (timedelta(minutes=15), False), (timedelta(minutes=15, seconds=1), True)],
)
@pytest.mark.parametrize("student", ["bob", "ada"])
def test_examples_wait_for_the_end_of_the_grace_in_which_one_may_hand_in_anew_at_no_cost(student, after, shown):
    late = LatePolicy(rate=Decimal("0.1"), grace=timedelta(minutes=15))
    due = DUE + timedelta(days=2) if student == "ada" else DUE
    for graceful in (replace(POLICY, late=late), replace(POLICY, late_by_assignment={"area": late})):
        assert shows_examples(graceful, "area", student, due + after) is shown


@pytest.mark.parametrize(("setting", "shown"), [(Examples.NEVER, False), (Examples.ALWAYS, True)])
def test_a_course_can_say_never_or_always(setting, shown):
    policy = Policy(deadlines={"area": DUE}, examples=setting)
    assert {shows_examples(policy, "area", "bob", now) for now in (EARLY, LATE)} == {shown}


SETTINGS = (
    'feedback = "full"\n[deadlines]\none_neuron = 2020-05-04T23:59:00\n[extensions.sample-late]\nall = "{} weeks"\n'
)
WRONG = ("sample-dw-not-averaged.ipynb", "sample-star-for-dot.py")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course whose deadline is over, but not for one student; two wrong programs, handed in by three."""
    root = tmp_path_factory.mktemp("after") / "course"
    with as_file(files("grader.demo") / "course") as source:
        shutil.copytree(source, root)
    (root / "solutions" / "course.toml").write_text(SETTINGS.format(2000), encoding="utf-8")
    folder = root / "handed in"
    folder.mkdir()
    for name in WRONG:
        shutil.copy(root / "submissions" / name, folder)
    shutil.copy(root / "submissions" / WRONG[1], folder / "sample-late.py")
    run(root, "grade", "--sandbox", "none", "--quiet", str(folder))
    return root


def run(root, *arguments):
    given = [sys.executable, "-m", "grader", *arguments, "--course", str(root), "--lang", "en"]
    return subprocess.run(given, capture_output=True, text=True, timeout=120, check=True).stdout


def examples_of(result):
    return [check.example for question in result.questions for check in question.checks if check.example]


def test_the_gradebook_keeps_examples_for_everyone(course):
    with open_gradebook(course / ".grader" / "gradebook.sqlite3") as gradebook:
        kept = {result.student: examples_of(result) for result in gradebook.results()}
    assert len(kept) == 3
    assert all(kept.values())
    assert all(isinstance(each, Message) for student in kept.values() for each in student)


def test_a_student_is_shown_them_and_one_with_an_extension_is_not(course):
    said = "fresh input"
    assert said in run(course, "show", "sample-star-for-dot")
    assert said not in run(course, "show", "sample-late")
    assert said not in run(course, "show", "sample-star-for-dot", "--feedback", "hints")


def test_a_service_that_does_not_say_who_hands_in_shows_them_after_everyones_deadline(course):
    """Gradescope's students are all called alike, and one of the course has an extension for 2,000 weeks."""
    arguments = ("grade", "--no-gradebook", "--sandbox", "none", "--quiet", "--format", "gradescope")
    arguments += ("--student", "submission", str(course / "handed in" / WRONG[1]))
    settings = course / "solutions" / "course.toml"
    assert "fresh input" not in run(course, *arguments)
    before = settings.read_text(encoding="utf-8")
    try:
        settings.write_text(SETTINGS.format(1), encoding="utf-8")
        assert "fresh input" in run(course, *arguments)
    finally:
        settings.write_text(before, encoding="utf-8")


def test_pages_show_them_to_the_same_students(course, tmp_path):
    run(course, "report", "--output", str(tmp_path))
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "one_neuron" / "students").iterdir()}
    assert "fresh input" in pages["sample-star-for-dot"]
    assert "fresh input" not in pages["sample-late"]


@pytest.mark.parametrize(
    ("form", "record", "shown"), [("jsonl", "\n", '"example"'), ("junit", "<testsuite ", "fresh input")]
)
def test_exports_hold_those_that_the_student_may_see(course, form, record, shown):
    """These files are made to be taken apart and handed on; the gradebook keeps the whole."""
    settings = course / "solutions" / "course.toml"
    before = settings.read_text(encoding="utf-8")
    students = ("sample-late", "sample-star-for-dot")
    parts = run(course, "export", form).split(record)
    assert [any(shown in part and name in part for part in parts) for name in students] == [False, True]
    try:
        settings.write_text(f'examples = "never"\n{before}', encoding="utf-8")
        assert shown not in run(course, "export", form)
    finally:
        settings.write_text(before, encoding="utf-8")


def test_json_has_them_with_their_words(course):
    printed = run(course, "grade", "--format", "json", "--quiet", str(course / "handed in"))
    told = {}
    for result in json.loads(printed)["results"]:
        told[result["student"]] = [c["example"] for q in result["questions"] for c in q["checks"] if "example" in c]
    assert told["sample-late"] == []
    for example in told["sample-star-for-dot"]:
        assert set(example) == {"code", "params", "message"}
        assert example["message"]


def test_nothing_is_looked_for_where_nobody_may_see_it(course):
    found = find_course(course)
    before = Telling(course=found, now=datetime(2020, 5, 1, tzinfo=UTC))
    after = Telling(course=found, now=datetime(2020, 6, 1, tzinfo=UTC))
    assert before.with_examples(["one_neuron"]) == frozenset()
    assert after.with_examples(["one_neuron"]) == {"one_neuron"}
    marks_only = Telling(course=found, feedback=Feedback.MARKS, now=datetime(2020, 6, 1, tzinfo=UTC))
    assert marks_only.with_examples(["one_neuron"]) == {"one_neuron"}, "the gradebook keeps what the course asks for"


def test_workers_of_a_cluster_look_for_them_where_the_run_does(course):
    keys = prepared_keys(course / "solutions", ["one_neuron"], b"secret", examples={"one_neuron"})
    more = {"rate": Decimal(1), "fingerprints": False, "level": "none"}
    bundle = make_bundle(course / "solutions", keys, b"secret", **more)
    assert unpack(bundle)["one_neuron"].examples is not None
    without = prepared_keys(course / "solutions", ["one_neuron"], b"secret")
    assert unpack(make_bundle(course / "solutions", without, b"secret", **more))["one_neuron"].examples is None


def test_results_without_examples_are_not_taken_for_results_with_them(course):
    digests = set()
    for examples in ((), ("one_neuron",)):
        keys = prepared_keys(course / "solutions", ["one_neuron"], b"secret", examples=examples)
        submission = Submission(student="bob", assignment="one_neuron", path="bob.py", read=lambda: b"x = 1\n")
        digests.add(Works(keys, rate=Decimal(1), sandbox="none").item(submission).work.digest)
    assert len(digests) == 2


def test_a_word_that_is_none_of_the_settings_is_told(tmp_path):
    path = tmp_path / "course.toml"
    path.write_text('examples = "sometimes"\n', encoding="utf-8")
    with pytest.raises(CourseError, match="examples: 'sometimes' is none of never, after_deadline, always"):
        read_settings(path)
