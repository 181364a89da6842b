"""The report of one assignment's class: one page for the instructor, and a page a student in files beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.model import Result
from grader.policy import Mark
from grader.reports import similarity, statistics
from grader.reports.html import mistakes
from grader.reports.html.classroom import STATES, QuestionRow, StudentRow, classroom
from grader.reports.html.drawing import plot, stacked
from grader.reports.html.feedback import Teller, blocks, check_blocks, named
from grader.reports.html.markdown import markdown
from grader.reports.html.naming import href, stem
from grader.reports.html.pages import Pages, filled
from grader.reports.looks import number
from grader.reports.similarity import Alike, Look
from grader.reports.words import Words, clean

GLYPHS = {"passed": "✓", "wrong": "✗", "error": "!", "stopped": "■", "missing": "–", "not graded": "?"}
SHOWN_LOOKS = 40
MOST_STUDENTS = 6
"""Of a larger group of alike students the first few's code is shown."""
POOR = 0.2
"""Below this, a question tells students apart poorly (Ebel, 1965)."""
HARD, EASY = 0.3, 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReview:
    """Something that needs a person."""

    student: str
    reason: str
    path: str


def _all_of_it(result: Result) -> Result:
    return result


def _no_code(*_: object) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassReport:
    """All that a report is made from. `told` is what students are told of a result: the course's level of feedback."""

    assignment: str
    title: str
    marks: Sequence[Mark]
    course: str = ""
    made_at: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    queue: Sequence[ToReview] = ()
    told: Callable[[Result], Result] = _all_of_it
    code: Callable[[Result, str, bool], str | None] = _no_code
    """A submission's code of one question, with or without comments; None where its file isn't at hand."""


def write_report(report: ClassReport, folder: Path, words: Words) -> Path:
    """Write `index.html` and `students/*.html` into a folder; return the path of the former."""
    pages = Pages(words)
    (folder / "students").mkdir(parents=True, exist_ok=True)
    teller = Teller(_title(report, words), report.titles, words)
    for mark in report.marks:
        page = pages.student(teller.view(_told(mark, report)))
        _write(folder / "students" / f"{stem(mark.student)}.html", page)
    index = folder / "index.html"
    _write(index, pages.whole_class(**_given(report, words)))
    return index


def write_feedback(report: ClassReport, folder: Path, words: Words) -> int:
    """Write each student's feedback as `.html` and `.md`, for handing back; return how many students there are."""
    pages = Pages(words)
    teller = Teller(_title(report, words), report.titles, words)
    folder.mkdir(parents=True, exist_ok=True)
    for mark in report.marks:
        view = teller.view(_told(mark, report))
        _write(folder / f"{stem(mark.student)}.html", pages.student(view))
        _write(folder / f"{stem(mark.student)}.md", markdown(view, words))
    return len(report.marks)


def _told(mark: Mark, report: ClassReport) -> Mark:
    return mark if mark.result is None else replace(mark, result=report.told(mark.result))


def _title(report: ClassReport, words: Words) -> str:
    return clean(words.text(report.title) or report.assignment)


def _write(path: Path, text: str) -> None:
    # Half surrogate pairs can't be encoded; whatever comes from a student was cleaned of them before.
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")


def _given(report: ClassReport, words: Words) -> dict[str, Any]:
    """Return what the template of the class report is given."""
    room = classroom(report.marks)
    results = [mark.result for mark in report.marks if mark.result is not None and mark.result.questions]
    groups, alone = mistakes.clusters(results, report.code)
    looks = similarity.worth_a_look(mistakes.written(results))
    by_student = {result.student: result for result in results}
    spread = room.spread
    return {
        "title": _title(report, words),
        "course": clean(report.course),
        "made_at": report.made_at,
        "room": room,
        "states": [state for state in STATES if any(state in dict(row.states) for row in room.questions)],
        "misconceptions": [
            {
                "question": held.question,
                "name": held.name,
                "students": held.students,
                "of": held.of,
                "hint": blocks(words.text(held.hint).splitlines()),
                "says": words.message(held.example.code, _no_place(held.example.params)).splitlines()[0],
                "code": held.code,
            }
            for held in mistakes.misconceptions(results, report.code)
        ],
        "clusters": [
            {
                "question": group.question,
                "students": group.students,
                "says": check_blocks(replace(group.example, params=_no_place(group.example.params)), words),
                "code_word": group.example.code,
                "failing": [words.text(name) for name in group.failing],
                "code": group.code,
            }
            for group in groups
        ],
        "alone": alone,
        "plot": plot(room.bins, spread.median / float(room.points) if spread and room.points else None),
        "questions": [_question(row, words) for row in room.questions],
        "formulas": list(zip(_formula_names(words), statistics.FORMULAS, strict=True)),
        "least": {
            "facility": statistics.LEAST_FACILITY,
            "discrimination": statistics.LEAST_DISCRIMINATION,
            "correlation": statistics.LEAST_CORRELATION,
        },
        "queue": [_item(item, words) for item in report.queue],
        "looks": [_look(look, by_student, report, words) for look in looks[:SHOWN_LOOKS]],
        "more_looks": max(len(looks) - SHOWN_LOOKS, 0),
        "nothing_alike": _nothing_alike(results, words),
        "students": [_student(row, words) for row in room.students],
        "legend": [(GLYPHS[state], words.ui(state)) for state in STATES],
    }


