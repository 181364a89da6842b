"""Put a student's exception into plain values, whatever its class does when it is asked."""

from __future__ import annotations

import ast
import re
import types
from collections import Counter
from collections.abc import Mapping
from typing import Any

from grader.model import JSON, Location, Raised

LONGEST = 500
"""Characters of an exception's message that are kept."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SHAPE = re.compile(r"\((\d*(?:,\s?\d*)*)\)")
_NAMED = re.compile(r"(?:name|variable) '([^']{1,100})'")
_TRACEBACK: Any = BaseException.__traceback__
"""The descriptor: reading through it, a class can't put another traceback in the way."""
_ARGS: Any = BaseException.args
_TOO_DEEP = "maximum recursion depth exceeded"
_SHAPE_WORDS = ("broadcast", "not aligned", "shape", "dimension", "mismatch")


def clean(text: str, longest: int = LONGEST) -> str:
    """Return a text without control codes and lone surrogates, cut to length."""
    text = text[: longest + 1].encode("utf-8", "replace").decode("utf-8")
    text = _CONTROL.sub("", text)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def type_name(error: BaseException) -> str:
    """Return the name of an exception's class, without asking the class."""
    try:
        return clean(str(type.__dict__["__name__"].__get__(type(error))), 100)
    except BaseException:
        return "Exception"


def message(error: BaseException) -> str:
    """Return an exception's message, bounded; an empty one where asking for it fails."""
    try:
        arguments = _ARGS.__get__(error)
        if type(arguments) is tuple and len(arguments) == 1 and type(arguments[0]) is str:
            return clean(repr(arguments[0][:LONGEST]) if isinstance(error, KeyError) else arguments[0])
        text = str(error)
        return clean(text) if type(text) is str else ""
    except BaseException:
        return ""


def frames(error: BaseException, files: Mapping[str, int | None]) -> list[tuple[types.FrameType, int]]:
    """Return the frames of student code that an exception went through, outermost first."""
    trace: types.TracebackType | None = _TRACEBACK.__get__(error)
    found = []
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in files:
            found.append((trace.tb_frame, trace.tb_lineno))
        trace = trace.tb_next
    return _to_where_it_recurs(found) if isinstance(error, RecursionError) else found


def _to_where_it_recurs(found: list[tuple[types.FrameType, int]]) -> list[tuple[types.FrameType, int]]:
    """Return the frames up to the first function that is called again: where the depth ran out is chance."""
    counts = Counter(id(frame.f_code) for frame, _ in found)
    first = next((at for at, (frame, _) in enumerate(found) if counts[id(frame.f_code)] > 1), len(found) - 1)
    return found[: first + 1]


def raised(error: BaseException, files: Mapping[str, int | None], trees: Mapping[str, list[ast.stmt]]) -> Raised:
    """Return the exception as a value: where in the student's file, which type, what it said, what explains it."""
    seen = frames(error, files)
    location = None
    if seen:
        frame, line = seen[-1]
        location = Location(line=line or 1, cell=files[frame.f_code.co_filename])
    elif isinstance(error, SyntaxError) and type(error.lineno) is int and type(error.filename) is str:
        location = Location(line=error.lineno, cell=files[error.filename]) if error.filename in files else None
    text = message(error)
    if type(error) is RecursionError and text.startswith(_TOO_DEEP):
        text = _TOO_DEEP  # and not what Python was at just then
    return Raised(type=type_name(error), message=text, location=location, params=_params(error, text, seen, trees))


def _params(
    error: BaseException, text: str, seen: list[tuple[types.FrameType, int]], trees: Mapping[str, list[ast.stmt]]
) -> dict[str, JSON]:
    params: dict[str, JSON] = {}
    if isinstance(error, NameError | ModuleNotFoundError):
        name = _own(error, "name")
        named = _NAMED.search(text)
        if type(name) is str and name:
            params["name"] = clean(name, 100)
        elif named:
            params["name"] = named.group(1)
    elif isinstance(error, AttributeError):
        name = _own(error, "name")
        if type(name) is str:
            params["name"] = clean(name, 100)
        owner = re.match(r"'([^']{1,100})' object", text)
        if owner:
            params["of"] = owner.group(1)
    elif isinstance(error, KeyError):
        params |= _key(error, seen, trees)
    elif isinstance(error, ValueError | IndexError) and any(word in text for word in _SHAPE_WORDS):
        shapes = [_shape(found) for found in _SHAPE.findall(text)]
        if shapes:
            params["shapes"] = list(shapes[:8])
    return params


def _own(error: BaseException, attribute: str) -> Any:
    """Read an attribute of a built-in exception class past whatever a subclass says."""
    for base in type.__dict__["__mro__"].__get__(type(error)):
        if base in {NameError, ImportError, AttributeError}:
            return base.__dict__[attribute].__get__(error)
    return None


def _shape(text: str) -> list[JSON]:
    return [int(part) for part in text.split(",")[:32] if part.strip() and len(part) < 12]


def _key(
    error: KeyError, seen: list[tuple[types.FrameType, int]], trees: Mapping[str, list[ast.stmt]]
) -> dict[str, JSON]:
    arguments = _ARGS.__get__(error)
    if type(arguments) is not tuple or len(arguments) != 1 or type(arguments[0]) not in {str, int}:
        return {}
    key = arguments[0]
    params: dict[str, JSON] = {"key": clean(key, 100) if type(key) is str else str(key)[:100]}
    if not seen:
        return params
    frame, line = seen[-1]
    for name in _subscripted(trees.get(frame.f_code.co_filename, []), line):
        value = frame.f_locals.get(name, frame.f_globals.get(name))
        if type(value) is dict and key not in value:
            params["keys"] = [clean(own, 100) for own in list(value)[:20] if type(own) is str]
            params["dict"] = name
            break
    return params


def _subscripted(statements: list[ast.stmt], line: int) -> list[str]:
    """Return the names that are subscripted on a line."""
    return [
        node.value.id
        for statement in statements
        if statement.lineno <= line <= (statement.end_lineno or line)
        for node in ast.walk(statement)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name)
        if node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
