"""The window: how many submissions are on their way at once, in what chunks, on which worker, and what is tried again.

It knows nothing of Dask: a `Farm` takes chunks and reports what became of them. Memory is bounded by the window however
large the class is. A chunk that was on a worker when the worker died is suspect: its halves are tried alone on a worker
each, until one submission is left that takes every worker down with it, and only that one is given up.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeAlias, TypeVar

from grader.errors import InternalError
from grader.saying import say

T = TypeVar("T")
J = TypeVar("J")
J_contra = TypeVar("J_contra", contravariant=True)
A = TypeVar("A")
T_contra = TypeVar("T_contra", contravariant=True)
J_co = TypeVar("J_co", covariant=True)
TRIES = 3
"""How often a submission that takes a worker down, or fails there, is tried alone."""
STRIKES = 3
"""Chunks that a worker may fail one after the other before nothing more is sent to it."""
DEPTH = 2
"""Chunks on their way for each lane of a worker: one in work, one waiting."""
MOST = 64
"""Submissions in a chunk, at most."""
BYTES = 4 << 20
"""Bytes in a chunk, at most; a submission that is larger goes alone."""
SECONDS = 1.0
"""How long a chunk should take: long beside a message, short beside what a dead worker costs."""
PATIENCE = 120.0
"""Seconds to wait for a worker where there is none."""
LOOK = 1.0
"""Seconds between two looks at which workers there are."""


@dataclass(frozen=True, slots=True)
class Answered(Generic[A]):
    """A chunk came back, with an answer for each of its jobs."""

    chunk: int
    answers: Sequence[A]


@dataclass(frozen=True, slots=True)
class Lost:
    """A chunk will not come back. `blamed` says that its worker died, which the chunk may have brought about."""

    chunk: int
    blamed: bool = True


@dataclass(frozen=True, slots=True)
class Failed:
    """A worker could not do a chunk, and said why: its disk is full, it can't confine, it was never made ready."""

    chunk: int
    reason: str


Report: TypeAlias = "Answered[A] | Lost | Failed"


class Farm(Protocol[J_contra, A]):
    """Workers somewhere."""

    def workers(self) -> Mapping[str, int]:
        """Return the workers that are ready now, with their numbers of lanes; called every second.

        What was lost is reported before. Raises GraderError where the farm is gone for good.
        """

    def send(self, worker: str, chunk: int, jobs: Sequence[J_contra], report: Callable[[Report[A]], None]) -> None:
        """Begin a chunk on a worker; `report` is called once, from any thread."""

    def drop(self, worker: str, reason: str) -> None:
        """Send nothing more to a worker, which fails at everything."""


class Trade(Protocol[T_contra, J_co, A]):
    """What the window has to know of its tasks."""

    def known(self, task: T_contra) -> A | None:
        """Return the answer to a task that needs no worker."""

    def job(self, task: T_contra) -> tuple[J_co, int]:
        """Return what is sent for a task, and its size in bytes."""

    def failed(self, answer: A) -> str | None:
        """Say why an answer is none and the task is to be tried again alone, or None."""

    def given_up(self, task: T_contra, reason: str) -> A:
        """Make the answer to a task that was tried often enough."""


@dataclass(slots=True)
class _Chunk(Generic[T]):
    tasks: list[T]
    suspect: bool = False
    losses: int = 0
    worker: str = ""
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class _Arrived(Generic[T]):
    task: T


@dataclass(frozen=True, slots=True)
class _Ended:
    error: Exception | None = None


