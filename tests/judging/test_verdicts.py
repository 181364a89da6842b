"""The verdict on one check, by its kind."""

# ruff: noqa: ARG005 - a student's function has the question's signature, whatever it makes of it

import math
from dataclasses import replace
from timeit import timeit

import numpy as np
import pytest
from judging_samples import DIMS, batches, call, check, outcomes, question

from grader.authoring import Compare, Form, NoLoop, Slope, Unchanged
from grader.judging import is_clear, judge
from grader.judging.loops import SECONDS_PER_ENTRY, TIMES_THE_REFERENCE
from grader.judging.measuring import measure
from grader.model import Case, Location, Message, Raised, Returned, Stopped, Unsupported, Verdict


def mean(A, Y):
    return {"dw": A * Y / A.shape[1]}, np.mean(A * Y)


KEY = question(mean, batches(), check(0, 1, 2, 3, part=(0, "dw"), shape="(n, m)"), parameters=("A", "Y"), dims=DIMS)
RIGHT = outcomes(KEY, mean)


def stopped(verdict, code):
    return Stopped(verdict=Verdict(verdict), message=Message(code=code))


def verdict(outcome, at=1, key=KEY):
    given = list(RIGHT)
    given[at] = outcome
    return judge(key.checks[0], key, given)


def test_all_cases_right_is_accepted():
    found = judge(KEY.checks[0], KEY, RIGHT)
    assert (found.verdict, found.code, found.params, found.failing) == (Verdict.ACCEPTED, "ok", {}, None)


@pytest.mark.parametrize(
    ("outcome", "expected", "code"),
    [
        (Returned(value=None), Verdict.WRONG_ANSWER, "structure.none_sometimes"),
        (Returned(value=({"dw": 1.0}, 1.0)), Verdict.WRONG_ANSWER, "shape.array"),
        (Returned(value=({}, 1.0)), Verdict.WRONG_ANSWER, "structure.key"),
        (Unsupported(type="set"), Verdict.WRONG_ANSWER, "structure.unsupported"),
        (Raised(type="ZeroDivisionError"), Verdict.RUNTIME_ERROR, "exception.zero_division"),
        (stopped("time_limit", "time_limit"), Verdict.TIME_LIMIT, "time_limit"),
        (stopped("crashed", "crashed"), Verdict.CRASHED, "crashed"),
        (stopped("memory_limit", "x.y"), Verdict.MEMORY_LIMIT, "memory_limit"),
        (stopped("memory_limit", "memory_limit.answers"), Verdict.MEMORY_LIMIT, "memory_limit.answers"),
        (stopped("missing", "missing.blank"), Verdict.MISSING, "missing.blank"),
        (stopped("internal_error", "internal_error"), Verdict.INTERNAL_ERROR, "internal_error"),
        (stopped("accepted", "ok"), Verdict.INTERNAL_ERROR, "internal_error"),
    ],
)
def test_each_outcome_has_its_verdict(outcome, expected, code):
    found = verdict(outcome)
    assert (found.verdict, found.code, found.failing) == (expected, code, 1)


def test_a_key_that_another_check_looks_at_may_be_missing():
    both = question(
        lambda A, Y: {"dw": A, "db": Y.sum()}, batches(), check(0, 1, 2, 3, part=("dw",)), check(0, 1, part=("db",))
    )
    given = outcomes(both, lambda A, Y: {"dw": A, "m": 3})
    assert judge(both.checks[0], both, given).verdict is Verdict.ACCEPTED
    found = judge(both.checks[1], both, given)
    assert (found.code, found.params["keys"]) == ("structure.key", ["db"])


@pytest.mark.parametrize(
    ("student", "code", "names"),
    [
        (lambda A, Y: (A, Y.sum()), "structure.kind", [None, None]),
        (lambda A, Y: None, "structure.none", [None, None]),
        (lambda A, Y: {"x": 1}, "structure.key", [None, None]),
        (lambda A, Y: {"dw": [A], "db": {}}, None, ["dw", "db"]),
    ],
)
def test_a_fault_of_what_holds_a_part_is_not_told_of_the_part(student, code, names):
    both = question(
        lambda A, Y: {"dw": A, "db": Y.sum()}, batches(), check(0, 1, part=("dw",)), check(0, 1, part=("db",))
    )
    given = outcomes(both, student)
    found = [judge(each, both, given) for each in both.checks]
    assert [each.params.get("of") for each in found] == names
    assert code is None or {each.code for each in found} == {code}


