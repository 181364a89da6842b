"""What an exception tells a learner: a code for the kind of mistake, and what may be said of it.

For a hidden check nothing that the student's program wrote is passed on - neither message, nor names, nor shapes - for
a program may put its inputs there; which of a fixed list of explanations fits is all that shows. The type's name is
passed on where it is one of Python's or numpy's own.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Sequence
from typing import TypeAlias

from grader.judging.broadcasting import align, align_product, broadcast
from grader.model import JSON, Location, Message, QuestionKey, Raised
from grader.records import dataclass
from grader.text import clean

_NUMPYS = ("AxisError", "LinAlgError", "UFuncTypeError", "_UFuncNoLoopError", "_UFuncOutputCastingError")
KNOWN_TYPES = frozenset(
    name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException)
).union(_NUMPYS)
_SHAPE = re.compile(r"\((\d{1,12}(?:,\s?\d{1,12})*|\d{1,12},|)\)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CALLED = re.compile(r"(?:\w{1,60}\.)*([A-Za-z_]\w{0,59})\(\) ")
_INNER = {"exception.arguments": "exception.inner_arguments", "exception.keyword": "exception.inner_keyword"}
_NAMELESS = ("", "")
_EVERYDAY = _words("A J W X Y Z a b cost dZ db dw dz i m math n np numpy plt s w x y z")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    """How to recognise a kind of mistake: the exception's type and a pattern in its message."""

    code: str
    types: frozenset[str]
    pattern: re.Pattern[str]


def _sign(code: str, types: str, pattern: str = "") -> _Sign:
    return _Sign(code=code, types=_words(types), pattern=re.compile(pattern))


_CALLABLE = "(?:function|builtin_function_or_method|method|type|module)"
_CASTING = "UFuncTypeError UFuncOutputCastingError _UFuncOutputCastingError"
_SIGNS: tuple[_Sign, ...] = (
    _sign("exception.unfinished", "NotImplementedError"),
    _sign("exception.product", "ValueError", r"not aligned|matmul: .*core dimension"),
    _sign("exception.broadcast", "ValueError", r"(?:could not|cannot) be broadcast|broadcast(?: input array|able)"),
    _sign("exception.reshape", "ValueError", r"cannot reshape array"),
    _sign("exception.join", "ValueError", r"all the input array dimensions|same number of dimensions|same shape"),
    _sign("exception.truth", "ValueError", r"truth value of an array"),
    _sign("exception.element", "ValueError TypeError", r"array element with a sequence|inhomogeneous shape"),
    _sign("exception.unpack", "ValueError TypeError", r"values to unpack|cannot unpack"),
    _sign("exception.domain", "ValueError", r"math domain error|expected a (?:positive|nonnegative) input"),
    _sign("exception.read_only", "ValueError", r"read-only"),
    _sign("exception.array_index", "TypeError", r"only integer scalar arrays"),
    _sign("exception.scalar_only", "TypeError", r"only (?:0-dimensional|length-1|size-1) arrays"),
    _sign("exception.none", "TypeError AttributeError", r"NoneType"),
    _sign("exception.keyword", "TypeError", r"unexpected keyword argument|multiple values for"),
    _sign("exception.arguments", "TypeError", r"positional argument|missing \d+ required|takes no arguments"),
    _sign("exception.called", "TypeError", r"object is not callable"),
    _sign("exception.function", "TypeError", rf"'{_CALLABLE}' object is not subscriptable|operand.*'{_CALLABLE}'"),
    _sign("exception.iterate", "TypeError", r"object is not iterable|iteration over a 0-d"),
    _sign("exception.float_index", "TypeError IndexError", r"as an integer|of integers|only integers|be integers"),
    _sign("exception.subscript", "TypeError IndexError", r"not subscriptable|too many indices|invalid index to scalar"),
    _sign("exception.no_matrix", "TypeError ValueError", r"for @: '|matmul: Input operand \d does not have enough"),
    _sign("exception.operands", "TypeError", r"unsupported operand|bad operand type|can only concat|multiply sequence"),
    _sign("exception.compared", "TypeError", r"not supported between instances"),
    _sign("exception.length", "TypeError", r"has no len\(\)"),
    _sign("exception.number", "TypeError", r"argument must be a string or a(?: real)? number"),
    _sign("exception.zip", "ValueError", r"zip\(\) argument"),
    _sign("exception.casting", f"TypeError {_CASTING}", r"[Cc]annot cast"),
    _sign("exception.overflow", "OverflowError"),
    _sign("exception.zero_division", "ZeroDivisionError"),
    _sign("exception.axis", "AxisError ValueError", r"axis .* out of bounds"),
    _sign("exception.index", "IndexError"),
    _sign("exception.key", "KeyError"),
    _sign("exception.unbound", "UnboundLocalError"),
    _sign("exception.name", "NameError"),
    _sign("exception.module", "ImportError ModuleNotFoundError"),
    _sign("exception.attribute", "AttributeError"),
    _sign("exception.recursion", "RecursionError"),
    _sign("exception.memory", "MemoryError"),
    _sign("exception.assertion", "AssertionError"),
    _sign("exception.input", "EOFError StdinNotImplementedError"),
    _sign("exception.exit", "SystemExit KeyboardInterrupt"),
    _sign("exception.file", "FileNotFoundError PermissionError OSError IsADirectoryError"),
)

