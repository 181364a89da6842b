"""`grader check --watch`: run on every save, show what changed, listen to keys.

The child for the next run is started as soon as one has ended, so that a save finds numpy imported already.
"""

from __future__ import annotations

import queue
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from grader.authoring import Limits
from grader.cli.flows.console import needs_ascii, wants_colour, width_of_terminal
from grader.cli.flows.watch_keys import raw_keys, reads_keys
from grader.cli.flows.watch_screen import Screen
from grader.desk import hints
from grader.desk.page import coloured, plain_text
from grader.desk.progress import exit_code
from grader.desk.running import Work, run_work
from grader.desk.watching import Watch, body, ended, frame, pressed, started
from grader.model import Result
from grader.reports.words import Words
from grader.sandbox.opening import WorkerSandbox
from grader.sandbox.process import ChildWorker, ChildWorkers
from grader.sandbox.protocol import Level

TICK = 0.4
"""Seconds after which the size of the terminal is looked at again."""
STEP_MS, GATHER_MS = 15, 60
"""How long the file has to be quiet before a run, and how long one save's changes are gathered at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The file was saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A key was pressed."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A run ended."""

    result: Result


Event = Saved | Pressed | Ended


class Runs:
    """Runs of one file in children of which one is always started ahead."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._workers = ChildWorkers(work.prepared.limits.memory)
        self._current: list[ChildWorker] = []

    @property
    def level(self) -> Level:
        """How the children are confined: they are not."""
        return self._workers.level

    def start(self, limits: Limits) -> ChildWorker:
        """Start a worker for a session, and remember it so that it can be ended from outside."""
        worker = self._workers.start(limits)
        self._current.append(worker)
        return worker

    def run(self) -> Result:
        """Run the checks on the file as it is now."""
        try:
            return run_work(self._work, WorkerSandbox(self))
        finally:
            self._current.clear()

    def prepare(self) -> None:
        """Start the child of the next run, which imports numpy while the student reads and writes."""
        self._workers.close()
        self._workers = ChildWorkers(self._work.prepared.limits.memory)

    def close(self) -> None:
        """End all children, also one in the middle of a call."""
        for worker in [*self._current]:
            worker.end()
        self._workers.close()


def watch(work: Work, words: Words, level: hints.Level) -> int:
    """Watch a file until `q` or Ctrl-C. Returns the exit code of the last run."""
    events: queue.Queue[Event] = queue.Queue()
    state = Watch(key=work.key, file=work.path.name, level=level, first_level=level)
    with ExitStack() as stack:
        runs = Runs(work)
        stack.callback(runs.close)
        stop = threading.Event()
        stack.callback(stop.set)
        threading.Thread(target=report_saves, args=(work.path, events, stop), daemon=True).start()
        live = sys.stdout.isatty() and reads_keys()
        if live:
            stack.enter_context(raw_keys(lambda key: events.put(Pressed(key=key)), stop))
            screen: Screen | None = stack.enter_context(Screen(sys.stdout))
        else:
            screen = None
        state = _loop(state, events, runs, work, words, screen)
    if live:
        _print(state, words)
    return exit_code(state.after) if state.after else 0


def _loop(
    state: Watch, events: queue.Queue[Event], runs: Runs, work: Work, words: Words, screen: Screen | None
) -> Watch:
    again = False
    state = _begin(state, runs, events)
    while True:
        if screen is not None:
            _draw(screen, state, words)
        event = _next_event(events, screen)
        match event:
            case Pressed(key=key) if key in ("q", "Q", "\x04"):
                return state
            case Pressed(key=key):
                state = pressed(state, key)
            case Saved() if state.running:
                again = True
            case Saved() if work.path.is_file():
                state = _begin(state, runs, events)
            case Saved():
                state = replace(state, gone=True)
            case Ended(result=result):
                state = ended(state, result)
                if screen is None:
                    _print(state, words)
                if again:
                    again = False
                    state = _begin(state, runs, events)


def _begin(state: Watch, runs: Runs, events: queue.Queue[Event]) -> Watch:
    """Start a run beside this thread, which goes on listening to keys."""

    def run() -> None:
        result = runs.run()
        runs.prepare()
        events.put(Ended(result=result))

    threading.Thread(target=run, daemon=True).start()
    return started(state)


def _next_event(events: queue.Queue[Event], screen: Screen | None) -> Event:
    """Wait for something to happen; a window that changed its size is drawn anew meanwhile."""
    while True:
        try:
            return events.get(timeout=TICK)
        except queue.Empty:
            if screen is not None:
                screen.draw_again_if_resized()


def _draw(screen: Screen, state: Watch, words: Words) -> None:
    ascii_only, colour = needs_ascii(sys.stdout), wants_colour(sys.stdout)
    screen.draw(
        lambda width, height: [
            coloured([line]) if colour else plain_text([line])
            for line in frame(state, words, width=width, height=height, ascii_only=ascii_only)
        ]
    )


def _print(state: Watch, words: Words) -> None:
    """Leave the last state on the screen, or say it where there is no screen to draw on."""
    lines = body(state, words, width=width_of_terminal(), ascii_only=needs_ascii(sys.stdout))
    sys.stdout.write((coloured(lines) if wants_colour(sys.stdout) else plain_text(lines)) + "\n")
    sys.stdout.flush()


def report_saves(path: Path, events: queue.Queue[Event], stop: threading.Event) -> None:
    """Report every save, by whatever way an editor writes: in place, or by another file that takes the name."""
    import watchfiles

    name = path.name
    last = _stamp(path)
    changed = watchfiles.watch(
        path.parent.absolute(),
        watch_filter=lambda _change, changed: Path(changed).name == name,
        debounce=GATHER_MS,
        step=STEP_MS,
        stop_event=stop,
        rust_timeout=500,
        recursive=False,
        yield_on_timeout=True,
    )
    for _ in changed:
        now = _stamp(path)
        if now != last:  # opening a file to read it is no save; on a disk without notices this looks twice a second
            last = now
            events.put(Saved())


def _stamp(path: Path) -> tuple[int, int, int] | None:
    for _ in range(3):
        try:
            status = path.stat()
        except OSError:  # between the two halves of a save by renaming it is not there
            time.sleep(0.005)
            continue
        return status.st_mtime_ns, status.st_size, status.st_ino
    return None
