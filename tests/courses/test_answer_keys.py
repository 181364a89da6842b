"""Answer keys: the same cases for the same secret, each called once, and what each misconception makes of them."""

from dataclasses import replace

import numpy as np
import pytest

from grader.authoring import Slope
from grader.courses import answer_key, load_assignment
from grader.courses.cases import derive, fresh
from grader.courses.codec import encode
from grader.courses.versions import rounded, with_versions
from grader.model import Returned, Visibility


@pytest.fixture
def key(author):
    return answer_key(load_assignment(author()), b"secret")


def question(key, name):
    return next(each for each in key.questions if each.name == name)


def cases_of(key, name, check):
    whole = question(key, name)
    found = next(each for each in whole.checks if each.name == check)
    return [whole.cases[position] for position in found.cases]


def arguments(key):
    return [encode(case.args) for each in key.questions for case in each.cases]


def test_the_same_secret_gives_the_same_cases_and_another_one_others(author):
    loaded = load_assignment(author())
    one, same, other = (answer_key(loaded, secret) for secret in (b"secret", b"secret", b"other"))
    assert arguments(one) == arguments(same)
    assert one.version == same.version
    assert arguments(one) != arguments(other)
    assert one.version != other.version


def test_a_seed_hangs_on_every_part_of_its_name():
    parts = [(b"s", "a", "q", "f", 0), (b"t", "a", "q", "f", 0), (b"s", "b", "q", "f", 0), (b"s", "a", "r", "f", 0)]
    parts += [(b"s", "a", "q", "g", 0), (b"s", "a", "q", "f", 1), (b"s", "aq", "", "f", 0)]
    assert len({derive(*each) for each in parts}) == len(parts)


def test_a_seed_is_the_same_for_ever():
    # Marks must not change with a new version of the grader or of Python.
    assert derive(b"s", "a", "q", "f", 0) % 10**9 == 700280172


def test_checks_that_name_the_same_inputs_share_their_cases(key):
    cost, gradient = (
        next(c for c in question(key, "fit").checks if c.name == f"the {n}") for n in ("cost", "gradient")
    )
    assert cost.cases == gradient.cases
    assert len(cost.cases) == 6


def test_examples_come_first_and_the_asked_number_of_cases_follows(key):
    found = cases_of(key, "halve", "tables")
    assert found[0].args[0].shape == (1, 1)
    assert len(found) == 7


def test_a_case_is_public_only_where_students_have_it(key):
    assert [case.visibility for case in cases_of(key, "halve", "worked examples")] == [Visibility.PUBLIC] * 2
    assert {case.visibility for case in cases_of(key, "halve", "tables")} == {Visibility.HIDDEN}
    assert cases_of(key, "q1", "the form")[0].visibility == Visibility.HIDDEN


def test_the_expected_value_is_the_references_own_and_arguments_are_as_they_were_made(key):
    for case in cases_of(key, "halve", "tables"):
        assert np.array_equal(case.expected.value, case.args[0] / 2)


def test_the_misconceptions_outcomes_stand_beside_the_expected(key):
    for case in cases_of(key, "halve", "tables")[1:]:
        assert np.array_equal(case.variants["doubled"].value, case.args[0] * 2)
    for case in cases_of(key, "fit", "the cost"):
        assert np.array_equal(case.variants["half_the_gradient"].value["dw"] * 2, case.expected.value["dw"])
        assert case.variants["half_the_gradient"].value["cost"] == case.expected.value["cost"]


def test_a_slopes_cases_are_the_base_and_plus_and_minus_h_for_each_entry(key):
    found = cases_of(key, "fit", "the slope")
    assert len(found) == 2 * (1 + 2 * 2)
    for start in (0, 5):
        base = found[start].args
        moves = [(case.args[0] - base[0]).ravel() for case in found[start + 1 : start + 5]]
        h = Slope(cost=(), gradient=()).step
        assert np.allclose(moves, [[h, 0], [-h, 0], [0, h], [0, -h]], rtol=1e-6)
        assert all(np.array_equal(case.args[1], base[1]) for case in found[start : start + 5])


def test_a_slope_shares_its_base_with_the_checks_of_the_same_inputs(key):
    checks = {check.name: check for check in question(key, "fit").checks}
    assert checks["the slope"].cases[0] == checks["the cost"].cases[0]


