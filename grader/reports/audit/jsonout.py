"""An audit as JSON: `{"schema": 1, "sound": …, "assignments": […]}`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from grader.reports.audit.account import AssignmentAudit, Fate, QuestionAudit

SCHEMA = 1


def document(audited: Sequence[AssignmentAudit]) -> str:
    """Return all assignments as one strict JSON object."""
    whole = {
        "schema": SCHEMA,
        "sound": all(each.sound for each in audited),
        "assignments": [_assignment(each) for each in audited],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False)


def _assignment(audited: AssignmentAudit) -> dict[str, Any]:
    return {
        "assignment": audited.assignment,
        "title": audited.title,
        "sound": audited.sound,
        "mutation_score": round(audited.score, 6),
        "seeds": audited.seeds,
        "seconds": round(audited.seconds, 3),
        "questions": [_question(question) for question in audited.questions],
    }


def _question(question: QuestionAudit) -> dict[str, Any]:
    return {
        "name": question.name,
        "sound": question.sound,
        "mutation_score": round(question.score, 6),
        "counts": {fate.value: question.count(fate) for fate in Fate},
        "rewrites": question.rewrites,
        "blanks": question.blanks,
        "misconceptions": question.misconceptions,
        "redundant_checks": list(question.redundant),
        "seconds": round(question.seconds, 3),
        "faults": [
            {"kind": fault.kind.value, "text": fault.text, "mutant": asdict(fault.mutant) if fault.mutant else None}
            for fault in question.faults
        ],
        "mutants": [asdict(mutant) for mutant in question.mutants],
        "pairs": [asdict(mutant) for mutant in question.pairs],
    }
