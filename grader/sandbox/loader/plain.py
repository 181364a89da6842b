"""Tell whether a program is plain, and each of its functions by its code.

In a plain program no function can do anything to another: it defines functions and constants and imports a few modules;
its functions look up nothing but each other, these modules and harmless builtins, use no attribute but those named in
`harmless`, and have no way to set an attribute or a name of the module. What such a function returns hangs on its
arguments, its code and the functions that it calls: two that are the same in all that come to the same, in whatever
programs they stand. What is not known to be harmless is not plain, and nothing is lost by that but time.
"""

from __future__ import annotations

import ast
import dis
import hashlib
import inspect
import string
import types
from collections.abc import Collection, Iterable, Iterator

from grader.model import CodeOf
from grader.sandbox.loader.bytecode import code_of, fields, uses
from grader.sandbox.loader.harmless import BUILTINS, CHANCY, FILLED_IN_PART, FORMATTED, MODULES, NUMPY, OPCODES, STEADY
from grader.sandbox.loader.old_numpy import NAMES as OLD
from grader.sandbox.loader.pieces import Statement

MOST = 100
"""Statements that a program may need to be looked at."""
MOST_NAMES = 1000
"""Names that they may bind: more are not sent, and code of very many names is not read to the last."""
LONGEST = 100
"""Characters of a name, so that none is cut short on its way."""
_UNSURE = frozenset(dis.opmap[name] for name in ("PUSH_EXC_INFO", "DICT_MERGE"))
"""Instructions that catch, be it a lack of memory or an error that hangs on earlier calls, and that unpack arguments by
names which only a call tells."""
_GIVEN = BUILTINS | NUMPY
_READ = STEADY | CHANCY | MODULES
_IMPORTED = STEADY | CHANCY
_UNSTEADY = CHANCY | OLD
"""Attributes by which a result may hang on something else: other code of a program may have numpy's old names put back.
"""


def codes(
    statements: Iterable[Statement], graded: Collection[str], unbound: Collection[str], beside: Collection[str]
) -> dict[str, CodeOf]:
    """Return, by name, the code of all that will run; {} where the program is not plain.

    All of the `graded` names must be there; `unbound` are those that no statement binds, and `beside` the files that
    were handed in with the program.
    """
    run = list(statements)
    if len(run) > MOST or not _GIVEN.issuperset(unbound):
        return {}
    if any(f"{module}.py" in beside for module in MODULES):
        return {}
    found: dict[str, CodeOf] = {}
    own = frozenset(name for statement in run for name in _bound_by(statement.node))
    for statement in run:
        bound = _bound_by(statement.node)
        if not bound or not found.keys().isdisjoint(bound):  # which of two makers of a name counts is not told here
            return {}
        try:
            code = _code(statement, own)
        except ValueError:  # a number of more digits than Python writes
            return {}
        if code is None:
            return {}
        found |= dict.fromkeys(bound, code)
    fitting = found.keys() >= set(graded) and len(found) <= MOST_NAMES and all(map(_is_usual, found))
    return found if fitting else {}


def _is_usual(name: str) -> bool:
    """Whether a name may be bound: not one by which Python itself looks things up, such as `__builtins__`."""
    return len(name) <= LONGEST and not name.startswith("__")


def _bound_by(node: ast.stmt) -> tuple[str, ...]:
    """Return the names that a plain statement binds, () for every other."""
    match node:
        case ast.FunctionDef(name=name, args=arguments, decorator_list=[]) if _are_constants(arguments):
            return (name,)
        case ast.Import(names=names) if all(each.name in MODULES for each in names):
            return tuple(each.asname or each.name for each in names)
        case ast.ImportFrom(module=module, names=names, level=0) if module in MODULES:
            if all(each.name in _IMPORTED for each in names):
                return tuple(each.asname or each.name for each in names)
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda(args=arguments)) if _are_constants(arguments):
            return (name,)
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_constant(value):
            return (name,)
    return ()


def _are_constants(arguments: ast.arguments) -> bool:
    """Whether all defaults are: any other value is shared by all calls."""
    return all(map(_is_constant, (*arguments.defaults, *filter(None, arguments.kw_defaults))))


def _is_constant(node: ast.expr) -> bool:
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant()) | ast.Constant():
            return True
        case ast.Tuple(elts=parts):
            return all(map(_is_constant, parts))
    return False


