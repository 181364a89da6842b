"""What confinement costs: milliseconds a submission at each level, as ratios that were measured in one run.

    python tests/benchmarks/confinement.py [ROUNDS]

The levels take turns, submission by submission, so that a busy machine slows all of them alike. A submission is the
honest program of the hostile suite: a worker is started and confined, loads it, answers every case, and is ended. A
worker is the same with an empty program, which leaves what confinement changes and little else.
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

from grader.authoring import Limits
from grader.cli.flows.keys import instructor_keys
from grader.courses import find_course
from grader.errors import SandboxUnavailable
from grader.grading import grade
from grader.model import Program, Submission
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

            def empty(sandbox: object = sandbox) -> float:
                begin = time.perf_counter()
                with sandbox.session(Program(cells=()), (), Limits()):  # type: ignore[attr-defined]
                    pass
                return time.perf_counter() - begin

            timed[f"worker, {level}"], timed[f"submission, {level}"] = empty, once
        for once in timed.values():
            for _ in range(5):
                once()
        times = {level: [] for level in timed}
        for _ in range(rounds):
            for level, once in timed.items():
                times[level].append(once() * 1000)
    print(f"{rounds} rounds, levels in turns; user {os.geteuid()}; milliseconds")
    # On a busy machine the median tells of its other work; the fastest tell of this.
    print(f"{'':18}{'fastest':>9}{'ratio':>7}{'extra':>7}{'median':>9}{'ratio':>7}{'extra':>7}{'p90':>9}")
    for level, each in sorted(times.items(), reverse=True, key=lambda item: item[0].split(",")[0]):
        none = times[f"{level.split(',')[0]}, {LEVELS[0]}"]
        base = (min(none), statistics.median(none))
        columns = (min(each), statistics.median(each))
        told = "".join(f"{one:9.1f}{one / of:7.2f}{one - of:7.1f}" for one, of in zip(columns, base, strict=True))
        print(f"{level:18}{told}{statistics.quantiles(each, n=10)[-1]:9.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
