"""Answer keys: the cases of an assignment with the reference's outcomes and those of every misconception.

What only shows when the reference and the misconceptions are called is found here, and told all at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from grader.authoring import Assignment, Check, Misconception, Question, Unchanged, Values, Visibility
from grader.courses.case_faults import part_faults, path_of, variant_faults
from grader.courses.cases import Draft, Plan, fresh, plan_cases
from grader.courses.codec import encode
from grader.courses.finding import CHECKS, REFERENCE
from grader.courses.naming import ENOUGH_CASES, is_answer, misconception_name, points_of, question_name
from grader.courses.references import LoadedAssignment, describe, quietly
from grader.courses.variants import Function, as_outcome, outcome_of, variant_of
from grader.courses.versions import with_versions
from grader.errors import CourseError
from grader.judging.measuring import measure
from grader.model import (
    AnswerKey,
    Case,
    Cell,
    CheckKey,
    MisconceptionKey,
    Outcome,
    Program,
    QuestionKey,
    Raised,
    Returned,
)
from grader.saying import say

TRIAL = b"trial"
"""The secret under which an assignment is looked over when it has other faults already."""


def answer_key(loaded: LoadedAssignment, secret: bytes) -> AnswerKey:
    """Return the instructor's key of an assignment. The same secret gives the same cases on every machine.

    Raises CourseError with every fault that shows when the reference and the misconceptions are called.
    """
    key, faults = _build(loaded, secret, frozenset())
    if faults:
        raise CourseError(faults)
    return key


def key_faults(loaded: LoadedAssignment, *, without: frozenset[str]) -> tuple[str, ...]:
    """Return the faults that show when things are called, leaving out the questions named."""
    return _build(loaded, TRIAL, without)[1]


def _build(loaded: LoadedAssignment, secret: bytes, without: frozenset[str]) -> tuple[AnswerKey, tuple[str, ...]]:
    assignment, reference = loaded.assignment, loaded.reference
    graded = {
        question_name(each): reference.namespace[question_name(each)]
        for each in assignment.questions
        if not is_answer(each) and callable(reference.namespace.get(question_name(each)))
    }
    keys: list[QuestionKey] = []
    faults: list[str] = []
    with quietly():
        for question in assignment.questions:
            if question_name(question) in without:
                continue
            maker = _QuestionMaker(loaded, question, graded, secret)
            keys.append(maker.key())
            faults += [
                say("{folder}: question {maker}: {fault}", folder=loaded.folder / CHECKS, maker=maker.name, fault=fault)
                for fault in maker.faults
            ]
    key = AnswerKey(
        assignment=assignment.slug,
        title=assignment.title or assignment.slug,
        questions=tuple(keys),
        version="",
        reference=Program(cells=(Cell(source=reference.loaded_source),)),
        catalogue=loaded.catalogue,
    )
    if faults:
        return key, tuple(faults)
    return with_versions(key, reference.definitions, loaded.digest), ()


class _QuestionMaker:
    """Makes the key of one question and gathers its faults."""

    def __init__(
        self, loaded: LoadedAssignment, question: Question, graded: Mapping[str, Function], secret: bytes
    ) -> None:
        self.loaded = loaded
        self.question = question
        self.graded = graded
        self.name = question_name(question)
        self.function = graded.get(self.name)
        self.faults: list[str] = []
        self.plan: Plan = plan_cases(question, loaded.assignment.slug, self.function, secret)
        self.faults += self.plan.faults
        # Misconceptions are matched where values are compared; moved and measured cases are not for them.
        self.compared = frozenset(
            position
            for check, positions in zip(question.checks, self.plan.positions, strict=True)
            if isinstance(check.kind, Values)
            for position in positions
        )

    def key(self) -> QuestionKey:
        """Call everything once a case and put the key together."""
        expected = [self._expected(draft) for draft in self.plan.drafts]
        variants = {misconception_name(each): self._variant(each) for each in self.question.misconceptions}
        sound = not self.faults
        cases = tuple(
            Case(
                args=draft.args,
                expected=expected[n],
                variants={name: got for name, each in variants.items() if each and (got := each[n]) is not None},
                measured=draft.measured,
                scenario=draft.scenario,
                seed=draft.seed,
                visibility=Visibility.PUBLIC if draft.public else Visibility.HIDDEN,
            )
            for n, draft in enumerate(self.plan.drafts)
        )
        checks = tuple(map(_check_key, self.question.checks, self.plan.positions))
        for check in checks:
            self.faults += part_faults(check, cases, self.plan)
        if sound and not self.faults:
            for name in variants:
                self.faults += variant_faults(name, cases, checks, 1 if is_answer(self.question) else ENOUGH_CASES)
        assignment: Assignment = self.loaded.assignment
        return QuestionKey(
            name=self.name,
            kind="answer" if is_answer(self.question) else "function",
            title=self.question.title or self.name,
            aliases=self.question.aliases,
            parameters=() if is_answer(self.question) else self.loaded.reference.parameters(self.name),
            uses=self.question.uses,
            stub=self.loaded.reference.stubs.get(self.name, ""),
            dims=dict(self.question.dims),
            cases=cases,
            checks=checks,
            misconceptions=tuple(
                MisconceptionKey(name=misconception_name(each), hint=each.hint) for each in self.question.misconceptions
            ),
            limits=self.question.limits or assignment.limits,
        )

    def _expected(self, draft: Draft) -> Outcome:
        """Return the reference's outcome; an exception or a value that can't travel is a fault."""
        if self.function is None:
            outcome = as_outcome(self.loaded.reference.namespace[self.name])
        else:
            outcome = outcome_of(self.function, draft, self.graded)
        if isinstance(outcome, Raised):
            what = f"{outcome.type}: {outcome.message}".rstrip(": ")
            self.faults.append(
                say(
                    "{origin}: the reference raises {what}: mend {reference}, or don't call it with this",
                    origin=draft.origin,
                    what=what,
                    reference=REFERENCE,
                )
            )
        elif not isinstance(outcome, Returned):
            self.faults.append(
                say(
                    "{origin}: the reference returns what can't be compared ({kind}): return numbers, "
                    "text, lists, tuples, dicts or arrays",
                    origin=draft.origin,
                    kind=getattr(outcome, "type", "?"),
                )
            )
        elif draft.measured and self.function is not None:
            steps, cpu = measure(self.function, draft.args)
            outcome = replace(outcome, steps=steps, cpu=cpu)
        elif self.function is not None and any(isinstance(check.kind, Unchanged) for check in self.question.checks):
            outcome = replace(outcome, changed=_changed(self.function, draft))
        return outcome

    def _variant(self, misconception: Misconception) -> tuple[Outcome | None, ...]:
        """Return a misconception's outcomes: None for a case where no values are compared; () where it can't run."""
        if self.function is None:
            return (as_outcome(misconception.value),)
        label = say("misconception {name!r}", name=misconception_name(misconception))
        try:
            function = variant_of(misconception, self.question, self.loaded.reference)
        except Exception as error:
            self.faults.append(
                say("{label}: its edited source {what}: mend the edit", label=label, what=describe(error, ""))
            )
            return ()
        return tuple(
            outcome_of(function, draft, self.graded) if position in self.compared else None
            for position, draft in enumerate(self.plan.drafts)
        )


def _check_key(check: Check, positions: tuple[int, ...]) -> CheckKey:
    return CheckKey(
        name=check.name,
        points=points_of(check),
        visibility=Visibility(check.visibility),
        cases=positions,
        kind=check.kind,
        part=path_of(check.part),
        compare=check.compare,
        shape=check.shape,
    )


def _changed(function: Function, draft: Draft) -> tuple[int, ...]:
    """Return the positions of the arguments that a call changes in place."""
    if draft.scenario is not None:
        return ()
    own = fresh(draft.args)
    function(*own)
    pairs = enumerate(zip(draft.args, own, strict=True))
    return tuple(position for position, (before, after) in pairs if encode(before) != encode(after))
