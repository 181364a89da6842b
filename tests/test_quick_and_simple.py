"""What makes grading quick changes no result: beside the real way stands a slow and simple one, and they agree.

The simple way has no worker, no remembered answers, no gathered frames and no measurement cut short.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from grader.authoring import Limits
from grader.courses import answer_key, load_assignment
from grader.grading import Prepared, grade, prepare
from grader.model import Note, Outcome, Program, Result, Returned, Submission, Value, Wanted
from grader.sandbox import Level, Oracle, Payload, open_sandbox
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
        def proxy(name: str):
            def ask(*args: Value) -> Value:
                outcome = oracle.answer(name, args)
                assert isinstance(outcome, Returned), outcome
                return outcome.value

            return ask

        self._tail = Tail()
        with self._quiet():
            self._loaded = load(
                program, wanted, replaced={name: proxy(name) for name in (oracle.names if oracle else ())}
            )
            self._caller = Caller(self._loaded, self._tail)
        self.report = self._loaded.report

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        kept = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = self._tail
        try:
            yield
        finally:
            sys.stdout, sys.stderr = kept

    def call(self, name: str, payload: Payload, limits: Limits) -> list[Outcome]:
        return [
            self._one(name, data, measured=measured)
            for data, measured in zip(payload.frames, payload.measured, strict=True)
        ]

    def ask(self, name: str, args: tuple[Value, ...], limits: Limits) -> Outcome:
        return self._one(name, pack(args), brief=True)

    def _one(self, name: str, data: bytes, *, measured: bool = False, brief: bool = False) -> Outcome:
        with self._quiet():
            outcome = self._caller.call(name, data, measured=measured, brief=brief)
        whole = outcome_frame(outcome)
        start = FRAME.size + lengths(whole)[1]
        return read_outcome(load_head(whole[FRAME.size : start]), whole[start:])

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
    return prepare(answer_key(load_assignment(ROOT / "solutions" / SLUG), b"quick and simple"))


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
