"""Values into bytes. What is of a subclass is written as the plain value beneath: none of its own code runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from grader.model import Value
from grader.sandbox.wire.format import (
    ALIGN,
    DTYPES,
    MAGIC,
    MAX_BODY,
    MAX_DEPTH,
    MAX_DIMS,
    MAX_HEAD,
    MAX_INT_BITS,
    MAX_NODES,
    PACKED,
    SMALL_INT,
    Buffer,
    Tree,
    UnsendableError,
    count_parts,
)

if TYPE_CHECKING:
    from grader.model import Case
    from grader.sandbox.protocol import Payload

_NAME_OF: Final = {dtype.str: name for name, dtype in reversed(DTYPES.items())}
_SCALARS: Final = {dtype.type: name for name, dtype in reversed(DTYPES.items())} | {
    # On some platforms two C types have one width; each has a scalar type of its own.
    np.longlong: f"int{np.dtype(np.longlong).itemsize * 8}",
    np.ulonglong: f"uint{np.dtype(np.ulonglong).itemsize * 8}",
    np.intc: f"int{np.dtype(np.intc).itemsize * 8}",
    np.uintc: f"uint{np.dtype(np.uintc).itemsize * 8}",
}
# Kept from before any student code: in a worker, the module's own names may be replaced later on.
_ndarray: Final = np.ndarray
_FLOAT64: Final = DTYPES["float64"]
_PADDING: Final = tuple(bytes(count) for count in range(ALIGN))


def _writer() -> Callable[[Tree], str]:
    """Return what writes JSON: the C encoder, made once, where there is one; json makes another for each text."""
    # The depth is bounded already, so that no circle gets this far.
    slow = json.JSONEncoder(separators=(",", ":"), check_circular=False)
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return slow.encode
    quick = make(None, slow.default, json.encoder.encode_basestring_ascii, None, ":", ",", False, False, True)
    return lambda tree: "".join(quick(tree, 0))


_dumps: Final = _writer()


def type_name(value: object) -> str:
    """Name a value's type, whatever its class makes of being asked."""
    try:
        # type.__dict__ rather than the attribute: a metaclass may define __name__ anew.
        return str(type.__dict__["__name__"].__get__(type(value)))[:80]
    except BaseException:
        return "object"


class _Encoder:
    """Collects the buffers of one value while its tree is built."""

    __slots__ = ("buffers", "nodes", "size")

    def __init__(self) -> None:
        self.buffers: list[Buffer] = []
        self.size = 0
        self.nodes = 0

    def tree(self, value: Value, depth: int = 0) -> Tree:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise UnsendableError("a value nested too deeply" if depth > MAX_DEPTH else "a value of too many parts")
        kind = type(value)
        if kind is float or kind is bool or value is None:
            return value
        if kind is str:
            self.take(len(value))
            return value
        put = _PUT.get(kind)
        if put is None:
            if kind in _SCALARS:
                self.add(value.tobytes())
                return ["s", _SCALARS[kind]]
            return self.tree(_plain(value), depth)
        return put(self, value, depth)

    def take(self, count: int) -> None:
        self.size += count
        if self.size > MAX_BODY:
            raise UnsendableError(f"a value of more than {MAX_BODY >> 20} MB")

    def add(self, data: Buffer) -> None:
        self.buffers.append(data)
        if rest := -len(data) % ALIGN:
            self.buffers.append(_PADDING[rest])

    def integer(self, value: int, _depth: int) -> Tree:
        if -SMALL_INT <= value < SMALL_INT:
            return value
        if value.bit_length() > MAX_INT_BITS:
            raise UnsendableError("an int of too many digits")
        return ["I", hex(value)]

    def complex(self, value: complex, _depth: int) -> Tree:
        return ["c", value.real, value.imag]

    def sequence(self, value: list[Any] | tuple[Any, ...], depth: int) -> Tree:
        tree: list[Tree] = ["l" if type(value) is list else "t"]
        index = 0
        try:
            for index, item in enumerate(value):  # noqa: B007 - the index is wanted after an error
                tree.append(self.tree(item, depth + 1))
        except UnsendableError as error:
            error.path.append(f"[{index}]")
            raise
        return tree

    def mapping(self, value: dict[Any, Any], depth: int) -> Tree:
        tree: dict[str, Tree] = {}
        for key, item in value.items():
            if type(key) is not str:
                raise UnsendableError(f"dict with a key of type {type_name(key)}")
            self.take(len(key))
            try:
                tree[key] = self.tree(item, depth + 1)
            except UnsendableError as error:
                error.path.append(f"[{key[:40]!r}]")
                raise
        return tree

    def array(self, value: np.ndarray[Any, Any], depth: int) -> Tree:
        dtype = value.dtype
        name = "float64" if dtype is _FLOAT64 else _NAME_OF.get(dtype.str)
        if name is None and dtype.hasobject and not value.ndim:
            return self.tree(value.item(), depth + 1)  # `np.squeeze(np.array(cost))`, where cost was left None
        if name is None:
            name = _NAME_OF.get(dtype.newbyteorder().str) if dtype.kind in "biufc" else None
            if name is None:
                raise UnsendableError(f"array of dtype {str(dtype)[:40]}")
            self.take(value.nbytes)
            value = value.astype(DTYPES[name])
        else:
            self.take(value.nbytes)
        shape = value.shape
        # Only what is empty may have a side that its bytes don't bound.
        if len(shape) > MAX_DIMS or (not value.size and max(shape) >= 1 << 40):
            raise UnsendableError("array of a very large shape")
        flags = value.flags
        if flags.c_contiguous:
            layout, data = "C", value.tobytes()
        elif flags.f_contiguous:
            layout, data = "F", value.tobytes("F")
        else:
            layout, data = "view", value.tobytes()
        self.add(data)
        return ["a", name, layout, *shape]


