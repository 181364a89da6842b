"""The benchmark: what `grader grade` costs beside the floor and beside other graders, as ratios taken in one run.

    python tests/benchmarks/run.py [--count 1000] [--others 20] [--scale 100,1000,10000]

Beside every timing stands the floor's of the same minute, over the same files and the same calls. CPU is compared, not
wall time: other work on the machine does not change it much. `--others` installs nbgrader and Otter, each into an
environment of its own below `--cache`, and times them on 20 submissions.
"""

from __future__ import annotations

import argparse
import json
import pickle
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import others  # noqa: E402 - found by the line above
from corpus import ROOT, SLUG, Class  # noqa: E402
from measuring import Cost, run  # noqa: E402

GRADER = (sys.executable, "-m", "grader")
FLOOR = Path(__file__).with_name("floor.py")
PYTHON_START = (sys.executable, "-c", "import numpy")


def main() -> None:
    """Measure, and print a table in Markdown."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--count", type=int, default=1000, help="submissions of each form (default 1000)")
    options.add_argument("--scale", default="", help="also count against cost, such as 100,1000,10000")
    options.add_argument("--levels", default="full,core,none")
    options.add_argument("--jobs", default="1,2")
    options.add_argument(
        "--others", type=int, default=0, help="also nbgrader, Otter and pytest, on so many submissions"
    )
    options.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "grader-benchmark-venvs")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="grader-benchmark-") as folder:
        bench = Bench(Path(folder))
        print("| what | submissions | CPU ms each | of the floor | wall s | peak MB |\n|---|---|---|---|---|---|")
        for row in rows(bench, given):
            print(row, flush=True)


class Bench:
    """A course of its own, sample classes, and the calls that the grader makes for one submission."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.course = folder / "course"
        shutil.copytree(ROOT / "solutions", self.course / "solutions")
        self.calls = folder / "calls.pickle"
        self.calls.write_bytes(pickle.dumps(self._calls()))
        self.members = Class()

    def _calls(self) -> list[tuple[str, tuple[object, ...]]]:
        from grader.courses import answer_key, course_secret, load_assignment

        key = answer_key(load_assignment(self.course / "solutions" / SLUG), course_secret(self.course))
        return [(each.name, case.args) for each in key.questions for case in each.cases if case.scenario is None]

    def files(self, form: str, count: int) -> Path:
        """Write a class; returns its folder."""
        folder = self.folder / f"{form}-{count}"
        if not folder.exists():
            self.members.write(folder, form, count)
        return folder

    def grade(self, submissions: Path, level: str = "full", jobs: int = 1, *, peak: bool = False) -> Cost:
        """Grade a class through the command, into a new gradebook."""
        for left in (self.course / ".grader").glob("gradebook*"):
            left.unlink()
        command = (*GRADER, "grade", submissions, "--course", self.course, "--sandbox", level)
        return run((*command, "--jobs", jobs, "--format", "jsonl", "--quiet"), cwd=ROOT, peak=peak)

    def floor(self, count: int) -> float:
        """Return the floor's CPU seconds a submission, over the same programs as files of Python."""
        paths = sorted(self.files("py", count).glob("*/*.py"))[:200]
        each: dict[str, float] = json.loads(run((sys.executable, FLOOR, self.calls, *paths)).output)
        return each["cpu_ms_each"] / 1000


def rows(bench: Bench, given: argparse.Namespace) -> Iterator[str]:
    """Yield the lines of the table."""
    levels, jobs = given.levels.split(","), [int(word) for word in given.jobs.split(",")]
    start = bench.grade(bench.files("py", 1)).cpu
    for form in ("py", "ipynb"):
        for level in levels:
            for lanes in jobs if level == levels[0] else jobs[:1]:
                yield _row(bench, form, given.count, level, lanes, start)
    for count in [int(word) for word in given.scale.split(",") if word]:
        yield _row(bench, "py", count, levels[0], jobs[0], start)
    floor = bench.floor(given.count)
    yield f"| the floor | {min(given.count, 200)} | {1000 * floor:.1f} | 1.00 | | |"
    yield from _starts(bench)
    if given.others:
        ours = bench.grade(bench.files("ipynb", given.others)).cpu / given.others
        yield f"| ours, all of it: start-up and answer key too | {given.others} | {1000 * ours:.0f} | | | |"
        for name, seconds in others.measure(bench.members, bench.folder, given.cache, given.others):
            times = f"{seconds / ours:.0f} × ours"
            yield f"| {name} | {given.others} | {1000 * seconds:.0f} | {times} | | |"


def _row(bench: Bench, form: str, count: int, level: str, lanes: int, start: float) -> str:
    submissions = bench.files(form, count)
    before = bench.floor(count)
    cost = bench.grade(submissions, level, lanes, peak=True)
    floor = (before + bench.floor(count)) / 2
    # Starting the command and computing the answer key are paid once a class, and told by a class of one.
    each = (cost.cpu - start) / max(count - 1, 1)
    name = f"`.{form}`, sandbox {level}, {lanes} lane{'s' * (lanes > 1)}"
    return f"| {name} | {count} | {1000 * each:.1f} | {each / floor:.2f} | {cost.wall:.1f} | {cost.peak_mb:.0f} |"


def _starts(bench: Bench) -> Iterator[str]:
    """Yield what a command costs before it does anything, in wall time of `import numpy`."""
    student = bench.files("py", 1) / "sample00000" / f"{SLUG}.py"
    check = (*GRADER, "check", student, "--course", ROOT, "--quiet")
    for name, command in (("`grader --help`", (*GRADER, "--help")), ("`grader check` on one file", check)):
        ratios = []
        for _ in range(7):
            base = run(PYTHON_START).wall
            ratios.append(run(command, cwd=ROOT, ok=(0, 1)).wall / base)
        yield f"| {name}, wall time of `import numpy` | 1 | | {sorted(ratios)[3]:.1f} × | | |"


if __name__ == "__main__":
    main()
