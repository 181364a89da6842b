"""Memory stays flat however large the class is: results pass through, and the gradebook keeps them."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

SCRIPT = textwrap.dedent("""
    import resource, sys
    from contextlib import contextmanager
    from dataclasses import replace
    from decimal import Decimal
    from types import SimpleNamespace
    sys.path[:0] = [sys.argv[1]]
    from gradebook_samples import result, sha
    from grader.batch.class_run import ClassRun
    from grader.gradebook import open_gradebook
    from grader.model import Submission
    from grader.policy import Policy

    def lanes(tasks, grade_one, open_sandbox, jobs, stopped):
        # In the place of the sandbox: every submission comes to the same marks.
        for task in tasks:
            one = task.item.submission
            new = replace(SAMPLE, student=one.student, path=one.path, sha256=task.item.sha256)
            yield task, task.known.result or new

    @contextmanager
    def sandbox():
        yield SimpleNamespace(level="none")

    def submissions(count):
        for number in range(count):
            name = f"s{number:06d}"
            data = name.encode()
            yield Submission(student=name, assignment="logistic_regression", path=f"{name}.py", read=lambda d=data: d)

    SAMPLE = result("nobody")
    for count in map(int, sys.argv[3:]):
        with open_gradebook(sys.argv[2]) as gradebook:
            run = ClassRun({}, rate=Decimal(1), policy=Policy(), gradebook=gradebook, lanes=lanes)
            done = sum(1 for _ in run.results(submissions(count), sandbox, 1))
            assert done == count == run.tally.done
            assert not run._twins
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, dict(run.tally.ways))
""")


def peaks(tmp_path, *counts):
    """Run classes one after the other; return the peak of memory in MB after each."""
    samples = Path(__file__).parent.parent / "gradebook"
    command = [sys.executable, "-c", SCRIPT, str(samples), str(tmp_path / "g.sqlite3"), *map(str, counts)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800, check=False)
    assert done.returncode == 0, done.stderr
    return [int(line.split()[0]) for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_a_hundred_thousand_take_no_more_memory_than_ten_thousand(tmp_path):
    ten, hundred = peaks(tmp_path, 10_000, 100_000)
    assert hundred < ten + 40


def test_what_is_known_takes_no_memory_either(tmp_path):
    first, again = peaks(tmp_path, 2_000, 2_000)
    assert again < first + 30
