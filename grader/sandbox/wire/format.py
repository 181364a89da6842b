"""What both directions of the wire know: caps, the table of dtypes, errors."""

from __future__ import annotations

import struct
from typing import Any, Final, TypeAlias

import numpy as np

Buffer: TypeAlias = bytes | bytearray | memoryview
Tree: TypeAlias = Any

MAX_DEPTH: Final = 32
MAX_NODES: Final = 300_000
MAX_INT_BITS: Final = 8192
MAX_HEAD: Final = 8 << 20
MAX_BODY: Final = 64 << 20
MAX_DIMS: Final = 32
ALIGN: Final = 16

SMALL_INT: Final = 1 << 63
PACKED: Final = struct.Struct("<4sIQ")
MAGIC: Final = b"val1"

# longdouble and clongdouble stand apart: their width differs between machines, but both ends are on one machine.
NAMES: Final = (
    *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("float16", "float32", "float64", "longdouble", "complex64", "complex128", "clongdouble"),
)
DTYPES: Final = {name: np.dtype(name) for name in NAMES}
LAYOUTS: Final = ("C", "F", "view")


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


def count_parts(text: Buffer) -> int:
    """Return an upper bound of the number of nodes in a JSON text."""
    data = bytes(text)
    return data.count(b",") + data.count(b"[") + data.count(b"{") + 1
