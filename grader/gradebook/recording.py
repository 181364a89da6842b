"""Writing a batch of results in one transaction, so that two graders record each submission once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from grader.gradebook import tables
from grader.gradebook.rows import Pending

_CHUNK = 400
_ROUNDS = 20

Latest = dict[tuple[str, str, int], Any]


def insert_into(connection: Connection, table: sa.Table) -> Any:
    """Return an INSERT of this database's own kind, which knows `ON CONFLICT`."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def write_batch(connection: Connection, batch: Sequence[Pending], worker: str, written: frozenset[bytes]) -> None:
    """Write results: the new ones only, each after the one that was current for its slot.

    `written` are bodies known to be there already. All rows go in one order, so that two graders which write the same
    class at the same time wait for each other and don't lock each other up.
    """
    fresh = {digest: body for item in batch for digest, body in item.bodies.items() if digest not in written}
    if fresh:
        rows = [{"digest": digest, "body": fresh[digest]} for digest in sorted(fresh)]
        connection.execute(insert_into(connection, tables.bodies).on_conflict_do_nothing(), rows)
    todo = sorted(batch, key=lambda item: item.slot)  # stable: of one slot, the order of recording stays
    for _ in range(_ROUNDS):
        if not todo:
            break
        todo = _write_round(connection, todo)
    else:
        raise RuntimeError("other graders keep recording the same submissions; run one of them at a time")
    events = [dict(item.event) for item in batch if item.event is not None]
    if events:
        connection.execute(tables.events.insert(), events)
    keys = sorted({item.row["work"] for item in batch if item.row["work"]})
    connection.execute(tables.claims.delete().where(tables.claims.c.work.in_(keys), tables.claims.c.worker == worker))


def latest_rows(connection: Connection, slots: Sequence[tuple[str, str, int]]) -> Latest:
    """Return the current row of each slot that has one."""
    r = tables.results
    wanted = set(slots)
    students: dict[str, set[str]] = {}
    for assignment, student, _ in slots:
        students.setdefault(assignment, set()).add(student)
    found: Latest = {}
    for assignment, names in sorted(students.items()):
        ordered = sorted(names)
        for start in range(0, len(ordered), _CHUNK):
            # SQLite would look through the whole table for `(assignment, student, attempt) IN (...)`.
            query = sa.select(
                r.c.id,
                r.c.assignment,
                r.c.student,
                r.c.attempt,
                r.c.ordinal,
                r.c.work,
                r.c.complete,
                r.c.content,
                r.c.labels,
            ).where(r.c.assignment == assignment, r.c.student.in_(ordered[start : start + _CHUNK]), is_current())
            for row in connection.execute(query):
                slot = (row.assignment, row.student, row.attempt)
                if slot in wanted:
                    found[slot] = row
    return found


def is_current() -> sa.ColumnElement[bool]:
    """Say in SQL that a row of `results` is the last of its slot: the next ordinal is not there."""
    r, later = tables.results, tables.results.alias("later")
    return ~sa.exists().where(
        later.c.assignment == r.c.assignment,
        later.c.student == r.c.student,
        later.c.attempt == r.c.attempt,
        later.c.ordinal == r.c.ordinal + 1,
    )


def _write_round(connection: Connection, todo: Sequence[Pending]) -> list[Pending]:
    """Write at most one result a slot; return what is left: second results of a slot, and races lost."""
    latest = latest_rows(connection, sorted({item.slot for item in todo}))
    rows: dict[tuple[str, str, int], Pending] = {}
    left: list[Pending] = []
    for item in todo:
        if item.slot in rows:
            left.append(item)
        elif not _is_recorded(item, latest.get(item.slot)):
            rows[item.slot] = item
    if not rows:
        return left
    values = [
        dict(item.row) | {"ordinal": latest[slot].ordinal + 1 if slot in latest else 0} for slot, item in rows.items()
    ]
    r = tables.results.c
    # A list of parameters, not `values(...)`: the statement is compiled once, and not anew for each batch.
    insert = insert_into(connection, tables.results).on_conflict_do_nothing()
    insert = insert.returning(r.id, r.assignment, r.student, r.attempt)
    ids = {(row.assignment, row.student, row.attempt): row.id for row in connection.execute(insert, values)}
    # A slot without an id was taken by another grader in this very moment: look again at what it wrote.
    left.extend(item for slot, item in rows.items() if slot not in ids)
    _keep_works(connection, [(rows[slot], ident) for slot, ident in ids.items()])
    return sorted(left, key=lambda item: item.slot)


def _is_recorded(item: Pending, latest: Any) -> bool:
    if latest is None or bytes(latest.work) != item.row["work"]:
        return False
    same: bool = bytes(latest.content) == item.row["content"]
    if item.force or not latest.complete or not item.row["work"]:
        # An incomplete result gives way to any other; one that was forced to whatever it is now.
        return same
    relabelled: bool = bytes(latest.labels) != item.row["labels"]
    return not relabelled


def _keep_works(connection: Connection, written: Sequence[tuple[Pending, int]]) -> None:
    """Let equal work find these results: the first complete one, or the one that was forced."""
    for force in (False, True):
        rows = {
            item.row["work"]: {
                "digest": item.row["work"],
                "submission": item.row["submission"],
                "context": item.context,
                "complete": item.row["complete"],
                "result": ident,
            }
            for item, ident in written
            if item.reusable and item.force is force
        }
        if not rows:
            continue
        insert = insert_into(connection, tables.works)
        new = {"complete": insert.excluded.complete, "result": insert.excluded.result}
        keep = None if force else sa.not_(tables.works.c.complete)
        connection.execute(
            insert.on_conflict_do_update(index_elements=["digest"], set_=new, where=keep),
            [rows[key] for key in sorted(rows)],
        )
