"""A cluster run goes on through what breaks: workers, zygotes, the scheduler, the line to it; poison is isolated."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from class_samples import arguments, environment, grade
from cluster_samples import (
    QUIET,
    Line,
    begin,
    begin_unconfined,
    descendants,
    finish,
    gone,
    marks_of,
    no_orphans,
    once_each,
    recorded,
    sample,
    timeless,
    wait_until,
    zygotes_of,
)

from grader.gradebook import open_gradebook

pytest.importorskip("distributed", reason="needs dask.distributed: pip install -e '.[cluster]'")
if not Path("/proc/self/task").is_dir():
    pytest.skip("kills processes that it finds in /proc", allow_module_level=True)
PATCHED = "import grader.batch.cluster.farm as farm; farm.{change}; from grader.__main__ import main; main()"

POISON = """# grader: assignment=one_neuron
import os, signal

def parent_of(pid):
    return int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])

def sigmoid(z):
    os.kill(parent_of(os.getppid()), signal.SIGKILL)
"""
"""Unconfined, a program finds the Dask worker above it: its parent is the zygote, and that one's the worker."""


@pytest.mark.slow
def test_workers_killed_at_random_moments_cost_nothing(tmp_path, cluster):
    students = 80
    course = sample(tmp_path, students)
    expected = timeless(grade(course, "--jobs", 2, *QUIET).stdout)
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    sys.stdout.write(f"seed {seed}\n")
    for _ in range(2):
        cluster.add_worker()
    with no_orphans():
        run = begin(course, "--cluster", cluster.file, "--format", "json")
        wait_until(lambda: recorded(course) > 0 or run.poll() is not None)
        kills = 0
        while run.poll() is None and kills < 4:
            cluster.workers.pop(chance.randrange(2)).kill()
            kills += 1
            cluster.add_worker()
            deadline = time.monotonic() + chance.uniform(0.05, 4)
            while time.monotonic() < deadline and run.poll() is None:
                time.sleep(0.02)
        out, _ = finish(run)
        assert kills > 1
        assert cluster.close()
    assert timeless(out) == expected
    assert once_each(course / ".grader" / "gradebook.sqlite3", students)


@pytest.mark.slow
def test_killed_zygotes_cost_nobody_a_mark(tmp_path, cluster):
    students = 60
    course = sample(tmp_path, students)
    expected = marks_of(grade(course, "--jobs", 2, *QUIET).stdout)
    worker = cluster.add_worker()
    run = begin(course, "--cluster", cluster.file, "--format", "json")
    wait_until(lambda: recorded(course) > 0 or run.poll() is not None)
    killed = set()
    while run.poll() is None and len(killed) < 4:
        for zygote in set(zygotes_of(worker.pid)) - killed:
            os.kill(zygote, signal.SIGKILL)
            killed.add(zygote)
        # One submission is tried again once: two kills in the same tenths of a second would be two of its own.
        time.sleep(random.uniform(0.5, 1))
    out, _ = finish(run)
    assert len(killed) > 1
    assert worker.poll() is None
    assert marks_of(out) == expected
    assert once_each(course / ".grader" / "gradebook.sqlite3", students)


@pytest.mark.slow
@pytest.mark.parametrize("fixed", [False, True], ids=["any-port", "the-same-address-each-time"])
def test_a_submission_that_kills_its_dask_worker_each_time_is_found_and_its_neighbours_keep_their_marks(
    tmp_path, cluster, fixed
):
    course = sample(tmp_path, 12)
    (course.parent / "class" / "s00005.py").write_text(POISON, encoding="utf-8")
    cluster.add_worker("--nanny", *(("--worker-port", free_port()) if fixed else ()))
    out, err = finish(begin_unconfined(course, "--cluster", cluster.file, "--format", "json"), code=3)
    results = {each["student"]: each for each in json.loads(out)["results"]}
    poisoned = results.pop("s00005")
    assert poisoned["score"] is None
    assert not poisoned["complete"]
    assert "incomplete" in poisoned["flags"]
    assert {check["verdict"] for question in poisoned["questions"] for check in question["checks"]} == {
        "internal_error"
    }
    assert "every worker that graded this died" in out
    (course.parent / "class" / "s00005.py").unlink()
    expected = json.loads(grade(course, "--jobs", 2, *QUIET).stdout)["results"]
    assert len(expected) == 11
    for each in expected:
        assert results.pop(each["student"])["questions"] == each["questions"]
    with open_gradebook(course / ".grader" / "gradebook.sqlite3") as gradebook:
        assert [event.student for event in gradebook.events("internal_error")] == ["s00005"]
    assert "Traceback" not in err


