from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.model import (
    CodeOf,
    Found,
    LoadReport,
    Location,
    Message,
    Note,
    Outcome,
    Raised,
    Returned,
    Stopped,
    Unsupported,
    Verdict,
)
from grader.sandbox import messages
from grader.sandbox.wire import ProtocolError, load_head

FULL_RAISED = Raised(
    type="KeyError",
    message="'dW'",
    location=Location(line=3, cell=2),
    params={"key": "dW", "keys": ["dw", "db"], "n": 3, "deep": {"a": [1, 2.5, None, True]}},
    printed="a\tb\n",
    warnings=("RuntimeWarning: overflow",),
)


def sent(data: bytes) -> tuple[Any, bytes]:
    kind, head, body = messages.lengths(data)
    start = messages.FRAME.size
    assert len(data) == start + head + body
    assert kind == messages.OUTCOME
    return load_head(data[start : start + head]), data[start + head :]


@pytest.mark.parametrize(
    "outcome",
    [
        Returned(value=1.5, changed=(0, 2), same_as=1, steps=40, cpu=0.25, warnings=("w",), printed="p"),
        Returned(value=None),
        FULL_RAISED,
        Raised(type="ValueError"),
        Unsupported(type="E", where="[0]"),
        Stopped(verdict=Verdict.MEMORY_LIMIT, message=Message(code="memory_limit")),
        Stopped(verdict=Verdict.MISSING, message=Message(code="missing.blank", params={"place": {"line": 3}})),
    ],
)
def test_outcomes_come_back_as_they_were(outcome: Outcome) -> None:
    head, body = sent(messages.outcome_frame(outcome, id=1, case=0))
    assert messages.read_outcome(head, body) == outcome


def test_a_value_that_cannot_be_carried_becomes_unsupported() -> None:
    head, body = sent(messages.outcome_frame(Returned(value=[np.ma.masked_all(2)])))
    assert messages.read_outcome(head, body) == Unsupported(type="MaskedArray", where="[0]")


@pytest.mark.parametrize("verdict", sorted(set(Verdict) - {Verdict.MEMORY_LIMIT, Verdict.MISSING}))
def test_a_worker_cannot_give_itself_a_verdict(verdict: Verdict) -> None:
    head = {"k": "stopped", "verdict": verdict.value, "message": {"code": "ok", "params": {}}}
    with pytest.raises(ProtocolError):
        messages.read_outcome(head, b"")


@pytest.mark.parametrize(
    "head",
    [
        None,
        [],
        {},
        {"k": "accepted"},
        {"k": "returned", "v": ["x"]},
        {"k": "returned", "v": 1, "changed": [-1]},
        {"k": "returned", "v": 1, "changed": [True]},
        {"k": "returned", "v": 1, "changed": list(range(300))},
        {"k": "returned", "v": 1, "cpu": "1"},
        {"k": "returned", "v": 1, "cpu": float("nan")},
        {"k": "returned", "v": 1, "steps": 1.5},
        {"k": "returned", "v": 1, "warnings": ["w"] * 50},
        {"k": "raised"},
        {"k": "raised", "type": 3},
        {"k": "raised", "type": "E", "location": [1]},
        {"k": "raised", "type": "E", "location": [1, "2"]},
        {"k": "raised", "type": "E", "params": {"a": [0] * 1000}},
        {"k": "raised", "type": "E", "params": {"a": float("inf")}},
        {"k": "raised", "type": "E", "params": {"a": [[[[[[[[1]]]]]]]]}},
        {"k": "unsupported", "type": None},
        {"k": "stopped", "verdict": "missing", "message": {"code": "Not A Code"}},
    ],
    ids=map(str, range(21)),
)
def test_an_odd_outcome_is_a_protocol_error(head: Any) -> None:
    with pytest.raises(ProtocolError):
        messages.read_outcome(head, b"")


def test_text_is_cleaned_and_cut_on_the_trusted_side() -> None:
    raw = "\x1b[2J\x9b31m\u202e\ud800\x00a\tb\nc" + "x" * 10_000
    outcome = messages.read_outcome({"k": "raised", "type": raw, "message": raw, "params": {raw: raw}}, b"")
    assert isinstance(outcome, Raised)
    assert len(outcome.type) == 100
    assert outcome.message[:16] == "�[2J�31m���a\tb\nc"
    assert len(outcome.message) == messages.MAX_TEXT
    assert all(
        len(text) <= 1000 and "\x1b" not in text for text in (*outcome.params, *map(str, outcome.params.values()))
    )


REPORT = LoadReport(
    found={
        "f": Found(status="found", defined_as="F", location=Location(line=2)),
        "g": Found(status="blank", message=Message(code="missing.blank", params={"place": {"cell": 1, "line": 2}})),
    },
    notes=(Note(code="skipped.statement", params={"cell": 2, "line": 3}),),
    fingerprints={"f": (1, 2**63)},
    codes={"f": CodeOf(digest="0" * 32, uses=("np",), signature="1" * 32), "np": CodeOf(digest=None)},
)


def test_reports_come_back_as_they_were() -> None:
    assert messages.read_report(messages.report_tree(REPORT), ("f", "g")) == REPORT


@pytest.mark.parametrize(
    "codes", [[], {"f": None}, {"f": ["0"]}, {"f": [1, [], ""]}, {"f": ["0", [1], ""]}, {"f": ["0", [], None]}]
)
def test_odd_codes_are_a_protocol_error(codes: object) -> None:
    with pytest.raises(ProtocolError):
        messages.read_report(messages.report_tree(REPORT) | {"codes": codes}, ("f", "g"))  # type: ignore[dict-item]


@pytest.mark.parametrize("names", [("f",), ("f", "g", "h"), ("f", "h")])
def test_a_report_about_other_names_is_a_protocol_error(names: tuple[str, ...]) -> None:
    with pytest.raises(ProtocolError):
        messages.read_report(messages.report_tree(REPORT), names)


@pytest.mark.parametrize(("head", "body"), [(1 << 31, 0), (0, 1 << 33), (9 << 20, 0), (16, (128 << 20) + 1)])
def test_a_frame_over_the_caps_is_refused_by_its_first_bytes(head: int, body: int) -> None:
    with pytest.raises(ProtocolError):
        messages.lengths(messages.FRAME.pack(b"outc", head, body))
