"""An audit in the terminal: a table of the questions, then every fault with what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.reports.audit.account import Apart, AssignmentAudit, Fate, Fault, MutantFate, QuestionAudit

COLUMNS = ("question", "mutants", "killed", "survived", "spared", "rewrites", "seconds")
"""`spared` are the mutants that the author declared equivalent or tolerated."""


def account(audited: AssignmentAudit, *, checks: bool = False) -> RenderableType:
    """Render one assignment. `checks` adds which checks no mutant needs."""
    parts: list[RenderableType] = [_table(audited)]
    for question in audited.questions:
        if question.faults:
            parts += [Text(), Text(question.name, style="bold red")]
            parts += [Padding(_fault(fault), (0, 0, 0, 2)) for fault in question.faults]
    parts += _redundant(audited.questions, named=checks)
    parts += [Text(), _verdict(audited)]
    return Group(*parts)


def _table(audited: AssignmentAudit) -> Table:
    table = Table(
        title=f"{audited.title} ({audited.assignment})",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    for name in COLUMNS:
        table.add_column(name, justify="left" if name == "question" else "right", no_wrap=True)
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


def _fault(fault: Fault) -> RenderableType:
    parts: list[RenderableType] = [Text(f"{fault.kind}: {fault.text}")]
    if fault.mutant is not None:
        parts.append(Padding(_difference(fault.mutant), (0, 0, 0, 2)))
        if fault.mutant.apart is not None:
            parts.append(Padding(_apart(fault.mutant.apart), (0, 0, 0, 2)))
        elif fault.mutant.fate is Fate.SURVIVED:
            parts.append(Text("  No inputs were found that tell it from the reference: is it equivalent? Then say so."))
    return Group(*parts)


def _difference(mutant: MutantFate) -> Text:
    text = Text(f"line {mutant.line}\n", style="dim")
    for sign, side, style in (("-", mutant.was, "red"), ("+", mutant.now, "green")):
        for line in side.splitlines():
            text.append(f"{sign} {line}\n", style=style)
    text.rstrip()
    return text


def _apart(apart: Apart) -> Text:
    where = apart.origin if apart.near else f"{apart.origin} - which may be more than you ask for"
    lines = [f"told apart by ({where}):", *(f"  {name} = {value}" for name, value in apart.inputs)]
    return Text("\n".join([*lines, f"  reference: {apart.expected}", f"  mutant:    {apart.got}"]))


def _redundant(questions: Sequence[QuestionAudit], *, named: bool) -> list[RenderableType]:
    count = sum(len(question.redundant) for question in questions)
    if not count:
        return [Text(), Text("Every check is needed: without it some mutant would live.")]
    if not named:
        text = f"Redundant checks: {count}. Without any one of them every mutant is still killed (--checks names them)."
        return [Text(), Text(text)]
    lines = [
        Text(f"  {question.name}: {'; '.join(question.redundant)}") for question in questions if question.redundant
    ]
    return [Text(), Text("Without any one of these checks every mutant is still killed:"), *lines]


def _verdict(audited: AssignmentAudit) -> Text:
    faults = sum(len(question.faults) for question in audited.questions)
    text = f"{audited.assignment}: mutation score {100 * audited.score:.4g} % in {audited.seconds:.1f} s - "
    if audited.sound:
        return Text(f"{text}sound", style="bold green")
    return Text(f"{text}NOT SOUND, {faults} {'fault' if faults == 1 else 'faults'}", style="bold red")
