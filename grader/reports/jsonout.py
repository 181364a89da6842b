"""Results as JSON: the record of each with its messages in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from grader.judging.record import REMEMBERED, SCHEMA, Itself, Record, question_to_record, result_to_record
from grader.model import Result
from grader.reports.words import Words


def document(results: Iterable[Result], words: Mapping[str | None, Words]) -> str:
    """Return one JSON object with all results, sorted by assignment, student and path.

    `words` maps an assignment to the words of its catalogue; None is for results without one.
    """
    ordered = sorted(results, key=lambda r: (r.assignment or "", r.student, r.path))
    records = [with_words(result, words) for result in ordered]
    return json.dumps({"schema": SCHEMA, "results": records}, ensure_ascii=False, allow_nan=False, indent=1)


def line(result: Result, words: Mapping[str | None, Words]) -> str:
    """Return one result as one line of JSON."""
    return json.dumps(with_words(result, words), ensure_ascii=False, allow_nan=False)


def with_words(result: Result, words: Mapping[str | None, Words]) -> Record:
    """Return the record of a result with its messages and hints in the reader's language."""
    speak = words.get(result.assignment, words[None])
    record = result_to_record(replace(result, questions=()))
    record["questions"] = [_question_with_words(Itself(question), speak) for question in result.questions]
    for note in record["notes"]:
        note["message"] = speak.message(note["code"], note["params"])
    return record


@lru_cache(maxsize=REMEMBERED)
def _question_with_words(key: Itself, speak: Words) -> Record:
    """Return the record of a question's result; one for all who have the very same."""
    record = question_to_record(key.question)
    for check in record["checks"]:
        passed = check["code"] == "ok"
        check["message"] = "" if passed else speak.message(check["code"], check["params"])
        check["hint"] = check["hint"] and speak.text(check["hint"])
        if example := check.get("example"):
            example["message"] = speak.message(example["code"], example["params"])
    return record
