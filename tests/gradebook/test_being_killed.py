"""A writer killed at any moment loses at most what was in flight, and the next run goes on."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from gradebook_samples import result, slot, work

from grader.gradebook import open_gradebook

SECONDS = 0.1
WRITER = textwrap.dedent("""
    import sys, time
    sys.path.insert(0, sys.argv[1])
    from gradebook_samples import result, slot, work
    from grader.gradebook import open_gradebook
    with open_gradebook(sys.argv[2], rows=50, seconds=float(sys.argv[3])) as gradebook:
        names = [f"s{n:05d}" for n in range(100_000)]
        known = gradebook.known((slot(name), work(name)) for name in names)
        for name, item in zip(names, known):
            if not item.recorded:
                gradebook.record(result(name), work(name))
                # One system call a line, as a terminal would get it: whatever was said was recorded before.
                sys.stdout.write(f"{name} {time.monotonic()}\\n")
                sys.stdout.flush()
                time.sleep(0.0005)
""")


def kill_at_random(place, times, seed):
    rng = random.Random(seed)
    recorded = 0
    for _ in range(times):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(Path(__file__).parent), place, str(SECONDS)],
            stdout=subprocess.PIPE,
            text=True,
        )
        first = process.stdout.readline()
        time.sleep(rng.uniform(0.0, 0.45))
        process.kill()
        killed = time.monotonic()
        said = [first, *process.stdout.read().splitlines()]
        process.stdout.close()
        process.wait()
        with open_gradebook(place) as gradebook:
            kept = [r.student for r in gradebook.results()]
            # Nothing has a hole in it, nothing recorded was lost before, and nothing is there twice.
            assert kept == [f"s{n:05d}" for n in range(len(kept))]
            assert len(kept) >= recorded
            recorded = len(kept)
            assert list(gradebook.results("logistic_regression", kept[-1])) == [result(kept[-1])] if kept else True
        held = set(kept)
        lost = [line for line in said if len(line.split()) == 2 and line.split()[0] not in held]
        # Written at most SECONDS after it was recorded; the rest is for a busy machine.
        assert all(killed - float(line.split()[1]) < SECONDS + 2.0 for line in lost)
        assert len(lost) < 500
    return recorded


def test_five_kills_lose_only_what_was_in_flight(place):
    assert kill_at_random(place, 5, seed=1) > 0


@pytest.mark.slow
def test_fifty_kills_lose_only_what_was_in_flight(place):
    assert kill_at_random(place, 50, seed=2) > 0


def test_what_is_recorded_is_written_soon_without_any_further_call(tmp_path):
    path = tmp_path / "g.sqlite3"
    with open_gradebook(path, seconds=0.05) as writer, open_gradebook(path) as reader:
        writer.record(result(), work())
        deadline = time.monotonic() + 10
        while not list(reader.done([work().digest])):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert next(reader.known([(slot(), work())])).recorded
