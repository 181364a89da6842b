from __future__ import annotations

import time

import numpy as np
import pytest

from grader.authoring import Limits
from grader.model import Location, Raised, Returned, Stopped, Unsupported, Verdict, Wanted
from grader.sandbox import Sandbox
from tests.sandbox.conftest import QUICK, cases, open_session, program, run, wanted

HOSTILE_NEIGHBOUR = """
    import numpy as np
    def good(x):
        return np.asarray(x) * 2
    def f(x):
        {body}
"""


def test_values_raised_exceptions_and_answers_come_back(sandbox: Sandbox) -> None:
    source = """
        import numpy as np
        def double(x):
            print("doubling")
            return 2 * x
        def broken(x):
            return x[7]
        q1 = (3, "error")
    """
    names = [*wanted("double", "broken"), Wanted(name="q1", kind="answer")]
    with sandbox.session(program(source), names, QUICK) as session:
        assert {name: found.status for name, found in session.report.found.items()} == dict.fromkeys(
            ("double", "broken", "q1"), "found"
        )
        first, second = session.call("double", cases((np.ones(2),), (3,)), QUICK)
        assert isinstance(first, Returned)
        assert first.value.tolist() == [2, 2]
        assert first.printed == "doubling\n"
        assert second == Returned(value=6, printed="doubling\n")
        (raised,) = session.call("broken", cases((np.ones(2),)), QUICK)
        assert isinstance(raised, Raised)
        assert raised.type == "IndexError"
        assert raised.location == Location(line=7)
        assert session.call("q1", cases(()), QUICK) == [Returned(value=(3, "error"))]


def test_arguments_are_fresh_in_every_case_and_changes_are_told(sandbox: Sandbox) -> None:
    source = """
        def f(x):
            x += 1
            return x
    """
    outcomes = run(sandbox, source, np.zeros(2), np.zeros(2), np.zeros((2, 4))[:, ::2], 5)
    assert [outcome.changed for outcome in outcomes if isinstance(outcome, Returned)] == [(0,), (0,), (0,), ()]
    assert [outcome.same_as for outcome in outcomes if isinstance(outcome, Returned)] == [0, 0, 0, None]
    assert np.array_equal(outcomes[1].value, np.ones(2))  # type: ignore[union-attr]


def test_state_lasts_within_a_session_and_not_beyond(sandbox: Sandbox) -> None:
    source = """
        import numpy as np
        calls = []
        def f(x):
            calls.append(x)
            np.sqrt = None
            return len(calls)
    """
    assert [outcome.value for outcome in run(sandbox, source, 1, 1)] == [1, 2]  # type: ignore[union-attr]
    assert run(sandbox, "import numpy as np\ndef f(x): return float(np.sqrt(x))", 4) == [Returned(value=2.0)]


def test_fingerprints_are_made_only_when_asked_for(sandbox: Sandbox) -> None:
    code = program("def f(x): return [x + 1 for x in range(x * 2) if x > 3]")
    for asked in (None, {"f": ()}):
        with sandbox.session(code, [Wanted(name="f", parameters=("x",))], QUICK, fingerprints=asked) as session:
            assert ("f" in session.report.fingerprints) is (asked is not None)


def test_warnings_are_told_once_a_place(sandbox: Sandbox) -> None:
    (first, second) = run(sandbox, "import numpy as np\ndef f(x): return np.exp(x)", np.array([1e4]), np.array([1e4]))
    assert isinstance(first, Returned)
    assert isinstance(second, Returned)
    assert first.warnings == ("RuntimeWarning: overflow encountered in exp",)
    assert second.warnings == ()


def test_warnings_of_one_function_silence_no_other(sandbox: Sandbox) -> None:
    source = """
        import numpy as np
        def shared(x): return np.exp(x)
        def f(x): return shared(x)
        def g(x): return shared(x) + 1
    """
    big = np.array([1e4])
    with sandbox.session(program(source), wanted("f", "g"), QUICK) as session:
        found = [session.call(name, cases((big,), (big,)), QUICK) for name in ("f", "g", "f")]
    told = [len(outcome.warnings) for outcomes in found for outcome in outcomes if isinstance(outcome, Returned)]
    assert told == [1, 0, 1, 0, 1, 0]


