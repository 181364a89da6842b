"""What a worker may repeat of the program that it was sent.

A worker can say anything in its notes and its places, and knows the hidden inputs by the time it says it. What stands
in the student's own file tells nothing of them, but for the choice.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.model import Location, Note, Program


class Source:
    """A program's text, as its session knows it."""

    def __init__(self, program: Program, names: Sequence[str] = ()) -> None:
        """`names` are those that were asked for, which the program may know by others."""
        self._texts = [cell.source for cell in program.cells] + list(program.siblings.values())
        self._lines = {cell.number: _lines(cell.source) for cell in program.cells}
        self._most = max(map(_lines, self._texts), default=0)
        self._names = frozenset(names)

    def has_place(self, location: Location | None) -> bool:
        """Whether a place is one of the program."""
        if location is None:
            return True
        if location.cell is None:
            return location.line <= self._most
        return location.line <= self._lines.get(location.cell, -1)

    def holds_words(self, note: Note) -> bool:
        """Whether all that a note says stands in the program: truth values, and names with dots between them."""
        return all(
            type(value) is bool or (type(value) is str and all(map(self._holds, value.split("."))))
            for value in note.params.values()
        )

    def _holds(self, word: str) -> bool:
        return word in self._names or any(word in text for text in self._texts)


def _lines(text: str) -> int:
    return len(text.splitlines()) + 1  # the end of a file can be a line of its own
