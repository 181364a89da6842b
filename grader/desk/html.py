"""Feedback as HTML under a notebook's cell: checks, arrays side by side with what differs marked, curves.

Everything that a student or an author wrote is escaped. Colours follow Jupyter's theme, light or dark; what is
marked by colour is marked by weight or a glyph too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

import numpy as np

from grader import judging
from grader.authoring import Values
from grader.desk.checked import Checked, Feedback
from grader.desk.curve import curve, is_curve
from grader.desk.hints import Help, Level, help_for
from grader.judging.comparison import Difference, wrong_entries
from grader.judging.findings import compare_part, take_part
from grader.judging.small import shown, shown_inputs
from grader.judging.values import Category, as_array, category
from grader.model import Case, CheckKey, CheckResult, Outcome, QuestionKey, Returned, Value, Verdict
from grader.reports.looks import LOOKS, marks
from grader.reports.words import Words

ROWS, COLUMNS = 10, 8
_CODE = re.compile(r"`([^`]+)`")
STYLE = """
.numgrader { --ng-good: #1a7f37; --ng-bad: #b42318; --ng-open: #8a6100; --ng-line: rgba(128,128,128,.35);
  --ng-mark: rgba(218,54,51,.16); font-family: var(--jp-ui-font-family, system-ui, sans-serif); font-size: 14px;
  line-height: 1.45; color: var(--jp-ui-font-color1, #1f2328); max-width: 52em; margin: .3em 0 1.2em; }
body[data-jp-theme-light="false"] .numgrader, .vscode-dark .numgrader {
  --ng-good: #4ac26b; --ng-bad: #ff8182; --ng-open: #d4a72c;
  --ng-mark: rgba(255,129,130,.22); }
.numgrader .ng-head { display: flex; gap: 1em; align-items: baseline; border-bottom: 1px solid var(--ng-line);
  padding: .4em 0 .25em; }
.numgrader .ng-head b { font-size: 15px; font-family: var(--jp-code-font-family, monospace); }
.numgrader .ng-head span { margin-left: auto; font-variant-numeric: tabular-nums; }
.numgrader .ng-check { margin: .5em 0 0; } .numgrader .ng-check > div { margin: .15em 0 0 1.6em; }
.numgrader .ng-accepted { color: var(--ng-good); } .numgrader .ng-missing { color: var(--ng-open); }
.numgrader .ng-wrong { color: var(--ng-bad); } .numgrader .ng-glyph { display: inline-block; width: 1.6em;
  font-weight: 700; }
.numgrader .ng-pair { display: flex; flex-wrap: wrap; gap: .6em 2em; }
.numgrader table.ng-array { border-collapse: collapse; margin: .1em 0 .3em; border: 0; width: auto; color: inherit;
  border-left: 2px solid currentColor; border-right: 2px solid currentColor; }
.numgrader table.ng-array td { padding: .1em .55em; text-align: right; border: 0; background: none; color: inherit;
  font-family: var(--jp-code-font-family, monospace); font-size: 13px; white-space: nowrap; }
.numgrader table.ng-array td.ng-off { background: var(--ng-mark); font-weight: 700; color: var(--ng-bad); }
.numgrader .ng-label { font-size: 12px; opacity: .75; } .numgrader pre { margin: .1em 0; white-space: pre-wrap;
  font-family: var(--jp-code-font-family, monospace); font-size: 13px; background: none; color: inherit; }
.numgrader code { font-family: var(--jp-code-font-family, monospace); font-size: .93em; background: none;
  color: inherit; padding: 0; font-weight: 600; }
.numgrader summary { cursor: pointer; opacity: .8; } .numgrader .ng-next { margin: .6em 0 0; font-weight: 600; }
.numgrader svg { max-width: 100%; height: auto; display: block; }
"""


def render(feedback: Feedback) -> str:
    """Return the HTML of what is shown under the cell."""
    words = feedback.words
    parts = [_question(each, words, opened=feedback.level > Level.KIND) for each in feedback.checked]
    told = [words.message(message.code, message.params) for message in feedback.messages]
    parts += [f'<div class="ng-next">{_prose(text)}</div>' for text in told]
    return f'<div class="numgrader"><style>{STYLE}</style>{"".join(parts)}</div>'


def _question(checked: Checked, words: Words, *, opened: bool) -> str:
    result = checked.result
    passed = sum(check.verdict is Verdict.ACCEPTED for check in result.checks)
    counted = words.message("live.passed", {"passed": passed, "checks": len(result.checks)})
    worth = f" · {marks(result.score, result.points)}" if result.points else ""
    head = f'<div class="ng-head"><b>{escape(result.name)}</b><span>{escape(counted + worth)}</span></div>'
    pairs = list(zip(checked.question.checks, result.checks, strict=True))
    pairs.sort(key=lambda pair: pair[1].verdict is not Verdict.ACCEPTED)
    if result.checks and all(check.verdict is Verdict.MISSING for check in result.checks):
        pairs = pairs[:1]
    body = []
    before = None
    for key, check in pairs:
        told = help_for(check, words) if check.verdict is not Verdict.ACCEPTED else None
        body.append(_check(key, check, checked, words, None if told == before else told, opened=opened))
        before = told
    return head + "".join(body)


def _check(
    key: CheckKey, check: CheckResult, checked: Checked, words: Words, told: Help | None, *, opened: bool
) -> str:
    """Return one check. `told` is what to say about it; None where it passed, or where the same was just said."""
    glyph, _, word, _ = LOOKS[check.verdict]
    look = (
        "accepted" if check.verdict is Verdict.ACCEPTED else "missing" if check.verdict is Verdict.MISSING else "wrong"
    )
    title = (
        f'<span class="ng-{look}"><span class="ng-glyph">{glyph}</span>{escape(words.ui(word))}</span> '
        f"{escape(words.text(check.name))}"
    )
    parts = []
    if told is not None:
        parts += [f"<div>{_line(line)}</div>" for line in told.kind]
        parts += _evidence(key, checked, words)
        if told.question:
            summary = escape(words.message("live.question", {}))
            state = " open" if opened else ""
            parts.append(f"<div><details{state}><summary>{summary}</summary>{_prose(told.question)}</details></div>")
    parts += _curves(key, checked, words)
    return f'<div class="ng-check">{title}{"".join(parts)}</div>'


def _line(line: str) -> str:
    return f"<pre>{escape(line)}</pre>" if line.startswith("  ") else _prose(line)


def _prose(text: str) -> str:
    """Escape a sentence, and set what stands in backticks as code."""
    return _CODE.sub(r"<code>\1</code>", escape(text))


# --- what was expected, and what came -------------------------------------------------------------------------------


def _evidence(key: CheckKey, checked: Checked, words: Words) -> Iterator[str]:
    """Show the first failing case: expected and got side by side, and the input it was called with."""
    question = checked.question
    if question.kind == "answer" or not checked.outcomes:
        return
    failing = judging.judge(key, question, checked.outcomes).failing
    if failing is None:
        return
    case, outcome = question.cases[failing], checked.outcomes[failing]
    if isinstance(key.kind, Values) and isinstance(outcome, Returned) and isinstance(case.expected, Returned):
        difference = compare_part(case.expected.value, outcome.value, key)
        if difference is not None:
            yield _side_by_side(difference, key, words)
    yield _input(question, case, words)


def _side_by_side(difference: Difference, key: CheckKey, words: Words) -> str:
    want, have = difference.expected, difference.got
    mask = _mask(want, have, key)
    columns = []
    for code, value, marked in (("live.expected", want, None), ("live.got", have, mask)):
        label = escape(words.message(code, {}))
        shape = f" {escape(str(as_array(value).shape))}" if _is_array(value) else ""
        columns.append(f'<div><div class="ng-label">{label}{shape}</div>{_value(value, marked, words)}</div>')
    return f'<div class="ng-pair">{"".join(columns)}</div>'


def _mask(want: Value, have: Value, key: CheckKey) -> Any:
    numeric = (Category.NUMBER, Category.ARRAY)
    if category(want) not in numeric or category(have) not in numeric:
        return None
    if as_array(want).shape != as_array(have).shape:
        return None
    return wrong_entries(want, have, key.compare)


def _value(value: Value, mask: Any, words: Words) -> str:
    if not (_is_array(value) and 1 <= as_array(value).ndim <= 2 and as_array(value).size):
        wrong = mask is not None and bool(np.any(mask))
        text = f"<pre>{escape(shown(value))}</pre>"
        return f'<div class="ng-wrong"><b>{text}</b></div>' if wrong else text
    array = as_array(value)
    grid = array.reshape(1, -1) if array.ndim == 1 else array
    off_at = None if mask is None else np.asarray(mask).reshape(grid.shape)
    rows = []
    for row in range(min(ROWS, grid.shape[0])):
        entries = []
        for column in range(min(COLUMNS, grid.shape[1])):
            look = ' class="ng-off"' if off_at is not None and off_at[row, column] else ""
            entries.append(f"<td{look}>{escape(_number(grid[row, column]))}</td>")
        rows.append(f"<tr>{''.join(entries)}</tr>")
    table = f'<table class="ng-array">{"".join(rows)}</table>'
    if grid.shape[0] <= ROWS and grid.shape[1] <= COLUMNS:
        return table
    size = {"rows": min(ROWS, grid.shape[0]), "columns": min(COLUMNS, grid.shape[1]), "shape": list(array.shape)}
    return (
        f'{table}<div class="ng-label">{escape(words.message("live.part", {**size, "shape": str(array.shape)}))}</div>'
    )


def _is_array(value: Value) -> bool:
    return category(value) is Category.ARRAY


def _number(entry: Any) -> str:
    plain = entry.item()
    return f"{plain:.6g}" if isinstance(plain, float | complex) else str(plain)


def _input(question: QuestionKey, case: Case, words: Words) -> str:
    given = shown_inputs(question.parameters, case.args)
    if not given:
        return ""
    text = "\n".join(f"{name} = {_indented(str(value), len(name) + 3)}" for name, value in given.items())
    summary = escape(words.message("live.input", {}))
    return f"<div><details><summary>{summary}</summary><pre>{escape(text)}</pre></details></div>"


def _indented(text: str, by: int) -> str:
    return text.replace("\n", "\n" + " " * by)


# --- curves ---------------------------------------------------------------------------------------------------------


def _curves(key: CheckKey, checked: Checked, words: Words) -> Iterator[str]:
    """Draw the longest list of numbers that the check compares - the costs of a descent - against the expected one."""
    pairs = list(_lists(key, checked.question, checked.outcomes))
    if pairs:
        want, have = max(pairs, key=lambda pair: len(pair[0]))
        labels = (words.message("live.expected", {}), words.message("live.got", {}))
        yield f"<div>{curve(want, have, labels)}</div>"


def _lists(key: CheckKey, question: QuestionKey, outcomes: tuple[Outcome, ...]) -> Iterator[tuple[Any, Any]]:
    if not isinstance(key.kind, Values) or not outcomes:
        return
    for position in key.cases:
        want, have = question.cases[position].expected, outcomes[position]
        if isinstance(want, Returned) and isinstance(have, Returned):
            taken = take_part(want.value, have.value, key.part)
            if not isinstance(taken, Difference) and is_curve(taken[0]) and is_curve(taken[1], at_least=1):
                yield taken
