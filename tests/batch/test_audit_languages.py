"""An audit speaks its reader's language: what it calls things is in the catalogue, its JSON is the same in both."""

import ast
import json
import shutil
from pathlib import Path

import pytest

from grader.batch.audit.layouts import LAYOUTS
from grader.cli import run
from grader.courses.audit import inputs, rewrites
from grader.courses.audit.calls import TELLING
from grader.reports.audit import Fate, FaultKind, labels

SOLUTIONS = Path(__file__).parents[2] / "solutions"
OPERATORS = Path(inputs.__file__).parent
WEAK = """

from dataclasses import replace as _replace

import numpy as _np

from grader import Check, Equivalent


def _square(rng):
    return (rng.uniform(1, 60, size=(4, 4)),)


_shown = Check("shown", examples=((_np.arange(4.0).reshape(2, 2) + 1,),), points=1, visibility="public")
assignment = _replace(
    assignment,
    questions=tuple(
        _replace(
            each, uses=(), checks=(_shown, Check("square", _square, points=9)), misconceptions=(),
            spared=(Equivalent("a = 1", "a = 2", reason="no such line"),),
        )
        for each in assignment.questions
        if getattr(each.target, "__name__", "") == "column_percentages"
    ),
)
"""


@pytest.fixture
def weak(tmp_path):
    folder = tmp_path / "solutions" / "broadcasting"
    shutil.copytree(SOLUTIONS / "broadcasting", folder, ignore=shutil.ignore_patterns("__pycache__"))
    checks = folder / "checks.py"
    checks.write_text(checks.read_text(encoding="utf-8") + WEAK, encoding="utf-8")
    return tmp_path


def labels_in(name):
    """Return the labels that a module of operators yields with what they make."""
    found = set()
    for node in ast.walk(ast.parse((OPERATORS / f"{name}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            label = node.value.elts[0]
            found |= {label.value} if isinstance(label, ast.Constant) else set()
    return found


def test_everything_that_an_audit_names_is_known_to_the_catalogue():
    assert {fate.value for fate in Fate} == set(labels.FATES)
    assert {kind.value for kind in FaultKind} == set(labels.FAULTS)
    made = labels_in("calls") | labels_in("expressions") | labels_in("statements")
    assert len(made) > 20
    assert made | {f"dropped {name}" for name in TELLING - {"axis"}} | {"answer"} == set(labels.MISTAKES)
    assert {name for name, _ in rewrites.REWRITES} == set(labels.REWRITES)
    changes = {name for name, _ in (*inputs.NEAR, *inputs.FAR)} | {each.name for each in LAYOUTS}
    assert changes == set(labels.INPUTS)


def test_a_weak_assignment_is_told_of_in_chinese(weak, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    page = tmp_path / "audit.html"
    arguments = ["audit", "broadcasting", "--course", str(weak), "--jobs", "1", "--lang", "zh-CN"]
    assert run([*arguments, "--html", str(page)]) == 1
    said = capsys.readouterr().out
    for told in (
        "题目",
        "漏检：一个变异体（常数）仍得满分",
        "用这些输入可以区分（",
        "变异得分",
        "声明：没有哪个变异体把 'a = 1'",
    ):
        assert told in said, told
        assert told.partition("：")[2] in page.read_text(encoding="utf-8").replace("&#39;", "'")
    assert '<html lang="zh-Hans">' in page.read_text(encoding="utf-8")
    for english in ("mutant", "survived", "told apart", "line ", "mutation score"):
        assert english not in said, english


def test_the_json_of_an_audit_is_the_same_in_both_languages(weak, capsys):
    found = []
    for lang in ("en", "zh-CN"):
        arguments = ["audit", "broadcasting", "--course", str(weak), "--jobs", "1", "--format", "json", "--lang", lang]
        assert run(arguments) == 1
        found.append(json.loads(capsys.readouterr().out)["assignments"][0]["questions"][0])
        found[-1].pop("seconds")
    assert found[0] == found[1]
