from __future__ import annotations

import json
import math
from collections import OrderedDict, defaultdict
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.wire import ProtocolError, UnsendableError, decode, encode, load_head, pack, unpack
from grader.sandbox.wire.format import NAMES

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=20),
    st.integers(2**70, 2**90),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(max_size=5), inner, max_size=4),
    ),
    max_leaves=20,
)


def same(a: Any, b: Any) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray | np.generic):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, float | complex):
        return repr(a) == repr(b)
    return bool(a == b)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_values_come_back_as_they_were(value: Any) -> None:
    assert same(unpack(pack(value)), value)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (1, 1), (0, 4), (2, 1, 3)])
def test_arrays_of_every_dtype_come_back(name: str, shape: tuple[int, ...]) -> None:
    array = np.arange(math.prod(shape)).reshape(shape).astype(name)
    assert same(unpack(pack(array)), array)
    if array.size:
        scalar = array.ravel()[-1]
        assert same(unpack(pack(scalar)), scalar)


def test_python_scalars_numpy_scalars_and_0d_arrays_stay_apart() -> None:
    value = [1.0, np.float64(1), np.array(1.0), True, np.True_, 1, np.int64(1)]
    assert [type(each) for each in unpack(pack(value))] == [type(each) for each in value]


@pytest.mark.parametrize(
    ("array", "layout"),
    [
        (np.arange(6.0).reshape(2, 3), "C"),
        (np.asfortranarray(np.arange(6.0).reshape(2, 3)), "F"),
        (np.arange(12.0).reshape(2, 6)[:, ::2], "view"),
        (np.arange(24.0).reshape(2, 3, 4).transpose(1, 0, 2), "view"),
    ],
)
def test_layouts_are_reproduced(array: np.ndarray[Any, Any], layout: str) -> None:
    back = unpack(pack(array))
    assert np.array_equal(back, array)
    assert back.flags.writeable
    seen = "C" if back.flags.c_contiguous else "F" if back.flags.f_contiguous else "view"
    assert seen == layout


def test_an_array_of_foreign_byte_order_becomes_a_native_one() -> None:
    back = unpack(pack(np.arange(3, dtype=">f8")))
    assert back.dtype == np.float64
    assert back.tolist() == [0, 1, 2]


class Sub(np.ndarray[Any, Any]):
    pass


class Text(str):
    __slots__ = ()


@pytest.mark.parametrize(
    ("value", "kind", "where"),
    [
        ([1, {"a": b"b"}], "bytes", "[1]['a']"),
        ((1, {2}), "set", "[1]"),
        (b"bytes", "bytes", ""),
        ({1: 2}, "dict with a key of type int", ""),
        (np.array([object()]), "array of dtype object", ""),
        (np.zeros(2, dtype=[("a\n'; import os", "f8")]), "array of dtype [(\"a\\n'; import os\", '<f8')]", ""),
        (np.array(["a"]), "array of dtype <U1", ""),
        (np.broadcast_to(1.0, (1 << 20, 1 << 20)), "a value of more than 64 MB", ""),
        (1 << 100_000, "an int of too many digits", ""),
        ("x" * (65 << 20), "a value of more than 64 MB", ""),
        ([0] * 400_000, "a value of too many parts", ""),
    ],
    ids=map(str, range(11)),
)
def test_what_cannot_be_carried_is_refused_with_its_type_and_place(value: Any, kind: str, where: str) -> None:
    with pytest.raises(UnsendableError) as caught:
        pack(value)
    assert caught.value.kind == kind
    assert caught.value.where.endswith(where)


class Numbers(list[int]):
    def __iter__(self) -> Any:
        raise AssertionError("a subclass's own code must not run")

    __len__ = __getitem__ = __iter__


class Named(dict[str, int]):
    def items(self) -> Any:
        raise AssertionError("a subclass's own code must not run")

    __iter__ = keys = __len__ = items


class Whole(IntEnum):
    TWO = 2


class Half(float):
    def __float__(self) -> float:
        raise AssertionError("a subclass's own code must not run")


