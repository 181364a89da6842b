"""What confinement costs: milliseconds a submission at each level, as ratios that were measured in one run.

    python tests/benchmarks/confinement.py [ROUNDS]

The levels take turns, submission by submission, so that a busy machine slows all of them alike. A submission is the
honest program of the hostile suite: a worker is started and confined, loads it, answers every case, and is ended.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from grader.cli.flows.keys import instructor_keys
from grader.courses import find_course
from grader.errors import SandboxUnavailable
from grader.grading import grade
from grader.model import Submission
from grader.sandbox import open_sandbox
from tests.hostile.course import HONEST, POINTS, SECRET, SLUG, make_course

LEVELS = ("none", "core", "full")


def main(rounds: int) -> None:
    os.environ["GRADER_SECRET"] = SECRET
    with tempfile.TemporaryDirectory() as root, ExitStack() as stack:
        course = find_course(make_course(Path(root, "course")))
        keys = instructor_keys(course, [SLUG])
        submission = Submission(student="honest", path="honest.py", assignment=SLUG, read=HONEST.encode)
        timed: dict[str, Callable[[], float]] = {}
        for level in LEVELS:
            try:
                sandbox = stack.enter_context(open_sandbox(level))
            except SandboxUnavailable as error:
                print(f"no {level} here: {error}")
                continue

            def once(sandbox: object = sandbox) -> float:
                begin = time.perf_counter()
                result = grade(submission, keys, sandbox)  # type: ignore[arg-type]
                took = time.perf_counter() - begin
                assert result.score == POINTS, result
                return took

            timed[level] = once
        for once in timed.values():
            for _ in range(5):
                once()
        times = {level: [] for level in timed}
        for _ in range(rounds):
            for level, once in timed.items():
                times[level].append(once() * 1000)
    print(f"{rounds} submissions a level, in turns; user {os.geteuid()}; milliseconds a submission")
    print(f"{'level':8}{'median':>8}{'p10':>8}{'p90':>8}{'ratio':>8}{'extra':>8}")
    base = statistics.median(times[LEVELS[0]])
    for level, each in times.items():
        tenths = statistics.quantiles(each, n=10)
        median = statistics.median(each)
        print(f"{level:8}{median:8.1f}{tenths[0]:8.1f}{tenths[-1]:8.1f}{median / base:8.2f}{median - base:8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
