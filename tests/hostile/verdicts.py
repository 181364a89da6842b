"""What must hold after an attack, each by the name that attacks.json uses."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.hostile.arena import Attack, Run, leaks

MAX_LINE = 400_000
"""Bytes of one result: what a program returns, prints or breaks is cut."""
MAX_PEAK_MB = 512
"""Memory of the grader's own process, whatever its workers send: 256 of it for answers that are kept."""

# C0 but tab and newline, DEL, C1; bidirectional marks; surrogates.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_FORMULA = re.compile(r"^[=+\-@\t\r]")


def marks(record: dict[str, Any]) -> dict[str, float]:
    """Return the part of its points that each question got."""
    return {
        question["name"]: float(Decimal(str(question["score"])) / Decimal(str(question["points"])))
        for question in record["questions"]
        if question["score"] is not None
    }


def told(record: dict[str, Any]) -> str:
    """Return all that a result says of the program's doings: neither path nor digest nor times."""
    return json.dumps([record["questions"], record["notes"]], ensure_ascii=False)


def texts(tree: Any) -> list[str]:
    """Return every string in a tree of JSON, keys too."""
    if isinstance(tree, str):
        return [tree]
    if isinstance(tree, dict):
        return [text for key, value in tree.items() for text in (key, *texts(value))]
    if isinstance(tree, list):
        return [text for value in tree for text in texts(value)]
    return []


def failures(attack: Attack, run: Run) -> list[str]:
    """Say everything that is not as it must be after one attack of a run."""
    student = run.folders[attack.id]
    record = run.results.get(student)
    if record is None:
        return [f"no result; the run ended with {run.exit}: {run.stderr[-2000:]}"]
    wrong = []
    got = marks(record)
    for name, score in attack.scores.items():
        if got.get(name) != score:
            wrong.append(f"{name} got {got.get(name)}, not {score}: {_why(record, name)}")
    if not record["complete"]:
        wrong.append("the result is incomplete")
    if run.digests[student] != record["submission"]["sha256"]:
        wrong.append("what was graded is not what the attacker meant")
    if run.wall[student] > attack.max_wall_s:
        wrong.append(f"took {run.wall[student]:.1f} s of {attack.max_wall_s}")
    wrong += [f"leaked: {secret}" for secret in leaks(run.lines[student])]
    wrong += [f"not strict: {text[:60]!r}" for text in texts(record) if _SURROGATES.search(text)][:3]
    wrong += [fault for check in attack.checks for fault in _check(check, record, run)]
    return wrong


def _why(record: dict[str, Any], name: str) -> str:
    checks = [check for question in record["questions"] if question["name"] == name for check in question["checks"]]
    return "; ".join(f"{check['verdict']} {check['code']} {str(check['params'])[:200]}" for check in checks)


def _check(check: str, record: dict[str, Any], run: Run) -> list[str]:
    name, _, argument = check.partition(":")
    if name == "log_lacks":
        return [f"{argument} came through"] if argument in run.stdout + run.stderr else []
    if name == "report_lacks":
        return [f"{argument} is told"] if argument in told(record) else []
    if name == "report_clean":
        return _REPORTS[argument](record)
    return _CHECKS[name](record, run)


def _hidden_inputs(record: dict[str, Any], _run: Run) -> list[str]:
    return ["hidden inputs are told"] if "4242" in told(record) else []


def _line_bounded(record: dict[str, Any], _run: Run) -> list[str]:
    size = len(json.dumps(record))
    return [f"{size} bytes of result"] if size > MAX_LINE else []


def _memory_bounded(_record: dict[str, Any], run: Run) -> list[str]:
    return [f"the grader took {run.peak_mb:.0f} MB"] if run.peak_mb > MAX_PEAK_MB else []


def _of_the_run(_record: dict[str, Any], _run: Run) -> list[str]:
    """Looked at for every run as a whole: see `failures_of_run`."""
    return []


_CHECKS: dict[str, Callable[[dict[str, Any], Run], list[str]]] = {
    "hidden_inputs_absent": _hidden_inputs,
    "line_bounded": _line_bounded,
    "memory_bounded": _memory_bounded,
    **dict.fromkeys(
        (
            "no_canary_in_any_output",
            "listener_untouched",
            "no_new_files_outside_box",
            "no_core_file",
            "no_survivors",
            "grader_alive",
            "next_honest_full",
            "report_json_strict",
        ),
        _of_the_run,
    ),
}


def _clean_of(pattern: re.Pattern[str]) -> Callable[[dict[str, Any]], list[str]]:
    def look(record: dict[str, Any]) -> list[str]:
        shown = [text for text in texts(record) if pattern.search(text)]
        return [f"not clean: {text[:80]!r}" for text in shown[:3]]

    return look


def _clean_csv(record: dict[str, Any]) -> list[str]:
    import csv

    from grader.judging.record import result_from_record
    from grader.policy import Mark
    from grader.reports.exports.table import write_csv

    out = io.StringIO()
    result = result_from_record(record)
    flags = (*result.flags, *texts(record["questions"]))
    mark = Mark(assignment="a", student=record["student"], score=None, points=result.points, flags=flags, result=result)
    write_csv([mark], out)
    cells = [cell for row in csv.reader(io.StringIO(out.getvalue())) for cell in row]
    return [f"a formula: {cell[:80]!r}" for cell in cells if _FORMULA.match(cell)]


def _literal(record: dict[str, Any]) -> list[str]:
    said = told(record)
    missing = [word for word in ("%s", "{0}") if word not in said]
    return [f"{word} was put in" for word in missing]


def _unmarked(record: dict[str, Any]) -> list[str]:
    return [] if "[red]100/100[/red] [/]" in told(record) else ["markup was taken for markup"]


_REPORTS: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "ansi": _clean_of(_CONTROLS),
    "bidi": _clean_of(_BIDI),
    "csv": _clean_csv,
    "format": _literal,
    "markup": _unmarked,
}


def failures_of_run(run: Run) -> list[str]:
    """Say everything that is not as it must be after a run as a whole."""
    wrong = [] if run.exit == 0 else [f"the grader ended with {run.exit}: {run.stderr[-2000:]}"]
    wrong += [f"still running: {each}" for each in run.survivors]
    wrong += [f"reached: {each}" for each in run.touched]
    wrong += [f"left or changed: {each}" for each in run.left]
    wrong += [f"leaked: {secret}" for secret in leaks(run.stdout + run.stderr)]
    if run.order != sorted(run.order):
        wrong.append("honest submissions were not graded between the others")
    for student in run.order:
        record = run.results[student]
        if student.endswith(" honest") and record["score"] != record["points"]:
            wrong.append(f"{student} got {record['score']} of {record['points']}: {told(record)[:1500]}")
    if run.peak_mb > MAX_PEAK_MB:
        wrong.append(f"the grader took {run.peak_mb:.0f} MB")
    return wrong


def shown_clean(text: str) -> list[str]:
    """Say what a terminal shows and must not."""
    wrong = [f"shown: {pattern.pattern}" for pattern in (_CONTROLS, _BIDI, _SURROGATES) if pattern.search(text)]
    return wrong + [f"leaked: {secret}" for secret in leaks(text)]
