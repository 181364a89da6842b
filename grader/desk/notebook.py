"""`check("propagate")` in a notebook: the public checks on the function as it is now, shown under the cell.

In Jupyter the feedback is HTML, elsewhere plain text. Nothing is saved and nothing is sent.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from grader.desk.checked import Checked, Feedback
from grader.desk.finding import PUBLIC_CHECKS, course_above
from grader.desk.hints import Level
from grader.desk.live import Undefined, defined, run_live
from grader.desk.page import indented, plain_text, question_lines
from grader.desk.progress import is_done
from grader.errors import NotFound, UsageError
from grader.model import AnswerKey, Message
from grader.reports.words import Words
from grader.saying import asked_language, say

WIDTH = 80


class Shown:
    """Feedback as a notebook shows it: `text/html` where a frontend asks for it, else text."""

    def __init__(self, told: Feedback) -> None:
        self._told = told

    def __repr__(self) -> str:
        return text(self._told)

    def _repr_html_(self) -> str:
        from grader.desk.html import render

        return render(self._told)


def text(told: Feedback) -> str:
    """Return the feedback as plain text."""
    lines = []
    for each in told.checked:
        lines += [*question_lines(each.result, told.words, width=WIDTH, level=told.level), ()]
    for message in told.messages:
        lines += indented([told.words.message(message.code, message.params)], WIDTH, 0)
    return plain_text(lines).rstrip()


def check(
    question: str | Callable[..., Any] | None = None,
    *,
    hint: bool = False,
    assignment: str | None = None,
    course: str | Path | None = None,
    lang: str | None = None,
) -> None:
    """Run the public checks on a function (or an answer) of this notebook and show what came of it.

    `question` is a name or the function itself; without it, everything that is defined is checked. `hint` adds a
    question to ask yourself. The checks come from the `checks.json` in the current folder, or from the course above it.
    """
    names = sys._getframe(1).f_globals
    try:
        told = feedback(question, names, hint=hint, assignment=assignment, course=course, lang=lang)
    except (NotFound, UsageError) as error:
        words = Words(lang or asked_language())
        sys.stdout.write(f"{words.said(error.said)}\n")
        return
    _display(told)


def feedback(
    question: str | Callable[..., Any] | None,
    names: Mapping[str, object],
    *,
    hint: bool = False,
    assignment: str | None = None,
    course: str | Path | None = None,
    lang: str | None = None,
) -> Feedback:
    """Check a question on what `names` define, or all that are defined. Raises NotFound and UsageError."""
    name = question if isinstance(question, str) or question is None else getattr(question, "__name__", str(question))
    key = _key_for(name, assignment, Path.cwd(), None if course is None else Path(course))
    wanted = [each for each in key.questions if name is None or name in (each.name, *each.aliases)]
    words = Words(lang or asked_language(), key.catalogue)
    given = question if callable(question) else None
    checked, undefined = [], []
    for each in wanted:
        try:
            own = defined(each, names) if given is None else given
        except Undefined:
            undefined.append(each.name)
            continue
        result, outcomes = run_live(each, own)
        checked.append(Checked(question=each, outcomes=tuple(outcomes), result=result))
    messages = _undefined(undefined)
    if name is None:
        done = sum(is_done(each.result) for each in checked)
        messages.append(Message(code="desk.done", params={"done": done, "questions": len(wanted)}))
    messages += _next(key, checked)
    return Feedback(
        checked=tuple(checked),
        messages=tuple(messages),
        words=words,
        level=Level.QUESTION if hint else Level.KIND,
    )


def _undefined(names: list[str]) -> list[Message]:
    """Say what is not defined yet, once."""
    if len(names) < 2:
        return [Message(code="live.undefined", params={"name": name}) for name in names]
    return [Message(code="live.undefined_yet", params={"names": list(names)})]


def _next(key: AnswerKey, checked: list[Checked]) -> list[Message]:
    """Name the next step: the first that fails, or what comes after the last that passes."""
    failing = next((each.result for each in checked if not is_done(each.result)), None)
    if failing is not None:
        return [Message(code="next.mend", params={"name": failing.name})]
    if not checked:
        return []
    order = [question.name for question in key.questions]
    after = order[order.index(checked[-1].question.name) + 1 :]
    return [Message(code="next.mend", params={"name": after[0]}) if after else Message(code="next.all")]


def _key_for(name: str | None, assignment: str | None, folder: Path, course: Path | None) -> AnswerKey:
    """Find the checks: in this folder, else in the course above it, by the assignment or by the question's name."""
    beside = folder / PUBLIC_CHECKS
    if course is None and beside.is_file():
        key = _read(beside, beside.stat().st_mtime_ns)
        if assignment in (None, key.assignment):
            return _asked(key, name)
    from grader.courses import require_slug

    found = course_above(
        folder,
        course,
        say(
            "The checks were not found: there is no {checks} in {folder}, and no course above it. Keep the notebook in "
            'the folder that it came in, or name the course\'s folder: check(..., course="...")',
            folder=folder,
            checks=PUBLIC_CHECKS,
        ),
    )
    slugs = [require_slug(assignment, found.released)] if assignment else list(found.released)
    paths = [found.exercises / slug / PUBLIC_CHECKS for slug in slugs]
    keys = [_read(path, path.stat().st_mtime_ns) for path in paths if path.is_file()]
    fitting = [key for key in keys if name is None or _has(key, name)]
    if len(fitting) > 1:
        slug = fitting[0].assignment
        told = ", ".join(key.assignment for key in fitting)
        example = f'check("{name}", assignment="{slug}")' if name else f'check(assignment="{slug}")'
        raise UsageError(say("Several assignments fit: {told}. Say which: {example}", told=told, example=example))
    if not fitting and assignment and keys:
        return _asked(keys[0], name)
    if not fitting:
        raise NotFound(
            say(
                "No assignment of this course asks for {name}. There are: {names}.",
                name=name,
                names=", ".join(found.released),
            )
        )
    return fitting[0]


def _asked(key: AnswerKey, name: str | None) -> AnswerKey:
    """Return the key if it has the question; else raise NotFound with the name that may have been meant."""
    if name is None or _has(key, name):
        return key
    from grader.courses.finding import suggestion

    meant = suggestion(name, [question.name for question in key.questions])
    raise NotFound(
        say("There is no question {name!r} in {assignment}. {meant}", name=name, assignment=key.assignment, meant=meant)
    )


def _has(key: AnswerKey, name: str) -> bool:
    return any(name in (question.name, *question.aliases) for question in key.questions)


@lru_cache(maxsize=8)
def _read(path: Path, _saved: int) -> AnswerKey:
    from grader.courses import read_public

    return read_public(path.read_bytes())


def _display(told: Feedback) -> None:
    """Show HTML in a notebook's frontend; print anywhere else."""
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None and type(shell).__name__ == "ZMQInteractiveShell":
        ipython.display.display(Shown(told))
    else:
        sys.stdout.write(f"{text(told)}\n")
