"""A session goes on with another's answers to some names, as one of its own would; nothing is handed down."""

from __future__ import annotations

import numpy as np

from grader.authoring import Limits
from grader.model import Outcome, Raised, Returned, Stopped, Value, Verdict
from grader.sandbox import Oracle, Sandbox
from tests.sandbox.conftest import QUICK, cases, program, wanted

SOURCE = """
    import numpy as np
    count = 0
    def helper(x):
        return -x
    def sigmoid(z):
        return helper(z)
    alias = sigmoid
    def shaped(x, by=sigmoid):
        global count
        count += 1
        return [sigmoid(x), alias(x), by(x), count]
    class Layer:
        activation = staticmethod(sigmoid)
    def layered(x):
        return Layer.activation(x)
    def both(x):
        return layered(x) + sigmoid(x)
"""
NAMES = [*wanted("sigmoid", parameters=("z",)), *wanted("shaped", "layered", "both")]


def answered(name: str, args: tuple[Value, ...]) -> Outcome:
    return Returned(value=f"{name}{args[0]}" if name != "sigmoid" else 100 + args[0])  # type: ignore[operator]


def oracle(*names: str) -> Oracle:
    return Oracle(names=frozenset(names), answer=answered)


def values(outcomes: list[Outcome]) -> list[Value]:
    assert all(isinstance(outcome, Returned) for outcome in outcomes), outcomes
    return [outcome.value for outcome in outcomes if isinstance(outcome, Returned)]


QUESTIONS = [
    ("shaped", ("sigmoid",)),
    ("layered", ("sigmoid",)),
    ("both", ("sigmoid", "layered")),
    ("shaped", ("sigmoid", "layered", "both")),
]


def test_a_session_that_goes_on_answers_as_sessions_of_their_own_do(either: Sandbox) -> None:
    payload = cases((1,), (2,))
    with either.session(program(SOURCE), NAMES, QUICK) as session:
        assert values(session.call("shaped", payload, QUICK)) == [[-1, -1, -1, 1], [-2, -2, -2, 2]]
        shared = []
        for name, names in QUESTIONS:
            assert not session.replace(oracle(*names), QUICK)
            shared.append(session.call(name, payload, QUICK))
    separate = []
    for name, names in QUESTIONS:
        with either.session(program(SOURCE), NAMES, QUICK, oracle(*names)) as session:
            separate.append(session.call(name, payload, QUICK))
    assert shared == separate
    assert values(shared[0]) == [[101, 101, 101, 1], [102, 102, 102, 2]]


def test_what_a_program_did_to_numpy_and_to_its_process_is_undone(either: Sandbox) -> None:
    source = """
        import sys, warnings
        import numpy as np
        def sigmoid(z):
            return z
        def spoils(x):
            np.exp, np.random.rand, np.linalg.norm = None, None, None
            np.more = 1
            np.seterr(all="raise")
            np.random.seed(5)
            np.set_printoptions(precision=2)
            warnings.simplefilter("error")
            sys.setrecursionlimit(60)
            sys.stdout = None
            return x
        def f(x):
            print(x)
            first = np.random.randn()
            return [sigmoid(0), np.exp(0), float(np.exp(np.float64(1000))), np.linalg.norm([3.0]), hasattr(np, "more"),
                    first, str(np.array([1 / 3]))]
    """
    names = wanted("sigmoid", "spoils", "f")
    payload = cases((1,))
    with either.session(program(source), names, QUICK) as session:
        before = session.call("f", payload, QUICK)
        session.call("spoils", payload, QUICK)
        assert isinstance(session.call("f", payload, QUICK)[0], Raised)
        assert not session.replace(Oracle(names=frozenset({"sigmoid"}), answer=lambda *_: Returned(value=0)), QUICK)
        assert session.call("f", payload, QUICK) == before


def test_numbers_are_drawn_anew_by_a_program_that_can_do_nothing_else(either: Sandbox) -> None:
    source = """
        import numpy as np
        def sigmoid(z):
            return z
        def f(x):
            return float(np.random.rand() + sigmoid(x))
    """
    with either.session(program(source), wanted("sigmoid", "f"), QUICK) as session:
        first = session.call("f", cases((0,), (0,)), QUICK)
        assert not session.replace(Oracle(names=frozenset({"sigmoid"}), answer=lambda *_: Returned(value=0)), QUICK)
        assert session.call("f", cases((0,), (0,)), QUICK) == first


def test_names_that_numpy_lacks_are_given_and_told_once_more(either: Sandbox) -> None:
    source = """
        import numpy as np
        def sigmoid(z):
            return z
        def f(x):
            return float(np.product(np.array([x, 2])) + sigmoid(x))
    """
    with either.session(program(source), wanted("sigmoid", "f"), QUICK) as session:
        told = [note.code for note in session.notes() if note.code.startswith("numpy")]
        assert told == ["numpy.removed"] * (np.lib.NumpyVersion(np.__version__) >= "2.0.0")
        assert values(session.call("f", cases((3,)), QUICK)) == [9.0]
        assert not session.replace(Oracle(names=frozenset({"sigmoid"}), answer=lambda *_: Returned(value=0)), QUICK)
        assert values(session.call("f", cases((3,)), QUICK)) == [6.0]


def test_another_process_is_to_be_had(either: Sandbox) -> None:
    source = """
        import sys
        def sigmoid(z):
            return z
        def f(x):
            times = sys.__dict__.setdefault("times", [])
            times.append(x)
            return len(times)
    """
    with either.session(program(source), wanted("sigmoid", "f"), QUICK) as session:
        assert values(session.call("f", cases((1,)), QUICK)) == [1]
        assert not session.replace(oracle("sigmoid"), QUICK)
        assert values(session.call("f", cases((1,)), QUICK)) == [2]
        assert session.replace(oracle("sigmoid"), QUICK, anew=True)
        assert values(session.call("f", cases((1,)), QUICK)) == [1]


