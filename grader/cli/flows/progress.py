"""How far a run is: a live bar on a terminal, a plain line now and then elsewhere; always on stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, ProgressColumn, Task
from rich.table import Column
from rich.text import Text

from grader.batch.tally import Tally
from grader.cli.voice import tell, wording
from grader.reports import terminal
from grader.saying import Said, join, say

LINES = 10
"""How many plain lines a run writes, about."""
STEP = 25
"""Submissions between two plain lines, at least."""
STILL = 5.0
"""Seconds without a result after which the bar says what it waits for."""


@contextmanager
def progress(total: int, tally: Tally, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Yield what is to be called after each result: it shows how many are done, how fast, and how they stand."""
    console = terminal.console(sys.stderr)
    if quiet or total < 2:
        yield lambda: None
    elif console.is_terminal:
        told = _Told(total, tally)
        console.width = min(console.width, 100)
        columns = (told, BarColumn(bar_width=None))
        with Progress(*columns, console=console, transient=True, expand=True, refresh_per_second=4) as bar:
            task = bar.add_task("grading", total=total)

            def advance() -> None:
                told.came()
                bar.update(task, completed=tally.done)

            yield advance
    else:
        yield _plain(total, tally)


class _Told(ProgressColumn):
    """What stands before the bar. It is made anew at each refresh, so that a clock runs while no result comes."""

    def __init__(self, total: int, tally: Tally, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(Column(no_wrap=True))
        self._total = total
        self._tally = tally
        self._clock = clock
        self._words = wording()  # a thread of its own refreshes the bar
        self._begin = self._last = clock()

    def came(self) -> None:
        """Take note that a result came."""
        self._last = self._clock()

    def render(self, _task: Task | None = None) -> Text:
        """Return how many are done, how fast, and how they stand; the time, where there is nothing else to tell."""
        now = self._clock()
        done, seconds, still = self._tally.done, now - self._begin, now - self._last
        shown = pace(done, self._total, seconds) or duration(int(seconds))
        if still >= STILL:
            shown = say("slow programs: no result for {time}", time=duration(int(still)))
        parts = (f"{done}/{self._total}", self._words(shown), self._words(standings(self._tally, short=True)))
        return Text("  ".join(part for part in parts if part))


def _plain(total: int, tally: Tally) -> Callable[[], None]:
    begin = time.monotonic()
    step = max(total // LINES, STEP)

    def write_line() -> None:
        if tally.done % step == 0 or tally.done == total:
            shown = pace(tally.done, total, time.monotonic() - begin)
            counts = {"done": tally.done, "total": total, "pace": shown, "standings": standings(tally)}
            tell(say("{done} of {total} ({pace}): {standings}", **counts))
            sys.stderr.flush()

    return write_line


def pace(done: int, total: int, seconds: float) -> str:
    """Say how many submissions a second there were, and how long the rest will take: `85/s, 0:52 left`."""
    if not done or seconds <= 0:
        return ""
    rate = done / seconds
    shown = f"{rate:.0f}/s" if rate >= 10 else f"{rate:.1f}/s"
    if rate < 0.1:
        shown = f"{rate * 60:.1f}/min"
    left = round((total - done) / rate)
    return say("{shown}, {time} left", shown=shown, time=duration(left)) if left else shown


def duration(seconds: int) -> str:
    """Write a time as a clock does: `0:07`, `1:02:03`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def standings(tally: Tally, *, short: bool = False) -> Said:
    """Say how many submissions have full marks, some, none, or could not be graded."""
    full, part, none = (tally.verdicts[key] for key in ("full", "partial", "none"))
    unreadable, incomplete = tally.verdicts["unreadable"], tally.verdicts["incomplete"]
    parts = (
        (full, say("{count} full", count=full) if short else say("{count} full marks", count=full)),
        (part, say("{count} part", count=part)),
        (none, say("{count} zero", count=none)),
        (unreadable, say("{count} unread", count=unreadable) if short else say("{count} unreadable", count=unreadable)),
        (incomplete, say("{count} fault", count=incomplete) if short else say("{count} incomplete", count=incomplete)),
    )
    return join(", ", [words for count, words in parts if count])
