"""How far a student is: which questions are done, what changed since the last run, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.desk.finding import in_command
from grader.desk.hints import asks
from grader.model import AnswerKey, Message, QuestionResult, Result, Verdict
from grader.records import dataclass


def is_done(question: QuestionResult) -> bool:
    """Whether every check of a question passed."""
    return all(check.verdict is Verdict.ACCEPTED for check in question.checks)


def is_blank(question: QuestionResult) -> bool:
    """Whether a question is still as it was given out."""
    return bool(question.checks) and all(check.code == "missing.blank" for check in question.checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The questions of one run, apart by what became of them, each group in the assignment's order."""

    done: tuple[QuestionResult, ...]
    failing: tuple[QuestionResult, ...]
    blank: tuple[QuestionResult, ...]

    @property
    def total(self) -> int:
        """The number of questions."""
        return len(self.done) + len(self.failing) + len(self.blank)


def progress(result: Result) -> Progress:
    """Sort the questions of a result by what became of them."""
    rest = [question for question in result.questions if not is_done(question)]
    return Progress(
        done=tuple(question for question in result.questions if is_done(question)),
        failing=tuple(question for question in rest if not is_blank(question)),
        blank=tuple(question for question in rest if is_blank(question)),
    )


def open_questions(result: Result) -> tuple[QuestionResult, ...]:
    """Return the questions that are not done, what was begun before what is blank."""
    parts = progress(result)
    return (*parts.failing, *parts.blank)


def next_step(result: Result, key: AnswerKey, file: str, *, hinted: bool, bare: bool = False) -> Message:
    """Name the next step: always exactly one.

    The first question of the assignment that is not done; one that it is built on comes before it. `hinted` says that
    the question to ask oneself is shown already, and `bare` that nothing but the place is.
    """
    if any(check.verdict is Verdict.INTERNAL_ERROR for check in result.checks):
        return Message(code="next.ours")
    left = {question.name: question for question in result.questions if not is_done(question)}
    if not left:
        return Message(code="next.pack", params={"file": in_command(file)}) if file else Message(code="next.all")
    if result.is_absent:
        return Message(code="next.absent")
    name = next(iter(left))
    questions = {question.name: question for question in key.questions}
    used = next((used for used in questions[name].uses if used in left), None)
    if used is not None:
        return Message(code="next.after", params={"name": name, "used": used})
    params = {"name": name}
    if is_blank(left[name]):
        return Message(code="next.answer" if questions[name].kind == "answer" else "next.first", params=params)
    failing = [check for check in left[name].checks if check.verdict is not Verdict.ACCEPTED]
    may_help = not hinted and (bare or any(map(asks, failing)))
    return Message(code="next.hint" if may_help else "next.mend", params=params)


def changes(before: Result | None, after: Result) -> Mapping[str, Message]:
    """Return what changed, by question: it passes now, it no longer does, or it fails in another way."""
    earlier = {question.name: question for question in before.questions} if before else {}
    told: dict[str, Message] = {}
    for question in after.questions:
        old = earlier.get(question.name)
        if old is None or _looks(old) == _looks(question):
            continue
        code = "watch.now_passed" if is_done(question) else "watch.no_longer" if is_done(old) else "watch.other"
        told[question.name] = Message(code=code, params={"name": question.name})
    return told


def _looks(question: QuestionResult) -> Sequence[object]:
    return [(check.verdict, check.code, dict(check.params), check.hint) for check in question.checks]


def exit_code(result: Result) -> int:
    """Return 0 where everything passed, 1 where something did not, 2 for an unreadable file, 3 for our own fault."""
    if not result.questions:
        return 2
    if not result.complete:
        return 3
    passed = all(is_done(question) for question in result.questions)
    return 0 if passed else 1
