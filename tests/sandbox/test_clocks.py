from __future__ import annotations

import os
import time

import pytest

from grader.sandbox import clocks
from grader.sandbox.clocks import Budget, ProcessClock, Watch


class Hands:
    """A clock that is set by hand."""

    exact = True

    def __init__(self) -> None:
        self.wall = self.used = self.queued = 0.0

    def cpu(self) -> float:
        return self.used

    def waited(self) -> float:
        return self.queued

    def pass_time(self, *, running: float = 0.0, waiting: float = 0.0, blocked: float = 0.0) -> None:
        self.used += running
        self.queued += waiting
        self.wall += running + waiting + blocked


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr(clocks.time, "monotonic", lambda: hands.wall)
    return hands


def watch(hands: Hands, *budgets: Budget) -> Watch:
    return Watch(hands, 2.0, 3.0, budgets, "call")


def test_a_loop_is_over_when_its_cpu_time_is(hands: Hands) -> None:
    timer = watch(hands)
    hands.pass_time(running=1.9, waiting=1.0)
    assert timer.patience() == pytest.approx(0.1)
    hands.pass_time(running=0.2)
    assert timer.patience() == 0


def test_a_sleeper_is_over_soon_after(hands: Hands) -> None:
    timer = watch(hands)
    hands.pass_time(blocked=2.4)
    assert timer.patience() == pytest.approx(0.1)
    hands.pass_time(blocked=0.2)
    assert timer.patience() == 0


def test_waiting_for_a_core_is_not_charged_until_the_wall_clock_says_so(hands: Hands) -> None:
    timer = watch(hands)
    hands.pass_time(running=0.5, waiting=5.0)
    assert timer.patience() == pytest.approx(0.5)
    hands.pass_time(waiting=1.0)
    assert timer.patience() == 0


def test_each_case_begins_anew(hands: Hands) -> None:
    timer = watch(hands)
    for _ in range(5):
        hands.pass_time(running=1.5)
        assert timer.patience() > 0
        timer.lap()


def test_budgets_around_a_case_shorten_it_and_are_used_up(hands: Hands) -> None:
    question, submission = Budget("question", 3.0, 3.0), Budget("submission", 30.0, 30.0)
    timer = watch(hands, question, submission)
    assert (timer.scope, timer.limit) == ("call", 2.0)
    hands.pass_time(running=1.5)
    timer.lap()
    assert (timer.scope, timer.limit, timer.total) == ("question", 1.5, 3.0)
    hands.pass_time(running=1.0)
    timer.finish()
    assert question.left == pytest.approx(0.5)
    assert submission.left == pytest.approx(27.5)


def test_the_oracles_time_is_excused_like_waiting(hands: Hands) -> None:
    timer = watch(hands)
    hands.pass_time(blocked=4.0)
    timer.excuse(4.0)
    assert timer.patience() > 0
    hands.pass_time(blocked=2.1)
    timer.excuse(2.1)
    assert timer.patience() == 0


def test_where_the_clocks_stand_still_only_the_wall_clock_counts(hands: Hands) -> None:
    hands.exact = False
    timer = watch(hands)
    hands.pass_time(blocked=5.9)
    assert timer.patience() == pytest.approx(0.1)


@pytest.mark.skipif(not os.path.exists("/proc/self/schedstat"), reason="Linux only")
def test_the_clocks_of_a_process_are_read_and_outlast_it() -> None:
    clock = ProcessClock(os.getpid())
    assert clock.cpu() == pytest.approx(time.process_time(), abs=0.05)
    assert clock.waited() > 0
    dead = ProcessClock(2**22 + 1)
    assert dead.cpu() == 0
    assert dead.waited() == 0
