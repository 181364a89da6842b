"""Why did this student lose six points? The feedback as the student sees it, and the inputs behind it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from grader import judging
from grader.authoring import NoLoop, Slope, Visibility
from grader.cli.flows.keeping import kept, of_attempt, results_of
from grader.cli.flows.keys import instructor_keys, words_of
from grader.cli.flows.submitted import places_of, program_of
from grader.cli.flows.telling import Telling
from grader.cli.voice import in_words, put
from grader.errors import NotFound, UsageError
from grader.grading import Prepared, call
from grader.model import (
    Case,
    CheckKey,
    Outcome,
    Program,
    QuestionKey,
    Raised,
    Result,
    Returned,
    Stopped,
    Unsupported,
    Value,
    Verdict,
)
from grader.policy import Act, Feedback, Mark
from grader.reports import looks, terminal
from grader.reports.words import Words
from grader.sandbox import open_sandbox
from grader.sandbox.opening import AUTO
from grader.sandbox.protocol import Payload, Session
from grader.saying import join, phrase, say
from grader.text import clean

_LONGEST = 2000
MOST_ITEMS = 12
"""Items of a list that are written out."""
_VISIBILITY = {Visibility.PUBLIC: say("public"), Visibility.HIDDEN: say("hidden")}
_ACTS = {Act.SET: say("set"), Act.ADD: say("add"), Act.EXCUSE: say("excuse"), Act.WITHDRAW: say("withdraw")}
_PASSWORD = re.compile(r"[^/]*://[^/]*:[^/]*@")


def show(
    *,
    student: str,
    question: str | None,
    instructor: bool,
    file: Path | None,
    case: int | None,
    level: str,
    attempt: int | None,
    course_dir: Path | None,
    assignment: str | None,
    feedback: str | None,
    lang: str,
    gradebook_url: str | None,
) -> int:
    """Print the feedback, and with `instructor` every failing case. Returns the exit code."""
    if case is not None and not (instructor and question):
        raise UsageError(say("--case needs a question and --instructor."))
    with kept(course_dir, gradebook_url, to_read=True) as (course, gradebook):
        result = of_attempt(results_of(gradebook, student, assignment), attempt)
        slug = result.assignment or ""
        mark = next(gradebook.marks(course.settings.policy, slug, student))
        places = places_of(gradebook) if instructor else []
    if question is not None and question not in {each.name for each in result.questions}:
        there = ", ".join(each.name for each in result.questions) or say("none: it was not graded")
        raise NotFound(
            say(
                "{student} has no question {question} in {slug}. There are: {there}.",
                student=clean(student),
                question=clean(question),
                slug=slug,
                there=there,
            )
        )
    known = slug in course.authored
    keys = instructor_keys(course, [slug]) if known and (instructor or lang != "en") else {}
    words = words_of({slug: prepared.key for slug, prepared in keys.items()}, lang)
    speak = words.get(slug, words[None])
    console = terminal.console()
    chosen = replace(result, questions=tuple(q for q in result.questions if question in (None, q.name)))
    asked = Feedback(feedback) if feedback else Feedback.FULL if instructor else None
    told = Telling(course=course, feedback=asked, instructor=instructor).told(chosen)
    shown = terminal.feedback(told, speak, ascii_only=terminal.needs_ascii(console))
    terminal.print_all(console, [shown])
    for line in _counts(mark, result):
        put(line)
    if instructor:
        if slug not in keys:
            raise NotFound(
                say(
                    "{slug} is no assignment of this course, so nothing can be run again.",
                    slug=slug or say("This submission"),
                )
            )
        program = program_of(result, file, places, course)
        # What was said here is said again, so that the command works from here as it stands; a password is not.
        url = "URL" if gradebook_url and _PASSWORD.match(gradebook_url) else gradebook_url
        named = {"--attempt": attempt, "--assignment": assignment, "--course": course_dir, "--gradebook": url}
        named |= {"--file": file, "--sandbox": None if level == AUTO else level}
        again = [word for option, value in named.items() if value is not None for word in (option, str(value))]
        for line in _replay(result, question, case, program, keys[slug], level, speak, again):
            put(line)
    return 0


def _counts(mark: Mark, result: Result) -> Iterator[str]:
    """Say what came between the score and the mark."""
    for act in mark.adjustments:
        points = "" if act.points is None else f" {looks.number(act.points)}"
        what = clean(act.question) if act.question else say("the assignment")
        did = join("", [_ACTS[act.act], points])
        yield say("By hand, {who}: {what}: {did} ({why})", who=clean(act.who), what=what, did=did, why=clean(act.why))
    if mark.penalty:
        yield say("Late: -{number}", number=looks.number(mark.penalty))
    if mark.result is not None and mark.result.attempt != result.attempt:
        yield say("What counts is attempt {attempt}.", attempt=mark.result.attempt)
    if mark.excused:
        yield say("Excused.")
    elif mark.score != result.score:
        yield say("Counts: {marks}", marks=looks.marks(mark.score, mark.points))


def _replay(
    result: Result,
    name: str | None,
    number: int | None,
    program: Program,
    prepared: Prepared,
    level: str,
    words: Words,
    again: Sequence[str],
) -> Iterator[str]:
    ideas = {(q.name, check.name): check.misconception for q in result.questions for check in q.checks}
    questions = [question for question in prepared.key.questions if name in (None, question.name)]
    with open_sandbox(level) as sandbox, sandbox.session(program, prepared.wanted, prepared.limits) as session:
        for question in questions:
            if session.report.found[question.name].status != "found":
                yield say("\n{question}: not found in the file, so no case was run.", question=question.name)
                continue
            for check, at, outcome in _failing(question, _outcomes(session, question, prepared, number), number):
                yield from _case(question, check, at, outcome, words)
                if idea := ideas.get((question.name, check.name)):
                    yield say("  idea:       {idea}", idea=clean(idea))
                options = ["--instructor", "--case", str(at + 1), *again]
                command = shlex.join(["grader", "show", *_with(options, [result.student, question.name])])
                yield say("  again:      {names}", names=clean(command, _LONGEST))


def _with(options: Sequence[str], names: Sequence[str]) -> list[str]:
    """Put names before options; behind them, and behind `--`, where a name would be taken for an option."""
    if any(name.startswith("-") for name in names):
        return [*options, "--", *names]
    return [*names, *options]


def _outcomes(session: Session, question: QuestionKey, prepared: Prepared, number: int | None) -> Sequence[Outcome]:
    """Call a question on all its cases, or on just the one that is named: the others then are not asked about."""
    if number is None or not 1 <= number <= len(question.cases) or question.cases[number - 1].scenario is not None:
        return call(session, question, prepared)
    position = sum(case.scenario is None for case in question.cases[: number - 1])
    whole = prepared.payloads[question.name]
    one = Payload(frames=(whole.frames[position],), measured=(whole.measured[position],))
    return session.call(question.name, one, question.limits) * len(question.cases)


def _failing(
    question: QuestionKey, outcomes: Sequence[Outcome], number: int | None
) -> Iterator[tuple[CheckKey, int, Outcome]]:
    """Yield each failing check with its first failing case; or, where a case is named, every check of that case."""
    if number is not None and not 1 <= number <= len(question.cases):
        raise NotFound(
            say(
                "{question} has the cases 1 to {count}, and no {number}.",
                question=question.name,
                count=len(question.cases),
                number=number,
            )
        )
    for check in question.checks:
        if number is not None:
            if number - 1 in check.cases:
                yield check, number - 1, outcomes[number - 1]
        elif judging.judge(check, question, outcomes).verdict is not Verdict.ACCEPTED:
            at = next(at for at in check.cases if _fails(check, question, outcomes, at))
            yield check, at, outcomes[at]


def _fails(check: CheckKey, question: QuestionKey, outcomes: Sequence[Outcome], at: int) -> bool:
    if isinstance(check.kind, Slope | NoLoop):  # these weigh all their cases together
        return True
    alone = judging.judge(replace(check, cases=(at,)), question, outcomes)
    return alone.verdict is not Verdict.ACCEPTED or at == check.cases[-1]


def _case(question: QuestionKey, check: CheckKey, at: int, outcome: Outcome, words: Words) -> Iterator[str]:
    case = question.cases[at]
    yield say(
        "\n{question}, {text} ({visibility}), case {at}",
        question=question.name,
        text=words.text(check.name),
        visibility=_VISIBILITY[check.visibility],
        at=at + 1,
    )
    yield from _inputs(question, case)
    wanted = _part(case.expected, check)
    got = _part(outcome, check)
    yield say("  expected:   {outcome}", outcome=_outcome(wanted))
    yield say("  got:        {outcome}", outcome=_outcome(got))
    if isinstance(wanted, Returned) and isinstance(got, Returned) and (apart := _apart(wanted.value, got.value)):
        yield say("  difference: {apart}", apart=apart)


def _inputs(question: QuestionKey, case: Case) -> Iterator[str]:
    if case.scenario is not None:
        yield say("  scenario:   {name}, seed {seed}", name=case.scenario.__name__, seed=case.seed)
    for position, value in enumerate(case.args):
        name = (
            question.parameters[position]
            if position < len(question.parameters)
            else say("argument {position}", position=position + 1)
        )
        yield join("", [f"  {in_words(name) + ':':<11} ", _written(value)])


def _part(outcome: Outcome, check: CheckKey) -> Outcome:
    """Return the part of a value that a check looks at, or the whole where it has no such part."""
    if not isinstance(outcome, Returned):
        return outcome
    value: Any = outcome.value
    for step in check.part:
        try:
            value = value[step]
        except (TypeError, KeyError, IndexError):
            return outcome
    return replace(outcome, value=value)


def _outcome(outcome: Outcome) -> str:
    match outcome:
        case Returned():
            return _written(outcome.value)
        case Raised():
            said = f"{outcome.type}: {outcome.message}" if outcome.message.strip() else outcome.type
            told = clean(said, _LONGEST)
            return say("{told} (line {line})", told=told, line=outcome.location.line) if outcome.location else told
        case Unsupported():
            return say("a {type}, which can't be compared", type=clean(outcome.type))
        case Stopped():
            return say("no answer: {verdict}", verdict=phrase(looks.LOOKS[outcome.verdict][2]))


def _written(value: Value) -> str:
    if isinstance(value, np.ndarray):
        text = np.array2string(value, threshold=60, precision=8, separator=", ", prefix=" " * 14)
        return say(
            "{text}  shape {shape}, {dtype}",
            text=clean(text, _LONGEST, lines=True),
            shape=value.shape,
            dtype=value.dtype,
        )
    if isinstance(value, np.generic):
        return f"{clean(repr(value.item()), _LONGEST)}  {value.dtype}"
    if isinstance(value, list | tuple) and len(value) > MOST_ITEMS:
        plain = [each.item() if isinstance(each, np.generic) else each for each in value[:MOST_ITEMS]]
        begun = clean(repr(plain).removesuffix("]"), _LONGEST, lines=True)
        return say("{begun}, …]  {count} items", begun=begun, count=len(value))
    if isinstance(value, list | tuple | dict) and 0 < len(value) <= MOST_ITEMS:
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return join("", (join("", [f"\n    {clean(f'[{key!r}]')} = ", _written(item)]) for key, item in items))
    return clean(repr(value), _LONGEST, lines=True)


def _apart(wanted: Value, got: Value) -> str:
    """Say how far two numeric values of one shape are apart."""
    try:
        one, other = np.asarray(wanted), np.asarray(got)
        if one.shape != other.shape or one.dtype.kind not in "biufc" or other.dtype.kind not in "biufc":
            return ""
        gap = np.abs(one.astype(complex) - other.astype(complex))
    except (TypeError, ValueError):
        return ""
    if not gap.size or not gap.any():
        return ""
    place = tuple(int(each) for each in np.unravel_index(int(np.nanargmax(gap)), gap.shape)) if gap.any() else ()
    most = f"{gap.max():.6g}"
    return say("at most {most}, at {place}", most=most, place=place) if place else say("at most {most}", most=most)
