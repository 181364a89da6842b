"""Values on the wire: a JSON tree and raw array buffers, under caps, and nothing else.

None, bool, float, str and ints of up to 63 bits stand for themselves in the tree, a dict with string keys is an object,
and everything else is a tagged list:

    ["l", …]  list      ["t", …]  tuple      ["c", re, im]  complex      ["I", hex]  a larger int
    ["s", dtype]  numpy scalar               ["a", dtype, layout, n0, n1, …]  array

The bytes of scalars and arrays follow in the body in the order of the tree, each padded to 16 bytes. `dtype` is a key
of a fixed table: no dtype string is ever evaluated and nothing is pickled. What is of a subclass - an OrderedDict, a
named tuple, an np.matrix - is written as the plain value that it is beneath, read by the plain type's own methods: none
of the code that it may carry runs. Every count and length is checked before memory is taken for it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np

from grader.model import Value

if TYPE_CHECKING:
    from grader.model import Case
    from grader.sandbox.protocol import Payload

Buffer: TypeAlias = bytes | bytearray | memoryview
Tree: TypeAlias = Any

MAX_DEPTH: Final = 32
MAX_NODES: Final = 300_000
MAX_INT_BITS: Final = 8192
MAX_HEAD: Final = 8 << 20
MAX_BODY: Final = 64 << 20
MAX_DIMS: Final = 32
ALIGN: Final = 16

_SMALL_INT: Final = 1 << 63
_PACKED: Final = struct.Struct("<4sIQ")
_MAGIC: Final = b"val1"

# longdouble and clongdouble stand apart: their width differs between machines, but both ends are on one machine.
_NAMES: Final = (
    *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("float16", "float32", "float64", "longdouble", "complex64", "complex128", "clongdouble"),
)
_DTYPES: Final = {name: np.dtype(name) for name in _NAMES}
_NAME_OF: Final = {dtype.str: name for name, dtype in reversed(_DTYPES.items())}
_SCALARS: Final = {dtype.type: name for name, dtype in reversed(_DTYPES.items())} | {
    # On some platforms two C types have one width; each has a scalar type of its own.
    np.longlong: f"int{np.dtype(np.longlong).itemsize * 8}",
    np.ulonglong: f"uint{np.dtype(np.ulonglong).itemsize * 8}",
    np.intc: f"int{np.dtype(np.intc).itemsize * 8}",
    np.uintc: f"uint{np.dtype(np.uintc).itemsize * 8}",
}
# Kept from before any student code: in a worker, the module's own names may be replaced later on.
_frombuffer, _empty, _ndarray, _scan = np.frombuffer, np.empty, np.ndarray, json.JSONDecoder().raw_decode
_FLOAT64: Final = _DTYPES["float64"]
_BOOL: Final = _DTYPES["bool"]
_LAYOUTS: Final = ("C", "F", "view")
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


class ProtocolError(Exception):
    """What came over the wire is not what this protocol allows."""


class UnsendableError(Exception):
    """A value that the wire can't carry: the name of its type, and where in the value it stood."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.path: list[str] = []

    @property
    def where(self) -> str:
        """Say where, as an index expression: `[0]['dw']`."""
        return "".join(reversed(self.path))[:200]


def type_name(value: object) -> str:
    """Name a value's type, whatever its class makes of being asked."""
    try:
        # type.__dict__ rather than the attribute: a metaclass may define __name__ anew.
        return str(type.__dict__["__name__"].__get__(type(value)))[:80]
    except BaseException:
        return "object"


# --- encoding ------------------------------------------------------------------------------------------------------


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
        if -_SMALL_INT <= value < _SMALL_INT:
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
            value = value.astype(_DTYPES[name])
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
    if len(text) > MAX_HEAD or (len(text) >= MAX_NODES and _parts(text) > MAX_NODES):
        raise UnsendableError("a value of too many parts")
    return text + b" " * (-len(text) % ALIGN)


def pack(value: Value) -> bytes:
    """Encode a value to stand by itself; `unpack` is the other direction."""
    tree, buffers = encode(value)
    head = dump_head(tree)
    body = b"".join(buffers)
    return _PACKED.pack(_MAGIC, len(head), len(body)) + head + body


def encode_cases(cases: Sequence[Case]) -> Payload:
    """Encode the cases of one question, once per assignment: every worker is sent the same bytes.

    Raises UnsendableError where an argument is of a type that the wire doesn't carry.
    """
    from grader.sandbox.protocol import Payload

    return Payload(
        frames=tuple(pack(tuple(case.args)) for case in cases), measured=tuple(case.measured for case in cases)
    )


# --- decoding ------------------------------------------------------------------------------------------------------


def _parts(text: Buffer) -> int:
    """Return an upper bound of the number of nodes in a JSON text."""
    data = bytes(text)
    return data.count(b",") + data.count(b"[") + data.count(b"{") + 1


