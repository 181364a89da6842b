"""An answer key made ready for the sandbox, once for all submissions, with what lanes remember of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from grader import judging
from grader.authoring import Limits, Visibility
from grader.errors import CourseError
from grader.model import AnswerKey, Outcome, QuestionKey, QuestionResult, Wanted
from grader.records import dataclass
from grader.repeats import Repeats
from grader.sandbox.memory import Memory
from grader.sandbox.protocol import Enough, Payload, Sandbox
from grader.sandbox.wire import UnsendableError, encode_cases
from grader.saying import say

if TYPE_CHECKING:  # a student's own run, which should start quickly, has neither
    from grader.examples import Examples, Inputs
    from grader.slips import Slips


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The plain cases of a question that are public, or those that are hidden."""

    positions: tuple[int, ...]
    payload: Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An answer key made ready for the sandbox: its cases encoded once, for all submissions."""

    key: AnswerKey
    wanted: tuple[Wanted, ...]
    payloads: Mapping[str, Payload]
    """By question, all its cases that are no scenarios."""
    parts: Mapping[str, Mapping[Visibility, Part]]
    """The same, public and hidden ones apart."""
    limits: Limits
    memory: Memory[tuple[str, bytes]] = field(default_factory=Memory)
    """What the reference has answered in follow-through."""
    judged: judging.Judged = field(default_factory=judging.Judged)
    """How outcomes were judged, for those that answer alike."""
    repeats: Repeats | None = field(default_factory=Repeats)
    """Questions that were judged, for those who wrote the very same; None: all is called."""
    slips: Slips | None = None
    """What explains wrong numbers that nothing else explains; None in a student's own run."""
    examples: Examples | None = None
    """What shows a mistake in a hidden check on a fresh input; None before the deadline, and in a student's own run."""

    @property
    def questions(self) -> Mapping[str, QuestionKey]:
        """The questions by name."""
        return {question.name: question for question in self.key.questions}

    def stub_numbers(self) -> Mapping[str, Sequence[int]]:
        """Return, by function, the numbers of its stub, which nobody is recognised by."""
        from grader.sandbox.loader.fingerprints import numbers_of_stub  # not needed for a student's own run

        return {each.name: numbers_of_stub(each.stub, each.name) for each in self.wanted if each.kind == "function"}

    def explained(self, result: QuestionResult, outcomes: Sequence[Outcome], sandbox: Sandbox) -> QuestionResult:
        """Name the slip that explains wrong numbers, if one does: all that the question is built on must be right."""
        if self.slips is None:
            return result
        return self.slips.explain(self.questions[result.name], result, outcomes, sandbox)


def prepare(key: AnswerKey, slips: Slips | None = None, fresh: Inputs | None = None) -> Prepared:
    """Encode the cases of an answer key. Raises CourseError for an input that can't be sent to a worker.

    `fresh` are inputs to show mistakes by.
    """
    wanted = tuple(_wanted(question) for question in key.questions)
    examples = None
    if fresh is not None and key.reference is not None:
        from grader.examples import Examples

        examples = Examples(key.reference, wanted, fresh)
    payloads = {question.name: _payload(question) for question in key.questions}
    return Prepared(
        key=key,
        wanted=wanted,
        payloads=payloads,
        parts={question.name: _parts(question, payloads[question.name]) for question in key.questions},
        limits=max((question.limits for question in key.questions), key=lambda limits: limits.submission),
        slips=slips,
        examples=examples,
    )


def _payload(question: QuestionKey) -> Payload:
    try:
        payload = encode_cases([case for case in question.cases if case.scenario is None])
    except UnsendableError as error:
        fault = say(
            "{question}: an input holds {kind}{where}, which can't be sent to a worker. Use numbers, texts, lists, "
            "dicts and numeric arrays.",
            question=question.name,
            kind=error.kind,
            where=error.where,
        )
        raise CourseError([fault]) from error
    enough = judging.enough_of(question)
    plain = [position for position, case in enumerate(question.cases) if case.scenario is None]
    exactly = tuple(Enough(*enough[position]) if position in enough else None for position in plain)
    return replace(payload, enough=exactly)


def _parts(question: QuestionKey, whole: Payload) -> dict[Visibility, Part]:
    plain = [position for position, case in enumerate(question.cases) if case.scenario is None]
    parts: dict[Visibility, Part] = {}
    for visibility in Visibility:
        chosen = [n for n, position in enumerate(plain) if question.cases[position].visibility is visibility]
        if chosen:
            payload = Payload(
                frames=tuple(whole.frames[n] for n in chosen),
                measured=tuple(whole.measured[n] for n in chosen),
                enough=tuple(whole.enough[n] for n in chosen),
            )
            parts[visibility] = Part(positions=tuple(plain[n] for n in chosen), payload=payload)
    return parts


def _wanted(question: QuestionKey) -> Wanted:
    return Wanted(
        name=question.name,
        kind=question.kind,
        aliases=question.aliases,
        parameters=question.parameters,
        uses=question.uses,
        stub=question.stub,
    )
