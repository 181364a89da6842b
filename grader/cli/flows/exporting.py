"""Writing the marks that count in the format that was asked for."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.flows.keeping import kept, require_graded
from grader.cli.flows.keys import instructor_keys, words_of
from grader.cli.flows.telling import Telling
from grader.cli.voice import tell
from grader.courses import Course
from grader.drafts import replacing
from grader.errors import NotFound, UsageError
from grader.model import CheckResult, Result
from grader.policy import Feedback, Mark
from grader.reports import jsonout, terminal
from grader.reports.exports import jsonlines, junit, lms, table
from grader.reports.words import Words
from grader.saying import reason, say
from grader.submissions import read_roster
from grader.text import clean

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook


def export(
    *,
    form: str,
    output: Path | None,
    fill: Path | None,
    column: str | None,
    match: str | None,
    roster: Path | None,
    scale: bool,
    course_dir: Path | None,
    assignment: str | None,
    lang: str,
    gradebook_url: str | None,
) -> int:
    """Write the marks. Returns the exit code."""
    given = {"--fill": fill, "--column": column, "--match": match, "--roster": roster, "--scale": scale or None}
    if unused := [name for name, value in given.items() if value is not None and not _is_for(name, form)]:
        raise UsageError(say("{options} says nothing for {form}: leave it out.", options=", ".join(unused), form=form))
    with kept(course_dir, gradebook_url, to_read=True) as (course, gradebook):
        if assignment is not None:
            require_graded(gradebook, course, assignment)
        if form in ("canvas", "moodle"):
            slug = assignment or _one_assignment(course, gradebook)
            marks = gradebook.marks(course.settings.policy, slug)
            filled = _filled(form, fill, marks, column or slug, column, match, _aliases(roster), scale=scale)
            with _target(output) as out:
                out.write(filled.text)
            _report(filled)
            return 0
        with _target(output, spreadsheet=form == "csv") as out:
            if form == "csv":
                # Two readings keep memory flat: one for the columns, one for the rows.
                questions = _questions(gradebook.results(assignment)) if assignment else ()
                table.write_csv(gradebook.marks(course.settings.policy, assignment), out, questions=questions)
                return 0
            words = _words(course, assignment, lang)
            # All that was found out, but for fresh examples that the student may not see yet, or never.
            telling = Telling(course=course, feedback=Feedback.FULL)
            if form == "junit":
                told = map(telling.told, gradebook.results(assignment))
                junit.write_junit(told, out, lambda r, c: _say(r, c, words))
            else:
                marks = gradebook.marks(course.settings.policy, assignment)
                jsonlines.write_jsonl(marks, out, lambda result: jsonout.with_words(telling.told(result), words))
    return 0


def _is_for(option: str, form: str) -> bool:
    return form == "moodle" or (form == "canvas" and option != "--match")


@contextmanager
def _target(output: Path | None, *, spreadsheet: bool = False) -> Iterator[io.TextIOBase]:
    if output is None:
        buffer = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
        try:
            yield buffer
        finally:
            buffer.flush()
            buffer.detach()
        return
    # Excel takes a file for UTF-8 only where it begins with a byte order mark.
    encoding = "utf-8-sig" if spreadsheet else "utf-8"
    try:
        with replacing(output) as draft, draft.open("w", encoding=encoding, newline="") as file:
            yield file
    except OSError as error:
        raise UsageError(say("{output} can't be written: {reason}.", output=output, reason=reason(error))) from error


def _one_assignment(course: Course, gradebook: Gradebook) -> str:
    """Return the only assignment that there are results of, or that the course has. Raises UsageError."""
    graded = gradebook.assignments()
    for only in (graded, course.authored):
        if len(only) == 1:
            return only[0]
    names = ", ".join(graded or course.authored)
    raise UsageError(say("Which assignment? Say it with --assignment: {names}.", names=names))


def _filled(
    form: str,
    fill: Path | None,
    marks: Iterable[Mark],
    title: str,
    column: str | None,
    match: str | None,
    aliases: dict[str, list[str]],
    *,
    scale: bool,
) -> lms.Filled:
    if fill is None:
        raise UsageError(
            say(
                "Name the file that {title} exported with --fill FILE: it is filled, so that ids match.",
                title=form.title(),
            )
        )
    try:
        exported = fill.read_bytes().decode("utf-8")
    except OSError as error:
        raise NotFound(say("{fill} can't be read: {reason}.", fill=fill, reason=reason(error))) from error
    except UnicodeDecodeError as error:
        raise UsageError(
            say("{fill} is not UTF-8: export it anew, and don't save it with a spreadsheet program.", fill=fill)
        ) from error
    if form == "canvas":
        return lms.fill_canvas(exported, marks, title, aliases=aliases, scale=scale)
    return lms.fill_moodle(exported, marks, column=column, match=match, aliases=aliases, scale=scale)


def _aliases(path: Path | None) -> dict[str, list[str]]:
    if path is None:
        return {}
    try:
        roster = read_roster(path.read_bytes(), path.name)
    except OSError as error:
        raise NotFound(say("{path} can't be read: {reason}.", path=path, reason=reason(error))) from error
    return {
        student: [each for each in (who.name, who.email, who.canvas_id, who.moodle_id, *who.extra.values()) if each]
        for student, who in roster.identities.items()
    }


def _report(filled: lms.Filled) -> None:
    tell(say("{filled} filled", filled=filled.filled))
    for names, what in (
        (filled.missing, say("have a mark and are not in the file")),
        (filled.blank, say("have no mark")),
    ):
        if names:
            # Names in an LMS's file hold commas: `Lovelace, Ada`.
            shown = "; ".join(clean(name, 60) for name in names[:20])
            more = " …" if len(names) > 20 else ""
            tell(say("{count} {what}: {names}{more}", count=len(names), what=what, names=shown, more=more))


def _questions(results: Iterable[Result]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(question.name for result in results for question in result.questions))


def _words(course: Course, assignment: str | None, lang: str) -> dict[str | None, Words]:
    if lang == "en":
        return words_of({}, lang)
    keys = instructor_keys(course, [assignment] if assignment else course.authored)
    return words_of({slug: prepared.key for slug, prepared in keys.items()}, lang)


def _say(result: Result, check: CheckResult, words: dict[str | None, Words]) -> str:
    return "\n".join(terminal.explanation(check, words.get(result.assignment, words[None])))