def test_a_measured_case_counts_steps_and_time(sandbox: Sandbox) -> None:
    source = """
        import numpy as np
        def loop(x):
            total = 0.0
            for each in x:
                total += each
            return total
        def whole(x):
            return x.sum()
    """
    with open_session(sandbox, source, "loop", "whole") as session:
        payload = cases((np.ones(100),), (np.ones(1000),), measured=True)
        loops = session.call("loop", payload, QUICK)
        wholes = session.call("whole", payload, QUICK)
    small, large = (outcome.steps for outcome in loops if isinstance(outcome, Returned))
    assert small is not None
    assert large is not None
    assert 8 * small < large < 12 * small
    small, large = (outcome.steps for outcome in wholes if isinstance(outcome, Returned))
    assert small == large
    assert all(isinstance(each, Returned) and each.cpu is not None and 0 < each.cpu < 0.3 for each in (*loops, *wholes))


def test_a_flood_of_output_keeps_only_its_end(sandbox: Sandbox) -> None:
    source = """
        def f(x):
            for _ in range(200):
                print("x" * 100_000)
            print("the end")
    """
    (outcome,) = run(sandbox, source, 1, limits=Limits())
    assert isinstance(outcome, Returned)
    assert len(outcome.printed) == 2000
    assert outcome.printed.endswith("x\nthe end\n")


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("while True: x = x", Verdict.TIME_LIMIT),
        ("import time; time.sleep(1000)", Verdict.TIME_LIMIT),
        ("import os; os._exit(0)", Verdict.CRASHED),
        ("import os; os.abort()", Verdict.CRASHED),
        ("import ctypes; ctypes.string_at(0)", Verdict.CRASHED),
        ("import os; os.write(3, b'junk' * 10)", Verdict.CRASHED),
        ("import os; os.close(3)", Verdict.CRASHED),
        ("import os, struct; os.write(3, struct.pack('<4sIQ', b'outc', 0xFFFFFFF0, 0))", Verdict.CRASHED),
        ("import os, struct; os.write(3, struct.pack('<4sIQ', b'outc', 16, 1 << 40))", Verdict.CRASHED),
        ("import os, time; os.write(3, b'outc' + bytes(6)); time.sleep(1000)", Verdict.TIME_LIMIT),
        ("x = [bytearray(1 << 26) for _ in range(100)]", Verdict.MEMORY_LIMIT),
        ("raise MemoryError", Verdict.MEMORY_LIMIT),
    ],
)
def test_what_one_function_does_costs_only_that_function(sandbox: Sandbox, body: str, verdict: Verdict) -> None:
    begin = time.monotonic()
    with open_session(sandbox, HOSTILE_NEIGHBOUR.format(body=body), "f", "good") as session:
        outcomes = session.call("f", cases(*[(each,) for each in range(4)]), QUICK)
        assert [each.verdict for each in outcomes if isinstance(each, Stopped)] == [verdict] * 4
        assert session.call("good", cases((2,)), QUICK)[0].value == 4  # type: ignore[union-attr]
    assert time.monotonic() - begin < 8
    assert run(sandbox, "def f(x): return x", 3) == [Returned(value=3)]


def test_a_case_that_hangs_does_not_take_the_others_with_it(sandbox: Sandbox) -> None:
    source = """
        def f(x):
            while x == 1:
                x = x
            return x
    """
    outcomes = run(sandbox, source, 0, 1, 2, 3)
    assert [getattr(each, "value", None) for each in outcomes] == [0, None, 2, 3]
    assert isinstance(outcomes[1], Stopped)
    assert outcomes[1].message.params == {"seconds": 0.3, "scope": "call"}


