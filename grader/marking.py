"""One program's results: loaded and called in the sandbox, judged question by question, errors followed through."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain

from grader import judging
from grader.follow_through import Reference, SecondRuns
from grader.judging.versions import transitive_uses
from grader.model import JSON, LoadReport, Note, Outcome, Program, QuestionResult
from grader.prepared import Prepared
from grader.records import dataclass
from grader.repeats import Doubtful, key_of, may_starve
from grader.sandbox.protocol import Sandbox
from grader.scenarios import call_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is known of a submission from an earlier grading: questions that need no second look, and its notes."""

    questions: Mapping[str, QuestionResult]
    notes: tuple[Note, ...] = ()


NOTHING_KEPT = Kept(questions={})


def run(
    program: Program,
    prepared: Prepared,
    sandbox: Sandbox,
    *,
    rate: Decimal = Decimal(1),
    kept: Kept = NOTHING_KEPT,
    fingerprints: bool = False,
) -> tuple[tuple[QuestionResult, ...], tuple[Note, ...], Mapping[str, tuple[int, ...]]]:
    """Load and call a program, judge what it answers, and follow errors through. Raises InternalError."""
    try:
        return _run(program, prepared, sandbox, rate=rate, kept=kept, fingerprints=fingerprints)
    except Doubtful:
        alone = replace(prepared, repeats=None)
        return _run(program, alone, sandbox, rate=rate, kept=kept, fingerprints=fingerprints)


def _run(
    program: Program, prepared: Prepared, sandbox: Sandbox, *, rate: Decimal, kept: Kept, fingerprints: bool
) -> tuple[tuple[QuestionResult, ...], tuple[Note, ...], Mapping[str, tuple[int, ...]]]:
    """Do what `run` does. Raises Doubtful where it can't be told that what was taken over makes no difference."""
    questions = prepared.questions
    uses = {name: transitive_uses(name, questions) for name in questions}
    todo = [name for name in questions if name not in kept.questions]
    given = prepared.stub_numbers() if fingerprints else None
    with (
        Reference(prepared, sandbox) as reference,
        sandbox.session(program, prepared.wanted, prepared.limits, fingerprints=given) as session,
    ):
        report = session.report
        repeats = prepared.repeats
        keys = {name: key_of(questions[name], report) for name in todo} if repeats is not None else {}
        follows = rate > 0 and prepared.key.reference is not None
        before = repeats.known(keys, kept.questions, uses, follows=follows) if repeats is not None else {}
        known = {**kept.questions, **{name: each.result for name, each in before.items()}}
        loaded = session.notes()
        outcomes = call_all(session, [questions[name] for name in todo if name not in before], prepared)
        notes = session.notes()
        share = session.spent() / prepared.limits.submission
        # What comes up in a call may have all that is called after it run otherwise.
        if before and (notes != loaded or may_starve(len(before), share)):
            raise Doubtful
        own = _own(outcomes, report, prepared, known, uses, follows=follows)
        remarks = {name: judging.notes_of(questions[name], answers) for name, answers in outcomes.items()}
        sure = repeats is not None and session.report is report and notes == report.notes
        # What was kept has been through this: it is told faulty by its checks, whose own scores stay, not by its sum.
        faulty = {name for name, result in own.items() if not judging.is_full(result)}
        for name in outcomes:
            on_faulty = not faulty.isdisjoint(uses[name])
            if name in faulty and not on_faulty:
                own[name] = prepared.explained(own[name], outcomes[name], sandbox)
            if repeats is not None and sure and (follows or not on_faulty):
                result, answers = own[name], outcomes[name]
                repeats.put(keys[name], questions[name], result, answers, share, remarks[name], on_faulty=on_faulty)
        again = SecondRuns(session, prepared, reference, sandbox)
        built_on: list[Note] = []
        for name in [name for name in todo if name in faulty and report.found[name].status == "found"]:
            replaced = frozenset(faulty.intersection(uses[name]))
            if not replaced:
                continue
            if follows:
                second = again.judged(name, replaced)
                own[name] = judging.with_follow_through(own[name], second, rate, _roots(replaced, own))
            else:
                roots: list[JSON] = [*_roots(replaced, own)]
                built_on.append(Note(code="built_on", params={"name": name, "uses": roots}))
        if again.may_have_starved():
            raise Doubtful
    # A note on a question that is graded anew is made anew, if it still holds.
    earlier = (note for note in kept.notes if note.params.get("name") not in todo)
    anew = (before[name].notes if name in before else remarks[name] for name in todo)
    order = {name: number for number, name in enumerate(questions)}
    remarked = sorted(
        (*chain.from_iterable(anew), *earlier), key=lambda note: order.get(str(note.params.get("name")), len(order))
    )
    told = judging.told_where_they_rise(remarked, uses)
    notes = tuple(unique((*notes, *built_on, *told)))
    outside = judging.outside_of(report.notes)
    own |= {name: judging.with_outside(own[name], outside.get(name, ())) for name in todo}
    if prepared.examples is not None:
        new = {name: own[name] for name in todo}
        own |= prepared.examples.shown(program, questions, new, sandbox)
    return tuple(own.values()), notes, _few_bits(report.fingerprints)


def _few_bits(fingerprints: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return fingerprints as they are kept: 64 numbers of 32 bits a question, whatever a worker says."""
    return {name: tuple(n & 0xFFFFFFFF for n in numbers[:64]) for name, numbers in fingerprints.items() if numbers}


def _own(
    outcomes: Mapping[str, Sequence[Outcome]],
    report: LoadReport,
    prepared: Prepared,
    known: Mapping[str, QuestionResult],
    uses: Mapping[str, Sequence[str]],
    *,
    follows: bool,
) -> dict[str, QuestionResult]:
    """Judge the first run, what others are built on first: a question that is run again has its ideas named then."""
    questions = prepared.questions
    own: dict[str, QuestionResult] = {}
    faulty: set[str] = set()
    for name in sorted(questions, key=lambda name: len(uses[name])):
        if name not in outcomes:
            own[name] = known[name]
        else:
            ideas = not (follows and faulty.intersection(uses[name]))
            found = report.found[name]
            own[name] = judging.result_of(questions[name], outcomes[name], found, prepared.judged, ideas=ideas)
        if not judging.is_full(own[name]):
            faulty.add(name)
    return {name: own[name] for name in questions}


def unique(notes: Iterable[Note]) -> Iterator[Note]:
    """Yield each note once, in order."""
    seen: set[tuple[str, str]] = set()
    for note in notes:
        if (note.code, repr(note.params)) not in seen:
            seen.add((note.code, repr(note.params)))
            yield note


def _roots(names: Collection[str], results: Mapping[str, QuestionResult]) -> list[str]:
    """Return those of some faulty questions that have a fault of their own, and not only of what they are built on."""
    roots = [name for name in names if results[name].score != results[name].points]
    return sorted(roots or names)
