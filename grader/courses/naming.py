"""What the things that an author wrote are called, and what they are worth."""

from __future__ import annotations

from decimal import Decimal

from grader.authoring import Check, Misconception, Question
from grader.courses.references import Reference

ENOUGH_CASES = 2
"""How many cases must tell a misconception from the reference."""


def question_name(question: Question) -> str:
    """Return the graded name of a question."""
    return question.target if isinstance(question.target, str) else str(getattr(question.target, "__name__", "?"))


def is_answer(question: Question) -> bool:
    """Whether a question asks for a value rather than a function."""
    return isinstance(question.target, str)


def misconception_name(misconception: Misconception) -> str:
    """Return the name of a misconception: its own, or its variant's."""
    return misconception.name or str(getattr(misconception.variant, "__name__", ""))


def points_of(check: Check) -> Decimal:
    """Return the exact points of a check that was found sound."""
    return Decimal(str(check.points)) if check.points is not None else Decimal(0)


def parameters_of(reference: Reference, name: str) -> tuple[str, ...]:
    """Return the names of a graded function's parameters; () where it is none."""
    return reference.parameters(name) if callable(reference.namespace.get(name)) else ()
