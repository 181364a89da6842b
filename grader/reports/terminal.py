"""Feedback in the terminal: one line a check with a glyph and a word; for a failure, what is wrong and what to look at.

Everything here turns data into renderables; printing is the caller's. Whatever a submission could have chosen - names,
paths, messages - goes through `clean` and is never read as markup.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import IO

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from grader.model import CheckResult, QuestionResult, Result, Verdict
from grader.reports.looks import LOOKS, absence, marks, told_notes
from grader.reports.values import call_of, shown_example, shown_values
from grader.reports.words import Words, clean
from grader.reports.wrapping import laid_out

WIDTH = 100
INDENT = 15
VALUES_WIDTH = 60
"""What is left of eighty columns for the values of a failing call."""


class _Console(Console):
    """A console that leaves it to the command what a reader who left means; rich's own ends the process with 1."""

    def on_broken_pipe(self) -> None:
        """Raise the error that rich was given."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def console(stream: IO[str] | None = None) -> Console:
    """Make a console that is no wider than a comfortable line. `NO_COLOR` and pipes are respected by rich."""
    made = _Console(file=stream or sys.stdout, highlight=False, markup=False, emoji=False)
    made.width = min(made.width, WIDTH)
    return made


def feedback(
    result: Result, words: Words, *, ascii_only: bool = False, explain: bool = False, own: bool = False
) -> RenderableType:
    """Render one result in full: every question, every check, the notes, the total.

    `own` is for a student's own run, where it goes without saying that nothing is confined.

    `explain` adds the notes on how each graded name was found, which say little to most readers.
    """
    parts: list[RenderableType] = [_headline(result, words, own=own)]
    if (absent := absence(result)) is not None:
        parts.append(Prose([words.message(absent.code, absent.params)]))
    for question in result.questions:
        parts.append(Text())
        parts.append(_question(question, words, ascii_only=ascii_only, told=result.is_absent))
    if notes := _notes(result, words, explain=explain):
        parts += [Text(), notes]
    return Group(*parts)


def _headline(result: Result, words: Words, *, own: bool) -> RenderableType:
    title = Text(clean(result.assignment or result.path), style="bold")
    title.append(f"  {clean(result.student)}", style="default not bold")
    grid = _spread(
        title, Text(marks(result.score, result.points) if result.questions else words.ui("not graded"), style="bold")
    )
    parts: list[RenderableType] = [grid, Rule(style="dim")]
    if result.sandbox == "none" and not own:
        parts.insert(0, Text(words.ui("UNCONFINED: this program ran without a sandbox."), style="bold yellow"))
    return Group(*parts)


def _question(question: QuestionResult, words: Words, *, ascii_only: bool, told: bool = False) -> RenderableType:
    """Render one question; `told` says that what is missing was said for the whole file."""
    parts: list[RenderableType] = [
        _spread(Text(question.name, style="bold"), Text(marks(question.score, question.points)))
    ]
    hinted: set[str] = set()
    called: set[str] = set()
    missed = told
    for check in question.checks:
        parts.append(_check(check, words, ascii_only=ascii_only))
        if check.verdict is Verdict.MISSING and missed:
            continue  # what is missing is missing for all of a question's checks: said once
        missed = missed or check.verdict is Verdict.MISSING
        again = check.hint is not None and check.hint in hinted
        lines = explanation(check, words, again=again, called=called)
        parts.append(Padding(Prose(lines), (0, 0, 0, INDENT)))
        called.update(calls_of(check))
        if check.hint:
            hinted.add(check.hint)
    return Group(*parts)


def _check(check: CheckResult, words: Words, *, ascii_only: bool) -> RenderableType:
    glyph, plain, word, colour = LOOKS[check.verdict]
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(width=10)
    grid.add_column(ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    name = Text(words.text(check.name))
    worth = marks(check.score, check.points) if check.points else ""
    grid.add_row(
        Text(plain if ascii_only else glyph, style=colour), Text(words.ui(word), style=colour), name, Text(worth)
    )
    return Padding(grid, (0, 0, 0, 2))


def explanation(
    check: CheckResult, words: Words, *, again: bool = False, called: Container[str] = frozenset()
) -> list[str]:
    """Say what is wrong with a check and what to look at, in one to three sentences; nothing for one that passed.

    Then comes the failing call, where the result carries it, or one on a fresh input. `again` says that the question's
    feedback has given the same hint already, and `called` holds the calls that it has shown. A check that earns its
    points with what it builds on put right has no fault of its own, and nothing else is said of it.
    """
    lines = []
    if check.follow_through_score:
        told = {"share": marks(check.follow_through_score, check.points), "built_on": check.params.get("built_on")}
        return [words.message("follow_through", told)]
    if check.verdict is not Verdict.ACCEPTED or check.code != "ok":
        lines += words.message(check.code, check.params).splitlines()
    if check.hint:
        lines += [words.ui("The same idea as above.")] if again else words.text(check.hint).splitlines()
    lines += shown_values(check.params, words, VALUES_WIDTH, called=call_of(check.params) in called)
    if check.example is not None:
        lines += shown_example(check, check.example, words, VALUES_WIDTH, called=called)
    return lines


def calls_of(check: CheckResult) -> Iterator[str]:
    """Yield the calls that the explanation of a check shows."""
    if not check.follow_through_score:
        yield call_of(check.params)
        if check.example is not None:
            yield call_of(check.example.params)


class Prose:
    """Lines of text in the width that there is: sentences are broken, also in Chinese, and illustrations are not."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Break each line for the width of the console."""
        for line in self._lines:
            for piece in laid_out(line, options.max_width):
                yield Text(piece, no_wrap=True, overflow="ellipsis")


