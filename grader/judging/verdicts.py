"""The verdict on one check: all its cases are judged, and the first that fails gives the verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from grader.authoring import Form, NoLoop, Slope, Unchanged, Values
from grader.judging.answers import read_answer
from grader.judging.diagnosis import diagnose
from grader.judging.diagnosis.evidence import Explanation
from grader.judging.findings import (
    ACCEPTED,
    Fault,
    Finding,
    Look,
    compare_part,
    difference_fault,
    fault_of,
    given,
    in_full,
    internal_error,
    is_visible,
)
from grader.judging.loops import enough, growth_in_entries, loop_fault, loops, surely_none, takes_steps
from grader.judging.slopes import bases, has_cost, slope_fault
from grader.judging.small import shown
from grader.judging.tolerance import FLOAT32
from grader.model import (
    JSON,
    Case,
    CheckKey,
    Outcome,
    QuestionKey,
    Returned,
    Value,
    Verdict,
)

ANSWER = "answer"
Faults = dict[int, Fault]
"""Fault by position in the question's cases, in the order of the check's cases."""


def judge(
    check: CheckKey,
    question: QuestionKey,
    outcomes: Sequence[Outcome],
    shown_of: Callable[[QuestionKey, Case], JSON] = given,
) -> Finding:
    """Return the verdict on a check, with the code and the parameters of its message.

    `outcomes` are one a case of the question; `shown_of` puts a case's arguments into words. For a hidden check the
    parameters hold no input, no expected value, and nothing that the student's program wrote.
    """
    if len(outcomes) != len(question.cases) or not check.cases:
        return _finding(internal_error("the outcomes do not fit the cases"), None)
    faults = _faults(check, question, outcomes)
    if not faults:
        return ACCEPTED
    first = next(iter(faults))
    fault = faults[first]
    params: dict[str, JSON] = dict(fault.params)
    case = question.cases[first]
    visible = question.kind != ANSWER and is_visible(check, case) and fault.verdict in _SHOWN
    if visible:
        # Some faults name the kinds of what was expected and got: the values themselves then stand beside them.
        full = in_full(fault, case, outcomes[first], check, shown_of(question, case))
        params = {**{f"{name}_value" if name in params else name: value for name, value in full.items()}, **params}
    found = _diagnosis(fault, check, question, outcomes, faults)
    if found is not None:
        params = {**params, **found.params, **(found.public if visible else {})}
        fault = replace(fault, code=found.code)
    return _finding(replace(fault, params=params), first)


def verdict_of(check: CheckKey, question: QuestionKey, outcomes: Sequence[Outcome]) -> Fault | None:
    """Return the first fault that `judge` would explain, without explaining it: None where the check is passed."""
    if len(outcomes) != len(question.cases) or not check.cases:
        return internal_error("the outcomes do not fit the cases")
    return next(iter(_faults(check, question, outcomes).values()), None)


def _faults(check: CheckKey, question: QuestionKey, outcomes: Sequence[Outcome]) -> Faults:
    """Judge a check by its kind."""
    match check.kind:
        case Slope():
            return _slope(check.kind, check, question, outcomes)
        case NoLoop():
            return _no_loop(check.kind, check, question, outcomes)
        case _:
            return _each(check, question, outcomes, _look(check, question))


_SHOWN = (Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR)


def _diagnosis(
    fault: Fault, check: CheckKey, question: QuestionKey, outcomes: Sequence[Outcome], faults: Faults
) -> Explanation | None:
    """Look for what kind of wrong a returned value is. Types and unknown objects say enough by themselves."""
    if fault.difference is None or not isinstance(check.kind, Values) or check.compare.shape_only:
        return None
    if question.kind == ANSWER or fault.code.startswith("type."):
        return None
    return diagnose(check, question, outcomes, fault.code, faults)


def _finding(fault: Fault, failing: int | None) -> Finding:
    return Finding(verdict=fault.verdict, code=fault.code, params=fault.params, failing=failing)


def _each(check: CheckKey, question: QuestionKey, outcomes: Sequence[Outcome], look: Look) -> Faults:
    """Judge every case of a check by itself."""
    faults: Faults = {}
    for position in check.cases:
        fault = fault_of(question.cases[position], outcomes[position], check, question, look)
        if fault is not None:
            faults[position] = fault
    return faults


def _look(check: CheckKey, question: QuestionKey) -> Look:
    """Return how a returned value is judged, by the kind of check."""
    match check.kind:
        case Form():
            return lambda case, got: _form(got.value, shown_back=is_visible(check, case))
        case Unchanged():
            return lambda case, got: _unchanged(check, case, got)
        case _ if question.kind == ANSWER:
            return lambda case, got: _answer(check, case, got.value)
        case _:
            return lambda case, got: _value(check, case, got.value)


def _value(check: CheckKey, case: Case, got: Value) -> Fault | None:
    assert isinstance(case.expected, Returned)
    difference = compare_part(case.expected.value, got, check)
    return None if difference is None else difference_fault(difference, check)


# --- answers ---------------------------------------------------------------------------------------------------------


def _form(got: Value, *, shown_back: bool) -> Fault | None:
    if read_answer(got) is None:
        params: dict[str, JSON] = {"got": shown(got, 80)} if shown_back else {}
        return Fault(verdict=Verdict.WRONG_ANSWER, code="answer.unreadable", params=params)
    return None


def _answer(check: CheckKey, case: Case, got: Value) -> Fault | None:
    """Judge an answer. An expected value that is neither a shape nor an error is compared as any value is."""
    assert isinstance(case.expected, Returned)
    want, have = read_answer(case.expected.value), read_answer(got)
    if want is None:
        difference = compare_part(case.expected.value, got, check)
        return None if difference is None else Fault(verdict=Verdict.WRONG_ANSWER, code="answer.wrong")
    if want == have:
        return None
    return Fault(verdict=Verdict.WRONG_ANSWER, code="answer.unreadable" if have is None else "answer.wrong")


# --- special kinds ---------------------------------------------------------------------------------------------------


def _unchanged(check: CheckKey, case: Case, got: Returned) -> Fault | None:
    """Judge whether arguments were left alone, by a function that does something: its result has the right form."""
    assert isinstance(check.kind, Unchanged)
    formal = replace(check, compare=replace(check.compare, shape_only=True))
    fault = _value(formal, case, got.value)
    if fault is not None:
        return fault
    spoiled = [position for position in got.changed if not check.kind.arguments or position in check.kind.arguments]
    return Fault(verdict=Verdict.WRONG_ANSWER, code="changed.argument") if spoiled else None


def _measurable(check: CheckKey, case: Case, got: Value) -> Fault | None:
    """Judge whether a value is right, where the time that it took is what matters.

    The last digits are other checks' matter: over as many examples as here, 32-bit floats keep few of them.
    """
    coarse = replace(check.compare, rtol=FLOAT32[0], atol=FLOAT32[1])
    fault = _value(replace(check, compare=coarse), case, got)
    return None if fault is None else Fault(verdict=fault.verdict, code="loop.values")


def _no_loop(kind: NoLoop, check: CheckKey, question: QuestionKey, outcomes: Sequence[Outcome]) -> Faults:
    """Judge how the work grows from the small case to the large; a wrong result earns nothing by being quick."""
    faults = _each(check, question, outcomes, lambda case, got: _measurable(check, case, got.value))
    if faults:
        return faults
    if len(check.cases) != 2:
        return {check.cases[0]: internal_error("a check for loops has a small case and a large one")}
    pairs = _measured(check, question, outcomes)
    # Where the reference raises there is nothing to measure.
    return {check.cases[1]: loop_fault()} if pairs is not None and loops(kind, *pairs) else {}


def _measured(
    check: CheckKey, question: QuestionKey, outcomes: Sequence[Outcome]
) -> tuple[tuple[Returned, Returned], tuple[Returned, Returned], int] | None:
    """Return the reference's two measurements, the student's, and by how many entries their inputs differ."""
    small, large = (question.cases[position] for position in check.cases)
    ours, theirs = (small.expected, large.expected), tuple(outcomes[position] for position in check.cases)
    measured = [outcome for outcome in (*ours, *theirs) if isinstance(outcome, Returned)]
    if len(measured) != 4:
        return None
    return (measured[0], measured[1]), (measured[2], measured[3]), growth_in_entries(small.args, large.args)


def is_clear(question: QuestionKey, outcomes: Sequence[Outcome]) -> bool:
    """Whether all that was measured comes to the same by half the time as well, and by twice as much."""
    for check in question.checks:
        if isinstance(check.kind, NoLoop) and (pairs := _measured(check, question, outcomes)) is not None:
            ours, theirs, _ = pairs
            if not (surely_none(*pairs) or takes_steps(check.kind, ours, theirs)):
                return False
    return True


def enough_of(question: QuestionKey) -> dict[int, tuple[int | None, float]]:
    """Return, by position of a measured case, how exactly it is worth measuring: see `loops.enough`."""
    found: dict[int, tuple[int | None, float]] = {}
    shared: set[int] = set()
    for check in question.checks:
        if not isinstance(check.kind, NoLoop) or len(check.cases) != 2:
            continue
        small, large = (question.cases[position] for position in check.cases)
        if isinstance(small.expected, Returned) and isinstance(large.expected, Returned):
            entries = growth_in_entries(small.args, large.args)
            steps, seconds = enough(check.kind, (small.expected, large.expected), entries)
            shared |= set(check.cases) & set(found)
            found |= dict(zip(check.cases, ((None, seconds), (steps, seconds)), strict=True))
    return {position: each for position, each in found.items() if position not in shared}


def _slope(kind: Slope, check: CheckKey, question: QuestionKey, outcomes: Sequence[Outcome]) -> Faults:
    """Judge the student's gradient against the slope of the student's own cost."""
    faults = _each(check, question, outcomes, lambda _, got: has_cost(kind, got.value))
    if faults:
        return faults
    cases = [question.cases[position] for position in check.cases]
    for base in bases(cases, kind.argument):
        if base.last >= len(cases):
            return {check.cases[base.at]: internal_error("a check of slopes lacks some of its cases")}
        fault = slope_fault(kind, base, cases, [outcomes[position] for position in check.cases])
        if fault is not None:
            return {check.cases[base.at]: fault}
    return {}
