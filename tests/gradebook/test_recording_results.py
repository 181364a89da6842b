"""Results are added, found again by content, and never graded twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gradebook_samples import check, question, result, slot, unreadable, work

from grader.errors import InternalError
from grader.gradebook import open_gradebook
from grader.model import Note, Verdict

BROKEN = question("propagate", check("cost", None, "4.5", Verdict.INTERNAL_ERROR), check("dw", "0", "5.5"))
HALF = question("sigmoid", check("values", "5", "10"))
FULL = question("sigmoid", check("values", "10", "10"))


def known(gradebook, *items):
    return list(gradebook.known(items))


@pytest.mark.parametrize(
    "student", ["ada", "李雷", 'O\'Brien, "Pat"\nsecond line', "=1+1", "back\\slash", "nul\0", "half\udc80", ""]
)
def test_a_result_comes_back_as_it_was(gradebook, student):
    given = result(student)
    gradebook.record(given, work(student))
    assert list(gradebook.results()) == [given]
    assert list(gradebook.results("logistic_regression", student)) == [given]
    assert known(gradebook, (slot(student), work(student)))[0].result == given


def test_fingerprints_are_kept_beside_a_result_and_make_it_no_other(gradebook):
    plain = result()
    written = replace(plain, fingerprints={"sigmoid": (0, 7, 2**32 - 1)})
    gradebook.record(written, work())
    gradebook.record(plain, work())
    assert gradebook.history("logistic_regression", "ada") == [written]
    assert known(gradebook, (slot("bob"), work()))[0].result == written


def test_what_is_incomplete_is_one_matter_to_review_flagged_or_not(gradebook):
    gradebook.record(result("ada", BROKEN, complete=False, score=None))
    gradebook.record(result("bob", BROKEN, complete=False, score=None, flags=("incomplete",)))
    assert [(item.result.student, item.reason) for item in gradebook.review()] == [
        ("ada", "incomplete"),
        ("bob", "incomplete"),
    ]


def test_results_survive_closing(place):
    with open_gradebook(place) as first:
        first.record(result(), work())
    with open_gradebook(place) as second:
        assert list(second.results()) == [result()]
        assert list(second.done([work().digest, work("bob").digest])) == [work().digest]


def test_the_same_work_is_recorded_once(gradebook):
    gradebook.record(result(), work())
    gradebook.record(result(seconds=0.5), work())
    gradebook.flush()
    gradebook.record(result(seconds=0.7), work())
    assert len(gradebook.history("logistic_regression", "ada")) == 1


def test_equal_bytes_of_another_student_are_known_but_not_recorded_for_them(gradebook):
    gradebook.record(result("ada", source="same"), work("same"))
    found = known(gradebook, (slot("ada"), work("same")), (slot("bob"), work("same")))
    assert [item.recorded for item in found] == [True, False]
    assert found[1].result.student == "ada"
    gradebook.record(replace(found[1].result, student="bob", path="bob.py"), work("same"))
    assert [r.student for r in gradebook.results()] == ["ada", "bob"]
    assert known(gradebook, (slot("bob"), work("same")))[0].recorded


@pytest.mark.parametrize(
    "change", [{"assignment": "v2"}, {"grader": "0.2.0"}, {"environment": "e2"}, {"submission": "00" * 32}]
)
def test_any_part_of_the_key_that_changes_is_new_work(gradebook, change):
    gradebook.record(result(), work())
    other = work(**change)
    assert known(gradebook, (slot(), other))[0].result is None
    assert list(gradebook.done([other.digest])) == []


def test_a_changed_check_leaves_only_its_question_to_grade(gradebook):
    gradebook.record(result(), work())
    changed = work(assignment="v2", questions={"sigmoid": "s1", "propagate": "p2"})
    found = known(gradebook, (slot(), changed))[0]
    assert found.result is None
    assert dict(found.questions) == {"sigmoid": result().questions[0]}
    assert found.notes == result().notes


@pytest.mark.parametrize("change", [{"grader": "0.2.0"}, {"environment": "e2"}])
def test_questions_are_not_reused_from_another_grader_or_environment(gradebook, change):
    gradebook.record(result(), work())
    assert known(gradebook, (slot(), work(assignment="v2", **change)))[0].questions == {}


def test_the_newest_of_several_versions_gives_the_question(gradebook):
    gradebook.record(result("ada", FULL), work(assignment="v1", questions={"sigmoid": "s1"}))
    gradebook.record(result("ada", HALF), work(assignment="v2", questions={"sigmoid": "s2"}))
    wanted = [work(assignment=f"v{n}0", questions={"sigmoid": f"s{n}"}) for n in (1, 2, 3)]
    found = known(gradebook, *((slot(), item) for item in wanted))
    assert [dict(item.questions) for item in found] == [{"sigmoid": FULL}, {"sigmoid": HALF}, {}]


def test_an_earlier_version_is_made_current_again_when_it_is_recorded_again(gradebook):
    first, second = result("ada", FULL), result("ada", HALF)
    for item, version in ((first, "v1"), (second, "v2")):
        gradebook.record(item, work(assignment=version))
    found = known(gradebook, (slot(), work(assignment="v1")))[0]
    assert found.result == first
    assert not found.recorded
    gradebook.record(found.result, work(assignment="v1"))
    assert list(gradebook.results()) == [first]
    assert gradebook.history("logistic_regression", "ada") == [first, second, first]


def test_a_forced_result_replaces_and_an_unforced_one_does_not(gradebook):
    gradebook.record(result("ada", HALF), work())
    gradebook.record(result("ada", FULL), work())
    assert list(gradebook.results()) == [result("ada", HALF)]
    gradebook.record(result("ada", FULL), work(), force=True)
    gradebook.record(result("ada", FULL, seconds=9.0), work(), force=True)
    assert gradebook.history("logistic_regression", "ada") == [result("ada", HALF), result("ada", FULL)]
    assert known(gradebook, (slot(), work()))[0].result == result("ada", FULL)
    assert known(gradebook, (slot("bob"), work()))[0].result == result("ada", FULL)


def test_a_new_label_is_recorded_without_new_work(gradebook):
    gradebook.record(result(), work())
    gradebook.record(result(late=True), work())
    assert [r.late for r in gradebook.history("logistic_regression", "ada")] == [False, True]


def test_an_internal_error_is_an_event_and_is_tried_again(gradebook):
    incomplete = result("ada", FULL, BROKEN)
    gradebook.record(incomplete, work())
    found = known(gradebook, (slot(), work()))[0]
    assert found.result is None
    assert dict(found.questions) == {"sigmoid": FULL}
    assert list(gradebook.done([work().digest])) == []
    assert list(gradebook.results()) == [incomplete]
    (event,) = gradebook.events("internal_error")
    assert event.student == "ada"
    assert event.detail["checks"][0]["check"] == "cost"

    gradebook.record(result(), work())
    assert known(gradebook, (slot(), work()))[0].recorded
    assert list(gradebook.results()) == [result()]


def test_the_same_internal_error_twice_is_two_events_and_one_result(gradebook):
    for _ in range(2):
        gradebook.record(result("ada", FULL, BROKEN), work())
        gradebook.flush()
    assert len(gradebook.events("internal_error")) == 2
    assert len(gradebook.history("logistic_regression", "ada")) == 1


def test_an_unreadable_submission_is_kept_and_never_found_as_work(gradebook):
    gradebook.record(unreadable())
    gradebook.record(unreadable())
    assert list(gradebook.results()) == [unreadable()]
    gradebook.record(unreadable(assignment=None, student="eve"))
    assert [r.assignment for r in gradebook.results()] == [None, "logistic_regression"]


def test_attempts_are_kept_apart(gradebook):
    gradebook.record(result(), work())
    gradebook.record(result(attempt=2, source="second"), work("second"))
    assert [r.attempt for r in gradebook.results()] == [1, 2]


def test_results_come_sorted_through_many_pages(gradebook):
    names = [f"s{number:04d}" for number in range(1001)]
    for name in reversed(names):
        gradebook.record(result(name), work(name))
    assert [r.student for r in gradebook.results()] == names


def test_many_results_share_the_text_of_equal_questions(tmp_path):
    import sqlite3

    path = tmp_path / "g.sqlite3"
    with open_gradebook(path) as opened:
        for number in range(50):
            opened.record(result(f"s{number}"), work(f"s{number}"))
    with sqlite3.connect(path) as connection:
        assert connection.execute("select count(*) from bodies").fetchone() == (3,)  # two questions and the versions
    connection.close()


def test_a_result_that_is_not_strict_json_is_our_error_and_harms_no_other(gradebook):
    with pytest.raises(InternalError, match=r"ada\.py"):
        gradebook.record(result(notes=(Note(code="warning", params={"x": float("nan")}),)), work())
    gradebook.record(result("bob"), work("bob"))
    assert [r.student for r in gradebook.results()] == ["bob"]


def test_known_answers_in_the_order_of_the_questions_asked(gradebook):
    for name in ("a", "b", "c"):
        gradebook.record(result(name), work(name))
    names = ["c", "x", "a", "b", "c"] * 300
    found = gradebook.known((slot(name), work(name)) for name in names)
    assert [item.result.student if item.result else "x" for item in found] == names


def test_known_reads_no_further_ahead_than_it_must(gradebook):
    asked = []

    def items():
        for number in range(10_000):
            asked.append(number)
            yield slot(f"s{number}"), work(f"s{number}")

    next(gradebook.known(items()))
    assert len(asked) <= 1000


def test_nothing_heavy_is_imported_before_a_gradebook_is_opened():
    import subprocess
    import sys

    code = "import grader.gradebook, grader.gradebook.marks, sys; print('sqlalchemy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
