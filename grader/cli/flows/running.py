"""Where a class is graded: on lanes here, or on the workers of a cluster."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from grader.batch.class_run import ClassRun
from grader.batch.lanes import OpenSandbox
from grader.cli.flows.class_intake import GradeOptions
from grader.cli.voice import teller
from grader.courses import Course, course_secret
from grader.grading import Prepared
from grader.model import Result, Submission
from grader.sandbox import open_sandbox
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


@contextmanager
def running(
    course: Course, keys: Mapping[str, Prepared], gradebook: Gradebook | None, options: GradeOptions, total: int
) -> Iterator[Running]:
    """Make the run that the course's settings and the options ask for, on lanes here or on a cluster."""
    make = partial(
        ClassRun,
        keys,
        rate=course.settings.follow_through,
        policy=course.settings.policy,
        gradebook=gradebook,
        again=options.regrade,
        preview=options.dry_run,
    )
    if options.cluster is None:
        yield Running(make(), lambda: open_sandbox(options.level), min(options.jobs, total))
        return
    from grader.batch.cluster.lanes import cluster_lanes

    tell = teller()
    with cluster_lanes(
        options.cluster,
        course.solutions,
        keys,
        course_secret(course.root),
        rate=course.settings.follow_through,
        fingerprints=gradebook is not None and not options.dry_run,
        level=options.level,
        tell=lambda line: tell(say("cluster: {line}", line=line)),
    ) as lanes:
        yield Running(make(lanes=lanes), lanes.open_sandbox, 1)