@dataclass(slots=True)
class Window(Generic[T, J, A]):
    """Sends tasks to a farm and yields each with its answer."""

    farm: Farm[J, A]
    trade: Trade[T, J, A]
    stopped: threading.Event
    patience: float = PATIENCE
    most_in_flight: int = 0
    """The most submissions that were ever on their way at once."""
    chunks: int = 0
    _inbox: queue.SimpleQueue[Report[A] | _Arrived[T] | _Ended] = field(default_factory=queue.SimpleQueue)
    _room: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    _granted: int = 0
    _ready: deque[T] = field(default_factory=deque)
    _suspects: deque[_Chunk[T]] = field(default_factory=deque)
    _flight: dict[int, _Chunk[T]] = field(default_factory=dict)
    _lanes: Mapping[str, int] = field(default_factory=dict)
    _strikes: dict[str, int] = field(default_factory=dict)
    _ended: bool = False
    _seconds: float = 0.0
    """What one submission takes on a lane, waiting included; 0 until the first chunk is back."""
    _last_reason: str = ""

    def run(self, tasks: Iterable[T]) -> Generator[tuple[T, A], None, None]:
        """Yield each task with its answer, in no fixed order; tasks are drawn by a thread of their own.

        Once `stopped` is set nothing more is sent, and what is in flight is finished. Raises what the tasks raise,
        and InternalError where there has been no worker for as long as patience lasts.
        """
        feeder = threading.Thread(target=self._feed, args=(tasks,), name="cluster-feeder", daemon=True)
        self._look()
        feeder.start()
        try:
            yield from self._until_done()
        finally:
            self.stopped.set()
            self._room.release(1_000)
            feeder.join()

    def _feed(self, tasks: Iterable[T]) -> None:
        """Draw tasks while there is room. It may wait for other graders here, while results come in."""
        try:
            drawn = iter(tasks)
            while True:
                self._room.acquire()
                if self.stopped.is_set():
                    break
                try:
                    task = next(drawn)
                except StopIteration:
                    break
                self._inbox.put(_Arrived(task))
        except Exception as error:
            self._inbox.put(_Ended(error))
        else:
            self._inbox.put(_Ended())

    def _until_done(self) -> Generator[tuple[T, A], None, None]:
        looked = seen = time.monotonic()
        while True:
            if self.stopped.is_set():
                self._ready.clear()
                self._suspects.clear()
            if not (self._flight or self._ready or self._suspects) and (self._ended or self.stopped.is_set()):
                return
            lost = False
            for event in self._events():
                lost = lost or isinstance(event, Lost)
                for task, answer in self._handle(event):
                    self._room.release()
                    yield task, answer
            now = time.monotonic()
            if lost or now - looked > LOOK:  # nothing more is sent to a worker that may be gone
                looked = now
                self._look()
            if self._lanes:
                seen = now
            elif now - seen > self.patience:
                why = say(" The last one: {reason}", reason=self._last_reason) if self._last_reason else ""
                raise InternalError(
                    say("there has been no worker for {patience:.0f} seconds.{why}", patience=self.patience, why=why)
                )
            self._fill()

    def _events(self) -> Generator[Report[A] | _Arrived[T] | _Ended, None, None]:
        """Wait for something to happen, and yield it with all else that has happened by then."""
        try:
            event = self._inbox.get(timeout=LOOK / 2)
            while True:
                yield event
                event = self._inbox.get_nowait()
        except queue.Empty:
            return

    def _look(self) -> None:
        self._lanes = self.farm.workers()
        # Enough for every lane to have its chunks, and as much again being read ahead.
        room = max(2 * DEPTH * MOST * sum(self._lanes.values()), MOST)
        if room > self._granted:
            self._room.release(room - self._granted)
            self._granted = room

    # --- what came back ----------------------------------------------------------------------------------------

    def _handle(self, event: Report[A] | _Arrived[T] | _Ended) -> Generator[tuple[T, A], None, None]:
        if isinstance(event, _Arrived):
            known = self.trade.known(event.task)
            if known is not None:
                yield event.task, known
            else:
                self._ready.append(event.task)
        elif isinstance(event, _Ended):
            self._ended = True
            if event.error is not None:
                raise event.error
        else:
            chunk = self._flight.pop(event.chunk)
            if isinstance(event, Answered):
                yield from self._answered(chunk, event.answers)
            elif isinstance(event, Failed):
                self._put_off(chunk, event.reason)
            elif event.blamed:
                yield from self._worker_died(chunk)
            else:
                self._ready.extendleft(reversed(chunk.tasks)) if not chunk.suspect else self._suspects.append(chunk)

    def _answered(self, chunk: _Chunk[T], answers: Sequence[A]) -> Generator[tuple[T, A], None, None]:
        self._strikes.pop(chunk.worker, None)
        took = (time.monotonic() - chunk.since) / len(chunk.tasks)
        self._seconds = took if not self._seconds else 0.7 * self._seconds + 0.3 * took
        for task, answer in zip(chunk.tasks, answers, strict=True):
            reason = self.trade.failed(answer)
            if reason is None:
                yield task, answer
            else:
                yield from self._again(task, chunk.losses if len(chunk.tasks) == 1 else 0, reason)

    def _worker_died(self, chunk: _Chunk[T]) -> Generator[tuple[T, A], None, None]:
        if len(chunk.tasks) == 1:
            # What died beside others may be innocent: only the times that it was alone count.
            losses = chunk.losses if chunk.suspect else -1
            yield from self._again(chunk.tasks[0], losses, "every worker that graded this died")
            return
        half = len(chunk.tasks) // 2
        self._suspects.extend(_Chunk(tasks, suspect=True) for tasks in (chunk.tasks[:half], chunk.tasks[half:]))

    def _again(self, task: T, losses: int, reason: str) -> Generator[tuple[T, A], None, None]:
        if losses + 1 >= TRIES:
            yield task, self.trade.given_up(task, reason)
        else:
            self._suspects.append(_Chunk([task], suspect=True, losses=losses + 1))

    def _put_off(self, chunk: _Chunk[T], reason: str) -> None:
        """Keep a chunk that its worker could not do, for another; a worker that fails at everything is dropped."""
        if chunk.suspect:
            self._suspects.append(chunk)
        else:
            self._ready.extendleft(reversed(chunk.tasks))
        self._last_reason = say("{worker}: {reason}", worker=chunk.worker, reason=reason)
        self._strikes[chunk.worker] = self._strikes.get(chunk.worker, 0) + 1
        if self._strikes[chunk.worker] == STRIKES:
            self.farm.drop(chunk.worker, reason)
            self._lanes = {worker: lanes for worker, lanes in self._lanes.items() if worker != chunk.worker}

    # --- what goes out -----------------------------------------------------------------------------------------

    def _fill(self) -> None:
        if self.stopped.is_set() or not self._lanes:
            return
        load = dict.fromkeys(self._lanes, 0)
        alone: set[str] = set()
        for chunk in self._flight.values():
            if chunk.worker in load:
                load[chunk.worker] += 1
                if chunk.suspect:
                    alone.add(chunk.worker)
        free = sorted(set(load) - alone, key=lambda worker: load[worker] / self._lanes[worker])
        while self._suspects and free and load[free[0]] == 0:
            suspect = self._suspects.popleft()
            self._send(free.pop(0), suspect, [self.trade.job(task)[0] for task in suspect.tasks])
        if self._suspects and free:
            del free[0]  # it runs empty, for the next suspect
        for depth in range(1, DEPTH + 1):
            for worker in free:
                while self._ready and load[worker] < depth * self._lanes[worker]:
                    load[worker] += 1
                    self._send(worker, *self._next())

    def _next(self) -> tuple[_Chunk[T], list[J]]:
        """Take the next chunk from what is ready."""
        tasks: list[T] = []
        jobs: list[J] = []
        bytes_left = BYTES
        for _ in range(min(self._size(), len(self._ready))):
            job, size = self.trade.job(self._ready[0])
            bytes_left -= size
            if jobs and bytes_left < 0:
                break
            tasks.append(self._ready.popleft())
            jobs.append(job)
        return _Chunk(tasks), jobs

    def _size(self) -> int:
        """Say how large the next chunk is: as many as take a second or so, and fewer when the end is near."""
        if not self._seconds:
            return 2
        size = max(1, min(MOST, int(SECONDS * DEPTH / self._seconds)))
        if self._ended:
            size = min(size, max(1, len(self._ready) // (2 * sum(self._lanes.values()))))
        return size

    def _send(self, worker: str, chunk: _Chunk[T], jobs: Sequence[J]) -> None:
        chunk.worker, chunk.since = worker, time.monotonic()
        self.chunks += 1
        self._flight[self.chunks] = chunk
        self.most_in_flight = max(self.most_in_flight, sum(len(each.tasks) for each in self._flight.values()))
        self.farm.send(worker, self.chunks, jobs, self._inbox.put)
