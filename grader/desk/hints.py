"""Help in three levels: where it goes wrong, what kind of mistake it is, and a question to ask oneself.

A course's hint says what it looks like and ends with what to look at: its last sentence is the third level.
"""

from __future__ import annotations

import re
from enum import IntEnum

from grader.model import JSON, CheckResult, Params, Verdict
from grader.records import dataclass
from grader.reports.words import Words

LONGEST = 60
"""Characters of a value that still fit into a sentence."""
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z`\"'(])|(?<=[。？！])")
_ASK = {
    "structure": "ask.structure",
    "type": "ask.type",
    "shape": "ask.shape",
    "nan": "ask.nan",
    "exception": "ask.exception",
    "exception.name": "ask.name",
    "exception.unbound": "ask.name",
    "answer": "ask.answer",
    "time_limit": "ask.time",
    "memory_limit": "ask.time",
    "loop": "ask.time",
    "crashed": "ask.time",
    "missing": "ask.missing",
}

_ASK_OF_SYNTAX = {
    "indent": "ask.indent",
    "never closed": "ask.syntax",
    "unterminated": "ask.syntax",
    "unexpected EOF": "ask.syntax",
    "invalid syntax": "ask.syntax",
}
"""By a part of what Python says: its other reasons say what to mend."""
_SAYS_ALL = ("missing.name", "exception.unquoted", "exception.module", "exception.input")
"""What says already what to do."""


class Level(IntEnum):
    """How much help is given; each level includes those before it."""

    WHERE = 1
    KIND = 2
    QUESTION = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What is said about one check that did not pass: lines for each level."""

    where: tuple[str, ...]
    kind: tuple[str, ...]
    question: str

    def lines(self, level: Level) -> tuple[str, ...]:
        """Return what a level shows."""
        shown = self.where
        if level >= Level.KIND:
            shown += self.kind
        if level >= Level.QUESTION and self.question:
            shown += (self.question,)
        return tuple(line for text in shown for line in text.splitlines())


def help_for(check: CheckResult, words: Words) -> Help:
    """Return the help for a check that did not pass."""
    message = words.message(check.code, check.params)
    seems, question = split_hint(words.text(check.hint)) if check.hint else ("", "")
    kind = tuple(message.splitlines()) + ((seems,) if seems else ())
    if check.verdict is Verdict.INTERNAL_ERROR:
        return Help(where=(), kind=kind, question="")
    return Help(where=where(check.params, words), kind=kind, question=question or ask(check.code, check.params, words))


def split_hint(hint: str) -> tuple[str, str]:
    """Split a hint into what it looks like and its last sentence; one of a single sentence is all question."""
    *seems, question = [part for part in _SENTENCE.split(hint.strip()) if part]
    return "".join(part + ("" if part[-1] in "。？！" else " ") for part in seems).strip(), question


def ask(code: str, params: Params, words: Words) -> str:
    """Return the question that fits a kind of mistake, where the course's author has none; "" where all is said."""
    asked = _asked(code, params)
    return words.message(asked, {}) if asked else ""


def asks(check: CheckResult) -> bool:
    """Whether the help for a check that did not pass ends with a question."""
    return check.verdict is not Verdict.INTERNAL_ERROR and bool(check.hint or _asked(check.code, check.params))


def _asked(code: str, params: Params) -> str | None:
    if code in _SAYS_ALL:
        return None
    if code == "missing.syntax":
        reason = str(params.get("reason", "invalid syntax"))
        return next((asked for part, asked in _ASK_OF_SYNTAX.items() if part in reason), None)
    return _ASK.get(code) or _ASK.get(code.partition(".")[0], "ask.values")


def where(params: Params, words: Words) -> tuple[str, ...]:
    """Say for which input, and at which entry, the result departs from what is expected."""
    lines = []
    if first := _first_mismatch(params):
        lines.append(words.message("where.entry", {**_of(params), **first}))
    elif _short(expected := _value(params, "expected")) and _short(got := _value(params, "got")):
        values = {"got": got, "expected": expected}
        lines.append(words.message("where.value", {**_of(params), **values}))
    given = params.get("input")
    if isinstance(given, dict) and given:
        told = ", ".join(f"{name} = {value}" for name, value in given.items() if _short(value))
        if told and len(told) <= 2 * LONGEST and len(given) == sum(_short(value) for value in given.values()):
            lines.append(words.message("where.input", {"input": told}))
    return tuple(lines)


def _value(params: Params, side: str) -> JSON:
    """Return what was expected or got: beside the kind of it, where a sentence names that."""
    return params.get(f"{side}_value", params.get(side))


def _first_mismatch(params: Params) -> dict[str, JSON] | None:
    listed = params.get("mismatches")
    if not isinstance(listed, list) or not listed or not isinstance(listed[0], dict):
        return None
    first = listed[0]
    at = first.get("at")
    place = f"[{', '.join(str(axis) for axis in at)}]" if isinstance(at, list) else "?"
    return {"at": place, "got": str(first.get("got")), "expected": str(first.get("expected"))}


def _of(params: Params) -> dict[str, JSON]:
    return {"of": params["of"]} if isinstance(params.get("of"), str) else {}


def _short(value: JSON) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST and "\n" not in value
