"""Every single mistake that an operator makes in a reference gets a specific message, and none gets a wrong one.

The operator's name is the label of the fault: it is written before anything is run.
"""

from pathlib import Path

import explained
import judged
import numpy as np
import pytest

from grader.courses.slips import KINDS
from grader.judging.diagnosis.evidence import near, reals
from grader.judging.findings import take_part
from grader.judging.slips import CODE
from grader.model import Returned

QUICK = ("numpy_basics", "broadcasting")
ASSIGNMENTS = [slug if slug in QUICK else pytest.param(slug, marks=pytest.mark.slow) for slug in explained.SLUGS]
LABELS = Path(__file__).parent / "hints_by_fault.txt"
SHARE = 0.9
SHARE_WITHOUT_SLIPS = {"numpy_basics": 0.8, "broadcasting": 0.85}
"""What ideas and general rules reach by themselves, where they are the only explanation: in a student's own run."""

CLAIMS = {
    "values.sign": np.negative,
    "values.absolute": np.abs,
    "values.squared": np.square,
    "values.rooted": np.sqrt,
    "values.exponential": np.exp,
    "values.logarithm": np.log,
    "values.complement": lambda want: 1 - want,
    "values.reciprocal": lambda want: 1 / want,
    "values.zeros": np.zeros_like,
    "values.transposed": np.transpose,
    "shape.transposed": np.transpose,
    "values.backwards": lambda want: np.ravel(want)[::-1].reshape(np.shape(want)),
    "values.before_sigmoid": lambda want: np.log(want / (1 - want)),
    "values.after_sigmoid": lambda want: 1 / (1 + np.exp(-want)),
}
"""Codes that say how every number comes from the right one."""


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def slug(request):
    return request.param


def test_nine_in_ten_get_a_specific_message(slug):
    told = [mutant.is_specific() for mutant in explained.mutants(slug)]
    assert len(told) > 100
    assert sum(told) / len(told) >= SHARE


@pytest.mark.parametrize("quick", QUICK)
def test_most_get_one_without_slips_too(quick):
    told = [mutant.is_specific(mutant.plain) for mutant in explained.mutants(quick)]
    assert sum(told) / len(told) >= SHARE_WITHOUT_SLIPS[quick]


def test_no_slip_is_named_that_was_not_made(slug):
    """Of the one or two kinds named, one is that of the operator, unless another hits the same results exactly."""
    wrong = [
        (mutant.question, mutant.operator, mutant.now, check.params["slips"])
        for mutant in explained.mutants(slug)
        for check in mutant.faults()
        if check.code == CODE and KINDS[mutant.operator] not in check.params["slips"]
    ]
    assert wrong == []


def test_no_idea_is_named_that_is_not_the_fault(slug):
    """`hints_by_fault.txt` says which operators make which ideas."""
    labels = {}
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            where, _, operators = line.partition(": ")
            labels[tuple(where.split())] = set(operators.split(", "))
    wrong = [
        (mutant.question, check.misconception, mutant.operator, mutant.now)
        for mutant in explained.mutants(slug)
        for check in mutant.faults()
        if check.misconception
        and mutant.operator not in labels.get((slug, mutant.question, check.misconception), set())
    ]
    assert wrong == []


def test_what_is_said_of_every_number_is_true_of_every_number(slug):
    wrong = []
    for mutant in explained.mutants(slug):
        whole = judged.question(slug, mutant.question)
        parts = {check.name: check for check in whole.checks}
        for said in mutant.faults():
            claim = CLAIMS.get(said.code)
            if claim is not None and not holds(claim, parts[said.name], whole, mutant.outcomes):
                wrong.append((mutant.question, mutant.now, said.name, said.code))
    assert wrong == []


def holds(claim, check, whole, outcomes):
    """Whether a claim is true in every case of a check that returned a value."""
    for at in check.cases:
        expected, got = whole.cases[at].expected, outcomes[at]
        if not isinstance(got, Returned):
            continue
        want, have = (reals(each) for each in take_part(expected.value, got.value, check.part))
        with np.errstate(all="ignore"):
            if not near(np.asarray(claim(want)), have.reshape(np.shape(claim(want)))):
                return False
    return True
