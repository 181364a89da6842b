"""Sentences that can be said in another language later: an English template, and what goes into its slots.

A command speaks English or Simplified Chinese: what `--lang` says where a command has it, else `GRADER_LANG`, else the
locale (`LC_ALL`, `LC_MESSAGES`, `LANG`; any `zh` is Chinese), else English. A module that finds a fault doesn't know
that, and need not: it writes `say("{path} is not there.", path=path)`. That is a plain English `str`, the same in logs,
records and tests everywhere; the place that prints it asks for it with `told`, in the reader's language.

A sentence travels to another process as data: its template, and texts and numbers in the slots.

The English template is the key of the catalogue, so it stands in the call as it is; `python -m grader.reports.locale`
finds it there. Nothing here opens a catalogue.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

__all__ = ["LANGUAGES", "REASONS", "SEPARATORS", "Said", "asked_language", "join", "phrase", "reason", "say", "told"]

LANGUAGES = ("en", "zh-CN")
REASONS = (
    "No such file or directory",
    "Permission denied",
    "Is a directory",
    "Not a directory",
    "File exists",
    "File name too long",
    "No space left on device",
    "Read-only file system",
    "Operation not permitted",
    "Input/output error",
    "Too many open files",
    "Directory not empty",
)
"""What the system answers most when a file or folder can't be used."""

SEPARATORS = (", ", "; ")
"""What stands between sentences, and is another sign in another language."""

Translate = Callable[[str], str]


class Said(str):
    """A sentence in English that remembers how it was made, so that it can be said in another language."""

    __slots__ = ("params", "template")
    template: str
    params: Mapping[str, Any]

    def __new__(cls, text: str, template: str = "", params: Mapping[str, Any] | None = None) -> Said:
        """Keep a sentence with its template and what is in the slots."""
        self = super().__new__(cls, text)
        self.template, self.params = template, params or {}
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as data: whatever else is in a slot arrives as its text."""
        return type(self), (str(self), self.template, {name: _plain(value) for name, value in self.params.items()})

    def told(self, translate: Translate) -> str:
        """Return the sentence with its template translated, and the sentences in its slots too."""
        filled = {name: told(value, translate) for name, value in self.params.items()}
        return (translate(self.template) if self.template else "{text}").format_map(filled or {"text": str(self)})


class _Joined(Said):
    """Several sentences one after the other."""

    __slots__ = ()

    def told(self, translate: Translate) -> str:
        """Return each of them in the other language."""
        separator = self.params["separator"]
        between = translate(separator) if separator in SEPARATORS else separator
        return str(between).join(told(part, translate) for part in self.params["parts"])


def _plain(value: Any) -> Any:
    """Return what travels of what is in a slot: a sentence, a text or a number, or several of them."""
    if isinstance(value, BaseException) and value.args and isinstance(value.args[0], Said):
        value = value.args[0]
    if isinstance(value, (tuple, list)):
        return tuple(map(_plain, value))
    return value if value is None or isinstance(value, (Said, bool, int, float)) else str(value)


def say(template: str, **params: Any) -> Said:
    """Return an English sentence whose slots `{name}` are filled, to be translated where it is printed."""
    return Said(template.format_map(params), template, params)


def join(separator: str, parts: Iterable[str]) -> Said:
    """Return sentences joined, each of which is translated by itself."""
    kept = tuple(parts)
    return _Joined(separator.join(kept), "", {"separator": separator, "parts": kept})


def phrase(text: str) -> Said:
    """Return a name out of a list - what a mutant changes, say - which the catalogue has as it is, or doesn't have."""
    return Said(text, "" if "{" in text or "}" in text else text)


def reason(error: OSError) -> Said:
    """Return why the system refused something, in its own words."""
    text = error.strerror or type(error).__name__
    return Said(text, text if text in REASONS else "")


def told(value: Any, translate: Translate) -> Any:
    """Return a sentence, or an error made of one, in another language; anything else comes back as it is."""
    if isinstance(value, BaseException) and value.args and isinstance(value.args[0], Said):
        value = value.args[0]
    return value.told(translate) if isinstance(value, Said) else value


def asked_language() -> str:
    """Return the language that the environment asks for: `zh-CN` for anything that begins with zh, else `en`."""
    for variable in ("GRADER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "zh-CN" if value.lower().startswith("zh") else "en"
    return "en"
