"""Words at the edge: message codes with parameters become sentences in English or Simplified Chinese.

What a student may have written reaches a sentence through `clean` only, and is put in by plain replacement: it is never
a format string, and never looked at for slots again.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from grader.model import JSON, Note, Params
from grader.reports.phrases import TEMPLATES
from grader.reports.phrases.slips import SLIPS
from grader.reports.syntax import INSTEAD, REASONS, TARGETS, reason_in_words
from grader.saying import Said, told
from grader.text import clean

__all__ = ["LANGUAGES", "Words", "clean", "cleaned", "english_texts"]

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "grader"
COMMANDS = "commands"
"""The catalogues: of what is told of students' work, and of what commands and their errors say."""
LANGUAGES = ("en", "zh_CN")
LONGEST = 600
"""A sentence is no longer than this, whatever its parameters are."""

_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
_LINES = 12

KINDS = {
    "none": "None",
    "number": "a number",
    "array": "an array",
    "text": "a text",
    "list": "a list",
    "tuple": "a tuple",
    "dict": "a dictionary",
    "unsupported": "something else",
}
BARE = {"list": "list", "tuple": "tuple", "dict": "dictionary"}
CASES = {"all": "All of the numbers are wrong.", "some": "Some of the numbers are wrong, others are right."}
VERDICTS = ("passed", "wrong", "error", "too slow", "memory", "crashed", "stopped", "missing", "not graded")
"""One word for what became of a check."""
PATTERNS = {
    "at": "cell {cell}, line {line}: ",
    "at_line": "line {line}: ",
    "here": "cell {cell}, line {line}",
    "here_line": "line {line}",
    "of": "`{of}`: ",
    "outside": " {outside:names} comes from outside the function, and has one shape whatever the arguments are.",
    "unknown": "Something without words of its own: {code}.",
}
"""Sentences' beginnings and endings, and what is said of a code that has no words."""


