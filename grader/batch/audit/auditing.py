"""Audit assignments: list what to run, run it on lanes, look closer at what survives, and put the findings together."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from grader.authoring import Equivalent, Slope, Tolerated, Values
from grader.batch.audit.lanes import Lanes, OpenSandbox
from grader.batch.audit.layouts import Layout, layouts_of, run_in
from grader.batch.audit.steadiness import memorised, misunderstood, rounded
from grader.batch.audit.subjects import Run, Subject, limited, run, subject_of
from grader.batch.audit.telling import Input, candidates, gather, tell_apart
from grader.batch.audit.together import AT_ONCE, can_share, run_together
from grader.courses import LoadedAssignment, answer_key
from grader.courses.audit import (
    Mutant,
    blanks_of,
    mutants_of,
    pairs_of,
    plain,
    rewrites_of,
    seeded_key,
    with_definition,
)
from grader.courses.naming import is_answer, question_name
from grader.reports.audit import Apart, AssignmentAudit, Fate, Fault, FaultKind, MutantFate, QuestionAudit
from grader.sandbox.protocol import Sandbox
from grader.saying import Said, join, phrase, say

Progress = Callable[[int, int], None]
"""Told how many trials are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPlan:
    """How thoroughly to audit."""

    secrets: int = 3
    """Under how many secrets each mutant is run; it must lose points under every one."""
    references: int = 8
    """Under how many secrets the reference itself is run."""
    pairs: int = 0
    """How many pairs of mistakes to try for each question."""
    jobs: int = 1
    seed: int = 0


@dataclass(slots=True, kw_only=True)
class _Trial:
    """One program to run against one subject."""

    subject: Subject
    kind: str
    label: str
    source: str
    definition: str | None = None
    """What is defined anew, where it can be run under another name beside others."""
    mutant: Mutant | None = None
    layout: Layout | None = None
    run: Run | None = None


@dataclass(slots=True, kw_only=True)
class _Book:
    """What is known of one subject so far."""

    subject: Subject
    elsewhere: Subject
    """The same question under further secrets, for the reference alone."""
    faults: list[Fault] = field(default_factory=list)
    fates: list[MutantFate] = field(default_factory=list)
    pairs: list[MutantFate] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    mutants: tuple[Mutant, ...] = ()


def audit(
    assignments: Sequence[LoadedAssignment],
    plan: AuditPlan,
    open_sandbox: OpenSandbox,
    progress: Progress | None = None,
) -> tuple[AssignmentAudit, ...]:
    """Audit some assignments. Raises what is our own fault, and CourseError for an assignment that can't be loaded."""
    with Lanes(open_sandbox, max(plan.jobs, 1)) as lanes:
        return tuple(_audit_one(loaded, plan, lanes, progress) for loaded in assignments)


def _audit_one(loaded: LoadedAssignment, plan: AuditPlan, lanes: Lanes, progress: Progress | None) -> AssignmentAudit:
    begin = time.perf_counter()
    books = _books(loaded, plan)
    _run_references(books, lanes)
    trials = [trial for book in books for trial in _trials(book, plan)]
    counted = len(trials)

    done = 0
    for group, runs in lanes.map(_run_group, _groups(trials)):
        for trial, came in zip(group, runs, strict=True):
            trial.run = came
            trial.subject.seconds += came.seconds
        done += len(group)
        if progress is not None:
            progress(done, counted)
    of_subject = {id(book.subject): book for book in books}
    for trial in trials:
        if trial.mutant is None:
            of_subject[id(trial.subject)].faults += _fault_of(trial)
    _judge_mutants(books, trials, lanes, plan)
    for book in books:
        _look_without_running(book, plan)
    return AssignmentAudit(
        assignment=loaded.slug,
        title=loaded.assignment.title or loaded.slug,
        questions=tuple(map(_account, books)),
        seeds=plan.secrets,
        seconds=time.perf_counter() - begin,
    )


def _groups(trials: Iterable[_Trial]) -> list[list[_Trial]]:
    """Put those trials together that can share a session."""
    shared: dict[tuple[int, str, str], list[_Trial]] = {}
    groups: list[list[_Trial]] = []
    for trial in trials:
        if trial.definition is None and trial.layout is None:
            groups.append([trial])
            continue
        key = (id(trial.subject), trial.kind, trial.layout.name if trial.layout else "")
        group = shared.setdefault(key, [])
        group.append(trial)
        if len(group) == AT_ONCE and trial.layout is None:
            groups.append(shared.pop(key))
    return [*groups, *shared.values()]


