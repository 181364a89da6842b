"""What makes grading quick changes no result: beside the real way stands a slow and simple one, and they agree.

The simple way has no worker, no remembered answers, no gathered frames and no measurement cut short.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from grader.authoring import Limits
from grader.courses import answer_key, load_assignment
from grader.grading import Prepared, grade, prepare
from grader.model import Note, Outcome, Program, Result, Returned, Submission, Value, Wanted
from grader.sandbox import Level, Oracle, Payload, Sandbox, Session, open_sandbox
from grader.sandbox.calls import Caller, Tail
from grader.sandbox.loader import load
from grader.sandbox.messages import FRAME, lengths, outcome_frame, read_outcome
from grader.sandbox.wire import load_head, pack

sys.path.insert(0, str(Path(__file__).with_name("benchmarks")))
from corpus import ROOT, SLUG, Class

STUDENTS = range(0, 40, 4)


class Simply:
    """A session in this very process."""

    def __init__(self, program: Program, wanted: Sequence[Wanted], oracle: Oracle | None) -> None:
        self._program, self._wanted = program, wanted
        self._tail = Tail()
        self._load(oracle)
        self.report = self._loaded.report

    def _load(self, oracle: Oracle | None) -> None:
        def proxy(name: str):
            def ask(*args: Value) -> Value:
                outcome = oracle.answer(name, args)
                assert isinstance(outcome, Returned), outcome
                return outcome.value

            return ask

        replaced = {name: proxy(name) for name in (oracle.names if oracle else ())}
        with self._quiet():
            self._loaded = load(self._program, self._wanted, replaced=replaced)
            self._caller = Caller(self._loaded, self._tail)

    def replace(self, oracle: Oracle, limits: Limits, *, anew: bool = False) -> bool:
        self._load(oracle)
        return True

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        kept = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = self._tail
        try:
            yield
        finally:
            sys.stdout, sys.stderr = kept

    def call(self, name: str, payload: Payload, limits: Limits, *, more: bool = False) -> list[Outcome]:
        return [
            self._one(name, data, measured=measured)
            for data, measured in zip(payload.frames, payload.measured, strict=True)
        ]

    def ask(self, name: str, args: tuple[Value, ...], limits: Limits, *, kept: bool = True) -> Outcome:
        return self._one(name, pack(args), brief=True)

    def _one(self, name: str, data: bytes, *, measured: bool = False, brief: bool = False) -> Outcome:
        with self._quiet():
            outcome = self._caller.call(name, data, measured=measured, brief=brief)
        whole = outcome_frame(outcome)
        start = FRAME.size + lengths(whole)[1]
        return read_outcome(load_head(whole[FRAME.size : start]), whole[start:])

    def expect(self, names: Collection[str]) -> None:
        """Nothing is limited here."""

    def spent(self) -> float:
        return 0.0

    def notes(self) -> tuple[Note, ...]:
        return self._loaded.notes()


class Simple:
    """Implements `protocol.Sandbox` without one, for programs that are known."""

    level = Level.NONE

    @contextmanager
    def session(
        self,
        program: Program,
        wanted: Sequence[Wanted],
        limits: Limits,
        oracle: Oracle | None = None,
        *,
        fingerprints: bool = False,
    ) -> Iterator[Simply]:
        with warnings.catch_warnings():
            yield Simply(program, wanted, oracle)


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    made = prepare(answer_key(load_assignment(ROOT / "solutions" / SLUG), b"quick and simple"))
    return replace(made, repeats=None)  # both ways make all calls


def _comparable(result: Result) -> Result:
    """Leave out time; and numpy's warnings, which in one process Python shows once for several programs."""
    notes = tuple(note for note in result.notes if not note.code.startswith("warning."))
    return replace(result, seconds=0.0, notes=notes)


def test_the_quick_way_and_the_simple_one_give_equal_records(prepared: Prepared, monkeypatch) -> None:
    monkeypatch.setattr("corpus.WRONG", 0.3)
    members = Class(seed=7)
    compared = lost = 0
    with open_sandbox("none") as quick:
        for number in STUDENTS:
            data = members.python(number).encode()
            submission = Submission(student="sample", assignment=SLUG, path="a.py", read=lambda data=data: data)
            results = [grade(submission, {SLUG: prepared}, each) for each in (quick, Simple())]
            one, other = map(_comparable, results)
            assert repr(one) == repr(other)
            compared += 1
            lost += one.score < one.points
    assert compared == len(STUDENTS)
    assert lost > 2, "nothing was wrong with any of them: nothing was compared"


class Apart:
    """A sandbox whose second runs have a process of their own each."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.level, self._sandbox = sandbox.level, sandbox

    @contextmanager
    def session(self, *args: object, **more: object) -> Iterator[Session]:
        with self._sandbox.session(*args, **more) as session:  # type: ignore[arg-type]
            together = session.replace
            session.replace = lambda oracle, limits, **_: together(oracle, limits, anew=True)  # type: ignore[method-assign]
            yield session


STATEFUL = """
import numpy as np

times = {"sigmoid": 0, "propagate": 0}
known = {}
rate = [1.0]

def sigmoid(z):
    times["sigmoid"] += 1
    return 1 / (1 - np.exp(-z))

def initialize_with_zeros(dim):
    np.seterr(all="raise")
    np.log = np.log2
    return known.setdefault(dim, np.zeros((dim, 1))), 0.0

def propagate(w, b, X, Y):
    times["propagate"] += 1
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / X.shape[1]
    return {"dw": np.dot(X, (A - Y).T) / X.shape[1], "db": np.sum(A - Y) / X.shape[1]}, cost

def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    if times["propagate"] > 2000:
        rate[0] = 2.0
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w, b = w - rate[0] * learning_rate * grads["dw"], b - rate[0] * learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs

def predict(w, b, X):
    return (sigmoid(np.dot(w.T, X) + b) > 0.5) * 1.0 + (times["sigmoid"] > 40)

def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    raise NotImplementedError
"""
"""Each function changes what the others do, in the program and in numpy."""


def _graded(source: str, prepared: Prepared, sandbox: Sandbox) -> Result:
    submission = Submission(student="sample", assignment=SLUG, path="a.py", read=source.encode)
    return replace(grade(submission, {SLUG: prepared}, sandbox), seconds=0.0)


def test_second_runs_in_one_process_come_to_what_those_of_their_own_come_to(prepared: Prepared, monkeypatch) -> None:
    monkeypatch.setattr("corpus.WRONG", 0.4)
    members = Class(seed=8)
    followed = 0
    with open_sandbox("none") as sandbox:
        for source in (STATEFUL, *map(members.python, STUDENTS)):
            one, other = (_graded(source, prepared, each) for each in (sandbox, Apart(sandbox)))
            assert repr(one) == repr(other)
            followed += sum(question.follow_through for question in one.questions)
    assert followed > 3, "nothing was followed through: nothing was compared"
