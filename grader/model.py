"""The nouns of grading: what is handed in, what a call came to, what the right answer is, and what was made of it.

Everything here is frozen data without behaviour beyond sums. Nothing here imports numpy, so that the command line and
shell completion start quickly; a `Value` may hold numpy arrays all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeAlias

from grader.authoring import Compare, Kind, Limits, Path, Values, Visibility
from grader.records import dataclass

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"
Value: TypeAlias = Any
"""What the wire can carry: None, bool, int, float, complex, str, list, tuple, dict with string keys, numpy scalars and
numeric numpy arrays."""
Params: TypeAlias = Mapping[str, JSON]
HAND_IN = "{assignment}"
"""How a file to hand in is named where the course has no rule of its own."""


class Verdict(StrEnum):
    """What became of a check (or of a call)."""

    ACCEPTED = "accepted"
    WRONG_ANSWER = "wrong_answer"
    RUNTIME_ERROR = "runtime_error"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    CRASHED = "crashed"
    MISSING = "missing"
    INTERNAL_ERROR = "internal_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as a code with parameters; `reports.words` puts it into a language."""

    code: str
    params: Params = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in the student's own file: `cell` counts all cells of a notebook from 1 and is None in a `.py` file."""

    line: int
    cell: int | None = None


# --- what is handed in ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One code cell, or the whole of a `.py` file (then `number` is None). `source` is the student's text as it is."""

    source: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The code of one submission, read but not parsed."""

    cells: tuple[Cell, ...]
    siblings: Mapping[str, str] = field(default_factory=dict)
    """Other `.py` files handed in beside it: file name to source."""
    marker: str | None = None
    """The assignment that `grader release` wrote into the file, if it is still there."""
    notes: tuple[Note, ...] = ()
    """What had to be assumed in reading it, such as `read.encoding_guessed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One file that one student handed in for one assignment. `read` returns its bytes, under a cap on size."""

    student: str
    assignment: str | None
    path: str
    """As shown in results: relative to what the user named; never opened by this string."""
    read: Callable[[], bytes]
    siblings: tuple[tuple[str, Callable[[], bytes]], ...] = ()
    attempt: int = 1
    submitted_at: datetime | None = None
    flags: tuple[str, ...] = ()


# --- what the sandbox is asked, and what it answers ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A graded name that the loader is to find. `parameters` are the reference's, in order; () for an answer."""

    name: str
    kind: str = "function"
    """`function` or `answer`."""
    aliases: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    stub: str = ""
    """The source of the stub as students get it, by which an untouched one is recognised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the loader found for one graded name: `status` is `found`, `blank`, `absent` or `syntax`."""

    status: str
    defined_as: str | None = None
    location: Location | None = None
    message: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something worth telling that costs no marks: a skipped statement, a warning, a changed argument."""

    code: str
    params: Params = field(default_factory=dict)


MARKED_OTHERWISE: Final = "assignment.other"
"""The note that a file says itself that it is for another assignment than it was graded as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeOf:
    """The code of one function, constant or import of a program, told by a digest."""

    digest: str | None
    """None where the same code need not do the same twice."""
    uses: tuple[str, ...] = ()
    """The names that it looks up among the others of the program."""
    signature: str = ""
    """How it is called: a digest of its parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What was found in a program, said before any of its statements ran; `notes` are added as they do."""

    found: Mapping[str, Found]
    notes: tuple[Note, ...] = ()
    fingerprints: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    codes: Mapping[str, CodeOf] = field(default_factory=dict)
    """By name, the code of all that will run, where no part of the program can do anything to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A call that returned. Everything but `value` is the worker's own word and is worth a note or few points."""

    value: Value
    changed: tuple[int, ...] = ()
    """Positions of arguments that the call changed in place."""
    same_as: int | None = None
    """Position of the argument that was returned itself, if one was."""
    steps: int | None = None
    """Python-level steps (lines and calls) where the case asked for them."""
    cpu: float | None = None
    """Seconds of CPU, where the case asked for them; the best of several runs."""
    warnings: tuple[str, ...] = ()
    printed: str = ""
    """The tail of what the call printed, cleaned and bounded; shown for public checks only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A call that raised. `message` and `params` may carry inputs: they are shown for public checks only."""

    type: str
    message: str = ""
    location: Location | None = None
    params: Params = field(default_factory=dict)
    """What the explanation needs: `name` for a NameError, `keys` and `key` for a KeyError, `shapes`, `signature` …"""
    printed: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported:
    """A call that returned something the wire can't carry: its type's name and where in the value it stood."""

    type: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A call that never answered: out of time or memory, the process died, or the fault is ours."""

    verdict: Verdict
    message: Message


Outcome: TypeAlias = Returned | Raised | Unsupported | Stopped


# --- the right answers ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One call with its expected outcome, and that of every misconception, all computed once."""

    args: tuple[Value, ...] = ()
    expected: Outcome
    variants: Mapping[str, Outcome] = field(default_factory=dict)
    """Outcome by name of misconception."""
    measured: bool = False
    """Whether steps and CPU time of the call are wanted."""
    scenario: Callable[..., Value] | None = None
    """For scenario checks: run with the student's proxy and `numpy.random.default_rng(seed)` instead of one call."""
    seed: int = 0
    visibility: Visibility = Visibility.HIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckKey:
    """One check: which cases of its question it looks at, which part of their values, and how it compares."""

    name: str
    points: Decimal
    visibility: Visibility
    cases: tuple[int, ...]
    """Positions in the question's `cases`."""
    kind: Kind = field(default_factory=Values)
    part: Path = ()
    compare: Compare = field(default_factory=Compare)
    shape: str | None = None
    """How a message may name the expected shape, e.g. `(n, 1)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MisconceptionKey:
    """A named wrong idea and what to say about it."""

    name: str
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionKey:
    """One graded name with its cases and checks."""

    name: str
    kind: str = "function"
    title: str = ""
    aliases: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    stub: str = ""
    dims: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """What a size is called: `{"m": ("X", 1)}` says that axis 1 of the argument X has m entries."""
    cases: tuple[Case, ...] = ()
    checks: tuple[CheckKey, ...] = ()
    misconceptions: tuple[MisconceptionKey, ...] = ()
    limits: Limits = field(default_factory=Limits)
    version: str = ""
    """Changes whenever anything that can change the marks of this question changes, in it or in what it uses."""

    @property
    def points(self) -> Decimal:
        """The sum of the checks' points."""
        return sum((check.points for check in self.checks), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKey:
    """An assignment, ready to grade with: all inputs and expected outcomes are data.

    The instructor's key is computed from `solutions/` and the course's secret; the student's is read from `checks.json`
    and holds the public checks only.
    """

    assignment: str
    title: str
    questions: tuple[QuestionKey, ...]
    version: str
    """Changes whenever anything that can change a mark changes."""
    reference: Program | None = None
    """The full solution, for the oracle of follow-through; None in a student's key."""
    catalogue: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language to English text to translation, for titles, hints and names of checks."""
    hand_in: str = HAND_IN
    """How the course wants a file to be named, without its suffix; `{student}` may stand in it too."""

    @property
    def points(self) -> Decimal:
        """The sum of the questions' points."""
        return sum((question.points for question in self.questions), Decimal(0))


# --- what was made of it -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """The verdict on one check. `score` is None exactly when the verdict is an internal error."""

    name: str
    visibility: Visibility
    verdict: Verdict
    score: Decimal | None
    points: Decimal
    follow_through_score: Decimal | None = None
    code: str = "ok"
    params: Params = field(default_factory=dict)
    misconception: str | None = None
    hint: str | None = None
    example: Message | None = None
    """What a hidden check that failed comes to on a small fresh input, which is none of the hidden ones: for students
    once their deadline is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResult:
    """The checks of one question; its score counts, per check, the better of own run and follow-through."""

    name: str
    score: Decimal | None
    points: Decimal
    checks: tuple[CheckResult, ...]
    follow_through: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One graded submission. An unreadable one has no questions, no score, and a flag."""

    assignment: str | None
    student: str
    path: str
    sha256: str
    attempt: int = 1
    submitted_at: datetime | None = None
    late: bool = False
    sandbox: str
    flags: tuple[str, ...] = ()
    score: Decimal | None = None
    points: Decimal = Decimal(0)
    complete: bool = False
    seconds: float = 0.0
    questions: tuple[QuestionResult, ...] = ()
    notes: tuple[Note, ...] = ()
    fingerprints: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By question, numbers of the syntax as written, for a person's look at what is alike; no part of the output."""

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """The checks of all questions."""
        return tuple(check for question in self.questions for check in question.checks)

    @property
    def is_absent(self) -> bool:
        """Whether nothing of what is graded is in the file, not even as a stub."""
        return bool(self.checks) and all(check.code == "missing.name" for check in self.checks)