def test_one_result_that_is_None_is_told_from_a_function_that_returns_nothing():
    pair = question(lambda A, Y: ({"dw": A}, Y.sum()), batches(), check(0, 1, part=(0, "dw")), check(0, 1, part=(1,)))
    given = outcomes(pair, lambda A, Y: ({"dw": None}, None))
    assert [judge(each, pair, given).code for each in pair.checks] == ["structure.none_part"] * 2
    nothing = outcomes(pair, lambda A, Y: None)
    assert [judge(each, pair, nothing).code for each in pair.checks] == ["structure.none"] * 2


def test_an_array_of_objects_is_told_from_a_type_that_cannot_be_graded():
    assert verdict(Unsupported(type="array of dtype object")).code == "structure.objects"


def test_the_first_failing_case_gives_the_verdict():
    given = [RIGHT[0], Raised(type="ValueError"), Returned(value=None), RIGHT[3]]
    found = judge(KEY.checks[0], KEY, given)
    assert (found.verdict, found.failing) == (Verdict.RUNTIME_ERROR, 1)


def test_a_hidden_shape_is_named_as_its_author_does():
    found = verdict(Returned(value=({"dw": np.ones(7)}, 1.0)))
    assert found.params == {"shape": "(n, m)", "of": "dw"}


def test_an_exception_in_a_scenario_is_a_wrong_answer():
    scenario = replace(KEY, cases=tuple(replace(case, scenario=lambda student, rng: None) for case in KEY.cases))
    assert verdict(Raised(type="ValueError"), key=scenario).verdict is Verdict.WRONG_ANSWER


def test_an_exception_that_the_reference_raises_is_asked_for():
    def checked(x):
        return math.sqrt(x)

    key = question(checked, [(-1.0,), (4.0,)])
    assert judge(key.checks[0], key, outcomes(key, math.sqrt)).verdict is Verdict.ACCEPTED
    found = judge(key.checks[0], key, [Returned(value=0.0), Returned(value=2.0)])
    assert (found.verdict, found.code, found.params) == (
        Verdict.WRONG_ANSWER,
        "exception.expected",
        {"expected": "ValueError"},
    )


@pytest.mark.parametrize(
    "key",
    [
        replace(KEY, cases=tuple(replace(case, expected=Unsupported(type="set")) for case in KEY.cases)),
        replace(KEY, cases=tuple(replace(case, expected=Returned(value=object())) for case in KEY.cases)),
        replace(KEY, checks=(replace(KEY.checks[0], part=(0, "lacking")),)),
        replace(KEY, checks=(replace(KEY.checks[0], cases=()),)),
        replace(KEY, cases=KEY.cases[:2], checks=(replace(KEY.checks[0], cases=(0, 1)),)),
    ],
)
def test_a_key_that_cannot_be_judged_with_is_our_own_fault(key):
    assert judge(key.checks[0], key, RIGHT).verdict is Verdict.INTERNAL_ERROR


# --- answers ---------------------------------------------------------------------------------------------------------


def q1():
    return (3, 3)


@pytest.mark.parametrize(
    ("value", "form", "right"),
    [
        ((3, 3), "ok", "ok"),
        ("3 x 3", "ok", "ok"),
        ("error", "ok", "answer.wrong"),
        ("dunno", "answer.unreadable", "answer.unreadable"),
        (None, "answer.unreadable", "answer.unreadable"),
    ],
)
def test_answers_are_judged_as_they_are_read(value, form, right):
    key = question(q1, [()], check(0, kind=Form(), public=True), check(0), kind="answer")
    found = [judge(one, key, [Returned(value=value)]) for one in key.checks]
    assert [one.code for one in found] == [form, right]
    assert not found[1].params
    assert "expected" not in found[0].params


def test_an_answer_of_a_type_that_cannot_travel_is_not_said_to_be_returned():
    key = question(q1, [()], check(0, kind=Form(), public=True), check(0), kind="answer")
    assert [judge(one, key, [Unsupported(type="type")]).code for one in key.checks] == ["answer.unreadable"] * 2


