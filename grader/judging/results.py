"""From outcomes to the result of a question, and the better of two runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from grader.authoring import Path, Values
from grader.judging.exceptions import place
from grader.judging.findings import Finding, given, internal_error
from grader.judging.misconceptions import match, matches_everywhere
from grader.judging.values import bytes_of
from grader.judging.verdicts import judge
from grader.model import (
    JSON,
    Case,
    CheckKey,
    CheckResult,
    Found,
    MisconceptionKey,
    Outcome,
    QuestionKey,
    QuestionResult,
    Verdict,
)

Ideas: TypeAlias = Mapping[Path, MisconceptionKey]
"""Which wrong idea each part shows."""
CENT = Decimal("0.01")
EXCHANGED = "structure.swapped"
MOST_KEPT = 4000
"""Findings that are kept: a few for every way to write each function."""
MOST_BYTES = 32 << 20
"""What the outcomes that led to them take, at most. Large ones never come again as the very same, and are not kept."""
_MISSING = {"blank": "missing.blank", "absent": "missing.name", "syntax": "missing.syntax"}


class Judged:
    """Findings by the very outcomes that led to them, which it keeps alive; it begins anew when it is full."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._size = 0
        self._kept: dict[int, Outcome] = {}
        """The outcomes that are kept alive, whose bytes are counted once."""
        self._known: dict[tuple[int, ...], tuple[Finding, tuple[object, ...]]] = {}
        self._ideas: dict[tuple[object, ...], tuple[Ideas, tuple[object, ...]]] = {}
        self._given: dict[int, tuple[JSON, Case]] = {}
        """The arguments of public cases in words, which take longer than judging does: as many as the key has."""

    def finding(self, check: CheckKey, question: QuestionKey, outcomes: Sequence[Outcome]) -> Finding:
        """Judge a check, or remember how these outcomes of its cases were judged.

        Only what is accepted is remembered by the check's own cases: an explanation may look at all of the question's.
        """
        if len(outcomes) != len(question.cases):
            return _judged(check, question, outcomes)
        own = tuple(outcomes[position] for position in check.cases)
        short = (id(check), *map(id, own))
        if (known := self._known.get(short)) is not None:
            return known[0]
        long = (id(check), *map(id, outcomes))
        if (known := self._known.get(long)) is not None:
            return known[0]
        finding = _judged(check, question, outcomes, self._shown_of)
        accepted = finding.verdict is Verdict.ACCEPTED
        if self._has_room(own if accepted else outcomes):
            self._known[short if accepted else long] = (finding, (check, *(own if accepted else outcomes)))
        return finding

    def _shown_of(self, question: QuestionKey, case: Case) -> JSON:
        if id(case) not in self._given:
            self._given[id(case)] = (given(question, case), case)
        return self._given[id(case)][0]

    def ideas(self, question: QuestionKey, outcomes: Sequence[Outcome], failed: frozenset[Path]) -> Ideas:
        """Look for wrong ideas in the parts that failed, or remember which these outcomes showed."""
        key = (id(question), failed, *map(id, outcomes))
        known = self._ideas.get(key)
        if known is not None:
            return known[0]
        ideas = _matched(question, outcomes, failed)
        if self._has_room(outcomes):
            self._ideas[key] = (ideas, (question, *outcomes))
        return ideas

    def _has_room(self, outcomes: Sequence[Outcome]) -> bool:
        """Say whether outcomes are small enough to be kept; where all that is kept is too much, it is forgotten."""
        if max(len(self._known), len(self._ideas)) >= self._most:
            self._forget()
        new = [outcome for outcome in outcomes if id(outcome) not in self._kept]
        size = bytes_of(new)
        if size > MOST_BYTES >> 5:
            return False
        if self._size + size > MOST_BYTES:
            self._forget()
            new, size = list(outcomes), bytes_of(outcomes)
        self._kept |= zip(map(id, new), new, strict=True)
        self._size += size
        return True

    def _forget(self) -> None:
        self._known, self._ideas, self._kept, self._size = {}, {}, {}, 0


def result_of(
    question: QuestionKey,
    outcomes: Sequence[Outcome],
    found: Found | None = None,
    judged: Judged | None = None,
    *,
    ideas: bool = True,
) -> QuestionResult:
    """Judge all checks of a question; `judged` has what was judged before.

    Without `ideas` no misconceptions are looked for: a second run will name them. `found` says what the loader found
    under the question's name; where that can't be called, all checks are missing.
    A failure of the judge itself makes the check an internal error, never a zero.
    """
    if found is not None and found.status in _MISSING:
        missing = _missing(question, found)
        return _assembled(question, [missing] * len(question.checks), {})
    look = _judged if judged is None else judged.finding
    findings = [look(check, question, outcomes) for check in question.checks]
    failed = _failed(question, findings)
    if not ideas or not failed or not question.misconceptions:
        return _assembled(question, findings, {})
    match_ = _matched if judged is None else judged.ideas
    found_ideas = match_(question, outcomes, failed)
    return _assembled(question, findings, _without_exchanged(question, outcomes, findings, found_ideas))


