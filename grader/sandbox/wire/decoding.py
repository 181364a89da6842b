"""Bytes into values, strictly: every count and length is checked before memory is taken for it."""

from __future__ import annotations

import json
from typing import Any, Final, Literal

import numpy as np

from grader.model import Value
from grader.sandbox.wire.format import (
    ALIGN,
    DTYPES,
    LAYOUTS,
    MAGIC,
    MAX_DEPTH,
    MAX_DIMS,
    MAX_HEAD,
    MAX_INT_BITS,
    MAX_NODES,
    PACKED,
    SMALL_INT,
    Buffer,
    ProtocolError,
    Tree,
    count_parts,
)

# Kept from before any student code: in a worker, the module's own names may be replaced later on.
_empty, _ndarray, _scan = np.empty, np.ndarray, json.JSONDecoder().raw_decode
_BOOL: Final = DTYPES["bool"]


def load_head(text: Buffer) -> Tree:
    """Parse a header, under the caps on length, parts and depth."""
    if len(text) > MAX_HEAD or (len(text) >= 2 * MAX_NODES and count_parts(text) > 2 * MAX_NODES):
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
            if not -SMALL_INT <= tree < SMALL_INT:
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
        if -SMALL_INT <= value < SMALL_INT or hex(value) != text:
            raise ProtocolError("bad int")
        return value

    def array(self, tree: list[Tree]) -> np.ndarray[Any, Any]:
        if len(tree) < 3 or len(tree) > 3 + MAX_DIMS:
            raise ProtocolError("bad array")
        _, name, layout, *shape = tree
        if layout not in LAYOUTS:
            raise ProtocolError("bad array")
        dtype = DTYPES.get(name) if type(name) is str else None
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
    if len(view) < PACKED.size:
        raise ProtocolError("too short")
    magic, head, body = PACKED.unpack_from(view)
    start = PACKED.size + head
    if magic != MAGIC or head > MAX_HEAD or start + body != len(view):
        raise ProtocolError("bad lengths")
    return decode(load_head(view[PACKED.size : start]), view[start:], own=own)
