"""Lanes in processes: the same results as in one, none lost where a process dies, nothing left when the command is."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from class_samples import environment, make_class, make_course
from cluster_samples import descendants, gone, no_orphans

from grader.authoring import Visibility
from grader.batch import jobs
from grader.batch.jobs import Failure, Held, Job
from grader.batch.line import receive, send
from grader.errors import InternalError, SandboxUnavailable
from grader.grading import Kept
from grader.model import CheckResult, Message, Note, QuestionResult, Result, Submission, Verdict
from grader.sandbox import open_sandbox

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="lanes are forked on Linux only")
SMALL = """
import os, signal, sys, threading, time
from grader.cli.flows import running
running.LEAST = 2
mother, right = os.getpid(), running.grade
def grade(submission, *arguments, **named):
    {before}
    return right(submission, *arguments, **named)
running.grade = grade
from grader.cli import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A course with a class of twelve beside it."""
    root = tmp_path_factory.mktemp("lanes")
    make_course(root / "course")
    make_class(root / "class", 12)
    return root


def require(level):
    """Skip a test where there is no such level."""
    try:
        with open_sandbox(level):
            pass
    except SandboxUnavailable as error:
        pytest.skip(f"no level {level} here: {error}")


def start(folder, *more, before="assert os.getpid() != mother", lanes=2, **how):
    """Begin to grade the class on two lanes of their own; `before` is done before each submission is graded."""
    command = [sys.executable, "-c", SMALL.format(before=textwrap.indent(before, "    ").strip()), "grade"]
    command += [str(folder / "class"), "--course", str(folder / "course"), "--sandbox", "none", "--jobs", str(lanes)]
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": environment(), **how}
    return subprocess.Popen([*command, *more], **how)


def graded(folder, *more, code=0, **named):
    run = start(folder, "--no-gradebook", "--format", "json", *more, **named)
    out, err = run.communicate(timeout=120)
    assert run.returncode == code, err
    results = json.loads(out)["results"]
    return [each | {"seconds": 0} for each in results], err


def test_results_are_those_of_one_lane_in_this_process(folder):
    alone, _ = graded(folder, lanes=1, before="assert os.getpid() == mother")
    assert graded(folder)[0] == alone


def test_what_was_being_graded_as_a_process_died_is_graded_in_another(folder, tmp_path):
    once = f"""
if submission.student == 's00004' and not os.path.exists({str(tmp_path / "died")!r}):
    open({str(tmp_path / "died")!r}, 'w').close()
    os.kill(os.getpid(), signal.SIGKILL)
