"""What is timed is slowed down with the machine, and told as if it were not."""

from __future__ import annotations

import itertools

import pytest

from grader import pace
from grader.judging import measuring


class Clock:
    """A clock of CPU time on a machine where each reading comes a fixed work later."""

    def __init__(self, *seconds: float) -> None:
        self._now = 0.0
        self._steps = itertools.cycle(seconds)

    def __call__(self) -> float:
        self._now += next(self._steps)
        return self._now


def test_a_machine_that_takes_twice_as_long_is_twice_as_slow(monkeypatch):
    monkeypatch.setattr(pace, "process_time", Clock(pace._NOMINAL))
    whole = pace.slowness()
    monkeypatch.setattr(pace, "process_time", Clock(2 * pace._NOMINAL))
    assert (whole, pace.slowness()) == (pytest.approx(1), pytest.approx(2))


def test_a_clock_that_jumps_does_not_make_a_machine_fast(monkeypatch):
    nominal = pace._NOMINAL
    monkeypatch.setattr(pace, "process_time", Clock(nominal, 0.0, nominal, nominal, nominal, nominal))
    assert pace.slowness() == pytest.approx(1)


def test_a_clock_that_is_too_coarse_to_tell_tells_nothing(monkeypatch):
    monkeypatch.setattr(pace, "process_time", Clock(0.0))
    assert pace.slowness() == 1


@pytest.mark.parametrize("slow", [0.5, 1, 3])
def test_a_function_measures_the_same_on_a_slow_machine(slow, monkeypatch):
    monkeypatch.setattr(pace, "process_time", Clock(slow * pace._NOMINAL))
    monkeypatch.setattr(measuring.time, "process_time", Clock(slow * 1e-3))
    _, seconds = measuring.measure(len, ((),))
    assert seconds == pytest.approx(1e-3)