def load_head(text: Buffer) -> Tree:
    """Parse a header, under the caps on length, parts and depth."""
    if len(text) > MAX_HEAD or (len(text) >= 2 * MAX_NODES and _parts(text) > 2 * MAX_NODES):
        raise ProtocolError("header too long")
    try:
        words = str(text, "utf-8", "surrogatepass")
        # What json.loads does, but for the space before: what is written here begins at once and is padded behind.
        tree, end = _scan(words, 0)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        raise ProtocolError("header is not JSON") from error
    if words[end:].strip(" "):
        raise ProtocolError("header is not JSON")
    return tree


class _Decoder:
    """Reads the values of one tree, and their buffers from one body, strictly in order."""

    __slots__ = ("body", "length", "nodes", "own", "position")

    def __init__(self, body: Buffer, *, own: bool) -> None:
        self.body = body
        self.length = len(body)
        self.position = 0
        self.nodes = 0
        self.own = own

    def value(self, tree: Tree, depth: int = 0) -> Value:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise ProtocolError("value too large or too deep")
        kind = type(tree)
        if kind is float or kind is str or kind is bool or tree is None:
            return tree
        if kind is int:
            if not -_SMALL_INT <= tree < _SMALL_INT:
                raise ProtocolError("int too large")
            return tree
        if kind is dict:
            return {key: self.value(item, depth + 1) for key, item in tree.items()}
        if not tree or type(tree[0]) is not str:
            raise ProtocolError("untagged list")
        if tree[0] == "a":
            return self.array(tree)
        return self.tagged(tree[0], tree, depth)

    def tagged(self, tag: str, tree: list[Tree], depth: int) -> Value:
        if tag == "t":
            return tuple([self.value(item, depth + 1) for item in tree[1:]])
        if tag == "l":
            return [self.value(item, depth + 1) for item in tree[1:]]
        if tag == "s" and len(tree) == 2:
            return self.array(["a", tree[1], "C", 1])[0]
        if tag == "c" and len(tree) == 3 and type(tree[1]) is float and type(tree[2]) is float:
            return complex(tree[1], tree[2])
        if tag == "I" and len(tree) == 2:
            return self.integer(tree[1])
        raise ProtocolError("unknown tag")

    def integer(self, text: Tree) -> int:
        if type(text) is not str or len(text) > MAX_INT_BITS // 4 + 3:
            raise ProtocolError("bad int")
        try:
            value = int(text, 16)
        except ValueError as error:
            raise ProtocolError("bad int") from error
        if -_SMALL_INT <= value < _SMALL_INT or hex(value) != text:
            raise ProtocolError("bad int")
        return value

    def array(self, tree: list[Tree]) -> np.ndarray[Any, Any]:
        if len(tree) < 3 or len(tree) > 3 + MAX_DIMS:
            raise ProtocolError("bad array")
        _, name, layout, *shape = tree
        if layout not in _LAYOUTS:
            raise ProtocolError("bad array")
        dtype = _DTYPES.get(name) if type(name) is str else None
        if dtype is None:
            raise ProtocolError("unknown dtype")
        count = 1
        for n in shape:
            if type(n) is not int or not 0 <= n < 1 << 40:
                raise ProtocolError("bad shape")
            count *= n
        begin, end = self.position, self.position + count * dtype.itemsize
        if end > self.length:
            raise ProtocolError("body too short")
        self.position = end + -end % ALIGN
        order: Literal["C", "F"] = "F" if layout == "F" else "C"
        try:
            array = _ndarray(shape, dtype, self.body, begin, None, order)
        except ValueError as error:
            raise ProtocolError("bad shape") from error
        if dtype is _BOOL and count and array.view("u1").max() > 1:
            raise ProtocolError("bad bool")
        if not self.own:
            return array
        if layout == "view" and shape:
            wide = _empty((*shape[:-1], 2 * shape[-1]), dtype)[..., ::2]
            wide[...] = array
            return wide
        return array.copy(order)

    def done(self) -> None:
        if self.position < self.length:
            raise ProtocolError("bytes left over")


def decode(tree: Tree, body: Buffer, *, own: bool = False) -> Value:
    """Turn a tree and its body back into the value. Raises ProtocolError at anything odd.

    With `own` its arrays are fresh, writable and laid out as they were; else they are read-only views of the body.
    """
    decoder = _Decoder(body, own=own)
    value = decoder.value(tree)
    decoder.done()
    return value


def unpack(data: Buffer, *, own: bool = True) -> Value:
    """Decode what `pack` wrote."""
    view = memoryview(data)
    if len(view) < _PACKED.size:
        raise ProtocolError("too short")
    magic, head, body = _PACKED.unpack_from(view)
    start = _PACKED.size + head
    if magic != _MAGIC or head > MAX_HEAD or start + body != len(view):
        raise ProtocolError("bad lengths")
    return decode(load_head(view[_PACKED.size : start]), view[start:], own=own)
