"""The tables. Results, adjustments, resolutions and events are only ever added to.

Questions' results are kept once each in `bodies`, by their content: a class that gets a question right shares one row.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA = 1
"""Raised whenever a column is added, dropped or read differently."""

metadata = MetaData()

# Text is ordered by code point everywhere, so that pages of rows are the same on each database.
_Text = Text().with_variant(Text(collation="C"), "postgresql")
_Id = BigInteger().with_variant(Integer(), "sqlite")


def _column(name: str, kind: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, nullable=False, **options)


meta = Table("grader_meta", metadata, _column("name", _Text, primary_key=True), _column("value", _Text))

results = Table(
    "results",
    metadata,
    _column("id", _Id, primary_key=True, autoincrement=True),
    _column("assignment", _Text),
    _column("student", _Text),
    _column("attempt", Integer),
    _column("ordinal", Integer),  # 0, 1, 2 … within (assignment, student, attempt): the last one is current
    _column("work", LargeBinary),
    _column("submission", LargeBinary),
    _column("complete", Boolean),
    _column("content", LargeBinary),  # of the record without its seconds
    _column("labels", LargeBinary),  # of what can change without grading anew
    Column("review", _Text, nullable=True),
    _column("record", _Text),  # the result as JSON without its questions
    _column("bodies", LargeBinary),  # 16 bytes a question
    _column("versions", LargeBinary),  # a body too: the questions' versions
    _column("recorded_at", _Text),
    _column("worker", _Text),
    UniqueConstraint("assignment", "student", "attempt", "ordinal", name="results_slot"),
    sqlite_autoincrement=True,
)

bodies = Table("bodies", metadata, _column("digest", LargeBinary, primary_key=True), _column("body", _Text))

works = Table(
    "works",
    metadata,
    _column("digest", LargeBinary, primary_key=True),
    _column("submission", LargeBinary),
    _column("context", LargeBinary),
    _column("complete", Boolean),
    _column("result", _Id),
    Index("works_submission", "submission", "context"),
)

claims = Table(
    "claims",
    metadata,
    _column("work", LargeBinary, primary_key=True),
    _column("worker", _Text),
    _column("expires", Float),
)

adjustments = Table(
    "adjustments",
    metadata,
    _column("id", _Id, primary_key=True, autoincrement=True),
    _column("assignment", _Text),
    _column("student", _Text),
    Column("question", _Text, nullable=True),
    _column("act", _Text),
    Column("points", _Text, nullable=True),  # a decimal, exactly as given
    _column("why", _Text),
    _column("who", _Text),
    _column("at", _Text),
    Index("adjustments_student", "assignment", "student"),
    sqlite_autoincrement=True,
)

resolutions = Table(
    "resolutions",
    metadata,
    _column("id", _Id, primary_key=True, autoincrement=True),
    _column("assignment", _Text),
    _column("student", _Text),
    _column("attempt", Integer),
    _column("submission", LargeBinary),
    _column("reason", _Text),
    _column("who", _Text),
    _column("why", _Text),
    _column("at", _Text),
    Index("resolutions_slot", "assignment", "student", "attempt"),
    sqlite_autoincrement=True,
)

events = Table(
    "events",
    metadata,
    _column("id", _Id, primary_key=True, autoincrement=True),
    _column("kind", _Text),
    Column("assignment", _Text, nullable=True),
    Column("student", _Text, nullable=True),
    Column("attempt", Integer, nullable=True),
    _column("detail", _Text),
    _column("at", _Text),
    sqlite_autoincrement=True,
)
