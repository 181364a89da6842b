"""Lanes in processes of their own, so that judging takes as many cores as there are lanes.

They are forked while this process has one thread and has the answer keys, but no gradebook open: nothing hidden has to
be sent anywhere, and what they grade comes and goes over a socket each, as JSON. They are hosts like this one: no code
of a student runs in them. Each lives no longer than this process, and leaves Ctrl-C to it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final, Self

from grader.batch.class_run import Task
from grader.batch.jobs import Answer, Failure, Job, dump_answer, dump_job, load_answer, load_job
from grader.batch.keys import keep
from grader.batch.lanes import Elsewhere, Lane, OpenSandbox, run_lanes
from grader.batch.line import receive, send
from grader.errors import GraderError, InternalError
from grader.grading import Prepared, given_up
from grader.learning import Learning
from grader.model import Result
from grader.sandbox.protocol import Level, Sandbox
from grader.sandbox.quiet import QUIET
from grader.saying import say

LEAST: Final = 100
"""Submissions from which on processes are worth what each of them has to learn anew."""
PATIENCE: Final = 10.0
"""Seconds that a process may take to end by itself."""
READY: Final = 2
"""Tasks that are ready for each process: one that is graded, and one to be sent as soon as that is done."""
MOST_JOB: Final = 2 << 30
"""Bytes of a job, at most: more than all files of a submission may come to."""
MOST_ANSWER: Final = 64 << 20
"""Bytes of an answer, at most: a hundred times those of the longest results."""
Grade = Callable[[Job, Sandbox], Result]


def can_fork() -> bool:
    """Whether processes can be forked here and now: on Linux, from the main thread, with no other thread there is."""
    main = threading.current_thread() is threading.main_thread()
    return sys.platform == "linux" and main and threading.active_count() == 1


class ProcessLanes:
    """Does in processes what `run_lanes` does in threads; a context manager, entered before there are threads."""

    def __init__(
        self, count: int, grade: Grade, open_sandbox: OpenSandbox, assignments: Mapping[str, Prepared]
    ) -> None:
        self._count = count
        self._grade = grade
        self._open_sandbox = open_sandbox
        self._assignments = assignments
        self._processes: list[_Process] = []
        self._learning: list[Learning] = []
        """What is learnt of each assignment in one process, told to the others."""
        self.level = Level.NONE

    def __enter__(self) -> Self:
        """Start the processes. Raises SandboxUnavailable where their sandboxes can't be opened."""
        sys.stdout.flush()
        sys.stderr.flush()
        for prepared in self._assignments.values():
            if prepared.repeats is not None:
                self._learning.append(Learning())
                prepared.repeats.share(self._learning[-1])
        gc.collect()
        with tempfile.TemporaryFile() as turns:
            for _ in range(self._count):
                self._processes.append(self._forked(turns.fileno()))
        try:
            levels = {process.level() for process in self._processes}
        except (EOFError, OSError, GraderError):
            self.close()
            with self._open_sandbox():  # says why, in its own words
                pass
            raise InternalError(say("a lane ended before it began; run the command again")) from None
        (self.level,) = levels
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __call__(
        self,
        tasks: Iterable[Task],
        grade_one: Callable[[Task, Sandbox], Result],
        open_sandbox: OpenSandbox,
        jobs: int,
        stopped: threading.Event | None = None,
    ) -> Generator[tuple[Task, Result], None, None]:
        """Grade tasks and yield each with its result, in no fixed order."""
        del open_sandbox, jobs
        stopped = stopped or threading.Event()
        free = self._processes * READY
        give_up = partial(given_up, assignments=self._assignments, level=self.level)
        with _Here(partial(Lane, grade_one, self._open_sandbox)) as here:

            def make() -> _Distant:
                return _Distant(free.pop(), self._processes, here, give_up, stopped.is_set)

            yield from run_lanes(tasks, grade_one, self._open_sandbox, self._count * READY, stopped, make=make)

    @contextmanager
    def open_sandbox(self) -> Iterator[Sandbox]:
        """Stand for the sandboxes of the processes: it tells their level, and runs nothing."""
        yield Elsewhere(self.level)

    def close(self) -> None:
        """End the processes, and wait for them."""
        for process in self._processes:
            process.hang_up()
        for process in self._processes:
            process.reap()
        self._processes.clear()
        for learning in self._learning:
            learning.close()

    def _forked(self, turns: int) -> _Process:
        ours, theirs = socket.socketpair()
        parent = os.getpid()
        pid = os.fork()
        if pid:
            theirs.close()
            return _Process(pid, ours)
        status = 1
        try:
            ours.close()
            for other in self._processes:
                other.forget()
            _live_no_longer_than(parent)
            QUIET.beside(_FileTurns(turns))
            _serve(theirs, self._grade, self._open_sandbox)
            keep(self._assignments.values())
            status = 0
        finally:
            os._exit(status)


class _Died(Exception):
    """A process died while it graded something."""


