"""What a watch shows after runs and keys, as pure functions."""

from dataclasses import replace

import pytest

from grader.desk.hints import Level
from grader.desk.page import cells, plain_text
from grader.desk.running import find_work, run_work
from grader.desk.watching import Watch, ended, frame, pressed, started
from grader.model import Note, Verdict
from grader.reports.words import Words
from grader.sandbox.opening import open_process_sandbox

WORDS = Words()


@pytest.fixture(scope="module")
def key(released):
    from grader.courses.public import read_public

    return read_public((released / "exercises" / "one_neuron" / "checks.json").read_bytes())


@pytest.fixture(scope="module")
def full(released):
    """The result of a right solution; the others are made from it."""
    work = find_work(next((released / "submissions").glob("sample-full-marks.*")), course_dir=released)
    with open_process_sandbox(work.prepared.limits) as sandbox:
        return run_work(work, sandbox)


def failing(result, *names, code="values.differ"):
    """Return the result with some questions failing."""
    return replace(
        result,
        questions=tuple(
            replace(
                question,
                checks=tuple(
                    replace(check, verdict=Verdict.WRONG_ANSWER, code=code, hint="It is so. Why?")
                    for check in question.checks
                ),
            )
            if question.name in names
            else question
            for question in result.questions
        ),
    )


def text(watch, width=80, height=40):
    return plain_text(frame(watch, WORDS, width=width, height=height))


@pytest.fixture
def names(key):
    return [question.name for question in key.questions]


@pytest.fixture
def watch(key):
    return Watch(key=key, file="one_neuron.py")


def test_before_the_first_run_it_says_what_it_waits_for(watch):
    assert "one_neuron.py" in text(watch)


def test_the_first_run_shows_how_far_one_is_and_the_next_question(watch, full, names):
    shown = text(ended(watch, failing(full, names[1])))
    assert f"{len(names) - 1} of {len(names)} done" in shown
    assert names[1] in shown
    assert "changed" not in shown


def test_after_a_save_only_what_changed_is_shown(watch, full, names):
    watch = ended(ended(watch, failing(full, names[0], names[1])), failing(full, names[1]))
    shown = text(watch)
    assert f"`{names[0]}` passes now" in shown
    assert f"`{names[1]}`" not in shown.partition("Next")[0]


def test_a_question_that_broke_is_named_after_what_passes_now(watch, full, names):
    shown = text(ended(ended(watch, failing(full, names[0])), failing(full, names[1])))
    assert shown.index(f"`{names[0]}` passes now") < shown.index(f"`{names[1]}` passed before")


def test_a_save_without_effect_says_so(watch, full, names):
    assert "Nothing changed" in text(ended(ended(watch, failing(full, names[0])), failing(full, names[0])))


def test_another_mistake_is_a_change(watch, full, names):
    watch = ended(ended(watch, failing(full, names[0])), failing(full, names[0], code="shape.wrong"))
    assert "fails in another way" in text(watch)


def test_h_goes_through_the_levels_and_round(watch, full, names):
    watch = ended(watch, failing(full, names[0]))
    seen = []
    for _ in range(4):
        shown = text(watch)
        seen.append(("It is so." in shown, "Why?" in shown))
        watch = pressed(watch, "h")
    assert seen == [(True, False), (True, True), (False, False), (True, False)]


def test_n_goes_to_the_next_open_question_and_round(watch, full, names):
    watch = ended(watch, failing(full, names[0], names[2]))
    focused = []
    for _ in range(3):
        focused.append(watch.focus)
        watch = pressed(watch, "n")
    assert focused == [names[0], names[2], names[0]]


def test_the_focus_stays_on_a_question_until_it_is_done(watch, full, names):
    watch = pressed(ended(watch, failing(full, names[0], names[2])), "n")
    watch = ended(watch, failing(full, names[0], names[2]))
    assert watch.focus == names[2]
    assert ended(watch, failing(full, names[0])).focus == names[0]


def test_help_begins_anew_when_the_mistake_is_another(watch, full, names):
    watch = pressed(ended(watch, failing(full, names[0])), "h")
    assert watch.level is Level.QUESTION
    assert ended(watch, failing(full, names[0])).level is Level.QUESTION
    assert ended(watch, failing(full, names[0], code="shape.wrong")).level is Level.KIND


def test_l_lists_every_question_and_goes_back(watch, full, names):
    watch = ended(watch, failing(full, names[0]))
    listed = text(pressed(watch, "l"))
    assert all(name in listed for name in names)
    assert text(pressed(pressed(watch, "l"), "l")) == text(watch)


def test_keys_that_mean_nothing_change_nothing(watch, full, names):
    watch = ended(watch, failing(full, names[0]))
    assert all(pressed(watch, key) == watch for key in "xyz 7\t")
    assert pressed(replace(watch, after=full, focus=None), "n").focus is None


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 10), (120, 6)])
def test_a_frame_fits_its_window_and_keeps_the_keys_in_sight(watch, full, names, width, height):
    for state in (watch, started(watch), ended(watch, failing(full, *names)), ended(watch, full)):
        lines = text(state, width, height).splitlines()
        assert len(lines) <= height
        assert all(cells(line) <= max(width, 40) for line in lines)
    assert "q quit" in lines[-1]


def test_a_file_that_went_away_is_waited_for(watch, full):
    assert "not there any more" in text(replace(ended(watch, full), gone=True))


def test_what_other_questions_are_built_on_is_shown_before_them(watch, full, names):
    watch = ended(ended(watch, full), failing(full, *names))
    shown = text(watch, height=200)
    titles = [shown.index(f"\n{name} ") for name in names]
    assert shown.index(f"\n{watch.focus} ") == min(titles)


def test_the_next_step_stays_in_sight_however_much_fails(watch, full, names):
    watch = ended(ended(watch, full), failing(full, *names))
    lines = text(watch, height=20).splitlines()
    assert lines[-5:-2] == ["…", "", f"Next: `{watch.focus}`."]


def test_where_nothing_graded_is_left_the_next_step_is_no_question(watch, full, names):
    gone = replace(
        full,
        questions=tuple(
            replace(
                question,
                checks=tuple(
                    replace(check, verdict=Verdict.MISSING, code="missing.name", params={}) for check in question.checks
                ),
            )
            for question in full.questions
        ),
    )
    shown = text(ended(ended(watch, failing(full, names[1])), gone))
    assert "Nothing of what one_neuron asks for" in shown
    assert "Next: write your code into the file as you were given it" in shown


def test_what_python_itself_refuses_is_told_in_a_watch_too(watch, full):
    note = Note(code="only_here.tabs", params={"place": {"line": 7}})
    assert "line 7: Tabs and spaces are mixed" in text(ended(watch, replace(full, notes=(note,))))
