"""The translations of an assignment's titles, hints and names of checks: `locale/zh_CN.po` beside its checks.

A catalogue's key is the language as `--lang` spells it, `zh-CN`; the text in the code is English and is what a missing
translation falls back to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.authoring import Assignment
from grader.courses.naming import question_name
from grader.courses.references import LoadedAssignment
from grader.courses.settings import unreadable
from grader.saying import say

CHINESE = "zh-CN"
FILES = {CHINESE: "zh_CN.po"}
_WITH_TEXT = ("msg", '"')
"""What a line with a text begins with."""
_QUOTED = re.compile(r'(?:msg\S+\s+)?"(?:[^"\\]|\\.)*"')
_NAMED = 3
"""How many texts without a translation are named."""


def read_catalogues(folder: Path) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Return the translations in `folder/locale` by language, and what is wrong with their files."""
    catalogues: dict[str, dict[str, str]] = {}
    faults: list[str] = []
    for language in FILES:
        path = _file(folder, language)
        if not path.is_file():
            continue
        import polib

        try:
            text = path.read_text(encoding="utf-8-sig")
            if (line := _unquoted(text)) is not None:
                faults.append(
                    say('{path}: line {line}: put the text in straight double quotes, "…"', path=path, line=line)
                )
                continue
            entries = polib.pofile(text, check_for_duplicates=True)
        except (OSError, ValueError) as error:
            faults += unreadable(path, error).faults
            continue
        catalogues[language] = {
            entry.msgid: entry.msgstr for entry in entries if entry.msgstr and not entry.obsolete and not entry.fuzzy
        }
    return catalogues, faults


def _unquoted(text: str) -> int | None:
    """Return the first line whose text isn't in quotes: of such a text polib drops the first and last character."""
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        if content.startswith(_WITH_TEXT) and not _QUOTED.fullmatch(content):
            return number
    return None


def texts(assignment: Assignment) -> tuple[str, ...]:
    """Return the English texts of an assignment that a student may read, each once, in the order of the file."""
    found: list[str] = [assignment.title]
    for question in assignment.questions:
        found.append(question.title or question_name(question))
        found += [check.name for check in question.checks]
        found += [misconception.hint for misconception in question.misconceptions]
    return tuple(dict.fromkeys(text for text in found if text))


def untranslated(loaded: LoadedAssignment, language: str = CHINESE) -> tuple[str, ...]:
    """Return the texts of an assignment that a language lacks. A bare name such as `sigmoid` needs no translation."""
    known = loaded.catalogue.get(language, {})
    return tuple(text for text in texts(loaded.assignment) if text not in known and not text.isidentifier())


def missing_translations(loaded: LoadedAssignment) -> tuple[str, ...]:
    """Say, of each language that an assignment is translated into, which of its texts have no translation yet."""
    notes: list[str] = []
    for language in loaded.catalogue:
        if missing := untranslated(loaded, language):
            named = {
                "path": _file(loaded.folder, language),
                "texts": ", ".join(map(repr, missing[:_NAMED])),
                "more": len(missing) - _NAMED,
            }
            notes.append(
                say("{path}: not translated yet, so shown in English: {texts} and {more} more", **named)
                if len(missing) > _NAMED
                else say("{path}: not translated yet, so shown in English: {texts}", **named)
            )
    return tuple(notes)


def _file(folder: Path, language: str) -> Path:
    return folder / "locale" / FILES[language]


def only(catalogue: Mapping[str, Mapping[str, str]], wanted: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the part of a catalogue that translates the wanted texts."""
    kept = tuple(dict.fromkeys(wanted))
    return {
        language: {text: words[text] for text in kept if text in words} for language, words in sorted(catalogue.items())
    }
