"""A gradebook in a file that may be read but not written: somebody else's, or on a disk that is mounted so.

SQLite wants to write even where it only reads: a file with a write-ahead log gets an index of it beside it. Where there
is no log the file holds everything, and is opened as `immutable`, which writes nothing anywhere. Where there is one
(another process is writing, or was killed) its index has to be there too, or the log can't be read: then opening fails
rather than show what was true before. Who begins to write in the moment of reading is not waited for.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine


def is_read_only(path: Path) -> bool:
    """Whether a file can be read, but not be written, or nothing beside it."""
    return os.access(path, os.R_OK) and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def read_only(path: Path, seconds: float) -> Engine:
    """Return an engine that writes nothing; it waits `seconds` for whoever holds the file."""
    log = path.with_name(f"{path.name}-wal")
    settled = not log.exists() or not log.stat().st_size
    how = {"uri": "true", "mode": "ro", **({"immutable": "1"} if settled else {})}
    url = URL.create("sqlite", database=f"file:{quote(os.fspath(path))}", query=how)
    engine = sa.create_engine(url, connect_args={"timeout": seconds})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA temp_store=MEMORY").close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