def _missing(question: QuestionKey, found: Found) -> Finding:
    params: dict[str, JSON] = {"name": question.name}
    if found.message is not None and found.message.code == _MISSING[found.status]:
        params.update(found.message.params)
    if found.location is not None:
        params.setdefault("place", place(found.location))
    return Finding(verdict=Verdict.MISSING, code=_MISSING[found.status], params=params)


def _judged(
    check: CheckKey,
    question: QuestionKey,
    outcomes: Sequence[Outcome],
    shown_of: Callable[[QuestionKey, Case], JSON] = given,
) -> Finding:
    try:
        return judge(check, question, outcomes, shown_of)
    except Exception as error:  # the judge's own failure is kept apart from the student's
        fault = internal_error(f"judging failed: {type(error).__name__}")
        return Finding(verdict=fault.verdict, code=fault.code, params=fault.params)


def _failed(question: QuestionKey, findings: Sequence[Finding]) -> frozenset[Path]:
    """Return the parts in which there may be a wrong idea."""
    pairs = zip(question.checks, findings, strict=True)
    return frozenset(check.part for check, finding in pairs if _explainable(check, finding))


def _matched(question: QuestionKey, outcomes: Sequence[Outcome], failed: frozenset[Path]) -> Ideas:
    """Look for wrong ideas in the parts that failed. A failure here costs the hint, not the marks."""
    try:
        return match(question, outcomes, failed)
    except Exception:
        return {}


def _without_exchanged(
    question: QuestionKey, outcomes: Sequence[Outcome], findings: Sequence[Finding], ideas: Ideas
) -> Ideas:
    """Leave out what looks like an idea about one result, where it has only changed places with another."""
    pairs = zip(question.checks, findings, strict=True)
    exchanged = {check.part for check, finding in pairs if finding.code == EXCHANGED}
    return {
        part: idea
        for part, idea in ideas.items()
        if part not in exchanged or matches_everywhere(idea.name, question, outcomes)
    }


def _explainable(check: CheckKey, finding: Finding) -> bool:
    return isinstance(check.kind, Values) and finding.verdict in (Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR)


def _assembled(question: QuestionKey, findings: Sequence[Finding], misconceptions: Ideas) -> QuestionResult:
    checks = tuple(
        _check_result(check, finding, misconceptions.get(check.part) if _explainable(check, finding) else None)
        for check, finding in zip(question.checks, findings, strict=True)
    )
    return QuestionResult(name=question.name, score=_sum(checks), points=question.points, checks=checks)


def _check_result(check: CheckKey, finding: Finding, misconception: MisconceptionKey | None) -> CheckResult:
    score: Decimal | None
    match finding.verdict:
        case Verdict.ACCEPTED:
            score = check.points
        case Verdict.INTERNAL_ERROR:
            score = None
        case _:
            score = Decimal(0)
    return CheckResult(
        name=check.name,
        visibility=check.visibility,
        verdict=finding.verdict,
        score=score,
        points=check.points,
        code=finding.code,
        params=finding.params,
        misconception=misconception.name if misconception else None,
        hint=misconception.hint if misconception else None,
    )


def _sum(checks: Sequence[CheckResult]) -> Decimal | None:
    """Add up the better of each check's two scores; one that is ours to mend leaves the whole without a score."""
    total = Decimal(0)
    for check in checks:
        if check.score is None:
            return None
        total += max(check.score, check.follow_through_score or Decimal(0))
    return total


def is_full(result: QuestionResult) -> bool:
    """Whether every check has all its points by the question's own run."""
    return all(check.score == check.points for check in result.checks)


def with_follow_through(
    own: QuestionResult, replaced: QuestionResult, rate: Decimal, names: Sequence[str] = ()
) -> QuestionResult:
    """Return the own result with, per check, what the run with correct dependencies is worth where that is better.

    `names` are the dependencies that were replaced. The verdicts are those of the own run; ideas are named by the other
    run, which knows what is this question's own fault. Where the second run failed for a fault of ours, a check that it
    might have bettered has no score: nobody loses marks by our failure.
    """
    second = {check.name: check for check in replaced.checks}
    checks = tuple(_better(check, second.get(check.name), rate, names) for check in own.checks)
    return replace(
        own,
        checks=checks,
        score=_sum(checks),
        follow_through=any(check.follow_through_score is not None for check in checks),
    )


def _better(own: CheckResult, second: CheckResult | None, rate: Decimal, names: Sequence[str]) -> CheckResult:
    if own.score is None or second is None or own.verdict is Verdict.ACCEPTED:
        return own
    if second.score is None:
        return replace(own, verdict=Verdict.INTERNAL_ERROR, score=None, code=second.code, params=second.params,
                       misconception=None, hint=None)  # fmt: skip
    own = replace(own, misconception=second.misconception, hint=second.hint)
    if second.verdict is not Verdict.ACCEPTED:
        numbers = own.code.startswith("values.") and second.code.startswith("values.")
        return replace(own, code=second.code, params=second.params) if numbers else own
    if names:
        built_on: list[JSON] = [*names]
        own = replace(own, params={**own.params, "built_on": built_on})
    worth = (rate * second.score).quantize(CENT, ROUND_HALF_UP)
    return replace(own, follow_through_score=worth) if worth > Decimal(own.score or 0) else own
