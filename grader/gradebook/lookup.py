"""Finding in bulk what is done already, and dividing what is not among several graders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from grader.gradebook import tables
from grader.gradebook.entries import Claims, Known, Slot, Work
from grader.gradebook.recording import insert_into, latest_rows
from grader.gradebook.rows import fetch_bodies, read_results, read_versions, stored
from grader.model import Note, QuestionResult, Result

T = TypeVar("T")

CHUNK = 400
"""How many keys go in one query: below every database's limit on parameters."""


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield lists of up to `size` items, reading no further ahead."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def find_known(connection: Connection, items: Sequence[tuple[Slot, Work]]) -> list[Known]:
    """Return what is known of each piece of work, in order; for up to CHUNK of them."""
    slots = [(stored(slot.assignment or ""), stored(slot.student), slot.attempt) for slot, _ in items]
    latest = latest_rows(connection, sorted(set(slots)))
    w = tables.works.c
    submissions = sorted({bytes.fromhex(work.submission) for _, work in items})
    contexts = sorted({work.context for _, work in items})
    works = list(
        connection.execute(
            sa.select(w.digest, w.submission, w.context, w.complete, w.result)
            .where(w.submission.in_(submissions), w.context.in_(contexts))
            .order_by(w.result)
        )
    )
    done = {bytes(row.digest): row.result for row in works if row.complete}
    earlier: dict[tuple[bytes, bytes], list[int]] = {}
    for row in works:
        earlier.setdefault((bytes(row.submission), bytes(row.context)), []).append(row.result)

    choices: list[tuple[list[int], bool, bool]] = []
    for slot, (_, work) in zip(slots, items, strict=True):
        mine = latest.get(slot)
        if mine is not None and mine.complete and bytes(mine.work) == work.digest:
            choices.append(([mine.id], True, True))
        elif work.digest in done:
            choices.append(([done[work.digest]], True, False))
        else:
            choices.append((earlier.get((bytes.fromhex(work.submission), work.context), []), False, False))
    rows = _rows(connection, {ident for idents, _, _ in choices for ident in idents})
    found = dict(zip(rows, read_results(connection, rows.values()), strict=True))
    versions = fetch_bodies(connection, {bytes(row.versions) for row in rows.values()})
    return [
        Known(result=found[idents[0]], recorded=recorded)
        if complete
        else _questions(
            work, [(found[ident], read_versions(versions[bytes(rows[ident].versions)])) for ident in idents]
        )
        for (idents, complete, recorded), (_, work) in zip(choices, items, strict=True)
    ]


def _questions(work: Work, earlier: Sequence[tuple[Result, dict[str, str]]]) -> Known:
    """Gather the questions whose versions are as they were; the newest result comes last and wins."""
    kept: dict[str, QuestionResult] = {}
    notes: tuple[Note, ...] = ()
    for result, versions in earlier:
        same = {
            question.name: question
            for question in result.questions
            if question.score is not None
            and question.name in work.questions
            and versions.get(question.name) == work.questions[question.name]
        }
        if same:
            kept.update(same)
            notes = result.notes
    return Known(questions=kept, notes=notes)


def _rows(connection: Connection, idents: Iterable[int]) -> dict[int, sa.Row[Any]]:
    rows: dict[int, sa.Row[Any]] = {}
    for chunk in chunks(sorted(idents)):
        query = sa.select(tables.results).where(tables.results.c.id.in_(chunk))
        rows.update((row.id, row) for row in connection.execute(query))
    return rows


def find_done(connection: Connection, digests: Sequence[bytes]) -> set[bytes]:
    """Return those of up to CHUNK pieces of work that have a complete result."""
    query = sa.select(tables.works.c.digest).where(
        tables.works.c.digest.in_(digests), tables.works.c.complete.is_(True)
    )
    return {bytes(digest) for (digest,) in connection.execute(query)}


def claim_work(
    connection: Connection, digests: Sequence[bytes], worker: str, lease: float, at: float | None, again: bool
) -> Claims:
    """Claim up to CHUNK pieces of work until `lease` seconds from now; `at` None is the server's own time.

    Whatever was finished between a look-up and the claim is found done here: a result and the end of its claim are
    written in one transaction.
    """
    wanted = sorted(set(digests))
    moment: Any = sa.func.extract("epoch", sa.func.clock_timestamp()) if at is None else sa.literal(at)
    c = tables.claims.c
    insert = insert_into(connection, tables.claims)
    insert = insert.values([{"work": digest, "worker": worker, "expires": moment + lease} for digest in wanted])
    insert = insert.on_conflict_do_update(
        index_elements=["work"],
        set_={"worker": insert.excluded.worker, "expires": insert.excluded.expires},
        where=sa.or_(c.expires < moment, c.worker == worker),
    )
    granted = {bytes(digest) for (digest,) in connection.execute(insert.returning(c.work))}
    done = set() if again else find_done(connection, wanted)
    release_work(connection, sorted(granted & done), worker)
    mine = granted - done
    return Claims(mine=frozenset(mine), done=frozenset(done), elsewhere=frozenset(wanted) - mine - done)


def release_work(connection: Connection, digests: Sequence[bytes], worker: str) -> None:
    """Give claims back."""
    if digests:
        c = tables.claims.c
        connection.execute(tables.claims.delete().where(c.work.in_(digests), c.worker == worker))


def drop_claims(connection: Connection, is_gone: Callable[[str], bool]) -> None:
    """Delete the claims of workers that are gone."""
    c = tables.claims.c
    workers = [worker for (worker,) in connection.execute(sa.select(c.worker).distinct())]
    for worker in filter(is_gone, workers):
        connection.execute(tables.claims.delete().where(c.worker == worker))
