"""`grader grade --cluster` with real Dask processes: the same bytes as on local lanes, whoever dies, and no orphans."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from class_samples import arguments, environment, grade, make_class, make_course

from grader.gradebook import open_gradebook

pytest.importorskip("distributed", reason="needs dask.distributed: pip install -e '.[cluster]'")
if not Path("/proc/self/task").is_dir():
    pytest.skip("looks for orphans in /proc", allow_module_level=True)
DASK = [sys.executable, "-m", "dask"]
QUIET = ("--format", "json", "--no-gradebook", "--quiet")


def same(done):
    """Return the output without what differs between equal runs."""
    return re.sub(r'"seconds": [0-9.e-]+', '"seconds": 0', done.stdout)


def descendants(pid):
    """Return a process's children, and theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(word) for word in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *descendants(child)]
    return found


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pids, seconds=10):
    deadline = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(alive, pids))


class Cluster:
    """A scheduler and workers, as a person starts them by hand."""

    def __init__(self, root):
        self.root = root
        self.file = root / "scheduler.json"
        self.processes = []
        self.start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", self.file)
        deadline = time.monotonic() + 60
        while not (self.file.exists() and self.file.stat().st_size) and time.monotonic() < deadline:
            time.sleep(0.05)
        self.workers = []

    def start(self, what, *more):
        command = [*DASK, what, "--host", "127.0.0.1", *map(str, more)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment(), cwd=self.root)
        self.processes.append(process)
        return process

    def add_worker(self):
        more = ("--scheduler-file", self.file, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        self.workers.append(self.start("worker", *more, "--local-directory", self.root))
        return self.workers[-1]

    def close(self):
        """Kill what is left, and say whether nothing outlived it."""
        left = [pid for process in self.processes for pid in descendants(process.pid)]
        for process in reversed(self.processes):
            process.kill()
            process.wait(30)
        return gone(left)


@pytest.fixture
def cluster(tmp_path):
    made = Cluster(tmp_path)
    yield made
    assert made.close(), "something outlived the cluster"


def sample(root, students):
    course = make_course(root / "course")
    make_class(root / "class", students)
    return course


def wait_until(holds, seconds=90):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def recorded(course):
    path = course / ".grader" / "gradebook.sqlite3"
    if not path.exists():
        return 0
    with open_gradebook(path) as gradebook:
        return sum(1 for _ in gradebook.results())


def killed_mid_run(cluster, course, students):
    """Grade with two workers, kill one in the middle, and hold what comes out against local lanes."""
    expected = grade(course, "--jobs", 2, *QUIET)
    first = cluster.add_worker()
    cluster.add_worker()
    run = subprocess.Popen(
        arguments(course, "--cluster", cluster.file, "--format", "json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    wait_until(lambda: recorded(course) > students // 10)
    theirs = descendants(first.pid)
    first.kill()
    assert theirs, "a worker has a zygote"
    out, err = run.communicate(timeout=600)
    assert run.returncode == 0, err
    assert same(expected) == re.sub(r'"seconds": [0-9.e-]+', '"seconds": 0', out)
    assert gone(theirs)
    with open_gradebook(course / ".grader" / "gradebook.sqlite3") as gradebook:
        rows = [len(gradebook.history("one_neuron", f"s{number:05d}")) for number in range(students)]
    assert rows == [1] * students
    # Workers of others are left running, with nothing of the run in them.
    assert cluster.workers[1].poll() is None
    wait_until(lambda: not descendants(cluster.workers[1].pid), 20)


def test_a_worker_killed_mid_run_changes_nothing_and_nothing_is_recorded_twice(tmp_path, cluster):
    killed_mid_run(cluster, sample(tmp_path, 120), 120)


@pytest.mark.slow
def test_two_thousand_with_a_worker_killed(tmp_path, cluster):
    killed_mid_run(cluster, sample(tmp_path, 2000), 2000)


def test_workers_started_here_give_the_same_bytes_and_end_with_the_run(tmp_path):
    course = sample(tmp_path, 30)
    expected = same(grade(course, "--jobs", 2, *QUIET))
    run = subprocess.Popen(
        arguments(course, "--cluster", "local:2", *QUIET),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    seen = set()
    while run.poll() is None and len(seen) < 4:
        seen.update(descendants(run.pid))
        time.sleep(0.1)
    out, err = run.communicate(timeout=120)
    assert run.returncode == 0, err
    assert re.sub(r'"seconds": [0-9.e-]+', '"seconds": 0', out) == expected
    assert seen
    assert gone(seen)


def test_a_grader_that_is_killed_leaves_none_of_its_workers(tmp_path):
    course = sample(tmp_path, 60)
    run = subprocess.Popen(
        arguments(course, "--cluster", "local:2", "--quiet"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    wait_until(lambda: recorded(course) > 2 or run.poll() is not None)
    theirs = descendants(run.pid)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert theirs
    assert gone(theirs)


def test_ctrl_c_in_a_terminal_finishes_what_is_in_flight_and_the_workers_end(tmp_path):
    course = sample(tmp_path, 300)
    run = subprocess.Popen(
        arguments(course, "--cluster", "local:2"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    )
    wait_until(lambda: recorded(course) > 2 or run.poll() is not None)
    theirs = descendants(run.pid)
    os.killpg(run.pid, signal.SIGINT)  # a terminal's signal reaches every process of the group
    _, err = run.communicate(timeout=60)
    assert run.returncode == 130, err
    assert "Traceback" not in err
    done = int(re.search(r"Interrupted: (\d+) of 300 done and recorded", err)[1])
    assert done == recorded(course)
    assert theirs
    assert gone(theirs)


def test_a_worker_with_another_grader_is_refused_and_nothing_is_graded(tmp_path, cluster):
    course = sample(tmp_path, 3)
    cluster.root = tmp_path / "other"
    shutil.copytree(Path(__file__).parents[2] / "grader", cluster.root / "grader")
    with (cluster.root / "grader" / "grading.py").open("a", encoding="utf-8") as file:
        file.write("# another version\n")
    cluster.add_worker()
    done = grade(course, "--cluster", cluster.file, *QUIET, code=2)
    assert "its grader is" in done.stderr
    assert "install the same on both" in done.stderr
    assert not done.stdout


@pytest.mark.parametrize("place", ["local:0", "somewhere", "http://here:1", "local:two"])
def test_a_place_of_no_known_form_is_a_usage_error(tmp_path, place):
    assert "--cluster" in grade(sample(tmp_path, 1), "--cluster", place, code=2).stderr


@pytest.mark.parametrize(
    ("address", "exposed"),
    [
        ("tcp://127.0.0.1:8786", False),
        ("tcp://[::1]:8786", False),
        ("tcp://localhost:8786", False),
        ("tcp://10.0.0.7:8786", True),
        ("tcp://head-node:8786", True),
        ("tls://10.0.0.7:8786", False),
    ],
)
def test_unencrypted_addresses_beyond_this_machine_are_told(address, exposed):
    from grader.batch.cluster.places import is_exposed

    assert is_exposed(address) is exposed
