"""A gradebook in a file that may be read but not written: somebody else's, or on a disk that is mounted so.

SQLite wants to write even where it only reads: a file with a write-ahead log gets an index of it beside it. Where there
is no log the file holds everything, and is opened as `immutable`, which writes nothing anywhere. Where there is one
(another process is writing, or was killed) its index has to be there too, or the log can't be read: then opening fails
rather than show what was true before. Who begins to write in the moment of reading is not waited for.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote, urlencode

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import NullPool


def is_read_only(path: Path) -> bool:
    """Whether a file can be read, but not be written, or nothing beside it; a link stands for the file it leads to."""
    folder = os.path.dirname(os.path.realpath(path))
    return os.access(path, os.R_OK) and not (os.access(path, os.W_OK) and os.access(folder, os.W_OK))


def read_only(path: Path, seconds: float) -> Engine:
    """Return an engine that writes nothing; it waits `seconds` for whoever holds the file.

    Each reading opens the file anew: whether there is a log is asked then.
    """
    path = Path(os.path.realpath(path))

    def connected() -> sqlite3.Connection:
        how = {"mode": "ro"} | ({} if _has_log(path) else {"immutable": "1"})
        connection = sqlite3.connect(
            f"file:{quote(os.fsencode(path))}?{urlencode(how)}",
            uri=True,
            timeout=seconds,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA temp_store=MEMORY").close()
        return connection

    url = URL.create("sqlite", database=os.fspath(path))
    engine = sa.create_engine(url, creator=connected, poolclass=NullPool)

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _has_log(path: Path) -> bool:
    """Whether something was written that is not in the file itself, or is not whole there."""
    for ending in ("-wal", "-journal"):
        try:
            if path.with_name(f"{path.name}{ending}").stat().st_size > 0:
                return True
        except FileNotFoundError:
            continue
    return False