Params: TypeAlias = dict[str, JSON]


def explain(raised: Raised, question: QuestionKey, *, visible: bool) -> Message:
    """Return what to say about an exception: for a public check in full, for a hidden one in kind only."""
    code = next(
        (sign.code for sign in _SIGNS if raised.type in sign.types and sign.pattern.search(raised.message)),
        "exception.other",
    )
    params: Params = {}
    if raised.type in KNOWN_TYPES:
        params["type"] = raised.type
    elif visible:
        params["type"] = clean(raised.type, 60)
    if raised.location is not None:
        params["place"] = place(raised.location)
    if code == "exception.name" and question.kind == "answer":
        code = "exception.unquoted"
    if code in _INNER and raised.location is not None:
        # The student's own code makes this call: it is not the graded function that is called wrongly.
        code = _INNER[code]
        named = _CALLED.match(raised.message)
        if named and (visible or named[1] in _vocabulary(question)):
            params["called"] = named[1]
    elif code in _INNER and question.parameters:
        params["expected"] = f"{question.name}({', '.join(question.parameters)})"
    name = raised.params.get("name")
    if isinstance(name, str) and (visible or name in _vocabulary(question)):
        params["name"] = clean(name, 60)
    function = raised.params.get("function")
    if code == "exception.unfinished" and isinstance(function, str) and (visible or function in _vocabulary(question)):
        params["function"] = clean(function, 60)
    if visible:
        params.update(_in_full(code, raised))
    return Message(code=code, params=params)


def place(location: Location) -> dict[str, JSON]:
    """Return a place in the student's file as parameters."""
    return {"line": location.line} if location.cell is None else {"cell": location.cell, "line": location.line}


def _vocabulary(question: QuestionKey) -> frozenset[str]:
    """Names that say nothing of the inputs: the question's own, and those that every solution has."""
    return _EVERYDAY.union(question.parameters, question.uses, (question.name,))


def _in_full(code: str, raised: Raised) -> Params:
    """Return what only a public check may say: the message, the shapes aligned, the keys that are there."""
    message = clean(raised.message, 300)
    params: Params = {"message": message} if message.strip() else {}
    for key in ("key", "signature"):
        value = raised.params.get(key)
        if isinstance(value, str | int):
            params[key] = clean(str(value), 120)
    keys = raised.params.get("keys")
    if isinstance(keys, list):
        params["keys"] = [clean(str(key), 40) for key in keys[:12]]
    if code in ("exception.broadcast", "exception.product"):
        params.update(_shapes(code, raised))
    return params


def _shapes(code: str, raised: Raised) -> Params:
    """Return the two shapes, and the lines that show where they clash."""
    shapes = _listed(raised.params.get("shapes")) or _written(raised.message)
    if len(shapes) != 2 or any(len(shape) > 8 for shape in shapes):
        return {}
    first, second = shapes
    if code == "exception.product":
        lines = align_product(first, second, _NAMELESS)
    elif broadcast(first, second) is None:
        lines = align(first, second, _NAMELESS)
    else:
        return {}
    return {"shapes": [list(first), list(second)], "lines": list(lines)}


def _listed(shapes: JSON) -> list[Sequence[int]]:
    if not isinstance(shapes, list):
        return []
    listed: list[Sequence[int]] = []
    for shape in shapes:
        if not isinstance(shape, list) or not all(type(size) is int and size >= 0 for size in shape):
            return []
        listed.append([size for size in shape if isinstance(size, int)])
    return listed


def _written(message: str) -> list[Sequence[int]]:
    """Read the shapes out of one of numpy's own messages."""
    if len(message) > 500:
        return []
    return [tuple(int(size) for size in re.findall(r"\d+", found)) for found in _SHAPE.findall(message)]
