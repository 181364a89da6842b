"""What the class holds: known misconceptions with how many students, and wrong outputs that match none, gathered by
how they are wrong, so that an author can name a new misconception."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from grader.model import JSON, CheckResult, QuestionResult, Result, Verdict
from grader.reports.similarity import Written

Code = Callable[[Result, str, bool], str | None]
"""Returns the code of one question in a submission, perhaps without comments, where the files are at hand."""
_PLACES = frozenset({"place", "cell", "line", "column", "lines", "input", "mismatches", "message", "printed", "fresh"})
"""Parameters that tell one student's case from another's, and not one mistake from another."""
LEAST_CLUSTER = 2
SHOWN_CLUSTERS = 15
MOST_FAILING = 4
VAGUE = "values.differ"
_UNMATCHED = (Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A misconception that students hold: in which question, how many of how many, the hint, one example."""

    question: str
    name: str
    hint: str
    students: int
    of: int
    example: CheckResult
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Outputs that are wrong in one way and match no misconception; `failing` are the checks most of them fail."""

    question: str
    students: int
    of: int
    example: CheckResult
    failing: tuple[str, ...]
    code: str | None = None


def misconceptions(results: Sequence[Result], code: Code) -> list[Held]:
    """Return the misconceptions that are held, the most widespread first.

    The example is that of the student who got the most right otherwise: the one mistake stands alone there.
    """
    found: dict[tuple[str, str], list[tuple[Result, CheckResult]]] = defaultdict(list)
    for result in results:
        for question in result.questions:
            # Of each, the first check that says more than that numbers are wrong, else the first.
            held: dict[str, CheckResult] = {}
            for check in sorted(question.checks, key=lambda check: check.code == VAGUE):
                if check.misconception:
                    held.setdefault(check.misconception, check)
            for name, check in held.items():
                found[question.name, name].append((result, check))
    held_by = [
        Held(
            question=question,
            name=name,
            hint=check.hint or "",
            students=len(students),
            of=len(results),
            example=check,
            code=code(result, question, True),
        )
        for (question, name), students in found.items()
        for result, check in [_clearest(students)]
    ]
    return sorted(held_by, key=lambda held: (-held.students, held.question, held.name))


def clusters(results: Sequence[Result], code: Code) -> tuple[list[Cluster], int]:
    """Return what is wrong in unknown ways, by how, the largest first; and how many more students are by themselves."""
    found: dict[tuple[str, str, str], list[tuple[Result, CheckResult]]] = defaultdict(list)
    failing: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for result in results:
        for question in result.questions:
            if wrong := unmatched(question):
                # The first check that fails tells how; what fails after it, and how, often follows from it.
                key = (question.name, *kind_of(wrong[0]))
                found[key].append((result, wrong[0]))
                failing[key].update(check.name for check in wrong)
    several = {key: students for key, students in found.items() if len(students) >= LEAST_CLUSTER}
    ordered = sorted(several.items(), key=lambda item: (-len(item[1]), item[0]))[:SHOWN_CLUSTERS]
    shown = [
        Cluster(
            question=key[0],
            students=len(students),
            of=len(results),
            example=check,
            failing=tuple(name for name, _ in failing[key].most_common(MOST_FAILING)),
            code=code(result, key[0], True),
        )
        for key, students in ordered
        for result, check in [_clearest(students)]
    ]
    return shown, sum(map(len, found.values())) - sum(each.students for each in shown)


def unmatched(question: QuestionResult) -> list[CheckResult]:
    """Return the checks that are wrong and match no misconception; none where one of the question's matches.

    A question that earns its points with what it builds on put right is not wrong itself.
    """
    if question.follow_through or any(check.misconception for check in question.checks):
        return []
    return [check for check in question.checks if check.verdict in _UNMATCHED]


def kind_of(check: CheckResult) -> tuple[str, str]:
    """Return how a check is wrong: its code, and its parameters without what is particular to one file."""
    kinds = [f"{name}={_kind(value)}" for name, value in sorted(check.params.items()) if name not in _PLACES]
    return check.code, ", ".join(kinds)


def _kind(value: JSON) -> str:
    """Return a value where it is a word, and what kind it is where it is a number that differs from file to file."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return str(value)[:60]
    if isinstance(value, list):
        return f"[{len(value)}]"
    return type(value).__name__


def _clearest(students: Iterable[tuple[Result, CheckResult]]) -> tuple[Result, CheckResult]:
    # By content and not by name among equals: the example is nobody's in particular.
    return max(students, key=lambda pair: (pair[0].score or 0, pair[0].sha256))


def written(results: Sequence[Result]) -> dict[str, list[Written]]:
    """Return what `similarity.worth_a_look` looks at: each question's fingerprints, one a student."""
    found: dict[str, list[Written]] = defaultdict(list)
    for result in results:
        for question in result.questions:
            numbers = result.fingerprints.get(question.name, ())
            wrong = question.score != question.points
            found[question.name].append(Written(student=result.student, numbers=tuple(numbers), wrong=wrong))
    return dict(found)