def _formula_names(words: Words) -> tuple[str, ...]:
    """Return what the formulas of `statistics` are called, in their order."""
    return (
        words.ui("mean, median, quartiles, SD"),
        words.ui("facility"),
        words.ui("item-rest correlation"),
        words.ui("discrimination"),
        words.ui("Cronbach's α"),
    )


def _no_place(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if name not in ("place", "cell", "line")}


def _question(row: QuestionRow, words: Words) -> dict[str, Any]:
    remarks = []
    if row.facility is not None and row.facility < HARD:
        remarks.append(words.ui("hard"))
    if row.facility is not None and row.facility > EASY:
        remarks.append(words.ui("easy"))
    elif row.discrimination is not None and row.discrimination < POOR:
        remarks.append(words.ui("tells students apart poorly"))
    return {
        "name": row.name,
        "points": row.points,
        "facility": row.facility,
        "discrimination": row.discrimination,
        "correlation": row.correlation,
        "parts": stacked(row.states),
        "counts": dict(row.states),
        "label": ", ".join(f"{words.ui(state)}: {count}" for state, count in row.states),
        "remarks": remarks,
    }


def _student(row: StudentRow, words: Words) -> dict[str, Any]:
    kinds = (
        (words.ui("late"), row.late),
        (words.ui("changed by hand"), row.adjusted),
        (words.ui("excused"), row.excused),
    )
    remarks = [text for text, holds in kinds if holds]
    if not row.states and not row.excused:
        remarks.append(words.ui("not graded"))
    return {
        "name": named(row.student, words),
        "href": href(row.student),
        "value": -1 if row.score is None else row.score,
        "marks": "?" if row.score is None else number(row.score),
        "percent": "" if row.share is None else str(round(100 * row.share)),
        "strip": "".join(GLYPHS[state] for state in row.states),
        "remarks": ", ".join(remarks),
    }


def _item(item: ToReview, words: Words) -> dict[str, str]:
    says = words.message(item.reason, {})
    return {
        "student": named(item.student, words),
        "href": href(item.student),
        "reason": clean(item.reason, 60),
        "says": "" if item.reason in says else says,
        "path": clean(item.path),
    }


def _look(look: Look, results: Mapping[str, Result], report: ClassReport, words: Words) -> dict[str, Any]:
    pairs = []
    for each in look.questions:
        sides = []
        for student in look.students[:MOST_STUDENTS]:
            code = report.code(results[student], each.question, False)
            if code is not None:
                sides.append({"student": f"{named(student, words)}: {each.question}", "code": code})
        if len(sides) > 1:
            pairs.append(sides)
    return {
        "students": [{"name": named(student, words), "href": href(student)} for student in look.students],
        "questions": [
            {"question": each.question, "says": _alike(each, look, results, words)} for each in look.questions
        ],
        "pairs": pairs,
    }


def _alike(each: Alike, look: Look, results: Mapping[str, Result], words: Words) -> str:
    share = str(round(100 * each.alike))
    said = [filled(words.ui("{n} rare forms in common, {share} % alike"), n=each.shared, share=share)]
    if len({results[student].sha256 for student in look.students}) == 1:
        said.append(words.ui("the files are the same, byte for byte"))
    if each.wrong:
        said.append(words.ui("and wrong"))
    return words.ui(", ").join(said)


def _nothing_alike(results: Sequence[Result], words: Words) -> str:
    if results and not any(result.fingerprints for result in results):
        return words.ui("No fingerprints are at hand: they are kept in the gradebook, by `grader grade`.")
    if len(results) < similarity.LEAST_CLASS:
        return filled(words.ui("In a class of fewer than {n} nothing can be called rare."), n=similarity.LEAST_CLASS)
    return words.ui("Nothing stands out.")
