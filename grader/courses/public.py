"""`checks.json`, the key that students get: the public checks as data, and nothing of the hidden ones.

Reading it is quick, for `grader check` does so on start-up. Writing gives the same bytes for the same key.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from grader.authoring import Compare, Form, Kind, Limits, NoLoop, Slope, Unchanged, Values, Visibility
from grader.courses.codec import decode, encode
from grader.errors import CourseError
from grader.judging.record import mark_from_json, mark_to_json
from grader.model import (
    HAND_IN,
    AnswerKey,
    Case,
    CheckKey,
    MisconceptionKey,
    Outcome,
    QuestionKey,
    Raised,
    Returned,
    Unsupported,
)
from grader.saying import say

SCHEMA = 1
FORMAT = "numgrader public checks"
WIDTH = 110
KINDS: Mapping[str, type] = {kind.__name__: kind for kind in (Values, Slope, NoLoop, Unchanged, Form)}


def public_key(key: AnswerKey) -> AnswerKey:
    """Return the student's part of an instructor's key: public checks, their cases, and what explains these."""
    # Imported here: a student's run only reads, and these bring in all that authors need.
    from grader.courses.locales import only
    from grader.courses.versions import with_versions

    questions = tuple(_public_question(question) for question in key.questions)
    texts = [key.title]
    for question in questions:
        texts += [
            question.title,
            *(check.name for check in question.checks),
            *(each.hint for each in question.misconceptions),
        ]
    return with_versions(replace(key, questions=questions, reference=None, catalogue=only(key.catalogue, texts)))


def write_public(key: AnswerKey) -> bytes:
    """Return the text of `checks.json` for a key, of which only the public part is written."""
    key = public_key(key)
    content = {
        "format": FORMAT,
        "schema": SCHEMA,
        "assignment": key.assignment,
        "title": key.title,
        "version": key.version,
        **({"hand_in": key.hand_in} if key.hand_in != HAND_IN else {}),
        "questions": [_question_to_json(question) for question in key.questions],
        "translations": {language: dict(words) for language, words in key.catalogue.items()},
    }
    return (_dump(content) + "\n").encode()


def read_public(data: bytes) -> AnswerKey:
    """Read `checks.json`. Raises CourseError where it is damaged, or written for a newer grader."""
    try:
        content = json.loads(data)
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise ValueError("it is not a list of public checks")
    except (ValueError, RecursionError) as error:
        raise CourseError(
            [say("checks.json can't be read ({error}): get it again, or run `grader release`", error=error)]
        ) from error
    if content.get("schema") != SCHEMA:
        found = say(
            "checks.json has schema {found!r}, and this grader reads schema {schema}",
            found=content.get("schema"),
            schema=SCHEMA,
        )
        raise CourseError([say("{found}: upgrade with `pip install --upgrade numgrader`", found=found)])
    try:
        return AnswerKey(
            assignment=content["assignment"],
            title=content["title"],
            version=content["version"],
            questions=tuple(_question_from_json(each) for each in content["questions"]),
            catalogue=content["translations"],
            hand_in=str(content.get("hand_in", HAND_IN)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        fault = say(
            "checks.json is damaged ({name}: {error}): get it again, or run `grader release`",
            name=type(error).__name__,
            error=error,
        )
        raise CourseError([fault]) from error


# --- keeping what is public ------------------------------------------------------------------------------------------


def _public_question(question: QuestionKey) -> QuestionKey:
    checks = [check for check in question.checks if check.visibility == Visibility.PUBLIC]
    kept = sorted({position for check in checks for position in check.cases})
    place = {position: n for n, position in enumerate(kept)}
    secretive = question.kind == "answer"
    telling = () if secretive else tuple(each for each in question.misconceptions if _tells(each, question, kept))
    names = {each.name for each in telling}
    return replace(
        question,
        cases=tuple(_public_case(question.cases[position], names, secretive=secretive) for position in kept),
        checks=tuple(replace(check, cases=tuple(place[position] for position in check.cases)) for check in checks),
        misconceptions=telling,
    )


def _tells(misconception: MisconceptionKey, question: QuestionKey, kept: list[int]) -> bool:
    """Whether a misconception shows on enough public cases; one that doesn't could never be named there."""
    from grader.courses.naming import ENOUGH_CASES

    return sum(_shows(question.cases[position], misconception.name) for position in kept) >= ENOUGH_CASES


def _shows(case: Case, name: str) -> bool:
    got, want = case.variants.get(name), case.expected
    if not isinstance(got, Returned) or not isinstance(want, Returned):
        return False
    return encode(got.value) != encode(want.value)


def _public_case(case: Case, names: set[str], *, secretive: bool) -> Case:
    if secretive:
        return Case(expected=Returned(value=None), visibility=Visibility.PUBLIC)
    expected = case.expected
    if isinstance(expected, Returned):
        # Seconds of the author's machine say nothing on another, and would change with every release.
        expected = Returned(value=expected.value, changed=expected.changed, steps=expected.steps)
    variants = {name: _bare(outcome) for name, outcome in sorted(case.variants.items()) if name in names}
    return replace(case, expected=expected, variants=variants, visibility=Visibility.PUBLIC)