def _run_group(group: list[_Trial], sandbox: Sandbox) -> list[Run]:
    first = group[0]
    definitions = [trial.definition for trial in group if trial.definition is not None]
    if first.layout is not None:
        return run_in(first.layout, first.subject, definitions, sandbox)
    if definitions:
        return run_together(first.subject, definitions, sandbox)
    return [run(trial.subject, trial.source, sandbox) for trial in group]


def _books(loaded: LoadedAssignment, plan: AuditPlan) -> list[_Book]:
    count = max(plan.secrets + 1, plan.references)
    secrets = [hashlib.sha256(f"audit {plan.seed} {n}".encode()).digest() for n in range(count)]
    keys = [answer_key(loaded, secrets[0]), *(seeded_key(loaded, secret) for secret in secrets[1:])]
    here, elsewhere = keys[: plan.secrets], keys[plan.secrets :]
    return [
        _Book(
            subject=subject_of(loaded, each, here, question_name(each)),
            elsewhere=subject_of(loaded, each, elsewhere, question_name(each)),
        )
        for each in loaded.assignment.questions
    ]


# --- what is run -----------------------------------------------------------------------------------------------------


def _run_references(books: Sequence[_Book], lanes: Lanes) -> None:
    """Run the reference first: everything else gets its limits from it."""

    def work(book: _Book, sandbox: Sandbox) -> tuple[Run, Run]:
        # The first run of a lane warms it up; what is measured is the second.
        source = book.subject.loaded.reference.loaded_source
        return run(book.elsewhere, source, sandbox), run(book.subject, source, sandbox)

    for book, (elsewhere, here) in lanes.map(work, books):
        book.subject.seconds += elsewhere.seconds + here.seconds
        for came in (here, elsewhere):
            if not came.passes:
                text = say("the reference itself fails {checks} ({code})", checks=_list(came.failed), code=came.code)
                book.faults.append(Fault(kind=FaultKind.REFERENCE, text=text))
        limited(book.subject, here.first_call)


def _trials(book: _Book, plan: AuditPlan) -> Iterator[_Trial]:
    subject = book.subject
    loaded, question, name = subject.loaded, subject.question, subject.name
    book.mutants = mutants_of(loaded, question)
    blanks, rewrites = blanks_of(loaded, question), rewrites_of(loaded, question)
    book.counts = {"blanks": len(blanks), "rewrites": len(rewrites)}
    for blank in blanks:
        yield _Trial(subject=subject, kind="blank", label=blank.name, source=blank.source)
    programs = [(each.name, with_definition(loaded, name, each.source), each.source) for each in rewrites]
    for label, source, definition in programs:
        yield _Trial(subject=subject, kind="rewrite", label=label, source=source, definition=_shared(book, definition))
    alone = [_shared(book, definition) is None for _, _, definition in programs]
    if not is_answer(question) and not any(alone):
        for layout in layouts_of(subject):
            # The reference has no definition of its own: it is there, and comes first.
            reference = loaded.reference.loaded_source
            yield _Trial(subject=subject, kind="layout", label=say("the reference"), source=reference, layout=layout)
            for label, source, definition in programs:
                yield _Trial(
                    subject=subject, kind="layout", label=label, source=source, definition=definition, layout=layout
                )
    pairs = pairs_of(loaded, question, book.mutants, plan.pairs, plan.seed)
    for kind, mutants in (("mutant", book.mutants), ("pair", pairs)):
        for mutant in mutants:
            source = with_definition(loaded, name, mutant.source)
            shared = None if is_answer(question) else _shared(book, mutant.source)
            yield _Trial(subject=subject, kind=kind, label=mutant.now, source=source, definition=shared, mutant=mutant)


def _shared(book: _Book, definition: str) -> str | None:
    """Return a definition that can share a session with others."""
    return definition if can_share(book.subject, definition) else None


