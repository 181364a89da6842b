"""Connecting to SQLite or PostgreSQL, making the tables, and holding the schema number against this version's."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from grader.errors import GradebookError
from grader.gradebook import tables
from grader.gradebook.readonly import is_read_only, read_only
from grader.saying import reason, say

T = TypeVar("T")

# One graders' transaction lasts milliseconds; half a minute of waiting means that something is stuck.
_BUSY_SECONDS = 30
_SQLITE = (3, 35, 0)  # the first with RETURNING
_LOCK = 0x6E756D67  # any fixed number: it keeps two graders from making the tables at the same time
_TRIES = 6
_RETRIED = frozenset({"40001", "40P01"})  # serialization failure, deadlock: PostgreSQL asks to try again


def connect(url_or_path: str | Path, *, to_read: bool = False) -> Engine:
    """Return an engine for a gradebook whose schema is this version's. Raises GradebookError.

    Only `to_read` opens a file that can't be written.
    """
    url = _url(url_or_path)
    name = _shown(url)
    fixed = url.get_backend_name() == "sqlite" and is_read_only(Path(name))
    if fixed and not to_read:
        raise GradebookError(
            say(
                "the gradebook {name} is read-only here: show, review, report and export can read it, and nothing can "
                "be recorded. Mend the permissions of the file and its folder, or choose another place with "
                "`--gradebook FILE`",
                name=name,
            )
        )
    with explained(name):
        engine = read_only(Path(name), _BUSY_SECONDS) if fixed else _engine(url)
        try:
            if fixed:
                with reading(engine) as connection:
                    _require_schema(connection, name, set(sa.inspect(connection).get_table_names()))
            else:
                transact(engine, lambda connection: _check_schema(connection, name))
        except BaseException:
            engine.dispose()
            raise
    return engine


def transact(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Run `work` in one transaction, once more where the database asks for that."""
    for attempt in range(_TRIES):
        try:
            with engine.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            if attempt == _TRIES - 1 or getattr(error.orig, "sqlstate", None) not in _RETRIED:
                raise
    raise AssertionError("unreachable: the last try returns or raises")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection for reading: on SQLite it does not wait for a writer."""
    with engine.connect().execution_options(reading=True) as connection:
        yield connection


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn the database's errors into a GradebookError that says what to do."""
    try:
        yield
    except SQLAlchemyError as error:
        raise GradebookError(_advice(name, error)) from error


def name_of(engine: Engine) -> str:
    """Return the gradebook's name for messages, without a password."""
    return _shown(engine.url)


def _url(url_or_path: str | Path) -> URL:
    text = os.fspath(url_or_path)
    if isinstance(url_or_path, Path) or "://" not in text:
        return URL.create("sqlite", database=os.path.abspath(os.path.expanduser(text)))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise GradebookError(
            say(
                "the gradebook's URL can't be read: write it as postgresql://USER@HOST/DATABASE, or give "
                "the path of a file"
            )
        ) from error
    backend = url.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database and url.database != ":memory:":
        return url
    raise GradebookError(
        say(
            "a gradebook can't be kept in {url}: give the path of a file, or a URL postgresql://USER@HOST/DATABASE",
            url=_shown(url),
        )
    )


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    try:
        return sa.create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (ImportError, NoSuchModuleError) as error:
        raise GradebookError(
            say("a gradebook in PostgreSQL needs its driver: run `pip install 'numgrader[postgres]'`")
        ) from error


def _sqlite(url: URL) -> Engine:
    if sqlite3.sqlite_version_info < _SQLITE:
        raise GradebookError(
            say(
                "this Python comes with SQLite {sqlite_version}, and the gradebook needs {names}: use a "
                "newer Python, or PostgreSQL with `--gradebook postgresql://…`",
                sqlite_version=sqlite3.sqlite_version,
                names=".".join(map(str, _SQLITE)),
            )
        )
    path = Path(url.database or "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Marks are private: what the file is made with, its journal gets too.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise GradebookError(
            say(
                "the gradebook {path} can't be written ({reason}): mend the folder's permissions, choose "
                "another place with `--gradebook FILE`, or go without with `--no-gradebook`",
                path=path,
                reason=reason(error),
            )
        ) from error
    engine = sa.create_engine(url, connect_args={"timeout": _BUSY_SECONDS})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # Transactions are begun below, not by the driver's guesses.
        connection.isolation_level = None
        # With a write-ahead log readers never wait for the writer, and NORMAL survives the death of any process.
        _log_ahead(connection)
        for pragma in (
            "synchronous=NORMAL",
            "cache_size=-4000",  # KB, of each connection: a lane's and the writer's grow with the class to that
            "temp_store=MEMORY",
            "journal_size_limit=67108864",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock at once: one that upgrades later may find that it has read stale rows.
        reads = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Give a file its write-ahead log. SQLite doesn't wait here for another that makes the same new file."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _check_schema(connection: Connection, name: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    present = set(sa.inspect(connection).get_table_names())
    if not present.intersection(tables.metadata.tables):
        tables.metadata.create_all(connection)
        connection.execute(tables.meta.insert().values(name="schema", value=str(tables.SCHEMA)))
        return
    _require_schema(connection, name, present)


def _require_schema(connection: Connection, name: str, present: set[str]) -> None:
    """Raise GradebookError for a database of another schema, or none."""
    if tables.meta.name not in present:
        if ours := present & set(tables.metadata.tables):
            raise GradebookError(
                say(
                    "{name} is some other program's database (it has a table `{ours}` and no schema number): "
                    "choose another place with `--gradebook`",
                    name=name,
                    ours=min(ours),
                )
            )
        raise GradebookError(say("{name} is read-only and holds no gradebook: name another", name=name))
    found = connection.execute(sa.select(tables.meta.c.value).where(tables.meta.c.name == "schema")).scalar()
    if found == str(tables.SCHEMA):
        return
    newer = found is not None and found.isdecimal() and int(found) > tables.SCHEMA
    todo = (
        say("upgrade the grader (`pip install --upgrade numgrader`)")
        if newer
        else say("export its marks with the version that wrote it, then move it away and grade again")
    )
    raise GradebookError(
        say(
            "the gradebook {name} has schema {found}, and this version reads schema {schema}: "
            "{todo}, or choose another place with `--gradebook`",
            name=name,
            found=found,
            schema=tables.SCHEMA,
            todo=todo,
        )
    )


def _advice(name: str, error: SQLAlchemyError) -> str:
    cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if "not a database" in cause:
        todo = say("the file is something else: choose another place with `--gradebook FILE`")
    elif "disk is full" in cause or "No space left" in cause or "disk I/O" in cause:
        todo = say("make room on the disk and run the same command again: what was recorded is kept")
    elif "readonly" in cause or "unable to open" in cause:
        todo = say("mend the permissions of the file and its folder, or choose another place with `--gradebook FILE`")
    elif "locked" in cause:
        todo = say("another program holds it: end that program, or wait, and run the same command again")
    else:
        todo = say("check that the database is there and that you may use it, then run the same command again")
    return say("the gradebook {name} can't be used ({cause}): {todo}", name=name, cause=cause, todo=todo)


def _shown(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        database = url.database or "sqlite"
        return unquote(database.removeprefix("file:")) if "uri" in url.query else database
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)
