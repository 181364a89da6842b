"""An audit in the terminal: a table of the questions, then every fault with what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.reports.audit.account import Apart, AssignmentAudit, Fate, Fault, MutantFate, QuestionAudit
from grader.reports.words import Words
from grader.saying import join, phrase, say

COLUMNS = (
    say("question"),
    say("mutants"),
    say("killed"),
    say("survived"),
    say("spared"),
    say("rewrites"),
    say("seconds"),
)
"""`spared` are the mutants that the author declared equivalent or tolerated."""


def account(audited: AssignmentAudit, words: Words, *, checks: bool = False) -> RenderableType:
    """Render one assignment. `checks` adds which checks no mutant needs."""
    parts: list[RenderableType] = [_table(audited, words)]
    for question in audited.questions:
        if question.faults:
            parts += [Text(), Text(question.name, style="bold red")]
            parts += [Padding(_fault(fault, words), (0, 0, 0, 2)) for fault in question.faults]
    parts += _redundant(audited.questions, words, named=checks)
    parts += [Text(), _verdict(audited, words)]
    return Group(*parts)


def _table(audited: AssignmentAudit, words: Words) -> Table:
    table = Table(
        title=f"{words.text(audited.title)} ({audited.assignment})",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    for place, name in enumerate(COLUMNS):
        table.add_column(words.said(name), justify="right" if place else "left", no_wrap=True)
    for question in audited.questions:
        survived = question.count(Fate.SURVIVED)
        table.add_row(
            Text(question.name, style="" if question.sound else "red"),
            str(len(question.mutants)),
            str(question.count(Fate.KILLED)),
            Text(str(survived), style="red" if survived else ""),
            str(question.count(Fate.EQUIVALENT) + question.count(Fate.TOLERATED)),
            str(question.rewrites),
            f"{question.seconds:.1f}",
        )
    return table


def _fault(fault: Fault, words: Words) -> RenderableType:
    told = say("{kind}: {text}", kind=phrase(fault.kind.value), text=fault.text)
    parts: list[RenderableType] = [Text(words.said(told))]
    if fault.mutant is not None:
        parts.append(Padding(_difference(fault.mutant, words), (0, 0, 0, 2)))
        if fault.mutant.apart is not None:
            parts.append(Padding(_apart(fault.mutant.apart, words), (0, 0, 0, 2)))
        elif fault.mutant.fate is Fate.SURVIVED:
            nothing = say("No inputs were found that tell it from the reference: is it equivalent? Then say so.")
            parts.append(Padding(Text(words.said(nothing)), (0, 0, 0, 2)))
    return Group(*parts)


def _difference(mutant: MutantFate, words: Words) -> Text:
    text = Text(words.said(say("line {line}", line=mutant.line)) + "\n", style="dim")
    for sign, side, style in (("-", mutant.was, "red"), ("+", mutant.now, "green")):
        for line in side.splitlines():
            text.append(f"{sign} {line}\n", style=style)
    text.rstrip()
    return text


def origin_of(apart: Apart) -> str:
    """Say where the inputs come from that tell a mutant apart."""
    if apart.near:
        return say("told apart by ({origin}):", origin=apart.origin)
    return say("told apart by ({origin} - which may be more than you ask for):", origin=apart.origin)


def _apart(apart: Apart, words: Words) -> Text:
    sides = say("  reference: {expected}\n  mutant:    {got}", expected=apart.expected, got=apart.got)
    inputs = (f"  {name} = {value}" for name, value in apart.inputs)
    return Text("\n".join([words.said(origin_of(apart)), *inputs, words.said(sides)]))


def _redundant(questions: Sequence[QuestionAudit], words: Words, *, named: bool) -> list[RenderableType]:
    count = sum(len(question.redundant) for question in questions)
    if not count:
        told = say("Every check is needed: without it some mutant would live.")
    elif not named:
        told = say(
            "Redundant checks: {count}. Without any one of them every mutant is still killed (--checks names them).",
            count=count,
        )
    else:
        told = say("Without any one of these checks every mutant is still killed:")
    lines = [
        say("{kind}: {text}", kind=each.name, text=join("; ", map(words.text, each.redundant)))
        for each in questions
        if named and each.redundant
    ]
    return [Text(), Text(words.said(told)), *(Text(f"  {words.said(line)}") for line in lines)]


def _verdict(audited: AssignmentAudit, words: Words) -> Text:
    faults = sum(len(question.faults) for question in audited.questions)
    how = {"assignment": audited.assignment, "score": 100 * audited.score, "seconds": audited.seconds}
    if audited.sound:
        told = say("{assignment}: mutation score {score:.4g} % in {seconds:.1f} s - sound", **how)
    elif faults == 1:
        told = say("{assignment}: mutation score {score:.4g} % in {seconds:.1f} s - NOT SOUND, 1 fault", **how)
    else:
        told = say(
            "{assignment}: mutation score {score:.4g} % in {seconds:.1f} s - NOT SOUND, {faults} faults",
            faults=faults,
            **how,
        )
    return Text(words.said(told), style="bold green" if audited.sound else "bold red")
