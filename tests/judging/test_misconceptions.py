"""A named wrong idea is recognised by what it returns, in every case, and by nothing less."""

from dataclasses import replace

import numpy as np
import pytest
from judging_samples import batches, call, check, outcomes, question

from grader.judging import match, result_of
from grader.model import MisconceptionKey, Raised, Returned


def gradients(A, Y):
    return {"dw": A @ Y.T / A.shape[1]}, np.mean(Y)


def no_mean(A, Y):
    return {"dw": A @ Y.T}, np.mean(Y)


def no_sum(A, Y):
    return {"dw": A @ Y.T / A.shape[1]}, Y


def flipped(A, Y):
    return {"dw": -A @ Y.T / A.shape[1]}, np.mean(Y)


def failing(A, Y):
    raise ValueError("shapes")


VARIANTS = {"no_mean": no_mean, "no_sum": no_sum, "flipped": flipped, "failing": failing}
CHECKS = (check(0, 1, 2, 3, part=(0, "dw")), check(0, 1, 2, 3, name="db", part=(1,)))
KEY = question(gradients, batches(), *CHECKS, variants=VARIANTS, parameters=("A", "Y"))
DW, DB = (0, "dw"), (1,)


def names(student, key=KEY):
    return {part: found.name for part, found in match(key, outcomes(key, student)).items()}


def test_the_variants_own_results_match_in_their_part_only():
    assert names(no_mean) == {DW: "no_mean"}
    assert names(no_sum) == {DB: "no_sum"}


def test_two_ideas_are_recognised_at_once_on_separate_parts():
    assert names(lambda A, Y: (no_mean(A, Y)[0], Y)) == {DW: "no_mean", DB: "no_sum"}


def test_the_reference_has_no_misconception():
    assert not names(gradients)


def test_one_case_that_differs_from_the_variant_rules_it_out():
    assert not names(lambda A, Y: no_mean(A, Y) if A.shape[1] != 7 else gradients(A, Y))


def test_an_exception_alone_is_no_evidence():
    assert not names(failing)


def test_an_exception_of_the_same_type_agrees_and_another_does_not():
    def picky(A, Y):
        if A.shape[1] == 7:
            raise ValueError("no")
        return no_mean(A, Y)

    key = question(gradients, batches(), *CHECKS, variants={"picky": picky})
    assert names(picky, key) == {DW: "picky"}
    assert not names(no_mean, key)
    given = outcomes(key, picky)
    assert not match(key, [Raised(type="TypeError") if isinstance(one, Raised) else one for one in given])


def test_one_telling_case_is_not_enough():
    def sometimes(A, Y):
        return no_mean(A, Y) if A.shape[1] == 7 else gradients(A, Y)

    key = question(gradients, batches(), *CHECKS, variants={"sometimes": sometimes})
    assert not names(sometimes, key)


def test_the_first_declared_wins():
    key = question(gradients, batches(), *CHECKS, variants={"first": no_mean, "second": no_mean})
    assert names(no_mean, key) == {DW: "first"}


def test_an_answer_has_one_case_and_is_read_as_answers_are():
    def q1():
        return "error"

    key = question(q1, [()], check(0), kind="answer", variants={"by rows": lambda: (4, 2)})
    assert match(key, [Returned(value="(4, 2)")]) == {(): MisconceptionKey(name="by rows", hint="hint of by rows")}
    assert not match(key, [Returned(value="(2, 4)")])


def test_a_variant_that_was_not_computed_matches_nothing():
    bare = replace(KEY, cases=tuple(replace(case, variants={}) for case in KEY.cases))
    assert not match(bare, outcomes(KEY, no_mean))


@pytest.mark.parametrize("given", [[], [Returned(value=None)] * 4, [Raised(type="E")] * 4])
def test_odd_outcomes_match_nothing(given):
    assert not match(KEY, given)


def test_the_hint_stands_with_the_failing_check():
    result = result_of(KEY, [call(no_mean, *case.args) for case in KEY.cases])
    dw, db = result.checks
    assert (dw.misconception, dw.hint, dw.score) == ("no_mean", "hint of no_mean", 0)
    assert (db.misconception, db.hint, db.score) == (None, None, 4)
