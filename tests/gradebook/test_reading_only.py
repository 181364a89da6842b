"""A gradebook that can't be written can be read, with all that was recorded, and says plainly that it is read-only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest
from gradebook_samples import result, work

from grader.errors import GradebookError
from grader.gradebook import open_gradebook

STRANGER = """
    import os, sys
    from grader.errors import GradebookError
    from grader.gradebook import open_gradebook
    import grader.gradebook.store, grader.gradebook.readonly, sqlalchemy.dialects.sqlite.pysqlite
    if os.getuid() == 0:
        os.setgid(65534); os.setuid(65534)
    for to_read in (True, False):
        try:
            with open_gradebook(sys.argv[1], to_read=to_read) as gradebook:
                print(*(result.student for result in gradebook.results()))
        except GradebookError as error:
            print("refused:", error)
"""


@pytest.fixture
def folder():
    # Not below pytest's own folder, which another user can't enter.
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
        os.chmod(name, 0o700)


def as_stranger(path, *, file=0o644, folder=0o555):
    """Open a gradebook as a user who may read it and not write it: to read, and then to write."""
    for each in path.parent.glob("*"):
        each.chmod(file)
    path.parent.chmod(folder)
    command = [sys.executable, "-c", textwrap.dedent(STRANGER), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    there = sorted(each.name for each in path.parent.iterdir())
    return done.stdout.splitlines(), there


def test_what_is_in_a_file_without_a_log_is_read_and_nothing_is_made_beside_it(folder):
    path = folder / "a 100 % gradebook?.sqlite3"
    with open_gradebook(path) as gradebook:
        gradebook.record(result("ada"), work("ada"))
    (read, refused), there = as_stranger(path, file=0o444)
    assert read == "ada"
    assert f"refused: the gradebook {path} is read-only here" in refused
    assert there == [path.name]


def test_a_file_that_may_not_be_written_in_a_folder_that_may_is_read_too(folder):
    path = folder / "g.sqlite3"
    with open_gradebook(path) as gradebook:
        gradebook.record(result("ada"), work("ada"))
    (read, refused), there = as_stranger(path, file=0o444, folder=0o777)
    assert (read, refused[:8]) == ("ada", "refused:")
    assert there == [path.name]


def test_what_a_writer_has_in_its_log_is_read_as_well(folder):
    path = folder / "g.sqlite3"
    with open_gradebook(path) as gradebook:
        gradebook.record(result("ada"), work("ada"))
        gradebook.flush()
        gradebook.record(result("bob"), work("bob"))
        gradebook.flush()
        assert (folder / "g.sqlite3-wal").stat().st_size
        (read, _), _ = as_stranger(path)
    assert read == "ada bob"


def test_a_link_leads_to_the_log_of_the_file_it_names(folder):
    path, link = folder / "there" / "g.sqlite3", folder / "here" / "link.sqlite3"
    path.parent.mkdir()
    link.parent.mkdir()
    link.symlink_to(path)
    folder.chmod(0o755)
    with open_gradebook(path) as gradebook:
        gradebook.record(result("ada"), work("ada"))
        gradebook.flush()
        gradebook.record(result("bob"), work("bob"))
        gradebook.flush()
        link.parent.chmod(0o777)  # what counts is the folder of the file
        as_stranger(path)
        (read, refused), _ = as_stranger(link, folder=0o777)
    assert (read, refused[:8]) == ("ada bob", "refused:")


def test_who_reads_for_long_is_told_of_what_is_written_meanwhile(folder, monkeypatch):
    path = folder / "g.sqlite3"
    with open_gradebook(path) as gradebook:
        gradebook.record(result("ada"), work("ada"))
    with monkeypatch.context() as patch:
        patch.setattr("grader.gradebook.engine.is_read_only", lambda _: True)
        reader = open_gradebook(path, to_read=True)
    with reader, open_gradebook(path) as gradebook:
        assert [each.student for each in reader.results()] == ["ada"]
        gradebook.record(result("bob"), work("bob"))
        gradebook.flush()
        assert [each.student for each in reader.results()] == ["ada", "bob"]


def test_a_log_that_cannot_be_read_is_no_reason_to_show_what_was_true_before(folder):
    path, left = folder / "g.sqlite3", folder / "left" / "g.sqlite3"
    left.parent.mkdir()
    with open_gradebook(path) as gradebook:
        gradebook.record(result("ada"), work("ada"))
        gradebook.flush()
        for end in ("", "-wal"):  # as after a crash of the machine, and a copy without the index
            shutil.copy(f"{path}{end}", f"{left}{end}")
    folder.chmod(0o755)
    lines, _ = as_stranger(left)
    assert [line.partition(" the gradebook ")[0] for line in lines] == ["refused:", "refused:"]
    assert "mend the permissions of the file and its folder" in lines[0]


def test_nothing_can_be_recorded_in_what_was_opened_to_read(folder, monkeypatch):
    path = folder / "g.sqlite3"
    with open_gradebook(path) as gradebook:
        gradebook.record(result("ada"), work("ada"))
    monkeypatch.setattr("grader.gradebook.engine.is_read_only", lambda _: True)
    with open_gradebook(path, to_read=True) as gradebook:
        assert gradebook.assignments() == [result("ada").assignment]
        with pytest.raises(GradebookError, match="readonly database"):
            gradebook.record_event("run")


def test_another_schema_is_refused_when_reading_too(folder, monkeypatch):
    path = folder / "g.sqlite3"
    path.write_bytes(b"")
    monkeypatch.setattr("grader.gradebook.engine.is_read_only", lambda _: True)
    with pytest.raises(GradebookError, match="read-only and holds no gradebook"):
        open_gradebook(path, to_read=True)
