"""A gradebook in SQLite, and in PostgreSQL where there is a server."""

from __future__ import annotations

import pytest

from grader.gradebook import open_gradebook


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
