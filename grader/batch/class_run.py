"""One run over a class: look up what is known, grade what is not, record it, and count.

The gradebook makes a run resumable: whatever was recorded is not done again, whoever was interrupted, and of a changed
assignment the questions that the change touches are graded and no others. Results pass through one at a time; what is
held is the work in flight.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from grader.batch.jobs import Job, job_of
from grader.batch.lanes import OpenSandbox, Sandboxes, run_lanes
from grader.batch.tally import Tally, Way
from grader.batch.works import Item, Works
from grader.gradebook.entries import Known, Slot, Work
from grader.grading import NOTHING_KEPT, Kept, Prepared, grade
from grader.model import Result, Submission
from grader.policy import Policy, is_late
from grader.sandbox.protocol import Sandbox

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook

CHUNK = 64
"""How many submissions are claimed and looked up together."""
LEASE = 300.0
"""Seconds that a claim lasts: longer than any one submission may take."""
Lanes = Callable[..., Generator[tuple["Task", Result], None, None]]
"""`run_lanes`, or what does the same elsewhere."""
RENEW = 60.0
"""Seconds after which claims are made longer."""
POLL = 0.5
"""Seconds between two looks at what another grader is at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One submission on its way through a lane, with what the gradebook knows of it."""

    item: Item
    known: Known = field(default_factory=Known)

    @property
    def kept(self) -> Kept:
        """The questions that need no second look."""
        return Kept(questions=self.known.questions, notes=self.known.notes) if self.known.questions else NOTHING_KEPT

    def job(self) -> Job:
        """Read the submission, and return what another process needs to grade it."""
        job = job_of(self.item.submission, self.kept)
        if self.known.questions and job.sha256 != self.item.sha256:  # the file was changed this very moment
            job = job_of(self.item.submission)
        return job


class ClassRun:
    """Grades a class once; `results` is the run, the rest says how it went and stops it.

    With a gradebook what is known is not graded again, unless `again` (`--regrade`) says so, and what is new is
    recorded; a `preview` reads and records nothing.
    """

    def __init__(
        self,
        keys: Mapping[str, Prepared],
        *,
        rate: Decimal,
        policy: Policy,
        gradebook: Gradebook | None = None,
        again: bool = False,
        preview: bool = False,
        lanes: Lanes = run_lanes,
    ) -> None:
        self.tally = Tally()
        self._keys = keys
        self._rate = rate
        self._policy = policy
        self._gradebook = None if preview else gradebook
        self._again = again
        self._lanes = lanes
        self._stopped = threading.Event()
        self._stopped_early = False
        self._lock = threading.Lock()
        self._twins: dict[bytes, list[Item]] = {}
        """Digest of the work in flight to the other submissions of this run that are the same work."""
        self._renewed = time.monotonic()

    @property
    def stopped(self) -> bool:
        """Whether it was told to stop before its end."""
        return self._stopped_early

    def stop(self) -> None:
        """Begin nothing more: `results` ends after what is in flight."""
        self._stopped_early = True
        self._stopped.set()

    def results(
        self, submissions: Iterable[Submission], open_sandbox: OpenSandbox, jobs: int
    ) -> Generator[Result, None, None]:
        """Grade the submissions and yield each result as it is done, in no fixed order; each is recorded before."""
        if self._gradebook is None:
            yield from self._run((Task(item=Item(submission=each)) for each in submissions), open_sandbox, jobs)
            return
        self._gradebook.release_dead()
        with Sandboxes(open_sandbox) as sandboxes:
            self._works = Works(self._keys, rate=self._rate, sandbox=sandboxes.level)
            try:
                yield from self._run(self._tasks(iter(submissions), self._gradebook), sandboxes.open, jobs)
            finally:
                self._stopped.set()
                self._gradebook.release(list(self._twins))

    def _run(self, tasks: Iterable[Task], open_sandbox: OpenSandbox, jobs: int) -> Iterator[Result]:
        for task, result in self._lanes(tasks, self._grade_one, open_sandbox, jobs, self._stopped):
            submission = task.item.submission
            made = submission.flags if task.known.result is not None else result.flags
            yield from self._finish(task, self._labelled(result, submission, made))

    def _grade_one(self, task: Task, sandbox: Sandbox) -> Result:
        item = task.item
        if task.known.result is not None:
            return task.known.result
        once = partial(
            grade,
            item.submission,
            self._keys,
            sandbox,
            rate=self._rate,
            fingerprints=self._gradebook is not None,
        )
        result = once(kept=task.kept)
        if task.known.questions and result.sha256 != item.sha256:  # the file was changed this very moment
            result = once()
        return result

    # --- before: what is known, and who is at it ---------------------------------------------------------------

    def _tasks(self, submissions: Iterator[Submission], gradebook: Gradebook) -> Iterator[Task]:
        """Yield what this run is to do, known things included, and in the end what other graders left undone."""
        elsewhere: list[Item] = []
        chunk: list[Item] = []
        for submission in submissions:
            chunk.append(self._works.item(submission))
            if len(chunk) == CHUNK:
                yield from self._sorted_out(chunk, elsewhere, gradebook)
                chunk = []
        yield from self._sorted_out(chunk, elsewhere, gradebook)
        while elsewhere and not self._stopped.is_set():
            waiting, elsewhere = elsewhere, []
            yield from self._sorted_out(waiting, elsewhere, gradebook)
            if elsewhere:
                self._stopped.wait(POLL)

    def _sorted_out(self, items: Iterable[Item], elsewhere: list[Item], gradebook: Gradebook) -> Iterator[Task]:
        """Yield tasks for what is known or ours to do; add to `elsewhere` what another grader is at."""
        leading: dict[bytes, Task] = {}
        for task in self._looked_up(items, gradebook):
            if task.known.result is not None or task.item.work is None:
                yield task
                continue
            digest = task.item.work.digest
            with self._lock:
                if digest in self._twins:
                    self._twins[digest].append(task.item)
                    continue
                self._twins[digest] = []
            leading[digest] = task
        if not leading:
            return
        claims = gradebook.claim(leading, LEASE, again=self._again)
        for digest in (*claims.elsewhere, *claims.done):
            with self._lock:
                # What was done since it was looked up is looked up again.
                elsewhere.extend((leading.pop(digest).item, *self._twins.pop(digest)))
        yield from leading.values()

    def _looked_up(self, items: Iterable[Item], gradebook: Gradebook) -> Iterator[Task]:
        """Yield each item with what the gradebook knows of it; with nothing, where all is to be graded anew."""
        places: list[tuple[Slot, Work]] = []
        readable: list[Item] = []
        for item in items:
            if item.work is None or self._again:
                yield Task(item=item)
            else:
                readable.append(item)
                places.append((item.slot, item.work))
        for item, known in zip(readable, gradebook.known(places), strict=True):
            yield Task(item=item, known=known)

    # --- after: recording and counting -------------------------------------------------------------------------

    def _finish(self, task: Task, result: Result) -> Iterator[Result]:
        way = Way.GRADED
        if task.known.result is not None:
            way = Way.UNCHANGED if task.known.recorded else Way.COPIED
        elif task.known.questions and result.questions:
            way = Way.PARTLY
        if not (task.known.recorded and result == task.known.result):
            self._record(task.item, result)
        self.tally.add(result, way, task.known.questions)
        yield result
        if task.item.work is None:
            return
        with self._lock:
            twins = self._twins.pop(task.item.work.digest, [])
        made = tuple(flag for flag in result.flags if flag not in task.item.submission.flags)
        for twin in twins:
            copy = self._labelled(result, twin.submission, (*twin.submission.flags, *made))
            self._record(twin, copy)
            self.tally.add(copy, Way.COPIED, ())
            yield copy

    def _record(self, item: Item, result: Result) -> None:
        if self._gradebook is None:
            return
        # Bytes that changed between the look-up and the grading are recorded, and answer for no other work.
        same = result.sha256 == item.sha256
        self._gradebook.record(
            result, self._works.of_result(item, result.assignment) if same else None, force=self._again
        )
        if time.monotonic() - self._renewed > RENEW:
            self._renewed = time.monotonic()
            with self._lock:
                held = list(self._twins)
            self._gradebook.claim(held, LEASE, again=True)

    def _labelled(self, result: Result, submission: Submission, flags: tuple[str, ...]) -> Result:
        """Return a result as that of a submission, which may be another with the same content."""
        late = is_late(self._policy, result.assignment or "", submission.student, submission.submitted_at)
        return replace(
            result,
            student=submission.student,
            path=submission.path,
            attempt=submission.attempt,
            submitted_at=submission.submitted_at,
            late=late,
            flags=flags,
        )
