"""Call a student's function with the reference's positional arguments, and the other way round."""

from __future__ import annotations

import ast
import functools
import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.sandbox.loader.blanks import stub_function

_MISSING = object()


def positions(function: Any, parameters: Sequence[str]) -> tuple[str, ...] | None:
    """Return the student's parameter name for each of the reference's arguments, or None to call by position.

    By position is the rule. By name where the student has the reference's names in another order, or only by keyword.
    """
    if isinstance(function, types.FunctionType):
        code = function.__code__
        if code.co_varnames[: code.co_argcount][: len(parameters)] == tuple(parameters):
            return None
    signature = signature_of(function)
    if signature is None or not parameters:
        return None
    plain = [p for p in signature.parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    keyword = [p for p in signature.parameters.values() if p.kind is p.KEYWORD_ONLY]
    kinds = {p.kind for p in signature.parameters.values()}
    if inspect.Parameter.VAR_POSITIONAL in kinds or inspect.Parameter.POSITIONAL_ONLY in kinds:
        return None
    names = [p.name for p in [*plain, *keyword]]
    required = [p.name for p in [*plain, *keyword] if p.default is p.empty]
    wanted = list(parameters)
    if len(names) < len(wanted) or len(required) > len(wanted):
        return None
    fits = len(plain) >= len(wanted) and set(required) <= set(names[: len(wanted)])
    if fits and all(names[position] == name for position, name in enumerate(wanted) if name in names):
        return None
    return _matched(names, required, wanted)


def _matched(names: list[str], required: list[str], wanted: list[str]) -> tuple[str, ...] | None:
    """Give every reference parameter its namesake, and the rest what is left in order, required ones first."""
    left = [name for name in names if name not in wanted]
    left.sort(key=lambda name: (name not in required, names.index(name)))
    needed = len([name for name in wanted if name not in names])
    if needed > len(left):
        return None
    rest = iter(sorted(left[:needed], key=names.index))
    result = tuple(name if name in names else next(rest) for name in wanted)
    return result if set(required) <= set(result) else None


def signature_of(function: Any) -> inspect.Signature | None:
    """Return the signature of a callable, or None where it has none to see."""
    try:
        return inspect.signature(function)
    except BaseException:
        return None


def caller(function: Callable[..., Any], parameters: Sequence[str], stub: str = "") -> Callable[..., Any]:
    """Return a callable that takes the reference's positional arguments.

    What a call leaves out and the student's function requires is the default in the stub: older templates have none.
    """
    names = positions(function, parameters)
    if names is None and not stub:
        return function

    lacking: dict[int, Any] | None = None

    def call(*args: Any, **kwargs: Any) -> Any:
        nonlocal lacking
        if lacking is None and len(args) < len(parameters):
            lacking = _lacking(function, names, parameters, stub)
        filled = lacking or {}
        if names is not None:
            late = {names[at]: value for at, value in filled.items() if at >= len(args)}
            return function(**dict(zip(names, args, strict=False)), **late, **kwargs)
        given = list(args)
        while len(given) in filled:
            given.append(filled[len(given)])
        return function(*given, **kwargs)

    return call


def _lacking(function: Any, names: Sequence[str] | None, parameters: Sequence[str], stub: str) -> dict[int, Any]:
    """Return the stub's defaults, by position, of the parameters that the student's function requires."""
    signature, defaults = signature_of(function), defaults_of(stub)
    if signature is None or not defaults:
        return {}
    plain = [p for p in signature.parameters.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    own = plain if names is None else [signature.parameters[name] for name in names]
    return {
        position: defaults[name]
        for position, (name, one) in enumerate(zip(parameters, own, strict=False))
        if name in defaults and one.default is one.empty
    }


@functools.cache
def defaults_of(stub: str) -> dict[str, Any]:
    """Return the default of every parameter that has one in the stub's function."""
    signature = signature_from(stub_function(stub, ""))
    parameters = signature.parameters.values() if signature else ()
    return {one.name: one.default for one in parameters if one.default is not one.empty}


def finished(function: Callable[..., Any], own: Any) -> Callable[..., Any]:
    """Return a function that runs a coroutine to its end where the student's own is one; others as they are."""
    if not (isinstance(own, types.FunctionType) and own.__code__.co_flags & inspect.CO_COROUTINE):
        return function

    def call(*args: Any, **kwargs: Any) -> Any:
        coroutine = function(*args, **kwargs)
        try:
            coroutine.send(None)
        except StopIteration as stop:
            return stop.value
        finally:
            coroutine.close()
        raise RuntimeError("the function waits for something")

    return call


def stand_for(
    replacement: Callable[..., Any],
    parameters: Sequence[str],
    student: inspect.Signature | None,
    defaults: Mapping[str, Any],
) -> Callable[..., Any]:
    """Return what takes a student function's place: called as the student's code calls it, it calls as the reference's.

    What the call leaves out is the student's own default or else the reference's.
    """

    names = list(student.parameters if student is not None else parameters)
    order = positions_of(student, parameters) or (*names, *parameters[len(names) :])[: len(parameters)]
    as_it_is = names[: len(parameters)] == list(order)

    def call(*args: Any, **kwargs: Any) -> Any:
        if as_it_is and not kwargs and len(args) == len(parameters):
            return replacement(*args)
        given = dict(zip(names, args, strict=False)) | kwargs
        values: list[Any] = []
        for theirs, own in zip(order, parameters, strict=True):
            value = given.get(theirs, given.get(own, _MISSING))
            if value is _MISSING and student is not None and theirs in student.parameters:
                default = student.parameters[theirs].default
                value = _MISSING if default is inspect.Parameter.empty else default
            if value is _MISSING:
                value = defaults.get(own, _MISSING)
            if value is _MISSING:
                break
            values.append(value)
        return replacement(*values)

    return call


def positions_of(student: inspect.Signature | None, parameters: Sequence[str]) -> tuple[str, ...] | None:
    """Return `positions` for a signature that was read from a definition that never ran."""
    if student is None:
        return None
    carrier = _Carrier()
    carrier.__signature__ = student
    return positions(carrier, parameters)


class _Carrier:
    """Carries a signature for `inspect`."""

    __signature__: inspect.Signature

    def __call__(self) -> None:
        """Be callable, as a signature's owner is."""


def signature_from(node: ast.AST | None) -> inspect.Signature | None:
    """Read a signature from a definition that is not run; defaults that aren't literals count as missing."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return None
    arguments = node.args
    plain = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
    made = [_parameter(a.arg, inspect.Parameter.POSITIONAL_OR_KEYWORD, d) for a, d in zip(plain, defaults, strict=True)]
    if arguments.vararg is None:
        made += [
            _parameter(a.arg, inspect.Parameter.KEYWORD_ONLY, d)
            for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        ]
    try:
        return inspect.Signature(made)
    except ValueError:
        return None


def _parameter(name: str, kind: Any, default: ast.expr | None) -> inspect.Parameter:
    value: Any = inspect.Parameter.empty
    if default is not None:
        try:
            value = ast.literal_eval(default)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            value = inspect.Parameter.empty
    return inspect.Parameter(name, kind, default=value)
