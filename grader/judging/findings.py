"""What was found out about one check, and about one case of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace

from grader.authoring import Path, Visibility
from grader.judging.comparison import Difference, compare, form
from grader.judging.exceptions import explain
from grader.judging.small import mismatches, shown, shown_inputs, table
from grader.judging.values import as_array
from grader.model import (
    JSON,
    Case,
    CheckKey,
    Outcome,
    Params,
    QuestionKey,
    Raised,
    Returned,
    Stopped,
    Unsupported,
    Value,
    Verdict,
)
from grader.records import dataclass
from grader.text import clean

_NAMES = """
Axes DataFrame Figure MaskedArray Series builtin_function_or_method bytearray bytes dict_items dict_keys dict_values
ellipsis enumerate filter frozenset function generator list_iterator map matrix method module object poly1d range set
slice type ufunc zip
"""
KNOWN_OBJECTS = frozenset(_NAMES.split())
"""Names of types that a hidden check may repeat: a student's own class could carry the inputs in its name."""
UNSENDABLE = {
    "a value nested too deeply": "structure.too_deep",
    "a value of too many parts": "structure.too_many",
    "array of dtype object": "structure.objects",
}
"""What the wire says of a value that is of no wrong type, but can't be sent."""
MISSING = frozenset(("missing.blank", "missing.name", "missing.syntax"))
"""The ways to be missing; a worker could make up others, with the inputs in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The verdict on a check: that of its first failing case, whose position in the question's cases is `failing`."""

    verdict: Verdict
    code: str = "ok"
    params: Params = field(default_factory=dict)
    failing: int | None = None


