"""What is said in passing is said well: one of a thing, nothing behind a colon, what a question is built on."""

import io
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))

import judged
import pytest
from rich.console import Console

from grader.desk.page import page, plain_text
from grader.grading import grade, prepare
from grader.model import Note, Submission
from grader.reports.terminal import class_table, explanation
from grader.reports.words import Words
from grader.sandbox import open_process_sandbox

SLUG = "logistic_regression"
BASICS = "numpy_basics"


@pytest.fixture(scope="module")
def sandbox():
    with open_process_sandbox() as opened:
        yield opened


def graded(slug, source, sandbox, *, alone=False, reference=True):
    program = source if alone else judged.loaded(slug).reference.loaded_source + "\n\n" + source
    submission = Submission(student="sample", assignment=slug, path="sample.py", read=program.encode)
    key = judged.key(slug)
    if not reference:  # a student's own run has none
        from dataclasses import replace

        key = replace(key, reference=None)
    return grade(submission, {slug: prepare(key)}, sandbox)


def said_of(result, name, lang="en"):
    question = next(each for each in result.questions if each.name == name)
    return {
        check.code: explanation(check, Words(lang))[0]
        for check in question.checks
        if check.code != "ok" and check.visibility == "public"
    }


def table(result, lang="en"):
    out = io.StringIO()
    Console(file=out, width=100).print(class_table([result], "x", Words(lang)))
    return out.getvalue()


def test_an_exception_without_a_message_ends_without_a_colon(sandbox):
    result = graded(BASICS, "def sigmoid(z):\n    raise RuntimeError\n", sandbox)
    assert said_of(result, "sigmoid")["exception.other"].endswith("RuntimeError was raised.")


@pytest.mark.parametrize(
    ("body", "code"),
    [("a = []\n    a.append(a)\n    return a", "structure.too_deep"), ("return [0] * 10**6", "structure.too_many")],
)
def test_a_value_that_cannot_be_sent_is_no_type_of_its_own(body, code, sandbox):
    said = said_of(graded(BASICS, f"def sigmoid(z):\n    {body}\n", sandbox), "sigmoid")
    assert set(said) == {code}
    assert "type" not in said[code]


def test_a_file_that_python_cannot_read_is_not_called_blank(sandbox):
    result = graded(BASICS, "import numpy as np\ndef sigmoid(z:\n    return (\n", sandbox, alone=True)
    assert re.search(r"Python can't read it: line [23]\b", table(result))
    assert "Python 无法读懂" in table(result, "zh-CN")
    assert "filled in" not in table(result)


def test_a_file_with_nothing_of_an_assignment_in_it_is_not_called_blank(sandbox):
    assert "nothing of it is in the file" in table(graded(BASICS, "import numpy as np\n", sandbox, alone=True))


def test_a_file_of_stubs_is_called_blank(sandbox):
    stub = "import numpy as np\ndef sigmoid(z):\n    # YOUR CODE HERE\n    raise NotImplementedError\n"
    assert "nothing filled in yet" in table(graded(BASICS, stub, sandbox, alone=True))


def test_a_definition_that_does_not_count_names_the_one_that_does(sandbox):
    result = graded(BASICS, "def sigmoid(z):\n    return z\n", sandbox)
    (note,) = [note for note in result.notes if note.code == "superseded"]
    kept = note.params["kept"]["line"]
    said = Words("en").note(note)
    assert said == (
        f"line {note.params['place']['line']}: This definition of `sigmoid` does not count: "
        f"the one at line {kept} takes its place."
    )
    assert kept > note.params["place"]["line"]


@pytest.mark.parametrize("code", ["ran.cells", "ran.lines", "unused.cells", "unused.lines", "unused.statements"])
def test_one_statement_is_counted_without_a_plural(code):
    said = Words("en").note(Note(code=code, params={"count": 1, "places": "3"}))
    assert said.endswith(": 1 of the statements.")


def test_a_students_run_says_what_a_failing_question_is_built_on(sandbox):
    source = "def sigmoid(z):\n    return 1 / (1 + np.exp(z))\n"
    result = graded(SLUG, source, sandbox, reference=False)
    assert not any(question.follow_through for question in result.questions)
    built = {note.params["name"]: note.params["uses"] for note in result.notes if note.code == "built_on"}
    assert built["propagate"] == ["sigmoid"]
    lines = plain_text(page(result, Words("en"), width=80)).splitlines()
    told = "  `propagate` is built on what is not right yet: `sigmoid`. Mend that first,"
    assert lines.index(told) > lines.index(next(line for line in lines if line.startswith("propagate ")))
    assert sum("`propagate` is built on" in line for line in lines) == 1


def test_where_follow_through_is_given_nothing_is_said_of_what_comes_first(sandbox):
    source = "def sigmoid(z):\n    return 1 / (1 + np.exp(z))\n"
    assert not [note for note in graded(SLUG, source, sandbox).notes if note.code == "built_on"]
