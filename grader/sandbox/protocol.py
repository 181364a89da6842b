"""The seam between grading and the place where student code runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Final, NamedTuple, Protocol

from grader.authoring import Limits
from grader.model import LoadReport, Note, Outcome, Program, Value, Wanted
from grader.records import dataclass
from grader.sandbox.memory import Memory


class Level(StrEnum):
    """How student code is confined."""

    FULL = "full"
    CORE = "core"
    NONE = "none"


class Enough(NamedTuple):
    """From where on a measurement tells nothing new, so that the worker may stop measuring."""

    steps: int | None
    """So many steps more than the last measured call of the function settle the matter; None: count them all."""
    seconds: float
    """A call of less CPU time settles nothing, however exactly it is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The cases of one question, encoded once per assignment and sent as they are to every worker."""

    frames: tuple[bytes, ...]
    """One encoded argument tuple a case."""
    measured: tuple[bool, ...]
    """Whether a case's steps and CPU time are wanted."""
    enough: tuple[Enough | None, ...] = ()
    """For measured cases, one a case: how exactly. Empty: as exactly as can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Oracle:
    """Answers calls to graded names in place of the student's own; its time is the student's."""

    names: frozenset[str]
    answer: Callable[[str, tuple[Value, ...]], Outcome]
    memory: Memory[tuple[str, bytes]] | None = None
    """What it has answered under which name, whoever asked: it answers equal questions alike."""


RESERVE: Final = 1 / 15
"""Of a submission's time, what is kept for each question that is still to be called: at most half of it for all."""


class Session(Protocol):
    """One student's program in processes of its own, from loading to the last call."""

    @property
    def report(self) -> LoadReport:
        """What was found in the program."""

    def call(self, name: str, payload: Payload, limits: Limits, *, more: bool = False) -> list[Outcome]:
        """Call a graded name on all cases, one outcome a case; a hang or a death costs its own case.

        With `more` these are further cases of the last call: they have what is left of its time and its patience.
        """

    def expect(self, names: Collection[str]) -> None:
        """Say which graded names are still to be called: what hangs leaves each of them time of its own."""

    def ask(self, name: str, args: tuple[Value, ...], limits: Limits, *, kept: bool = True) -> Outcome:
        """Make one call, for scenarios and for the oracle; state in the worker lasts from one `ask` to the next.

        What is answered counts towards what all answers of a program may come to, unless it is not `kept`.
        """

    def replace(self, oracle: Oracle, limits: Limits, *, anew: bool = False) -> bool:
        """Load the program once more, with what the oracle names answered by it, and under a budget of its own.

        Nothing in the program's namespace outlasts this. Its process may go on, except where `anew` asks for another;
        returns whether it is another. It goes on only where all that was answered in it is answered still.
        """

    def spent(self) -> float:
        """Return the seconds that the program has taken since it was loaded or replaced, as its limits count them."""

    def notes(self) -> tuple[Note, ...]:
        """Return what was noticed so far: skipped statements, warnings, globals used inside functions."""


class Sandbox(Protocol):
    """A place where student code runs. One lane uses it at a time."""

    level: Level

    def session(
        self,
        program: Program,
        wanted: Sequence[Wanted],
        limits: Limits,
        oracle: Oracle | None = None,
        *,
        fingerprints: Mapping[str, Sequence[int]] | None = None,
    ) -> AbstractContextManager[Session]:
        """Start a worker, confine it, load the program; on leaving, kill and reap whatever there was.

        `fingerprints` has the worker report those of some functions (`LoadReport.fingerprints`), each without the
        numbers that are its stub's.
        Raises InternalError where the fault is ours (set-up failed, the zygote is gone).
        """