assert os.getpid() != mother or submission.student != 's00004'
"""
    assert graded(folder, before=once)[0] == graded(folder)[0]
    assert (tmp_path / "died").exists()


def test_a_submission_of_which_two_processes_die_is_left_until_the_next_run_and_nothing_else(folder):
    die = "if submission.student == 's00004': os.kill(os.getpid(), signal.SIGKILL)"
    results, _ = graded(folder, before=die, code=3)
    right, _ = graded(folder)
    dead = [each for each in results if "incomplete" in each["flags"]]
    assert [(each["student"], each["score"]) for each in dead] == [("s00004", None)]
    assert [each for each in results if each not in dead] == [each for each in right if each["student"] != "s00004"]


def test_where_all_processes_die_the_rest_is_graded_here(folder):
    die = "if os.getpid() != mother: os.kill(os.getpid(), signal.SIGKILL)"
    results, _ = graded(folder, before=die, code=3)
    left = sum("incomplete" in each["flags"] for each in results)
    assert 1 <= left <= 2  # whether one of them was the end of both is chance
    assert sum(each["complete"] for each in results) == 12 - left


@pytest.mark.parametrize("level", ["full", "core", "none"])
def test_nothing_outlives_a_process_that_dies_while_a_program_runs(level, folder, tmp_path):
    require(level)
    shutil.copytree(folder, tmp_path / "copy")
    sleeping = "# grader: assignment=one_neuron\nimport time\ndef sigmoid(z):\n    time.sleep(60)\n"
    (tmp_path / "copy" / "class" / "s00004.py").write_text(sleeping, encoding="utf-8")
    temporary = Path(tempfile.mkdtemp())
    temporary.chmod(
        0o711
    )  # under root workers are other users, who have to pass, as they can't through pytest's folders
    env = environment() | {"TMPDIR": str(temporary)}
    # The first death is no fault of the submission's, for all that is known; of the second it is left.
    die = "if submission.student == 's00004': threading.Timer(1, os.kill, (os.getpid(), signal.SIGKILL)).start()"
    with no_orphans():
        results, _ = graded(tmp_path / "copy", "--sandbox", level, before=die, code=3, env=env)
        assert [each["student"] for each in results if not each["complete"]] == ["s00004"]
        assert len(results) == 12
    temporary.rmdir()  # there is nothing in it


def test_a_message_that_is_too_long_is_no_message():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for _ in range(2):
            send(ours, [b"123", b"45"])
        assert receive(theirs, 5) == [b"123", b"45"]
        with pytest.raises(InternalError, match="too long"):
            receive(theirs, 4)
        ours.sendall(b"\xff" * 4)
        assert theirs.recv(100) == b"12345" + b"\xff" * 4
        ours.sendall(b"\xff" * 12)
        with pytest.raises(InternalError, match="too long"):
            receive(theirs, 1 << 30)


def test_a_process_that_says_too_much_ends_the_run_with_a_clear_error(folder):
    flood = "import grader.batch.processes as p; p.dump_answer = lambda _: [bytes(p.MOST_ANSWER + 1)]"
    run = start(folder, "--no-gradebook", before=flood)
    _, err = run.communicate(timeout=120)
    assert run.returncode == 3
    assert "too long" in err
    assert "Traceback" not in err


def test_a_fault_of_ours_ends_the_run_and_tells_no_values(folder):
    run = start(folder, "--no-gradebook", before="raise ValueError('hidden: 4711')")
    out, err = run.communicate(timeout=120)
    assert run.returncode == 3
    assert "ValueError" in err
    assert "4711" not in out + err


@pytest.mark.parametrize("signals", [[signal.SIGKILL], [signal.SIGINT, signal.SIGINT], [signal.SIGTERM]])
def test_nothing_outlives_a_command_that_is_ended(signals, folder, tmp_path):
    begun = tmp_path / "begun"
    begun.mkdir()
    wait = f"open(os.path.join({str(begun)!r}, str(os.getpid())), 'w').close(); time.sleep(60)"
    run = start(folder, "--no-gradebook", before=wait, start_new_session=True)
    deadline = time.monotonic() + 60
    while len(list(begun.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    there = [run.pid, *descendants(run.pid)]
    assert len(there) >= 3
    for number in signals:
        os.killpg(run.pid, number) if number == signal.SIGINT else run.send_signal(number)
        time.sleep(0.3)
    run.communicate(timeout=30)
    assert gone(there, 20)


def test_ctrl_c_finishes_what_is_in_flight_and_begins_nothing_that_was_ready(folder, tmp_path):
    begun = tmp_path / "begun"
    begun.mkdir()
    slow = f"open(os.path.join({str(begun)!r}, submission.student), 'w').close(); time.sleep(2)"
    run = start(folder, "--no-gradebook", "--format", "jsonl", before=slow, start_new_session=True)
    deadline = time.monotonic() + 60
    while len(list(begun.iterdir())) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: every process gets it
    out, err = run.communicate(timeout=60)
    assert run.returncode == 130, err
    results = [json.loads(line) for line in out.splitlines()]
    assert {each["student"] for each in results} == {each.name for each in begun.iterdir()}
    assert len(results) == 2
    assert all(each["complete"] for each in results)


TURNS = """
import os, sys, tempfile, time
from grader.batch.processes import _FileTurns
from grader.sandbox.quiet import Quiet
with tempfile.TemporaryFile() as file:
    read, write = os.pipe()
    if not os.fork():
        quiet = Quiet()
        quiet.beside(_FileTurns(file.fileno()))
        with quiet.shared():
            os.write(write, b"a")
            time.sleep(0.3)
            os.write(write, b"b")
        time.sleep(0.1)
        with quiet.shared():
            os.write(write, b"e")
        os._exit(0)
    quiet = Quiet()
    quiet.beside(_FileTurns(file.fileno()))
    said = os.read(read, 1)
    with quiet.alone():
        os.write(write, b"c")
        time.sleep(0.4)
        os.write(write, b"d")
    os.wait()
    print((said + os.read(read, 9)).decode())
"""


def test_a_call_that_is_made_alone_is_alone_among_all_processes():
    done = subprocess.run([sys.executable, "-c", TURNS], capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.strip() == "abcde"


def test_a_job_and_its_answer_are_the_same_after_the_way():
    check = CheckResult(
        name="it is right", visibility=Visibility.HIDDEN, verdict=Verdict.WRONG_ANSWER, score=Decimal("0.5"),
        points=Decimal(2), code="values.differ", params={"wrong": 1}, example=Message(code="values.differ", params={}),
    )  # fmt: skip
    question = QuestionResult(name="f", score=Decimal("0.5"), points=Decimal(2), checks=(check,))
    submission = Submission(
        student="ada \udc80", assignment=None, path="一 二.ipynb", read=Held(data=b"\0\xff"), attempt=3,
        siblings=(("helper.py", Held(data=b"x")), ("odd.py", Held(fault=Message(code="unreadable", params={"n": 1})))),
        submitted_at=datetime(2026, 5, 4, tzinfo=UTC), flags=("late name",),
    )  # fmt: skip
    job = Job(submission=submission, kept=Kept(questions={"f": question}, notes=(Note(code="warning", params={}),)))
    assert jobs.load_job(jobs.dump_job(job)) == job
    result = Result(
        student="ada", assignment="one", path="p", sha256="0", sandbox="none", questions=(question,), seconds=0.25,
        fingerprints={"f": (1, 2)},
    )  # fmt: skip
    for answer in (result, Failure(reason="no")):
        assert jobs.load_answer(jobs.dump_answer(answer)) == answer