def _fault_of(trial: _Trial) -> Iterator[Fault]:
    """Say what is wrong with how a program that is no mutant fared."""
    came = trial.run
    assert came is not None
    if came.is_ours:
        what = {"kind": phrase(trial.kind), "label": phrase(trial.label)}
        text = say("{kind} {label!r} could not be graded: our own fault", **what)
        yield Fault(kind=FaultKind.INTERNAL, text=text)
    elif trial.kind == "blank":
        if came.earns:
            text = say("a blank earns points: {label}", label=phrase(trial.label))
            yield Fault(kind=FaultKind.BLANK, text=text)
    elif not came.passes:
        kind = FaultKind.REWRITE if trial.kind == "rewrite" else FaultKind.BRITTLE
        where = say(" with inputs {layout}", layout=phrase(trial.layout.name)) if trial.layout else ""
        how = {"label": phrase(trial.label), "where": where, "checks": _list(came.failed), "code": came.code}
        yield Fault(kind=kind, text=say("a correct program ({label}){where} fails {checks} ({code})", **how))


# --- mutants ---------------------------------------------------------------------------------------------------------


def _judge_mutants(books: Sequence[_Book], trials: Iterable[_Trial], lanes: Lanes, plan: AuditPlan) -> None:
    """Say what became of each mutant, looking closer at those that keep their marks."""
    closer: list[_Trial] = []
    of_subject = {id(book.subject): book for book in books}
    for trial in trials:
        if trial.mutant is not None:
            assert trial.run is not None
            if trial.run.passes_somewhere:
                closer.append(trial)
            else:
                _record(of_subject[id(trial.subject)], trial, None)
    wanted = {id(trial.subject): trial.subject for trial in closer if not is_answer(trial.subject.question)}
    # An author's generators run in this thread: what they print is silenced for the whole process.
    drawn = {key: candidates(subject.question, plan.seed) for key, subject in wanted.items()}

    def ask(subject: Subject, sandbox: Sandbox) -> tuple[Input, ...]:
        return gather(subject, drawn[id(subject)], sandbox)

    inputs = {id(subject): gathered for subject, gathered in lanes.map(ask, wanted.values())}

    def work(trial: _Trial, sandbox: Sandbox) -> Apart | None:
        known = inputs.get(id(trial.subject), ())
        if isinstance(_declared(trial), Equivalent):
            known = tuple(each for each in known if each.near)
        return tell_apart(trial.subject, trial.source, known, sandbox) if known else None

    told = {id(trial): apart for trial, apart in lanes.map(work, closer)}
    for trial in closer:
        _record(of_subject[id(trial.subject)], trial, told[id(trial)])
    for book in books:
        book.faults += _stale(book)


def _declared(trial: _Trial) -> Equivalent | Tolerated | None:
    assert trial.mutant is not None
    for each in trial.subject.question.spared:
        if plain(each.was, each.now) == (trial.mutant.was, trial.mutant.now):
            return each
    return None


def _record(book: _Book, trial: _Trial, apart: Apart | None) -> None:
    """Keep a mutant's fate, and the fault that it shows."""
    mutant, came, declared = trial.mutant, trial.run, _declared(trial)
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
                checks=_list(came.failed),
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


def _stale(book: _Book) -> Iterator[Fault]:
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


# --- without running -------------------------------------------------------------------------------------------------


def _look_without_running(book: _Book, plan: AuditPlan) -> None:
    subject = book.subject
    count, faults = misunderstood(subject)
    book.counts["misconceptions"] = count
    book.faults += faults
    for key in subject.keys:
        for fault in (*memorised(key), *rounded(key, np.random.default_rng(plan.seed))):
            if fault not in book.faults:
                book.faults.append(fault)


def _account(book: _Book) -> QuestionAudit:
    """Put together what was found about a question."""
    needed = {fate.killers[0] for fate in book.fates if len(fate.killers) == 1}
    key = book.subject.keys[0]
    return QuestionAudit(
        name=book.subject.name,
        mutants=tuple(sorted(book.fates, key=lambda fate: fate.line)),
        pairs=tuple(book.pairs),
        rewrites=book.counts["rewrites"],
        blanks=book.counts["blanks"],
        misconceptions=book.counts["misconceptions"],
        redundant=tuple(
            check.name
            for check in key.checks
            if check.points and check.name not in needed and isinstance(check.kind, (Values, Slope))
        ),
        faults=tuple(book.faults),
        seconds=book.subject.seconds,
    )


def _list(names: Sequence[str]) -> str:
    return ", ".join(map(repr, names)) or say("nothing")
