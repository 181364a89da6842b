"""What a run over a class came to, and saying so: in tables, at a glance, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rich.console import RenderableType

from grader.batch.tally import Tally, Way, quantile
from grader.cli.flows.class_intake import NOTHING_GRADED, GradeOptions
from grader.cli.flows.progress import standings
from grader.cli.voice import tell
from grader.model import Result
from grader.reports import looks, terminal
from grader.reports.words import Words
from grader.saying import say

INCOMPLETE = 3
INTERRUPTED = 130
OTHERWISE = 40
"""Students that are named because their mark is not their score."""
LISTED = 1000
"""Submissions that are listed one by one; of a larger class the counts are shown, and the gradebook has the rest."""
QUARTILES = (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedClass:
    """What a run came to: the results, sorted, with the words for each assignment.

    Of a class too large to be listed there are the counts only: its results are in the gradebook.
    """

    results: tuple[Result, ...]
    words: Mapping[str | None, Words]
    tally: Tally
    total: int
    review: int = 0
    """How many matters of the whole gradebook need a person."""
    otherwise: tuple[str, ...] = ()
    """Whose mark is another than the score, and why: lateness, adjustments by hand."""
    stopped: bool = False

    @property
    def exit_code(self) -> int:
        """0 when done, 2 when nothing could be graded, 3 when some results are incomplete through a fault of ours."""
        if self.stopped:
            return INTERRUPTED
        if self.tally.verdicts["incomplete"]:
            return INCOMPLETE
        return 0 if self.tally.done > self.tally.verdicts["unreadable"] else NOTHING_GRADED

    def speak(self, result: Result) -> Words:
        """Return the words for one result."""
        return self.words.get(result.assignment, self.words[None])

    def tables(self, *, ascii_only: bool) -> list[RenderableType]:
        """Render the class, a table an assignment."""
        slugs = dict.fromkeys(result.assignment for result in self.results)
        return [
            terminal.class_table(
                [result for result in self.results if result.assignment == slug],
                slug,
                self.words.get(slug, self.words[None]),
                ascii_only=ascii_only,
            )
            for slug in slugs
        ]


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Sort results by assignment, student, attempt and path."""
    return tuple(sorted(results, key=lambda each: (each.assignment or "", each.student, each.attempt, each.path)))


def show(done: GradedClass, *, explain: bool = False) -> None:
    """Print results for a person: one in full, several as tables."""
    console = terminal.console()
    ascii_only = terminal.needs_ascii(console)
    if len(done.results) == 1 or explain:
        parts = [
            terminal.feedback(result, done.speak(result), ascii_only=ascii_only, explain=explain)
            for result in done.results
        ]
    else:
        parts = done.tables(ascii_only=ascii_only)
    terminal.print_all(console, parts)


def at_a_glance(tally: Tally) -> Iterator[str]:
    """Describe a class that is too large to be listed: how the scores of each assignment lie."""
    for slug, scores in sorted(tally.scores.items()):
        total = scores.total()
        mean = sum((score * count for score, count in scores.items()), Decimal(0)) / total
        quarter, median, most = (looks.number(quantile(scores, share)) for share in QUARTILES)
        least, best = looks.number(min(scores)), looks.number(max(scores))
        yield (
            say(
                "{slug}: {total} scored, mean {number}, median {median}, half between {quarter} and "
                "{most}, lowest {least}, highest {best}",
                slug=slug,
                total=total,
                number=looks.number(mean.quantize(Decimal("0.1"))),
                median=median,
                quarter=quarter,
                most=most,
                least=least,
                best=best,
            )
        )


def report_run(done: GradedClass, options: GradeOptions) -> None:
    """Say on stderr what was graded, what was known, how the class stands, and what to do next."""
    if options.quiet and not done.stopped:
        return
    tally = done.tally
    if done.stopped:
        kept_ones = "" if options.no_gradebook else say(" and recorded; the same command goes on from there")
        tell(
            say(
                "Interrupted: {done} of {total} done{kept_ones}.",
                done=tally.done,
                total=done.total,
                kept_ones=kept_ones,
            )
        )
        return
    if done.total < 2 and not tally.kept and not tally.ways[Way.UNCHANGED]:
        for line in done.otherwise:
            tell(line)
        return
    standing = standings(tally)
    lines: list[str] = [
        say("{total} submissions: {standing}.", total=done.total, standing=standing)
        if done.total > 1
        else say("{total} submission: {standing}.", total=done.total, standing=standing)
    ]
    lines += _taken_over(tally)
    lines += done.otherwise[:OTHERWISE]
    if len(done.otherwise) > OTHERWISE:
        lines.append(say("… and {count} more marks that are not the score.", count=len(done.otherwise) - OTHERWISE))
    if tally.late:
        lines.append(say("{late} late; what lateness costs is in `grader export` and `grader show`.", late=tally.late))
    if done.review:
        lines.append(
            say("{review} need a person: `grader review`.", review=done.review)
            if done.review > 1
            else say("{review} needs a person: `grader review`.", review=done.review)
        )
    if done.total > LISTED and options.form == "text" and not options.no_gradebook:
        lines.append(say("`grader export csv` has every mark; `grader show STUDENT` the feedback."))
    for line in lines:
        tell(line)


def _taken_over(tally: Tally) -> Iterator[str]:
    """Say what was not graded anew, in whole or in part."""
    if known := tally.ways[Way.UNCHANGED]:
        yield (
            say("{known} were graded before and stay; --regrade does them anew.", known=known)
            if known > 1
            else say("{known} was graded before and stay; --regrade does them anew.", known=known)
        )
    if copies := tally.ways[Way.COPIED]:
        yield say("{copies} with the same file as another student, or in another place: graded once.", copies=copies)
    if partly := tally.ways[Way.PARTLY]:
        graded = ", ".join(f"{name} {tally.graded[name]}x" for name in sorted(tally.graded))
        same = ", ".join(sorted(set(tally.kept) - set(tally.graded)))
        yield (
            say(
                "{partly} were graded in part. Graded: {graded}. Taken over: {same}.",
                partly=partly,
                graded=graded or say("nothing"),
                same=same or say("the rest"),
            )
        )
