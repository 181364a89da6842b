"""`grader grade --cluster` with real Dask processes: the same bytes as on local lanes, whoever dies, and no orphans."""

from __future__ import annotations

import os
import re
import shutil
import signal
from pathlib import Path

import pytest
from class_samples import grade
from cluster_samples import QUIET, begin, descendants, gone, recorded, sample, timeless, wait_until

pytest.importorskip("distributed", reason="needs dask.distributed: pip install -e '.[cluster]'")
if not Path("/proc/self/task").is_dir():
    pytest.skip("looks for orphans in /proc", allow_module_level=True)


def test_workers_started_here_give_the_same_bytes_and_end_with_the_run(tmp_path):
    course = sample(tmp_path, 30)
    expected = timeless(grade(course, "--jobs", 2, *QUIET).stdout)
    run = begin(course, "--cluster", "local:2", *QUIET)
    wait_until(lambda: len(descendants(run.pid)) > 3 or run.poll() is not None)
    seen = descendants(run.pid)
    out, err = run.communicate(timeout=120)
    assert run.returncode == 0, err
    assert timeless(out) == expected
    assert seen
    assert gone(seen)


def test_a_grader_that_is_killed_leaves_none_of_its_workers(tmp_path):
    course = sample(tmp_path, 60)
    run = begin(course, "--cluster", "local:2", "--quiet")
    wait_until(lambda: recorded(course) > 2 or run.poll() is not None)
    theirs = descendants(run.pid)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    assert theirs
    assert gone(theirs)


def test_ctrl_c_in_a_terminal_finishes_what_is_in_flight_and_the_workers_end(tmp_path):
    course = sample(tmp_path, 300)
    run = begin(course, "--cluster", "local:2", start_new_session=True)
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
    told = grade(course, "--cluster", cluster.file, *QUIET, "--lang", "zh-CN", code=2).stderr
    assert "集群：不使用" in told.replace("\n", "")
    assert "请在两边安装同一版本" in told.replace("\n", "")
    assert "install" not in told


@pytest.mark.parametrize("place", ["local:0", "somewhere", "http://here:1", "local:two"])
def test_a_place_of_no_known_form_is_a_usage_error(tmp_path, place):
    assert "--cluster" in grade(sample(tmp_path, 1), "--cluster", place, code=2).stderr


@pytest.mark.parametrize("place", ["tcp://127.0.0.1:1", "tls://head:8786", "scheduler.json"])
@pytest.mark.parametrize("more", [(), ("--dry-run", "--regrade")])
def test_unconfined_programs_are_not_sent_to_a_cluster_that_was_not_started_here(tmp_path, place, more):
    refused = grade(sample(tmp_path, 1), "--cluster", place, "--sandbox", "none", *more, code=2)
    assert "--sandbox none does not go with --cluster" in refused.stderr
    assert not refused.stdout


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