class Pair(NamedTuple):
    grads: dict[str, float]
    cost: float


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (OrderedDict(w=1.5, b=2), {"w": 1.5, "b": 2}),
        (defaultdict(int, db=0.5), {"db": 0.5}),
        (Pair({"dw": 1.0}, 0.25), ({"dw": 1.0}, 0.25)),
        (Numbers([1, 2]), [1, 2]),
        (Named(a=1), {"a": 1}),
        ((Whole.TWO, Half(0.5)), (2, 0.5)),
        ([1, {"a": Text("b")}], [1, {"a": "b"}]),
        (np.str_("error"), "error"),
        (np.array(None), None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_of_a_subclass_is_carried_as_the_plain_value_beneath(value: Any, plain: Any) -> None:
    came = unpack(pack(value))
    assert came == plain
    assert type(came) is type(plain)


@pytest.mark.parametrize(
    "value",
    [
        np.zeros(3).view(Sub),
        np.eye(2).view(np.matrix),
        np.ma.masked_array(np.arange(3.0)),
        np.eye(3).view(np.matrix)[::2].T,
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_array_of_a_subclass_is_carried_as_an_array(value: Any) -> None:
    came = unpack(pack(value))
    assert type(came) is np.ndarray
    assert came.tolist() == value.tolist()


def test_a_list_within_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(UnsendableError, match="nested"):
        pack(endless)


def test_a_metaclass_that_lies_about_its_name_is_named_all_the_same() -> None:
    class Meta(type):
        @property
        def __name__(cls) -> str:  # type: ignore[override]
            raise RuntimeError

    class Odd(metaclass=Meta):
        pass

    with pytest.raises(UnsendableError, match="Odd"):
        pack(Odd())


@pytest.mark.parametrize(
    ("tree", "body"),
    [
        ([], b""),
        ([1], b""),
        (["x"], b""),
        (["a"], b""),
        (["a", "f8", "C", 1], bytes(16)),
        (["a", "object", "C", 1], bytes(16)),
        (["a", ["f8"], "C", 1], bytes(16)),
        (["a", "float64", "C", 1], b""),
        (["a", "float64", "C", 3], bytes(16)),
        (["a", "float64", "C", -1], bytes(16)),
        (["a", "float64", "C", True], bytes(16)),
        (["a", "float64", "C", 1 << 50], bytes(16)),
        (["a", "float64", "C", 1 << 39, 1 << 39, 1 << 39], bytes(16)),
        (["a", "float64", "D", 1], bytes(16)),
        (["a", "float64", "C", *([1] * 40)], bytes(16)),
        (["a", "bool", "C", 2], b"\x07" + bytes(15)),
        (["s", "float64"], b""),
        (["s"], b""),
        (["c", 1, 2], b""),
        (["I", "12"], b""),
        (["I", "0x" + "f" * 5000], b""),
        (["I", "zz"], b""),
        (1 << 70, b""),
        (1.0, bytes(16)),
    ],
)
def test_an_odd_tree_is_a_protocol_error(tree: Any, body: bytes) -> None:
    with pytest.raises(ProtocolError):
        decode(tree, body)


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"\xff", b"[" * 100_000, b"[" * 9_000 + b"]" * 9_000, b"[" + b"0," * 700_000 + b"0]", b" " * (9 << 20)],
    ids=map(str, range(7)),
)
def test_an_odd_header_is_a_protocol_error(text: bytes) -> None:
    with pytest.raises(ProtocolError):
        load_head(text)


def test_depth_is_bounded_when_decoding() -> None:
    tree: Any = 1
    for _ in range(60):
        tree = ["l", tree]
    with pytest.raises(ProtocolError):
        decode(tree, b"")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_do_worse_than_a_protocol_error(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        unpack(data)


@settings(max_examples=200, deadline=None)
@given(st.recursive(SCALARS, lambda inner: st.lists(st.one_of(inner, st.sampled_from("atlscI")), max_size=5)))
def test_no_tree_does_worse_than_a_protocol_error(tree: Any) -> None:
    try:
        text = json.dumps(tree).encode()
    except (TypeError, ValueError):
        return
    try:
        decode(load_head(text), bytes(64))
    except ProtocolError:
        return


def test_decoding_for_judging_makes_views_that_cannot_be_written() -> None:
    tree, buffers = encode(np.arange(3.0))
    array = decode(tree, b"".join(buffers))
    assert not array.flags.writeable
