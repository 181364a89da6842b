"""The window of a cluster run: bounded, memory flat, nothing lost, nothing twice, and only poison is given up."""

from __future__ import annotations

import random
import threading
import tracemalloc

import pytest

from grader.batch.cluster.window import BYTES, MOST, Answered, Failed, Lost, Window
from grader.errors import InternalError


class Numbers:
    """Tasks are numbers; the answer to n is n, and None is a failure."""

    def __init__(self, known=(), size=1):
        self._known, self._size = frozenset(known), size

    def known(self, task):
        return ("known", task) if task in self._known else None

    def job(self, task):
        return task, self._size

    def failed(self, answer):
        return "no answer" if answer is None else None

    def given_up(self, task, reason):
        return ("given up", task, reason)


class Farm:
    """Workers that answer at once; poison kills the worker it is on, bad jobs come back without an answer."""

    def __init__(self, workers=2, poison=(), bad=(), broken=(), deaths=0, seed=0):
        self.names = {f"w{number}": 1 for number in range(workers)}
        self.poison, self.bad, self.broken = frozenset(poison), frozenset(bad), frozenset(broken)
        self.deaths, self.random = deaths, random.Random(seed)
        self.sent, self.largest, self.dropped = [], 0, []

    def workers(self):
        return {name: lanes for name, lanes in self.names.items() if name not in self.dropped}

    def send(self, worker, chunk, jobs, report):
        self.largest = max(self.largest, len(jobs))
        if self.sent is not None:
            self.sent.append((worker, list(jobs)))
        if worker in self.broken:
            report(Failed(chunk, "its disk is full"))
        elif self.poison.intersection(jobs):
            report(Lost(chunk))
        elif self.deaths and self.random.random() < 0.2:
            self.deaths -= 1
            report(Lost(chunk, blamed=self.random.random() < 0.5))
        else:
            report(Answered(chunk, [None if job in self.bad else job for job in jobs]))

    def drop(self, worker, reason):
        self.dropped.append(worker)


def run(farm, count, trade=None, **options):
    window = Window(farm, trade or Numbers(), threading.Event(), **options)
    return window, list(window.run(iter(range(count))))


def test_every_task_comes_back_once():
    _, pairs = run(Farm(), 1000)
    assert sorted(pairs) == [(number, number) for number in range(1000)]


def test_what_is_known_is_never_sent():
    farm = Farm()
    _, pairs = run(farm, 50, Numbers(known=range(0, 50, 2)))
    assert sorted(job for _, jobs in farm.sent for job in jobs) == list(range(1, 50, 2))
    assert dict(pairs)[4] == ("known", 4)
    assert len(pairs) == 50


@pytest.mark.parametrize("seed", range(10))
def test_workers_that_die_at_random_cost_nothing(seed):
    _, pairs = run(Farm(deaths=8, seed=seed), 600)
    assert sorted(task for task, _ in pairs) == list(range(600))
    assert sum(task != answer for task, answer in pairs) == 0


def test_poison_is_given_up_and_its_neighbours_keep_their_answers():
    farm = Farm(poison={77, 300})
    _, pairs = run(farm, 400)
    assert sorted(task for task, _ in pairs) == list(range(400))
    assert {task for task, answer in pairs if task != answer} == {77, 300}
    # At the end it was tried on its own, as often as promised.
    assert sum(jobs == [77] for _, jobs in farm.sent) >= 3


def test_a_job_that_fails_is_tried_alone_and_then_given_up_with_the_reason():
    farm = Farm(bad={5})
    _, pairs = run(farm, 40)
    assert dict(pairs)[5] == ("given up", 5, "no answer")
    assert sum(jobs == [5] for _, jobs in farm.sent) == 2
    assert sum(isinstance(answer, tuple) for _, answer in pairs) == 1


def test_a_worker_that_fails_at_everything_is_dropped_and_its_work_done_elsewhere():
    farm = Farm(workers=3, broken={"w1"})
    _, pairs = run(farm, 300)
    assert farm.dropped == ["w1"]
    assert sorted(pairs) == [(number, number) for number in range(300)]


def test_without_any_worker_it_ends_with_the_last_reason():
    with pytest.raises(InternalError, match="disk is full"):
        run(Farm(workers=1, broken={"w0"}), 10, patience=0.2)


def test_chunks_are_bounded_in_bytes():
    farm = Farm()
    run(farm, 20, Numbers(size=BYTES // 2 + 1))
    assert farm.largest == 1


def test_once_stopped_nothing_more_is_sent():
    farm = Farm()
    stopped = threading.Event()
    window = Window(farm, Numbers(), stopped)
    done = []
    for task, _ in window.run(iter(range(10_000_000))):
        done.append(task)
        if len(done) == 500:
            stopped.set()
    assert 500 <= len(done) == len(set(done)) < 2000


def test_an_error_of_the_tasks_is_raised():
    def tasks():
        yield 1
        raise ValueError("the source is gone")

    with pytest.raises(ValueError, match="the source is gone"):
        list(Window(Farm(), Numbers(), threading.Event()).run(tasks()))


def flat(count):
    """Return the peak of memory in bytes of a run of so many trivial tasks, and the most ever in flight."""
    farm = Farm()
    farm.sent = None
    window = Window(farm, Numbers(), threading.Event())
    total = 0
    tracemalloc.start()
    for task, answer in window.run(iter(range(count))):
        assert task == answer
        total += task
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == count * (count - 1) // 2
    assert farm.largest <= MOST
    return peak, window.most_in_flight


def test_memory_does_not_grow_with_the_tasks():
    small, _ = flat(5_000)
    large, in_flight = flat(50_000)
    assert large < small + 500_000
    assert in_flight <= 4 * 2 * MOST


@pytest.mark.slow
def test_memory_is_flat_over_a_million_tasks():
    small, _ = flat(10_000)
    large, in_flight = flat(1_000_000)
    assert large < small + 500_000
    assert in_flight <= 4 * 2 * MOST