def test_a_loop_is_measured_at_a_small_and_a_large_size(key):
    small, large = cases_of(key, "halve", "without a loop")
    assert (small.args[0].shape, large.args[0].shape) == ((3, 20), (3, 80))
    assert small.measured
    assert large.measured
    assert small.expected.steps == large.expected.steps > 0
    assert small.expected.cpu is not None
    assert small.variants == {}


def test_a_scenario_is_run_alike_with_the_reference_and_each_misconception(key):
    for case in cases_of(key, "halve", "twice"):
        start = np.random.default_rng(case.seed).normal(size=(2, 2))
        assert np.array_equal(case.expected.value, start / 4)
        assert np.array_equal(case.variants["doubled"].value, start * 4)


def test_a_scenario_can_call_the_other_graded_functions(key):
    assert isinstance(cases_of(key, "fit", "built on halve")[0].expected, Returned)


def test_an_answer_has_one_case_without_arguments(key):
    (case,) = question(key, "q1").cases
    assert case.args == ()
    assert case.expected == Returned(value=(3, 3))
    assert case.variants == {"transposed": Returned(value=(3, 1))}
    assert question(key, "q1").kind == "answer"


def test_a_call_that_changes_its_arguments_spoils_no_other(author):
    spoiling = [("return x * 2", "x *= 2\n    return x")]
    for case in cases_of(answer_key(load_assignment(author(checks=spoiling)), b"s"), "halve", "tables"):
        assert np.array_equal(case.expected.value, case.args[0] / 2)


@pytest.mark.parametrize("order", ["C", "F"])
def test_fresh_arguments_keep_their_order_in_memory(order):
    (copied,) = fresh((np.ones((2, 3), order=order),))
    assert copied.flags[f"{order}_CONTIGUOUS"]


@pytest.mark.parametrize(
    "edit",
    [
        ("points=5, compare", "points=4, compare"),
        ("np.zeros((1, 1))", "np.ones((1, 1))"),
        ('hint="Look at the direction."', 'hint="Look at it."'),
        ("cases=3", "cases=4"),
        ('shape="(n, m)"', 'shape="(a, b)"'),
        ("Compare(shape_only=True)", "Compare(rtol=1e-3)"),
        ("student(student(rng.normal(size=(2, 2))))", "student(rng.normal(size=(2, 2)))"),
    ],
)
def test_a_changed_check_changes_the_version_of_its_question_and_of_what_uses_it_only(edit, author, key):
    changed = answer_key(load_assignment(author(checks=[edit])), b"secret")
    versions = [
        (old.name, old.version == new.version) for old, new in zip(key.questions, changed.questions, strict=True)
    ]
    assert versions == [("halve", False), ("fit", False), ("q1", True), ("q2", True)]
    assert changed.version != key.version


def test_a_new_title_or_translation_or_another_measurement_changes_no_version(author, key):
    again = answer_key(load_assignment(author(checks=[('title="Half"', 'title="A half"')])), b"secret")
    assert [each.version for each in again.questions] == [each.version for each in key.questions]


def test_the_last_bits_of_computed_numbers_change_no_version(author, key):
    def jittered(outcome):
        return replace(outcome, value=np.nextafter(outcome.value, np.inf))

    halve = question(key, "halve")
    cases = tuple(replace(case, expected=jittered(case.expected)) for case in halve.cases)
    assert with_versions(replace(key, questions=(halve,))).version == (
        with_versions(replace(key, questions=(replace(halve, cases=cases),))).version
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1.0, 0.9999999999999999),
        (100.0, 100.00000000000001),
        (np.array([1e-17, 1.0]), np.array([0.0, 1.0])),
        (np.float64("inf"), np.float64("inf")),
        (5e-324, 5e-324),
    ],
)
def test_rounding_puts_neighbours_together(one, other):
    assert rounded(one) == rounded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1.0, 1.00001),
        (1, 1.0),
        (np.float32(1), np.float64(1)),
        (np.array([1.0]), np.array([[1.0]])),
        (np.array([np.nan, 1.0]), np.array([np.inf, 1.0])),
        ((1,), [1]),
        ({"a": 1.0}, {"b": 1.0}),
    ],
)
def test_rounding_keeps_different_values_apart(one, other):
    assert rounded(one) != rounded(other)
