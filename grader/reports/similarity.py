"""Code that is alike beyond what chance and the template explain: worth a person's look, never a verdict, never a mark.

A fingerprint is the set of a function's subtree numbers (`sandbox.loader.fingerprints`: names left out, the template
subtracted). What many in the class write tells nothing; what two write, out of hundreds, does. So every number weighs
log(n / students who have it), and only rare ones are looked up: an index from number to students finds the pairs that
share some, and no two students are compared who share none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

RARE_STUDENTS = 6
RARE_SHARE = 0.02
"""A number is rare that at most so many students have, or that share of the class where it is more."""
LEAST_SHARED = 8
"""How many rare numbers of one question two students must share: what is shorter, honest people write alike."""
LEAST_ALIKE = 0.6
"""The least share of both functions' weight that is common to them."""
LEAST_WEIGHT = 20.0
LEAST_CLASS = 10
"""In a smaller class nothing can be told to be rare."""
WRONG = 2.0
"""How much more what is alike and wrong weighs: there is one way to be right, and many to be wrong."""
LONGEST_INDEX = 40
"""Distinct ways of writing that may share a rare number and still be paired: bounds the work, whatever comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One student's function: its fingerprint, and whether it was wrong."""

    student: str
    numbers: tuple[int, ...]
    wrong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """One question in which two or more students wrote alike. `same` says that their numbers are all the same."""

    question: str
    shared: int
    alike: float
    wrong: bool
    weight: float
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Students whose code is worth a look, with the questions that make it so, the weightiest first."""

    students: tuple[str, ...]
    questions: tuple[Alike, ...]

    @property
    def weight(self) -> float:
        """What to sort by: the sum over the questions."""
        return sum(each.weight for each in self.questions)


def worth_a_look(questions: Mapping[str, Sequence[Written]]) -> list[Look]:
    """Return the groups of students who wrote alike, the weightiest first.

    Who shares the very same form is one group; forms that are nearly the same make pairs of groups.
    """
    found: dict[tuple[str, ...], list[Alike]] = defaultdict(list)
    for question, written in questions.items():
        for students, alike in _of_question(question, written):
            found[students].append(alike)
    looks = [
        Look(students=students, questions=tuple(sorted(each, key=lambda a: (-a.weight, a.question))))
        for students, each in found.items()
    ]
    return sorted(looks, key=lambda look: (-look.weight, look.students))


def _of_question(question: str, written: Sequence[Written]) -> Iterable[tuple[tuple[str, ...], Alike]]:
    forms: dict[frozenset[int], list[Written]] = defaultdict(list)
    for each in written:
        if each.numbers:
            forms[frozenset(each.numbers)].append(each)
    if len(written) < LEAST_CLASS:
        return
    rare = max(RARE_STUDENTS, int(RARE_SHARE * len(written)))
    had: dict[int, int] = defaultdict(int)
    for form, authors in forms.items():
        for number in form:
            had[number] += len(authors)
    weights = {number: log(len(written) / count) for number, count in had.items()}
    ordered = list(forms)
    for form in ordered:
        if 2 <= len(forms[form]) <= rare:
            yield from _judged(question, forms[form], form, form, rare, had, weights)
    for one, other in _near(ordered, rare, had):
        authors = [*forms[ordered[one]], *forms[ordered[other]]]
        if len(authors) <= rare:
            yield from _judged(question, authors, ordered[one], ordered[other], rare, had, weights)


def _near(forms: Sequence[frozenset[int]], rare: int, had: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the pairs of forms that share enough rare numbers."""
    index: dict[int, list[int]] = defaultdict(list)
    for place, form in enumerate(forms):
        for number in form:
            if 2 <= had[number] <= rare:
                index[number].append(place)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for places in index.values():
        if len(places) <= LONGEST_INDEX:
            for pair in combinations(places, 2):
                shared[pair] += 1
    return sorted(pair for pair, count in shared.items() if count >= LEAST_SHARED)


def _judged(
    question: str,
    authors: Sequence[Written],
    one: frozenset[int],
    other: frozenset[int],
    rare: int,
    had: Mapping[int, int],
    weights: Mapping[int, float],
) -> Iterable[tuple[tuple[str, ...], Alike]]:
    common = one & other
    scarce = [number for number in common if had[number] <= rare]
    weight = sum(weights[number] for number in scarce)
    whole = sum(weights[number] for number in one | other)
    alike = sum(weights[number] for number in common) / whole if whole else 0.0
    wrong = all(each.wrong for each in authors)
    if wrong:
        weight *= WRONG
    if len(scarce) < LEAST_SHARED or alike < LEAST_ALIKE or weight < LEAST_WEIGHT:
        return
    students = tuple(sorted(each.student for each in authors))
    yield (
        students,
        Alike(question=question, shared=len(scarce), alike=alike, wrong=wrong, weight=weight, same=one == other),
    )
