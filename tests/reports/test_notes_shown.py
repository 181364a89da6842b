"""Of the notes of a result, those are shown that say what nothing else on the page says."""

from decimal import Decimal

import pytest

from grader.authoring import Visibility
from grader.model import CheckResult, Note, QuestionResult, Result, Verdict
from grader.reports.looks import told_notes

PLACE = {"cell": 3, "line": 2}


def result(code, notes, **params):
    check = CheckResult(
        name="a",
        visibility=Visibility.PUBLIC,
        verdict=Verdict.MISSING,
        score=Decimal(0),
        points=Decimal(1),
        code=code,
        params={"place": PLACE, **params},
    )
    question = QuestionResult(name="q", score=Decimal(0), points=Decimal(1), checks=(check,))
    return Result(
        assignment="one", student="ada", path="a.py", sha256="", sandbox="none", questions=(question,), notes=notes
    )


@pytest.mark.parametrize(
    ("code", "note"),
    [
        ("missing.syntax", Note(code="skipped.cell", params={**PLACE, "text": "def q(", "reason": "why"})),
        ("exception.name", Note(code="skipped.statement", params={**PLACE, "text": "q = no", "reason": "why"})),
    ],
)
def test_what_a_question_says_already_is_no_note_and_the_same_elsewhere_is(code, note):
    elsewhere = Note(code=note.code, params={**note.params, "line": 9})
    assert list(told_notes(result(code, (note, elsewhere), reason="why"))) == [elsewhere]


def test_how_the_code_was_found_is_shown_on_request_only():
    note = Note(code="ran.lines", params={"places": "1", "count": 1})
    assert not list(told_notes(result("ok", (note,))))
    assert list(told_notes(result("ok", (note,)), explain=True)) == [note]
