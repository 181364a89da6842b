"""The worker's side: a station with lanes of its own, each with a sandbox, in the process of a Dask worker.

A Dask worker is a daemon with threads: nothing is forked here and no signal handler is set. Each lane is a thread that
lives as long as the station, because the zygote that it starts by exec may be bound to the life of that thread.
"""

from __future__ import annotations

import asyncio
import os
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial

from grader.batch.cluster.bundle import Bundle, RefusedError, require_same, unpack
from grader.batch.jobs import Answer, Failure, Job
from grader.batch.lanes import Lane
from grader.errors import GraderError, SandboxUnavailable
from grader.grading import Prepared, grade
from grader.model import Result
from grader.sandbox import open_sandbox
from grader.sandbox.protocol import Sandbox
from grader.saying import say

IDLE = 30.0
"""Seconds after which a lane without work ends its sandbox. The next work opens another."""
SILENCE = 120.0
"""Seconds without a word from the client after which a run is forgotten here, its checks and the secret with it.

The client says that it is there every `farm.WORD` seconds; whoever it was that killed it, no more words come.
"""
Order = tuple[Sequence[Job], "Future[list[Answer]]"]


class ReplacedError(RefusedError):
    """This process was never made ready for the run: it took the place of one that was, and died."""


class ForgottenError(RefusedError):
    """This process was ready for the run, and has forgotten it, as nothing was heard of its client."""


class Station:
    """Grades the jobs of one run in this process, as long as the run's client is heard of."""

    def __init__(self, bundle: Bundle, threads: int, forget: Callable[[], object]) -> None:
        require_same(bundle)
        self._bundle = bundle
        self._keys: dict[str, Prepared] = unpack(bundle)
        self.level = _proven(bundle.level)
        self._forget = forget
        self._heard = time.monotonic()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._lane, name=f"grader-lane-{number}", daemon=True) for number in range(threads)
        ]
        self._threads.append(threading.Thread(target=self._listen, name="grader-listening", daemon=True))
        for thread in self._threads:
            thread.start()

    def hear(self) -> None:
        """Take note that the run's client is there."""
        self._heard = time.monotonic()

    def work(self, jobs: Sequence[Job]) -> list[Answer]:
        """Grade jobs on one of the lanes. Raises what keeps this worker from grading at all."""
        done: Future[list[Answer]] = Future()
        self.hear()
        with self._lock:  # an order that came after the lanes' end would be waited for without end
            if self._closed.is_set():
                raise ForgottenError(say("this worker has forgotten the run"))
            self._orders.put((jobs, done))
        return done.result()

    def close(self) -> None:
        """End the lanes and their sandboxes, after the work that was begun."""
        with self._lock:
            if not self._closed.is_set():
                self._closed.set()
                for _ in self._threads[:-1]:
                    self._orders.put(None)
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()

    def _listen(self) -> None:
        """Wait until the client has not been heard of for too long, or the station is closed."""
        while not self._closed.wait(max(0.0, self._heard + SILENCE - time.monotonic())):
            if time.monotonic() - self._heard >= SILENCE:
                self._forget()
                self.close()

    def _lane(self) -> None:
        with Lane(self._grade, partial(open_sandbox, self.level)) as lane:
            while True:
                try:
                    order = self._orders.get(timeout=IDLE)
                except queue.Empty:
                    lane.close()
                    continue
                if order is None:
                    return
                jobs, done = order
                try:
                    done.set_result([_answer(lane, job) for job in jobs])
                except BaseException as error:
                    done.set_exception(error)

    def _grade(self, job: Job, sandbox: Sandbox) -> Result:
        once = partial(
            grade, job.submission, self._keys, sandbox, rate=self._bundle.rate, fingerprints=self._bundle.fingerprints
        )
        return once(kept=job.kept)


def _answer(lane: Lane[Job], job: Job) -> Answer:
    """Grade one job. Where no sandbox opens the fault is the machine's, and is raised; any other is this job's."""
    lane.open()
    try:
        return lane.grade(job)
    except SandboxUnavailable:
        raise
    except Exception as error:
        lane.close()
        return Failure.of(error)


def _proven(level: str) -> str:
    with open_sandbox(level) as sandbox:
        return str(sandbox.level)


# --- what the client calls ----------------------------------------------------------------------------------------

_stations: dict[str, Station] = {}
"""By the run's name. A worker process is the one place where something outlives a call: Dask calls functions only."""
_forgotten: deque[str] = deque(maxlen=100)
"""Runs whose client was silent for too long: should it speak again, it is known that no death made an end of them."""


async def install(run: str, bundle: Bundle, threads: int) -> tuple[str, str]:
    """Make a worker ready for a run. Return its level of confinement, and why it can't do the work, or ''."""
    if run in _stations:
        return _stations[run].level, ""
    loop = asyncio.get_running_loop()
    try:
        # The loop of the worker goes on meanwhile: it has heartbeats to send.
        forget = partial(_forget, run)
        _stations[run] = await loop.run_in_executor(None, Station, bundle, threads, forget)
    except GraderError as error:
        return "", error.said
    except OSError as error:
        return "", str(error)
    return _stations[run].level, ""


def _forget(run: str) -> None:
    _forgotten.append(run)
    _stations.pop(run, None)


async def hear(run: str) -> None:
    """Take note that a run's client is there."""
    if run in _stations:
        _stations[run].hear()


async def dismiss(run: str) -> None:
    """End a run on this worker: its sandboxes are closed, its checks forgotten."""
    station = _stations.pop(run, None)
    if station is not None:
        await asyncio.get_running_loop().run_in_executor(None, station.close)


def work(run: str, jobs: Sequence[Job]) -> list[Answer]:
    """Grade a chunk on this worker."""
    station = _stations.get(run)
    if station is None:
        if run in _forgotten:
            raise ForgottenError(say("this worker has forgotten the run"))
        raise ReplacedError(say("worker process {process} was never made ready for this run", process=os.getpid()))
    return station.work(jobs)