def _code(statement: Statement, own: frozenset[str]) -> CodeOf | None:
    """Return a plain statement's code, None where something in it may do harm. `own` are the program's own names."""
    try:
        code = code_of(statement)
    except SyntaxError:
        return None
    used = uses(statement)
    steady = True
    if not isinstance(statement.node, ast.Import | ast.ImportFrom):
        read, functions = fields(code), list(_functions(code))
        harmless = read <= _READ and used - own <= _GIVEN
        if not harmless or not all(_is_understood(each, used | read) for each in functions):
            return None
        if FORMATTED in read and _fills_in_templates_only(statement.node):
            read.discard(FORMATTED)
        steady = read.isdisjoint(_UNSTEADY) and not any(map(_is_chancy, functions))
    elif isinstance(statement.node, ast.ImportFrom):
        steady = _UNSTEADY.isdisjoint(each.name for each in statement.node.names)
    return CodeOf(
        digest=_digest(_shape(code)) if steady else None,
        uses=tuple(sorted(used & own)),
        signature=_digest(_parameters(statement.node)),
    )


def _digest(value: object) -> str:
    return hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _parameters(node: ast.stmt) -> object:
    """Return the parameters of a plain function, with their defaults."""
    function = node.value if isinstance(node, ast.Assign) else node
    if not isinstance(function, ast.FunctionDef | ast.Lambda):
        return None
    args = function.args
    names = [[each.arg for each in some] for some in (args.posonlyargs, args.args, args.kwonlyargs)]
    rest = [None if each is None else each.arg for each in (args.vararg, args.kwarg)]
    defaults = [None if each is None else ast.dump(each) for each in (*args.defaults, *args.kw_defaults)]
    return names, rest, len(args.defaults), defaults


def _functions(code: types.CodeType) -> Iterator[types.CodeType]:
    """Yield the code of all functions inside some code; what stands around them, the statement's form tells."""
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from _functions(constant)


def _is_understood(code: types.CodeType, names: set[str]) -> bool:
    """Whether some code has known instructions only, and all its names were seen: a new Python may keep them apart."""
    return OPCODES.issuperset(code.co_code[::2]) and names.issuperset(code.co_names)


def _is_chancy(code: types.CodeType) -> bool:
    """Whether some code is unsure, has a constant set, whose order is chance, or may leave places of an array alone."""
    return not _UNSURE.isdisjoint(code.co_code[::2]) or any(map(_is_chancy_constant, code.co_consts))


def _is_chancy_constant(constant: object) -> bool:
    if isinstance(constant, tuple):
        return any(map(_is_chancy_constant, constant))
    return isinstance(constant, frozenset) or constant == FILLED_IN_PART


def _fills_in_templates_only(node: ast.stmt) -> bool:
    """Whether the method `format` is that of texts which stand there, and which fill in values and nothing of them.

    The released stubs print so. It comes to what an f-string does.
    """
    named = sum(isinstance(each, ast.Attribute) and each.attr == FORMATTED for each in ast.walk(node))
    return named == sum(map(_fills_in_template, ast.walk(node)))


def _fills_in_template(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str() as template), attr=attribute)):
            try:
                pieces = list(string.Formatter().parse(template))
            except ValueError:
                return False
            return attribute == FORMATTED and all(
                (not name or name.isidentifier() or name.isdecimal()) and "{" not in (spec or "")
                for _, name, spec, _ in pieces
            )
    return False


def _shape(value: object) -> object:
    """Return what tells some code, or a constant in it, from any other, wherever it stands.

    A docstring is nothing to it, nor is what variables are called: what is raised names them, but no code that is told
    catches it.
    """
    if isinstance(value, types.CodeType):
        counts = value.co_argcount, value.co_posonlyargcount, value.co_kwonlyargcount, value.co_flags
        parameters = value.co_varnames[: _count_of_parameters(value)]
        variables = parameters, len(value.co_varnames), value.co_freevars, value.co_cellvars
        constants = tuple(map(_shape, value.co_consts))
        if constants and isinstance(value.co_consts[0], str) and not _loads_first_constant(value):
            constants = ("docstring", *constants[1:])
        return counts, value.co_name, value.co_names, variables, value.co_code, value.co_exceptiontable, constants
    if isinstance(value, tuple):
        return "tuple", tuple(map(_shape, value))
    return type(value).__name__, repr(value)


def _count_of_parameters(code: types.CodeType) -> int:
    """Return how many variables are parameters: these come first, and who calls may name them."""
    rest = bool(code.co_flags & inspect.CO_VARARGS) + bool(code.co_flags & inspect.CO_VARKEYWORDS)
    return code.co_argcount + code.co_kwonlyargcount + rest


def _loads_first_constant(code: types.CodeType) -> bool:
    """Whether some code uses the constant in the place where a docstring is, which no instruction asks for."""
    return any(
        at == 0 and opcode in dis.hasconst for opcode, at in zip(code.co_code[::2], code.co_code[1::2], strict=True)
    )
