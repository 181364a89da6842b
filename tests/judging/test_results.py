"""From outcomes to marks, and the better of two runs."""

# ruff: noqa: ARG005 - a student's function has the question's signature, whatever it makes of it

import weakref
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from judging_samples import batches, check, outcomes, question

from grader.judging import Judged, result_of, with_follow_through
from grader.model import Found, Location, Message, Returned, Stopped, Verdict


def both(A, Y):
    return A.sum(), Y.sum()


CHECKS = (check(0, 1, 2, 3, name="a", part=(0,), points=6), check(0, 1, name="b", part=(1,), points="0.5"))
KEY = question(both, batches(), *CHECKS, parameters=("A", "Y"))
ALL = result_of(KEY, outcomes(KEY, both))
HALF = result_of(KEY, outcomes(KEY, lambda A, Y: (A.sum(), 0.0)))
NONE = result_of(KEY, outcomes(KEY, lambda A, Y: None))
BROKEN = Stopped(verdict=Verdict.INTERNAL_ERROR, message=Message(code="internal_error"))


def test_a_check_earns_all_its_points_or_none_and_a_question_the_sum():
    assert (ALL.score, HALF.score, NONE.score) == (Decimal("6.5"), 6, 0)
    assert ALL.points == Decimal("6.5")
    assert [one.score for one in HALF.checks] == [6, 0]


@pytest.mark.parametrize(
    ("status", "code"), [("blank", "missing.blank"), ("absent", "missing.name"), ("syntax", "missing.syntax")]
)
def test_what_could_not_be_called_is_missing(status, code):
    found = Found(status=status, location=Location(line=7, cell=2), message=Message(code=code, params={"reason": "?"}))
    result = result_of(KEY, [], found)
    assert {(one.verdict, one.code, one.score) for one in result.checks} == {(Verdict.MISSING, code, 0)}
    assert result.checks[0].params == {"name": "both", "reason": "?", "place": {"line": 7, "cell": 2}}


def test_our_own_fault_leaves_no_score_and_never_a_zero():
    result = result_of(KEY, [BROKEN] * 4, Found(status="found"))
    assert result.score is None
    assert {(one.verdict, one.score) for one in result.checks} == {(Verdict.INTERNAL_ERROR, None)}


@pytest.mark.parametrize("given", [[], [Returned(value=(1, 2))], [None] * 4, [object()] * 4])
def test_outcomes_that_do_not_fit_are_our_own_fault(given):
    assert result_of(KEY, given, Found(status="found")).score is None


# --- follow-through --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "replaced", "rate", "score", "shares"),
    [
        (NONE, ALL, "1", "6.5", [6, Decimal("0.5")]),
        (NONE, ALL, "0.5", "3.25", [3, Decimal("0.25")]),
        (NONE, ALL, "0.33", "2.15", [Decimal("1.98"), Decimal("0.17")]),  # 0.165 is rounded half up
        (NONE, HALF, "1", "6", [6, None]),
        (HALF, ALL, "0.5", "6.25", [None, Decimal("0.25")]),
        (HALF, NONE, "1", "6", [None, None]),
        (ALL, NONE, "1", "6.5", [None, None]),
        (NONE, ALL, "0", "0", [None, None]),
    ],
)
def test_per_check_the_better_counts(own, replaced, rate, score, shares):
    result = with_follow_through(own, replaced, Decimal(rate))
    assert result.score == Decimal(score)
    assert [one.follow_through_score for one in result.checks] == shares
    assert [one.verdict for one in result.checks] == [one.verdict for one in own.checks]
    assert result.follow_through == any(share is not None for share in shares)


def test_a_second_run_that_fails_by_our_fault_takes_nobodys_marks():
    broken = result_of(KEY, [BROKEN] * 4)
    result = with_follow_through(HALF, broken, Decimal(1))
    assert [one.score for one in result.checks] == [6, None]
    assert result.score is None
    assert with_follow_through(ALL, broken, Decimal(1)) == replace(ALL, follow_through=False)


def test_an_incomplete_own_result_stays_incomplete():
    broken = result_of(KEY, [BROKEN] * 4)
    assert with_follow_through(broken, ALL, Decimal(1)).score is None


def test_marks_are_exact():
    many = tuple(check(0, name=str(number), part=(0,), points="0.1") for number in range(10))
    key = question(both, batches()[:1], *many)
    assert result_of(key, outcomes(key, both)).score == Decimal(1)
    assert np.isclose(float(result_of(key, outcomes(key, both)).points), 1)


def test_outcomes_that_were_judged_before_are_judged_alike_and_others_anew():
    judged = Judged(most=3)
    right, half = outcomes(KEY, both), outcomes(KEY, lambda A, Y: (A.sum(), 0.0))
    for given, result in [(right, ALL), (half, HALF), (right, ALL), (half, HALF), ([None] * 3, None)] * 3:
        again = result_of(KEY, given, None, judged)
        assert again == result_of(KEY, given)
        assert result is None or again == result


def test_what_was_judged_before_is_not_judged_again(monkeypatch):
    judged, right = Judged(), outcomes(KEY, both)
    first = result_of(KEY, right, None, judged)
    monkeypatch.setattr("grader.judging.results.judge", None)
    assert result_of(KEY, right, None, judged) == first


def test_what_was_judged_keeps_no_large_outcomes_alive():
    """A program may answer each call with 64 MB; a class of such would fill the memory of the grader."""
    judged = Judged()
    given = [Returned(value={"a": [np.ones(300_000)]}) for _ in KEY.cases]
    watched = [weakref.ref(each.value["a"][0]) for each in given]
    assert result_of(KEY, given, None, judged).score == 0
    del given
    assert not any(array() is not None for array in watched)


def test_outcomes_that_are_kept_take_little_all_together():
    judged = Judged()
    watched = []
    for number in range(120):
        given = [Returned(value=np.full(30_000, number)) for _ in KEY.cases]
        watched += [weakref.ref(each.value) for each in given]
        result_of(KEY, given, None, judged)
    assert 0 < sum(array() is not None for array in watched) * 240_000 <= 32 << 20
