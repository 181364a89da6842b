"""Measures what grader/batch/README.md says of clusters: python tests/batch/cluster_figures.py [SUBMISSIONS [ROUNDS]].

Local lanes, `local:2` and two workers started by hand take turns over one class, each with a new gradebook. Then come
what a class takes on disk, the scheduler alone and the databases alone (PostgreSQL if GRADER_TEST_POSTGRES_URL is set).
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "gradebook")]

from class_samples import environment  # noqa: E402  the folders have to be known first
from cluster_samples import Cluster, Line, begin, descendants, sample  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def cpu_of(pid):
    """Return the seconds of CPU time of a process and of its dead children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICKS


def with_children(pid):
    return sum(cpu_of(each) for each in (pid, *descendants(pid)))


def ours():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(course, *more):
    """Grade the class anew; return the seconds of wall clock and of CPU time of the client and what it started."""
    for path in (course / ".grader").glob("gradebook.sqlite3*"):
        path.unlink()
    before, start = ours(), time.monotonic()
    run = begin(course, "--sandbox", "full", "--format", "json", "--quiet", *more)
    _, err = run.communicate()
    assert run.returncode == 0, err
    return time.monotonic() - start, ours() - before


def show(name, students, wall, cpu):
    say(f"  {name:28} {wall:7.1f} s  {students / wall:6.1f} a second  {1000 * cpu / students:6.1f} ms of CPU each")


def compare(course, students, root, rounds):
    """Let the three places take turns."""
    for _ in range(rounds):
        show("local lanes, --jobs 2", students, *timed(course, "--jobs", 2))
        show("--cluster local:2", students, *timed(course, "--cluster", "local:2"))
        with contextlib.closing(Cluster(root)) as cluster:
            workers = [cluster.add_worker() for _ in range(2)]
            time.sleep(3)
            line = Line(int(json.loads(cluster.file.read_text())["address"].rpartition(":")[2]))
            before = [cpu_of(cluster.scheduler.pid), sum(with_children(worker.pid) for worker in workers)]
            wall, cpu = timed(course, "--cluster", f"tcp://127.0.0.1:{line.port}")
            scheduler = cpu_of(cluster.scheduler.pid) - before[0]
            cpu += scheduler + sum(with_children(worker.pid) for worker in workers) - before[1]
            show("two workers by hand", students, wall, cpu)
            say(f"    scheduler {1000 * scheduler / students:.2f} ms of CPU a submission")
            say(f"    network {line.out / students:.0f} bytes out and {line.back / students:.0f} back a submission")
            line.close()


def trivial(numbers):
    return numbers


def scheduler_alone(root, tasks=4000):
    """Time trivial chunks, placed and bounded as a run places and bounds them."""
    from distributed import Client, as_completed

    with (
        contextlib.closing(Cluster(root)) as cluster,
        Client(json.loads(cluster.file.read_text())["address"], set_as_default=False) as client,
    ):
        workers = [cluster.add_worker() for _ in range(2)]
        client.wait_for_workers(2)
        names = list(client.nthreads())
        before = cpu_of(cluster.scheduler.pid), cpu_of(os.getpid()), sum(cpu_of(worker.pid) for worker in workers)
        start = time.monotonic()
        sent = 0

        def send():
            nonlocal sent
            sent += 1
            return client.submit(trivial, [sent], key=f"t-{sent}", workers=[names[sent % 2]], pure=False)

        done = as_completed([send() for _ in range(200)], with_results=True, loop=client.loop)
        for _ in done:
            if sent < tasks:
                done.add(send())
        wall = time.monotonic() - start
        used = [
            cpu_of(cluster.scheduler.pid) - before[0],
            cpu_of(os.getpid()) - before[1],
            sum(cpu_of(worker.pid) for worker in workers) - before[2],
        ]
    say(
        f"  trivial chunks: {tasks / wall:.0f} a second; CPU each: "
        + ", ".join(
            f"{name} {1000 * each / tasks:.2f} ms"
            for name, each in zip(("scheduler", "client", "workers"), used, strict=True)
        )
    )


def database_alone(place, count=20_000):
    """Time look-up, claim and record, with nothing to grade."""
    from dataclasses import replace
    from decimal import Decimal

    from gradebook_samples import result

    from grader.batch.class_run import ClassRun
    from grader.gradebook import open_gradebook
    from grader.model import Submission
    from grader.policy import Policy

    like = result("nobody")

    def lanes(tasks, *_rest):
        for task in tasks:
            one = task.item.submission
            yield task, replace(like, student=one.student, path=one.path, sha256=task.item.sha256)

    @contextlib.contextmanager
    def sandbox():
        yield SimpleNamespace(level="none")

    def submission(name):
        return Submission(student=name, assignment="logistic_regression", path=f"{name}.py", read=name.encode)

    start, used = time.monotonic(), time.process_time()
    with open_gradebook(place) as gradebook:
        run = ClassRun({}, rate=Decimal(1), policy=Policy(), gradebook=gradebook, lanes=lanes)
        each = (submission(f"s{number:06d}") for number in range(count))
        assert sum(1 for _ in run.results(each, sandbox, 1)) == count
    wall, used = time.monotonic() - start, time.process_time() - used
    name = "PostgreSQL" if "://" in str(place) else "SQLite"
    say(f"  {name}: {count / wall:.0f} a second; client {1000 * used / count:.2f} ms of CPU each")


def storage(course, students):
    """Say what the class that was graded last takes."""
    book = sum(path.stat().st_size for path in (course / ".grader").glob("gradebook.sqlite3*"))
    say(f"  gradebook {book / students:.0f} bytes a submission")
    out = course.parent / "report"
    command = [sys.executable, "-m", "grader", "report", "-o", str(out), "--course", str(course)]
    subprocess.run(command, env=environment(), capture_output=True, check=True)
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    say(f"  HTML report {size / students:.0f} bytes a submission")


def main():
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    root = Path(tempfile.mkdtemp(prefix="grader-figures-"))
    try:
        course = sample(root, students)
        size = sum(path.stat().st_size for path in (root / "class").iterdir()) / students
        say(f"{students} submissions of {size:.0f} bytes; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        compare(course, students, root, int(sys.argv[2]) if len(sys.argv) > 2 else 2)
        storage(course, students)
        scheduler_alone(root)
        database_alone(root / "figures.sqlite3")
        if url := os.environ.get("GRADER_TEST_POSTGRES_URL"):
            database_alone(url)
        say(f"load at the end {os.getloadavg()[0]:.1f}")
    finally:
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
