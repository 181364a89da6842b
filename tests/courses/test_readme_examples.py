"""The examples of `solutions/README.md` are taken out of it, loaded, released, and judged."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from grader.authoring import Compare, Equivalent, Form, NoLoop, Slope, Unchanged, Values
from grader.courses import answer_key, find_course, load_assignment, release
from grader.judging import result_of

README = Path(__file__).parents[2] / "solutions" / "README.md"
BLOCKS = dict(
    re.findall(r"^```python ([\w.-]+)\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
)
EXAMPLES = [name for name in BLOCKS if name not in ("reference.py", "frame")]


@pytest.fixture
def example(course_root):
    def load(name):
        folder = course_root / "solutions" / "example"
        folder.mkdir()
        header, _, footer = BLOCKS["frame"].partition("...")
        text = header + BLOCKS[name] + footer.partition("\n")[2]
        (folder / "checks.py").write_text(text, encoding="utf-8")
        (folder / "reference.py").write_text(BLOCKS["reference.py"], encoding="utf-8")
        return load_assignment(folder)

    return load


def test_each_kind_of_check_has_an_example(example):
    assert EXAMPLES == ["values", "part", "compare", "scenario", "slope", "no-loop", "unchanged", "answer", "spared"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_loads_adds_up_to_100_and_shows_its_kind(name, example):
    loaded = example(name)
    checks = loaded.assignment.questions[0].checks
    assert [warning for warning in loaded.warnings if "add up" in warning] == []
    shown = {
        "values": any(check.inputs and check.examples == () for check in checks),
        "part": any(check.part == (1, "dw") for check in checks),
        "compare": any(check.compare != Compare() for check in checks),
        "scenario": any(check.scenario for check in checks),
        "slope": any(isinstance(check.kind, Slope) for check in checks),
        "no-loop": any(isinstance(check.kind, NoLoop) for check in checks),
        "unchanged": any(isinstance(check.kind, Unchanged) for check in checks),
        "answer": any(isinstance(check.kind, Form) for check in checks),
        "spared": any(isinstance(each, Equivalent) for each in loaded.assignment.questions[0].spared),
    }
    assert shown[name]
    assert any(isinstance(check.kind, Values) for check in checks)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_reference_earns_everything_and_each_misconception_is_named(name, example):
    (question,) = answer_key(example(name), b"secret").questions
    right = [case.expected for case in question.cases]
    assert result_of(question, right).score == question.points == 100
    for misconception in question.misconceptions:
        wrong = [case.variants.get(misconception.name, case.expected) for case in question.cases]
        result = result_of(question, wrong)
        assert result.score < 100
        assert misconception.name in [check.misconception for check in result.checks]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_can_be_released(name, example, course_root):
    example(name)
    (done,) = release(find_course(course_root))
    assert len(done.written) == 4


def test_a_measured_loop_is_told_from_the_reference(example):
    (question,) = answer_key(example("no-loop"), b"secret").questions
    outcomes = [
        replace(case.expected, steps=case.args[1].shape[1] * 3) if case.measured else case.expected
        for case in question.cases
    ]
    assert result_of(question, outcomes).score == 90