# --- arguments left as they were -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "arguments", "expected"),
    [((), (), "ok"), ((0,), (), "changed.argument"), ((1,), (0,), "ok"), ((0,), (0,), "changed.argument")],
)
def test_changing_an_argument_is_seen(changed, arguments, expected):
    key = question(mean, batches(), check(0, 1, kind=Unchanged(arguments=arguments)))
    given = [replace(outcome, changed=changed) for outcome in RIGHT]
    assert judge(key.checks[0], key, given).code == expected


def test_a_function_that_does_nothing_changes_nothing_and_earns_nothing():
    key = question(mean, batches(), check(0, 1, kind=Unchanged()))
    found = judge(key.checks[0], key, [Returned(value=None)] * 4)
    assert (found.verdict, found.code) == (Verdict.WRONG_ANSWER, "structure.none")


# --- loops -----------------------------------------------------------------------------------------------------------


def products(w, X):
    return np.exp(np.dot(w.T, X)) / 3


def over_examples(w, X):
    out = np.zeros((1, X.shape[1]))
    for i in range(X.shape[1]):
        out[0, i] = np.exp(np.dot(w[:, 0], X[:, i])) / 3
    return out


def over_features(w, X):
    z = np.zeros((1, X.shape[1]))
    for j in range(X.shape[0]):
        z += w[j, 0] * X[j : j + 1]
    return np.exp(z) / 3


def repeatedly(w, X):
    for _ in range(10):
        out = products(w, X)
    return out


def with_while(w, X):
    out, i = [], 0
    while i < X.shape[1]:
        out.append(products(w, X[:, i : i + 1])[0, 0])
        i += 1
    return np.array([out])


CARELESS = [
    over_examples,
    with_while,
    lambda w, X: np.array([[np.exp(z) / 3 for z in np.dot(w.T, X)[0]]]),
    lambda w, X: np.vectorize(lambda z: np.exp(z) / 3)(np.dot(w.T, X)),
    lambda w, X: np.array([list(map(lambda z: np.exp(z) / 3, np.dot(w.T, X)[0]))]),  # noqa: C417
    lambda w, X: np.apply_along_axis(lambda x: np.exp(np.dot(w[:, 0], x)) / 3, 0, X).reshape(1, -1),
    lambda w, X: np.fromiter((np.exp(z) / 3 for z in np.dot(w.T, X)[0]), float).reshape(1, -1),
    lambda w, X: np.frompyfunc(lambda z: math.exp(z) / 3, 1, 1)(np.dot(w.T, X)).astype(float),
]
CAREFUL = [
    products,
    over_features,
    repeatedly,
    lambda w, X: np.exp((w * X).sum(axis=0, keepdims=True)) / 3.0,
    lambda w, X: np.power(np.e, np.einsum("ij,ik->jk", w, X)) / 3,
]


def measured(function, args):
    steps, cpu = measure(function, args)
    return Returned(value=function(*args), steps=steps, cpu=cpu)


def loop_key(reference=products, make=lambda rng, m: (rng.normal(size=(4, 1)), rng.normal(size=(4, m)))):
    rng = np.random.default_rng(3)
    inputs = [make(rng, size) for size in (200, 4000)]
    cases = [Case(args=args, expected=measured(reference, args), measured=True) for args in inputs]
    return replace(question(reference, [], check(0, 1, kind=NoLoop())), cases=tuple(cases))


@pytest.mark.parametrize("student", CARELESS, ids=range(len(CARELESS)))
def test_python_code_for_each_example_is_a_loop(student):
    key = loop_key()
    given = [measured(student, case.args) for case in key.cases]
    found = judge(key.checks[0], key, given)
    assert (found.verdict, found.code) == (Verdict.WRONG_ANSWER, "loop.examples")
    assert is_clear(key, [replace(each, cpu=each.cpu / 100) for each in given])
    assert is_clear(key, [replace(each, cpu=each.cpu * 100) for each in given])


