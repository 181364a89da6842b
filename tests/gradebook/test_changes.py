"""A regrade's preview says who gains or loses, and how much."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from gradebook_samples import check, question, result

from grader.gradebook.changes import compare_results
from grader.gradebook.marks import as_it_counts
from grader.model import Verdict
from grader.policy import Act, Adjustment, Policy


def graded(student, *scores, **fields):
    return result(student, *(question(f"q{n}", check("c", score, "10")) for n, score in enumerate(scores)), **fields)


def test_who_gains_and_who_loses_is_told_exactly():
    old = [graded("ada", "10", "0.1"), graded("bob", "5", "5"), graded("carl", "1", "2")]
    new = [graded("carl", "1", "2"), graded("bob", "5", "4.7"), graded("ada", "10", "0.3")]
    found = compare_results(old, new)
    assert [(c.student, c.gain) for c in found.changes] == [("ada", Decimal("0.2")), ("bob", Decimal("-0.3"))]
    assert [(q.name, q.old, q.new) for q in found.changes[0].questions] == [("q1", Decimal("0.1"), Decimal("0.3"))]
    assert (found.gains, found.losses, found.same, found.added) == (1, 1, 1, 0)


def test_points_moved_between_questions_are_a_change_without_gain():
    found = compare_results([graded("ada", "4", "6")], [graded("ada", "6", "4")])
    assert (found.changes[0].gain, len(found.changes[0].questions), found.gains, found.losses) == (0, 2, 0, 0)


def test_an_unknown_score_is_a_change_of_unknown_size():
    broken = result("ada", question("q0", check("c", None, "10", Verdict.INTERNAL_ERROR)))
    found = compare_results([graded("ada", "4")], [broken])
    assert found.changes[0].gain is None
    assert found.changes[0].new is None


def test_questions_that_come_and_go_are_named():
    found = compare_results([graded("ada", "4", "0")], [graded("ada", "4")])
    assert [(q.name, q.old, q.new) for q in found.changes[0].questions] == [("q1", 0, None)]


def test_attempts_are_compared_each_with_itself_and_new_ones_counted():
    old = [graded("ada", "4"), graded("ada", "5", attempt=2)]
    new = [graded("ada", "6", attempt=2), graded("ada", "7", attempt=3)]
    found = compare_results(old, new)
    assert [(c.attempt, c.gain) for c in found.changes] == [(2, 1)]
    assert found.added == 1


def test_points_given_by_hand_stay_what_they_are_whatever_the_checks_say():
    by_hand = Adjustment(
        assignment="a",
        student="ada",
        question="q0",
        act=Act.SET,
        points=Decimal(4),
        why="read by a person",
        who="t",
        at=datetime(2026, 5, 1, tzinfo=UTC),
    )
    before, after = graded("ada", "2", "5"), graded("ada", "9", "3")
    sides = [as_it_counts(each, [by_hand], Policy()) for each in (before, after)]
    change = compare_results(sides[:1], sides[1:]).changes[0]
    assert (change.old, change.new) == (9, 7)
    assert [each.name for each in change.questions] == ["q1"]
