"""The gradebook: results are added, never changed; so are adjustments, resolutions and events."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from grader.errors import GradebookError, InternalError, UsageError
from grader.gradebook import by_hand, lookup, rows, tables
from grader.gradebook.engine import explained, name_of, reading, transact
from grader.gradebook.entries import Claims, Event, Known, Resolution, ReviewItem, Slot, Work
from grader.gradebook.marks import marks_for
from grader.gradebook.recording import is_current, write_batch
from grader.gradebook.rows import Pending
from grader.gradebook.writing import BatchWriter
from grader.model import JSON, Result
from grader.policy import Adjustment, Mark, Policy
from grader.saying import say

_PAGE = 400
_REMEMBERED = 100_000


class Gradebook:
    """An open gradebook; made by `open_gradebook`. One process uses it, from any of its threads."""

    def __init__(
        self, engine: Engine, *, worker: str | None, clock: Callable[[], float] | None, rows: int, seconds: float
    ) -> None:
        self._engine = engine
        self._name = name_of(engine)
        self._server_time = clock is None and engine.dialect.name == "postgresql"
        self._clock = clock or time.time
        self.worker = worker or f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        self._written: set[bytes] = set()
        self._writer: BatchWriter[Pending] = BatchWriter(self._write, rows=rows, seconds=seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._writer.close()
        except GradebookError:
            # What ended the run is the better story, and is often this same error.
            if error is None:
                raise
        finally:
            self._engine.dispose()

    # --- results -----------------------------------------------------------------------------------------------

    def record(self, result: Result, work: Work | None = None, *, force: bool = False) -> None:
        """Record a result; nothing happens where it is recorded already. It is written with its batch, soon.

        An incomplete result is kept for people to see, with an event for each internal error, and never found by
        `known` or `done` (its complete questions are). `force` lets a result replace the current one of the same work
        (`--regrade`). Without `work` (an unreadable submission, an unknown assignment) it is never found either.
        Raises InternalError for a result that isn't strict JSON, and GradebookError where an earlier batch failed.
        """
        at = rows.now(self._clock())
        try:
            pending = rows.pending(result, work, worker=self.worker, at=at, force=force)
        except ValueError as error:
            raise InternalError(
                say("the result of {path} can't be recorded: {error}", path=result.path, error=error)
            ) from error
        self._writer.add(pending)

    def flush(self) -> None:
        """Return when all that was recorded is written."""
        self._writer.flush()

    def known(self, items: Iterable[tuple[Slot, Work]]) -> Iterator[Known]:
        """Yield what is known of each piece of work, in order, looking up a few hundred at a time."""
        for chunk in lookup.chunks(items):
            self.flush()
            with explained(self._name), reading(self._engine) as connection:
                found = lookup.find_known(connection, chunk)
            yield from found

    def done(self, digests: Iterable[bytes]) -> Iterator[bytes]:
        """Yield those of the pieces of work (`Work.digest`) that have a complete result, in no fixed order."""
        self.flush()
        for chunk in lookup.chunks(digests):
            with explained(self._name), reading(self._engine) as connection:
                found = lookup.find_done(connection, chunk)
            yield from found

    def assignments(self) -> list[str]:
        """Return the assignments that there are results of, in order; what is of no known one aside."""
        self.flush()
        query = sa.select(tables.results.c.assignment).distinct().order_by(tables.results.c.assignment)
        with explained(self._name), reading(self._engine) as connection:
            return [rows.read(slug) for slug in connection.execute(query).scalars() if slug]

    def latest_attempts(self) -> dict[tuple[str, str], int]:
        """Return the number of the latest attempt by assignment and student, of those who have more than a first."""
        self.flush()
        r = tables.results.c
        latest = sa.func.max(r.attempt)
        query = sa.select(r.assignment, r.student, latest).group_by(r.assignment, r.student).having(latest > 1)
        with explained(self._name), reading(self._engine) as connection:
            return {
                (rows.read(slug), rows.read(student)): number for slug, student, number in connection.execute(query)
            }

    def results(self, assignment: str | None = None, student: str | None = None) -> Iterator[Result]:
        """Yield the current result of each attempt, by assignment, student and attempt; memory stays flat."""
        yield from (result for _, result in self._current(self._of(assignment, student)))

    def times(self) -> dict[tuple[str, str, str], datetime]:
        """Return when what is current was handed in, where that is known, by assignment, student and SHA-256."""
        self.flush()
        record = tables.results.c.record
        query = sa.select(record).where(is_current(), record.not_like('%"submitted_at":null%'))
        with explained(self._name), reading(self._engine) as connection:
            return dict(map(rows.read_time, connection.execute(query).scalars()))

    def history(self, assignment: str, student: str) -> list[Result]:
        """Return all results ever recorded for one student's assignment, oldest first."""
        self.flush()
        r = tables.results.c
        query = sa.select(tables.results).where(*self._of(assignment, student)).order_by(r.attempt, r.ordinal)
        with explained(self._name), reading(self._engine) as connection:
            return rows.read_results(connection, connection.execute(query))

    def marks(self, policy: Policy, assignment: str | None = None, student: str | None = None) -> Iterator[Mark]:
        """Yield what counts for each student, by assignment and student: adjustments and lateness are in.

        A student with adjustments only (excused, say) has a mark too.
        """
        acts = self.adjustments(assignment, student)
        yield from marks_for(self.results(assignment, student), acts, policy, order=rows.stored)

    # --- several graders at once -------------------------------------------------------------------------------

    def claim(self, digests: Iterable[bytes], lease_seconds: float = 120.0, *, again: bool = False) -> Claims:
        """Claim pieces of work for this worker, for a time; claiming its own again makes the lease longer.

        A claim ends when the result is recorded, when it is released, or when its lease runs out. `again` claims work
        that is done too (`--regrade`).
        """
        self.flush()
        mine: set[bytes] = set()
        done: set[bytes] = set()
        elsewhere: set[bytes] = set()
        at = None if self._server_time else self._clock()
        for chunk in lookup.chunks(digests):
            claim = partial(
                lookup.claim_work, digests=chunk, worker=self.worker, lease=lease_seconds, at=at, again=again
            )
            with explained(self._name):
                claims = transact(self._engine, claim)
            mine |= claims.mine
            done |= claims.done
            elsewhere |= claims.elsewhere
        return Claims(mine=frozenset(mine), done=frozenset(done), elsewhere=frozenset(elsewhere))

    def release(self, digests: Iterable[bytes]) -> None:
        """Give claims back, for work that will not be done after all."""
        for chunk in lookup.chunks(digests):
            self._transact(partial(lookup.release_work, digests=chunk, worker=self.worker))

    def release_dead(self) -> None:
        """Give back what a process of this machine had claimed that is there no more: it was killed."""
        self._transact(partial(lookup.drop_claims, is_gone=_is_dead))

    # --- by hand -----------------------------------------------------------------------------------------------

    def adjust(self, adjustment: Adjustment) -> None:
        """Keep an act by hand; it outlives every regrade."""
        self._transact(lambda connection: by_hand.add_adjustment(connection, adjustment))

    def adjustments(self, assignment: str | None = None, student: str | None = None) -> list[Adjustment]:
        """Return all acts by hand, oldest first."""
        with explained(self._name), reading(self._engine) as connection:
            return by_hand.read_adjustments(connection, assignment, student)

    def review(
        self, assignment: str | None = None, student: str | None = None, *, settled: bool = False
    ) -> Iterator[ReviewItem]:
        """Yield what needs a person, by assignment and student; with `settled`, what was resolved as well."""
        with explained(self._name), reading(self._engine) as connection:
            resolved = by_hand.read_resolutions(connection)
        flagged = (*self._of(assignment, student), tables.results.c.review.is_not(None))
        for row, result in self._current(flagged):
            for reason in row.review.split(","):
                key = (row.assignment, row.student, row.attempt, bytes(row.submission), reason)
                if settled or key not in resolved:
                    yield ReviewItem(reason=reason, result=result, resolution=resolved.get(key))

    def resolve(self, slot: Slot, reason: str, *, who: str, why: str, at: datetime) -> None:
        """Settle one matter of the review queue, with who and why. Raises UsageError where there is none such."""
        if not why.strip():
            raise UsageError(say("A resolution needs a reason: give it with `--why`."))
        mine = (*self._of(slot.assignment or "", slot.student), tables.results.c.attempt == slot.attempt)
        current = [row for row, _ in self._current(mine)]
        if not current or reason not in (current[0].review or "").split(","):
            raise UsageError(
                say(
                    "There is nothing to settle for {student} in {assignment} under `{reason}`. Run `grader "
                    "review` to see the queue.",
                    student=slot.student,
                    assignment=slot.assignment or say("an unknown assignment"),
                    reason=reason,
                )
            )
        row = current[0]
        key = (row.assignment, row.student, slot.attempt, bytes(row.submission), reason)
        resolution = Resolution(who=who, why=why, at=at)
        self._transact(lambda connection: by_hand.add_resolution(connection, key, resolution))

    # --- events ------------------------------------------------------------------------------------------------

    def record_event(self, kind: str, slot: Slot | None = None, detail: JSON = None) -> None:
        """Keep an event: something that happened and is no result."""
        row = by_hand.event_row(kind, slot, detail, rows.now(self._clock()))
        self._transact(lambda connection: connection.execute(tables.events.insert().values(row)))

    def events(self, kind: str | None = None) -> list[Event]:
        """Return the events, oldest first."""
        self.flush()
        with explained(self._name), reading(self._engine) as connection:
            return by_hand.read_events(connection, kind)

    # --- within ------------------------------------------------------------------------------------------------

    def _write(self, batch: list[Pending]) -> None:
        written = frozenset(self._written)
        with explained(self._name):
            transact(self._engine, lambda connection: write_batch(connection, batch, self.worker, written))
        if len(self._written) > _REMEMBERED:
            self._written.clear()
        self._written.update(digest for item in batch for digest in item.bodies)

    def _transact(self, work: Callable[[sa.Connection], object]) -> None:
        self.flush()
        with explained(self._name):
            transact(self._engine, work)

    @staticmethod
    def _of(assignment: str | None, student: str | None) -> tuple[sa.ColumnElement[bool], ...]:
        r = tables.results.c
        chosen: list[sa.ColumnElement[bool]] = []
        if assignment is not None:
            chosen.append(r.assignment == rows.stored(assignment))
        if student is not None:
            chosen.append(r.student == rows.stored(student))
        return tuple(chosen)

    def _current(self, chosen: tuple[sa.ColumnElement[bool], ...]) -> Iterator[tuple[sa.Row[Any], Result]]:
        self.flush()
        r = tables.results.c
        place = sa.tuple_(r.assignment, r.student, r.attempt)
        query = sa.select(tables.results).where(*chosen, is_current())
        query = query.order_by(r.assignment, r.student, r.attempt).limit(_PAGE)
        page = query
        while True:
            # A page is one short transaction: no reader holds a database open while a report is written.
            with explained(self._name), reading(self._engine) as connection:
                found = list(connection.execute(page))
                results = rows.read_results(connection, found)
            yield from zip(found, results, strict=True)
            if len(found) < _PAGE:
                return
            last = (found[-1].assignment, found[-1].student, found[-1].attempt)
            page = query.where(place > sa.tuple_(*map(sa.literal, last)))


def _is_dead(worker: str) -> bool:
    """Say whether a worker with a name of our making ran here and runs no more; of others nothing is known."""
    host, _, rest = worker.rpartition("-")[0].rpartition("-")
    if host != socket.gethostname() or not rest.isdecimal() or os.name != "posix":
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:  # there, and another user's
        return False
    return False
