"""What `grader check --watch` shows: pure functions from runs and keys to lines.

After each run only what changed since the one before is shown, and below it the question that is worked on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.desk.hints import Level
from grader.desk.page import Line, headline, indented, question_lines
from grader.desk.progress import changes, is_blank, is_done, next_step, open_questions
from grader.model import AnswerKey, Message, QuestionResult, Result, Verdict
from grader.reports.looks import LOOKS, absence, told_notes
from grader.reports.words import Words, clean
from grader.reports.wrapping import cells

REFUSED = ("only_here.", "skipped.cell")
"""Notes on what Python itself refuses, whatever question is worked on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """The state of a watch: the last two runs, what is looked at, and how much help is shown."""

    key: AnswerKey
    file: str
    level: Level = Level.KIND
    first_level: Level = Level.KIND
    before: Result | None = None
    after: Result | None = None
    focus: str | None = None
    listed: bool = False
    running: bool = False
    gone: bool = False


def started(watch: Watch) -> Watch:
    """Return the state while a run is on its way."""
    return replace(watch, running=True, gone=False)


def ended(watch: Watch, result: Result) -> Watch:
    """Return the state after a run: the focus stays on a question until it is done."""
    left = [question.name for question in open_questions(result)]
    kept = watch.focus if watch.focus in left else None
    # A verdict that changed begins with the usual help again.
    level = watch.level if kept and kept not in changes(watch.after, result) else watch.first_level
    focus = kept or _first(result, watch.key)
    return replace(
        watch, before=watch.after, after=result, focus=focus, level=level, listed=False, running=False, gone=False
    )


def _first(result: Result, key: AnswerKey) -> str | None:
    """Return the question that the next step names."""
    params = next_step(result, key, "", hinted=True).params
    name = params.get("used", params.get("name"))
    return name if isinstance(name, str) else None


def pressed(watch: Watch, key: str) -> Watch:
    """Return the state after a key: `h` the next level of help, `l` the list and back, `n` the next open question."""
    match key.lower():
        case "h":
            level = Level.WHERE if watch.level is Level.QUESTION else Level(watch.level + 1)
            return replace(watch, level=level, listed=False)
        case "l":
            return replace(watch, listed=not watch.listed)
        case "n" if watch.after is not None:
            left = [question.name for question in open_questions(watch.after)]
            if not left:
                return watch
            at = left.index(watch.focus) + 1 if watch.focus in left else 0
            return replace(watch, focus=left[at % len(left)], level=watch.first_level, listed=False)
    return watch


def frame(watch: Watch, words: Words, *, width: int, height: int, ascii_only: bool = False) -> list[Line]:
    """Return the lines of one screen, at most `height`, the keys at its foot."""
    lines = _shown(watch, words, width=width, ascii_only=ascii_only)
    last = _last(watch, words, width)
    keys = words.message("watch.running" if watch.running else "watch.keys", {})
    named = f"{keys}   {clean(watch.file)}"
    keys = named if cells(named) <= width else keys
    foot: list[Line] = [(), (("dim", keys),)]
    room = max(3, height - len(foot))
    if len(lines) + len(last) > room:
        kept = last if len(last) + 3 <= room else []
        lines = [*lines[: room - 1 - len(kept)], (("dim", "..." if ascii_only else "…"),)]
        last = kept
    return [*lines, *last, *foot]


def body(watch: Watch, words: Words, *, width: int, ascii_only: bool = False) -> list[Line]:
    """Return what is shown above the keys: progress, what changed, the question that is worked on, the next step."""
    return [*_shown(watch, words, width=width, ascii_only=ascii_only), *_last(watch, words, width)]


def _shown(watch: Watch, words: Words, *, width: int, ascii_only: bool) -> list[Line]:
    if watch.gone:
        return indented([words.message("watch.gone", {"file": watch.file})], width, 0, style="yellow")
    result = watch.after
    if result is None:
        return indented([words.message("watch.waiting", {"file": watch.file})], width, 0)
    lines = headline(result, words, width=width, ascii_only=ascii_only)
    if not result.questions:
        return [*lines, *indented([words.note(note) for note in result.notes], width, 0)]
    if watch.listed:
        return [*lines, *(line for question in result.questions for line in _listed(question, ascii_only))]
    if (absent := absence(result)) is not None:
        return [*lines, *indented([words.message(absent.code, absent.params)], width, 0)]
    changed = changes(watch.before, result)
    lines += _changed(watch, changed, words, ascii_only=ascii_only)
    focused = next((question for question in result.questions if question.name == watch.focus), None)
    if focused is not None and not is_blank(focused):
        lines += [(), *question_lines(focused, words, width=width, level=watch.level, ascii_only=ascii_only)]
    # What else fails now may be built on it.
    for question in result.questions if watch.before is not None else ():
        if question.name in changed and question is not focused and not is_done(question):
            lines += [(), *question_lines(question, words, width=width, level=watch.first_level, ascii_only=ascii_only)]
    refused = [words.note(note) for note in told_notes(result) if note.code.startswith(REFUSED)]
    return [*lines, (), *indented(refused, width, 0)] if refused else lines


def _last(watch: Watch, words: Words, width: int) -> list[Line]:
    """Return the next step, which stays in sight however much there is above it."""
    result = watch.after
    if result is None or not result.questions or watch.gone or watch.listed:
        return []
    step = next_step(result, watch.key, watch.file, hinted=True)
    # Whoever has gone on to another question is not called back.
    asked = watch.focus
    if result.is_absent:
        asked = None
    if asked is not None and asked not in (step.params.get("name"), step.params.get("used")):
        step = Message(code="next.mend", params={"name": asked})
    return [(), *indented([words.message(step.code, step.params)], width, 0, style="bold")]


def _changed(watch: Watch, changed: Mapping[str, Message], words: Words, *, ascii_only: bool) -> list[Line]:
    assert watch.after is not None
    if watch.before is None:
        return []
    if not changed:
        return [(("dim", words.message("watch.same", {})),)]
    lines: list[Line] = []
    passing = {question.name for question in watch.after.questions if is_done(question)}
    for name in sorted(changed, key=lambda name: name not in passing):  # what passed is said first
        glyph, plain, _, colour = LOOKS[Verdict.ACCEPTED if name in passing else Verdict.WRONG_ANSWER]
        told = words.message(changed[name].code, changed[name].params)
        lines.append(((colour, f"{plain if ascii_only else glyph} {told}"),))
    return lines


def _listed(question: QuestionResult, ascii_only: bool) -> list[Line]:
    passed = sum(check.verdict is Verdict.ACCEPTED for check in question.checks)
    worst = next((check for check in question.checks if check.verdict is not Verdict.ACCEPTED), None)
    glyph, plain, _, colour = LOOKS[worst.verdict if worst else Verdict.ACCEPTED]
    told = "" if is_blank(question) else f"  {passed} / {len(question.checks)}"
    return [((colour, f"{plain if ascii_only else glyph} "), ("", f"{question.name}{told}"))]