def _bare(outcome: Outcome) -> Outcome:
    # The words of an exception differ between versions of numpy; its type is what matters.
    return Raised(type=outcome.type) if isinstance(outcome, Raised) else outcome


# --- to JSON and back ------------------------------------------------------------------------------------------------


def _question_to_json(question: QuestionKey) -> dict[str, Any]:
    return {
        "name": question.name,
        "kind": question.kind,
        "title": question.title,
        "aliases": list(question.aliases),
        "parameters": list(question.parameters),
        "uses": list(question.uses),
        "dims": {name: list(place) for name, place in question.dims.items()},
        "limits": dataclasses.asdict(question.limits),
        "version": question.version,
        "stub": question.stub,
        "checks": [_check_to_json(check) for check in question.checks],
        "misconceptions": [{"name": each.name, "hint": each.hint} for each in question.misconceptions],
        "cases": [_case_to_json(case) for case in question.cases],
    }


def _question_from_json(content: Mapping[str, Any]) -> QuestionKey:
    return QuestionKey(
        name=content["name"],
        kind=content["kind"],
        title=content["title"],
        aliases=tuple(content["aliases"]),
        parameters=tuple(content["parameters"]),
        uses=tuple(content["uses"]),
        dims={name: (argument, axis) for name, (argument, axis) in content["dims"].items()},
        limits=Limits(**content["limits"]),
        version=content["version"],
        stub=content["stub"],
        checks=tuple(_check_from_json(each) for each in content["checks"]),
        misconceptions=tuple(MisconceptionKey(**each) for each in content["misconceptions"]),
        cases=tuple(_case_from_json(each) for each in content["cases"]),
    )


def _check_to_json(check: CheckKey) -> dict[str, Any]:
    content: dict[str, Any] = {"name": check.name, "points": mark_to_json(check.points), "cases": list(check.cases)}
    if check.kind != Values():
        content["kind"] = {"name": type(check.kind).__name__, **dataclasses.asdict(check.kind)}
    if check.part:
        content["part"] = list(check.part)
    if check.compare != Compare():
        content["compare"] = dataclasses.asdict(check.compare)
    if check.shape is not None:
        content["shape"] = check.shape
    return content


def _check_from_json(content: Mapping[str, Any]) -> CheckKey:
    return CheckKey(
        name=content["name"],
        points=mark_from_json(content["points"]) or Decimal(0),
        visibility=Visibility.PUBLIC,
        cases=tuple(content["cases"]),
        kind=_kind_from_json(content["kind"]) if "kind" in content else Values(),
        part=tuple(content.get("part", ())),
        compare=Compare(**content.get("compare", {})),
        shape=content.get("shape"),
    )


def _kind_from_json(content: Mapping[str, Any]) -> Kind:
    options = {
        name: tuple(value) if isinstance(value, list) else value for name, value in content.items() if name != "name"
    }
    kind: Kind = KINDS[content["name"]](**options)
    return kind


def _case_to_json(case: Case) -> dict[str, Any]:
    content: dict[str, Any] = {"args": [encode(argument) for argument in case.args]}
    content["expected"] = _outcome_to_json(case.expected)
    if case.variants:
        content["variants"] = {name: _outcome_to_json(outcome) for name, outcome in case.variants.items()}
    if case.measured:
        content["measured"] = True
    return content


def _case_from_json(content: Mapping[str, Any]) -> Case:
    return Case(
        args=tuple(decode(argument) for argument in content["args"]),
        expected=_outcome_from_json(content["expected"]),
        variants={name: _outcome_from_json(outcome) for name, outcome in content.get("variants", {}).items()},
        measured=content.get("measured", False),
        visibility=Visibility.PUBLIC,
    )


def _outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, Returned):
        content: dict[str, Any] = {"returned": encode(outcome.value)}
        if outcome.changed:
            content["changed"] = list(outcome.changed)
        if outcome.steps is not None:
            content["steps"] = outcome.steps
        return content
    if isinstance(outcome, Raised):
        return {"raised": outcome.type}
    if isinstance(outcome, Unsupported):
        return {"unsupported": outcome.type, "where": outcome.where}
    raise ValueError("a case that was stopped is no answer")


def _outcome_from_json(content: Mapping[str, Any]) -> Outcome:
    if "returned" in content:
        value = decode(content["returned"])
        return Returned(value=value, changed=tuple(content.get("changed", ())), steps=content.get("steps"))
    if "raised" in content:
        return Raised(type=content["raised"])
    return Unsupported(type=content["unsupported"], where=content["where"])


def _dump(value: Any, indent: str = "") -> str:
    """Write strict JSON that a person can read: what fits on a line stands on one."""
    flat = json.dumps(value, ensure_ascii=False, allow_nan=False)
    inner = indent + " "
    if len(indent) + len(flat) <= WIDTH or not isinstance(value, (dict, list)) or not value:
        return flat
    if isinstance(value, dict):
        lines = [f"{inner}{json.dumps(key, ensure_ascii=False)}: {_dump(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if all(isinstance(item, (int, float, str)) for item in value):
        return flat  # the entries of an array: one line, however long
    return "[\n" + ",\n".join(inner + _dump(item, inner) for item in value) + f"\n{indent}]"