class _Process:
    """A lane's process, from this side: one thread's, but for what was being graded as another's died."""

    def __init__(self, pid: int, line: socket.socket) -> None:
        self._pid = pid
        self._line = line
        self._next = threading.Lock()
        self._turn = threading.Lock()
        self.alive = True

    def level(self) -> Level:
        """Wait until it is ready, and return how it confines. Raises EOFError where it has died."""
        (level,) = receive(self._line, MOST_ANSWER)
        return Level(level.decode())

    def grade(self, job: list[bytes], is_off: Callable[[], bool]) -> list[bytes] | None:
        """Have it grade a job, after what it is at; returns its answer. Raises _Died where it dies of it.

        None where it was not begun: the process was dead before, or the job `is_off` when its turn has come.
        """
        # Who waits has the first lock, and so comes next: whoever is done can't begin anew before.
        with self._next:
            self._turn.acquire()
        try:
            if not self.alive or is_off():
                return None
            try:
                send(self._line, job)
                return receive(self._line, MOST_ANSWER)
            except (EOFError, OSError) as error:
                self.alive = False
                raise _Died from error
        finally:
            self._turn.release()

    def forget(self) -> None:
        """Close another process's line, in a process that has just been forked."""
        self._line.close()

    def hang_up(self) -> None:
        """Let it end."""
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_WR)

    def reap(self) -> None:
        """Wait for its end; kill it where it doesn't come."""
        self._line.settimeout(PATIENCE)
        try:
            while self._line.recv(1 << 16):  # what it still says is nobody's any more
                pass
        except OSError:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        self._line.close()
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


class _Here:
    """A lane in this process, for those whose processes have died: one at a time, and made when it is wanted."""

    def __init__(self, make: Callable[[], Lane[Task]]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._lane: Lane[Task] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._lane is not None:
            self._lane.close()

    def grade(self, task: Task, is_off: Callable[[], bool]) -> Result | None:
        with self._lock:
            if is_off():
                return None
            if self._lane is None:
                self._lane = self._make()
            return self._lane.grade(task)


class _Distant:
    """A lane as `run_lanes` has it, whose work is done in a process. Where that dies, it goes on in this one.

    What was being graded as the process died may be what killed it: it is tried once more in another lane's process,
    and never here.
    """

    def __init__(
        self,
        own: _Process,
        all_there_are: Sequence[_Process],
        here: _Here,
        give_up: Callable[..., Result],
        is_off: Callable[[], bool],
    ) -> None:
        self._own = own
        self._others = [each for each in all_there_are if each is not own]
        self._here = here
        self._give_up = give_up
        self._is_off = is_off

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        """Leave the process to those who started it."""

    def grade(self, task: Task) -> Result | None:
        """Grade one task; None where that is off before it has begun. Raises what the lane raised."""
        if task.known.result is not None:
            return task.known.result
        answer = self._away(task) if self._own.alive else None
        if isinstance(answer, Failure):
            raise InternalError(answer.reason)
        return answer if answer is not None else self._here.grade(task, self._is_off)

    def _away(self, task: Task) -> Answer | None:
        """Have a process grade a task; None where this lane's was dead before, or the task is off."""
        job = dump_job(task.job())
        try:
            answer = self._own.grade(job, self._is_off)
            return None if answer is None else load_answer(answer)
        except _Died:
            pass
        for other in self._others:
            try:
                answer = other.grade(job, lambda: False)
            except _Died:
                break
            if answer is not None:
                return load_answer(answer)
        return self._give_up(submission=task.item.submission, reason="the process that graded this died")


# --- in a lane's process -------------------------------------------------------------------------------------------


def _live_no_longer_than(parent: int) -> None:
    from grader.sandbox.confinement import libc

    libc.end_with_parent(parent)
    # A handler, and not SIG_IGN, which what is started from here would inherit.
    signal.signal(signal.SIGINT, lambda *_: None)


def _serve(line: socket.socket, grade: Grade, open_sandbox: OpenSandbox) -> None:
    """Grade what comes, until nothing comes any more."""
    with Lane(grade, open_sandbox) as lane:
        send(line, [str(lane.open().level).encode()])
        while True:
            try:
                pieces = receive(line, MOST_JOB)
            except EOFError:
                return
            try:
                answer: Answer = lane.grade(load_job(pieces))
            except Exception as error:
                answer = Failure.of(error)
            send(line, dump_answer(answer))


class _FileTurns:
    """Turns taken by locks on two bytes of a file: who wants to be alone holds up at the first those who come."""

    def __init__(self, file: int) -> None:
        import fcntl  # not there on every system that this module is imported on

        self._file = os.dup(file)
        # Locks of POSIX belong to the process, so that sharing the open file does not share them.
        self._lock = fcntl.lockf
        self._mine, self._ours, self._none = fcntl.LOCK_EX, fcntl.LOCK_SH, fcntl.LOCK_UN

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Run beside others."""
        self._lock(self._file, self._mine, 1, 0)
        self._lock(self._file, self._ours, 1, 1)
        self._lock(self._file, self._none, 1, 0)
        try:
            yield
        finally:
            self._lock(self._file, self._none, 1, 1)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nothing else runs, and let nothing else begin."""
        self._lock(self._file, self._mine, 1, 0)
        self._lock(self._file, self._mine, 1, 1)
        try:
            yield
        finally:
            self._lock(self._file, self._none, 1, 1)
            self._lock(self._file, self._none, 1, 0)
