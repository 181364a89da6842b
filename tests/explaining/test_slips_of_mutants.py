"""Every single mistake that an operator makes in a reference gets a specific message, and none gets a wrong one.

The operator's name is the label of the fault: `labels.py` says which ideas may be named for it.
"""

import weakref
from dataclasses import replace

import explained
import judged
import numpy as np
import pytest
from labels import labels

from grader.courses.slips import KINDS, slips_of
from grader.judging import result_of
from grader.judging.diagnosis.evidence import near, reals
from grader.judging.findings import take_part
from grader.judging.misconceptions import same
from grader.judging.slips import CODE
from grader.model import Returned
from grader.sandbox import open_process_sandbox
from grader.slips import Slips

QUICK = ("numpy_basics", "broadcasting")
SAMPLE = 150
"""How many mutants of the other assignments are looked at where not all are."""
SHARE = 0.9
SHARE_WITHOUT_SLIPS = {
    "numpy_basics": 0.85,
    "broadcasting": 0.9,
    "vectorization": 0.7,
    "gradient_descent": 0.6,
    "logistic_regression": 0.8,
}
"""What ideas and general rules reach by themselves, where they are the only explanation: in a student's own run."""
ELSEWHERE = b"a secret that gives other inputs"

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


ALL = [pytest.param(slug, None, marks=[] if slug in QUICK else pytest.mark.slow) for slug in explained.SLUGS]
SOME = [pytest.param(slug, SAMPLE, id=f"some of {slug}") for slug in explained.SLUGS if slug not in QUICK]


def mutants(slug, most):
    """Return all mutants of an assignment, or some of them, of which slips are not looked for."""
    return explained.mutants(slug) if most is None else explained.mutants(slug, most, slips=False)


@pytest.mark.parametrize(("slug", "most"), ALL)
def test_nine_in_ten_get_a_specific_message(slug, most):
    told = [mutant.is_specific() for mutant in mutants(slug, most)]
    assert len(told) > 100
    assert sum(told) / len(told) >= SHARE


@pytest.mark.parametrize(("slug", "most"), ALL)
def test_most_get_one_without_slips_too(slug, most):
    told = [mutant.is_specific(mutant.plain) for mutant in mutants(slug, most)]
    assert sum(told) / len(told) >= SHARE_WITHOUT_SLIPS[slug]


@pytest.mark.parametrize(("slug", "most"), ALL)
def test_no_slip_is_named_that_was_not_made(slug, most):
    """Of the one or two kinds named, one is that of the operator, unless another hits the same results exactly."""
    wrong = [
        (mutant.question, mutant.operator, mutant.now, check.params["slips"])
        for mutant in mutants(slug, most)
        for check in mutant.faults()
        if check.code == CODE and KINDS[mutant.operator] not in check.params["slips"]
    ]
    assert wrong == []


def test_every_idea_of_a_function_has_a_label():
    ideas = {
        idea.name
        for slug in explained.SLUGS
        for question in judged.key(slug).questions
        if question.kind == "function"
        for idea in question.misconceptions
    }
    assert set(labels()) == ideas


@pytest.mark.parametrize(("slug", "most"), [*ALL, *SOME])
def test_no_idea_is_named_that_is_not_the_fault(slug, most):
    """`labels.py` says which operators make the faults that an idea is about."""
    made_by = labels()
    wrong = [
        (mutant.question, check.misconception, mutant.operator, mutant.was, mutant.now)
        for mutant in mutants(slug, most)
        for check in mutant.faults()
        if check.misconception and mutant.operator not in made_by[check.misconception]
    ]
    assert wrong == []


@pytest.mark.parametrize(("slug", "most"), [*ALL, *SOME])
def test_an_idea_that_is_named_holds_for_other_inputs_too(slug, most):
    """The mutant and the idea are the same on inputs by which the idea was not found."""
    wrong = []
    for mutant in mutants(slug, most):
        named = {check.name: check.misconception for check in mutant.faults() if check.misconception}
        if not named:
            continue
        other = judged.question(slug, mutant.question, ELSEWHERE)
        with judged.quietly():
            outcomes = explained.outcomes_of(judged.program(slug, mutant.source)[mutant.question], other)
        for check in other.checks:
            idea = named.get(check.name)
            if idea is not None and not all(agree(other.cases[at], outcomes[at], idea, check) for at in check.cases):
                wrong.append((mutant.question, idea, mutant.operator, mutant.now))
    assert wrong == []


def agree(case, outcome, idea, check):
    """Whether a mutant's outcome is that of an idea, in the part of a check."""
    variant = case.variants[idea]
    if not isinstance(variant, Returned) or not isinstance(outcome, Returned):
        return type(variant) is type(outcome)
    return same(variant.value, outcome.value, check.part, check.compare, "function")


@pytest.mark.parametrize(("slug", "most"), [*ALL, *SOME])
def test_what_is_said_of_every_number_is_true_of_every_number(slug, most):
    wrong = []
    for mutant in mutants(slug, most):
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


def test_a_program_of_huge_answers_leaves_nothing_of_them_in_memory():
    slug = "numpy_basics"
    whole = judged.question(slug, "sigmoid")
    table = Slips(judged.key(slug).reference, lambda name: slips_of(judged.loaded(slug), name))
    given = [Returned(value=np.full(500_000, 2.0)) for _ in whole.cases]
    watched = [weakref.ref(each.value) for each in given]
    result = result_of(whole, given)
    unexplained = replace(result, checks=tuple(replace(each, code="values.differ") for each in result.checks))
    with open_process_sandbox() as sandbox:
        table.explain(whole, unexplained, given, sandbox)
    del given
    assert not any(array() is not None for array in watched)
