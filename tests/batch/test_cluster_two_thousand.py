"""A class on `local:2` and on a cluster started by hand is recorded as on local lanes, a worker killed or not.

GRADER_TEST_CLUSTER_CLASS sets how many submissions; by default a few, and 2,000 under --full.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from cluster_samples import (
    begin,
    descendants,
    finish,
    gone,
    no_orphans,
    recorded,
    records,
    sample,
    strictest,
    timeless,
    wait_until,
    workers_of,
)

from grader.gradebook import open_gradebook

pytest.importorskip("distributed", reason="needs dask.distributed: pip install -e '.[cluster]'")
if not Path("/proc/self/task").is_dir():
    pytest.skip("looks for orphans in /proc", allow_module_level=True)
HALF_AN_HOUR = 1800
ALIKE = ("--format", "json", "--sandbox", strictest())
FEW = int(os.environ.get("GRADER_TEST_CLUSTER_CLASS", "40"))


@pytest.fixture(
    scope="module",
    params=[FEW, pytest.param(int(os.environ.get("GRADER_TEST_CLUSTER_CLASS", "2000")), marks=pytest.mark.slow)],
)
def graded(request, tmp_path_factory):
    """A class that local lanes have graded: the course, how many, what was printed and what was recorded.

    All runs confine alike, or else it would stand in what is recorded.
    """
    course = sample(tmp_path_factory.mktemp("class"), request.param)
    out, _ = finish(begin(course, "--jobs", 2, *ALIKE), seconds=HALF_AN_HOUR)
    kept = records(course)
    assert len(kept[0]) == request.param
    return course, request.param, timeless(out), kept


def anew(graded):
    """Let the course have no gradebook."""
    course = graded[0]
    for path in (course / ".grader").glob("gradebook.sqlite3*"):
        path.unlink()
    return course


def is_as_on_local_lanes(course, graded, out):
    _, students, printed, kept = graded
    assert timeless(out) == printed
    assert records(course) == kept
    with open_gradebook(course / ".grader" / "gradebook.sqlite3") as gradebook:
        assert not list(gradebook.events("internal_error"))
        assert [len(gradebook.history("one_neuron", f"s{n:05d}")) for n in range(students)] == [1] * students


def test_on_two_workers_started_here_one_of_them_killed(graded):
    course = anew(graded)
    with no_orphans():
        run = begin(course, "--cluster", "local:2", *ALIKE)
        wait_until(lambda: recorded(course) > graded[1] // 10 or run.poll() is not None)
        workers = workers_of(run.pid)
        assert len(workers) == 2
        theirs = descendants(workers[0])
        os.kill(workers[0], signal.SIGKILL)
        assert gone(theirs), "the zygote ends with its worker"
        out, _ = finish(run, seconds=HALF_AN_HOUR)
    is_as_on_local_lanes(course, graded, out)


@pytest.mark.parametrize(
    "replaced", [pytest.param(False, marks=pytest.mark.slow), True], ids=["and-gone", "and-another-comes"]
)
def test_on_two_workers_started_by_hand_one_of_them_killed(graded, cluster, replaced):
    course = anew(graded)
    cluster.add_worker()
    cluster.add_worker()
    with no_orphans():
        run = begin(course, "--cluster", cluster.file, *ALIKE)
        wait_until(lambda: recorded(course) > graded[1] // 10 or run.poll() is not None)
        theirs = descendants(cluster.workers[0].pid)
        assert theirs, "a worker has a zygote"
        cluster.workers[0].kill()
        cluster.workers[0].wait()
        assert gone(theirs), "the zygote ends with its worker"
        if replaced:
            cluster.add_worker()
        out, _ = finish(run, seconds=HALF_AN_HOUR)
        is_as_on_local_lanes(course, graded, out)
        # Workers of others are left running, with nothing of the run in them.
        assert cluster.workers[1].poll() is None
        wait_until(lambda: not descendants(cluster.workers[1].pid), 20)
        assert cluster.close()