def _notes(result: Result, words: Words, *, explain: bool) -> RenderableType | None:
    notes = list(told_notes(result, explain=explain))
    if not notes:
        return None
    lines: list[RenderableType] = [Text(words.ui("Notes"), style="bold")]
    lines += [Padding(Prose(words.message(note.code, note.params).splitlines()), (0, 0, 0, 2)) for note in notes]
    return Group(*lines)


def class_table(
    results: Iterable[Result], title: str | None, words: Words, *, ascii_only: bool = False
) -> RenderableType:
    """Render a class: one line a submission, with the verdicts of its questions and the total."""
    table = Table(title=title and clean(title), title_justify="left", box=None, pad_edge=False, header_style="bold")
    table.add_column(words.ui("student"), overflow="fold", ratio=3)
    table.add_column(words.ui("what was found"), overflow="fold", ratio=4)
    table.add_column(words.ui("score"), justify="right", no_wrap=True)
    for result in results:
        score = marks(result.score, result.points) if result.questions else "?"
        table.add_row(Text(clean(result.student)), _summary(result, words, ascii_only=ascii_only), Text(score))
    return table


def _summary(result: Result, words: Words, *, ascii_only: bool) -> Text:
    """Name what isn't full, worst news by question; a full result says so."""
    if not result.questions:
        return Text(
            words.message(result.notes[0].code, result.notes[0].params) if result.notes else ", ".join(result.flags)
        )
    if all(check.verdict is Verdict.MISSING for check in result.checks):
        glyph, plain, _, colour = LOOKS[Verdict.MISSING]
        return Text(f"{plain if ascii_only else glyph} {_why_all_missing(result, words)}", style=colour)
    text = Text()
    for question in result.questions:
        if question.score == question.points:
            continue
        worst = next(check for check in question.checks if check.verdict is not Verdict.ACCEPTED)
        glyph, plain, word, colour = LOOKS[worst.verdict]
        text.append(f"{plain if ascii_only else glyph} {question.name} {words.ui(word)}  ", style=colour)
    if not text:
        glyph, plain, _, colour = LOOKS[Verdict.ACCEPTED]
        text.append(f"{plain if ascii_only else glyph} {words.ui('all passed')}", style=colour)
    text.rstrip()
    return text


def _why_all_missing(result: Result, words: Words) -> str:
    """Say why nothing was found: Python can't read the file, with the place where it stops, or nothing is written."""
    unread = next((check for check in result.checks if check.code == "missing.syntax"), None)
    if unread is None:
        return words.ui("nothing of it is in the file") if result.is_absent else words.ui("nothing filled in yet")
    where = words.place(unread.params.get("place"))
    return words.ui("Python can't read it") + (f": {where}" if where else "")


def _spread(left: Text, right: Text) -> RenderableType:
    grid = Table.grid(expand=True)
    grid.add_column(ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_row(left, right)
    return grid


def needs_ascii(target: Console) -> bool:
    """Say whether the console's encoding can't show the glyphs."""
    try:
        "".join(look[0] for look in LOOKS.values()).encode(target.encoding)
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def print_all(target: Console, renderables: Sequence[RenderableType]) -> None:
    """Print renderables one after the other, with a blank line between."""
    for index, renderable in enumerate(renderables):
        if index:
            target.print()
        target.print(renderable)
