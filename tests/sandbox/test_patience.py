"""Who dies or hangs pays for it: no other question, and not twice for one."""

from __future__ import annotations

import time

from grader.authoring import Limits
from grader.model import Outcome, Returned, Stopped, Value, Verdict
from grader.sandbox import Sandbox
from tests.sandbox.conftest import QUICK, cases, open_session

BOMB = """
    import os
    bombs = []
    def f(x):
        bombs.append(x + 1)
        return x
    def g(x):
        if bombs:
            os._exit(0)
        return x
    def h(x):
        if x == 2:
            os._exit(0)
        return x
"""


def told(outcomes: list[Outcome]) -> list[Value]:
    return [
        outcome.value if isinstance(outcome, Returned) else str(outcome.verdict)
        for outcome in outcomes
        if isinstance(outcome, Returned | Stopped)
    ]


def test_a_death_that_another_function_has_brought_about_costs_nothing(either: Sandbox) -> None:
    with open_session(either, BOMB, "f", "g", "h") as session:
        assert told(session.call("f", cases((1,)), QUICK)) == [1]
        assert told(session.call("g", cases((1,), (2,)), QUICK)) == [1, 2]


def test_a_death_of_its_own_costs_its_case_whatever_was_called_before(either: Sandbox) -> None:
    with open_session(either, BOMB, "f", "g", "h") as session:
        session.call("f", cases((1,)), QUICK)
        assert told(session.call("h", cases((1,), (2,), (3,)), QUICK)) == [1, str(Verdict.CRASHED), 3]


ENDLESS = """
    def f(x):
        while x:
            x = 1
        return x
"""


MANY = (
    ENDLESS
    + """
    def g(x): return f(x)
    def h(x): return f(x)
    def k(x): return f(x)
    def right(x): return 2 * x
"""
)


def test_however_many_functions_hang_one_that_does_not_has_time(either: Sandbox) -> None:
    quick = Limits(call=0.2, question=1.0, submission=1.5, memory=128)
    names = ["f", "g", "h", "k", "right"]
    with open_session(either, MANY, *names, limits=quick) as session:
        session.expect(names)
        hung = [session.call(name, cases((1,), (1,)), quick) for name in names[:-1]]
        assert session.spent() < 1.5
        assert {outcome.verdict for outcomes in hung for outcome in outcomes} == {Verdict.TIME_LIMIT}
        assert {outcome.message.code for outcomes in hung for outcome in outcomes} == {
            "time_limit",
            "time_limit.submission",
        }
        session.expect(["right"])
        assert told(session.call("right", cases((1,), (2,)), quick)) == [2, 4]


def test_what_is_kept_for_others_is_never_more_than_half(either: Sandbox) -> None:
    quick = Limits(call=0.2, question=1.0, submission=4.0, memory=128)
    with open_session(either, ENDLESS, "f", limits=quick) as session:
        session.expect(["f", *(f"other{n}" for n in range(100))])
        assert told(session.call("f", cases((0,)), quick)) == [0]
        (outcome,) = session.call("f", cases((1,)), quick)
        assert outcome.message.code == "time_limit"


def test_further_cases_of_a_question_that_was_given_up_are_given_up(either: Sandbox) -> None:
    quick = Limits(call=0.2, question=3.0, submission=8.0, memory=128)
    with open_session(either, ENDLESS, "f") as session:
        session.call("f", cases((1,), (1,)), quick)
        begun = time.monotonic()
        (more,) = session.call("f", cases((1,)), quick, more=True)
        assert isinstance(more, Stopped)
        assert more.verdict is Verdict.TIME_LIMIT
        assert time.monotonic() - begun < quick.call
        assert told(session.call("f", cases((0,)), quick)) == [0]


def test_further_cases_have_what_is_left_of_the_questions_time(either: Sandbox) -> None:
    source = """
        import time
        def f(x):
            begun = time.process_time()
            while time.process_time() - begun < 0.3:
                pass
            return x
    """
    little = Limits(call=1.0, question=0.8, submission=8.0, memory=128)
    with open_session(either, source, "f") as session:
        assert told(session.call("f", cases((1,), (2,)), little)) == [1, 2]
        (more,) = session.call("f", cases((3,)), little, more=True)
        assert isinstance(more, Stopped)
        assert more.message.params["scope"] == "question"
