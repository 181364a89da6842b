"""One student's feedback as data: what the terminal shows, in the same words, for a page and for Markdown."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from grader.model import CheckResult, QuestionResult, Verdict
from grader.policy import Act, Adjustment, Mark
from grader.reports.html.classroom import state_of
from grader.reports.looks import LOOKS, absence, marks, number, told_notes
from grader.reports.terminal import calls_of, explanation
from grader.reports.words import Words, clean

PREFORMATTED = "    "
"""What a line begins with that is to be shown as it is, such as two shapes one above the other."""


_REMEMBERED = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, or with `preformatted` some lines to be shown as they are."""

    text: str
    preformatted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """One check: its glyph and word, what it is called, what it is worth, and what there is to say."""

    state: str
    glyph: str
    word: str
    name: str
    marks: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question with its checks."""

    name: str
    title: str
    marks: str
    state: str
    checks: tuple[CheckView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackView:
    """All that one student is told about one assignment."""

    assignment: str
    title: str
    student: str
    marks: str
    remarks: tuple[str, ...]
    questions: tuple[QuestionView, ...]
    notes: tuple[tuple[Block, ...], ...]


class Teller:
    """Makes what students are told of one assignment. Equal results of a question are put into words once."""

    def __init__(self, title: str, titles: Mapping[str, str], words: Words) -> None:
        self._title = title
        self._titles = titles
        self._words = words
        self._known: dict[str, QuestionView] = {}

    def view(self, mark: Mark) -> FeedbackView:
        """Return what a student is told; the mark's result is at the level of feedback that the course has."""
        questions = mark.result.questions if mark.result else ()
        told = mark.result is not None and mark.result.is_absent
        return _view(mark, self._title, tuple(self._question(each, told=told) for each in questions), self._words)

    def _question(self, question: QuestionResult, *, told: bool) -> QuestionView:
        key = repr((question, told))
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = _question(question, self._titles, self._words, told=told)
        return self._known[key]


def _view(mark: Mark, title: str, questions: tuple[QuestionView, ...], words: Words) -> FeedbackView:
    result = mark.result
    return FeedbackView(
        assignment=clean(mark.assignment),
        title=title,
        student=named(mark.student, words),
        marks=words.ui("excused") if mark.excused else marks(mark.score, mark.points),
        remarks=tuple(_remarks(mark, words)),
        questions=questions,
        notes=tuple(
            blocks(words.message(note.code, note.params).splitlines())
            for note in (told_notes(result) if result else ())
        ),
    )


def named(student: str, words: Words) -> str:
    """Return how a student is called on a page."""
    return clean(student) if student.strip() else words.ui("(no name)")


def blocks(lines: Iterable[str]) -> tuple[Block, ...]:
    """Gather lines into paragraphs, and those indented by four spaces into one preformatted block."""
    found: list[Block] = []
    for line in lines:
        if not line.startswith(PREFORMATTED):
            if line.strip():
                found.append(Block(text=line.strip()))
        elif found and found[-1].preformatted:
            found[-1] = Block(text=f"{found[-1].text}\n{line[len(PREFORMATTED) :]}", preformatted=True)
        else:
            found.append(Block(text=line[len(PREFORMATTED) :], preformatted=True))
    return tuple(found)


def check_blocks(
    check: CheckResult, words: Words, *, again: bool = False, called: Container[str] = frozenset()
) -> tuple[Block, ...]:
    """Return what there is to say about a check; `called` holds the calls that the question has shown."""
    told = explanation(check, words, again=again, called=called)
    return blocks(line for text in told for line in text.splitlines())


def _remarks(mark: Mark, words: Words) -> Iterator[str]:
    """Say what came between the score and the mark, what could not be graded, and of what nothing is there."""
    if mark.result is not None and (absent := absence(mark.result)) is not None:
        yield words.message(absent.code, absent.params)
    if mark.result is not None and not mark.result.questions:
        yield words.ui("This submission could not be graded.")
    elif mark.score is None and not mark.excused:
        yield words.ui("Some of it could not be graded. The fault is not yours, and a person will look at it.")
    for act in mark.adjustments:
        yield _by_hand(act, words)
    if mark.penalty:
        yield f"{words.ui('Late:')} -{number(mark.penalty)}"
    elif mark.late:
        yield words.ui("Handed in late.")
    if mark.result is not None and mark.result.sandbox == "none":
        yield words.ui("UNCONFINED: this program ran without a sandbox.")


def _by_hand(act: Adjustment, words: Words) -> str:
    what = act.question or words.ui("the assignment")
    points = "" if act.points is None else number(act.points)
    sign = "+" if act.act is Act.ADD and act.points is not None and act.points >= 0 else ""
    said = {
        Act.SET: words.ui("set by hand to {points}"),
        Act.ADD: words.ui("changed by hand by {points}"),
        Act.EXCUSE: words.ui("excused"),
        Act.WITHDRAW: "",
    }[act.act].replace("{points}", f"{sign}{points}")
    return clean(f"{what}: {said} ({act.why})", 600)


def _question(question: QuestionResult, titles: Mapping[str, str], words: Words, *, told: bool) -> QuestionView:
    title = words.text(titles.get(question.name, ""))
    return QuestionView(
        name=question.name,
        title="" if title == question.name else title,
        marks=marks(question.score, question.points),
        state=state_of(question),
        checks=tuple(_checks(question, words, told=told)),
    )


def _checks(question: QuestionResult, words: Words, *, told: bool) -> Iterator[CheckView]:
    """Yield the checks; `told` says that what is missing was said for the whole file."""
    hinted: set[str] = set()
    called: set[str] = set()
    missed = told
    for check in question.checks:
        glyph, _, word, _ = LOOKS[check.verdict]
        missing = check.verdict is Verdict.MISSING
        again = check.hint is not None and check.hint in hinted
        yield CheckView(
            state=state_of(QuestionResult(name="", score=None, points=check.points, checks=(check,))),
            glyph=glyph,
            word=words.ui(word),
            name=words.text(check.name),
            marks=marks(check.score, check.points) if check.points else "",
            # What is missing is missing for all of a question's checks: said once.
            blocks=() if missing and missed else check_blocks(check, words, again=again, called=called),
        )
        called.update(calls_of(check))
        missed = missed or missing
        if check.hint:
            hinted.add(check.hint)
