"""A class of thirty with one faulty dependency each: an error is paid for once, and its hint is given once."""

import sys
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))

import judged

from grader import follow_through
from grader.follow_through import FIRST_TRY, Reference, SecondRuns
from grader.grading import grade, prepare
from grader.model import Found, LoadReport, Submission, Verdict
from grader.sandbox import open_process_sandbox

SLUG = "logistic_regression"
SIGMOIDS = ("1 / 1 + np.exp(-z)", "1 / (1 - np.exp(-z))", "1 / (1 + np.exp(z))", "np.exp(-z)", "np.tanh(z)", "z")
DERIVATIVES = (
    "np.dot(X, dZ.T)", "-np.dot(X, dZ.T) / m", "2 * np.dot(X, dZ.T) / m", "np.dot(X, A.T) / m",
    "np.dot(X, dZ.T) / X.shape[0]", "np.dot(X, dZ.T) / m + 1",
)  # fmt: skip
THRESHOLDS = ("A > 0.9", "A < 0.5", "A > 0", "A > 1", "A * 1.0", "A.T > 0.5")
STARTS = ("np.ones((dim, 1))", "np.zeros(dim)", "np.zeros((1, dim))", "np.zeros((dim + 1, 1))", "0.0", "None")
RATES = ("0.009", "-learning_rate", "learning_rate / 2", "2 * learning_rate", "learning_rate ** 2", "0")

PROPAGATE = """
def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    dZ = A - Y
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    return {{"dw": {}, "db": np.sum(dZ) / m}}, cost
"""
PREDICT = """
def predict(w, b, X):
    A = sigmoid(np.dot(w.T, X) + b)
    return ({}) * 1.0
"""
OPTIMIZE = """
def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    rate = {}
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - rate * grads["dw"]
        b = b - rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {{"w": w, "b": b}}, grads, costs
"""
CLASS = [
    *(("sigmoid", f"def sigmoid(z):\n    return {each}\n") for each in SIGMOIDS),
    *(("propagate", PROPAGATE.format(each)) for each in DERIVATIVES),
    *(("predict", PREDICT.format(each)) for each in THRESHOLDS),
    *(("initialize_with_zeros", f"def initialize_with_zeros(dim):\n    return {each}, 0.0\n") for each in STARTS),
    *(("optimize", OPTIMIZE.format(each)) for each in RATES),
]
ONE_OF_EACH = [CLASS[place] for place in (0, 6, 18)]
SECONDS = 5.0


def graded(source, sandbox):
    program = judged.loaded(SLUG).reference.loaded_source + "\n\n" + source
    submission = Submission(student="sample", assignment=SLUG, path="sample.py", read=program.encode)
    return grade(submission, {SLUG: prepare(judged.key(SLUG))}, sandbox)


def check(name, result):
    """All that is lost is lost in the faulty question; what is built on it says so and gives no hint of its own."""
    assert result.complete
    for question in result.questions:
        if question.name == name:
            assert question.score < question.points
            assert not question.follow_through
            continue
        assert question.score == question.points, (name, question.name)
        for each in question.checks:
            if each.verdict is not Verdict.ACCEPTED:
                assert each.follow_through_score == each.points
                assert each.params["built_on"] == [name]
                assert each.hint is None
    own = next(question for question in result.questions if question.name == name)
    assert result.score == Decimal(100) - own.points + own.score


def test_the_class_has_thirty_students_each_with_another_mistake():
    assert len(set(CLASS)) == 30


@pytest.mark.parametrize(("name", "source"), ONE_OF_EACH, ids=[name for name, _ in ONE_OF_EACH])
def test_an_error_is_paid_for_once(name, source):
    with open_process_sandbox() as sandbox:
        check(name, graded(source, sandbox))


@pytest.mark.slow
def test_an_error_is_paid_for_once_by_everyone_in_a_class_of_thirty():
    with open_process_sandbox() as sandbox:
        for name, source in CLASS:
            result = graded(source, sandbox)
            check(name, result)
            assert result.seconds < SECONDS, name


SPOILED = """
import sys
times = sys.__dict__.setdefault("times", [])
times.append(1)

def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m + len(times) - 1
    return {"dw": np.dot(X, (A - Y).T) / m, "db": np.sum(A - Y) / m}, cost

def predict(w, b, X):
    return (sigmoid(np.dot(w.T, X) + b) > 0.5) * float(2 - len(times))
"""


def test_what_an_earlier_run_left_behind_costs_no_question_a_mark():
    """Two questions fail wherever the program is loaded for the second time; each has a process of its own then."""
    with open_process_sandbox() as sandbox:
        check("sigmoid", graded(CLASS[0][1] + SPOILED, sandbox))


class Spoiled:
    """A session whose program answers rightly only in a new process, and takes some seconds each time."""

    def __init__(self, found, seconds):
        self.report = LoadReport(found=dict.fromkeys(found, Found(status="found")))
        self.seconds, self.runs = seconds, []

    def replace(self, oracle, limits, *, anew=False):
        self.runs.append((anew, round(limits.submission, 3)))
        return anew

    def spent(self):
        return self.seconds

    def notes(self):
        return self.report.notes


@pytest.fixture
def in_vain(monkeypatch):
    """Judge one question again and again; return what each run was, and how many seconds it had."""

    def runs(share, times):
        prepared = prepare(judged.key(SLUG))
        session = Spoiled(prepared.questions, prepared.limits.submission * share)
        monkeypatch.setattr(follow_through, "call", lambda *_: list(map(int, [session.runs[-1][0]])))
        monkeypatch.setattr(follow_through.judging, "result_of", lambda _question, outcomes, *_: outcomes)
        monkeypatch.setattr(follow_through.judging, "is_full", lambda outcomes: outcomes == [1])
        again = SecondRuns(session, prepared, Reference(prepared, None), None)
        for _ in range(times):
            again.judged("predict", frozenset({"sigmoid"}))
        return prepared.limits.submission, session.runs

    return runs


def test_a_run_that_is_made_again_is_charged_to_nobody(in_vain):
    whole, runs = in_vain(0.3, 2)
    first = FIRST_TRY * whole
    assert runs == [(False, first), (True, whole), (False, first), (True, 0.7 * whole)]


def test_runs_made_in_vain_may_take_as_long_as_a_submission_and_no_longer(in_vain):
    _, runs = in_vain(0.5, 4)
    assert [anew for anew, _ in runs] == [False, True, False, True, True, True]


def test_a_fault_beside_that_of_a_dependency_gets_its_own_hint():
    """sigmoid is wrong, and dw lacks the factor 1/m as well: with a correct sigmoid the idea shows."""
    with open_process_sandbox() as sandbox:
        result = graded(CLASS[0][1] + PROPAGATE.format("np.dot(X, dZ.T)"), sandbox)
    propagate = next(question for question in result.questions if question.name == "propagate")
    told = {each.name: each for each in propagate.checks}
    assert told["dw is right"].misconception == "dw_not_averaged"
    assert told["db is right"].follow_through_score == told["db is right"].points
    optimize = next(question for question in result.questions if question.name == "optimize")
    assert {tuple(each.params["built_on"]) for each in optimize.checks} == {("propagate", "sigmoid")}
