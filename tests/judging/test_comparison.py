"""Fair comparison, cause first."""

import cmath

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.authoring import Compare
from grader.judging import compare, distance

A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
GIANT = 10**400


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (1.5, np.float64(1.5)),
        (1.5, np.array(1.5)),
        (np.float64(1.5), 1.5),
        (np.array(2.0), 2),
        (0.0, 0),
        (2, 2.0),
        (1.0, True),
        (np.array([1.0, 0.0]), np.array([True, False])),
        (np.array([[0, 1]]), np.array([[0.0, 1.0]])),
        (A, A.copy(order="F")),
        (A, A[::-1][::-1]),
        (A, A * (1 + 1e-9)),
        (A.astype(np.float32), A * (1 + 1e-5)),
        (A, A.astype(np.float32)),
        ((1, 2), [1, 2]),
        ([1.0, 2.0], (1.0, 2.0)),
        ([1.0, 2.0], np.array([1.0, 2.0])),
        ((), np.array(())),
        ([1.0, 2.0], [np.array(1.0), np.float64(2.0)]),
        ({"dw": A}, {"dw": A, "extra": None}),
        ((A, 1.0), [A, np.float64(1.0)]),
        (None, None),
        ("error", "error"),
        (float("nan"), np.nan),
        (np.array([np.inf, -np.inf, np.nan]), np.array([np.inf, -np.inf, np.nan])),
        (0.0, 1e-13),
        (np.zeros(3), np.array([1e-14, 0.0, -1e-14])),
        (1e-17, -3e-17),
        (1 + 2j, np.complex128(1 + 2j)),
        (1 + 0j, 1),
        (GIANT, GIANT),
        ([], []),
        ((), ()),
        (np.zeros((0, 3)), np.zeros((0, 3))),
    ],
)
def test_equal_enough(expected, got):
    assert compare(expected, got) is None


@pytest.mark.parametrize(
    ("expected", "got", "code"),
    [
        ((1, 2), None, "structure.none"),
        (None, 0, "structure.not_none"),
        ((1, 2), 1, "structure.several"),
        ((A, 1), A, "structure.several"),
        ((1, 2), (1,), "structure.short"),
        ((1, 2), (1, 2, 3), "structure.long"),
        ({"dw": 1, "db": 2}, {"dW": 1, "db": 2}, "structure.key"),
        ({"dw": 1}, (1,), "structure.kind"),
        (A, (A, 1), "structure.single"),
        (1.0, [1.0], "structure.single"),
        (A, A.tolist(), "type.list"),
        (1.0, "1.0", "type.text"),
        (A, "A", "type.text"),
        (A, np.array([["a"]]), "type.object"),
        (A, np.array([None]), "type.object"),
        (A, np.zeros(2, dtype=[("a", float)]), "type.object"),
        (A, np.array(["2020-01-01"], dtype="M8[D]"), "type.object"),
        (1.0, b"1", "structure.unsupported"),
        (1.0, object(), "structure.unsupported"),
        (1.0, 1 + 0j, "type.complex"),
        (1.0, np.array([[1.0]]), "shape.scalar"),
        (1.0, np.array([1.0]), "shape.scalar"),
        (A, 1.0, "shape.array"),
        (A, A.T, "shape.reversed"),
        (A[:, :1], A[:, 0], "shape.rank"),
        (A, A[:, :2], "shape.wrong"),
        (1.0, float("nan"), "nan.nan"),
        (1.0, float("inf"), "nan.infinite"),
        (1e308, float("inf"), "nan.infinite"),
        (float("inf"), float("-inf"), "nan.infinite"),
        (float("inf"), 1e308, "nan.finite"),
        (float("nan"), 0.0, "nan.finite"),
        (1e308, -1e308, "values.differ"),
        (1.0, 1.00001, "values.differ"),
        (10_000_000, 10_000_001, "values.differ"),
        (10_000_000, 10_000_001.0, "values.differ"),
        (2**63, 2**63 + 1, "values.differ"),
        (GIANT, GIANT + 1, "values.differ"),
        (GIANT, float("inf"), "values.differ"),
        (0.0, 1e-9, "values.differ"),
        (1j, 2j, "values.differ"),
        ("error", "(3, 3)", "values.text"),
        (A, A.astype(np.float16) * np.float16(1.01), "values.differ"),
    ],
)
def test_the_first_cause_is_named(expected, got, code):
    assert compare(expected, got).code == code


def test_structure_is_named_before_shape_and_shape_before_values():
    expected = {"dw": A, "db": 1.0, "cost": 1.0}
    assert compare(expected, {"dw": A + 1, "db": np.array([1.0]), "cost": None}).code == "structure.none"
    assert compare(expected, {"dw": A + 1, "db": np.array([1.0]), "cost": np.nan}).code == "shape.scalar"
    assert compare(expected, {"dw": A + 1, "db": 1.0, "cost": np.nan}).code == "nan.nan"
    assert compare(expected, {"dw": A + 1, "db": 1.0, "cost": 1.0}).where == ("dw",)


def test_all_missing_keys_are_named():
    assert compare({"a": 1, "b": 2, "c": 3}, {"b": 2}).params == {"keys": ["a", "c"]}


