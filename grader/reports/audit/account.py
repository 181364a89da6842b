"""What an audit found, as data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    EQUIVALENT = "equivalent"
    TOLERATED = "tolerated"
    SURVIVED = "survived"


class FaultKind(StrEnum):
    """In what way an assignment is not sound."""

    REFERENCE = "reference"
    BLANK = "blank"
    MISCONCEPTION = "misconception"
    SURVIVOR = "survivor"
    REWRITE = "rewrite"
    MEMORISED = "memorised"
    BRITTLE = "brittle"
    DECLARATION = "declaration"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Inputs that tell a mutant from the reference."""

    inputs: tuple[tuple[str, str], ...]
    """Name and value of each argument."""
    expected: str
    got: str
    origin: str
    """Where the inputs come from: a generator of the author's, changed or not."""
    near: bool
    """Whether they belong to the question's domain: drawn as the author draws them, but for layout, order and size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MutantFate:
    """One mutant and what became of it."""

    operator: str
    line: int
    was: str
    now: str
    fate: Fate
    reason: str = ""
    """The author's, where it is spared."""
    killers: tuple[str, ...] = ()
    """The checks that it fails."""
    verdict: str = ""
    """How it fails the first of them."""
    apart: Apart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not sound, in words."""

    kind: FaultKind
    text: str
    mutant: MutantFate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAudit:
    """What was found about one question."""

    name: str
    mutants: tuple[MutantFate, ...] = ()
    pairs: tuple[MutantFate, ...] = ()
    """Pairs of mistakes, where they were asked for."""
    rewrites: int = 0
    blanks: int = 0
    misconceptions: int = 0
    redundant: tuple[str, ...] = ()
    """Checks without which every mutant would still be killed."""
    faults: tuple[Fault, ...] = ()
    seconds: float = 0.0

    def count(self, fate: Fate) -> int:
        """Return how many mutants met a fate."""
        return Counter(mutant.fate for mutant in self.mutants)[fate]

    @property
    def score(self) -> float:
        """The part of the mutants that is killed, of those that ought to be."""
        counted = len(self.mutants) - self.count(Fate.EQUIVALENT) - self.count(Fate.TOLERATED)
        return self.count(Fate.KILLED) / counted if counted else 1.0

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentAudit:
    """What was found about one assignment."""

    assignment: str
    title: str
    questions: tuple[QuestionAudit, ...]
    seeds: int
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with any question."""
        return all(question.sound for question in self.questions)

    @property
    def score(self) -> float:
        """The part of all mutants that is killed, of those that ought to be."""
        killed = sum(question.count(Fate.KILLED) for question in self.questions)
        missed = sum(question.count(Fate.SURVIVED) for question in self.questions)
        return killed / (killed + missed) if killed + missed else 1.0
