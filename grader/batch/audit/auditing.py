"""Audit assignments: list what to run, run it on lanes, look closer at what survives, and put the findings together."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from grader.authoring import Equivalent, Slope, Values
from grader.batch.audit.books import Book, Trial, listed
from grader.batch.audit.fates import declared_as, record, stale
from grader.batch.audit.lanes import Lanes, OpenSandbox
from grader.batch.audit.layouts import layouts_of, run_in
from grader.batch.audit.steadiness import memorised, misunderstood, rounded
from grader.batch.audit.subjects import Run, Subject, limited, run, subject_of
from grader.batch.audit.telling import Input, candidates, gather, tell_apart
from grader.batch.audit.together import AT_ONCE, can_share, run_together
from grader.courses import LoadedAssignment, answer_key
from grader.courses.audit import (
    blanks_of,
    mutants_of,
    pairs_of,
    rewrites_of,
    seeded_key,
    with_definition,
)
from grader.courses.naming import is_answer, question_name
from grader.reports.audit import Apart, AssignmentAudit, Fault, FaultKind, QuestionAudit
from grader.sandbox.protocol import Sandbox
from grader.saying import phrase, say

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


def _groups(trials: Iterable[Trial]) -> list[list[Trial]]:
    """Put those trials together that can share a session."""
    shared: dict[tuple[int, str, str], list[Trial]] = {}
    groups: list[list[Trial]] = []
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


def _run_group(group: list[Trial], sandbox: Sandbox) -> list[Run]:
    first = group[0]
    definitions = [trial.definition for trial in group if trial.definition is not None]
    if first.layout is not None:
        return run_in(first.layout, first.subject, definitions, sandbox)
    if definitions:
        return run_together(first.subject, definitions, sandbox)
    return [run(trial.subject, trial.source, sandbox) for trial in group]


def _books(loaded: LoadedAssignment, plan: AuditPlan) -> list[Book]:
    count = max(plan.secrets + 1, plan.references)
    secrets = [hashlib.sha256(f"audit {plan.seed} {n}".encode()).digest() for n in range(count)]
    keys = [answer_key(loaded, secrets[0]), *(seeded_key(loaded, secret) for secret in secrets[1:])]
    here, elsewhere = keys[: plan.secrets], keys[plan.secrets :]
    return [
        Book(
            subject=subject_of(loaded, each, here, question_name(each)),
            elsewhere=subject_of(loaded, each, elsewhere, question_name(each)),
        )
        for each in loaded.assignment.questions
    ]


# --- what is run -----------------------------------------------------------------------------------------------------


def _run_references(books: Sequence[Book], lanes: Lanes) -> None:
    """Run the reference first: everything else gets its limits from it."""

    def work(book: Book, sandbox: Sandbox) -> tuple[Run, Run]:
        # The first run of a lane warms it up; what is measured is the second.
        source = book.subject.loaded.reference.loaded_source
        return run(book.elsewhere, source, sandbox), run(book.subject, source, sandbox)

    for book, (elsewhere, here) in lanes.map(work, books):
        book.subject.seconds += elsewhere.seconds + here.seconds
        for came in (here, elsewhere):
            if not came.passes:
                text = say("the reference itself fails {checks} ({code})", checks=listed(came.failed), code=came.code)
                book.faults.append(Fault(kind=FaultKind.REFERENCE, text=text))
        limited(book.subject, here.first_call)


def _trials(book: Book, plan: AuditPlan) -> Iterator[Trial]:
    subject = book.subject
    loaded, question, name = subject.loaded, subject.question, subject.name
    book.mutants = mutants_of(loaded, question)
    blanks, rewrites = blanks_of(loaded, question), rewrites_of(loaded, question)
    book.counts = {"blanks": len(blanks), "rewrites": len(rewrites)}
    for blank in blanks:
        yield Trial(subject=subject, kind="blank", label=blank.name, source=blank.source)
    programs = [(each.name, with_definition(loaded, name, each.source), each.source) for each in rewrites]
    for label, source, definition in programs:
        yield Trial(subject=subject, kind="rewrite", label=label, source=source, definition=_shared(book, definition))
    alone = [_shared(book, definition) is None for _, _, definition in programs]
    if not is_answer(question) and not any(alone):
        for layout in layouts_of(subject):
            # The reference has no definition of its own: it is there, and comes first.
            reference = loaded.reference.loaded_source
            yield Trial(subject=subject, kind="layout", label=say("the reference"), source=reference, layout=layout)
            for label, source, definition in programs:
                yield Trial(
                    subject=subject, kind="layout", label=label, source=source, definition=definition, layout=layout
                )
    pairs = pairs_of(loaded, question, book.mutants, plan.pairs, plan.seed)
    for kind, mutants in (("mutant", book.mutants), ("pair", pairs)):
        for mutant in mutants:
            source = with_definition(loaded, name, mutant.source)
            shared = None if is_answer(question) else _shared(book, mutant.source)
            yield Trial(subject=subject, kind=kind, label=mutant.now, source=source, definition=shared, mutant=mutant)


def _shared(book: Book, definition: str) -> str | None:
    """Return a definition that can share a session with others."""
    return definition if can_share(book.subject, definition) else None


def _fault_of(trial: Trial) -> Iterator[Fault]:
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
        how = {"label": phrase(trial.label), "where": where, "checks": listed(came.failed), "code": came.code}
        yield Fault(kind=kind, text=say("a correct program ({label}){where} fails {checks} ({code})", **how))


# --- mutants ---------------------------------------------------------------------------------------------------------


def _judge_mutants(books: Sequence[Book], trials: Iterable[Trial], lanes: Lanes, plan: AuditPlan) -> None:
    """Say what became of each mutant, looking closer at those that keep their marks."""
    closer: list[Trial] = []
    of_subject = {id(book.subject): book for book in books}
    for trial in trials:
        if trial.mutant is not None:
            assert trial.run is not None
            if trial.run.passes_somewhere:
                closer.append(trial)
            else:
                record(of_subject[id(trial.subject)], trial, None)
    wanted = {id(trial.subject): trial.subject for trial in closer if not is_answer(trial.subject.question)}
    # An author's generators run in this thread: what they print is silenced for the whole process.
    drawn = {key: candidates(subject.question, plan.seed) for key, subject in wanted.items()}

    def ask(subject: Subject, sandbox: Sandbox) -> tuple[Input, ...]:
        return gather(subject, drawn[id(subject)], sandbox)

    inputs = {id(subject): gathered for subject, gathered in lanes.map(ask, wanted.values())}

    def work(trial: Trial, sandbox: Sandbox) -> Apart | None:
        known = inputs.get(id(trial.subject), ())
        if isinstance(declared_as(trial), Equivalent):
            known = tuple(each for each in known if each.near)
        return tell_apart(trial.subject, trial.source, known, sandbox) if known else None

    told = {id(trial): apart for trial, apart in lanes.map(work, closer)}
    for trial in closer:
        record(of_subject[id(trial.subject)], trial, told[id(trial)])
    for book in books:
        book.faults += stale(book)


# --- without running -------------------------------------------------------------------------------------------------


def _look_without_running(book: Book, plan: AuditPlan) -> None:
    subject = book.subject
    count, faults = misunderstood(subject)
    book.counts["misconceptions"] = count
    book.faults += faults
    for key in subject.keys:
        for fault in (*memorised(key), *rounded(key, np.random.default_rng(plan.seed))):
            if fault not in book.faults:
                book.faults.append(fault)


def _account(book: Book) -> QuestionAudit:
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
