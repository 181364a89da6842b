"""`check()` on live functions: what it says in text and in HTML, and that it leaves everything as it was."""

import os
import re
import warnings
from html.parser import HTMLParser

import numpy as np
import pytest

import grader
from grader.desk.html import render
from grader.desk.notebook import feedback, text
from grader.errors import NotFound, UsageError


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def flipped(z):
    return 1 / (1 + np.exp(z))


@pytest.fixture
def at_desk(desk, monkeypatch):
    monkeypatch.chdir(desk)
    return desk


class Wellformed(HTMLParser):
    """Fails on a tag that is closed in the wrong order."""

    VOID = frozenset(("path", "line", "circle", "polyline", "meta"))

    def __init__(self):
        super().__init__()
        self.open, self.tags = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def html(told):
    markup = render(told)
    parser = Wellformed()
    parser.feed(markup)
    assert parser.open == []
    return markup, parser.tags


def test_a_right_function_passes_and_the_next_question_is_named(at_desk):
    told = feedback("sigmoid", {"sigmoid": sigmoid})
    assert "✓ passed" in text(told)
    assert "✗" not in text(told)
    assert "Next: `" in text(told)
    assert 'class="ng-off"' not in html(told)[0]


def test_a_wrong_idea_is_named_and_its_entries_are_marked(at_desk):
    told = feedback("sigmoid", {"sigmoid": flipped})
    assert "sign of the exponent" in " ".join(text(told).split())
    markup, tags = html(told)
    assert "expected" in markup
    assert "yours" in markup
    marked = [attrs for tag, attrs in tags if tag == "td" and attrs.get("class") == "ng-off"]
    assert marked or "ng-wrong" in markup


def test_only_the_entries_that_differ_are_marked(at_desk):
    def one_off(z):
        value = np.array(1 / (1 + np.exp(-np.asarray(z, dtype=float))))
        if value.ndim == 2:
            value[0, 0] += 1
        return value

    _, tags = html(feedback("sigmoid", {"sigmoid": one_off}))
    entries = [attrs.get("class") for tag, attrs in tags if tag == "td"]
    assert 0 < entries.count("ng-off") < len(entries) / 2


def test_the_question_to_ask_oneself_is_folded_until_it_is_asked_for(at_desk):
    folded, unfolded = (html(feedback("sigmoid", {"sigmoid": flipped}, hint=hint))[1] for hint in (False, True))
    assert [attrs for tag, attrs in unfolded if tag == "details" and "open" in attrs]
    assert not [attrs for tag, attrs in folded if tag == "details" and "open" in attrs]


def test_what_a_student_wrote_is_never_markup(at_desk):
    def nasty(z):
        raise ValueError("<script>alert(1)</script><b>")

    markup, tags = html(feedback("sigmoid", {"sigmoid": nasty}))
    assert "script" not in {tag for tag, _ in tags}
    assert "<script>" not in markup
    assert "&lt;script&gt;" in markup


def test_an_exception_is_told_with_its_own_line(at_desk):
    def broken(z):
        a = z
        return a + nothing_of_the_kind  # noqa: F821

    shown = text(feedback("sigmoid", {"sigmoid": broken}))
    assert f"line {broken.__code__.co_firstlineno + 2}" in shown
    assert "nothing_of_the_kind" in shown


def test_the_function_itself_may_be_given(at_desk):
    flip = feedback(sigmoid, {})
    assert "✓ passed" in text(flip)


def test_everything_defined_is_checked_without_a_name(at_desk, key):
    told = feedback(None, {"sigmoid": sigmoid})
    assert [each.question.name for each in told.checked] == ["sigmoid"]
    assert f"1 of {len(key.questions)} done" in text(told)


def test_a_stub_is_blank_and_not_wrong(at_desk):
    def stub(z):
        raise NotImplementedError

    shown = text(feedback("sigmoid", {"sigmoid": stub}))
    assert "Nothing has been filled in here yet" in shown
    assert "✗" not in shown


def test_a_stub_whose_line_was_left_above_ones_own_says_so(at_desk):
    def left(z):
        raise NotImplementedError
        return 1 / (1 + np.exp(-z))

    shown = text(feedback("sigmoid", {"sigmoid": left}))
    assert "still raises NotImplementedError" in shown
    assert "Nothing has been filled in" not in shown


def test_a_name_that_is_not_defined_yet_says_which_cell_to_run(at_desk):
    assert "Run the cell that defines it" in text(feedback("sigmoid", {}))


def test_a_misspelt_question_gets_a_suggestion(at_desk):
    with pytest.raises(NotFound, match="Did you mean 'sigmoid'"):
        feedback("sigmiod", {})


def test_what_returns_something_odd_is_a_wrong_answer(at_desk):
    assert "object" in text(feedback("sigmoid", {"sigmoid": lambda _: object()}))


def test_warnings_filters_streams_and_files_are_as_before(at_desk, capsys):
    def noisy(z):
        print("something")  # noqa: T201
        warnings.warn("take care", UserWarning, stacklevel=2)
        return sigmoid(z)

    before, filters, show = sorted(os.listdir(at_desk)), list(warnings.filters), warnings.showwarning
    feedback("sigmoid", {"sigmoid": noisy})
    assert sorted(os.listdir(at_desk)) == before
    assert (list(warnings.filters), warnings.showwarning) == (filters, show)
    assert capsys.readouterr().out == ""


def test_the_arguments_of_one_call_are_not_spoiled_for_the_next(at_desk):
    def spoils(z):
        result = sigmoid(np.array(z, dtype=float))
        if isinstance(z, np.ndarray) and z.dtype.kind == "f":
            z *= 0
        return result

    for _ in range(2):
        assert "✗" not in text(feedback("sigmoid", {"sigmoid": spoils}))


def test_an_interrupted_call_interrupts_the_cell(at_desk):
    def interrupted(z):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        feedback("sigmoid", {"sigmoid": interrupted})


def test_outside_a_notebook_it_prints_plain_text(at_desk, capsys):
    globals_with_sigmoid = {"check": grader.check, "sigmoid": flipped}
    exec("check('sigmoid')", globals_with_sigmoid)
    out = capsys.readouterr().out
    assert "sigmoid" in out
    assert not re.search(r"<\w+|\x1b", out)
    exec("check('sigmiod')", globals_with_sigmoid)
    assert "Did you mean" in capsys.readouterr().out


def test_feedback_comes_in_chinese(at_desk):
    assert "指数的符号反了" in "".join(text(feedback("sigmoid", {"sigmoid": flipped}, lang="zh-CN")).split())


def test_a_question_of_several_assignments_asks_which(tmp_path, monkeypatch, released):

    for slug in ("first", "second"):
        folder = tmp_path / "exercises" / slug
        folder.mkdir(parents=True)
        data = (released / "exercises" / "one_neuron" / "checks.json").read_text(encoding="utf-8")
        (folder / "checks.json").write_text(data.replace('"one_neuron"', f'"{slug}"'), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match='assignment="first"'):
        feedback("sigmoid", {"sigmoid": sigmoid})
    assert "✓" in text(feedback("sigmoid", {"sigmoid": sigmoid}, assignment="second"))


def test_what_is_not_defined_yet_is_said_once_with_all_its_names(at_desk, key):
    told = text(feedback(None, {"sigmoid": sigmoid}))
    assert told.count("efined here yet") == 1
    assert all(f"`{question.name}`" in told for question in key.questions if question.name != "sigmoid")
    assert "`forward` is not defined here yet" in text(feedback("forward", {}))
