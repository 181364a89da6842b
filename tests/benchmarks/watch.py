"""How long a student waits: from saving to the verdict under `--watch`, and for `grader check` from a cold start.

    python tests/benchmarks/watch.py [REPEATS]

Prints the median and the fastest of some runs, beside what they are measured against on this machine: a process that
imports numpy, and a bare fork. Target: under 150 ms above the student's own compute, from save to verdict.
"""

from __future__ import annotations

import os
import queue
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import grader
from grader.cli.flows.watch import Ended, Runs, Saved, report_saves
from grader.desk.running import find_work

ROOT = Path(grader.__file__).parents[1]
EXERCISE = ROOT / "exercises" / "logistic_regression"


def main() -> None:
    """Measure and print."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "logistic_regression")
        shutil.copytree(EXERCISE, folder)
        file = folder / "logistic_regression.py"
        fork = bare_forks(repeats)
        rows = {
            "a bare fork": fork,
            "python -c 'import numpy'": commands(repeats, folder, "-c", "import numpy"),
            "grader check": commands(repeats, folder, "-m", "grader", "check", file.name),
            "saved, until the verdict": saves(repeats, file),
        }
    for title, seconds in rows.items():
        middle, best = statistics.median(seconds), min(seconds)
        print(f"{title:<28}{middle * 1000:8.1f} ms   fastest {best * 1000:8.1f} ms   {middle / min(fork):8.1f} forks")
    ratio = min(rows["grader check"]) / min(rows["python -c 'import numpy'"])
    print(f"grader check takes {ratio:.2f} times as long as importing numpy (target: 2.5)")
    own = statistics.median(rows["saved, until the verdict"])
    print(f"from save to verdict {own * 1000:.0f} ms, the student's own compute included (target: 150 above it)")


def bare_forks(repeats: int) -> list[float]:
    """Time a fork that ends at once."""
    if not hasattr(os, "fork"):
        return [float("nan")] * repeats
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        seconds.append(time.perf_counter() - begin)
    return seconds


def commands(repeats: int, folder: Path, *arguments: str) -> list[float]:
    """Time a Python process from its start to its end."""
    seconds = []
    for _ in range(repeats + 1):
        begin = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        seconds.append(time.perf_counter() - begin)
    return seconds[1:]  # the first fills the caches


def saves(repeats: int, file: Path) -> list[float]:
    """Time from writing the file to having its result, by the watch's own parts."""
    events: queue.Queue[object] = queue.Queue()
    stop = threading.Event()
    runs = Runs(find_work(file))
    seconds = []
    watching = threading.Thread(target=report_saves, args=(file, events, stop), daemon=True)
    try:
        watching.start()
        time.sleep(1.0)
        for number in range(repeats + 1):
            begin = time.perf_counter()
            with file.open("a", encoding="utf-8") as opened:
                opened.write(f"# {number}\n")
            assert isinstance(events.get(timeout=20), Saved)
            events.put(Ended(result=runs.run()))
            events.get()
            seconds.append(time.perf_counter() - begin)
            runs.prepare()
            time.sleep(1.0)  # a person takes longer than this between two saves
    finally:
        stop.set()
        runs.close()
    return seconds[1:]


if __name__ == "__main__":
    main()
