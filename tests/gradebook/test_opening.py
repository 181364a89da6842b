"""Opening says what is wrong and what to do."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from gradebook_samples import result, work

from grader.errors import GradebookError
from grader.gradebook import open_gradebook


def execute(path, statement):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def test_a_new_gradebook_is_private_and_has_a_write_ahead_log(tmp_path):
    path = tmp_path / "deep" / "er" / "gradebook.sqlite3"
    with open_gradebook(path):
        pass
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(("found", "todo"), [("2", "upgrade"), ("0", "export"), ("x", "export")])
def test_another_schema_is_refused_with_what_to_do(tmp_path, found, todo):
    path = tmp_path / "g.sqlite3"
    with open_gradebook(path):
        pass
    execute(path, f"update grader_meta set value = '{found}' where name = 'schema'")
    with pytest.raises(GradebookError, match=rf"schema {found}.*schema 1.*{todo}"):
        open_gradebook(path)


def test_another_schema_is_refused_on_postgres_too(postgres_place):
    import sqlalchemy as sa

    with open_gradebook(postgres_place):
        pass
    engine = sa.create_engine(sa.make_url(postgres_place).set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.exec_driver_sql("update grader_meta set value = '7'")
    engine.dispose()
    with pytest.raises(GradebookError, match="schema 7") as caught:
        open_gradebook(postgres_place)
    assert sa.make_url(postgres_place).password not in str(caught.value)


def test_a_schema_error_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "other.sqlite3"
    execute(path, "create table results (a)")
    with pytest.raises(GradebookError, match="some other program"):
        open_gradebook(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("select name from sqlite_master").fetchall() == [("results",)]


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text("student,score\n" * 200)
    with pytest.raises(GradebookError, match="choose another place"):
        open_gradebook(path)
    assert path.read_text() == "student,score\n" * 200


def test_a_folder_that_is_a_file_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(GradebookError, match="--no-gradebook"):
        open_gradebook(tmp_path / "file" / "g.sqlite3")


def test_a_folder_that_cannot_be_written_is_refused_with_what_to_do(tmp_path):
    code = textwrap.dedent("""
        import os, sys
        from grader.errors import GradebookError
        from grader.gradebook import open_gradebook
        import grader.gradebook.store
        if os.getuid() == 0:
            os.setgid(65534); os.setuid(65534)
        try:
            open_gradebook(sys.argv[1])
        except GradebookError as error:
            print(error)
    """)
    # Not below pytest's own folder, which another user can't enter.
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o555)
        out = subprocess.run(
            [sys.executable, "-c", code, str(Path(folder) / "g.sqlite3")], capture_output=True, text=True, check=True
        )
    assert "can't be written" in out.stdout
    assert "--gradebook FILE" in out.stdout


@pytest.mark.parametrize(
    "url", ["mysql://host/db", "sqlite://", "sqlite:///:memory:", "://", "postgresql://host:port/db"]
)
def test_a_url_that_cannot_be_used_is_refused_with_an_example(url):
    with pytest.raises(GradebookError, match="postgresql://USER@HOST/DATABASE"):
        open_gradebook(url)


def test_a_server_that_is_not_there_is_refused_without_showing_the_password():
    pytest.importorskip("psycopg")
    with pytest.raises(GradebookError, match="check that the database is there") as caught:
        open_gradebook("postgresql://someone:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


def test_a_url_of_sqlite_opens_the_file(tmp_path):
    with open_gradebook(f"sqlite:///{tmp_path}/by_url.sqlite3") as gradebook:
        gradebook.record(result(), work())
    with open_gradebook(tmp_path / "by_url.sqlite3") as gradebook:
        assert list(gradebook.results()) == [result()]


def test_a_full_disk_ends_the_run_with_what_to_do_and_keeps_what_was_recorded(tmp_path):
    path = tmp_path / "g.sqlite3"
    with open_gradebook(path) as gradebook:
        gradebook.record(result("first"), work("first"))
    gradebook = open_gradebook(path, rows=10, seconds=0.01)
    limit_pages(gradebook)
    with pytest.raises(GradebookError, match="make room on the disk"):
        fill(gradebook)
    with open_gradebook(path) as again:
        assert result("first") in list(again.results())
        again.record(result("last"), work("last"))
        assert result("last") in list(again.results())


def fill(gradebook):
    with gradebook:
        for number in range(5000):
            gradebook.record(result(f"s{number}", path="x" * 2000), work(f"s{number}"))


def limit_pages(gradebook):
    """SQLite's own way to a full disk: the file may not grow."""
    import sqlalchemy as sa

    @sa.event.listens_for(gradebook._engine, "begin")
    def limit(connection):
        connection.exec_driver_sql("pragma max_page_count = 40")


def test_a_failed_batch_is_told_to_every_later_call(tmp_path):
    gradebook = open_gradebook(tmp_path / "g.sqlite3", rows=1)
    limit_pages(gradebook)
    gradebook.record(result("x", path="x" * 300_000), work("x"))
    with pytest.raises(GradebookError):
        gradebook.flush()
    with pytest.raises(GradebookError):
        gradebook.record(result(), work())
    with pytest.raises(GradebookError), gradebook:
        pass


def test_a_reader_does_not_wait_for_a_writer(tmp_path):
    path = tmp_path / "g.sqlite3"
    with open_gradebook(path) as gradebook:
        gradebook.record(result(), work())
        gradebook.flush()
        with closing(sqlite3.connect(path, isolation_level=None)) as writer:
            writer.execute("begin immediate")
            assert list(gradebook.results()) == [result()]
            writer.execute("rollback")


def test_two_that_make_a_gradebook_at_the_same_time_both_open_it(tmp_path):
    def make(number):
        with open_gradebook(tmp_path / f"{number // 2}.sqlite3") as gradebook:
            return list(gradebook.results())

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(make, range(60))) == [[]] * 60


def test_an_sqlite_that_is_too_old_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with pytest.raises(GradebookError, match=r"needs 3\.35\.0"):
        open_gradebook(tmp_path / "g.sqlite3")
