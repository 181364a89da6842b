"""The farm: the workers of a Dask cluster, each made ready for the run, watched, and given chunks by name.

Placement is ours and not the scheduler's, so that a chunk which was on a dead worker is known, and can be split.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future as Pending
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from grader.batch.cluster import station
from grader.batch.cluster.bundle import Bundle
from grader.batch.cluster.places import TIMEOUT, Connect
from grader.batch.cluster.window import Answered, Failed, Lost, Report
from grader.batch.jobs import Answer, Job
from grader.errors import GraderError, InternalError, SandboxUnavailable
from grader.saying import join, say

FIRST = 60.0
"""Seconds to wait for the first worker."""
LOST_FOR = 60.0
"""Seconds during which a lost scheduler may come back."""
WORD = 20.0
"""Seconds between two words to the workers that this client is there; without them they forget the run."""
FETCH = 60.0
"""Seconds that fetching a chunk's results may take; a worker that dies in this moment never sends them."""
_STRICT = ("none", "core", "full")
Say = Callable[[str], None]


class DaskFarm:
    """Implements `window.Farm` over a `distributed.Client`, which `connect` makes, at first and after a loss."""

    def __init__(self, connect: Connect, bundle: Bundle, run: str, say: Say) -> None:
        for name in ("distributed", "distributed.client"):  # Dask gives the second a level of its own
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._connect = connect
        self._client = connect(TIMEOUT)
        self._bundle = bundle
        self._run = run
        self._say = say
        self._ready: dict[str, int] = {}
        self._refused: dict[str, str] = {}
        self._installing: dict[str, tuple[int, Pending[str]]] = {}
        self._installer = ThreadPoolExecutor(8, thread_name_prefix="cluster-install")
        self._out: dict[int, tuple[str, Any, Callable[[Report[Answer]], None]]] = {}
        self._keys = itertools.count(1)
        self._stale: set[str] = set()
        """Workers that have to be made ready anew: another process answers in their place, or they forgot the run."""
        self._word: Pending[object] | None = None
        self._word_at = time.monotonic()

    def __enter__(self) -> DaskFarm:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the run on the workers, as far as they can still be reached."""
        self._installer.shutdown(wait=True, cancel_futures=True)
        with contextlib.suppress(Exception):
            for _, future, _ in list(self._out.values()):
                future.cancel(reason="the run has ended")
            self._client.run(station.dismiss, self._run, workers=list(self._lanes()), on_error="ignore")
        with contextlib.suppress(Exception):
            self._client.close(timeout=5)

    def open(self) -> str:
        """Make the first workers ready and return the level of confinement that all will use.

        Raises InternalError where none comes or none can do the work, with each one's reason.
        """
        deadline = time.monotonic() + FIRST
        while not (there := self._lanes()):
            if time.monotonic() > deadline:
                raise InternalError(say("the cluster has no worker: start some with `dask worker ADDRESS`."))
            time.sleep(0.2)
        levels = self._install_on(there)
        if levels and self._bundle.level == "auto":
            # All alike: a mark must not depend on where it was made.
            level = min(levels.values(), key=_STRICT.index)
            self._bundle = self._bundle.confined(level)
            other = {worker: there[worker] for worker, each in levels.items() if each != level}
            if other:
                self._client.run(station.dismiss, self._run, workers=list(other))
                levels |= self._install_on(other)
        self._ready = {worker: there[worker] for worker in levels if worker not in self._refused}
        if not self._ready:
            each = (say("{worker}: {reason}", worker=worker, reason=why) for worker, why in self._refused.items())
            reasons = join("\n  ", each)
            raise SandboxUnavailable(
                say("no worker of the cluster can do this run's work.\n  {reasons}", reasons=reasons)
            )
        return self._bundle.level if self._bundle.level != "auto" else next(iter(levels.values()))

    # --- what the window asks ----------------------------------------------------------------------------------

    def workers(self) -> Mapping[str, int]:
        """Return the workers that are ready; report what was on those that are gone; make new ones ready."""
        try:
            there = self._lanes()
        except Exception as error:
            there = self._again(error)
        for worker in [worker for worker in self._ready if worker not in there or worker in self._stale]:
            self._stale.discard(worker)
            del self._ready[worker]
        for chunk, (worker, future, _) in list(self._out.items()):
            if future.status in ("cancelled", "lost"):  # the connection was lost, and came back by itself
                self._lose(chunk, blamed=False)
            elif worker not in there:
                self._lose(chunk, blamed=True)
        for worker, (threads, pending) in list(self._installing.items()):
            if not pending.done():
                continue
            del self._installing[worker]
            if pending.exception() is None and pending.result() and worker in there:
                self._ready[worker] = threads
        for worker, threads in there.items():
            if worker not in self._ready and worker not in self._refused and worker not in self._installing:
                once = partial(lambda one: self._install_on(one).get(next(iter(one)), ""), {worker: threads})
                self._installing[worker] = (threads, self._installer.submit(once))
        self._say_that_we_are_here()
        return dict(self._ready)

    def send(self, worker: str, chunk: int, jobs: Sequence[Job], report: Callable[[Report[Answer]], None]) -> None:
        """Begin a chunk on a worker."""
        try:
            future = self._client.submit(
                station.work,
                self._run,
                tuple(jobs),
                key=f"grader-{self._run}-{chunk}-{next(self._keys)}",
                workers=[worker],
                allow_other_workers=False,
                pure=False,
                retries=0,
            )
        except Exception:  # the scheduler is gone: `workers` sees to it
            report(Lost(chunk, blamed=False))
            return
        self._out[chunk] = (worker, future, report)
        future.add_done_callback(partial(self._done, chunk))

    def drop(self, worker: str, reason: str) -> None:
        """Send nothing more to a worker."""
        self._ready.pop(worker, None)
        self._refuse(worker, reason)

    # --- within ------------------------------------------------------------------------------------------------

    def _lanes(self) -> dict[str, int]:
        if self._client.status != "running":  # it tries by itself, at the old address and for long
            raise ConnectionError("the connection was lost")
        lanes: dict[str, int] = self._client.nthreads()
        return lanes

    def _install_on(self, workers: Mapping[str, int]) -> dict[str, str]:
        """Make workers ready, side by side; return the levels of those that are, and remember why others are not."""
        by_threads: dict[int, list[str]] = {}
        for worker, threads in workers.items():
            by_threads.setdefault(threads, []).append(worker)
        levels: dict[str, str] = {}
        for threads, names in by_threads.items():
            said = self._client.run(station.install, self._run, self._bundle, threads, workers=names, on_error="return")
            for worker, answer in said.items():
                if isinstance(answer, BaseException):
                    fault = {"type": type(answer).__name__, "answer": answer}
                    self._refuse(worker, say("{type}: {answer}; is the same grader installed there?", **fault))
                elif answer[1]:
                    self._refuse(worker, answer[1])
                else:
                    levels[worker] = answer[0]
        return levels

    def _say_that_we_are_here(self) -> None:
        """Let the workers know it now and then. In a thread: one that does not answer holds up nobody."""
        if time.monotonic() - self._word_at < WORD or (self._word is not None and not self._word.done()):
            return
        self._word_at = time.monotonic()
        here = partial(self._client.run, station.hear, self._run, workers=list(self._ready), on_error="ignore")
        self._word = self._installer.submit(here)

    def _refuse(self, worker: str, reason: str) -> None:
        self._refused[worker] = reason
        self._say(say("{worker} is not used: {reason}", worker=worker, reason=reason))

    def _done(self, chunk: int, future: Any) -> None:
        """Report a chunk whose future has ended. Called by the client, in a thread that may wait."""
        if chunk not in self._out or self._out[chunk][1] is not future:
            return
        report = self._out[chunk][2]
        said: Report[Answer]
        if future.status == "finished":
            try:
                said = Answered(chunk, future.result(timeout=FETCH))
            except Exception:
                said = Lost(chunk)
        elif future.status == "error":
            error = future.exception(timeout=FETCH)
            if isinstance(error, station.ReplacedError | station.ForgottenError):
                # It was ready when this chunk was sent: its worker died and came back at its old address, or forgot.
                self._stale.add(self._out[chunk][0])
                said = Lost(chunk, blamed=isinstance(error, station.ReplacedError))
            else:
                said = Lost(chunk) if type(error).__name__ == "KilledWorker" else Failed(chunk, _reason(error))
        else:
            return  # cancelled: by us, or with the connection, and then `workers` sees to it
        if self._out.pop(chunk, None) is not None:
            report(said)

    def _lose(self, chunk: int, *, blamed: bool) -> None:
        out = self._out.pop(chunk, None)
        if out is None:
            return
        _, future, report = out
        with contextlib.suppress(Exception):
            future.cancel(reason="its worker is gone")
        report(Lost(chunk, blamed=blamed))

    def _again(self, error: Exception) -> dict[str, int]:
        """Connect once more, for as long as a scheduler may take to come back. What was out is sent again."""
        self._say(say("the scheduler is gone ({error}); waiting for it", error=type(error).__name__))
        for chunk in list(self._out):
            self._lose(chunk, blamed=False)
        self._ready.clear()
        self._installing.clear()
        deadline = time.monotonic() + LOST_FOR
        while True:
            with contextlib.suppress(Exception):
                self._client.close(timeout=1)
            try:
                self._client = self._connect(max(1.0, min(TIMEOUT, deadline - time.monotonic())))
                return self._lanes()
            except Exception as now:
                if time.monotonic() > deadline:
                    raise InternalError(
                        say(
                            "the scheduler did not come back within {lost_for:.0f} seconds. With a gradebook, the same "
                            "command goes on from here. The last try: {now}",
                            lost_for=LOST_FOR,
                            now=now,
                        )
                    ) from now
                time.sleep(0.5)


def _reason(error: Any) -> str:
    """Return why a worker could not do a chunk, as a sentence where it is one of ours."""
    return error.said if isinstance(error, GraderError) else str(error)
