"""What a submission answers is kept until it is judged, and therefore has an end."""

from __future__ import annotations

import numpy as np
import pytest

from grader.authoring import Limits
from grader.model import Outcome, Returned, Value, Verdict
from grader.reports.phrases import TEMPLATES
from grader.sandbox import Oracle, Sandbox
from grader.sandbox.allowance import BEYOND, FREE, MOST, Allowance, weight
from grader.sandbox.channel import Frame
from grader.sandbox.messages import OUTCOME, outcome_frame
from tests.sandbox.conftest import cases, open_session, program, wanted

SOURCE = """
    import numpy as np
    def f(x):
        return np.ones(x << 17)
    def small(x):
        return 2 * x
    def parts(x):
        return [[]] * x
"""
ROOMY = Limits(call=5.0, question=60.0, submission=60.0)


def sizes(outcomes: list[Outcome]) -> list[int | None]:
    """Return the megabytes of what was answered, None where it was left out."""
    assert all(isinstance(each, Returned) or each is BEYOND for each in outcomes), outcomes
    return [each.value.nbytes >> 20 if isinstance(each, Returned) else None for each in outcomes]


def test_answers_beyond_the_most_are_left_out_and_what_is_small_still_counts(either: Sandbox) -> None:
    assert MOST == 256 << 20
    with open_session(either, SOURCE, "f", "small", limits=ROOMY) as session:
        assert sizes(session.call("f", cases((60,), (60,), (60,), (60,), (60,), (10,)), ROOMY)) == [
            *[60] * 4, None, 10,
        ]  # fmt: skip
        assert sizes(session.call("f", cases((60,), (2,)), ROOMY)) == [None, 2]
        assert session.ask("f", (60,), ROOMY) is BEYOND
        assert session.call("small", cases((3,)), ROOMY)[0] == Returned(value=6)


def oracle(*names: str) -> Oracle:
    def answer(_name: str, _args: tuple[Value, ...]) -> Outcome:
        return Returned(value=0)

    return Oracle(names=frozenset(names), answer=answer)


def test_each_later_run_has_what_the_first_has_left(either: Sandbox) -> None:
    with either.session(program(SOURCE), wanted("f", "small"), ROOMY) as session:
        assert sizes(session.call("f", cases((60,), (60,), (60,)), ROOMY)) == [60] * 3
        for anew in (False, True):
            session.replace(oracle("small"), ROOMY, anew=anew)
            assert sizes(session.call("f", cases((60,), (60,), (10,)), ROOMY)) == [60, None, 10]


def test_what_nobody_keeps_has_no_end(either: Sandbox) -> None:
    with open_session(either, SOURCE, "f", limits=ROOMY) as session:
        for _ in range(6):
            assert isinstance(session.ask("f", (60,), ROOMY, kept=False), Returned)
        assert isinstance(session.ask("f", (60,), ROOMY), Returned)


def test_many_small_parts_weigh_what_they_take_and_not_what_they_are_written_with(either: Sandbox) -> None:
    with open_session(either, SOURCE, "parts", limits=ROOMY) as session:
        outcomes = session.call("parts", cases(*[(140_000,)] * 8), ROOMY)
    assert [each is BEYOND for each in outcomes] == [False] * 6 + [True] * 2


def heavy(value: Value) -> tuple[int, int]:
    whole = outcome_frame(Returned(value=value), id=1, case=0)
    body = value.nbytes if isinstance(value, np.ndarray) else 0
    return weight(Frame(OUTCOME, whole, len(whole) - body), body), len(whole)


@pytest.mark.parametrize("value", [1.0, np.ones(100_000), [0.5] * 100, "a" * 500_000, "[{,"])
def test_numbers_arrays_and_texts_weigh_their_bytes(value: Value) -> None:
    size, length = heavy(value)
    assert length <= size < 1.1 * length


def test_nothing_is_taken_where_it_does_not_fit() -> None:
    allowance = Allowance(10 * FREE)
    assert [allowance.take(size * FREE) for size in (8, 3, 2)] == [True, False, True]


def test_what_is_small_is_free() -> None:
    allowance = Allowance(2 * FREE)
    assert all(allowance.take(FREE) for _ in range(10))
    assert allowance.take(2 * FREE)
    assert not allowance.take(FREE + 1)
    assert allowance.take(FREE)


def test_the_student_is_told_the_number() -> None:
    assert f" {MOST >> 20} MB" in TEMPLATES["memory_limit.answers"][0]
    assert BEYOND.verdict is Verdict.MEMORY_LIMIT
