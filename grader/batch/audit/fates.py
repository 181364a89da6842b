"""What becomes of a mutant: killed, surviving, or declared by the author as one that is to be spared."""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring import Equivalent, Tolerated
from grader.batch.audit.books import Book, Trial, listed
from grader.courses.audit import plain
from grader.reports.audit import Apart, Fate, Fault, FaultKind, MutantFate
from grader.saying import Said, join, phrase, say


def declared_as(trial: Trial) -> Equivalent | Tolerated | None:
    """Return what the author has declared of a trial's mutant."""
    assert trial.mutant is not None
    for each in trial.subject.question.spared:
        if plain(each.was, each.now) == (trial.mutant.was, trial.mutant.now):
            return each
    return None


def record(book: Book, trial: Trial, apart: Apart | None) -> None:
    """Keep a mutant's fate, and the fault that it shows."""
    mutant, came, declared = trial.mutant, trial.run, declared_as(trial)
    assert mutant is not None
    assert came is not None
    fate = Fate.KILLED if not came.passes_somewhere else Fate.SURVIVED
    fault: tuple[FaultKind, Said] | None = None
    operator = join(" + ", map(phrase, mutant.operator.split(" + ")))
    if fate is Fate.KILLED:
        if declared is not None:
            text = say(
                "a mutant ({operator}) is declared {word} but fails {checks}",
                operator=operator,
                word=_word(declared),
                checks=listed(came.failed),
            )
            fault = (FaultKind.DECLARATION, text)
    elif declared is None:
        if trial.kind != "pair" or apart is not None:
            kept = say("a mutant ({operator}) keeps full marks", operator=operator)
            if not came.passes:
                kept = say("{kept} under one secret, and fails under another", kept=kept)
            fault = (FaultKind.SURVIVOR, kept)
    elif isinstance(declared, Equivalent) and apart is not None:
        text = say("a mutant ({operator}) is declared equivalent, and is not", operator=operator)
        fault = (FaultKind.DECLARATION, text)
    else:
        fate = Fate.EQUIVALENT if isinstance(declared, Equivalent) else Fate.TOLERATED
    met = MutantFate(
        operator=mutant.operator,
        line=mutant.line,
        was=mutant.was,
        now=mutant.now,
        fate=fate,
        reason=declared.reason if declared else "",
        killers=came.failed if fate is Fate.KILLED else (),
        verdict=came.code if fate is Fate.KILLED else "",
        apart=apart if fate is Fate.SURVIVED else None,
    )
    (book.pairs if trial.kind == "pair" else book.fates).append(met)
    if fault is not None:
        book.faults.append(Fault(kind=fault[0], text=fault[1], mutant=met))


def _word(declared: Equivalent | Tolerated) -> Said:
    return say("equivalent") if isinstance(declared, Equivalent) else say("tolerated")


def stale(book: Book) -> Iterator[Fault]:
    """Find declarations of what no mutant is, and those without a reason."""
    known = {(mutant.was, mutant.now) for mutant in book.mutants}
    for each in book.subject.question.spared:
        if plain(each.was, each.now) not in known:
            text = say(
                "no mutant turns {was!r} into {now!r}: take the declaration out, or mend its lines",
                was=each.was,
                now=each.now,
            )
            yield Fault(kind=FaultKind.DECLARATION, text=text)
        elif not each.reason.strip():
            text = say("{now!r} is declared {word} without a reason", now=each.now, word=_word(each))
            yield Fault(kind=FaultKind.DECLARATION, text=text)