def test_a_hang_that_does_not_come_again_is_not_believed(sandbox: Sandbox) -> None:
    source = """
        import time
        first = True
        def f(x):
            # Slow in the worker that has counted so far, quick in a fresh one.
            global first
            if x == 2 and not first:
                time.sleep(1000)
            first = False
            return x
    """
    assert run(sandbox, source, 1, 2, 3) == [Returned(value=1), Returned(value=2), Returned(value=3)]


def test_a_question_has_a_budget(sandbox: Sandbox) -> None:
    source = """
        import time
        def f(x):
            end = time.process_time() + 0.1
            while time.process_time() < end:
                pass
            return x
    """
    outcomes = run(sandbox, source, *range(12), limits=Limits(call=1.0, question=0.5))
    kinds = [type(each) for each in outcomes]
    assert kinds[0] is Returned
    assert kinds[-1] is Stopped
    assert isinstance(outcomes[-1], Stopped)
    assert outcomes[-1].message.params == {"seconds": 0.5, "scope": "question"}


def test_a_submission_has_a_budget(sandbox: Sandbox) -> None:
    source = """
        import time
        def f(x):
            end = time.process_time() + 0.1
            while time.process_time() < end:
                pass
            return x
    """
    limits = Limits(call=1.0, question=1.0, submission=0.7)
    with open_session(sandbox, source, "f", limits=limits) as session:
        outcomes = [session.call("f", cases(*[(n,) for n in range(3)]), limits) for _ in range(5)]
    assert all(isinstance(each, Returned) for each in outcomes[0])
    (*_, last) = outcomes[-1]
    assert isinstance(last, Stopped)
    assert last.message.params == {"seconds": 0.7, "scope": "submission"}


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("while True: pass", Verdict.TIME_LIMIT),
        ("import os; os._exit(0)", Verdict.CRASHED),
        ("import os; os.write(3, b'junk' * 10)", Verdict.CRASHED),
    ],
)
def test_a_program_that_cannot_be_loaded_gets_a_verdict_for_every_question(
    sandbox: Sandbox, line: str, verdict: Verdict
) -> None:
    source = f"""
        def make():
            {line}
        x0 = make()
        def f(x):
            return x + x0
        def g(x):
            return x + x0
    """
    with open_session(sandbox, source, "f", "g", limits=Limits(call=0.1)) as session:
        assert set(session.report.found) == {"f", "g"}
        for name in ("f", "g"):
            outcomes = session.call(name, cases((1,), (2,)), QUICK)
            assert [each.verdict for each in outcomes if isinstance(each, Stopped)] == [verdict] * 2


def test_a_worker_that_speaks_out_of_turn_is_not_listened_to(sandbox: Sandbox) -> None:
    source = """
        import os
        def f(x):
            return x
        def g(x):
            os.write(3, b"outc")
            return x
    """
    with open_session(sandbox, source, "f", "g") as session:
        outcomes = session.call("g", cases((1,), (2,)), QUICK)
        assert all(isinstance(each, Stopped) and each.verdict is Verdict.CRASHED for each in outcomes)
        assert session.call("f", cases((1,)), QUICK) == [Returned(value=1)]


def test_a_worker_that_never_reads_does_not_block_the_host(sandbox: Sandbox) -> None:
    source = """
        import time
        def f(x):
            time.sleep(1000)
    """
    big = np.zeros(4 << 20)  # 32 MB: far more than a socket holds
    begin = time.monotonic()
    limits = Limits(call=0.3)
    with open_session(sandbox, source, "f", limits=limits) as session:
        outcomes = session.call("f", cases((big,), (big,)), limits)
    assert all(isinstance(each, Stopped) for each in outcomes)
    assert time.monotonic() - begin < 5


