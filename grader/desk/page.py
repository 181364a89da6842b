"""Feedback as lines of plain text with styles, for a terminal of any width; nothing here prints.

Written without a library for terminals: a student's run starts in the time that importing one takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from grader.desk.hints import Level, help_for
from grader.desk.progress import Progress, progress
from grader.model import CheckResult, Message, QuestionResult, Result, Verdict
from grader.reports.looks import LOOKS, absence, marks, told_notes
from grader.reports.words import Words, clean
from grader.reports.wrapping import cells, wrapped

Span: TypeAlias = tuple[str, str]
"""A style - "", "bold", "dim" or a colour - and a text."""
Line: TypeAlias = tuple[Span, ...]

BUILT_ON = "built_on"
"""The code of the note on what a failing question is built on: it stands with the question."""
WIDEST = 100
NARROWEST = 40
_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "magenta": "35", "cyan": "36"}
_NAME = 2
_WORD = 11


def page(
    result: Result,
    words: Words,
    *,
    width: int,
    level: Level = Level.KIND,
    ascii_only: bool = False,
    step: Message | None = None,
    notes: bool = True,
    every: bool = False,
    begin: Iterable[Line] = (),
) -> list[Line]:
    """Return the whole feedback of a student's run: what passed first, then what did not, the next step last.

    `begin` stands under the title.

    `every` lists the checks of what passed too.
    """
    width = max(NARROWEST, min(width, WIDEST))
    lines = [*headline(result, words, width=width, ascii_only=ascii_only), *begin]
    parts = progress(result)
    if every:
        for question in parts.done:
            lines += [(), *question_lines(question, words, width=width, level=level, ascii_only=ascii_only)]
    elif (absent := absence(result)) is not None:
        lines += indented([words.message(absent.code, absent.params)], width, 0)
    elif parts.done:
        lines += passed_line(parts, words, width=width, ascii_only=ascii_only)
    built_on = {note.params.get("name"): note for note in result.notes if note.code == BUILT_ON}
    for question in () if result.is_absent and not every else parts.failing:
        lines += [(), *question_lines(question, words, width=width, level=level, ascii_only=ascii_only)]
        if question.name in built_on:
            lines += indented([words.note(built_on[question.name])], width, _NAME)
    if parts.blank:
        lines += [(), *_listed(Verdict.MISSING, "desk.blank", parts.blank, words, width, ascii_only=ascii_only)]
    told = [note for note in told_notes(result) if note.code != BUILT_ON] if notes else []
    if told:
        lines += [(), (("bold", words.ui("Notes")),)]
        for note in told:
            lines += indented(words.note(note).splitlines(), width, 2)
    if result.questions:
        lines += [(), *indented([_summary(result, words)], width, 0)]
    if step is not None:
        lines += indented([words.message(step.code, step.params)], width, 0, style="bold")
    return lines


def headline(result: Result, words: Words, *, width: int, ascii_only: bool) -> list[Line]:
    """Return the title with how many questions are done, and a rule."""
    title = clean(result.assignment or result.path)
    parts = progress(result)
    right = (
        words.message("desk.done", {"done": len(parts.done), "questions": parts.total})
        if result.questions
        else words.ui("not graded")
    )
    gap = max(2, width - cells(title) - cells(right))
    return [(("bold", title), ("", " " * gap), ("bold", right)), (("dim", ("-" if ascii_only else "─") * width),)]


def taken_line(file: str, of: int, words: Words, *, width: int) -> list[Line]:
    """Return which file was taken, where none was named and there is more than one."""
    return indented([words.message("desk.taken", {"file": file, "of": of})], width, 0) if of > 1 else []


def passed_line(parts: Progress, words: Words, *, width: int, ascii_only: bool) -> list[Line]:
    """Return one line that names what passed."""
    return _listed(Verdict.ACCEPTED, "desk.passed", parts.done, words, width, ascii_only=ascii_only)


def question_lines(
    question: QuestionResult, words: Words, *, width: int, level: Level, ascii_only: bool = False
) -> list[Line]:
    """Return one question: its checks, what passed first, and the help for what did not."""
    worth = marks(question.score, question.points) if question.points else ""
    gap = max(2, width - cells(question.name) - cells(worth))
    lines: list[Line] = [(("bold", question.name), ("", " " * gap), ("", worth))]
    if all(check.verdict is Verdict.MISSING for check in question.checks):  # the same is true of all of them
        return [*lines, *_missing_lines(question.checks[0], words, width, level, ascii_only=ascii_only)]
    said: set[tuple[str, ...]] = set()
    for check in sorted(question.checks, key=lambda check: check.verdict is not Verdict.ACCEPTED):
        lines += _check_lines(check, words, width, ascii_only=ascii_only)
        if check.verdict is Verdict.ACCEPTED:
            continue
        told = help_for(check, words).lines(level)
        if told not in said:
            lines += indented(told, width, 2 + 2 + _WORD)
        said.add(told)
    return lines


def _missing_lines(check: CheckResult, words: Words, width: int, level: Level, *, ascii_only: bool) -> list[Line]:
    glyph, plain, word, colour = LOOKS[check.verdict]
    # Where nothing but the place may be told, that is told.
    told = help_for(check, words).lines(level) or (words.place(check.params.get("place")),)
    first, *rest = indented(told, width, 4 + _WORD)
    shown = f"{plain if ascii_only else glyph} {words.ui(word)}"
    begun: Line = (("", "  "), (colour, shown), ("", " " * (2 + _WORD - cells(shown))), first[-1])
    return [begun, *rest]


def _check_lines(check: CheckResult, words: Words, width: int, *, ascii_only: bool) -> list[Line]:
    glyph, plain, word, colour = LOOKS[check.verdict]
    word = words.ui(word)
    pad = " " * max(1, _WORD - cells(word))
    first, *rest = wrapped(words.text(check.name), width - 2 - 2 - _WORD)
    lines: list[Line] = [(("", "  "), (colour, f"{plain if ascii_only else glyph} {word}"), ("", pad + first))]
    return [*lines, *((("", " " * (4 + _WORD) + more),) for more in rest)]


def _listed(
    verdict: Verdict,
    code: str,
    questions: Sequence[QuestionResult],
    words: Words,
    width: int,
    *,
    ascii_only: bool,
) -> list[Line]:
    glyph, plain, _, colour = LOOKS[verdict]
    names = ", ".join(question.name for question in questions)
    sentence = words.message(code, {"names": names})
    first, *rest = wrapped(sentence, width - 2)
    return [((colour, f"{plain if ascii_only else glyph} "), ("", first)), *((("", "  " + more),) for more in rest)]


def _summary(result: Result, words: Words) -> str:
    passed = sum(check.verdict is Verdict.ACCEPTED for check in result.checks)
    return words.message("summary.public", {"passed": passed, "checks": len(result.checks)})


def indented(texts: Iterable[str], width: int, indent: int, *, style: str = "") -> list[Line]:
    """Return texts wrapped and indented; lines that begin with spaces illustrate something and stay as they are."""
    lines: list[Line] = []
    for text in texts:
        parts = [text] if text.startswith("  ") else wrapped(text, width - indent)
        lines += [(("", " " * indent), (style, part)) for part in parts]
    return lines


def plain_text(lines: Iterable[Line]) -> str:
    """Return lines as text without styles."""
    return "\n".join("".join(text for _, text in line).rstrip() for line in lines)


def coloured(lines: Iterable[Line]) -> str:
    """Return lines as text with ANSI styles."""
    return "\n".join("".join(_styled(style, text) for style, text in line) for line in lines)


def _styled(style: str, text: str) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if style in _CODES and text else text