class Words:
    """The words of one language, with a course's own catalogue: language to English text to translation."""

    def __init__(self, lang: str = "en", catalogue: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.lang = _language(lang)
        own = catalogue or {}
        self._course = next((texts for name, texts in own.items() if _language(name) == self.lang), {})
        self._gettext: Callable[[str], str] = gettext.NullTranslations().gettext
        if self.lang != "en":
            self._gettext = gettext.translation(DOMAIN, LOCALE, [self.lang], fallback=True).gettext

    def message(self, code: str, params: Params) -> str:
        """Return the sentence for a code: where it happened first, and lines that illustrate it last."""
        template = _fitting(code, params)
        if template is None:
            template, params = PATTERNS["unknown"], {**params, "code": code}
        sentence = self._filled(template, params)
        if isinstance(params.get("of"), str) and code.partition(".")[0] in (
            "structure",
            "type",
            "shape",
            "nan",
            "values",
        ):
            sentence = self._filled(PATTERNS["of"], params) + sentence
        if isinstance(params.get("outside"), list) and code.startswith("exception."):
            sentence += self._filled(PATTERNS["outside"], params)
        sentence = clean(self._where(params) + sentence, LONGEST)
        return "\n".join([sentence, *_illustration(params)])

    def note(self, note: Note) -> str:
        """Return the sentence for a note."""
        return self.message(note.code, note.params)

    def text(self, english: str) -> str:
        """Return a course's own text - a title, a hint, the name of a check - in this language, or as it is."""
        return self._course.get(english) or english

    def ui(self, english: str) -> str:
        """Return a text of the command line or of a report's frame in this language."""
        return self._gettext(english) if english else ""

    def place(self, place: JSON) -> str:
        """Return a place in the student's file, such as `cell 2, line 3`; "" for what is no place."""
        return self._place(place, "here") if isinstance(place, dict) else ""

    def said(self, sentence: str) -> str:
        """Return a sentence that the code says - an error, a next step - in this language."""
        if self.lang == "en" or not isinstance(sentence, Said):
            return sentence
        shown: str = told(sentence, gettext.translation(COMMANDS, LOCALE, [self.lang], fallback=True).gettext)
        return shown

    def _where(self, params: Params) -> str:
        """Return the place in the student's file that a message is about, as the beginning of a sentence."""
        place = params.get("place")
        return self._place(place if isinstance(place, dict) else params, "at")

    def _place(self, place: Mapping[str, JSON], pattern: str) -> str:
        """Return a place in the student's file; "" where there is none."""
        if not isinstance(place.get("line"), int):
            return ""
        return self._filled(PATTERNS[pattern if isinstance(place.get("cell"), int) else f"{pattern}_line"], place)

    def _filled(self, template: str, params: Mapping[str, JSON]) -> str:
        """Put parameters into a template, once and literally."""
        return _SLOT.sub(lambda slot: self._shown(params.get(slot[1]), slot[2]), self._gettext(template))

    def _shown(self, value: JSON, form: str | None) -> str:
        match form:
            case "kind":
                return self._word(KINDS, value)
            case "bare":
                return self._word(BARE, value)
            case "entries":
                return self._word(CASES, value)
            case "shape":
                return _shape(value)
            case "shapes" if isinstance(value, list):
                return (
                    self.ui("{first} and {second}")
                    .replace("{first}", _shape(value[0]))
                    .replace("{second}", _shape(value[-1]))
                )
            case "names" if isinstance(value, list):
                return ", ".join(f"`{clean(str(name), 60)}`" for name in value[:12])
            case "why" if isinstance(value, str):
                return clean(reason_in_words(value, self.ui, english=self.lang == "en"))
            case "place" if isinstance(value, dict):
                return self._place(value, "here")
            case "slips" if isinstance(value, list):
                return self.ui(", or when ").join(self._word(SLIPS, kind) for kind in value[:4])
            case _:
                return clean(str(value))

    def _word(self, words: Mapping[str, str], value: JSON) -> str:
        word = words.get(value) if isinstance(value, str) else None
        return clean(str(value), 60) if word is None else self.ui(word)


def _language(lang: str) -> str:
    """Return the language for a name such as `zh-CN`, `zh_CN.UTF-8` or `en_GB`; English where there is no other."""
    plain = lang.partition(".")[0].replace("-", "_").lower()
    return "zh_CN" if plain in ("zh", "zh_cn", "zh_sg", "zh_hans", "zh_hans_cn") else "en"


def _fitting(code: str, params: Params) -> str | None:
    """Return the first template of a code that asks for nothing the parameters don't have."""
    for template in TEMPLATES.get(code, ()):
        if all(params.get(slot[1]) is not None for slot in _SLOT.finditer(template)):
            return template
    return None


def _illustration(params: Params) -> list[str]:
    """Return lines to be shown under a sentence as they are, such as two shapes aligned."""
    lines = params.get("lines")
    return [f"    {clean(str(line), 120)}" for line in lines[:_LINES]] if isinstance(lines, list) else []


def _shape(value: JSON) -> str:
    if not isinstance(value, list):
        return clean(str(value), 60)
    inner = ", ".join(clean(str(size), 20) for size in value[:32])
    return f"({inner}{',' if len(value) == 1 else ''})"


def cleaned(value: JSON, limit: int = LONGEST) -> JSON:
    """Return parameters with every text in them cleaned, for outputs that carry them beside the sentence."""
    if isinstance(value, str):
        return clean(value, limit, lines=True)
    if isinstance(value, list):
        return [cleaned(item, limit) for item in value]
    if isinstance(value, dict):
        return {clean(key, 100): cleaned(item, limit) for key, item in value.items()}
    return value


def english_texts() -> list[str]:
    """Return every English text of messages, in a stable order: what a catalogue must translate."""
    texts = [template for templates in TEMPLATES.values() for template in templates]
    texts += [*KINDS.values(), *BARE.values(), *CASES.values(), *SLIPS.values(), *PATTERNS.values(), *VERDICTS]
    texts += [*REASONS, INSTEAD, *TARGETS, "{first} and {second}"]
    return list(dict.fromkeys(texts))
