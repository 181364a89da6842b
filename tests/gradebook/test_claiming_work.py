"""Several graders at once do each submission once, and record it once."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections import Counter
from pathlib import Path

import pytest
from gradebook_samples import result, work

from grader.gradebook import open_gradebook

DIGESTS = [work(f"s{number}").digest for number in range(1000)]


@pytest.fixture
def two(place):
    """Two graders at one gradebook, and their clock."""
    time = [1000.0]
    with (
        open_gradebook(place, worker="one", clock=lambda: time[0]) as one,
        open_gradebook(place, worker="two", clock=lambda: time[0]) as two,
    ):
        yield one, two, time


def test_what_one_has_claimed_the_other_does_not_get(two):
    one, other, _ = two
    assert one.claim(DIGESTS[:600]).mine == set(DIGESTS[:600])
    claims = other.claim(DIGESTS)
    assert claims.mine == set(DIGESTS[600:])
    assert claims.elsewhere == set(DIGESTS[:600])
    assert claims.done == set()


def test_a_worker_may_claim_its_own_again(two):
    one, other, time = two
    one.claim(DIGESTS[:3], lease_seconds=10)
    time[0] += 8
    assert one.claim(DIGESTS[:3], lease_seconds=10).mine == set(DIGESTS[:3])
    time[0] += 8
    assert other.claim(DIGESTS[:3]).mine == set()


def test_a_lease_that_ran_out_is_free(two):
    one, other, time = two
    one.claim(DIGESTS[:3], lease_seconds=10)
    time[0] += 11
    assert other.claim(DIGESTS[:3]).mine == set(DIGESTS[:3])
    assert one.claim(DIGESTS[:3]).elsewhere == set(DIGESTS[:3])


def test_what_was_released_is_free_and_only_the_claimant_can_release(two):
    one, other, _ = two
    one.claim(DIGESTS[:4])
    other.release(DIGESTS[:4])
    assert other.claim(DIGESTS[:4]).mine == set()
    one.release(DIGESTS[:2])
    assert other.claim(DIGESTS[:4]).mine == set(DIGESTS[:2])


def test_recording_ends_the_claim_and_the_work_is_done(two):
    one, other, _ = two
    one.claim([work().digest])
    one.record(result(), work())
    one.flush()
    claims = other.claim([work().digest])
    assert (claims.mine, claims.done, claims.elsewhere) == (set(), {work().digest}, set())
    assert other.claim([work().digest], again=True).mine == {work().digest}


def test_equal_work_twice_in_one_claim_is_one_claim(two):
    one, _, _ = two
    assert one.claim([DIGESTS[0]] * 3).mine == {DIGESTS[0]}


def test_two_that_record_the_same_submission_at_once_leave_one_result(two):
    one, other, _ = two
    for gradebook in (one, other, one, other):
        gradebook.record(result(), work())
    one.flush()
    other.flush()
    assert len(one.history("logistic_regression", "ada")) == 1


WRITER = textwrap.dedent("""
    import sys
    sys.path.insert(0, sys.argv[1])
    from gradebook_samples import result, work
    from grader.gradebook import open_gradebook
    with open_gradebook(sys.argv[2], rows=20, seconds=0.02) as gradebook:
        names = [f"s{n:03d}" for n in range(300)]
        for name in (names if sys.argv[3] == "up" else reversed(names)):
            if sys.argv[4] == "claim" and not gradebook.claim([work(name).digest]).mine:
                continue
            print(name)
            gradebook.record(result(name), work(name))
""")


@pytest.mark.parametrize("how", ["claim", "race"])
def test_two_processes_at_once_record_each_submission_once(place, how):
    here = str(Path(__file__).parent)
    processes = [
        subprocess.Popen([sys.executable, "-c", WRITER, here, place, way, how], stdout=subprocess.PIPE, text=True)
        for way in ("up", "down")
    ]
    done = [process.communicate(timeout=100)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    with open_gradebook(place) as gradebook:
        students = [r.student for r in gradebook.results()]
        assert students == [f"s{n:03d}" for n in range(300)]
        assert all(len(gradebook.history("logistic_regression", name)) == 1 for name in students[::30])
    times = Counter(name for names in done for name in names)
    if how == "claim":
        assert max(times.values()) == 1
