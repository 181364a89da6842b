"""What `check()` found out in a notebook, before it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from grader.desk.hints import Level
from grader.model import Message, Outcome, QuestionKey, QuestionResult
from grader.reports.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One question that was checked: the key, what the calls came to, and what was made of it."""

    question: QuestionKey
    outcomes: tuple[Outcome, ...]
    result: QuestionResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """All that is said: the questions, then messages, the next step last; in whose words, with how much help."""

    checked: tuple[Checked, ...]
    messages: tuple[Message, ...]
    words: Words
    level: Level
