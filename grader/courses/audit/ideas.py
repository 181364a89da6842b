"""Misconceptions as programs would show them: their outcomes on every case of a key."""

from __future__ import annotations

from dataclasses import dataclass

from grader.authoring import Question
from grader.courses.cases import Draft
from grader.courses.naming import is_answer, misconception_name, question_name
from grader.courses.references import LoadedAssignment, quietly
from grader.courses.variants import as_outcome, outcome_of, variant_of
from grader.model import Outcome, QuestionKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """A misconception with its outcome on each case of the question."""

    name: str
    outcomes: tuple[Outcome, ...]


def ideas_of(loaded: LoadedAssignment, question: Question, key: QuestionKey) -> tuple[Idea, ...]:
    """Call every misconception of a question on the cases of its key."""
    graded = {
        question_name(each): loaded.reference.namespace[question_name(each)]
        for each in loaded.assignment.questions
        if not is_answer(each)
    }
    ideas = []
    with quietly():
        for each in question.misconceptions:
            outcomes: list[Outcome] = []
            if is_answer(question):
                outcomes = [as_outcome(each.value)] * len(key.cases)
            else:
                function = variant_of(each, question, loaded.reference)
                for case in key.cases:
                    known = case.variants.get(misconception_name(each))
                    draft = Draft(args=case.args, scenario=case.scenario, seed=case.seed)
                    outcomes.append(known if known is not None else outcome_of(function, draft, graded))
            ideas.append(Idea(name=misconception_name(each), outcomes=tuple(outcomes)))
    return tuple(ideas)