@pytest.mark.parametrize("student", CAREFUL, ids=range(len(CAREFUL)))
def test_numpy_code_and_loops_over_features_or_iterations_are_none(student):
    key = loop_key()
    given = [measured(student, case.args) for case in key.cases]
    assert judge(key.checks[0], key, given).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    "student",
    [
        lambda v: np.array(list(map(math.exp, v))),
        lambda v: np.vectorize(math.exp)(v),
        lambda v: np.fromiter(map(math.exp, v), float),
    ],
)
def test_a_c_function_for_each_entry_shows_in_its_cpu_time(student):
    key = loop_key(np.exp, lambda rng, m: (rng.normal(size=m),))
    assert judge(key.checks[0], key, [measured(student, case.args) for case in key.cases]).code == "loop.examples"


def timed(key, times):
    """Return outcomes that took so many times the reference's CPU time, or the time of so many arrays' entries."""
    small, large = (case.expected for case in key.cases)
    growth = max(TIMES_THE_REFERENCE * (large.cpu - small.cpu), SECONDS_PER_ENTRY * 3800)
    return [small, replace(large, cpu=small.cpu + times * growth)]


@pytest.mark.parametrize(
    ("times", "passed", "clear"), [(0.0, True, True), (0.4, True, True), (0.6, True, False), (1.1, False, False)]
)
def test_it_is_clear_that_nothing_loops_where_half_of_the_time_would_tell(times, passed, clear):
    key = loop_key(np.exp, lambda rng, m: (rng.normal(size=m),))
    assert (judge(key.checks[0], key, timed(key, times)).code == "ok") is passed
    assert is_clear(key, timed(key, times)) is clear
    assert is_clear(question(products, [], check(0)), [])


@pytest.mark.parametrize(("nanoseconds", "code"), [(19, "ok"), (47, "loop.examples")])
def test_the_dearest_function_of_numpy_is_told_from_the_cheapest_loop_over_entries(nanoseconds, code):
    pairs = [(np.ones(size), np.ones(size)) for size in (200, 2000)]
    cases = [
        Case(args=args, expected=Returned(value=1.0, steps=2, cpu=1e-6 + 2e-10 * args[0].size), measured=True)
        for args in pairs
    ]
    key = replace(question(np.dot, [], check(0, 1, kind=NoLoop(sizes=(200, 2000)))), cases=tuple(cases))
    given = [Returned(value=1.0, steps=2, cpu=1e-6 + nanoseconds * 1e-9 * case.args[0].size) for case in cases]
    assert judge(key.checks[0], key, given).code == code


def test_what_was_not_measured_earns_the_point():
    key = loop_key()
    assert judge(key.checks[0], key, [Returned(value=case.expected.value) for case in key.cases]).code == "ok"


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(np.zeros_like, id="zeros"),
        pytest.param(lambda value: value * 1.001, id="a thousandth too much"),
        pytest.param(lambda value: np.float16(value), id="16-bit floats"),
    ],
)
def test_a_quick_wrong_result_earns_nothing(wrong):
    key = loop_key()
    given = [replace(case.expected, value=wrong(case.expected.value)) for case in key.cases]
    assert judge(key.checks[0], key, given).code == "loop.values"


def test_the_last_digits_of_a_sum_of_many_are_no_loop():
    key = loop_key()
    given = [replace(case.expected, value=case.expected.value * 1.00003) for case in key.cases]
    assert judge(key.checks[0], key, given).verdict is Verdict.ACCEPTED


# --- slopes ----------------------------------------------------------------------------------------------------------


def cost_and_gradient(w, X):
    z = X @ w
    return np.mean(np.sin(z)), X.T @ np.cos(z) / len(X)


def slope_key(h=1e-5):
    rng = np.random.default_rng(4)
    cases = []
    for n in (3, 2):
        w, X = rng.normal(size=(n, 1)), rng.normal(size=(5, n))
        around = [w]
        for entry in range(n):
            for sign in (h, -h):
                moved = w.copy()
                moved[entry, 0] += sign
                around.append(moved)
        cases += [(moved, X) for moved in around]
    kind = Slope(cost=(0,), gradient=(1,), argument=0)
    return question(cost_and_gradient, cases, check(*range(len(cases)), kind=kind, shape="(n, 1)"))


