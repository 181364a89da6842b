"""The cases of a question: examples first, then seeded random ones, each made once however many checks look at it."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.authoring import Check, NoLoop, Question, Slope, Visibility
from grader.courses.check_faults import arity_fault
from grader.courses.codec import Uncarriable, encode
from grader.courses.naming import is_answer, question_name
from grader.courses.references import describe
from grader.model import Value
from grader.saying import say

Args = tuple[Value, ...]


@dataclass(slots=True, kw_only=True)
class Draft:
    """A case before anything was called: its arguments, or a scenario with its seed."""

    args: Args = ()
    scenario: Callable[..., Value] | None = None
    seed: int = 0
    public: bool = False
    measured: bool = False
    origin: str = ""
    """What the author calls it: `example 2`, `case 3 of batch`."""


@dataclass(slots=True, kw_only=True)
class Plan:
    """All cases of a question, and for each check the positions of those it looks at."""

    drafts: list[Draft] = field(default_factory=list)
    positions: list[tuple[int, ...]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    known: dict[object, int] = field(default_factory=dict)

    def add(self, key: object, make: Callable[[], Draft], *, public: bool) -> int:
        """Return the position of the case known by `key`, made now if it is new."""
        if key not in self.known:
            self.known[key] = len(self.drafts)
            self.drafts.append(make())
        position = self.known[key]
        self.drafts[position].public |= public
        return position


def derive(secret: bytes, assignment: str, question: str, inputs: str, index: int) -> int:
    """Return the seed of one case, the same on every machine and not to be guessed without the secret."""
    # JSON keeps the parts apart: no two different tuples are the same text.
    text = json.dumps([assignment, question, inputs, index]).encode()
    return int.from_bytes(hmac.new(secret, text, hashlib.sha256).digest(), "big")


def generator(seed: int) -> np.random.Generator:
    """Return the random generator of a case."""
    return np.random.Generator(np.random.PCG64(seed))


def fresh(args: Args) -> Args:
    """Return deep copies of the arguments; arrays keep their order in memory."""
    return copy.deepcopy(args)


def plan_cases(question: Question, slug: str, function: Callable[..., Any] | None, secret: bytes) -> Plan:
    """Make the cases of a question. What is wrong with its inputs is in the plan's faults."""
    plan = Plan()
    maker = _Maker(plan, slug, question_name(question), function, secret)
    for check in question.checks:
        if is_answer(question):
            position = plan.add("answer", lambda: Draft(origin=say("the answer")), public=False)
            plan.positions.append((position,))
            continue
        try:
            plan.positions.append(tuple(maker.positions(check)))
        except _FaultyInputsError as fault:
            plan.positions.append(())
            if (text := say("check {check!r}: {fault}", check=check.name, fault=fault)) not in plan.faults:
                plan.faults.append(text)
    return plan


class _FaultyInputsError(Exception):
    """An author's inputs don't work."""


