"""What one slip would have come to: the reference with a small mistake in it, run where a student's program runs.

The slips of a question are called when the first submission asks for them, once for all submissions: on one case,
which rules out nearly all of them, and then, the ones that are left, on the others. A slip may loop for ever as a
student's program may, so all this is done in the sandbox, under limits; a fault of ours costs an explanation only.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from grader.authoring import Limits, Path
from grader.errors import InternalError
from grader.judging.misconceptions import EVIDENCE, parts_of
from grader.judging.slips import Slip, agrees, unexplained, with_slips
from grader.judging.values import bytes_of
from grader.model import Cell, Outcome, Program, QuestionKey, QuestionResult, Wanted
from grader.sandbox.protocol import Payload, Sandbox
from grader.sandbox.wire import encode_cases
from grader.shelf import Sheet, Shelf

PROBES = 1
"""How many cases are tried with every slip. One rules out nearly all of them, and slips are many."""
MOST_CASES = 12
LIMITS = Limits(call=2.0, question=2.0, submission=120.0)


MOST_FOUND = 1000
"""Students' outcomes that are remembered with what was found for them."""
MOST_BYTES = 8 << 20
"""What all of these take for one question, at most: a program may answer with 64 MB a call."""


class Slips:
    """The slips of an assignment with what they return, shared by all lanes, and by all runs where there is a shelf."""

    def __init__(
        self, reference: Program, slips_of: Callable[[str], Sequence[Slip]], shelf: Shelf | None = None
    ) -> None:
        self._reference = reference
        self._slips_of = slips_of
        self._shelf = shelf
        self._lock = threading.Lock()
        self._tables: dict[str, _Table] = {}

    def explain(
        self, question: QuestionKey, result: QuestionResult, outcomes: Sequence[Outcome], sandbox: Sandbox
    ) -> QuestionResult:
        """Return the result with slips named where nothing else explains the numbers."""
        parts = unexplained(question, result)
        if not parts:
            return result
        try:
            with self._lock:
                if question.name not in self._tables:
                    self._tables[question.name] = self._table(question, sandbox)
                kinds = self._tables[question.name].kinds(outcomes, sandbox, sorted(parts, key=repr))
        except InternalError:
            return result
        return with_slips(question, result, kinds)

    def keep(self) -> None:
        """Put what was found out in this run on the shelf."""
        with self._lock:
            for table in self._tables.values():
                if self._shelf is not None and table.news:
                    self._shelf.put(table.kept_as, table.sheet())

    def _table(self, question: QuestionKey, sandbox: Sandbox) -> _Table:
        if self._shelf is None:
            return _Table(question, self._reference, self._slips_of(question.name))
        cases = [case.args for case in question.cases]
        name = self._shelf.name("slips", sandbox.level, self._reference, question.name, question.version, cases)
        sheet = self._shelf.take(name)
        if sheet is None:
            return _Table(question, self._reference, self._slips_of(question.name), name)
        fields = zip(*(iter(sheet.texts),) * 3, strict=True)
        slips = [Slip(kind=kind, name=name, source=source) for kind, name, source in fields]
        return _Table(question, self._reference, slips, name, sheet.outcomes)


class _Table:
    """The slips of one question, and what each returned so far: by name, by position of the case."""

    def __init__(
        self,
        question: QuestionKey,
        reference: Program,
        slips: Sequence[Slip],
        kept_as: str | None = None,
        known: Mapping[str, Mapping[int, Outcome]] | None = None,
    ) -> None:
        self.kept_as = kept_as
        self.news = False
        """Whether more is known than was at first."""
        self._question = question
        self._parts = parts_of(question)
        self._slips = slips
        self._reference = reference
        self._got: dict[str, dict[int, Outcome]] = {slip.name: dict((known or {}).get(slip.name, {})) for slip in slips}
        self._found: dict[tuple[Path, tuple[int, ...]], tuple[list[str], tuple[Outcome, ...]]] = {}
        """What was found for the very outcomes that stand beside it, which stay alive with it."""
        self._kept = 0

    def sheet(self) -> Sheet:
        """Return the slips and all that is known of them."""
        texts = (text for slip in self._slips for text in (slip.kind, slip.name, slip.source))
        return Sheet(texts=tuple(texts), outcomes=self._got)

    def kinds(self, outcomes: Sequence[Outcome], sandbox: Sandbox, parts: Sequence[Path]) -> Mapping[Path, list[str]]:
        """Return the kinds of the slips that agree with a student's outcomes, for each part."""
        found: dict[Path, list[str]] = {}
        for part in parts:
            cases = self._cases(part)
            own = tuple(outcomes[at] for at in cases)
            key = (part, tuple(map(id, own)))
            if key in self._found:
                found[part] = self._found[key][0]
                continue
            left = list(self._slips)
            for chosen, evidence in ((_spread(cases, PROBES), 0), (cases, EVIDENCE)):
                self._run(left, chosen, sandbox)
                left = [slip for slip in left if self._agrees(slip, part, chosen, outcomes, evidence)]
            found[part] = sorted({slip.kind for slip in left})
            size = bytes_of(own)
            if size > MOST_BYTES >> 3:
                continue
            if len(self._found) >= MOST_FOUND or self._kept + size > MOST_BYTES:
                self._found, self._kept = {}, 0
            self._found[key] = (found[part], own)
            self._kept += size
        return found

    def _cases(self, part: Path) -> list[int]:
        """Return the cases that are tried: those of the part that are plain calls, spread where they are many."""
        cases, _ = self._parts[part]
        plain = [
            at for at in cases if self._question.cases[at].scenario is None and not self._question.cases[at].measured
        ]
        return _spread(plain, MOST_CASES)

    def _agrees(self, slip: Slip, part: Path, cases: Sequence[int], outcomes: Sequence[Outcome], evidence: int) -> bool:
        got = self._got[slip.name]
        _, how = self._parts[part]
        return agrees(self._question, part, how, outcomes, {at: got[at] for at in cases}, evidence)

    def _run(self, slips: Sequence[Slip], cases: Sequence[int], sandbox: Sandbox) -> None:
        """Call slips on cases, each case once in the life of the table."""
        todo = {slip.name: [at for at in cases if at not in self._got[slip.name]] for slip in slips}
        asked = [slip for slip in slips if todo[slip.name]]
        if not asked:
            return
        self.news = True
        sources = (cell.source for cell in self._reference.cells)
        program = Program(cells=(Cell(source="\n\n\n".join((*sources, *(slip.source for slip in asked)))),))
        wanted = [Wanted(name=slip.name, parameters=self._question.parameters) for slip in asked]
        payloads: dict[tuple[int, ...], Payload] = {}
        with sandbox.session(program, wanted, LIMITS) as session:
            for slip in asked:
                positions = tuple(todo[slip.name])
                if positions not in payloads:
                    payloads[positions] = encode_cases(
                        [replace(self._question.cases[at], measured=False) for at in positions]
                    )
                answers = session.call(slip.name, payloads[positions], LIMITS)
                self._got[slip.name].update(zip(positions, answers, strict=True))


def _spread(cases: Sequence[int], most: int) -> list[int]:
    """Return at most so many of the cases, from the last one backwards in even steps: later ones are richer."""
    if len(cases) <= most:
        return list(cases)
    return [cases[len(cases) - 1 - index * len(cases) // most] for index in range(most)]
