"""The preview of a regrade: who would gain, who would lose, and by how much; nothing is recorded."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from grader.cli.voice import in_words
from grader.gradebook.changes import Change, Changes, compare_results
from grader.gradebook.marks import as_it_counts
from grader.judging.record import SCHEMA, mark_to_json
from grader.model import Result
from grader.policy import Adjustment, Policy
from grader.reports import looks, terminal
from grader.saying import join, say
from grader.text import clean

LISTED = 200
"""How many students are listed; of a larger class the sums say enough, and `--format json` has all."""


class Preview:
    """Gathers what would change, one result at a time: marks as they count, after acts by hand and lateness."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self.changes: list[Change] = []
        self.same = 0
        self.added = 0

    def add(self, before: Iterable[Result], after: Result, adjustments: Sequence[Adjustment] = ()) -> None:
        """Compare a result with the one that is recorded for the same attempt, if there is one."""
        old = [as_it_counts(each, adjustments, self._policy) for each in before if each.attempt == after.attempt]
        one = compare_results(old, [as_it_counts(after, adjustments, self._policy)])
        self.changes += one.changes
        self.same += one.same
        self.added += one.added

    def summed(self) -> Changes:
        """Return all of it, the largest losses first."""
        ordered = sorted(self.changes, key=lambda each: (_weight(each), each.assignment or "", each.student))
        return Changes(changes=tuple(ordered), same=self.same, added=self.added)


def _weight(change: Change) -> Decimal:
    return Decimal(0) if change.gain is None else change.gain


def show(changes: Changes, form: str) -> None:
    """Print a preview on stdout."""
    if form == "json":
        sys.stdout.write(json.dumps(_record(changes), ensure_ascii=False, indent=1) + "\n")
        return
    console = terminal.console()
    terminal.print_all(console, list(_rendered(changes)))


def _rendered(changes: Changes) -> Iterator[RenderableType]:
    if changes.changes:
        table = Table(box=None, pad_edge=False, header_style="bold")
        table.add_column(in_words(say("student")), overflow="fold", ratio=3)
        table.add_column(in_words(say("questions")), overflow="fold", ratio=4)
        table.add_column(in_words(say("before")), justify="right", no_wrap=True)
        table.add_column(in_words(say("after")), justify="right", no_wrap=True)
        table.add_column("", justify="right", no_wrap=True)
        several = len({change.assignment for change in changes.changes}) > 1
        for change in changes.changes[:LISTED]:
            table.add_row(_who(change, several=several), _questions(change), *_marks(change))
        yield table
        if len(changes.changes) > LISTED:
            more = len(changes.changes) - LISTED
            yield Text(in_words(say("… and {count} more; --format json has them all.", count=more)))
    other = len(changes.changes) - changes.gains - changes.losses
    parts: list[str] = [
        say("{gains} would gain", gains=changes.gains),
        say("{losses} would lose", losses=changes.losses),
        say("{same} stay as they are", same=changes.same),
    ]
    parts += [say("{other} change otherwise", other=other)] if other else []
    parts += [say("{added} were not graded before", added=changes.added)] if changes.added else []
    yield Text(in_words(say("{parts}.", parts=join(", ", parts))))


def _who(change: Change, *, several: bool) -> Text:
    text = Text(clean(change.student))
    if several:
        text.append(f", {clean(change.assignment or '?')}", style="dim")
    if change.attempt > 1:
        text.append(in_words(say(", attempt {attempt}", attempt=change.attempt)), style="dim")
    return text


def _questions(change: Change) -> Text:
    shown = (f"{question.name} {_mark(question.old)} → {_mark(question.new)}" for question in change.questions)
    return Text(", ".join(shown))


def _marks(change: Change) -> tuple[Text, Text, Text]:
    gain = change.gain
    if gain is None or not gain:
        return Text(_mark(change.old)), Text(_mark(change.new)), Text("")
    shown = f"{'+' if gain > 0 else '-'}{looks.number(abs(gain))}"
    return Text(_mark(change.old)), Text(_mark(change.new)), Text(shown, style="green" if gain > 0 else "red")


def _mark(value: Decimal | None) -> str:
    return "?" if value is None else looks.number(value)


def _record(changes: Changes) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "gains": changes.gains,
        "losses": changes.losses,
        "same": changes.same,
        "added": changes.added,
        "changes": [
            {
                "assignment": change.assignment,
                "student": change.student,
                "attempt": change.attempt,
                "old": mark_to_json(change.old),
                "new": mark_to_json(change.new),
                "questions": [
                    {"name": each.name, "old": mark_to_json(each.old), "new": mark_to_json(each.new)}
                    for each in change.questions
                ],
            }
            for change in changes.changes
        ],
    }
