"""How fast this machine is at this moment: what CPU time is divided by before it is compared with another moment's.

A shared core does twice as much in one second as in the next, and another machine is another. A fixed piece of work,
done just before and after what is timed, is slowed down with it.
"""

from __future__ import annotations

from time import process_time
from typing import Final

_WORK: Final = tuple(0.1 * number for number in range(2000))
_NOMINAL: Final = 9e-6
"""Seconds of CPU that the work takes on the machine that limits on seconds were written for."""
_FASTEST: Final = 0.1
_TRIES: Final = 3


def slowness() -> float:
    """Return how many times as long as on that machine things take here and now; below 1 it is faster.

    It takes some 30 microseconds. The middle one of the tries counts: a clock that jumps makes one of them nothing.
    """
    taken = []
    for _ in range(_TRIES):
        begun = process_time()
        sum(_WORK)
        taken.append(process_time() - begun)
    return max(sorted(taken)[_TRIES // 2] / _NOMINAL, _FASTEST)
