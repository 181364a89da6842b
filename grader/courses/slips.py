"""Slips: the reference with one small mistake in it, and what kind of mistake that is, to tell students theirs by.

They are the audit's mutants, under the kinds that a sentence can name (`grader.reports.phrases.slips`).
"""

from __future__ import annotations

from grader.courses.audit.programs import mutants_of
from grader.courses.naming import is_answer, question_name
from grader.courses.references import LoadedAssignment
from grader.judging.slips import Slip

KINDS = {
    "accumulation": "accumulation",
    "added term": "added",
    "arithmetic": "operation",
    "axis": "axis",
    "comparison": "comparison",
    "condition": "condition",
    "constant": "constant",
    "dropped .T": "transpose",
    "dropped call": "call",
    "dropped ddof": "option",
    "dropped dtype": "option",
    "dropped initial": "option",
    "dropped keepdims": "keepdims",
    "dropped ord": "option",
    "dropped statement": "step",
    "dropped term": "term",
    "dtype": "precision",
    "early end": "early",
    "early return": "early",
    "function": "function",
    "in place": "in_place",
    "loop bound": "rounds",
    "moved into the loop": "inside",
    "moved out of the loop": "outside",
    "product": "product",
    "sign": "sign",
    "stale value": "stale",
    "swapped arguments": "arguments",
    "swapped statements": "sequence",
    "swapped values": "swapped",
    "wrong name": "name",
}
"""The operators of the audit, and the kind of slip that each makes."""


def slips_of(loaded: LoadedAssignment, name: str) -> tuple[Slip, ...]:
    """Return every slip that can be made in the reference's function of a question, each under a name of its own."""
    question = next(each for each in loaded.assignment.questions if question_name(each) == name)
    if is_answer(question):
        return ()
    opening = f"def {name}("
    return tuple(
        Slip(
            kind=KINDS[mutant.operator],
            source=mutant.source.replace(opening, f"def {name}__slip_{number}(", 1),
            name=f"{name}__slip_{number}",
        )
        for number, mutant in enumerate(mutants_of(loaded, question))
        if mutant.operator in KINDS and mutant.source.startswith(opening)
    )
