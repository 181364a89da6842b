"""A hidden check's message carries nothing of its inputs and expected values, whatever the student's program does."""

# ruff: noqa: ARG005 - a variant has the question's signature, whatever it makes of it

import json
import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from judging_samples import check, question

from grader.authoring import Compare, Form, Unchanged
from grader.judging import result_of
from grader.model import Found, Location, Message, Raised, Returned, Stopped, Unsupported, Verdict
from grader.reports.words import Words

INPUTS = tuple((np.array([[31.4159, -27.1828], [0.57721, 1.61803]]) * k, 1234.5 + k) for k in (1, 3, 7))


def scaled(A, b):
    return {"dw": A * b, "costs": [b, b / 2]}, A.sum() + b


CHECKS = (
    check(0, 1, 2, name="dw", part=(0, "dw"), shape="(n, m)"),
    check(0, 1, 2, name="costs", part=(0, "costs")),
    check(0, 1, 2, name="whole"),
    check(0, 1, 2, name="unchanged", kind=Unchanged()),
    check(0, 1, 2, name="exact", part=(1,), how=Compare(exact=True)),
    check(0, 1, 2, name="form", kind=Form()),
)
KEY = question(
    scaled, INPUTS, *CHECKS, parameters=("A", "b"), dims={"n": ("A", 0), "m": ("A", 1)}, variants={"v": lambda A, b: b}
)
DIGITS = {
    run for case in KEY.cases for run in re.findall(r"\d{3,}", repr(case.args) + repr(case.expected.value)) if int(run)
}
CASE = KEY.cases[0]
SECRETS = st.sampled_from(
    [repr(CASE.args[0].tolist()), str(CASE.args[1]), repr(CASE.expected.value), "1234", "31.4159"]
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.floats(),
        SECRETS,
        st.sampled_from([CASE.args[0], CASE.args[1], CASE.args[0] * 2, CASE.args[0].T, CASE.expected.value[0]["dw"]]),
        st.sampled_from([CASE.expected.value, ({"dw": CASE.args[0] * 7, "costs": []}, 5), CASE.args[0].ravel()]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.tuples(inner, inner), st.dictionaries(SECRETS, inner, max_size=2)
    ),
    max_leaves=5,
)
TYPES = st.sampled_from(["ValueError", "KeyError", "NameError", "TypeError", "AttributeError", "ModuleNotFoundError"])
OUTCOMES = st.one_of(
    VALUES.map(lambda value: Returned(value=value)),
    st.builds(
        Raised,
        type=st.one_of(TYPES, SECRETS),
        message=SECRETS.map("shapes (1234,31) could not be broadcast {}".format),
        location=st.none() | st.just(Location(line=5, cell=1)),
        params=st.dictionaries(st.sampled_from(["name", "key", "keys", "signature", "shapes"]), SECRETS),
        printed=SECRETS,
    ),
    st.builds(Unsupported, type=SECRETS, where=SECRETS),
    st.builds(
        Stopped,
        verdict=st.sampled_from([Verdict.MEMORY_LIMIT, Verdict.MISSING]),
        message=SECRETS.map(lambda text: Message(code="memory_limit", params={"name": text, "reason": text})),
    ),
)


@given(st.lists(OUTCOMES, min_size=3, max_size=3))
def test_nothing_of_inputs_and_expected_values_is_said(given_outcomes):
    result = result_of(KEY, given_outcomes, Found(status="found"))
    for one in result.checks:
        said = json.dumps(one.params) + "".join(Words(lang).message(one.code, one.params) for lang in ("en", "zh-CN"))
        assert not {run for run in DIGITS if run in said}, (one.code, said)
        assert one.verdict is not Verdict.INTERNAL_ERROR
