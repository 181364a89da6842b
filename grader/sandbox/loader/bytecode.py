"""Compile statements one at a time, and read from the code which names of the module it looks up.

Reading the compiler's own answer is exact about scopes and far quicker than walking the tree.
"""

from __future__ import annotations
import __future__

import ast
import dis
import sys
import types
from collections.abc import Iterable

from grader.sandbox.loader.pieces import Statement

_LATE_ANNOTATIONS = __future__.annotations.compiler_flag
_EXTENDED = dis.opmap["EXTENDED_ARG"]
_LOOKUPS = tuple(
    (dis.opmap[name], shift)
    for name, shift in (
        ("LOAD_GLOBAL", 1),  # its lowest bit says something else
        ("LOAD_NAME", 0),
        ("STORE_GLOBAL", 0),
        ("LOAD_FROM_DICT_OR_GLOBALS", 0),
    )
    if name in dis.opmap
)
_FIELDS = tuple(
    (dis.opmap[name], shift)
    for name, shift in (
        ("LOAD_ATTR", int(sys.version_info >= (3, 12))),  # since then its lowest bit tells a method's call
        ("LOAD_METHOD", 0),
        ("IMPORT_NAME", 0),
        ("IMPORT_FROM", 0),
    )
    if name in dis.opmap
)


def compiled(node: ast.stmt, file: str) -> types.CodeType:
    """Compile one statement; a SyntaxError says what only the compiler finds. Annotations are never evaluated."""
    module = ast.Module([node], [])
    try:
        code: types.CodeType = compile(module, file, "exec", flags=_LATE_ANNOTATIONS, dont_inherit=True)
    except SyntaxError:
        raise
    except (RecursionError, MemoryError, ValueError, TypeError, OverflowError, SystemError) as error:
        raise SyntaxError(str(error)[:200] or "too complex") from None
    return code


def code_of(statement: Statement) -> types.CodeType:
    """Compile a statement, once."""
    if statement.code is None:
        statement.code = compiled(statement.node, statement.file)
    return statement.code


def looked_up(code: types.CodeType) -> set[str]:
    """Return the names that code, and the functions inside it, look up in the module."""
    return _named_by(code, _LOOKUPS)


def fields(code: types.CodeType) -> set[str]:
    """Return the names of the attributes that code, and the functions inside it, read, and of what they import."""
    return _named_by(code, _FIELDS)


def _named_by(code: types.CodeType, instructions: Iterable[tuple[int, int]]) -> set[str]:
    found: set[str] = set()
    stack = [code]
    while stack:
        code = stack.pop()
        raw, names = code.co_code, code.co_names
        for opcode, shift in instructions:
            at = raw.find(opcode)
            while at >= 0:
                if at % 2 == 0:
                    number = raw[at + 1]
                    if at > 1 and raw[at - 2] == _EXTENDED:
                        number |= raw[at - 1] << 8
                    if number >> shift < len(names):
                        found.add(names[number >> shift])
                at = raw.find(opcode, at + 1)
        stack += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return found


def all_names(code: types.CodeType) -> set[str]:
    """Return every name in code: of variables, attributes and imports alike."""
    found: set[str] = set()
    stack = [code]
    while stack:
        code = stack.pop()
        found.update(code.co_names)
        stack += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return found


def stores_items(code: types.CodeType) -> bool:
    """Whether code assigns to items anywhere."""
    stack = [code]
    while stack:
        code = stack.pop()
        if bytes((_STORE_ITEM,)) in code.co_code[::2]:
            return True
        stack += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return False


def formats(code: types.CodeType) -> bool:
    """Whether code holds a text with a `%` in it."""
    stack = [code]
    while stack:
        for constant in stack.pop().co_consts:
            if isinstance(constant, str) and "%" in constant:
                return True
            if isinstance(constant, types.CodeType):
                stack.append(constant)
    return False


_STORE_ITEM = dis.opmap["STORE_SUBSCR"]


def uses(statement: Statement) -> set[str]:
    """Return the names that a statement, or a function when it is called, looks up in the module."""
    if statement.uses is None:
        try:
            statement.uses = looked_up(code_of(statement))
        except SyntaxError:
            statement.uses = set()
    return statement.uses


def uses_of(node: ast.AST, statement: Statement) -> set[str]:
    """Return what a definition inside a statement looks up."""
    if node is statement.node or not isinstance(node, ast.stmt):
        return uses(statement)
    try:
        return looked_up(compiled(node, statement.file))
    except SyntaxError:
        return set()
