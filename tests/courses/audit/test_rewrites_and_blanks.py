"""Rewrites mean the same, blanks are blank, inputs grow smaller."""

import numpy as np
import pytest

from grader.courses import load_assignment
from grader.courses.audit import blanks_of, mutants_of, pairs_of, rewrites_of, shrunk, varied
from grader.courses.audit.answers import mutate_answer
from grader.courses.audit.rewrites import rewrite

DEFINITION = """def f(w, X, Y):
    m = X.shape[1]
    d = (np.dot(w.T, X) - Y) ** 2
    return np.sum(d) / m, np.sum(X, axis=1, keepdims=True) * 2"""


def run(source, *args):
    namespace = {"np": np}
    exec(source, namespace)
    return namespace["f"](*args)


@pytest.mark.parametrize("each", rewrite(DEFINITION), ids=lambda each: each.name)
def test_a_rewrite_computes_the_same(each):
    rng = np.random.default_rng(3)
    args = (rng.normal(size=(4, 1)), rng.normal(size=(4, 6)), rng.normal(size=(1, 6)))
    for want, got in zip(run(DEFINITION, *args), run(each.source, *args), strict=True):
        np.testing.assert_allclose(got, want, rtol=1e-12)


def test_there_is_a_rewrite_for_every_order_of_summing_and_every_form_of_result():
    names = {each.name for each in rewrite(DEFINITION)}
    assert {"products summed backwards", "sums taken backwards", "sums taken one by one"} <= names
    assert {"reciprocals for divisions", "arrays in Fortran order", "lists for tuples"} <= names


def test_mutants_of_a_shape_are_its_neighbours():
    found = {mutant.now for mutant in mutate_answer("q1", (3, 1))}
    assert {"q1 = (1, 3)", "q1 = (4, 1)", "q1 = (3,)", "q1 = (3, 1, 1)", "q1 = 'error'"} <= found
    assert "q1 = (3, 1)" not in found


def test_blanks_have_every_shape_and_pairs_differ_on_two_lines(author):
    loaded = load_assignment(author())
    question = loaded.assignment.questions[0]
    names = [blank.name for blank in blanks_of(loaded, question)]
    assert {"the stub", "no definition at all", "pass", "return None", "half a line"} <= set(names)
    for pair in pairs_of(loaded, question, mutants_of(loaded, question), 5, 0):
        assert " + " in pair.operator
    assert rewrites_of(loaded, question)


def test_smaller_inputs_keep_what_belongs_together():
    args = (np.ones((3, 1)), np.ones((3, 5)), np.ones((1, 5)))
    for w, X, Y in shrunk(args):
        if w.shape[0] == X.shape[0] and X.shape[1] == Y.shape[1]:
            break
    else:
        pytest.fail("nothing smaller fits together")
    assert any(X.shape == (3, 1) and Y.shape == (1, 1) for _, X, Y in shrunk(args))


def test_near_variations_keep_the_values_and_far_ones_do_not():
    args = (np.array([[1.0, 2.0], [3.0, 4.0]]),)
    near = dict(varied(args, np.random.default_rng(0), far=False))
    far = dict(varied(args, np.random.default_rng(0), far=True))
    assert near["in Fortran order"][0].flags.f_contiguous
    assert sorted(near["shuffled"][0].ravel()) == [1.0, 2.0, 3.0, 4.0]
    assert far["negated"][0][0, 0] == -1.0
    assert args[0][0, 0] == 1.0
