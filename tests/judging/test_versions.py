"""A question's version changes with all that can change its marks, and with nothing else."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import numpy as np
import pytest

from grader.authoring import Compare, Limits, Visibility
from grader.judging.versions import digest_of, question_versions
from grader.model import AnswerKey, Case, Cell, CheckKey, MisconceptionKey, Program, QuestionKey, Returned

FACTOR = 2.0


def question(name, *uses, value=1.0, **fields):
    case = Case(args=(np.arange(3.0), value), expected=Returned(value=np.float64(value)), variants={})
    check = CheckKey(name="values", points=Decimal(10), visibility=Visibility.HIDDEN, cases=(0,))
    return QuestionKey(**({"name": name, "uses": uses, "cases": (case,), "checks": (check,)} | fields))


def key(*questions, **fields):
    given = {"assignment": "hw", "title": "", "version": "1", "reference": Program(cells=(Cell(source="x = 1"),))}
    return AnswerKey(questions=questions, **(given | fields))


BASE = (question("sigmoid"), question("propagate", "sigmoid"), question("optimize", "propagate"), question("other"))


def changed(*questions, settings=(), **fields):
    before, after = question_versions(key(*BASE)), question_versions(key(*questions, **fields), *settings)
    return {name for name in after if before.get(name) != after[name]}


def test_the_same_key_has_the_same_versions_in_every_process():
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_versions as t;"
        "print(sorted(t.question_versions(t.key(*t.BASE)).items()))"
    )
    folder = __file__.rsplit("/", 1)[0]
    outs = {
        subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert outs == {f"{sorted(question_versions(key(*BASE)).items())}\n"}


def test_nothing_changed_is_nothing_changed():
    assert changed(*BASE) == set()
    assert changed(*BASE, version="2", title="Another title") == set()


def test_a_changed_check_touches_its_question_and_whatever_is_built_on_it():
    assert changed(question("sigmoid", value=2.0), *BASE[1:]) == {"sigmoid", "propagate", "optimize"}
    assert changed(*BASE[:2], question("optimize", "propagate", value=2.0), BASE[3]) == {"optimize"}
    assert changed(*BASE[:3], question("other", value=2.0)) == {"other"}


@pytest.mark.parametrize(
    "change",
    [
        {"checks": (replace(BASE[3].checks[0], points=Decimal(9)),)},
        {"checks": (replace(BASE[3].checks[0], compare=Compare(rtol=1e-3)),)},
        {"checks": (replace(BASE[3].checks[0], visibility=Visibility.PUBLIC),)},
        {"checks": (replace(BASE[3].checks[0], part=(0, "dw")),)},
        {"misconceptions": (MisconceptionKey(name="m", hint="h"),)},
        {"cases": (replace(BASE[3].cases[0], variants={"m": Returned(value=1)}),)},
        {"cases": (replace(BASE[3].cases[0], args=(np.arange(3.0, dtype=np.float32), 1.0)),)},
        {"cases": (replace(BASE[3].cases[0], expected=Returned(value=1.0)),)},
        {"limits": Limits(call=1.0)},
        {"dims": {"m": ("X", 1)}},
    ],
)
def test_each_part_of_a_question_counts(change):
    assert changed(*BASE[:3], replace(BASE[3], **change)) == {"other"}


def test_what_all_questions_share_counts_for_all():
    everything = {q.name for q in BASE}
    assert changed(*BASE, settings=("rate 0.5",)) == everything
    assert changed(*BASE[:3], replace(BASE[3], aliases=("autre",))) == everything
    assert changed(*BASE[:3]) == everything - {"other"}


def test_another_reference_counts_where_follow_through_may_ask_it():
    assert changed(*BASE, reference=Program(cells=(Cell(source="x = 2"),))) == {"propagate", "optimize"}


def test_uses_that_go_round_in_a_circle_do_not_hang():
    assert set(question_versions(key(question("a", "b"), question("b", "a")))) == {"a", "b"}


def scenario(body):
    """Make a scenario as an author would write it, in a module of its own."""
    space = {"np": np, "FACTOR": FACTOR}
    exec(body, space)
    return space["play"]


PLAY = "def helper(x):\n    return x + 1\ndef play(student, rng):\n    return helper(student(rng.normal()) * FACTOR)\n"


def with_scenario(function):
    return replace(BASE[3], cases=(replace(BASE[3].cases[0], scenario=function),))


@pytest.mark.parametrize(
    ("body", "same"),
    [
        (PLAY, True),
        ("\n\n" + PLAY, True),
        (PLAY.replace("FACTOR", "3"), False),
        (PLAY.replace("x + 1", "x + 2"), False),
        (PLAY.replace("rng.normal", "rng.random"), False),
        (PLAY + "FACTOR = 5\n", False),
    ],
)
def test_a_scenario_counts_by_what_it_does_and_not_by_where_it_stands(body, same):
    before = question_versions(key(*BASE[:3], with_scenario(scenario(PLAY))))["other"]
    after = question_versions(key(*BASE[:3], with_scenario(scenario(body))))["other"]
    assert (before == after) is same


def test_a_scenario_that_cannot_be_looked_into_goes_by_the_assignments_version():
    odd = scenario("import threading\nlock = threading.Lock()\ndef play(student, rng):\n    return lock\n")
    versions = [question_versions(key(*BASE[:3], with_scenario(odd), version=v))["other"] for v in "112"]
    assert versions[0] == versions[1] != versions[2]


def recursive(n):
    return n and recursive(n - 1)


def test_a_recursive_function_has_a_version():
    assert digest_of(recursive) == digest_of(recursive)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (1, True),
        (0.0, -0.0),
        (1.0, np.float64(1.0)),
        (np.zeros(2), np.zeros((2, 1))),
        (np.zeros(2), np.zeros(2, dtype=np.float32)),
        ((1, 2), [1, 2]),
        (("ab", "c"), ("a", "bc")),
        (((1,), 2), ((1, 2),)),
        ("1", 1),
        (None, "None"),
        (b"a", "a"),
        ({"a": 1, "b": 2}, {"a": 2, "b": 1}),
        (1j, 1.0),
    ],
)
def test_values_that_differ_have_different_digests(one, other):
    assert digest_of(one) != digest_of(other)


def test_equal_values_have_equal_digests():
    assert digest_of({"a": 1, "b": np.arange(4)}) == digest_of(MappingProxyType({"b": np.arange(4), "a": 1}))
    assert digest_of(np.arange(6).reshape(2, 3).T) == digest_of(np.array([[0, 3], [1, 4], [2, 5]]))
    assert digest_of(frozenset("abc")) == digest_of(frozenset("cab"))


@pytest.mark.parametrize("value", [object(), np.array([object()])])
def test_what_has_no_version_is_refused(value):
    with pytest.raises(TypeError, match="version"):
        digest_of(value)
