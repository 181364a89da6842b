"""The benchmark: what `grader grade` costs beside the floor and beside other graders, as ratios taken in one run.

    python tests/benchmarks/run.py [--only levels,likeness,scale,checks,pictures,starts,others] [--count 1000]

Beside every timing stands the floor's of the same minute, over the same programs and the same calls. CPU is compared,
not wall time: other work on the machine does not change it much. All of it takes about an hour on two quiet cores:
`levels` 25 minutes for `--count 1000`, `likeness` 5, `scale` 20, `checks` and `pictures` 3 each, `starts` 1,
`others` 5. Rows are printed as they come, progress goes to stderr; a part that fails is told there, and the others go
on.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import others  # noqa: E402 - found by the line above
from bench import LEVELS, Bench, installed  # noqa: E402
from corpus import LIKENESS, ROOT, SLUG  # noqa: E402
from measuring import run  # noqa: E402

COLUMNS = ("what", "submissions", "CPU ms each", "of the floor", "wall s", "busy, of a core a lane", "peak MB")
MEGABYTE = 1 << 20


def main() -> int:
    """Measure, and print a table in Markdown. Returns 1 where a part of it failed."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--only", default=",".join(SECTIONS), help="parts, with commas between (default: all)")
    words.add_argument(
        "--count", type=int, default=1000, help="submissions of each form for `levels` and `likeness` (default 1000)"
    )
    words.add_argument("--levels", default=",".join(LEVELS))
    words.add_argument("--jobs", default="1,2", help="lanes for `levels` (default 1,2)")
    words.add_argument("--scale", default="100,1000,10000", help="classes for `scale` (default 100,1000,10000)")
    words.add_argument("--few", type=int, default=200, help="submissions for `checks` and `pictures` (default 200)")
    words.add_argument("--others", type=int, default=20, help="submissions for `others` (default 20)")
    words.add_argument("--rounds", type=int, default=15, help="rounds of `starts` (default 15)")
    words.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "grader-benchmark-venvs")
    given = words.parse_args()
    wanted = given.only.split(",")
    if unknown := set(wanted) - set(SECTIONS):
        words.error(f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(SECTIONS)}")
    failed = False
    with tempfile.TemporaryDirectory(prefix="grader-benchmark-") as folder:
        bench = Bench(Path(folder))
        print(row(*COLUMNS), row(*["---"] * len(COLUMNS)), sep="\n", flush=True)
        for name in wanted:
            begin = monotonic()
            try:
                for line in SECTIONS[name](bench, given):
                    print(line, flush=True)
            except Exception as error:  # hours of figures are not lost for one of them
                failed = True
                tell(f"{name} failed: {type(error).__name__}: {error}")
            tell(f"{name} took {monotonic() - begin:.0f} s")
    return int(failed)


def tell(text: str) -> None:
    """Write progress."""
    print(text, file=sys.stderr, flush=True)


def levels(bench: Bench, given: argparse.Namespace) -> Iterator[str]:
    """Yield a row for each form, level of the sandbox and number of lanes."""
    for form in ("py", "ipynb"):
        for level in given.levels.split(","):
            for lanes in map(int, given.jobs.split(",")):
                name = f"`.{form}`, sandbox {level}, {lanes} lane{'s' * (lanes > 1)}"
                yield timed(bench, name, form, given.count, level, lanes)


def scale(bench: Bench, given: argparse.Namespace) -> Iterator[str]:
    """Yield a row for each size of a class."""
    for count in map(int, given.scale.split(",")):
        yield timed(bench, f"a class of {count}", "py", count)


def likeness(bench: Bench, given: argparse.Namespace) -> Iterator[str]:
    """Yield a row for each likeness of what students write."""
    for kind, words in LIKENESS.items():
        yield timed(Bench(bench.folder, likeness=kind), words, "py", given.count)


def checks(bench: Bench, given: argparse.Namespace) -> Iterator[str]:
    """Yield a row for each number of checks."""
    for times in (0.5, 1, 2, 4):
        more = Bench(bench.folder, times) if times != 1 else bench
        yield timed(more, f"{more.checks} checks, {more.calls} calls", "py", given.few)


def pictures(bench: Bench, given: argparse.Namespace) -> Iterator[str]:
    """Yield a row for each size of notebooks."""
    for size in (0, 1, 5):
        yield timed(bench, f"notebooks with {size} MB of pictures", "ipynb", given.few, pictures=size * MEGABYTE)


