"""Where a class is graded: on lanes here, in this process or in some of their own, or on the workers of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from grader.batch.class_run import ClassRun
from grader.batch.jobs import Job
from grader.batch.keys import keep
from grader.batch.lanes import OpenSandbox
from grader.batch.processes import LEAST, ProcessLanes, can_fork
from grader.cli.flows.class_intake import GradeOptions
from grader.cli.voice import teller
from grader.courses import Course, course_secret
from grader.grading import Prepared, grade
from grader.model import Result, Submission
from grader.sandbox import open_sandbox
from grader.sandbox.protocol import Sandbox
from grader.saying import say

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook


@dataclass(frozen=True, slots=True)
class Running:
    """A run over a class, with where its lanes are."""

    run: ClassRun
    open_sandbox: OpenSandbox
    jobs: int

    def results(self, submissions: Sequence[Submission]) -> Generator[Result, None, None]:
        """Grade the submissions and yield each result as it is done."""
        return self.run.results(submissions, self.open_sandbox, self.jobs)


@dataclass(frozen=True, slots=True)
class Place:
    """Lanes that are ready for a run."""

    make: Callable[..., ClassRun]
    open_sandbox: OpenSandbox
    jobs: int = 1

    def running(self, gradebook: Gradebook | None) -> Running:
        """Make the run, with the gradebook that it looks into and, unless it is a preview, records in."""
        return Running(self.make(gradebook=gradebook), self.open_sandbox, self.jobs)


@contextmanager
def place_for(course: Course, keys: Mapping[str, Prepared], options: GradeOptions, total: int) -> Iterator[Place]:
    """Make the lanes that the options ask for ready. To be entered before a gradebook is opened: it may fork."""
    rate = course.settings.follow_through
    fingerprints = not (options.no_gradebook or options.dry_run)
    make = partial(
        ClassRun, keys, rate=rate, policy=course.settings.policy, again=options.regrade, preview=options.dry_run
    )
    jobs = min(options.jobs, total)

    def open_one() -> AbstractContextManager[Sandbox]:
        return open_sandbox(options.level)

    if options.cluster is not None:
        from grader.batch.cluster.lanes import cluster_lanes

        tell = teller()
        with cluster_lanes(
            options.cluster,
            course.solutions,
            keys,
            course_secret(course.root),
            rate=rate,
            fingerprints=fingerprints,
            level=options.level,
            tell=lambda line: tell(say("cluster: {line}", line=line)),
        ) as farmed:
            yield Place(partial(make, lanes=farmed), farmed.open_sandbox)
    elif jobs > 1 and total >= LEAST and can_fork():

        def grade_job(job: Job, sandbox: Sandbox) -> Result:
            return grade(job.submission, keys, sandbox, rate=rate, fingerprints=fingerprints, kept=job.kept)

        with ProcessLanes(jobs, grade_job, open_one, keys) as lanes:
            yield Place(partial(make, lanes=lanes), lanes.open_sandbox, jobs)
    else:
        try:
            yield Place(make, open_one, jobs)
        finally:
            keep(keys.values())
