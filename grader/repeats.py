"""Questions that were passed before by the very same code, which needs no calling a second time.

In a class many write a function alike, to the last instruction. Where the programs around it are plain
(`sandbox.loader.plain`), it comes to the same in all of them: what was accepted in full is taken over. All else is
called for every student, so that what is said of it is about their own run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Final

from grader import judging
from grader.model import LoadReport, Note, Outcome, QuestionKey, QuestionResult
from grader.records import dataclass

MOST: Final = 100_000
"""Passed questions that are remembered; with more, it begins anew."""
LARGEST_SHARE: Final = 0.02
"""Of the time of a submission: what took longer is remembered by nobody, for the next may need that time for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What a question came to whose checks were all accepted."""

    result: QuestionResult
    notes: tuple[Note, ...] = ()


class Repeats:
    """What was passed, by the code that it rests on; shared by all lanes of a process."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._passed: dict[bytes, Passed] = {}
        self._usual: dict[str, Passed] = {}
        """What a question comes to that is passed: nearly always the same, and kept once."""

    def get(self, key: bytes | None) -> Passed | None:
        """Return what the same code came to, if it was passed."""
        return None if key is None else self._passed.get(key)

    def put(
        self,
        key: bytes | None,
        question: QuestionKey,
        result: QuestionResult,
        outcomes: Sequence[Outcome],
        share: float,
        notes: tuple[Note, ...] = (),
    ) -> None:
        """Remember what a question came to if it was surely passed, and took a small `share` of the time."""
        if key is None or share > LARGEST_SHARE:
            return
        if not judging.is_full(result) or not judging.is_clear(question, outcomes):
            return
        if len(self._passed) >= self._most:
            self._passed = {}
        passed = Passed(result=result, notes=notes)
        usual = self._usual.setdefault(result.name, passed)
        self._passed[key] = usual if usual == passed else passed


def key_of(question: QuestionKey, report: LoadReport, replaced: Collection[str] = ()) -> bytes | None:
    """Return what tells a question by all the code that it rests on, what is `replaced` by the reference left out.

    None where that can't be told: the program is not plain, the code need not do the same twice, or a scenario may call
    other functions as well.
    """
    if any(case.scenario is not None for case in question.cases) or not _is_itself(question.name, report):
        return None
    told: dict[str, str] = {}
    pending = [question.name]
    while pending:
        at = pending.pop()
        if at in told or at in replaced:
            continue
        code = report.codes.get(at)
        if code is None or code.digest is None:
            return None
        told[at] = code.digest
        pending += code.uses
    called: dict[str, str] = {}
    for at in replaced:  # what stands in for it is called as the student's own is
        if report.found[at].status == "found":
            if at not in report.codes or not _is_itself(at, report):
                return None
            called[at] = report.codes[at].signature
    whole = repr((question.name, sorted(replaced), sorted(called.items()), sorted(told.items())))
    return hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=32).digest()


def _is_itself(name: str, report: LoadReport) -> bool:
    """Whether what counts for a graded name is the definition of that very name, and not one under an alias."""
    found = report.found[name]
    return found.status == "found" and found.defined_as == name
