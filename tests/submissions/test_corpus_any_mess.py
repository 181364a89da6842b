"""A whole solution in random mess has full marks; with a fault in it, it loses what it loses without the mess."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from corpus_grading import keys, lost, submission
from corpus_mess import TASKS, Task, handed_in, wrapped
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.grading import grade
from grader.sandbox import open_sandbox
from grader.sandbox.protocol import Sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("auto") as opened:
        yield opened


def losses(task: Task, name: str, data: bytes, sandbox: Sandbox) -> dict[str, Decimal]:
    return lost(grade(submission(Path(name), data, assignment=task.slug), keys(), sandbox))


@cache
def losses_without_mess(task_number: int, fault: int) -> dict[str, Decimal]:
    task = TASKS[task_number]
    solution = task.with_fault(fault)
    plain = (True, [""] * len(solution), [0] * len(solution))
    name, data = handed_in(solution, plain, range(len(solution)), (None, None), "\n")
    with open_sandbox("auto") as sandbox:
        return losses(task, name, data, sandbox)


@pytest.mark.parametrize("number", range(len(TASKS)), ids=[task.slug for task in TASKS])
def test_each_fault_costs_points_of_its_own_question(number: int) -> None:
    task = TASKS[number]
    for at, (name, _, _) in enumerate(task.faults):
        assert set(losses_without_mess(number, at)) == {name}


@pytest.mark.parametrize("number", range(len(TASKS)), ids=[task.slug for task in TASKS])
@settings(max_examples=20)
@given(data=st.data())
def test_mess_costs_nothing_and_hides_nothing(number: int, sandbox: Sandbox, data: st.DataObject) -> None:
    task = TASKS[number]
    mess = data.draw(wrapped(task))
    is_notebook = mess[0]
    order = data.draw(st.permutations(range(len(task.solution)))) if is_notebook else range(len(task.solution))
    ending = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    fault = data.draw(st.integers(0, len(task.faults) - 1))
    question = data.draw(st.sampled_from(sorted(task.solution)))
    wrong_before = data.draw(st.booleans())
    blank_after = data.draw(st.booleans())
    before = task.with_fault(fault)[task.faults[fault][0]] if wrong_before else None
    after = blanked(task.solution[question]) if blank_after else None

    name, right = handed_in(task.solution, mess, order, (before, after), ending)
    assert losses(task, name, right, sandbox) == {}, right.decode()
    name, wrong = handed_in(task.with_fault(fault), mess, order, (None, after), ending)
    assert losses(task, name, wrong, sandbox) == losses_without_mess(number, fault), wrong.decode()


def blanked(source: str) -> str:
    """Return a later copy of a function that nobody has written yet."""
    start = source.index("def ")
    head = source[start:].partition(":\n")[0]
    return f"{head}:\n    ### START CODE HERE ###\n    result = None\n    ### END CODE HERE ###\n    return result"
