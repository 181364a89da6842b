"""Mutants of an answer: the wrong shapes that are nearest to the right one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grader.courses.audit.mutants import Mutant


def mutate_answer(name: str, value: Any) -> tuple[Mutant, ...]:
    """Return the answers next to the right one, each as the statement that gives it."""
    was = f"{name} = {value!r}"
    unlike = dict.fromkeys(f"{name} = {other!r}" for other in _neighbours(value))
    return tuple(Mutant(operator="answer", line=1, was=was, now=now, source=now) for now in unlike if now != was)


def _neighbours(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        yield "error"
        yield value[::-1]
        yield from ((*value, 1), (1, *value), value[1:], value[:-1])
        for place, entry in enumerate(value):
            if isinstance(entry, int):
                for other in (entry + 1, entry - 1, 1):
                    yield (*value[:place], other, *value[place + 1 :])
    elif isinstance(value, str):
        yield from ((), (1,), (1, 1), (2, 3), "a number")
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float)):
        yield from (value + 1, value - 1, -value, 2 * value)