def timed(
    bench: Bench, name: str, form: str, count: int, level: str = "full", lanes: int = 1, pictures: int = 0
) -> str:
    """Grade a class between two runs of the floor; returns the row."""
    tell(f"{name}: {count} submissions")
    submissions = bench.files(form, count, pictures)
    # Starting the command and computing the answer key are paid once a class, and told by a class of one a lane.
    start = bench.start(level, lanes)
    before = bench.floor(count, form, pictures)
    cost = bench.grade(submissions, level, lanes, peak=True)
    floor = (before + bench.floor(count, form, pictures)) / 2
    each = (cost.cpu - start.cpu) / max(count - lanes, 1)
    proper = cost.wall - start.wall
    # Of too short a time nothing can be said. More than 100 % with one lane: the host works while the worker does.
    busy = f"{(cost.cpu - start.cpu) / proper / lanes:.0%}" if proper > 1 else ""
    return row(
        name,
        count,
        f"{1000 * each:.1f}",
        f"{each / floor:.2f}",
        f"{cost.wall:.1f}",
        busy,
        f"{cost.peak_mb:.0f}",
    )


def starts(bench: Bench, given: argparse.Namespace) -> Iterator[str]:
    """Yield what a command costs before it does anything, in wall time of `import numpy`, in an ordinary install."""
    commands = installed(given.cache)
    python, grader = commands / "python", commands / "grader"
    desk = bench.folder / "desk"
    desk.mkdir()
    for name in ("checks.json", f"{SLUG}.ipynb"):
        (desk / name).write_bytes((ROOT / "exercises" / SLUG / name).read_bytes())
    (desk / f"{SLUG}.ipynb").write_text(bench.members.notebook(0), encoding="utf-8")
    (desk / f"{SLUG}.py").write_text(bench.members.python(0), encoding="utf-8")
    timing: dict[str, tuple[object, ...]] = {
        "`python -c 'import numpy'`": (python, "-c", "import numpy"),
        "`grader --help`": (grader, "--help"),
        "`grader check` on a `.py`": (grader, "check", f"{SLUG}.py"),
        "`grader check` on a notebook": (grader, "check", f"{SLUG}.ipynb"),
    }
    walls: dict[str, list[float]] = {name: [] for name in timing}
    cpus: dict[str, list[float]] = {name: [] for name in timing}
    for number in range(given.rounds + 1):
        for name, command in timing.items():
            cost = run(command, cwd=desk, ok=(0, 1))
            if number:  # the first fills the caches
                walls[name].append(cost.wall)
                cpus[name].append(cost.cpu)
    base = walls[next(iter(timing))]
    for name, times in walls.items():
        middle = statistics.median(times) / statistics.median(base)
        ratio = f"{middle:.2f} × `import numpy` (fastest: {min(times) / min(base):.2f} ×)"
        cpu = f"{1000 * statistics.median(cpus[name]):.0f}"
        yield row(name, given.rounds, cpu, ratio, f"{statistics.median(times):.3f}", "", "")


def beside_others(bench: Bench, given: argparse.Namespace) -> Iterator[str]:
    """Yield what other graders cost, on the same submissions."""
    count = given.others
    tell(f"{count} submissions with ours and with others")
    ours = bench.grade(bench.files("ipynb", count)).cpu / count
    proper = ours - bench.start().cpu / count  # of a few submissions next to nothing is left
    floor = bench.floor(count)
    yield row("ours, with starting and the answer key", count, f"{1000 * ours:.0f}", f"{ours / floor:.1f}", "", "", "")
    yield row("ours, without", count, f"{1000 * proper:.0f}", f"{proper / floor:.1f}", "", "", "")
    for name, seconds in others.measure(bench.members, bench.folder, given.cache, count):
        times = f"{seconds / floor:.0f} ({seconds / ours:.0f} × ours with starting, {seconds / proper:.0f} × without)"
        yield row(name, count, f"{1000 * seconds:.0f}", times, "", "", "")


def row(*columns: object) -> str:
    """Return a row of the table."""
    return f"| {' | '.join(map(str, columns))} |"


SECTIONS: dict[str, Callable[[Bench, argparse.Namespace], Iterator[str]]] = {
    "levels": levels,
    "likeness": likeness,
    "scale": scale,
    "checks": checks,
    "pictures": pictures,
    "starts": starts,
    "others": beside_others,
}

if __name__ == "__main__":
    sys.exit(main())
