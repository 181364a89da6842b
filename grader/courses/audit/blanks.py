"""What is handed in where nothing was done: the stub, and every other shape of a blank."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from grader.authoring import Question
from grader.courses.audit.programs import with_definition, without_definition
from grader.courses.naming import is_answer, question_name
from grader.courses.references import LoadedAssignment

BODIES = (
    "pass",
    "...",
    '"""Nothing but a docstring."""',
    "return",
    "return None",
    "return NotImplemented",
    "return 0",
    'return ""',
    "return ()",
    "return {}",
    "raise NotImplementedError",
    'raise NotImplementedError("not done")',
    "print('to do')",
)
VALUES = ("None", "...", '""', '"?"', '"YOUR ANSWER HERE"', "{}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A program in which one question was not answered."""

    name: str
    source: str


def blanks_of(loaded: LoadedAssignment, question: Question) -> tuple[Blank, ...]:
    """Return the reference's program with one question left blank, in every shape that a blank has."""
    name = question_name(question)
    blanks = [
        Blank(name="the stub", source=with_definition(loaded, name, loaded.reference.stubs[name])),
        Blank(name="no definition at all", source=without_definition(loaded, name)),
    ]
    if is_answer(question):
        blanks += [Blank(name=f"{name} = {value}", source=_answered(loaded, name, value)) for value in VALUES]
        return tuple(blanks)
    head = _head(loaded.reference.definitions[name])
    blanks += [Blank(name=body, source=with_definition(loaded, name, f"{head}\n    {body}")) for body in BODIES]
    blanks.append(Blank(name="half a line", source=with_definition(loaded, name, f"{head}\n    s = ")))
    blanks.append(Blank(name="something else", source=with_definition(loaded, name, f"{name} = None")))
    return tuple(blanks)


def _answered(loaded: LoadedAssignment, name: str, value: str) -> str:
    return f"{without_definition(loaded, name)}\n\n{name} = {value}\n"


def _head(definition: str) -> str:
    """Return the line, or lines, up to a function's colon."""
    function = next(node for node in ast.parse(definition).body if isinstance(node, ast.FunctionDef))
    return f"def {function.name}({ast.unparse(function.args)}):"
