"""The version of a question: a digest of all that can change its marks, so that a changed check regrades only it.

It covers the question's own key (cases, expected outcomes, checks, misconceptions, limits), the versions of what it
uses, and what all questions share: the names that are looked for in a student's program, and for follow-through the
reference and the rate.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType, ModuleType
from typing import Any, Protocol

import numpy as np

from grader.model import AnswerKey, QuestionKey


class _Digest(Protocol):
    def update(self, data: bytes, /) -> None: ...


def question_versions(key: AnswerKey, *settings: str) -> dict[str, str]:
    """Return each question's version, by name.

    `settings` is whatever else a mark may hang on, as text: the follow-through rate, say, or its being off.
    """
    questions = {question.name: question for question in key.questions}
    wanted = digest_of(
        [(q.name, q.kind, q.aliases, q.parameters, q.uses, q.stub) for q in key.questions], key.assignment, *settings
    )
    reference = digest_of(key.reference)
    own = {name: _own(question, key) for name, question in questions.items()}
    return {
        name: digest_of(
            wanted,
            own[name],
            [own[used] for used in transitive_uses(question.name, questions)],
            reference if question.uses else "",
        )
        for name, question in questions.items()
    }


def digest_of(*values: object) -> str:
    """Return a digest of values, in hex: equal for equal values, whichever process made them.

    Types count (`1`, `1.0` and `True` differ), so do signs of zero and the order of sequences; the order of a mapping's
    keys does not. A function is taken by its code and by what that refers to. Raises TypeError for anything else.
    """
    digest = hashlib.blake2b(digest_size=16)
    for value in values:
        _feed(digest, value, ())
    return digest.hexdigest()


def _own(question: QuestionKey, key: AnswerKey) -> str:
    if question.version:
        return question.version
    try:
        return digest_of(question)
    except TypeError:
        # A scenario leans on something that can't be looked into: then any change may be one of this question.
        return digest_of(key.version, question.name)


def transitive_uses(name: str, questions: Mapping[str, QuestionKey]) -> list[str]:
    """Return the names that a question is built on, directly or not, sorted."""
    seen = {name}
    todo = list(questions[name].uses)
    while todo:
        used = todo.pop()
        if used not in seen and used in questions:
            seen.add(used)
            todo.extend(questions[used].uses)
    return sorted(seen - {name})


def _put(digest: _Digest, tag: str, *parts: bytes) -> None:
    # Lengths keep neighbours apart: ("ab", "c") is not ("a", "bc").
    digest.update(b"%s:%d;" % (tag.encode(), len(parts)))
    for part in parts:
        digest.update(len(part).to_bytes(8, "little") + part)


def _feed(digest: _Digest, value: object, above: tuple[int, ...]) -> None:
    if (plain := _plain(value)) is not None:
        _put(digest, type(value).__name__, plain)
        return
    match value:
        case Enum():
            _put(digest, "enum", type(value).__name__.encode(), str(value.value).encode())
        case np.ndarray() | np.generic():
            _feed_array(digest, value)
        case list() | tuple():
            _put(digest, f"{type(value).__name__} {len(value)}")
            _feed_all(digest, value, above)
        case set() | frozenset():
            _put(digest, f"set {len(value)}", *sorted(digest_of(item).encode() for item in value))
        case Mapping():
            _put(digest, f"mapping {len(value)}")
            _feed_all(digest, [part for name in sorted(value, key=repr) for part in (name, value[name])], above)
        case FunctionType() | MethodType() | CodeType() | BuiltinFunctionType() | ModuleType() | type():
            _feed_code(digest, value, above)
        case _ if is_dataclass(value):
            _put(digest, f"dataclass {type(value).__name__}")
            _feed_all(digest, [part for f in fields(value) for part in (f.name, getattr(value, f.name))], above)
        case _:
            raise TypeError(f"a {type(value).__name__} has no version: use plain values, arrays or functions")


def _plain(value: object) -> bytes | None:
    """Return the bytes of one of Python's own plain values; None for any other value, subclasses included."""
    kind = type(value)
    if value is None or kind in (bool, int, Decimal):
        return str(value).encode()
    if isinstance(value, float) and kind is float:
        return struct.pack("<d", value)
    if isinstance(value, complex) and kind is complex:
        return struct.pack("<dd", value.real, value.imag)
    if isinstance(value, str) and kind is str:
        return value.encode("utf-8", "surrogatepass")
    return value if isinstance(value, bytes) and kind is bytes else None


def _feed_all(digest: _Digest, values: Iterable[object], above: tuple[int, ...]) -> None:
    for value in values:
        _feed(digest, value, above)


def _feed_array(digest: _Digest, value: np.ndarray[Any, Any] | np.generic) -> None:
    array = np.asarray(value)
    if array.dtype.hasobject:
        raise TypeError("an array of objects has no version: use numbers")
    kind = "array" if isinstance(value, np.ndarray) else "scalar"
    _put(digest, kind, array.dtype.str.encode(), repr(array.shape).encode(), array.tobytes())


def _feed_code(digest: _Digest, value: Any, above: tuple[int, ...]) -> None:
    if isinstance(value, CodeType):
        # Names of files and numbers of lines are left out: moving a function changes no mark.
        _put(digest, "code", value.co_code, repr((value.co_names, value.co_varnames, value.co_freevars)).encode())
        _feed_all(digest, value.co_consts, above)
    elif isinstance(value, MethodType):
        _feed_all(digest, (value.__func__, value.__self__), above)
    elif not isinstance(value, FunctionType):
        _put(digest, "named", f"{getattr(value, '__module__', '')}.{value.__name__}".encode())
    elif id(value) in above:
        _put(digest, "recursion", str(above.index(id(value))).encode())
    else:
        inner = (*above, id(value))
        _feed_all(digest, (value.__code__, value.__defaults__, value.__kwdefaults__), inner)
        _feed_all(digest, [cell.cell_contents for cell in value.__closure__ or ()], inner)
        names = _names(value.__code__)
        _feed(digest, {name: value.__globals__[name] for name in names if name in value.__globals__}, inner)


def _names(code: CodeType) -> set[str]:
    """Return the names that code refers to, functions within it included."""
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names |= _names(constant)
    return names
