"""A full disk, the gradebook's or a worker's, is never a student's zero: it is told, and the same command goes on.

Sandboxes have a folder on a disk at level `none`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys

import pytest
from class_samples import grade
from cluster_samples import (
    QUIET,
    begin_unconfined,
    finish,
    marks_of,
    once_each,
    recorded,
    sample,
    timeless,
    wait_until,
    zygotes_of,
)

pytest.importorskip("distributed", reason="needs dask.distributed: pip install -e '.[cluster]'")

FILES = 300


class Disk:
    """A file system in memory of so many kilobytes, which can be filled."""

    def __init__(self, place, kilobytes):
        self.place = place
        place.mkdir()
        place.chmod(0o1777)
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,nr_inodes={FILES},mode=1777", "numgrader-test", place],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"a file system can't be mounted here: {done.stderr.strip()}")

    def fill(self):
        """Take every byte, and every place for another file."""
        with contextlib.suppress(OSError), (self.place / "ballast").open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 4096)
        with contextlib.suppress(OSError):
            for number in range(FILES):
                (self.place / f"ballast-{number}").touch()

    def empty(self):
        for path in self.place.glob("ballast*"):
            path.unlink()

    def grow(self, kilobytes):
        subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", self.place], check=True)

    def close(self):
        subprocess.run(["umount", "-l", self.place], check=True)


@pytest.fixture
def disk(tmp_path):
    """Return a disk to fill; mounting one takes root."""
    if not sys.platform.startswith("linux"):
        pytest.skip("mounts a tmpfs")
    made = []

    def make(kilobytes):
        made.append(Disk(tmp_path / f"disk-{len(made)}", kilobytes))
        return made[-1]

    yield make
    for each in made:
        if each.place.is_mount():
            each.close()


@pytest.mark.slow
def test_a_full_disk_under_the_gradebook_ends_the_run_and_the_same_command_goes_on(tmp_path, cluster, disk):
    students = 60
    course = sample(tmp_path, students)
    expected = timeless(grade(course, "--jobs", 2, *QUIET).stdout)
    small = disk(240)
    book = small.place / "gradebook.sqlite3"
    cluster.add_worker()
    command = ("--cluster", cluster.file, "--gradebook", book, "--format", "json")
    out, err = finish(begin_unconfined(course, *command), code=2)
    assert not out
    assert "make room on the disk and run the same command again" in err
    assert "Traceback" not in err
    small.grow(20_000)
    out, _ = finish(begin_unconfined(course, *command))
    assert timeless(out) == expected
    assert once_each(book, students)


def test_a_worker_whose_disk_is_full_is_not_used_and_the_others_do_the_work(tmp_path, cluster, disk):
    students = 30
    course = sample(tmp_path, students)
    expected = timeless(grade(course, "--jobs", 2, *QUIET).stdout)
    full = disk(400)
    full.fill()
    cluster.add_worker("--preload", only(full))
    cluster.add_worker()
    wait_until(lambda: there(cluster) == 2)
    out, err = finish(begin_unconfined(course, "--cluster", cluster.file, "--format", "json"))
    assert "is not used" in err
    assert "No space left on device" in err
    assert timeless(out) == expected
    assert once_each(course / ".grader" / "gradebook.sqlite3", students)


@pytest.mark.slow
def test_where_no_worker_has_room_nothing_is_graded_and_the_same_command_goes_on_later(tmp_path, cluster, disk):
    students = 12
    course = sample(tmp_path, students)
    full = disk(400)
    full.fill()
    cluster.add_worker("--preload", only(full))
    out, err = finish(begin_unconfined(course, "--cluster", cluster.file, "--format", "json"), code=2)
    assert not out
    assert "no worker of the cluster can do this run's work" in err
    assert "No space left on device" in err
    full.empty()
    out, _ = finish(begin_unconfined(course, "--cluster", cluster.file, "--format", "json"))
    assert timeless(out) == timeless(grade(course, "--jobs", 2, *QUIET).stdout)
    assert once_each(course / ".grader" / "gradebook.sqlite3", students)


@pytest.mark.slow
def test_a_disk_that_fills_up_while_its_workers_grade_costs_nobody_a_mark(tmp_path, cluster, disk):
    """Both workers share it, and their zygotes are killed, so that new folders are needed there."""
    students = 80
    course = sample(tmp_path, students)
    expected = marks_of(grade(course, "--jobs", 2, *QUIET).stdout)
    filling = disk(4000)
    for _ in range(2):
        cluster.add_worker("--preload", only(filling))
    run = begin_unconfined(course, "--cluster", cluster.file, "--format", "json")
    wait_until(lambda: recorded(course) > 4 or run.poll() is not None)
    for worker in cluster.workers:
        for zygote in zygotes_of(worker.pid):
            os.kill(zygote, signal.SIGKILL)
        filling.fill()
    out, err = run.communicate(timeout=300)
    assert run.returncode in (0, 3), err  # whether a folder was needed while there was no room is chance
    assert "Traceback" not in err
    partly = marks_of(out) if out else {}
    assert {name: marks for name, marks in partly.items() if marks[0] is not None}.items() <= expected.items()
    filling.empty()
    out, _ = finish(begin_unconfined(course, "--cluster", cluster.file, "--format", "json"))
    assert marks_of(out) == expected


def only(disk):
    """Write what lets a worker have no other temporary folder: Python goes to another where one has no room."""
    path = disk.place.with_suffix(".py")
    path.write_text(f"import tempfile\ntempfile.tempdir = {str(disk.place)!r}\n", encoding="utf-8")
    return path


def there(cluster):
    """Count the workers that the scheduler knows."""
    from distributed import Client

    with Client(scheduler_file=str(cluster.file), set_as_default=False, timeout=20) as client:
        return len(client.nthreads())
