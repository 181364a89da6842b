"""Fresh examples for hidden checks: true of the program, small, the same everywhere, and never a hidden input."""

import io
import json
import re
import sys
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))

import judged
import numpy as np
import pytest
from rich.console import Console

from grader.authoring import Visibility
from grader.courses.examples import fresh_inputs, plain, small
from grader.examples import NONE_FOUND, Examples
from grader.grading import grade, prepare
from grader.judging import result_of
from grader.judging.small import shown
from grader.model import Found, LoadReport, Program, Returned, Submission
from grader.policy import Mark
from grader.reports import jsonout, terminal
from grader.reports.html.report import ClassReport, write_report
from grader.reports.words import Words
from grader.sandbox import open_process_sandbox

SLUGS = ("numpy_basics", "gradient_descent", "vectorization", "broadcasting", "logistic_regression")
NUMBER = re.compile(r"-?\d+\.?\d*(?:e[+-]\d+)?")
LONG = 5
"""Digits of a number that nobody hits upon by chance."""


@cache
def prepared(slug):
    return prepare(judged.key(slug), fresh=fresh_inputs(judged.loaded(slug), judged.key(slug), judged.SECRET))


def graded(slug, source, sandbox):
    program = judged.loaded(slug).reference.loaded_source + "\n\n" + source
    submission = Submission(student="sample", assignment=slug, path="sample.py", read=program.encode)
    return grade(submission, {slug: prepared(slug)}, sandbox)


def examples(result):
    return [
        (question.name, check, check.example)
        for question in result.questions
        for check in question.checks
        if check.example is not None
    ]


def outputs(result, folder):
    """Everything that is shown of a result, in both languages."""
    yield jsonout.document([result], {None: Words("en")})
    for lang in ("en", "zh-CN"):
        words = Words(lang)
        out = io.StringIO()
        Console(file=out, width=80, markup=False).print(terminal.feedback(result, words))
        yield out.getvalue()
        mark = Mark(
            assignment=result.assignment, student="sample", score=result.score, points=Decimal(100), result=result
        )
        report = ClassReport(assignment=result.assignment, title="", marks=[mark])
        write_report(report, folder, words)
        yield next((folder / "students").iterdir()).read_text(encoding="utf-8")


def arrays_in(value):
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from arrays_in(each)
    elif isinstance(value, dict):
        yield from arrays_in(list(value.values()))


def is_telling(text):
    """Whether some text has two numbers in it that nobody hits upon by chance."""
    return sum(len(re.sub(r"\D", "", number).lstrip("0")) >= LONG for number in NUMBER.findall(text)) >= 2


@cache
def secrets_of(slug):
    """Text of every hidden array that says something, as messages would show it, and every long hidden number."""
    hidden = [case for question in judged.key(slug).questions for case in question.cases if case.visibility == "hidden"]
    arrays = {shown(array) for case in hidden for array in arrays_in([*case.args, getattr(case.expected, "value", 0)])}
    numbers = {
        number for case in hidden for value in case.args for number in NUMBER.findall(shown(value, 10_000))
        if len(re.sub(r"\D", "", number).lstrip("0")) >= LONG
    }  # fmt: skip
    return frozenset(filter(is_telling, arrays)), frozenset(numbers)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_wrong_program_is_shown_a_hidden_input(slug, tmp_path):
    """A few wrong programs of an assignment's tests, with all their examples, through every output."""
    assert nothing_hidden_shows(slug, judged.programs(slug, "wrong")[::7], tmp_path) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_no_wrong_program_of_all_is_shown_a_hidden_input(slug, tmp_path):
    assert nothing_hidden_shows(slug, judged.programs(slug, "wrong"), tmp_path) >= 10


def nothing_hidden_shows(slug, programs, folder):
    """Look through all outputs for what is hidden; return how many examples there were."""
    arrays, numbers = secrets_of(slug)
    cases = {question.name: {plain(case.args) for case in question.cases} for question in judged.key(slug).questions}
    for name, checks in fresh_inputs(judged.loaded(slug), judged.key(slug), judged.SECRET).items():
        assert not {plain(args) for each in checks.values() for args in each} & cases[name]
    found = 0
    with open_process_sandbox() as sandbox:
        for name, _, source in programs:
            result = graded(slug, source, sandbox)
            for _, check, example in examples(result):
                assert check.visibility is Visibility.HIDDEN
                found += example.code != NONE_FOUND
                assert not set(NUMBER.findall(json.dumps(example.params.get("input", {})))) & numbers, (name, source)
            for text in outputs(result, folder / name):
                assert not [array for array in arrays if array in text], (name, source)
    return found


WRONG = "def sigmoid(z):\n    return 1 / (1 + np.exp(z))\n"


def test_an_example_is_small_and_true():
    with open_process_sandbox() as sandbox:
        result = graded("logistic_regression", WRONG, sandbox)
    told = {check.name: example for name, check, example in examples(result) if name == "sigmoid"}
    for example in told.values():
        (given,) = example.params["input"].values()
        z = np.array(eval(re.sub(r"(?<=[\d.]) +", ", ", given), {}))
        assert z.size <= 2
        np.testing.assert_allclose(eval(example.params["got"], {}), 1 / (1 + np.exp(z)), rtol=1e-5)
        np.testing.assert_allclose(eval(example.params["expected"], {}), 1 / (1 + np.exp(-z)), rtol=1e-5)
    assert len(told) == 3


