"""What can be wrong with an assignment as it is written, found before anything is called.

Every fault names the file, the question and the check, and says what to do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from grader.authoring import (
    Assignment,
    Form,
    Question,
    Slope,
    Unchanged,
    Values,
    Visibility,
)
from grader.courses.check_faults import check_faults, faults_within, misconception_faults
from grader.courses.finding import CHECKS, REFERENCE, suggestion
from grader.courses.naming import ENOUGH_CASES, is_answer, misconception_name, parameters_of, points_of, question_name
from grader.courses.references import Absent, Reference
from grader.courses.regions import BEGIN
from grader.saying import say

SLUG = re.compile(r"[a-z][a-z0-9_]*")
WHOLE = 100
"""The points of an assignment by convention."""


def find_faults(assignment: Assignment, reference: Reference, folder: Path) -> tuple[list[str], frozenset[str]]:
    """Return all faults, and the names of the questions that have one (they can't be looked at further)."""
    path = folder / CHECKS
    faults: list[str] = []
    if assignment.slug != folder.name or not SLUG.fullmatch(assignment.slug):
        faults.append(
            say(
                "{path}: the slug {assignment!r} must be the folder's name {name!r}, in small letters, "
                "digits and underscores",
                path=path,
                assignment=assignment.slug,
                name=folder.name,
            )
        )
    if not assignment.questions:
        faults.append(say("{path}: there are no questions: add a Question to `questions`", path=path))
    names = [question_name(question) for question in assignment.questions]
    sick: set[str] = set()
    for name, times in Counter(names).items():
        if times > 1:
            faults.append(
                say(
                    "{path}: question {name}: there are {times} questions of this name: keep one",
                    path=path,
                    name=name,
                    times=times,
                )
            )
            sick.add(name)
    for question in assignment.questions:
        name = question_name(question)
        found = list(_faults_of(question, reference, assignment))
        faults += [say("{path}: question {name}: {fault}", path=path, name=name, fault=fault) for fault in found]
        if found or isinstance(question.target, Absent):
            sick.add(name)
    return faults, frozenset(sick)


def _faults_of(question: Question, reference: Reference, assignment: Assignment) -> Iterator[str]:
    """Say all that is wrong with a question, its checks and its misconceptions."""
    yield from _question_faults(question, reference, assignment)
    yield from _uses_faults(question, assignment)
    yield from faults_within(
        question,
        lambda check: check_faults(check, question, reference),
        lambda misconception: misconception_faults(misconception, question, reference),
    )


def find_warnings(assignment: Assignment, folder: Path) -> tuple[str, ...]:
    """Return what an author may want to look at, in an assignment without faults."""
    path = folder / CHECKS
    warnings: list[str] = []
    total = sum((points_of(check) for question in assignment.questions for check in question.checks), Decimal(0))
    if total != WHOLE:
        warnings.append(
            say("{path}: the points add up to {total}, not to {whole}", path=path, total=total, whole=WHOLE)
        )
    for question in assignment.questions:
        public = sum(len(check.examples) for check in question.checks if check.visibility == Visibility.PUBLIC)
        if question.misconceptions and not is_answer(question) and public < ENOUGH_CASES:
            warnings.append(
                say(
                    "{path}: question {question_name}: with {public} public example(s) a student's own run "
                    "can't name a misconception: give it {enough_cases}",
                    path=path,
                    question_name=question_name(question),
                    public=public,
                    enough_cases=ENOUGH_CASES,
                )
            )
    return tuple(warnings)


def _question_faults(question: Question, reference: Reference, assignment: Assignment) -> Iterator[str]:
    yield from _target_faults(question, reference)
    yield from _naming_faults(question, assignment)
    yield from _kind_faults(question)
    yield from _dims_faults(question, reference)


def _target_faults(question: Question, reference: Reference) -> Iterator[str]:
    name = question_name(question)
    if is_answer(question):
        if name not in reference.namespace:
            yield say(
                "the reference has no answer of this name: write `{name} = …` in {reference}, or mend the name",
                name=name,
                reference=REFERENCE,
            )
        elif name not in reference.stubs:
            yield say(
                "its answer is in no solution region: put `{begin}` and its end around `{name} = …` in {reference}",
                begin=BEGIN,
                name=name,
                reference=REFERENCE,
            )
    elif isinstance(question.target, Absent):
        return  # told where checks.py asks for it
    elif name not in reference.definitions or not callable(reference.namespace.get(name)):
        yield (
            say(
                "the reference has no function of this name at its top level: define it in {reference}",
                reference=REFERENCE,
            )
            if name not in reference.namespace
            else say("it is no function defined with `def` in {reference}", reference=REFERENCE)
        )
    elif BEGIN not in reference.definitions[name]:
        yield say(
            "students would be given its solution: put `{begin}` and its end around it in {reference}",
            begin=BEGIN,
            reference=REFERENCE,
        )


def _naming_faults(question: Question, assignment: Assignment) -> Iterator[str]:
    name = question_name(question)
    others = [other for other in assignment.questions if other is not question]
    for alias in question.aliases:
        if any(alias == question_name(other) or alias in other.aliases for other in others) or alias == name:
            yield say("the alias {alias!r} is the name of a question already: take it out", alias=alias)
    for label, times in Counter(check.name for check in question.checks).items():
        if times > 1:
            yield say("there are {times} checks named {label!r}: give each a name of its own", times=times, label=label)
    for label, times in Counter(misconception_name(each) for each in question.misconceptions).items():
        if times > 1 and label:
            yield say(
                "there are {times} misconceptions named {label!r}: give each a name of its own",
                times=times,
                label=label,
            )


def _kind_faults(question: Question) -> Iterator[str]:
    if not any(check.visibility == Visibility.PUBLIC for check in question.checks):
        yield say('there is no public check: give students one worked example with visibility="public"')
    kinds = [check.kind for check in question.checks if not isinstance(check.kind, (Form, Unchanged))]
    if any(isinstance(kind, Slope) for kind in kinds) and not any(isinstance(kind, Values) for kind in kinds):
        yield say("a slope must not be the only check: a wrong cost has a slope too; add a check of the values")


def _dims_faults(question: Question, reference: Reference) -> Iterator[str]:
    name = question_name(question)
    if not question.dims or name not in reference.definitions:
        return
    parameters = parameters_of(reference, name)
    dims: Mapping[str, tuple[Any, Any]] = question.dims
    for size, (argument, axis) in dims.items():
        if argument not in parameters:
            yield say(
                "dims: {size!r} is a size of {argument!r}, which is no parameter. {suggestion}",
                size=size,
                argument=argument,
                suggestion=suggestion(argument, parameters),
            )
        elif not isinstance(axis, int):
            yield say("dims: {size!r}: the axis is a number, not {axis!r}", size=size, axis=axis)


def _uses_faults(question: Question, assignment: Assignment) -> Iterator[str]:
    graded = {question_name(each): each for each in assignment.questions}
    name = question_name(question)
    for used in question.uses:
        if used == name:
            yield say("uses: a question can't use itself: take its name out")
        elif used not in graded:
            yield say(
                "uses: {used!r} is no question of this assignment. {suggestion}",
                used=used,
                suggestion=suggestion(used, graded),
            )
    path, seen = [name], {name}
    if _leads_back(graded, name, path, seen):
        yield say("uses: goes round in a circle: {names}: take one of them out", names=" → ".join(path))


def _leads_back(graded: dict[str, Question], start: str, path: list[str], seen: set[str]) -> bool:
    """Follow `uses` from the end of `path`; leave in it the way back to `start`, if there is one."""
    for used in graded[path[-1]].uses:
        if used == start and len(path) > 1:
            path.append(used)
            return True
        if used in graded and used not in seen:
            seen.add(used)
            path.append(used)
            if _leads_back(graded, start, path, seen):
                return True
            path.pop()
    return False
