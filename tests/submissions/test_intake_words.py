"""Whatever intake says, there are words for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import grader.submissions
from grader.reports.phrases import TEMPLATES

SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in Path(grader.submissions.__path__[0]).glob("*.py"))
CODES = {
    *re.findall(r'"((?:unreadable|unmatched|student|late|attempts|submission|read)\.[a-z_]+)"', SOURCE),
    *(f"unreadable.{name}" for name in re.findall(r'unreadable\(\s*"([a-z_]+)"', SOURCE)),
    *(f"unmatched.{name}" for name in ("symlink", "not_regular", "too_deep", "archive_path", "device_name")),
    *re.findall(r'code="(roster\.[a-z_]+)"', SOURCE),
}


def test_the_codes_are_found() -> None:
    assert len(CODES) > 45
    assert {"unreadable.too_deep", "unmatched.symlink", "roster.duplicate", "student.collision"} <= CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_has_words(code: str) -> None:
    assert code in TEMPLATES
