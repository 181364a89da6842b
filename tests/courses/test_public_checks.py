"""`checks.json`: the public checks come back as they went in, and nothing hidden is in it."""

import json
import subprocess
import sys

import numpy as np
import pytest

from grader.courses import answer_key, load_assignment, public_key, read_public, write_public
from grader.courses.codec import encode
from grader.errors import CourseError
from grader.model import Returned, Visibility

CHINESE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Sound"
msgstr "完好"

msgid "Look at the direction."
msgstr "看看方向。"

msgid "twice"
msgstr "两次"
"""


@pytest.fixture
def loaded(author):
    folder = author()
    (folder / "locale").mkdir()
    (folder / "locale" / "zh_CN.po").write_text(CHINESE, encoding="utf-8")
    return load_assignment(folder)


@pytest.fixture
def data(loaded):
    return write_public(answer_key(loaded, b"secret"))


def test_what_is_read_is_what_was_written(loaded, data):
    written, back = public_key(answer_key(loaded, b"secret")), read_public(data)
    assert [question.checks for question in back.questions] == [question.checks for question in written.questions]
    for one, other in zip(back.questions, written.questions, strict=True):
        assert (one.name, one.kind, one.title, one.aliases) == (other.name, other.kind, other.title, other.aliases)
        assert (one.parameters, one.uses, one.stub) == (other.parameters, other.uses, other.stub)
        assert (one.dims, one.limits, one.version) == (other.dims, other.limits, other.version)
        assert one.misconceptions == other.misconceptions
        assert [encode(case.args) for case in one.cases] == [encode(case.args) for case in other.cases]
        for case, before in zip(one.cases, other.cases, strict=True):
            assert encode(case.expected.value) == encode(before.expected.value)
            assert sorted(case.variants) == sorted(before.variants)
            assert case.visibility == Visibility.PUBLIC
    assert (back.assignment, back.title, back.version) == ("sound", "Sound", written.version)
    assert write_public(back) == data


def test_the_students_key_has_the_public_checks_and_their_points_only(data):
    back = read_public(data)
    assert [(question.name, [check.name for check in question.checks]) for question in back.questions] == [
        ("halve", ["worked examples"]),
        ("fit", ["worked example"]),
        ("q1", ["the form"]),
        ("q2", ["the form"]),
    ]
    assert back.points == 20
    assert back.reference is None


def test_each_misconception_that_shows_on_public_cases_comes_with_its_outcomes_and_hint(data):
    halve, fit = read_public(data).questions[:2]
    assert [(each.name, each.hint) for each in halve.misconceptions] == [
        ("doubled", "Look at the direction."),
        ("kept", "Something should happen."),
    ]
    assert np.array_equal(halve.cases[0].variants["doubled"].value, [[2.0, 4.0]])
    # On the second public example of `fit` a cost that is not squared can't be told from the right one.
    assert "half_the_gradient" in [each.name for each in fit.misconceptions]


HIDDEN = (
    "tables",
    "twice",
    "without a loop",
    "arguments unchanged",
    "the cost",
    "the slope",
    "built on halve",
    "the answer",
    "through_the_other",
    "long_table",
    "transposed",
    "a_telling_name",
    "Align from the right",
    "两次",
)


@pytest.mark.parametrize("word", HIDDEN)
def test_nothing_hidden_is_in_the_file(word, data):
    assert word not in data.decode()


def test_no_answer_is_in_the_file(data):
    for question in read_public(data).questions[2:]:
        assert [case.expected for case in question.cases] == [Returned(value=None)]
        assert question.misconceptions == ()
    assert '"error"' not in json.dumps(json.loads(data)["questions"][3])


def test_no_hidden_input_is_in_the_file(loaded, data):
    text = data.decode()
    for question in answer_key(loaded, b"secret").questions:
        for case in question.cases:
            if case.visibility == Visibility.HIDDEN:
                for argument in case.args:
                    for number in np.ravel(argument).tolist():
                        assert number == round(number, 3) or repr(number) not in text


def test_the_secret_makes_no_difference_to_the_file(loaded, data):
    assert write_public(answer_key(loaded, b"another")) == data


def test_translations_of_public_texts_come_along_readable(data):
    assert read_public(data).catalogue == {"zh-CN": {"Sound": "完好", "Look at the direction.": "看看方向。"}}
    assert "完好" in data.decode()


def test_the_file_is_strict_json(author):
    odd = [("np.array([[1.0, 2.0]])", "np.array([[np.nan, np.inf, -np.inf]])")]
    data = write_public(answer_key(load_assignment(author(checks=odd)), b"s"))

    def refuse(constant):
        raise AssertionError(constant)

    json.loads(data, parse_constant=refuse)
    (value,) = read_public(data).questions[0].cases[0].args
    assert np.array_equal(value, [[np.nan, np.inf, -np.inf]], equal_nan=True)


def test_a_public_loop_and_a_public_slope_travel_as_data(author):
    public = [
        (
            "long_table, kind=NoLoop(sizes=(20, 80))",
            'examples=((np.ones((1, 5)),), (np.ones((1, 50)),)), kind=NoLoop(sizes=(5, 50)), visibility="public"',
        ),
        (
            "point, cases=2, kind=Slope",
            'examples=((np.ones((1, 1)), np.ones((1, 2))),), visibility="public", kind=Slope',
        ),
    ]
    back = read_public(write_public(answer_key(load_assignment(author(checks=public)), b"s")))
    loop, slope = back.questions[0].checks[1], back.questions[1].checks[1]
    assert type(loop.kind).__name__ == "NoLoop"
    measured = [back.questions[0].cases[position] for position in loop.cases]
    assert [(case.measured, case.expected.cpu) for case in measured] == [(True, None)] * 2
    assert all(case.expected.steps > 0 for case in measured)
    assert (slope.kind.cost, slope.kind.gradient, len(slope.cases)) == (("cost",), ("dw",), 3)


def test_a_newer_schema_says_upgrade(data):
    with pytest.raises(CourseError, match="schema 2, and this grader reads schema 1: upgrade with"):
        read_public(data.replace(b'"schema": 1', b'"schema": 2'))


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"schema": 1}', b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_list_of_checks_is_refused_with_what_to_do(damage):
    with pytest.raises(CourseError, match="can't be read"):
        read_public(damage)


@pytest.mark.parametrize("name", ["questions", "title", "translations", "version"])
def test_a_file_that_lacks_something_is_refused(name, data):
    content = json.loads(data)
    del content[name]
    with pytest.raises(CourseError, match="damaged"):
        read_public(json.dumps(content).encode())


def test_a_damaged_array_is_refused(data):
    with pytest.raises(CourseError, match="damaged"):
        read_public(data.replace(b'"dtype": "float64"', b'"dtype": "object"', 1))


def test_reading_imports_nothing_heavy():
    code = (
        "import sys; import grader.courses; "
        "print([name for name in ('nbformat', 'polib', 'sqlalchemy', 'rich', 'jinja2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
