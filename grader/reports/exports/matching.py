"""Which student a row of an LMS's file is: by ids and addresses first, by names only where those say nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping

Aliases = Mapping[str, Collection[str]]
"""Student to the other names the class list knows: e-mail address, login, numbers in the LMS, full name."""


class Matcher:
    """Finds students by what an LMS calls them; a name that two students share means neither."""

    def __init__(self, students: Iterable[str], aliases: Aliases | None = None) -> None:
        self._ids: dict[str, str | None] = {}
        self._names: dict[str, str | None] = {}
        for student in students:
            others = (aliases or {}).get(student, ())
            _add(self._ids, {form for name in (student, *others) for form in _id_forms(name)}, student)
            _add(self._names, {form for name in (student, *others) for form in _name_forms(name)}, student)

    def find(self, ids: Iterable[str], names: Iterable[str]) -> str | None:
        """Return the one student that a row stands for; None where it is nobody, or could be two."""
        by_id = {self._ids[form] for value in ids for form in _id_forms(value) if form in self._ids}
        if by_id:
            return by_id.pop() if len(by_id) == 1 else None
        by_name = {self._names[form] for value in names for form in _name_forms(value) if form in self._names}
        return by_name.pop() if len(by_name) == 1 else None


def _add(index: dict[str, str | None], forms: set[str], student: str) -> None:
    for form in forms:
        index[form] = student if index.get(form, student) == student else None


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _id_forms(value: str) -> set[str]:
    folded = _fold(value)
    # Moodle's worksheet says "Participant 12345", its folders "12345"; a login is often an address without its end.
    forms = {folded, folded.removeprefix("participant ").strip()}
    if folded.count("@") == 1:
        forms.add(folded.partition("@")[0])
    return forms - {""}


def _name_forms(value: str) -> set[str]:
    folded = _fold(value)
    words = folded.replace(",", " ").split()
    if not words:
        return set()
    # "Lovelace, Ada" is "Ada Lovelace", and "lovelaceada" in the names of Canvas's downloads.
    last_first = words if "," in folded else [*words[-1:], *words[:-1]]
    squashed = "".join(char for word in last_first for char in word if char.isalnum())
    return {" ".join(sorted(words)), squashed} - {""}
