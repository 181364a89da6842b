"""From attempts, acts by hand and the policy to the mark that counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from gradebook_samples import check, question, result, unreadable, work

from grader.errors import UsageError
from grader.gradebook.entries import Slot
from grader.gradebook.marks import mark_for, marks_for
from grader.model import MARKED_OTHERWISE, Note, Verdict
from grader.policy import Act, Adjustment, Attempts, LatePolicy, Policy

DUE = datetime(2026, 3, 1, 12, tzinfo=UTC)
SLUG = "logistic_regression"
LATE = LatePolicy(rate=Decimal("0.1"))
BROKEN = question("propagate", check("cost", None, "10", Verdict.INTERNAL_ERROR))


def policy(**fields):
    return Policy(**({"deadlines": {SLUG: DUE}, "late": LATE} | fields))


def act(kind, points=None, question=None, student="ada"):
    return Adjustment(
        assignment=SLUG,
        student=student,
        question=question,
        act=kind,
        points=None if points is None else Decimal(points),
        why="see the letter",
        who="lecturer",
        at=DUE,
    )


def scored(points, attempt=1, days=0, **fields):
    at = DUE + timedelta(days=days)
    return result("ada", question("sigmoid", check("values", points, "20")), attempt=attempt, submitted_at=at, **fields)


def mark(*attempts, acts=(), policy=policy(), **fields):  # noqa: B008 - frozen
    return mark_for(attempts, acts, policy, assignment=SLUG, student="ada", **fields)


def test_an_untouched_mark_is_the_score():
    found = mark(scored("14.5"))
    assert (found.score, found.points, found.penalty, found.late) == (Decimal("14.5"), 20, 0, False)
    assert found.complete


def test_lateness_takes_its_part_of_the_points_and_never_more_than_there_are():
    assert (mark(scored("14.5", days=2)).score, mark(scored("14.5", days=2)).penalty) == (Decimal("10.5"), 4)
    lost = mark(scored("1", days=2))
    assert (lost.score, lost.penalty, lost.before_late) == (0, 1, 1)


def test_the_last_attempt_counts_whatever_its_order():
    assert mark(scored("5", attempt=2), scored("20", attempt=1)).score == 5


def test_the_best_attempt_counts_after_lateness_and_of_equals_the_later():
    best = policy(attempts=Attempts.BEST)
    attempts = [scored("15", 1), scored("20", 2, days=4), scored("15", 3, path="third.py"), scored("3", 4)]
    found = mark(*attempts, policy=best)
    assert (found.score, found.result.path, found.complete) == (15, "third.py", True)


def test_an_unknown_attempt_leaves_the_best_open():
    found = mark(scored("15", 1), result("ada", BROKEN, attempt=2), policy=policy(attempts=Attempts.BEST))
    assert (found.score, found.complete) == (15, False)


def test_an_incomplete_or_unreadable_last_attempt_is_no_zero():
    for last in (result("ada", BROKEN, attempt=2), unreadable("ada", attempt=2)):
        found = mark(scored("15", 1), last)
        assert (found.score, found.complete) == (None, False)


@pytest.mark.parametrize(
    ("acts", "score"),
    [
        ([act(Act.SET, "18", "sigmoid")], "18"),
        ([act(Act.ADD, "2.25", "sigmoid")], "16.75"),
        ([act(Act.ADD, "-50", "sigmoid")], "0"),
        ([act(Act.SET, "18", "sigmoid"), act(Act.ADD, "1", "sigmoid")], "19"),
        ([act(Act.ADD, "1", "sigmoid"), act(Act.SET, "18", "sigmoid")], "18"),
        ([act(Act.SET, "18", "sigmoid"), act(Act.WITHDRAW, None, "sigmoid")], "14.5"),
        ([act(Act.ADD, "3")], "17.5"),
        ([act(Act.SET, "7.005")], "7.01"),
        ([act(Act.SET, "18", "sigmoid"), act(Act.WITHDRAW)], "18"),
        ([act(Act.SET, "18", "other")], "14.5"),
    ],
)
def test_acts_by_hand_apply_in_their_order(acts, score):
    assert mark(scored("14.5"), acts=acts).score == Decimal(score)


def test_a_question_by_hand_bears_lateness_and_a_whole_assignment_by_hand_does_not():
    assert mark(scored("14.5", days=1), acts=[act(Act.SET, "18", "sigmoid")]).score == 16
    found = mark(scored("14.5", days=1), acts=[act(Act.SET, "18")])
    assert (found.score, found.penalty) == (18, 0)


def test_acts_are_shown_as_such():
    given = act(Act.SET, "18", "sigmoid")
    found = mark(scored("14.5"), acts=[given])
    assert found.questions[0].adjustments == (given,)
    assert found.questions[0].score == 18
    assert found.adjustments == (given,)
    assert found.result.questions[0].score == Decimal("14.5")


def test_a_person_can_settle_what_our_error_left_open():
    found = mark(result("ada", BROKEN), acts=[act(Act.SET, "9", "propagate")])
    assert (found.score, found.complete) == (9, True)
    zero = mark(unreadable("ada"), acts=[act(Act.SET, "0")], points=Decimal(20))
    assert (zero.score, zero.points, zero.complete) == (0, 20, True)


def test_adding_to_what_is_unknown_leaves_it_unknown():
    assert mark(result("ada", BROKEN), acts=[act(Act.ADD, "9", "propagate")]).score is None


def test_an_excused_student_has_no_score_and_nothing_is_open():
    for attempts in ([], [scored("3", days=3)], [unreadable("ada")]):
        found = mark(*attempts, acts=[act(Act.EXCUSE)])
        assert (found.score, found.excused, found.complete, found.penalty) == (None, True, True, 0)
    back = mark(scored("3"), acts=[act(Act.EXCUSE), act(Act.WITHDRAW)])
    assert (back.score, back.excused) == (3, False)


def test_marks_are_merged_with_students_who_handed_in_nothing():
    acts = [act(Act.EXCUSE, student=name) for name in ("zoe", "aaron", "bob")]
    results = [result(name) for name in ("ada", "bob", "carl")]
    found = list(marks_for(results, acts, policy()))
    assert [m.student for m in found] == ["aaron", "ada", "bob", "carl", "zoe"]
    assert [m.excused for m in found] == [True, False, True, False, True]
    assert found[2].result == results[1]


def test_adjustments_are_kept_through_regrades(gradebook):
    gradebook.record(result("ada", question("sigmoid", check("values", "5", "20"))), work())
    gradebook.adjust(act(Act.SET, "18.25", "sigmoid"))
    gradebook.adjust(act(Act.EXCUSE, student='李, "雷"\n'))
    gradebook.record(result("ada", question("sigmoid", check("values", "20", "20"))), work(assignment="v2"))
    marks = list(gradebook.marks(policy()))
    assert [(m.student, m.score) for m in marks] == [("ada", Decimal("18.25")), ('李, "雷"\n', None)]
    assert gradebook.adjustments(SLUG, "ada") == [act(Act.SET, "18.25", "sigmoid")]
    assert [m.student for m in gradebook.marks(policy(), SLUG, "ada")] == ["ada"]
    assert list(gradebook.marks(policy(), "other")) == []


def test_names_that_need_escaping_still_meet_their_acts(gradebook):
    for name in ("a\nb", "a b", "a\\b", "a\0b", "a"):
        gradebook.record(result(name), work(name))
        gradebook.adjust(act(Act.SET, "1", student=name))
    marks = list(gradebook.marks(policy()))
    assert [m.score for m in marks] == [1] * 5


SLOW = question("sigmoid", check("values", "0", "20", Verdict.TIME_LIMIT))


def test_the_review_queue_holds_what_needs_a_person(gradebook):
    gradebook.record(result("ada", SLOW), work("ada"))
    gradebook.record(unreadable("bob"))
    gradebook.record(result("carl", BROKEN), work("carl"))
    gradebook.record(result("dora"), work("dora"))
    assert [(item.result.student, item.reason) for item in gradebook.review()] == [
        ("ada", "time_limit"),
        ("bob", "unreadable"),
        ("carl", "incomplete"),
    ]


def test_a_file_with_nothing_of_what_is_graded_is_for_a_person(gradebook):
    def absent(code):
        missing = check("values", "0", "10", Verdict.MISSING)
        return question("sigmoid", replace(missing, code=code, params={}))

    gradebook.record(result("ada", absent("missing.name")), work("ada"))
    gradebook.record(result("bob", absent("missing.blank")), work("bob"))
    gradebook.record(result("carl", absent("missing.name"), question("L1", check("values", "1", "1"))), work("carl"))
    assert [(item.result.student, item.reason) for item in gradebook.review()] == [("ada", "assignment.doubtful")]


def test_a_file_that_says_that_it_is_for_another_assignment_is_for_a_person(gradebook):
    other = Note(code=MARKED_OTHERWISE, params={"marker": "numpy_basics", "assignment": SLUG})
    gradebook.record(replace(result("ada"), notes=(other,)), work("ada"))
    assert [(item.result.student, item.reason) for item in gradebook.review()] == [("ada", "assignment.doubtful")]


def test_a_resolution_is_kept_with_who_and_why_and_through_regrades(gradebook):
    gradebook.record(result("ada", SLOW), work("ada"))
    gradebook.resolve(Slot(SLUG, "ada"), "time_limit", who="lecturer", why="it loops for ever", at=DUE)
    gradebook.record(result("ada", SLOW), work("ada", assignment="v2"))
    assert list(gradebook.review()) == []
    (item,) = gradebook.review(settled=True)
    assert (item.resolution.who, item.resolution.why, item.resolution.at) == ("lecturer", "it loops for ever", DUE)


def test_a_new_submission_is_a_new_matter(gradebook):
    gradebook.record(result("ada", SLOW), work("ada"))
    gradebook.resolve(Slot(SLUG, "ada"), "time_limit", who="lecturer", why="it loops", at=DUE)
    gradebook.record(result("ada", SLOW, source="again"), work("again"))
    assert [item.reason for item in gradebook.review()] == ["time_limit"]


@pytest.mark.parametrize(("student", "reason"), [("nobody", "time_limit"), ("ada", "unreadable")])
def test_only_what_is_in_the_queue_can_be_settled(gradebook, student, reason):
    gradebook.record(result("ada", SLOW), work("ada"))
    with pytest.raises(UsageError, match="grader review"):
        gradebook.resolve(Slot(SLUG, student), reason, who="lecturer", why="so", at=DUE)
    with pytest.raises(UsageError, match="--why"):
        gradebook.resolve(Slot(SLUG, "ada"), "time_limit", who="lecturer", why=" ", at=DUE)


def test_events_are_kept(gradebook):
    gradebook.record_event("zygote.restarted", Slot(SLUG, "ada", 2), {"times": 1})
    gradebook.record_event("run.interrupted")
    first, second = gradebook.events()
    assert (first.kind, first.assignment, first.student, first.attempt) == ("zygote.restarted", SLUG, "ada", 2)
    assert first.detail == {"times": 1}
    assert (second.student, second.detail) == (None, None)