ACCEPTED = Finding(verdict=Verdict.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with one case. `params` hold nothing of the values; `difference` does."""

    verdict: Verdict
    code: str
    params: Params = field(default_factory=dict)
    difference: Difference | None = None


Look = Callable[[Case, Returned], Fault | None]
"""Judge a value that was returned where the reference returned one as well."""


def internal_error(reason: str) -> Fault:
    """Make a fault that is ours: it never becomes a zero."""
    return Fault(verdict=Verdict.INTERNAL_ERROR, code="internal_error", params={"reason": reason})


def is_visible(check: CheckKey, case: Case) -> bool:
    """Say whether values of a case may be shown: both the check and the case must be public."""
    return check.visibility is Visibility.PUBLIC and case.visibility is Visibility.PUBLIC


def fault_of(case: Case, outcome: Outcome, check: CheckKey, question: QuestionKey, look: Look) -> Fault | None:
    """Judge one case: whatever ended otherwise than the reference did is a fault; `look` judges what was returned."""
    if isinstance(outcome, Stopped):
        if outcome.verdict is Verdict.ACCEPTED:
            return internal_error("a call that never answered can't be accepted")
        return _stopped(outcome, question, visible=is_visible(check, case))
    if isinstance(case.expected, Raised):
        return _against_exception(case.expected, outcome)
    if not isinstance(case.expected, Returned):
        return internal_error("the reference has no result for this case")
    if isinstance(outcome, Raised):
        message = explain(outcome, question, visible=is_visible(check, case))
        verdict = Verdict.RUNTIME_ERROR if case.scenario is None else Verdict.WRONG_ANSWER
        return Fault(verdict=verdict, code=message.code, params=message.params)
    if isinstance(outcome, Unsupported) and question.kind == "answer":
        return Fault(verdict=Verdict.WRONG_ANSWER, code="answer.unreadable")
    if isinstance(outcome, Unsupported):
        if (code := UNSENDABLE.get(outcome.type)) is not None:
            return Fault(verdict=Verdict.WRONG_ANSWER, code=code)
        params: dict[str, JSON] = {}
        if outcome.type in KNOWN_OBJECTS or is_visible(check, case):
            params["type"] = clean(outcome.type, 60)
        return Fault(verdict=Verdict.WRONG_ANSWER, code="structure.unsupported", params=params)
    return look(case, outcome)


def _stopped(outcome: Stopped, question: QuestionKey, *, visible: bool) -> Fault:
    """Judge a call that never answered.

    What a worker may have said itself is not passed on, its verdict aside; nor, for a hidden case, by which signal or
    with which status the process ended, which the student's program can choose.
    """
    match outcome.verdict:
        case Verdict.MEMORY_LIMIT if outcome.message.code == "memory_limit.answers":
            return Fault(verdict=outcome.verdict, code="memory_limit.answers")
        case Verdict.MEMORY_LIMIT:
            megabytes = outcome.message.params.get("megabytes")
            limit: Params = {"megabytes": megabytes} if megabytes == question.limits.memory else {}
            return Fault(verdict=outcome.verdict, code="memory_limit", params=limit)
        case Verdict.CRASHED if not visible:
            return Fault(verdict=outcome.verdict, code="crashed")
        case Verdict.MISSING:
            code = outcome.message.code if outcome.message.code in MISSING else "missing.name"
            return Fault(verdict=outcome.verdict, code=code, params={"name": question.name})
        case _:
            return Fault(verdict=outcome.verdict, code=outcome.message.code, params=outcome.message.params)


def _against_exception(expected: Raised, outcome: Outcome) -> Fault | None:
    """Judge a case in which the reference raises: the same type of exception is what is asked for."""
    if isinstance(outcome, Raised) and outcome.type == expected.type:
        return None
    return Fault(verdict=Verdict.WRONG_ANSWER, code="exception.expected", params={"expected": expected.type})


# --- values and their parts ----------------------------------------------------------------------------------------


def compare_part(expected: Value, got: Value, check: CheckKey) -> Difference | None:
    """Compare the part of two values that a check looks at; the way to the part counts as structure."""
    taken = take_part(expected, got, check.part)
    found = taken if isinstance(taken, Difference) else compare(*taken, check.compare)
    if found is not None and found.code == "structure.none" and got is not None:
        return replace(found, code="structure.none_part")
    return found


def take_part(expected: Value, got: Value, part: Path) -> Difference | tuple[Value, Value]:
    """Return the part of both values, or the difference of structure that bars the way to it.

    Where the part is one key of a dictionary, the other keys are not its matter: one that is missing is paid for once.
    """
    for depth, step in enumerate(part):
        where = part[:depth]
        barred = None if _has_key(expected, got, step) else form(expected, got, where)
        if barred is not None:
            return replace(barred, bars=True)
        try:
            inner = expected[step]
        except (KeyError, IndexError, TypeError):
            return Difference(code="internal_error", where=where)
        try:
            got = got[step]
        except (IndexError, TypeError):  # a number, or a shorter array, where there should be an array
            return Difference(code="shape.wrong", where=where, expected=expected, got=got, bars=True)
        expected = inner
    return expected, got


def _has_key(expected: Value, got: Value, step: int | str) -> bool:
    return type(expected) is dict and type(got) is dict and step in expected and step in got


def difference_fault(difference: Difference, check: CheckKey) -> Fault:
    """Make a fault of a difference: what may be said of it whoever listens."""
    if difference.code == "internal_error":
        return internal_error("the reference's own value has no such part, or can't be compared")
    params: dict[str, JSON] = dict(difference.params)
    if check.shape is not None and difference.code.startswith("shape."):
        params["shape"] = check.shape
    # What holds the part is at fault, and not the part: it has its own name, or none.
    path = difference.where if difference.bars else (*check.part, *difference.where)
    name = next((step for step in reversed(path) if isinstance(step, str)), None)
    if name is not None:
        params["of"] = name
    return Fault(verdict=Verdict.WRONG_ANSWER, code=difference.code, params=params, difference=difference)


def given(question: QuestionKey, case: Case) -> JSON:
    """Return a case's arguments as they are shown."""
    return {**shown_inputs(question.parameters, case.args)}


def in_full(fault: Fault, case: Case, outcome: Outcome, check: CheckKey, given: JSON) -> dict[str, JSON]:
    """Return what a public check shows beside the fault: input, expected and got in small form, entries that differ."""
    params: dict[str, JSON] = {"input": given}
    difference = fault.difference
    if difference is None:
        if isinstance(case.expected, Returned):
            params["expected"] = shown(case.expected.value)
        if isinstance(outcome, Returned):
            params["got"] = shown(outcome.value)
    else:
        params["expected"], params["got"] = shown(difference.expected), shown(difference.got)
        if fault.code.startswith("shape."):
            params["expected_shape"] = list(as_array(difference.expected).shape)
            params["got_shape"] = list(as_array(difference.got).shape)
        elif difference.total:
            if difference.total > 1:  # of a single number there is nothing to count
                params["wrong"], params["total"] = difference.wrong, difference.total
            params["mismatches"] = mismatches(difference, check.compare)
            if entries := table(difference, check.compare):
                params["table"] = entries
    return params
