"""The words in which an assignment is written: `Assignment`, `Question`, `Check`, `Misconception`.

These are plain frozen data. They are looked over when a course is loaded (`grader.courses`), all errors at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from grader.records import dataclass

Path: TypeAlias = tuple[int | str, ...]
"""Where in a returned value a part stands: `(0, "dw")` is `value[0]["dw"]`."""


class Visibility(StrEnum):
    """Whether students have a check in their hands (`public`) or meet it only when graded (`hidden`)."""

    PUBLIC = "public"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a submission may use: seconds of CPU, and megabytes. Wall-clock limits are `wall_factor` times as long."""

    call: float = 2.0
    question: float = 10.0
    submission: float = 30.0
    wall_factor: float = 3.0
    memory: int = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """How a value is compared. Tolerances that are None come from the dtype of the reference's own value."""

    rtol: float | None = None
    atol: float | None = None
    exact: bool = False
    """Compare without tolerance (labels, counts, shapes)."""
    integers: bool = False
    """Ask for an integer type, where ints and floats are not interchangeable."""
    shape_only: bool = False
    """Look at structure and shape, not at the values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """The usual kind of check: the value, or a part of it, equals the reference's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """The gradient equals the slope of the student's own cost, by central differences: (J(x + h) - J(x - h)) / 2h.

    `cost` and `gradient` are the paths of the two parts in the returned value; `argument` is the position of the
    argument that the gradient is with respect to. Never a question's only check.
    """

    cost: Path
    gradient: Path
    argument: int = 0
    step: float = 1e-5
    rtol: float = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class NoLoop:
    """The work done in Python does not grow with the number of examples.

    `inputs(rng, size)` makes arguments for a size; the call is measured at both. What is ambiguous earns the point.
    """

    sizes: tuple[int, int] = (200, 4000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The arguments are left as they were. `arguments` are the positions looked at; () means all."""

    arguments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form only: the answer is a shape or the word "error". Worth nothing, carries no expected value."""


Kind: TypeAlias = Values | Slope | NoLoop | Unchanged | Form


@dataclass(frozen=True, slots=True)
class Check:
    """Call the question on cases and compare.

    `examples` are explicit edge cases, tried first, small to large; `inputs(rng)` makes `cases` more from a seeded
    generator. Checks of a question that name the same `inputs` share one set of cases and one call each. `part` says
    which part of the returned value is looked at (an int, a string, or a path of them). `shape` is how a hidden check
    may name a shape. `scenario(student, rng) -> value` is for what takes several calls and is hidden only. `kind` is
    one of the declarative kinds.
    """

    name: str
    inputs: Callable[..., tuple[Any, ...]] | None = None
    examples: tuple[tuple[Any, ...], ...] = field(default=(), kw_only=True)
    cases: int = field(default=6, kw_only=True)
    part: int | str | Path = field(default=(), kw_only=True)
    compare: Compare = field(default_factory=Compare, kw_only=True)
    points: int | float | str | Decimal | None = field(default=None, kw_only=True)
    visibility: str = field(default="hidden", kw_only=True)
    scenario: Callable[..., Any] | None = field(default=None, kw_only=True)
    shape: str | None = field(default=None, kw_only=True)
    kind: Kind = field(default_factory=Values, kw_only=True)


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong idea that students really have, as code, with a hint that names the idea and never the answer.

    `variant` is a function with the question's signature (its name is the misconception's), or None where `edit` is
    given: pairs of (old, new) text, each of which must occur in the reference's source of the question. `name` is
    required with `edit`. Where several match, the one declared first wins.
    """

    variant: Callable[..., Any] | None = None
    hint: str = field(default="", kw_only=True)
    edit: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
    value: Any = field(default=None, kw_only=True)
    """For an answer question: the wrong answer that shows this idea."""
    name: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A change of the reference that `grader audit` makes and nobody can tell from the reference, with the reason.

    `was` and `now` are the lines that differ, as the audit shows them. The audit tries hard to tell the two apart.
    """

    was: str
    now: str
    reason: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Tolerated:
    """A change of the reference that can be told from it and yet deserves its marks, with the reason.

    `was` and `now` are the lines that differ, as `grader audit` shows them.
    """

    was: str
    now: str
    reason: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Question:
    """One graded function of the reference, or the name of a graded answer (`"q1"`).

    `uses` are the graded names that it is built on; `aliases` other names it is known by; `dims` says what sizes are
    called: `{"n": ("X", 0), "m": ("X", 1)}`; `spared` are the mutants that may keep full marks.
    """

    target: Callable[..., Any] | str
    title: str = field(default="", kw_only=True)
    checks: tuple[Check, ...] = field(default=(), kw_only=True)
    misconceptions: tuple[Misconception, ...] = field(default=(), kw_only=True)
    uses: tuple[str, ...] = field(default=(), kw_only=True)
    aliases: tuple[str, ...] = field(default=(), kw_only=True)
    dims: Mapping[str, tuple[str, int]] = field(default_factory=dict, kw_only=True)
    limits: Limits | None = field(default=None, kw_only=True)
    spared: tuple[Equivalent | Tolerated, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A set of questions under one slug, worth 100 points by convention."""

    slug: str
    title: str = field(default="", kw_only=True)
    questions: tuple[Question, ...] = field(default=(), kw_only=True)
    limits: Limits = field(default_factory=Limits, kw_only=True)
