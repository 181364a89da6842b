"""What an audit runs, and what it knows of a question so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.batch.audit.layouts import Layout
from grader.batch.audit.subjects import Run, Subject
from grader.courses.audit import Mutant
from grader.reports.audit import Fault, MutantFate
from grader.saying import say


@dataclass(slots=True, kw_only=True)
class Trial:
    """One program to run against one subject."""

    subject: Subject
    kind: str
    label: str
    source: str
    definition: str | None = None
    """What is defined anew, where it can be run under another name beside others."""
    mutant: Mutant | None = None
    layout: Layout | None = None
    run: Run | None = None


@dataclass(slots=True, kw_only=True)
class Book:
    """What is known of one subject so far."""

    subject: Subject
    elsewhere: Subject
    """The same question under further secrets, for the reference alone."""
    faults: list[Fault] = field(default_factory=list)
    fates: list[MutantFate] = field(default_factory=list)
    pairs: list[MutantFate] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    mutants: tuple[Mutant, ...] = ()


def listed(names: Sequence[str]) -> str:
    """Name some checks in a sentence."""
    return ", ".join(map(repr, names)) or say("nothing")
