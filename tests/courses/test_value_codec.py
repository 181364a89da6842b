"""Values as strict JSON and back."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.courses.codec import DTYPES, Uncarriable, decode, encode, find_uncarriable

plain = st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text()
arrays = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda name: npst.arrays(np.dtype(name), npst.array_shapes(min_dims=0, min_side=0, max_dims=3, max_side=3))
)
values = st.recursive(
    plain | arrays,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


def same(one, other):
    """Whether two values are the same to the last bit, types and memory order included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (np.ndarray, np.generic)):
        return (
            one.dtype == other.dtype
            and one.shape == other.shape
            and np.array_equal(one, other, equal_nan=one.dtype.kind in "fc")
            and np.array_equal(np.signbit(one.real), np.signbit(other.real)) | np.isnan(one).any()
            if one.dtype.kind in "fc"
            else one.dtype == other.dtype and np.array_equal(one, other)
        )
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return one == other or repr(one) == repr(other)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(values)
def test_every_value_comes_back_from_strict_json_as_it_was(value):
    text = json.dumps(encode(value), allow_nan=False)
    assert same(decode(json.loads(text)), value)
    assert find_uncarriable(value) is None


@pytest.mark.parametrize("order", ["C", "F"])
def test_the_order_in_memory_comes_back(order):
    back = decode(encode(np.arange(6.0).reshape(2, 3).copy(order=order)))
    assert back.flags[f"{order}_CONTIGUOUS"]
    assert np.array_equal(back, np.arange(6.0).reshape(2, 3))


def test_a_view_comes_back_as_what_it_shows():
    assert np.array_equal(decode(encode(np.arange(10)[::2])), [0, 2, 4, 6, 8])


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({1, 2}, ""),
        ([1, (2, object())], "[1][1]"),
        ({"a": {3: 4}}, "['a']"),
        (np.array([None]), ""),
        (np.array(["x"]), ""),
        (np.ma.array([1]), ""),
        (np.longdouble(1), ""),
        (lambda: 1, ""),
    ],
)
def test_what_cannot_travel_is_told_with_its_place(value, where):
    with pytest.raises(Uncarriable) as caught:
        encode(value)
    assert caught.value.where == where
    assert find_uncarriable(value).where == where


@pytest.mark.parametrize(
    "plain_json",
    [
        {"array": {"dtype": "object", "shape": [1], "order": "C", "data": [1]}},
        {"array": {"dtype": "float64", "shape": [3], "order": "C", "data": [1.0]}},
        {"array": {"dtype": "float64", "shape": [1], "order": "C"}},
        {"scalar": ["float65", 1]},
        {"what": 1},
        {"a": 1, "b": 2},
        {"float": "many"},
    ],
)
def test_what_encode_never_wrote_is_refused(plain_json):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is numpy's in one of the cases
        decode(plain_json)
