"""Dask processes for tests, started as a person starts them by hand; who descends from whom; a line that can be cut."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from class_samples import arguments, environment, make_class, make_course

from grader.errors import SandboxUnavailable
from grader.gradebook import open_gradebook
from grader.sandbox import open_sandbox

DASK = [sys.executable, "-m", "dask"]
QUIET = ("--format", "json", "--no-gradebook", "--quiet")
_PR_SET_CHILD_SUBREAPER = 36
_UNCONFINED = """
import grader.cli.flows.grade as flow
flow.require_confinement = lambda *_: None
from grader.__main__ import main
main()
"""


def timeless(text):
    """Return output without what differs between equal runs, which may confine in different ways."""
    text = re.sub(r'"seconds": ?[0-9.e-]+', '"seconds": 0', text)
    return re.sub(r'"sandbox": ?"\w+"', '"sandbox": ""', text)


def marks_of(out):
    """Return each student's score and verdicts, without the words."""
    return {
        each["student"]: (each["score"], [check["verdict"] for q in each["questions"] for check in q["checks"]])
        for each in json.loads(out)["results"]
    }


def sample(root, students):
    course = make_course(root / "course")
    make_class(root / "class", students)
    return course


def begin(course, *more, env=None, **options):
    """Start `grader grade` over the class and go on."""
    return subprocess.Popen(
        arguments(course, *more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**environment(), **(env or {})},
        **options,
    )


def begin_unconfined(course, *more):
    """Start a run at level `none` on a cluster that was started by hand, which nobody but a test is let do."""
    command = [sys.executable, "-c", _UNCONFINED, *arguments(course, *more)[3:], "--sandbox", "none"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())


def finish(run, code=0, seconds=300):
    """Wait for the end of what was begun; returns what it printed."""
    out, err = run.communicate(timeout=seconds)
    assert run.returncode == code, err
    return out, err


def wait_until(holds, seconds=90):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


# --- what is recorded --------------------------------------------------------------------------------------------


def recorded(course):
    """Count the results in a course's gradebook."""
    path = course / ".grader" / "gradebook.sqlite3"
    if not path.exists():
        return 0
    with open_gradebook(path) as gradebook:
        return sum(1 for _ in gradebook.results())


def records(course):
    """Return all rows of results, as the bytes they are, without their numbers and times."""
    with contextlib.closing(sqlite3.connect(course / ".grader" / "gradebook.sqlite3")) as database:
        database.row_factory = sqlite3.Row
        rows = [dict(row) for row in database.execute("SELECT * FROM results")]
        bodies = sorted(map(tuple, database.execute("SELECT digest, body FROM bodies")))
    for row in rows:
        for column in ("id", "recorded_at", "worker"):
            row.pop(column, None)
        row["record"] = timeless(row["record"]) if isinstance(row.get("record"), str) else row.get("record")
    return sorted(rows, key=lambda row: (row["assignment"], row["student"], row["attempt"], row["ordinal"])), bodies


def once_each(book, students):
    """Whether a gradebook has one result of each student of the class."""
    with open_gradebook(book) as gradebook:
        return [len(gradebook.history("one_neuron", f"s{n:05d}")) for n in range(students)] == [1] * students


# --- who descends from whom --------------------------------------------------------------------------------------


def descendants(pid):
    """Return a process's children, and theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(word) for word in task.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *descendants(child)]
    return found


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pids, seconds=10):
    """Wait until none of some processes is left, and say whether it came to that."""
    deadline = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(alive, pids))


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def zygotes_of(pid):
    return [each for each in descendants(pid) if "grader.sandbox.zygote" in command_of(each)]


def workers_of(pid):
    """Return the workers that a grader started for `local:N`."""
    return [each for each in descendants(pid) if "spawn_main" in command_of(each)]


@contextlib.contextmanager
def no_orphans():
    """Hold that nothing outlives the block: whatever loses its parent in it becomes this process's child, and is seen.

    That is more than a mark in the environment can tell, which a sandbox scrubs.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    before = set(descendants(os.getpid()))
    try:
        yield
    finally:
        left = [pid for pid in descendants(os.getpid()) if pid not in before]
        ended = gone(left, 20)
        names = [(pid, command_of(pid)[:200]) for pid in left if alive(pid)]
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
        for pid in left:
            with contextlib.suppress(ChildProcessError):  # the dead that were adopted
                os.waitpid(pid, os.WNOHANG)
    assert ended, f"these outlived the run: {names}"


# --- a cluster ---------------------------------------------------------------------------------------------------


@functools.cache
def strictest():
    """Return `auto` where student code can be confined, else `none`."""
    try:
        with open_sandbox("auto"):
            return "auto"
    except SandboxUnavailable:
        return "none"


class Cluster:
    """A scheduler and workers, as a person starts them by hand: they are used only where student code is confined."""

    def __init__(self, root, *, env=None, more=()):
        if strictest() == "none":
            pytest.skip("student code can't be confined here")
        self.root = root
        self.file = root / "scheduler.json"
        self.processes = []
        self.workers = []
        self.env = {**environment(), **(env or {})}
        self.more = more
        self.start_scheduler()

    def start_scheduler(self, port=0):
        """Start one and wait until it has told where it is."""
        self.file.unlink(missing_ok=True)
        more = ("--port", port, "--no-dashboard", "--scheduler-file", self.file, *self.more)
        self.scheduler = self.start("scheduler", *more)
        wait_until(lambda: self.file.exists() and self.file.stat().st_size)
        return self.scheduler

    def start(self, what, *more, env=None):
        command = [*DASK, what, *([] if "--host" in more else ["--host", "127.0.0.1"]), *map(str, more)]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**self.env, **(env or {})}, cwd=self.root)
        self.processes.append(process)
        return process

    def add_worker(self, *more, env=None):
        base = ("--scheduler-file", self.file, "--nthreads", "1", "--no-dashboard", "--local-directory", self.root)
        base = (*base, *(() if "--nanny" in more else ("--no-nanny",)))
        self.workers.append(self.start("worker", *base, *more, env=env))
        return self.workers[-1]

    def close(self):
        """Kill what is left, and say whether nothing outlived it."""
        left = [pid for process in self.processes for pid in descendants(process.pid)]
        for process in reversed(self.processes):
            process.kill()
            process.wait(30)
        return gone(left)


class Line:
    """A TCP line to an address of this machine, which counts what passes, and can be cut and mended."""

    def __init__(self, port):
        self._target = ("127.0.0.1", port)
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self.out = self.back = 0
        self._open = True
        self._ends = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        """Close all that is open, and take nothing more."""
        self._open = False
        for end in list(self._ends):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self):
        self._open = True

    def close(self):
        self.cut()
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _accept(self):
        while True:
            try:
                here = self._server.accept()[0]
            except OSError:
                return
            try:
                there = socket.create_connection(self._target) if self._open else None
            except OSError:
                there = None
            if there is None:
                here.close()
                continue
            self._ends |= {here, there}
            threading.Thread(target=self._carry, args=(here, there, "out"), daemon=True).start()
            threading.Thread(target=self._carry, args=(there, here, "back"), daemon=True).start()

    def _carry(self, source, target, way):
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                setattr(self, way, getattr(self, way) + len(data))
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
            self._ends.discard(end)
