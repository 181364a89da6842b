"""Questions that were judged before by the very same code, which needs no calling a second time.

In a class many write a function alike, to the last instruction, and many get it wrong alike. Where the programs around
it are plain (`sandbox.loader.plain`), it comes to the same in all of them: what was accepted in full is taken over, and
so are answers that were wrong. What did not answer (an error, a limit, a process that died) is called for every
student: what is said of it has places in their own file, and may hang on the machine.
Where something comes up while the rest is called that might have come to another as well, all of it is called.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from grader import judging
from grader.judging.record import note_from_record, note_to_record, question_from_record, question_to_record
from grader.learning import Learning
from grader.model import LoadReport, Note, Outcome, QuestionKey, QuestionResult, Returned
from grader.records import dataclass
from grader.sandbox.protocol import RESERVE

MOST: Final = 100_000
"""Passed questions that are remembered; with more, it begins anew."""
MOST_WRONG: Final = 2_000
"""The same for those that were answered wrong, each with messages of its own."""
MOST_SAID: Final = 20_000
"""Bytes of a result that was wrong, at most, as text: a message may show an answer."""
LARGEST_SHARE: Final = RESERVE / 2
"""Of the time of a submission: what took longer is remembered by nobody, for the next may need that time for others.

Half of the most that a question has for itself.
"""
MOST_TOLD: Final = 1_000
"""Different results of passed questions that are told to other processes."""
_TEXT: Final = b"text"
_PASSED: Final = b"passed"
_WRONG: Final = b"wrong"
_ON_FAULTY: Final = b"on-faulty"
"""The first word of what is told; then come a key or a digest, and a text or the digest of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a question came to, and what is noted of it."""

    result: QuestionResult
    notes: tuple[Note, ...] = ()


class Doubtful(Exception):
    """What was taken over may not be what this program would come to: all of it is to be called. No error of ours."""


def may_starve(count: int, share: float) -> bool:
    """Whether as many questions as were taken over might have had no time left, by the `share` that the rest took."""
    return count > 0 and share > 1 - count * RESERVE


class Repeats:
    """What was judged, by the code that it rests on; shared by all lanes of a process, and with those beside it."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._passed: dict[bytes, Judged] = {}
        self._wrong: dict[tuple[bytes, bool], bytes] = {}
        """As text, which takes a quarter of the memory; few are asked for again."""
        self._usual: dict[str, Judged] = {}
        """What a question comes to that is passed: nearly always the same, and kept once."""
        self._learning: Learning | None = None
        self._told: dict[bytes, Judged] = {}
        """What passed questions came to that was told or heard, by the digest of its text."""

    def share(self, learning: Learning) -> None:
        """Tell others what is learnt from now on, and learn from them."""
        self._learning = learning

    def get(self, key: bytes | None) -> Judged | None:
        """Return what the same code came to, if it was passed."""
        return None if key is None else self._passed.get(key)

    def known(
        self,
        keys: Mapping[str, bytes | None],
        kept: Mapping[str, QuestionResult],
        uses: Mapping[str, Sequence[str]],
        *,
        follows: bool,
    ) -> dict[str, Judged]:
        """Return what the questions with these keys came to, as far as it is known.

        What was wrong is known only where all that the course says it is built on is known as well, be it `kept` from
        an earlier run; where a part of that is faulty, only if a second run `follows`.
        """
        self._hear()
        known: dict[str, Judged] = {}
        full = {name: judging.is_full(result) for name, result in kept.items()}
        for name in sorted(keys, key=lambda name: len(uses[name])):
            judged = self.get(keys[name])
            if judged is None and all(each in full for each in uses[name]):
                on_faulty = not all(full[each] for each in uses[name])
                judged = self.get_wrong(keys[name], on_faulty=on_faulty) if follows or not on_faulty else None
            if judged is not None:
                known[name], full[name] = judged, judging.is_full(judged.result)
        return known

    def get_wrong(self, key: bytes | None, *, on_faulty: bool) -> Judged | None:
        """Return what the same code came to, if it answered wrong; `on_faulty` as it was put."""
        text = None if key is None else self._wrong.get((key, on_faulty))
        return None if text is None else _read(text)

    def put(
        self,
        key: bytes | None,
        question: QuestionKey,
        result: QuestionResult,
        outcomes: Sequence[Outcome],
        share: float,
        notes: tuple[Note, ...] = (),
        *,
        on_faulty: bool = False,
    ) -> None:
        """Remember what a question came to if that is sure, and took a small `share` of the time.

        A wrong one is told as far as it is told here: with the ideas behind it, or, `on_faulty` where the course says
        that it is built on a question which is faulty, without.
        """
        if key is None or share > LARGEST_SHARE or not comes_again(key, question, result, outcomes):
            return
        judged = Judged(result=result, notes=notes)
        if judging.is_full(result):
            self._keep_passed(key, judged)
            self._tell_passed(key, judged)
        elif len(text := _text(judged)) <= MOST_SAID:
            self._keep_wrong(key, text, on_faulty=on_faulty)
            if self._learning is not None:
                kind = _ON_FAULTY if on_faulty else _WRONG
                self._learning.tell(b" ".join((kind, key.hex().encode(), text)))

    def _keep_passed(self, key: bytes, judged: Judged) -> None:
        if len(self._passed) >= self._most:
            self._passed = {}
        usual = self._usual.setdefault(judged.result.name, judged)
        self._passed[key] = usual if usual == judged else judged

    def _keep_wrong(self, key: bytes, text: bytes, *, on_faulty: bool) -> None:
        if len(self._wrong) >= MOST_WRONG:
            self._wrong = {}
        self._wrong[key, on_faulty] = text

    # --- what lanes in other processes learn ---------------------------------------------------------------------

    def _tell_passed(self, key: bytes, judged: Judged) -> None:
        """Tell that something was passed: what it came to only where that is new."""
        if self._learning is None:
            return
        text = _text(judged)
        digest = hashlib.blake2b(text, digest_size=16).hexdigest().encode()
        if digest not in self._told:
            if len(self._told) >= MOST_TOLD:
                return
            self._told[digest] = judged
            self._learning.tell(b" ".join((_TEXT, digest, text)))
        self._learning.tell(b" ".join((_PASSED, key.hex().encode(), digest)))

    def _hear(self) -> None:
        """Take in what others have told."""
        for line in self._learning.heard() if self._learning is not None else ():
            kind, at, text = line.split(b" ", 2)
            if kind == _TEXT:
                if at not in self._told and len(self._told) < MOST_TOLD:
                    self._told[at] = _read(text)
                continue
            key = bytes.fromhex(at.decode())
            if kind == _PASSED:
                if key not in self._passed and text in self._told:
                    self._keep_passed(key, self._told[text])
            elif (key, kind == _ON_FAULTY) not in self._wrong:
                self._keep_wrong(key, text, on_faulty=kind == _ON_FAULTY)


def _text(judged: Judged) -> bytes:
    record = {"result": question_to_record(judged.result), "notes": [note_to_record(note) for note in judged.notes]}
    return json.dumps(record, allow_nan=False, separators=(",", ":")).encode("ascii")


def _read(text: bytes) -> Judged:
    record = json.loads(text)
    notes = tuple(map(note_from_record, record["notes"]))
    return Judged(result=question_from_record(record["result"]), notes=notes)


def comes_again(key: bytes | None, question: QuestionKey, result: QuestionResult, outcomes: Sequence[Outcome]) -> bool:
    """Whether the code that the key tells would come to the same result in any other process."""
    answered = all(isinstance(outcome, Returned) for outcome in outcomes) and result.score is not None
    return key is not None and answered and judging.is_clear(question, outcomes)


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