@pytest.mark.parametrize(
    ("how", "expected", "got", "equal"),
    [
        (Compare(rtol=0.1), 1.0, 1.05, True),
        (Compare(rtol=0.1), 1.0, 1.2, False),
        (Compare(atol=0.1), np.array([10.0, 0.0]), np.array([10.0, 0.9]), True),
        (Compare(exact=True), 1.0, 1.0 + 1e-15, False),
        (Compare(exact=True), 1.0, 1, True),
        (Compare(integers=True), 3, 3.0, False),
        (Compare(integers=True), 3, np.int64(3), True),
        (Compare(integers=True), 1, True, False),
        (Compare(integers=True), GIANT, GIANT, True),
        (Compare(shape_only=True), A, A + 1, True),
        (Compare(shape_only=True), A, A * np.nan, True),
        (Compare(shape_only=True), A, A.T, False),
        (Compare(shape_only=True), A, "text", False),
        (Compare(rtol=1e300), 1e308, -1e308, False),
    ],
)
def test_a_check_can_say_how_to_compare(how, expected, got, equal):
    assert (compare(expected, got, how) is None) is equal


def test_an_infinite_result_never_passes_by_arithmetic():
    assert compare(np.array([1.0, 2.0]), np.full(2, np.inf), Compare(rtol=1e308, atol=1e308)) is not None


def test_distance_counts_in_tolerances():
    assert distance(A, A) == 0
    assert distance(1.0, 1.0 + 1e-7) == pytest.approx(0.1, rel=1e-3)
    assert distance(1.0, 1.0001) == pytest.approx(100, rel=1e-3)
    assert distance(A, A.T) == distance(1.0, None) == distance(1.0, np.inf) == float("inf")
    assert distance("a", "b") == float("inf")
    assert distance("a", "a") == 0
    assert distance(1.0, 2.0, Compare(shape_only=True)) == 0


# --- properties ------------------------------------------------------------------------------------------------------

scalars = st.one_of(
    st.booleans(),
    st.integers(),
    st.integers(-(10**320), 10**320),
    st.floats(),
    st.complex_numbers(),
    st.floats().map(np.float64),
    st.floats(width=32).map(np.float32),
    st.floats().map(np.array),
    st.integers(-128, 127).map(np.int8),
)
arrays = npst.arrays(
    st.sampled_from([np.float64, np.float32, np.float16, np.int64, np.uint64, np.bool_, np.complex128]),
    npst.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3),
)
odd = st.sampled_from(
    [b"x", object(), {1}, np.array(["a"]), np.array([None]), np.datetime64("2020"), range(3), Ellipsis]
)
wire = st.recursive(
    st.one_of(st.none(), scalars, st.text(max_size=5), arrays),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=6,
)
hows = st.builds(
    Compare,
    rtol=st.none() | st.floats(0, 1e308),
    atol=st.none() | st.floats(0, 1e308),
    exact=st.booleans(),
    integers=st.just(False),
    shape_only=st.booleans(),
)


@given(wire, hows)
def test_every_value_equals_itself(value, how):
    assert compare(value, value, how) is None
    assert distance(value, value, how) == 0


@given(wire, st.one_of(wire, odd), hows, st.booleans())
def test_nothing_makes_it_raise(expected, got, how, integers):
    how = Compare(rtol=how.rtol, atol=how.atol, exact=how.exact, integers=integers, shape_only=how.shape_only)
    compare(expected, got, how)
    distance(expected, got, how)


@given(odd, wire)
def test_what_the_wire_cannot_carry_equals_nothing(value, expected):
    assert compare(expected, value) is not None
    assert compare(value, value).code == "internal_error"


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_acceptance_of_floats_is_symmetric_but_for_the_edge_of_the_tolerance(one, other):
    if compare(one, other) is None:
        assert compare(other, one, Compare(rtol=2.1e-6, atol=0 if one and other else 1e-11)) is None or abs(one) < 1e-14


@given(st.floats(), st.floats(), hows)
def test_single_floats_are_judged_as_arrays_of_one_are(one, other, how):
    alone, boxed = compare(one, other, how), compare(np.array([one]), np.array([other]), how)
    assert (alone and alone.code) == (boxed and boxed.code)


@given(st.integers(), st.integers())
def test_whole_numbers_are_equal_only_to_themselves(one, other):
    assert (compare(one, other) is None) == (one == other)


@given(npst.arrays(np.float64, npst.array_shapes(max_dims=2, max_side=4), elements=st.floats(-1e6, 1e6)), st.data())
def test_no_finite_array_accepts_an_entry_that_is_not(array, data):
    spoiled = array.copy()
    place = data.draw(st.integers(0, array.size - 1))
    spoiled.flat[place] = data.draw(st.sampled_from([np.inf, -np.inf, np.nan]))
    assert compare(array, spoiled).code in ("nan.nan", "nan.infinite")
    assert compare(spoiled, array).code == "nan.finite"


@given(st.complex_numbers(allow_nan=False, allow_infinity=False, max_magnitude=1e100))
def test_complex_numbers_are_compared_in_both_parts(number):
    assert compare(number, number * cmath.exp(1e-3j)) is not None or abs(number) < 1e-9
