"""How fast this machine is at this moment: what CPU time is divided by before it is compared with another moment's.

A shared core does twice as much in one second as in the next, and another machine is another. A fixed piece of work,
done just before and after what is timed, is slowed down with it.
"""

from __future__ import annotations

from time import process_time
from typing import Final

_WORK: Final = tuple(0.1 * number for number in range(2000))
_NOMINAL: Final = 18.5e-6
"""Seconds of CPU that the work takes on the machine that limits on seconds were written for."""
_FASTEST: Final = 0.1
_TRIES: Final = 3


def slowness() -> float:
    """Return how many times as long as on that machine things take here and now; below 1 it is faster.

    It takes some 60 microseconds: a loop in C over Python's floats, which all versions of Python do at much the same
    pace. The middle one of the tries counts: a clock that jumps makes one of them nothing. Where the clock is too
    coarse to tell, it is 1.
    """
    taken = []
    for _ in range(_TRIES):
        begun = process_time()
        _WORK.count(-1.0)
        taken.append(process_time() - begun)
    middle = sorted(taken)[_TRIES // 2]
    return max(middle / _NOMINAL, _FASTEST) if middle > 0 else 1.0