def test_examples_are_the_same_whenever_they_are_made():
    with open_process_sandbox() as sandbox:
        first = [(name, check.name, example) for name, check, example in examples(graded(SLUGS[0], WRONG, sandbox))]
        prepared.cache_clear()
        again = [(name, check.name, example) for name, check, example in examples(graded(SLUGS[0], WRONG, sandbox))]
    assert first
    assert first == again


def test_what_is_wrong_only_because_of_something_else_has_no_example():
    with open_process_sandbox() as sandbox:
        result = graded("logistic_regression", WRONG, sandbox)
    assert {name for name, *_ in examples(result)} == {"sigmoid"}
    assert any(question.follow_through for question in result.questions)


def test_a_check_that_fails_nowhere_small_says_so():
    """Overflow shows for very large numbers only, and the generator of random ones makes none."""
    source = "def sigmoid(z):\n    return np.where(np.abs(z) > 40, 0.5, 1 / (1 + np.exp(-z)))\n"
    with open_process_sandbox() as sandbox:
        result = graded("logistic_regression", source, sandbox)
    (told,) = [example for name, _, example in examples(result) if name == "sigmoid"]
    assert told.code == NONE_FOUND
    assert "No small example was found" in Words("en").message(told.code, told.params)


def test_a_program_that_never_answers_costs_an_example_only():
    source = "def sigmoid(z):\n    while np.size(z) == 1:\n        z = -z\n    return z\n"
    with open_process_sandbox() as sandbox:
        result = graded("numpy_basics", source, sandbox)
    assert result.complete
    assert result.questions[1].score == 0


def test_inputs_that_are_hidden_ones_give_nothing_to_show():
    args = (np.array([[1.5, 2.5, 3.5]]),)
    assert small([args], [plain(args)]) == ()
    assert len(small([args])) > 3


@pytest.mark.parametrize(
    ("hidden", "drawn"),
    [(1, np.float32(1)), (1.0, True), (np.float64(2), 2), (np.ones(1), np.ones(1, dtype=int)),
     ({"w": np.ones(2), "b": 2}, {"w": np.ones(2), "b": 2.0}), ((1, 2), [1.0, 2]), (1 + 0j, 1),
     ([1, 2], np.array([1.0, 2])), ([[1.5, 2]], np.array([[1.5, 2]])), (10**400, 10**400)],
)  # fmt: skip
def test_a_hidden_input_in_another_kind_of_number_is_a_hidden_input(hidden, drawn):
    assert small([(drawn,)], [plain((hidden,))]) == ()


@pytest.mark.parametrize(
    ("hidden", "drawn"),
    [(np.array([2.5, 1.23456789]), np.array([2.5, 1.23456788])), (9.99999999, 10), (1e-9, 1.0000001e-9), (-0.0, 0)],
)
def test_an_input_that_looks_like_a_hidden_one_is_a_hidden_one(hidden, drawn):
    """Six digits are shown: an author's numbers with a little noise on them would be given away."""
    assert small([(drawn,)], [plain((hidden,))]) == ()


@pytest.mark.parametrize(
    ("hidden", "drawn"),
    [(np.array([2.5, 1.23456]), np.array([2.5, 1.23457])), (1e5, 1e6), (1, -1), (1, 1j), (np.ones(2), np.ones((1, 2))),
     (np.nan, np.inf), (10**400, 10**401), ([1, [2]], [1, 2]), ("1", 1), (1, [1])],
)  # fmt: skip
def test_inputs_that_look_otherwise_are_others(hidden, drawn):
    assert plain((hidden,)) != plain((drawn,))


def test_inputs_that_fit_together_still_do_when_they_are_small():
    rng = np.random.default_rng(0)
    drawn = [(rng.normal(size=(n, 1)), rng.normal(size=(n, m))) for n, m in ((3, 5), (6, 4), (5, 5))]
    for w, X in small(drawn):
        assert w.shape == (X.shape[0], 1)
    sizes = [X.shape for _, X in small(drawn)]
    assert sizes[0] == (1, 1)
    assert {(2, 1), (1, 2), (2, 3)} <= set(sizes)


def test_answers_that_take_much_memory_are_not_asked_for_again_and_again():
    """The first few are enough for an example; all would be 48 times 64 MB."""
    question = judged.question("numpy_basics", "sigmoid")
    inputs = {check.name: [(float(number),) for number in range(40)] for check in question.checks}
    reference, asked = Program(cells=()), []

    class Answering:
        report = LoadReport(found={"sigmoid": Found(status="found")})

        def __init__(self, own):
            self.own = own

        def call(self, _name, payload, _limits, *, more=False):
            if not self.own:
                return [Returned(value=0.5) for _ in payload.frames]
            asked.append(len(payload.frames))
            return [Returned(value=0.5) for _ in payload.frames[1:]] + [Returned(value=np.zeros(5 << 20))]

    class Sandbox:
        @contextmanager
        def session(self, program, *_):
            yield Answering(program is not reference)

    failed = result_of(question, [Returned(value=2.0)] * len(question.cases))
    made = Examples(reference, (), {"sigmoid": inputs})
    shown_of = made.shown(Program(cells=()), {"sigmoid": question}, {"sigmoid": failed}, Sandbox())["sigmoid"]
    assert "shape.scalar" in {check.example.code for check in shown_of.checks if check.example is not None}
    assert asked == [8]
