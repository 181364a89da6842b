"""How long a worker has run, has waited for a core, and is allowed to.

What is charged for a call is the largest of its CPU time, its time outside the run queue over 1.25, and its wall-clock
time over `wall_factor`. So a loop is over when its CPU time is, a sleeper soon after, and a worker that waits for a
busy machine's cores is given time.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import Final, Protocol

BLOCKED_FACTOR: Final = 1.25
# Reading it takes longer than a short call does.
_FRESH: Final = 0.02
_CPUCLOCK_SCHED: Final = 2  # include/linux/posix-timers_types.h


class Clock(Protocol):
    """Reads a worker's times, in seconds."""

    exact: bool
    """Whether the two times below are known; else only the wall clock counts."""

    def cpu(self) -> float:
        """Return the CPU time that the process has used."""

    def waited(self) -> float:
        """Return how long it was ready to run while no core was free."""


class ProcessClock:
    """The clocks of another process on Linux; elsewhere they stand still, and only the wall clock counts."""

    def __init__(self, pid: int) -> None:
        # MAKE_PROCESS_CPUCLOCK in include/linux/posix-timers_types.h.
        self._id = (~pid << 3) | _CPUCLOCK_SCHED
        self._path = f"/proc/{pid}/schedstat"
        self.exact = sys.platform == "linux"
        self._last = 0.0
        self._last_wait = 0.0
        self._wait_read = -1.0

    def cpu(self) -> float:
        """Return the CPU time that the process has used, or its last known one when it is gone."""
        if self.exact:
            try:
                self._last = time.clock_gettime(self._id)
            except OSError:  # suppress() takes longer than the reading
                return self._last
        return self._last

    def waited(self) -> float:
        """Return how long it was ready to run while no core was free, as it was at most 20 ms ago."""
        now = time.monotonic()
        if self.exact and now - self._wait_read > _FRESH:
            self._wait_read = now
            try:
                with open(self._path, "rb", buffering=0) as file:
                    # Documentation/scheduler/sched-stats.rst: time running, time waiting (ns), timeslices.
                    self._last_wait = int(file.read(100).split()[1]) / 1e9
            except (OSError, IndexError, ValueError):
                pass
        return self._last_wait


@dataclass(slots=True)
class Budget:
    """Seconds that are left in one scope: `question` or `submission`."""

    scope: str
    left: float
    total: float
    held: float = 0.0
    """Of what is left, what is kept for others than is called."""


class Watch:
    """Measures one worker from case to case against a limit for each, and for the budgets around them."""

    def __init__(self, clock: Clock, limit: float, wall_factor: float, budgets: tuple[Budget, ...], scope: str) -> None:
        self._clock = clock
        self._factor = wall_factor
        self._blocked = BLOCKED_FACTOR if clock.exact else wall_factor
        self._budgets = budgets
        self._limit, self._scope = limit, scope
        self._cpu = self._begin_cpu = clock.cpu()
        self._waited = self._begin_waited = clock.waited()
        self._wall = self._begin = time.monotonic()
        self._excused = self._excused_here = 0.0
        self.choose()

    def choose(self) -> None:
        """Set the limit of the next case: its own or what is left around it, whichever is less."""
        spent = self.spent() if self._wall > self._begin else 0.0
        self.limit, self.scope, self.total = self._limit, self._scope, self._limit
        for budget in self._budgets:
            left = budget.left - budget.held - spent
            if left < self.limit:
                self.limit, self.scope, self.total = max(0.0, left), budget.scope, budget.total

    def lap(self) -> None:
        """Begin the next case."""
        now = time.monotonic()
        self._waited, self._cpu, self._wall = self._clock.waited(), self._clock.cpu(), now
        self._excused_here = 0.0
        self.choose()

    def excuse(self, seconds: float) -> None:
        """Count some time like waiting for a core: that of the oracle, most of which is the way there and back."""
        self._excused += seconds
        self._excused_here += seconds

    def spent(self) -> float:
        """Return what has been used since the watch began."""
        wall = self._wall - self._begin
        return max(
            self._cpu - self._begin_cpu,
            (wall - (self._waited - self._begin_waited) - self._excused) / self._blocked,
            wall / self._factor,
        )

    def patience(self) -> float:
        """Return how long to wait before looking again; 0 or less when the case's time is over."""
        wall = time.monotonic() - self._wall
        if wall < self.limit:
            return self.limit - wall
        cpu = self._clock.cpu() - self._cpu
        waited = self._clock.waited() - self._waited + self._excused_here
        left = min(
            self.limit - cpu,
            self.limit * self._blocked - (wall - waited),
            self.limit * self._factor - wall,
        )
        return 0.0 if left <= 0 else max(left, 0.002)

    def finish(self) -> None:
        """Take what was used out of the budgets."""
        self._wall = time.monotonic()
        self._cpu, self._waited = self._clock.cpu(), self._clock.waited()
        spent = self.spent()
        for budget in self._budgets:
            budget.left -= spent