def test_a_call_for_a_scenario_keeps_the_worker_and_its_state(sandbox: Sandbox) -> None:
    source = """
        seen = []
        def f(x, y):
            seen.append(x)
            if y is None:
                raise ValueError("no y")
            return len(seen), x, y
    """
    with sandbox.session(program(source), wanted("f", parameters=("x", "y")), QUICK) as session:
        assert session.ask("f", (1, 2), QUICK) == Returned(value=(1, 1, 2))
        assert session.ask("f", (2, None), QUICK).type == "ValueError"  # type: ignore[union-attr]
        assert session.ask("f", (3, 4), QUICK) == Returned(value=(3, 3, 4))
        assert session.ask("f", (object(), 4), QUICK).type == "TypeError"  # type: ignore[union-attr]


def test_a_name_that_is_not_there_is_missing(sandbox: Sandbox) -> None:
    with open_session(sandbox, "def f(x): return x", "f", "g") as session:
        assert session.report.found["g"].status == "absent"
        (outcome,) = session.call("g", cases((1,)), QUICK)
        assert isinstance(outcome, Stopped)
        assert outcome.verdict is Verdict.MISSING


def test_a_subclass_comes_as_what_it_is_beneath_and_any_other_object_is_unsupported(sandbox: Sandbox) -> None:
    source = """
        import numpy as np
        class E:
            __eq__ = lambda self, other: True
            __array__ = lambda self, *_: np.zeros(3)
        def f(x):
            return [np.matrix([[1.0]]), E(), {"a": E()}][x]
    """
    matrix, *others = run(sandbox, source, 0, 1, 2)
    assert isinstance(matrix, Returned)
    assert type(matrix.value) is np.ndarray
    assert others == [
        Unsupported(type="E"),
        Unsupported(type="E", where="['a']"),
    ]


def test_odd_settings_of_the_interpreter_do_not_break_the_worker(sandbox: Sandbox) -> None:
    source = """
        import sys, gc, warnings, signal, builtins
        import numpy as np
        def f(x):
            sys.setrecursionlimit(50)
            warnings.simplefilter("error")
            gc.disable()
            for number in (signal.SIGTERM, signal.SIGALRM):
                signal.signal(number, lambda *_: None)
            sys.stdout = sys.stderr = None
            np.frombuffer = np.empty = None
            return x
    """
    assert [getattr(each, "value", each) for each in run(sandbox, source, 1, 2)] == [1, 2]


def test_program_text_of_many_parts_and_odd_characters_arrives(sandbox: Sandbox) -> None:
    numbers = ",".join(["1"] * 400_000)
    source = f"TABLE = '''[{numbers}]'''\nODD = '\ud800'\ndef f(x): return len(TABLE) + len(ODD)\n"
    assert run(sandbox, source, 1, limits=Limits()) == [Returned(value=800_002)]


def test_a_call_that_is_made_once_more_gets_arguments_that_nobody_has_changed(sandbox: Sandbox) -> None:
    source = """
        import numpy as np
        def f(x):
            x += 1
            return float(x[:1])
    """
    assert run(sandbox, source, np.zeros(3)) == [Returned(value=1.0, changed=(0,))]


def test_numbers_drawn_without_a_seed_are_the_same_in_every_worker(sandbox: Sandbox) -> None:
    source = """
        import random
        import numpy as np
        def f(x):
            return random.random(), np.random.rand(), random.randrange(10**9)
    """
    assert run(sandbox, source, 0) == run(sandbox, source, 0)


def test_each_changed_argument_is_told_whatever_it_is_and_however_it_was_changed(sandbox: Sandbox) -> None:
    source = """
        import numpy as np
        def f(a, b, c, d, e):
            a += 1
            c["w"][0] = 7
            d.resize(3, refcheck=False)
            e[:] = e
    """
    args = (np.zeros(2), np.zeros(2), {"w": np.zeros(2)}, np.zeros(2), [1, 2])
    with sandbox.session(program(source), wanted("f", parameters=tuple("abcde")), QUICK) as session:
        (outcome,) = session.call("f", cases(args), QUICK)
    assert isinstance(outcome, Returned)
    assert outcome.changed == (0, 2, 3)