REMEMBERS = """
    import sys
    def hard(x):
        seen = sys.__dict__.setdefault("seen", {})
        return seen.get(x, "not known")
    def g(x):
        sys.__dict__.setdefault("seen", {})[x] = hard(x)
        return 0
"""


def test_what_the_reference_answered_to_a_name_is_forgotten_before_that_name_is_called(either: Sandbox) -> None:
    """The program asks, while one function is called, for what another is to answer."""
    truth = Oracle(names=frozenset({"hard"}), answer=lambda _name, args: Returned(value=args[0] ** 2))  # type: ignore[operator]
    other = Oracle(names=frozenset({"g"}), answer=lambda *_: Returned(value=0))
    with either.session(program(REMEMBERS), wanted("hard", "g"), QUICK) as session:
        session.call("hard", cases((3,)), QUICK)
        session.replace(truth, QUICK)
        assert values(session.call("g", cases((3,)), QUICK)) == [0]
        session.replace(other, QUICK)
        assert values(session.call("hard", cases((3,)), QUICK)) == ["not known"]
        session.replace(truth, QUICK)
        session.call("g", cases((3,)), QUICK)
        session.replace(other, QUICK)
        assert session.ask("hard", (3,), QUICK) == Returned(value="not known")


def test_answers_of_one_name_are_no_help_where_another_computes_the_same(either: Sandbox) -> None:
    """What the program asks of `twin`, on the inputs of `hard` that it has seen, is not there when `hard` counts."""
    source = """
        import sys
        def seen():
            return sys.__dict__.setdefault("seen", {})
        def twin(x):
            return 0
        def other(x):
            return 0
        def hard(x):
            return seen().setdefault(x, "not known")
        def g(x):
            for each in list(seen()):
                seen()[each] = twin(each)
            return 0
    """
    truth = Oracle(names=frozenset({"twin"}), answer=lambda _name, args: Returned(value=args[0] ** 2))  # type: ignore[operator]
    names = wanted("twin", "other", "hard", "g")
    with either.session(program(source), names, QUICK) as session:
        assert values(session.call("hard", cases((3,)), QUICK)) == ["not known"]
        assert not session.replace(truth, QUICK)
        assert values(session.call("g", cases((3,)), QUICK)) == [0]
        assert session.replace(oracle("other"), QUICK)
        assert values(session.call("hard", cases((3,)), QUICK)) == ["not known"]


def test_a_worker_may_ask_only_for_the_names_that_are_replaced_now(either: Sandbox) -> None:
    source = """
        import os, struct
        def sigmoid(z):
            return z
        def f(x):
            head = b'{"name":"secret","v":["t"]}     '
            os.write(3, struct.pack("<4sIQ", b"asks", len(head), 0) + head)
            return 1
    """
    with either.session(program(source), wanted("sigmoid", "f", "secret"), QUICK) as session:
        session.replace(oracle("secret"), QUICK)
        session.replace(oracle("sigmoid"), QUICK)
        (outcome,) = session.call("f", cases((1,)), QUICK)
    assert outcome != Returned(value="secret")


def test_a_death_or_a_hang_costs_its_case_and_the_session_goes_on(either: Sandbox) -> None:
    source = """
        import os
        def sigmoid(z):
            return z
        def f(x):
            if x == 1:
                os._exit(3)
            while x == 2:
                pass
            return sigmoid(x)
    """
    with either.session(program(source), wanted("sigmoid", "f"), QUICK) as session:
        session.call("f", cases((1,)), QUICK)  # dead when it is to go on
        assert session.replace(oracle("sigmoid"), QUICK)
        outcomes = session.call("f", cases((0,), (1,), (2,), (3,)), QUICK)
        verdicts = [outcome.verdict if isinstance(outcome, Stopped) else outcome.value for outcome in outcomes]  # type: ignore[union-attr]
        assert verdicts == [100, Verdict.CRASHED, Verdict.TIME_LIMIT, 103]
        assert not session.replace(oracle("sigmoid"), QUICK)
        assert values(session.call("f", cases((5,)), QUICK)) == [105]


def test_a_program_that_does_not_load_again_is_loaded_in_another_process(either: Sandbox) -> None:
    source = """
        import os, sys
        def begin():
            times = sys.__dict__.setdefault("times", [])
            times.append(1)
            if len(times) > 1:
                os._exit(1)
            return times
        times = begin()
        def sigmoid(z):
            return z
        def f(x):
            return [sigmoid(x), len(times)]
    """
    with either.session(program(source), wanted("sigmoid", "f"), QUICK) as session:
        assert values(session.call("f", cases((1,)), QUICK)) == [[1, 1]]
        assert session.replace(oracle("sigmoid"), QUICK)
        assert values(session.call("f", cases((1,)), QUICK)) == [[101, 1]]


def test_each_loading_has_a_budget_of_its_own(either: Sandbox) -> None:
    source = "def sigmoid(z): return z\ndef f(x):\n    while x: pass\n    return sigmoid(x)\n"
    little = Limits(call=0.2, question=3.0, submission=0.3, memory=128)
    with either.session(program(source), wanted("sigmoid", "f"), little) as session:
        session.call("f", cases((1,), (1,), (1,)), little)
        assert session.replace(oracle("sigmoid"), QUICK)
        assert values(session.call("f", cases((0,)), QUICK)) == [100]
