"""What people did, and what happened: adjustments, resolutions and events, as rows and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from grader.gradebook import tables
from grader.gradebook.entries import Event, Resolution, Slot
from grader.gradebook.rows import read, stored, to_json
from grader.model import JSON
from grader.policy import Act, Adjustment

ResolutionKey = tuple[str, str, int, bytes, str]
"""Assignment, student, attempt (as stored), the bytes handed in, the reason."""


def add_adjustment(connection: Connection, adjustment: Adjustment) -> None:
    """Add an act by hand."""
    row = {
        "assignment": stored(adjustment.assignment),
        "student": stored(adjustment.student),
        "question": adjustment.question,
        "act": adjustment.act.value,
        "points": None if adjustment.points is None else str(adjustment.points),
        "why": stored(adjustment.why),
        "who": stored(adjustment.who),
        "at": _text(adjustment.at),
    }
    connection.execute(tables.adjustments.insert().values(row))


def read_adjustments(connection: Connection, assignment: str | None, student: str | None) -> list[Adjustment]:
    """Return the acts by hand, oldest first."""
    a = tables.adjustments.c
    query = sa.select(tables.adjustments).order_by(a.id)
    if assignment is not None:
        query = query.where(a.assignment == stored(assignment))
    if student is not None:
        query = query.where(a.student == stored(student))
    return [
        Adjustment(
            assignment=read(row.assignment),
            student=read(row.student),
            question=row.question,
            act=Act(row.act),
            points=None if row.points is None else Decimal(row.points),
            why=read(row.why),
            who=read(row.who),
            at=datetime.fromisoformat(row.at),
        )
        for row in connection.execute(query)
    ]


def add_resolution(connection: Connection, key: ResolutionKey, resolution: Resolution) -> None:
    """Add the settling of one matter of the review queue."""
    assignment, student, attempt, submission, reason = key
    row = {
        "assignment": assignment,
        "student": student,
        "attempt": attempt,
        "submission": submission,
        "reason": reason,
        "who": stored(resolution.who),
        "why": stored(resolution.why),
        "at": _text(resolution.at),
    }
    connection.execute(tables.resolutions.insert().values(row))


def read_resolutions(connection: Connection) -> dict[ResolutionKey, Resolution]:
    """Return what was settled; of several resolutions of one matter the last."""
    query = sa.select(tables.resolutions).order_by(tables.resolutions.c.id)
    return {
        (row.assignment, row.student, row.attempt, bytes(row.submission), row.reason): Resolution(
            who=read(row.who), why=read(row.why), at=datetime.fromisoformat(row.at)
        )
        for row in connection.execute(query)
    }


def event_row(kind: str, slot: Slot | None, detail: JSON | Mapping[str, Any], at: str) -> dict[str, Any]:
    """Return an event as a row."""
    return {
        "kind": kind,
        "assignment": stored(slot.assignment or "") if slot else None,
        "student": stored(slot.student) if slot else None,
        "attempt": slot.attempt if slot else None,
        "detail": to_json(detail),
        "at": at,
    }


def read_events(connection: Connection, kind: str | None) -> list[Event]:
    """Return the events, oldest first."""
    query = sa.select(tables.events).order_by(tables.events.c.id)
    if kind is not None:
        query = query.where(tables.events.c.kind == kind)
    return [
        Event(
            kind=row.kind,
            at=datetime.fromisoformat(row.at),
            assignment=None if row.assignment is None else read(row.assignment),
            student=None if row.student is None else read(row.student),
            attempt=row.attempt,
            detail=json.loads(row.detail),
        )
        for row in connection.execute(query)
    ]


def _text(moment: datetime) -> str:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
