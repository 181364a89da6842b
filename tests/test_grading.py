"""The pipeline itself, with a sandbox of the test's own in the place of the real one."""

import re
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from grader import grading
from grader.courses import answer_key, load_assignment
from grader.model import MARKED_OTHERWISE, Message, Stopped, Submission, Verdict
from grader.sandbox import open_sandbox
from grader.submissions import read_program

DEMO = Path(str(files("grader.demo"))) / "course"
DIED = Stopped(
    verdict=Verdict.CRASHED, message=Message(code="crashed", params={"reason": "signal", "signal": "SIGKILL"})
)


class Dying:
    """A real sandbox in which the first so many second runs come to nothing, as after a kill from outside."""

    def __init__(self, sandbox, deaths):
        self.sandbox, self.deaths, self.level = sandbox, deaths, sandbox.level

    @contextmanager
    def session(self, program, wanted, limits, oracle=None, **more):
        with self.sandbox.session(program, wanted, limits, oracle, **more) as session:
            yield Mortal(session, self)


class Mortal:
    def __init__(self, session, sandbox):
        self.session, self.sandbox, self.alive = session, sandbox, True
        self.report, self.notes, self.ask, self.spent = session.report, session.notes, session.ask, session.spent
        self.expect = session.expect

    def replace(self, oracle, limits, *, anew=False):
        self.sandbox.deaths -= 1
        self.alive = self.sandbox.deaths < 0
        return self.session.replace(oracle, limits, anew=anew)

    def call(self, name, payload, limits, *, more=False):
        return self.session.call(name, payload, limits) if self.alive else [DIED] * len(payload.frames)


@pytest.fixture(scope="module")
def prepared():
    return grading.prepare(answer_key(load_assignment(DEMO / "solutions" / "one_neuron"), b"a secret for tests"))


@pytest.mark.parametrize(("deaths", "score"), [(0, 80), (1, 80), (2, 80), (3, 55)])
def test_a_second_run_that_dies_is_made_once_more_in_a_new_process_and_once_again(prepared, deaths, score):
    data = (DEMO / "submissions" / "sample-wrong-sigmoid.py").read_bytes()
    program = read_program(data, "sample.py")
    with open_sandbox("none") as sandbox:
        questions, *_ = grading.run(program, replace(prepared, repeats=None), Dying(sandbox, deaths))
    assert sum(question.score for question in questions) == score


@pytest.mark.parametrize(
    ("marker", "told"),
    [("", False), ("# grader: assignment=one_neuron\n", False), ("# grader: assignment=numpy_basics\n", True)],
)
def test_a_file_that_says_that_it_is_for_another_assignment_is_graded_and_that_is_told(prepared, marker, told):
    text = (DEMO / "submissions" / "sample-full-marks.py").read_text(encoding="utf-8")
    source = marker + text.replace("# grader: assignment=one_neuron\n", "")
    submission = Submission(student="sample", assignment="one_neuron", path="a.py", read=source.encode)
    with open_sandbox("none") as sandbox:
        result = grading.grade(submission, {"one_neuron": replace(prepared, repeats=None)}, sandbox)
    assert result.score == result.points
    notes = [dict(note.params) for note in result.notes if note.code == MARKED_OTHERWISE]
    assert notes == ([{"marker": "numpy_basics", "assignment": "one_neuron"}] if told else [])


class Failing:
    """A sandbox whose sessions fail in a way that nobody foresaw."""

    level = "none"

    def session(self, *_, **__):
        raise ZeroDivisionError("a fault of ours")


def test_a_fault_of_ours_is_no_zero_and_ends_nobody_elses_grading(prepared):
    path = DEMO / "submissions" / "sample-full-marks.py"
    submission = Submission(student="sample", assignment="one_neuron", path=path.name, read=path.read_bytes)
    result = grading.grade(submission, {"one_neuron": prepared}, Failing())
    assert result.score is None
    assert not result.complete
    assert {check.verdict for question in result.questions for check in question.checks} == {Verdict.INTERNAL_ERROR}
    assert "a fault of ours" not in repr(result)


def test_a_fault_of_ours_is_recorded_with_its_type_and_place_and_without_a_value(prepared, monkeypatch):
    def broken(*_, **__):
        return [0.25][1 + len("a hidden input")]

    monkeypatch.setattr(grading.judging, "result_of", broken)
    path = DEMO / "submissions" / "sample-full-marks.py"
    submission = Submission(student="sample", assignment="one_neuron", path=path.name, read=path.read_bytes)
    with open_sandbox("none") as sandbox, pytest.raises(IndexError) as caught:
        grading.run(read_program(path.read_bytes(), path.name), prepared, sandbox)
    assert re.fullmatch(r"IndexError at grader/marking\.py:\d+", grading.blame(caught.value))
    monkeypatch.undo()
    result = grading.grade(submission, {"one_neuron": prepared}, Failing())
    reasons = {check.params["reason"] for question in result.questions for check in question.checks}
    assert len(reasons) == 1
    assert re.fullmatch(r"ZeroDivisionError at grader/marking\.py:\d+", reasons.pop())


@pytest.mark.parametrize(("assignment", "points"), [("one_neuron", 100), (None, 0), ("another", 0)])
def test_what_cannot_be_read_is_out_of_the_points_of_its_assignment_where_that_is_known(prepared, assignment, points):
    submission = Submission(student="sample", assignment=assignment, path="sample.ipynb", read=lambda: b"{ no notebook")
    result = grading.grade(submission, {"one_neuron": prepared}, Failing())
    assert (result.score, result.points, result.complete) == (None, points, False)
