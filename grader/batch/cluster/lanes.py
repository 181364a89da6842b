"""The cluster in the place of the local lanes: the same tasks in, the same results out."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import cast

from grader.batch.class_run import Task
from grader.batch.cluster.bundle import make_bundle
from grader.batch.cluster.farm import DaskFarm, Say
from grader.batch.cluster.places import cluster_at
from grader.batch.cluster.window import Farm, Window
from grader.batch.jobs import Answer, Failure, Job
from grader.batch.lanes import Elsewhere, OpenSandbox
from grader.grading import Prepared, given_up
from grader.model import Result
from grader.sandbox.protocol import Level, Sandbox


@contextmanager
def cluster_lanes(
    place: str,
    solutions: Path,
    keys: Mapping[str, Prepared],
    secret: bytes,
    *,
    rate: Decimal,
    fingerprints: bool,
    level: str,
    tell: Say,
) -> Iterator[ClusterLanes]:
    """Connect to a cluster, make its workers ready, and yield what `ClassRun` takes as its lanes.

    `tell` is told what a user may want to know of the cluster; from any thread.
    """
    bundle = make_bundle(solutions, keys, secret, rate=rate, fingerprints=fingerprints, level=level)
    run = f"{bundle.id}-{secrets.token_hex(4)}"
    with cluster_at(place, tell) as connect, DaskFarm(connect, bundle, run, tell) as farm:
        yield ClusterLanes(farm, keys, farm.open())


class ClusterLanes:
    """Does on a farm what `run_lanes` does in threads."""

    def __init__(self, farm: Farm[Job, Answer], keys: Mapping[str, Prepared], level: str) -> None:
        self._farm = farm
        self._keys = keys
        self.level = level

    def __call__(
        self,
        tasks: Iterable[Task],
        grade_one: Callable[[Task, Sandbox], Result],
        open_sandbox: OpenSandbox,
        jobs: int,
        stopped: threading.Event | None = None,
    ) -> Generator[tuple[Task, Result], None, None]:
        """Grade tasks on the farm and yield each with its result, in no fixed order. No sandbox is opened here."""
        del grade_one, open_sandbox, jobs
        trade = _Grading(partial(given_up, assignments=self._keys, level=self.level))
        window: Window[Task, Job, Answer] = Window(self._farm, trade, stopped or threading.Event())
        with closing(window.run(tasks)) as pairs:
            for task, answer in pairs:
                # A failure comes out of the window as what `given_up` makes of it.
                yield task, cast("Result", answer)

    @contextmanager
    def open_sandbox(self) -> Iterator[Sandbox]:
        """Stand for the sandboxes on the farm: it tells their level, and runs nothing."""
        yield Elsewhere(Level(self.level))


class _Grading:
    """Implements `window.Trade` for submissions."""

    def __init__(self, give_up: Callable[..., Result]) -> None:
        self._give_up = give_up

    def known(self, task: Task) -> Result | None:
        return task.known.result

    def job(self, task: Task) -> tuple[Job, int]:
        job = task.job()
        return job, job.size

    def failed(self, answer: Answer) -> str | None:
        return answer.reason if isinstance(answer, Failure) else None

    def given_up(self, task: Task, reason: str) -> Result:
        return self._give_up(submission=task.item.submission, reason=reason)
