"""What one right submission costs inside the sandbox: CPU and page faults of worker, zygote and host, beside the floor.

    python tests/benchmarks/worker.py [COUNT]

Everybody in the class is right, nothing is judged and no gradebook is kept, so that what is left is the sandbox. The
phases are read from outside, by the clock of the worker's process; what they don't add up to is its end.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parent)]

import corpus  # noqa: E402 - found by the line above
from bench import Bench  # noqa: E402

from grader.courses import answer_key, course_secret, load_assignment  # noqa: E402
from grader.grading import Prepared, prepare  # noqa: E402
from grader.sandbox import Sandbox, open_sandbox  # noqa: E402
from grader.submissions import read_program  # noqa: E402

PHASES = 30
"""How many submissions are looked at phase by phase, which itself takes time."""


def main(count: int) -> None:
    """Measure, and print the figures in milliseconds a submission."""
    corpus.WRONG = corpus.BLANK = corpus.BROKEN = 0.0
    with tempfile.TemporaryDirectory(prefix="grader-benchmark-") as folder, open_sandbox("full") as sandbox:
        bench = Bench(Path(folder))
        assignment = load_assignment(bench.course / "solutions" / corpus.SLUG)
        prepared = prepare(answer_key(assignment, course_secret(bench.course)))
        paths = sorted(bench.files("py", count).glob("*/*.py"))
        floor = 1000 * bench.floor(count)
        _print_whole(sandbox, prepared, paths)
        _print_phases(sandbox, prepared, paths[:PHASES])
        print(f"floor {floor:.1f} before, {1000 * bench.floor(count):.1f} after")


def _print_whole(sandbox: Sandbox, prepared: Prepared, paths: list[Path]) -> None:
    zygote: int = sandbox.workers.zygote_pid  # type: ignore[attr-defined] - a sandbox that forks
    for path in paths[:3]:
        _run(sandbox, prepared, path)
    before, host = _times(zygote), time.process_time()
    for path in paths:
        _run(sandbox, prepared, path)
    spent = 1000 * (time.process_time() - host) / len(paths)
    faults, own, user, kernel = ((now - then) / len(paths) for now, then in zip(_times(zygote), before, strict=True))
    print(f"worker {user + kernel:.1f} (kernel {kernel:.1f}, {faults:.0f} faults), zygote {own:.1f}, host {spent:.1f}")


def _print_phases(sandbox: Sandbox, prepared: Prepared, paths: list[Path]) -> None:
    phases: dict[str, float] = defaultdict(float)
    for path in paths:
        _run(sandbox, prepared, path, phases)
    print(", ".join(f"{name} {spent / len(paths):.2f}" for name, spent in phases.items()))


def _run(sandbox: Sandbox, prepared: Prepared, path: Path, phases: dict[str, float] | None = None) -> None:
    """Load a program and make all calls; add up the worker's time by phases, if they are wanted."""
    program = read_program(path.read_bytes(), str(path))
    with sandbox.session(program, prepared.wanted, prepared.limits) as session:
        clock = session.workers.dialogue.process.clock  # type: ignore[attr-defined]
        last = 0.0
        for name in ("begin, confine, load", *prepared.payloads):
            if name in prepared.payloads:
                session.call(name, prepared.payloads[name], prepared.questions[name].limits)
            if phases is not None:
                now = 1000 * clock.cpu()
                phases[name] += now - last
                last = now


def _times(zygote: int) -> tuple[int, float, float, float]:
    """Return faults of the workers that were reaped, own time, and theirs in user and kernel mode; proc(5), stat."""
    fields = Path(f"/proc/{zygote}/stat").read_text().rpartition(")")[2].split()
    own, tick = Path(f"/proc/{zygote}/schedstat").read_text().split()[0], 10.0
    return int(fields[8]), int(own) / 1e6, int(fields[13]) * tick, int(fields[14]) * tick


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
