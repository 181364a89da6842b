"""Whole programs: the reference with one definition replaced by a mutant, a rewrite or a blank."""

from __future__ import annotations

import ast
import random
from collections.abc import Sequence

from grader.authoring import Question
from grader.courses.audit.answers import mutate_answer
from grader.courses.audit.calls import CALLS
from grader.courses.audit.expressions import EXPRESSIONS
from grader.courses.audit.mutants import Mutant, mutate
from grader.courses.audit.rewrites import Rewrite, rewrite
from grader.courses.audit.statements import STATEMENTS
from grader.courses.naming import is_answer, question_name
from grader.courses.references import LoadedAssignment


def mutants_of(loaded: LoadedAssignment, question: Question) -> tuple[Mutant, ...]:
    """Return every mutant of what the reference has for a question."""
    name = question_name(question)
    if is_answer(question):
        return mutate_answer(name, loaded.reference.namespace[name])
    return mutate(loaded.reference.definitions[name], (*EXPRESSIONS, *CALLS), STATEMENTS)


def rewrites_of(loaded: LoadedAssignment, question: Question) -> tuple[Rewrite, ...]:
    """Return the rewrites of the reference that mean the same; none of an answer."""
    return () if is_answer(question) else rewrite(loaded.reference.definitions[question_name(question)])


def pairs_of(
    loaded: LoadedAssignment, question: Question, mutants: Sequence[Mutant], count: int, seed: int
) -> tuple[Mutant, ...]:
    """Return `count` pairs of mistakes on different lines, drawn by lot; both are in one program."""
    if is_answer(question):
        return ()
    lines = loaded.reference.definitions[question_name(question)].splitlines()
    single = [mutant for mutant in mutants if _changed_line(lines, mutant) is not None]
    places = [(first, second) for first in single for second in single if first.line < second.line]
    random.Random(seed).shuffle(places)
    return tuple(_pair(lines, first, second) for first, second in places[:count])


def _changed_line(lines: list[str], mutant: Mutant) -> str | None:
    """Return the only line that a mutant changes, as it is then; None where it changes more."""
    changed = mutant.source.splitlines()
    if len(changed) != len(lines):
        return None
    other = [line for line, before in zip(changed, lines, strict=True) if line != before]
    return other[0] if len(other) == 1 else None


def _pair(lines: list[str], first: Mutant, second: Mutant) -> Mutant:
    changed = list(lines)
    for mutant in (first, second):
        changed[mutant.line - 1] = mutant.source.splitlines()[mutant.line - 1]
    return Mutant(
        operator=f"{first.operator} + {second.operator}",
        line=first.line,
        was=f"{first.was}\n{second.was}",
        now=f"{first.now}\n{second.now}",
        source="\n".join(changed),
    )


def with_definition(loaded: LoadedAssignment, name: str, definition: str) -> str:
    """Return the reference's program with one graded name defined anew."""
    program = loaded.reference.loaded_source
    original = loaded.reference.definitions.get(name)
    if original is not None and program.count(original) == 1:
        return program.replace(original, definition)
    return f"{without_definition(loaded, name)}\n\n{definition}\n"


def without_definition(loaded: LoadedAssignment, name: str) -> str:
    """Return the reference's program without a graded name."""
    original = loaded.reference.definitions.get(name)
    if original is not None:
        return loaded.reference.loaded_source.replace(original, "")
    lines = loaded.reference.loaded_source.splitlines()
    for node in reversed(ast.parse(loaded.reference.loaded_source).body):
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == name for one in node.targets):
            del lines[node.lineno - 1 : node.end_lineno]
    return "\n".join(lines)
