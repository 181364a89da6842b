from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.authoring import Limits
from grader.errors import InternalError
from grader.model import Outcome, Returned, Stopped, Verdict
from grader.sandbox import Sandbox, open_sandbox
from grader.sandbox.host import ZygoteWorkers
from tests.sandbox.conftest import QUICK, cases, open_session, opened, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="zygotes are for Linux")

SLOW = """
    import time
    def f(x):
        time.sleep(0.15)
        return x
"""


@pytest.fixture(params=["none", "core", "full"])
def fresh(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    yield from opened(request.param)


def children(pid: int) -> set[int]:
    """All descendants of a process."""
    found: set[int] = set()
    waiting = [pid]
    while waiting:
        each = waiting.pop()
        for task in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                here = {int(word) for word in task.read_text().split()}
            except OSError:
                continue
            found |= here
            waiting.extend(here)
    return found


def gone(pids: set[int], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(alive(pid) for pid in pids):
            return True
        time.sleep(0.02)
    return False


def ahead(zygote: int) -> int:
    """Wait until a zygote has only the one worker that was forked ahead, and return it."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        if len(found := children(zygote)) == 1:
            return found.pop()
        time.sleep(0.02)
    raise AssertionError(f"there are {len(found)} workers")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def workers_of(sandbox: Sandbox) -> ZygoteWorkers:
    workers = sandbox.workers  # type: ignore[attr-defined]
    assert isinstance(workers, ZygoteWorkers)
    return workers


def call_and_kill(sandbox: Sandbox, kill: str) -> list[Outcome]:
    """Call a slow function, and have its worker or its zygote killed from outside in the middle of it."""
    zygote = workers_of(sandbox).zygote_pid
    with open_session(sandbox, SLOW, "f") as session:
        worker: int = session.workers.dialogue.process.pid  # type: ignore[attr-defined]
        victims = {zygote} if kill == "zygote" else {worker, *children(worker)}

        def strike() -> None:
            for pid in victims:
                os.kill(pid, signal.SIGKILL)

        timer = threading.Timer(0.2, strike)
        timer.start()
        try:
            return session.call("f", cases((1,), (2,), (3,)), QUICK)
        finally:
            timer.join()


@pytest.mark.parametrize("kill", ["worker", "zygote"])
def test_a_kill_from_outside_costs_nobody_anything(fresh: Sandbox, kill: str) -> None:
    assert call_and_kill(fresh, kill) == [Returned(value=n) for n in (1, 2, 3)]
    assert run(fresh, SLOW, 4) == [Returned(value=4)]


def test_a_zygote_that_dies_again_and_again_is_no_fault_of_the_program(fresh: Sandbox) -> None:
    with open_session(fresh, SLOW, "f") as session:
        done = threading.Event()

        def strike() -> None:
            while not done.wait(0.2):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(workers_of(fresh).zygote_pid, signal.SIGKILL)

        killer = threading.Thread(target=strike)
        killer.start()
        try:
            with pytest.raises(InternalError):
                session.call("f", cases(*((n,) for n in range(20))), QUICK)
        finally:
            done.set()
            killer.join()
    assert run(fresh, SLOW, 1) == [Returned(value=1)]


ORPHAN = """
import os, sys, time
from grader.sandbox.confinement.plan import plan
house = plan({"level": sys.argv[1]})
house._parent = os.getpid()
if os.fork():
    os._exit(0)
while os.getppid() == house._parent:
    time.sleep(0.001)
house._end_with_parent()
print("lives on")
"""


@pytest.mark.parametrize("level", ["none", "core"])
def test_a_worker_whose_zygote_died_before_it_could_be_bound_to_it_ends(level: str) -> None:
    done = subprocess.run([sys.executable, "-c", ORPHAN, level], capture_output=True, text=True, check=True, timeout=60)
    assert (done.stdout, done.stderr) == ("", "")


def test_a_worker_that_is_killed_while_it_waits_is_replaced(fresh: Sandbox) -> None:
    run(fresh, SLOW, 1)
    waiting = ahead(workers_of(fresh).zygote_pid)
    os.kill(waiting, signal.SIGKILL)
    assert gone({waiting})
    assert run(fresh, SLOW, 1) == [Returned(value=1)]


def test_one_that_waits_with_another_limit_of_memory_is_not_taken(fresh: Sandbox) -> None:
    run(fresh, SLOW, 1)
    waiting = ahead(workers_of(fresh).zygote_pid)
    with open_session(fresh, SLOW, "f", limits=replace(QUICK, memory=QUICK.memory + 1)) as session:
        assert session.call("f", cases((1,)), QUICK) == [Returned(value=1)]
        assert gone({waiting})


def test_a_zygote_that_dies_between_sessions_is_replaced(fresh: Sandbox) -> None:
    before = workers_of(fresh).zygote_pid
    os.kill(before, signal.SIGKILL)
    assert run(fresh, SLOW, 1) == [Returned(value=1)]
    assert workers_of(fresh).zygote_pid != before


def test_a_program_that_kills_itself_again_and_again_crashes(sandbox: Sandbox) -> None:
    outcomes = run(sandbox, "import os\ndef f(x): os.kill(os.getpid(), 9)", 1, 2)
    assert all(isinstance(each, Stopped | Returned) for each in outcomes)
    # The first process of a PID namespace can't be killed from within, so that at level full nothing happens.
    if sandbox.level != "full":
        assert [each.verdict for each in outcomes if isinstance(each, Stopped)] == [Verdict.CRASHED] * 2


def test_nothing_is_left_when_a_sandbox_is_closed(fresh: Sandbox) -> None:
    with open_sandbox(fresh.level) as sandbox:
        zygote = workers_of(sandbox).zygote_pid
        folder = Path(workers_of(sandbox)._zygote.folder or "/nowhere")
        session = open_session(sandbox, SLOW, "f")
        session.__enter__()  # left open, as by a lane that was interrupted
        pids = {zygote, *children(zygote)}
        assert folder.is_dir() or fresh.level == "full"
    assert gone(pids)
    assert not folder.exists()
    session.__exit__(None, None, None)


def test_what_a_program_has_started_is_killed_with_it() -> None:
    source = """
        import os, time
        def f(x):
            pids = []
            for leave in (False, True):
                pid = os.fork()
                if pid == 0:
                    if leave:
                        os.setsid()
                        if os.fork():
                            os._exit(0)
                    while True:
                        time.sleep(1)
                pids.append(pid)
            return pids
    """
    with open_sandbox("none") as sandbox:
        zygote = workers_of(sandbox).zygote_pid
        with open_session(sandbox, source, "f") as session:
            (outcome,) = session.call("f", cases((1,)), QUICK)
            assert isinstance(outcome, Returned)
            time.sleep(0.05)
            started = children(zygote)
            assert len(started) >= 3
        waiting = ahead(zygote)
        assert gone(started - {waiting})
        assert run(sandbox, "import os\ndef f(x): return os.getpid()", 1) == [Returned(value=waiting)]


HOST = """
import sys, time
from grader.authoring import Limits
from grader.model import Case, Cell, Program, Returned, Wanted
from grader.sandbox import open_sandbox
from grader.sandbox.wire import encode_cases
source = "import time\\ndef f():\\n    time.sleep(1000)"
with open_sandbox(sys.argv[1]) as sandbox:
    with sandbox.session(Program(cells=(Cell(source=source),)), [Wanted(name="f")], Limits()) as session:
        print(sandbox.workers._zygote.folder or "/nowhere", flush=True)
        session.call("f", encode_cases([Case(args=(), expected=Returned(value=None))]), Limits(call=100, question=100))
"""


LEAVING = """
import os, signal, sys, time
from grader.authoring import Limits
from grader.sandbox import open_sandbox
with open_sandbox(sys.argv[1]) as sandbox:
    print(sandbox.workers._zygote.folder or "/nowhere", flush=True)
    for _ in range(3):
        worker = sandbox.workers.start(Limits())
        worker.drop()
    time.sleep(float(sys.argv[2]))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("after", [0.0, 0.001, 0.002, 0.003, 0.005])
def test_nothing_is_left_when_the_host_is_killed_while_it_is_answered(fresh: Sandbox, after: float) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", LEAVING, fresh.level, str(after)]
    host = subprocess.run(command, stdout=subprocess.PIPE, text=True, env=environment, check=False)
    assert host.returncode == -signal.SIGKILL
    folder = Path(host.stdout.strip())
    end = time.monotonic() + 3
    while folder.exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert not folder.exists()


def test_nothing_is_left_when_the_host_is_killed(fresh: Sandbox) -> None:
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": root}
    command = [sys.executable, "-c", HOST, fresh.level]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as host:
        assert host.stdout
        folder = Path(host.stdout.readline().strip())
        time.sleep(0.1)
        started = children(host.pid)
        assert len(started) >= 2
        host.kill()
    assert gone(started)
    end = time.monotonic() + 3
    while folder.exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert not folder.exists()


def test_lanes_in_threads_do_not_disturb_each_other(sandbox: Sandbox) -> None:
    level = sandbox.level.value
    results: dict[int, list[Outcome]] = {}

    def lane(number: int) -> None:
        with open_sandbox(level) as own:
            body = "import os; os._exit(1)" if number % 2 else "return x + 1"
            for _ in range(3):
                results[number] = run(own, f"def f(x):\n    {body}", number)

    threads = [threading.Thread(target=lane, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(results[number][0]) for number in range(4)] == [Returned, Stopped, Returned, Stopped]
    assert results[2] == [Returned(value=3)]


def test_a_call_run_alone_waits_for_others_and_they_for_it() -> None:
    from grader.sandbox.quiet import Quiet

    quiet, seen = Quiet(), []
    ready = threading.Event()

    def shared() -> None:
        with quiet.shared(), quiet.shared():  # the second is within the first and must not wait
            ready.set()
            time.sleep(0.05)
            seen.append("shared")

    thread = threading.Thread(target=shared)
    thread.start()
    ready.wait()
    with quiet.alone(), quiet.shared():
        seen.append("alone")
    thread.join()
    assert seen == ["shared", "alone"]


def test_the_zygote_and_the_workers_cannot_be_traced_by_their_own_user(confined: Sandbox) -> None:
    zygote = workers_of(confined).zygote_pid
    with open_session(confined, SLOW, "f", limits=Limits()):
        for pid in {zygote, *children(zygote)}:
            # proc(5): the files of a process that is not dumpable belong to root.
            assert Path(f"/proc/{pid}/environ").stat().st_uid in (0, 65534)
