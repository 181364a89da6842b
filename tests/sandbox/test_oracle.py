from __future__ import annotations

import time

import numpy as np
import pytest

from grader.authoring import Limits
from grader.model import Message, Outcome, Raised, Returned, Stopped, Unsupported, Value, Verdict
from grader.sandbox import Oracle, Sandbox
from tests.sandbox.conftest import QUICK, cases, program, wanted

SOURCE = """
    import numpy as np
    def sigmoid(z):
        return "the student's own"
    def twice(x):
        return sigmoid(sigmoid(z=x))
    def catches(x):
        try:
            return sigmoid(x)
        except ValueError as error:
            return str(error)
    def odd(x):
        return sigmoid(object())
    kept = []
    def asks(x):
        kept.append(sigmoid(x))
        return len(kept[-1])
    def writes(x):
        y = sigmoid(x)
        y += 1
        return y
"""


def outcomes(sandbox: Sandbox, name: str, answer: object, value: Value = 1.0) -> list[Outcome]:
    def reply(asked: str, args: tuple[Value, ...]) -> Outcome:
        assert asked == "sigmoid"
        return answer(*args) if callable(answer) else answer  # type: ignore[return-value]

    oracle = Oracle(names=frozenset({"sigmoid"}), answer=reply)
    names = [*wanted("sigmoid", parameters=("z",)), *wanted("twice", "catches", "odd", "writes")]
    with sandbox.session(program(SOURCE), names, QUICK, oracle) as session:
        return session.call(name, cases((value,)), QUICK)


def test_the_oracle_answers_in_place_of_the_students_function(either: Sandbox) -> None:
    assert outcomes(either, "twice", lambda z: Returned(value=z + 1)) == [Returned(value=3.0)]


def test_arrays_go_there_and_come_back_writable(either: Sandbox) -> None:
    (outcome,) = outcomes(either, "writes", lambda z: Returned(value=2 * z), np.ones((2, 3)))
    assert isinstance(outcome, Returned)
    assert np.array_equal(outcome.value, np.full((2, 3), 3.0))


def test_what_it_takes_to_ask_is_not_measured_as_the_students_work(either: Sandbox) -> None:
    answer = Returned(value=np.ones(1_000_000))
    oracle = Oracle(names=frozenset({"sigmoid"}), answer=lambda _name, _args: answer)
    with either.session(program(SOURCE), wanted("sigmoid", "asks"), QUICK, oracle) as session:
        (outcome,) = session.call("asks", cases((1.0,), measured=True), QUICK)
    assert isinstance(outcome, Returned)
    assert outcome.value == 1_000_000
    assert outcome.cpu is not None
    assert outcome.cpu < 0.001  # to read 8 MB takes several times as long


def test_what_the_reference_raises_is_raised_in_the_students_code(either: Sandbox) -> None:
    assert outcomes(either, "catches", Raised(type="ValueError", message="bad z")) == [Returned(value="bad z")]
    (outcome,) = outcomes(either, "twice", Raised(type="LinAlgError", message="singular"))
    assert isinstance(outcome, Raised)
    assert outcome.type == "LinAlgError"
    (outcome,) = outcomes(either, "twice", Raised(type="SystemExit", message="no"))
    assert isinstance(outcome, Raised)
    assert outcome.type == "RuntimeError"


def test_arguments_that_cannot_be_sent_are_a_type_error(either: Sandbox) -> None:
    (outcome,) = outcomes(either, "odd", lambda z: Returned(value=z))
    assert isinstance(outcome, Raised)
    assert outcome.type == "TypeError"
    (outcome,) = outcomes(either, "twice", Unsupported(type="Odd"))
    assert isinstance(outcome, Raised)
    assert outcome.type == "TypeError"


@pytest.mark.parametrize("verdict", [Verdict.TIME_LIMIT, Verdict.MEMORY_LIMIT, Verdict.INTERNAL_ERROR])
def test_what_stops_the_oracle_stops_the_call(either: Sandbox, verdict: Verdict) -> None:
    (outcome,) = outcomes(either, "twice", Stopped(verdict=verdict, message=Message(code=verdict.value)))
    assert isinstance(outcome, Stopped)
    assert outcome.verdict is verdict


def test_the_oracles_time_is_the_students(either: Sandbox) -> None:
    def slow(z: Value) -> Outcome:
        time.sleep(0.2)
        return Returned(value=z)

    source = "def sigmoid(z): return z\ndef f(x):\n    while True: sigmoid(x)\n"
    oracle = Oracle(names=frozenset({"sigmoid"}), answer=lambda _name, args: slow(*args))
    with either.session(program(source), wanted("sigmoid", "f"), QUICK, oracle) as session:
        (outcome,) = session.call("f", cases((1,)), QUICK)
    assert isinstance(outcome, Stopped)
    assert outcome.verdict is Verdict.TIME_LIMIT


def test_a_reference_in_a_worker_of_its_own_can_be_the_oracle(either: Sandbox) -> None:
    reference = "import numpy as np\ndef sigmoid(z): return 1 / (1 + np.exp(-z))"
    source = """
        def sigmoid(z):
            raise NotImplementedError
        def f(x):
            for _ in range(200):
                x = sigmoid(x)
            return x
    """
    with either.session(program(reference), wanted("sigmoid", parameters=("z",)), Limits()) as own:
        oracle = Oracle(names=frozenset({"sigmoid"}), answer=lambda name, args: own.ask(name, args, Limits()))
        names = [*wanted("sigmoid", parameters=("z",)), *wanted("f")]
        with either.session(program(source), names, Limits(), oracle) as session:
            (outcome,) = session.call("f", cases((np.zeros(3),)), Limits())
    assert isinstance(outcome, Returned)
    assert np.allclose(outcome.value, 0.6590460684074066)


def test_a_worker_may_ask_only_for_the_names_that_are_replaced(either: Sandbox) -> None:
    source = """
        import os, struct
        def f(x):
            head = b'{"name":"secret","v":["t"]}     '
            os.write(3, struct.pack("<4sIQ", b"asks", len(head), 0) + head)
            return 1
    """
    oracle = Oracle(names=frozenset({"sigmoid"}), answer=lambda _name, _args: Returned(value="secret"))
    with either.session(program(source), wanted("sigmoid", "f"), QUICK, oracle) as session:
        (outcome,) = session.call("f", cases((1,)), QUICK)
    assert not (isinstance(outcome, Returned) and outcome.value == "secret")
