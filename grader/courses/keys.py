"""Answer keys: the cases of an assignment with the reference's outcomes and those of every misconception.

What only shows when the reference and the misconceptions are called is found here, and told all at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.authoring import Assignment, Check, Misconception, Question, Unchanged, Values, Visibility
from grader.courses.case_faults import comes_by_chance, part_faults, path_of, variant_faults
from grader.courses.cases import Draft, Plan, fresh, plan_cases
from grader.courses.codec import encode
from grader.courses.finding import CHECKS, REFERENCE
from grader.courses.naming import ENOUGH_CASES, is_answer, misconception_name, points_of, question_name
from grader.courses.references import LoadedAssignment, describe, quietly
from grader.courses.surroundings import surroundings
from grader.courses.variants import Function, as_outcome, outcome_of, variant_of
from grader.courses.versions import own_version, with_versions
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
from grader.shelf import Sheet, Shelf

TRIAL = b"trial"
"""The secret under which an assignment is looked over when it has other faults already."""


def answer_key(loaded: LoadedAssignment, secret: bytes, shelf: Shelf | None = None) -> AnswerKey:
    """Return the instructor's key of an assignment. The same secret gives the same cases on every machine.

    What the misconceptions came to is on the `shelf` from an earlier run, where there is one.
    Raises CourseError with every fault that shows when the reference and the misconceptions are called.
    """
    key, faults = _build(loaded, secret, frozenset(), shelf)
    if faults:
        raise CourseError(faults)
    return key


def key_faults(loaded: LoadedAssignment, *, without: frozenset[str]) -> tuple[str, ...]:
    """Return the faults that show when things are called, leaving out the questions named."""
    return _build(loaded, TRIAL, without)[1]


def _build(
    loaded: LoadedAssignment, secret: bytes, without: frozenset[str], shelf: Shelf | None = None
) -> tuple[AnswerKey, tuple[str, ...]]:
    assignment, reference = loaded.assignment, loaded.reference
    graded = {
        question_name(each): reference.namespace[question_name(each)]
        for each in assignment.questions
        if not is_answer(each) and callable(reference.namespace.get(question_name(each)))
    }
    keys: list[QuestionKey] = []
    faults: list[str] = []
    versions: dict[str, str] = {}
    around = surroundings(loaded) if shelf is not None else None
    with quietly():
        for question in assignment.questions:
            if question_name(question) in without:
                continue
            maker = _QuestionMaker(loaded, question, graded, secret)
            made, versions[maker.name] = maker.key(shelf, around)
            keys.append(made)
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
    return with_versions(key, versions), ()


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
        self._raised: dict[str, dict[str, None]] = {}
        """What the reference raised, with the cases in which it did."""
        self.plan: Plan = plan_cases(question, loaded.assignment.slug, self.function, secret)
        self.faults += self.plan.faults
        # Misconceptions are matched where values are compared; moved and measured cases are not for them.
        self.compared = frozenset(
            position
            for check, positions in zip(question.checks, self.plan.positions, strict=True)
            if isinstance(check.kind, Values)
            for position in positions
        )

    def key(self, shelf: Shelf | None = None, around: str | None = None) -> tuple[QuestionKey, str]:
        """Call everything once a case and put the key together, with its version; `around` is as `surroundings` says.

        The reference is called in every run: its answers are among what the misconceptions' are known by.
        """
        expected = [self._expected(draft) for draft in self.plan.drafts]
        self._tell_what_it_raises()
        sound = not self.faults
        name = sheet = None
        if shelf is not None and around is not None and sound:
            name = shelf.name("key", around, self.name, list(map(_known_by, self.plan.drafts, expected)))
            sheet = shelf.take(name)
        variants = (
            sheet.outcomes
            if sheet
            else {misconception_name(each): self._variant(each) for each in self.question.misconceptions}
        )
        cases = tuple(
            Case(
                args=draft.args,
                expected=expected[n],
                variants={each: got[n] for each, got in variants.items() if n in got},
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
        self._call_again(expected, checks)
        if sheet is None and sound and not self.faults:
            for each in variants:
                self.faults += variant_faults(each, cases, checks, 1 if is_answer(self.question) else ENOUGH_CASES)
        assignment: Assignment = self.loaded.assignment
        made = QuestionKey(
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
        if sheet is not None:
            return made, sheet.texts[0]
        if self.faults:
            return made, ""
        version = own_version(made, self.loaded.reference.definitions.get(self.name, ""), self.loaded.digest)
        if shelf is not None:
            shelf.put(name, Sheet(texts=(version,), outcomes=variants))
        return made, version

    def _expected(self, draft: Draft) -> Outcome:
        """Return the reference's outcome; an exception or a value that can't travel is a fault."""
        if self.function is None:
            outcome = as_outcome(self.loaded.reference.namespace[self.name])
        else:
            outcome = outcome_of(self.function, draft, self.graded)
        if isinstance(outcome, Raised):
            self._raised.setdefault(f"{outcome.type}: {outcome.message}".rstrip(": "), {})[draft.origin] = None
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

    def _tell_what_it_raises(self) -> None:
        for what, (first, *others) in self._raised.items():
            origin = say("{first}, and {count} more", first=first, count=len(others)) if others else first
            self.faults.append(
                say(
                    "{origin}: the reference raises {what}: mend {reference}, or don't call it with this",
                    origin=origin,
                    what=what,
                    reference=REFERENCE,
                )
            )

    def _call_again(self, expected: Sequence[Outcome], checks: Sequence[CheckKey]) -> None:
        """Call the reference once more: what it returns by chance can't be what others are compared with."""
        if self.faults or self.function is None:
            return
        again: dict[int, Outcome] = {}
        for check in checks:
            if not isinstance(check.kind, Values) or check.compare.shape_only:
                continue
            position = check.cases[0]
            draft = self.plan.drafts[position]
            if position not in again:
                again[position] = outcome_of(self.function, draft, self.graded)
            if comes_by_chance(check, expected[position], again[position]):
                self.faults.append(
                    say(
                        "check {check!r}: {origin}: what the reference returns is something else when it is called "
                        "again, so that marks would be by chance: have it draw from a generator with a seed, as in "
                        "np.random.default_rng(0)",
                        check=check.name,
                        origin=draft.origin,
                    )
                )
                return

    def _variant(self, misconception: Misconception) -> Mapping[int, Outcome]:
        """Return a misconception's outcomes by position of the case, where values are compared; {} if it can't run."""
        if self.function is None:
            return {0: as_outcome(misconception.value)}
        label = say("misconception {name!r}", name=misconception_name(misconception))
        try:
            function = variant_of(misconception, self.question, self.loaded.reference)
        except (Exception, SystemExit) as error:
            self.faults.append(
                say("{label}: its edited source {what}: mend the edit", label=label, what=describe(error, ""))
            )
            return {}
        return {
            position: outcome_of(function, draft, self.graded)
            for position, draft in enumerate(self.plan.drafts)
            if position in self.compared
        }


def _known_by(draft: Draft, expected: Outcome) -> tuple[object, ...]:
    """Return what a case is known by; what was measured is measured anew in every run."""
    if isinstance(expected, Returned):
        expected = replace(expected, steps=None, cpu=None)
    return draft.args, draft.scenario, draft.seed, draft.measured, draft.public, expected


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
