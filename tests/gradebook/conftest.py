"""A gradebook in SQLite, and in PostgreSQL where there is a server."""

from __future__ import annotations

import os
import secrets

import pytest

from grader.gradebook import open_gradebook


def _postgres_url():
    url = os.environ.get("GRADER_TEST_POSTGRES_URL")
    if not url:
        pytest.skip("no PostgreSQL: set GRADER_TEST_POSTGRES_URL, or run .ci/postgres")
    return url


@pytest.fixture
def postgres_place():
    """A database of its own on the test server, dropped afterwards."""
    import sqlalchemy as sa

    server = sa.make_url(_postgres_url()).set(drivername="postgresql+psycopg")
    name = f"grader_{secrets.token_hex(6)}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield server.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def place(request, tmp_path):
    """Where a gradebook is kept."""
    if request.param == "sqlite":
        return str(tmp_path / "course" / ".grader" / "gradebook.sqlite3")
    return request.getfixturevalue("postgres_place")


@pytest.fixture
def gradebook(place):
    with open_gradebook(place, worker="one", clock=lambda: 1_000_000.0) as opened:
        yield opened
