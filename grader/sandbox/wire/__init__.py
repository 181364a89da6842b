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

from grader.sandbox.wire.decoding import decode, load_head, unpack
from grader.sandbox.wire.encoding import dump_head, encode, encode_cases, pack
from grader.sandbox.wire.format import MAX_BODY, MAX_HEAD, Buffer, ProtocolError, Tree, UnsendableError

__all__ = [
    "MAX_BODY",
    "MAX_HEAD",
    "Buffer",
    "ProtocolError",
    "Tree",
    "UnsendableError",
    "decode",
    "dump_head",
    "encode",
    "encode_cases",
    "load_head",
    "pack",
    "unpack",
]