def free_port():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.mark.slow
def test_a_line_to_the_scheduler_that_is_cut_and_mended_costs_nothing(tmp_path, cluster):
    students = 80
    course = sample(tmp_path, students)
    expected = timeless(grade(course, "--jobs", 2, *QUIET).stdout)
    cluster.add_worker()
    line = Line(int(json.loads(cluster.file.read_text())["address"].rpartition(":")[2]))
    run = begin(course, "--cluster", f"tcp://127.0.0.1:{line.port}", "--format", "json")
    wait_until(lambda: recorded(course) > 0 or run.poll() is not None)
    line.cut()
    time.sleep(0.5)
    assert run.poll() is None
    line.mend()
    out, _ = finish(run)
    line.close()
    assert timeless(out) == expected
    assert once_each(course / ".grader" / "gradebook.sqlite3", students)


def patched(course, cluster, change):
    """Start a run of which one figure is another, so that nobody has to wait for minutes."""
    command = [sys.executable, "-c", PATCHED.format(change=change)]
    command += arguments(course, "--cluster", cluster.file, "--format", "json")[3:]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())


@pytest.mark.slow
def test_a_scheduler_that_is_killed_ends_the_run_with_3_and_the_same_command_goes_on(tmp_path, cluster):
    students = 80
    course = sample(tmp_path, students)
    expected = timeless(grade(course, "--jobs", 2, *QUIET).stdout)
    cluster.add_worker()
    run = patched(course, cluster, "LOST_FOR = 2")
    wait_until(lambda: recorded(course) > 4 or run.poll() is not None)
    cluster.scheduler.kill()
    out, err = finish(run, code=3, seconds=60)
    assert not out
    assert "the scheduler did not come back" in err
    assert "the same command goes on from here" in err
    assert "Traceback" not in err
    before = recorded(course)
    assert 0 < before < students
    # A worker that has lost its scheduler ends, and its zygote with it.
    assert gone([cluster.workers[0].pid, *descendants(cluster.workers[0].pid)], 30)
    cluster.start_scheduler()
    cluster.add_worker()
    out, _ = finish(begin(course, "--cluster", cluster.file, "--format", "json"))
    assert timeless(out) == expected
    assert once_each(course / ".grader" / "gradebook.sqlite3", students)


@pytest.mark.slow
def test_a_scheduler_that_comes_back_finds_the_run_waiting(tmp_path, cluster):
    students = 80
    course = sample(tmp_path, students)
    expected = timeless(grade(course, "--jobs", 2, *QUIET).stdout)
    cluster.add_worker()
    run = begin(course, "--cluster", cluster.file, "--format", "json")
    wait_until(lambda: recorded(course) > 4 or run.poll() is not None)
    cluster.scheduler.kill()
    cluster.scheduler.wait()
    cluster.start_scheduler()
    cluster.add_worker()
    out, _ = finish(run)
    assert timeless(out) == expected
    assert once_each(course / ".grader" / "gradebook.sqlite3", students)


def test_a_client_that_is_killed_is_forgotten_by_workers_started_by_hand(tmp_path, cluster):
    course = sample(tmp_path, 60)
    preload = tmp_path / "soon.py"
    preload.write_text(
        "import threading, time\n"
        "import grader.batch.cluster.station as station\n"
        "station.SILENCE = 2.0\n"
        "def watch():\n"
        "    while True:\n"
        "        time.sleep(0.1)\n"
        f"        open({str(tmp_path / 'held')!r}, 'w').write(str(len(station._stations)))\n"
        "threading.Thread(target=watch, daemon=True).start()\n",
        encoding="utf-8",
    )
    worker = cluster.add_worker("--preload", preload)
    run = patched(course, cluster, "WORD = 0.3")
    wait_until(lambda: recorded(course) > 2 or run.poll() is not None)
    run.kill()
    run.communicate()
    assert worker.poll() is None
    wait_until(lambda: (tmp_path / "held").read_text() == "0" and not descendants(worker.pid), 15)
    # It is as good as new for the next one.
    finish(patched(course, cluster, "WORD = 0.3"))
    assert recorded(course) == 60


@pytest.mark.slow
def test_a_worker_that_freezes_is_left_behind_when_the_scheduler_gives_it_up(tmp_path):
    from cluster_samples import Cluster

    cluster = Cluster(tmp_path, env={"DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "5s"})
    students = 60
    course = sample(tmp_path, students)
    expected = timeless(grade(course, "--jobs", 2, *QUIET).stdout)
    frozen, _ = cluster.add_worker(), cluster.add_worker()
    run = begin(course, "--cluster", cluster.file, "--format", "json")
    wait_until(lambda: recorded(course) > 4 or run.poll() is not None)
    frozen.send_signal(signal.SIGSTOP)
    try:
        out, _ = finish(run, seconds=90)
    finally:
        frozen.send_signal(signal.SIGCONT)
        assert cluster.close()
    assert timeless(out) == expected
    assert once_each(course / ".grader" / "gradebook.sqlite3", students)
