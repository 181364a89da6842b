"""The benchmark measures what it says: the floor is the agreed one, and the CPU of every process is counted."""

import hashlib
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
BURNING = """
import sys
from grader.authoring import Limits
from grader.model import Cell, Program, Wanted
from grader.sandbox import open_sandbox

source = '''
import time

def burnt():
    end = time.process_time() + SECONDS
    while time.process_time() < end:
        pass
    return end

end = burnt()

def f(x):
    return x + end
'''
program = Program(cells=(Cell(source=source.replace("SECONDS", sys.argv[2])),))
wanted = [Wanted(name="f", parameters=("x",), stub="def f(x):\\n    raise NotImplementedError\\n")]
with open_sandbox(sys.argv[1]) as sandbox:
    for _ in range(3):
        with sandbox.session(program, wanted, Limits()) as session:
            assert session.report.found["f"].status == "found", session.report
"""
"""Loads a program that spends some seconds of CPU, three times."""


@pytest.fixture
def measuring(monkeypatch):
    monkeypatch.syspath_prepend(str(HERE))
    import measuring

    return measuring


def test_the_floor_is_the_one_that_others_measure_with():
    told = hashlib.sha256((HERE / "floor.py").read_bytes()).hexdigest()
    assert told == "59606a50a22b101547f3aa8f51df44a71fdf2a3cc3413b931b6a0af9db18a830"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="classes are graded in a sandbox on Linux only")
@pytest.mark.parametrize("level", ["none", "full"])
def test_the_cpu_of_workers_that_a_zygote_reaps_is_counted(measuring, level):
    from grader.errors import SandboxUnavailable
    from grader.sandbox import open_sandbox

    try:
        with open_sandbox(level):
            pass
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    idle, busy = (measuring.run((sys.executable, "-c", BURNING, level, seconds)).cpu for seconds in ("0", "0.4"))
    assert 1.0 < busy - idle < 2.0  # three workers, 0.4 s each