@pytest.mark.parametrize(
    ("student", "code"),
    [
        (cost_and_gradient, "ok"),
        # a wrong cost with the gradient that belongs to it: this check is about the two together
        (lambda w, X: (np.mean(np.sin(X @ w)) * 2, 2 * X.T @ np.cos(X @ w) / len(X)), "ok"),
        (lambda w, X: (np.array([[np.mean(np.sin(X @ w))]]), X.T @ np.cos(X @ w) / len(X)), "ok"),
        (lambda w, X: (np.mean(np.sin(X @ w)), X.T @ np.cos(X @ w)), "slope.differ"),
        (lambda w, X: (np.mean(np.sin(X @ w)), -X.T @ np.cos(X @ w) / len(X)), "slope.sign"),
        (lambda w, X: (0.0, np.zeros_like(w)), "slope.flat"),
        (lambda w, X: (np.nan, w), "slope.infinite"),
        (lambda w, X: (np.mean(np.sin(X @ w)), w * np.inf), "slope.infinite"),
        (lambda w, X: (np.mean(np.sin(X @ w)), (X.T @ np.cos(X @ w) / len(X))[:, 0]), "shape.wrong"),
        (lambda w, X: np.mean(np.sin(X @ w)), "slope.none"),
        (lambda w, X: (None, w), "slope.none"),
        (lambda w, X: (1j, w), "slope.none"),
    ],
)
def test_the_gradient_is_the_slope_of_the_students_own_cost(student, code):
    key = slope_key()
    assert judge(key.checks[0], key, outcomes(key, student)).code == code


def test_a_right_cost_of_32_bit_floats_has_the_right_gradient_for_its_slope():
    key = slope_key()
    student = lambda w, X: (float(np.float32(cost_and_gradient(w, X)[0])), np.float32(cost_and_gradient(w, X)[1]))  # noqa: E731
    assert judge(key.checks[0], key, outcomes(key, student)).verdict is Verdict.ACCEPTED


def test_the_slope_is_judged_at_every_base():
    key = slope_key()
    student = lambda w, X: cost_and_gradient(w, X) if len(w) == 3 else (np.mean(np.sin(X @ w)), w)  # noqa: E731
    found = judge(key.checks[0], key, outcomes(key, student))
    assert (found.code, found.failing) == ("slope.differ", 7)


# --- what a public check shows ---------------------------------------------------------------------------------------


def test_a_public_check_shows_input_expected_and_got():
    key = question(mean, batches(), check(0, 1, part=(1,), public=True), parameters=("A", "Y"), public=True)
    found = judge(key.checks[0], key, [call(lambda A, Y: ({}, np.median(A * Y)), *case.args) for case in key.cases])
    assert set(found.params["input"]) == {"A", "Y"}
    assert float(found.params["expected"]) == pytest.approx(key.cases[0].expected.value[1], rel=1e-5)
    assert found.params["got"] != found.params["expected"]


def test_at_most_five_entries_are_listed():
    key = question(lambda x: x, [(np.arange(1000.0),)], check(0, public=True), parameters=("x",), public=True)
    rng = np.random.default_rng(1)
    found = judge(key.checks[0], key, [Returned(value=rng.normal(size=1000))])
    assert len(found.params["mismatches"]) == 5
    assert len(str(found.params)) < 3000


def test_a_public_check_on_a_hidden_case_shows_nothing():
    key = question(mean, batches(), check(0, 1, part=(1,), public=True), parameters=("A", "Y"))
    found = judge(key.checks[0], key, [Returned(value=({}, 7.25))] * 4)
    assert not {"input", "expected", "got", "mismatches"} & set(found.params)


def test_the_place_of_an_exception_is_the_students_own():
    found = verdict(Raised(type="IndexError", location=Location(cell=3, line=2)))
    assert found.params == {"type": "IndexError", "place": {"cell": 3, "line": 2}}


def test_judging_24_right_calls_takes_well_under_a_millisecond():
    key = question(mean, batches(sizes=((3, 4),) * 24), check(*range(24), part=(0, "dw")))
    given = outcomes(key, mean)
    assert min(timeit(lambda: judge(key.checks[0], key, given), number=20) / 20 for _ in range(5)) < 1e-3


def test_shapes_only_need_not_be_right_in_value():
    key = question(mean, batches(), check(0, 1, part=(0, "dw"), how=Compare(shape_only=True)))
    given = [Returned(value=({"dw": case.args[0] * 0}, 0)) for case in key.cases]
    assert judge(key.checks[0], key, given).verdict is Verdict.ACCEPTED