@dataclass(slots=True)
class _Maker:
    """Makes the cases of one question."""

    plan: Plan
    slug: str
    question: str
    function: Callable[..., Any] | None
    secret: bytes

    def positions(self, check: Check) -> Iterator[int]:
        public = check.visibility == Visibility.PUBLIC
        if check.scenario is not None:
            yield from self._scenarios(check)
        elif isinstance(check.kind, NoLoop):
            yield from self._measured(check, check.kind, public)
        elif isinstance(check.kind, Slope):
            for base in list(self._plain(check, public)):
                yield base
                yield from self._slopes(base, check.kind, public)
        else:
            yield from self._plain(check, public)

    def _plain(self, check: Check, public: bool) -> Iterator[int]:
        for number, example in enumerate(check.examples, start=1):
            yield self._example(example, say("example {number}", number=number), public)
        if check.inputs is not None:
            for index in range(check.cases):
                yield self._made(check.inputs, index, public=public)

    def _example(self, example: Args, origin: str, public: bool, *, measured: bool = False) -> int:
        try:
            same = json.dumps(encode(example))
        except Uncarriable as fault:
            raise _FaultyInputsError(say("{origin}: {fault}", origin=origin, fault=fault)) from fault
        key = ("example", measured, same)
        return self.plan.add(key, lambda: Draft(args=fresh(example), origin=origin, measured=measured), public=public)

    def _made(self, inputs: Callable[..., Any], index: int, *extra: Any, public: bool) -> int:
        """Add the case that `inputs` makes; checks that name the same inputs share it."""
        name = getattr(inputs, "__name__", type(inputs).__name__)

        def make() -> Draft:
            seed = derive(self.secret, self.slug, self.question, name, index)
            args = _drawn(inputs, name, seed, *extra)
            if not isinstance(args, tuple):
                raise _FaultyInputsError(
                    say(
                        "its inputs {name} return a {kind}: return a tuple of arguments, `return (x,)` for a "
                        "single one",
                        name=name,
                        kind=type(args).__name__,
                    )
                )
            if self.function is not None and (fault := arity_fault(self.function, args)):
                raise _FaultyInputsError(say("what its inputs {name} return {fault}", name=name, fault=fault))
            try:
                sent = encode(args)
            except Uncarriable as fault:
                raise _FaultyInputsError(say("its inputs {name}: {fault}", name=name, fault=fault)) from fault
            if index == 0 and sent != _encoded(_drawn(inputs, name, seed, *extra)):
                raise _FaultyInputsError(
                    say(
                        "its inputs {name} return other arguments when they are called again with the same rng, so "
                        "that marks would be by chance: draw all of them from rng, as in rng.normal(size=3)",
                        name=name,
                    )
                )
            return Draft(
                args=fresh(args), measured=bool(extra), origin=say("case {index} of {name}", index=index + 1, name=name)
            )

        key = ("inputs", inputs, index, extra)
        try:
            return self.plan.add(key, make, public=public)
        except _FaultyInputsError:
            self.plan.known.pop(key, None)
            raise

    def _measured(self, check: Check, kind: NoLoop, public: bool) -> Iterator[int]:
        if check.inputs is None:
            for size, example in zip((say("the small example"), say("the large example")), check.examples, strict=True):
                yield self._example(example, size, public, measured=True)
            return
        for index, count in enumerate(kind.sizes):
            yield self._made(check.inputs, index, count, public=public)

    def _scenarios(self, check: Check) -> Iterator[int]:
        scenario = check.scenario
        name = getattr(scenario, "__name__", type(scenario).__name__)
        for index in range(check.cases):
            # numpy.random.default_rng takes any size of seed; 63 bits fit wherever an integer is kept.
            seed = derive(self.secret, self.slug, self.question, name, index) >> 193
            draft = Draft(scenario=scenario, seed=seed, origin=say("run {index} of {name}", index=index + 1, name=name))
            yield self.plan.add(("scenario", scenario, index), lambda draft=draft: draft, public=False)  # type: ignore[misc]

    def _slopes(self, base: int, kind: Slope, public: bool) -> Iterator[int]:
        """Add the case with +h and the one with -h for each entry of the argument, in C order."""
        draft = self.plan.drafts[base]
        argument = draft.args[kind.argument]
        if isinstance(argument, bool) or not isinstance(argument, (int, float, np.ndarray, np.number)):
            raise _FaultyInputsError(
                say(
                    "{origin}: argument {argument} is no number or array, so it has no slope",
                    origin=draft.origin,
                    argument=kind.argument,
                )
            )
        for entry in range(np.size(argument)):
            for sign in (1.0, -1.0):
                moved = list(fresh(draft.args))
                moved[kind.argument] = nudged(argument, entry, sign * kind.step)
                yield self.plan.add(
                    ("slope", base, kind.argument, kind.step, entry, sign),
                    lambda moved=moved: Draft(args=tuple(moved), origin=say("{origin}, moved", origin=draft.origin)),  # type: ignore[misc]
                    public=public,
                )


def _drawn(inputs: Callable[..., Any], name: str, seed: int, *extra: Any) -> Any:
    """Return what an author's function makes of a generator with this seed."""
    try:
        return inputs(generator(seed), *extra)
    except (Exception, SystemExit) as error:
        code = getattr(inputs, "__code__", None)
        where = describe(error, code.co_filename) if code else say("raises {error!r}", error=error)
        raise _FaultyInputsError(
            say("its inputs {name}: {where}: it must return a tuple of arguments", name=name, where=where)
        ) from error


def _encoded(args: Any) -> object:
    """Return arguments in a form that can be compared, None where they can't travel."""
    try:
        return encode(args)
    except Uncarriable:
        return None


def nudged(argument: Value, entry: int, step: float) -> Value:
    """Return a number or array with one entry moved by `step`; integers become floats."""
    if not isinstance(argument, np.ndarray):
        return float(argument) + step
    moved = np.array(argument, dtype=float, order="K")
    place = np.unravel_index(entry, moved.shape)
    moved[place] += step
    return moved
