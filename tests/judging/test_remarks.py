"""What costs no marks is told all the same, once, and without the student's own words."""

import numpy as np
import pytest
from judging_samples import batches, question

from grader.judging import notes_of, told_where_they_rise
from grader.model import Message, Note, Raised, Returned, Stopped, Verdict


def predict(w, X):
    return {"labels": (w.T @ X > 0) * 1.0}


KEY = question(predict, [(A[:, :1], A) for A, _ in batches()], parameters=("w", "X"))
RIGHT = [case.expected for case in KEY.cases]


def notes(**more):
    return notes_of(KEY, [Returned(value=outcome.value, **more) for outcome in RIGHT])


def test_nothing_to_tell():
    assert notes() == ()


@pytest.mark.parametrize(
    ("warning", "expected"),
    [
        ("overflow encountered in exp", Note(code="warning.overflow", params={"name": "predict", "operation": "exp"})),
        ("RuntimeWarning: divide by zero encountered in log",
         Note(code="warning.divide", params={"name": "predict", "operation": "log"})),
        ("invalid value encountered in secret31415", Note(code="warning.invalid", params={"name": "predict"})),
    ],
)  # fmt: skip
def test_numpys_warnings_are_told_once(warning, expected):
    assert notes(warnings=(warning, warning)) == (expected,)


@pytest.mark.parametrize("warning", ["the input is [3.14]", "overflow encountered in exp [3.14]", "x" * 10_000, ""])
def test_other_warnings_may_hold_anything_and_are_not_told(warning):
    assert notes(warnings=(warning,)) == ()


def test_a_changed_argument_is_told_by_name():
    assert notes(changed=(0, 7)) == (Note(code="changed.argument", params={"name": "predict", "argument": "w"}),)


def test_true_for_one_is_told():
    given = [Returned(value={"labels": outcome.value["labels"] > 0}) for outcome in RIGHT]
    assert notes_of(KEY, given) == (Note(code="type.bool", params={"name": "predict"}),)


def test_calls_that_did_not_return_are_no_trouble():
    stopped = Stopped(verdict=Verdict.CRASHED, message=Message(code="crashed"))
    raised = Raised(type="ValueError", warnings=("overflow encountered in exp",))
    assert [note.code for note in notes_of(KEY, [stopped, raised, Returned(value=np.array(True)), stopped])] == [
        "warning.overflow"
    ]


def test_a_warning_is_told_where_it_rises_and_not_of_what_is_built_on_that():
    def overflow(name, operation="exp"):
        return Note(code="warning.overflow", params={"name": name, "operation": operation})

    changed = [Note(code="changed.argument", params={"name": name, "argument": "w"}) for name in ("sigmoid", "model")]
    notes = (overflow("sigmoid"), overflow("model"), overflow("model", "multiply"), overflow("scale"), *changed)
    uses = {"sigmoid": (), "model": ("sigmoid",), "scale": ()}
    assert told_where_they_rise(notes, uses) == (*notes[:1], *notes[2:])