_PUT: Final[dict[type, Callable[[_Encoder, Any, int], Tree]]] = {
    int: _Encoder.integer,
    complex: _Encoder.complex,
    list: _Encoder.sequence,
    tuple: _Encoder.sequence,
    dict: _Encoder.mapping,
    np.ndarray: _Encoder.array,
}


def _plain(value: Any) -> Value:
    """Return what a value of a subclass is beneath. Raises UnsendableError where that is nothing to be carried."""
    mro = _mro(type(value))
    base = next((base for base in _BASES if any(one is base for one in mro)), None)
    if base is None or (any(one is _MaskedArray for one in mro) and _is_masked(value)):
        raise UnsendableError(type_name(value))
    return _BASES[base](value)


def _is_masked(value: Any) -> bool:
    """Whether entries lie below a mask: they are no values."""
    return type(value) is not _MaskedArray or bool(np.ma.getmaskarray(value).any())


_mro: Final[Callable[[type], tuple[type, ...]]] = type.__dict__["__mro__"].__get__
_MaskedArray: Final = np.ma.MaskedArray
_view: Final = _ndarray.view
_BASES: Final[dict[type, Callable[[Any], Value]]] = {
    _ndarray: lambda value: _view(value, _ndarray),
    dict: lambda value: dict(dict.items(value)),
    list: lambda value: list(list.__iter__(value)),
    tuple: lambda value: tuple(tuple.__iter__(value)),
    str: str.__str__,
    float: float.__float__,
    int: int.__int__,
}
"""How to read each plain type beneath a subclass, by that type's own methods, kept from before any student code."""


def encode(value: Value) -> tuple[Tree, list[Buffer]]:
    """Turn a value into a tree for a frame's header and the buffers of its body.

    Raises UnsendableError where a part of it is of a type that the wire doesn't carry, or a cap is passed.
    """
    encoder = _Encoder()
    return encoder.tree(value), encoder.buffers


def dump_head(head: Tree) -> bytes:
    """Write a header, padded so that the body behind it is aligned. Raises UnsendableError where it is too long."""
    text = _dumps(head).encode("ascii")
    # Every part is at least a byte long.
    if len(text) > MAX_HEAD or (len(text) >= MAX_NODES and count_parts(text) > MAX_NODES):
        raise UnsendableError("a value of too many parts")
    return text + b" " * (-len(text) % ALIGN)


def pack(value: Value) -> bytes:
    """Encode a value to stand by itself; `unpack` is the other direction."""
    tree, buffers = encode(value)
    head = dump_head(tree)
    body = b"".join(buffers)
    return PACKED.pack(MAGIC, len(head), len(body)) + head + body


def encode_cases(cases: Sequence[Case]) -> Payload:
    """Encode the cases of one question, once per assignment: every worker is sent the same bytes.

    Raises UnsendableError where an argument is of a type that the wire doesn't carry.
    """
    from grader.sandbox.protocol import Payload

    return Payload(
        frames=tuple(pack(tuple(case.args)) for case in cases), measured=tuple(case.measured for case in cases)
    )
