"""JUnit XML, JSON Lines and Gradescope's JSON are read back by parsers of their own formats."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from export_samples import ADJUSTMENT, NAMES, check, mark, result, unreadable

from grader.judging.record import result_from_record
from grader.model import Verdict
from grader.reports.exports.cells import plain
from grader.reports.exports.gradescope import Shown, to_gradescope
from grader.reports.exports.jsonlines import write_jsonl
from grader.reports.exports.junit import write_junit


def refuse(constant):
    raise ValueError(f"{constant} is not JSON")


def strictly(text):
    return json.loads(text, parse_constant=refuse)


def junit(results):
    out = io.StringIO()
    assert write_junit(results, out, lambda r, c: f"{r.student}: {c.code} <&>\x00") == len(results)
    return ET.fromstring(out.getvalue().encode("utf-8"))


def test_junit_counts_what_it_holds():
    broken = check("broken", None, "3", Verdict.INTERNAL_ERROR)
    root = junit([result("ada"), result("bob", broken, check()), unreadable("carl")])
    suites = root.findall("testsuite")
    assert [(s.get("tests"), s.get("failures"), s.get("errors"), s.get("skipped")) for s in suites] == [
        ("3", "2", "0", "0"),
        ("2", "1", "1", "0"),
        ("1", "0", "1", "0"),
    ]
    for suite in suites:
        assert len(suite.findall("testcase")) == int(suite.get("tests"))
        assert len(suite.findall("testcase/failure")) == int(suite.get("failures"))
        assert len(suite.findall("testcase/error")) == int(suite.get("errors"))
        assert Decimal(suite.get("time")) >= 0


def test_junit_holds_any_name_as_text():
    suites = junit([result(name, check(name=name, hint=name)) for name in NAMES]).findall("testsuite")
    for suite, name in zip(suites, NAMES, strict=True):
        assert suite.find("properties/property[@name='student']").get("value") == plain(name)
        assert suite.find("testcase").get("name") == plain(name)
        assert plain(name).replace("\r\n", "\n").replace("\r", "\n") in suite.find("testcase/failure").text


def test_junit_of_nothing_is_well_formed():
    assert list(junit([])) == []


def test_json_lines_are_one_strict_object_a_line_and_lose_nothing():
    marks = [mark(name, adjustments=(ADJUSTMENT,)) for name in NAMES] + [mark("x", None, excused=True, result=None)]
    out = io.StringIO()
    assert write_jsonl(marks, out) == len(marks)
    lines = out.getvalue().encode("ascii").decode().splitlines()
    assert len(lines) == len(marks)
    for line, given in zip(lines, marks, strict=True):
        found = strictly(line)
        assert found["student"] == given.student
        assert found["mark"]["score"] == (None if given.score is None else float(given.score))
        if given.result is not None:
            assert result_from_record(found["result"]) == given.result
            assert found["mark"]["adjustments"][0]["points"] == 5.85


NUMBER = {"type": "number"}
SHOWN = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
DOCUMENTED = {
    "type": "object",
    "required": ["score", "tests"],
    "additionalProperties": False,
    "properties": {
        "score": NUMBER,
        "execution_time": NUMBER,
        "output": {"type": "string"},
        "output_format": FORMAT,
        "test_output_format": FORMAT,
        "test_name_format": FORMAT,
        "visibility": SHOWN,
        "stdout_visibility": SHOWN,
        "extra_data": {"type": "object"},
        "leaderboard": {"type": "array"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["score", "max_score"],
                "additionalProperties": False,
                "properties": {
                    "score": NUMBER,
                    "max_score": NUMBER,
                    "status": {"enum": ["passed", "failed"]},
                    "name": {"type": "string"},
                    "name_format": FORMAT,
                    "number": {"type": "string"},
                    "output": {"type": "string"},
                    "output_format": FORMAT,
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "visibility": SHOWN,
                    "extra_data": {"type": "object"},
                },
            },
        },
    },
}
"""What https://gradescope-autograders.readthedocs.io/en/latest/specs/ documents."""


def gradescope(graded, **options):
    found = to_gradescope(graded, lambda c: f"{c.code} {c.hint or ''}".strip(), **options)
    found = strictly(json.dumps(found, allow_nan=False))
    jsonschema.validate(found, DOCUMENTED)
    return found


def test_gradescope_gets_every_check_with_what_counts_for_it():
    found = gradescope(result())
    assert found["score"] == 5.85
    assert [(t["name"], t["number"], t["score"], t["max_score"], t["status"]) for t in found["tests"]] == [
        ("propagate: the cost is right", "1.1", 4.35, 4.35, "passed"),
        ("propagate: dw is right", "1.2", 0, 6, "failed"),
        ("propagate: worked", "1.3", 1.5, 2, "failed"),
    ]
    assert sum(Decimal(str(t["score"])) for t in found["tests"]) == Decimal("5.85")
    assert found["tests"][1]["output"] == "values.ratio An average."
    assert found["stdout_visibility"] == "hidden"


@pytest.mark.parametrize("shown", list(Shown))
def test_the_instructor_says_when_hidden_checks_are_shown(shown):
    tests = gradescope(result(), hidden=shown)["tests"]
    assert [t["visibility"] for t in tests] == [shown, shown, "visible"]


def test_gradescope_gets_no_file_and_no_zero_for_a_fault_of_ours():
    broken = result("ada", check("broken", None, "3", Verdict.INTERNAL_ERROR), check())
    assert to_gradescope(broken, lambda c: c.code) is None


def test_an_unreadable_submission_is_told_to_the_student():
    found = gradescope(unreadable(), notes=("not a notebook: it ends at line 3\x1b",))
    assert found["tests"][0]["status"] == "failed"
    assert "it ends at line 3" in found["tests"][0]["output"]
    assert found["extra_data"]["flags"] == ["unreadable"]


@pytest.mark.parametrize("name", NAMES)
def test_gradescope_text_is_marked_as_text_and_has_no_control_codes(name):
    found = gradescope(result("ada", check(name=name, hint=name)), notes=(name,))
    test = found["tests"][0]
    assert {test["output_format"], test["name_format"], found["output_format"]} == {"text"}
    assert not any(ord(char) < 32 and char not in "\t\n\r" for char in test["name"] + test["output"] + found["output"])
