"""A screen that is drawn over itself: each frame is one write, and only what is left of the old one is cleared."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from typing import TextIO

ENTER, LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
HOME, CLEAR_LINE, CLEAR_BELOW = "\x1b[H", "\x1b[K", "\x1b[J"
HOLD, SHOW = "\x1b[?2026h", "\x1b[?2026l"
"""Terminals that know these show the frame at once; the others don't mind."""

Draw = Callable[[int, int], list[str]]


class Screen:
    """The terminal's second screen; leaving it, the first is back as it was."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown: list[str] = []
        self._size = (0, 0)
        self._draw: Draw | None = None
        self._settling = False

    def __enter__(self) -> Screen:
        self._stream.write(ENTER)
        self._stream.flush()
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.write(LEAVE)
        self._stream.flush()

    def draw(self, make: Draw) -> None:
        """Draw what `make(width, height)` returns; an equal frame is not written again."""
        self._draw = make
        width, height = self._measured()
        lines = make(width, height)[:height]
        if lines == self._shown and (width, height) == self._size:
            return
        self._shown, self._size = lines, (width, height)
        # No line end after the last line: it would scroll a full screen.
        text = "\r\n".join(line + CLEAR_LINE for line in lines)
        self._stream.write(f"{HOLD}{HOME}{text}{CLEAR_BELOW}{SHOW}")
        self._stream.flush()

    def _measured(self) -> tuple[int, int]:
        """Ask the terminal itself: LINES and COLUMNS in the environment don't change with the window."""
        try:
            width, height = os.get_terminal_size(self._stream.fileno())
        except (OSError, ValueError):
            width, height = shutil.get_terminal_size((80, 24))
        return width, height

    def draw_again_if_resized(self) -> None:
        """Draw the last frame for another size of the window, and once more when the window has settled.

        A terminal may tell the new size before it has moved what it shows: the first drawing can end up scrolled.
        """
        if self._draw is None:
            return
        resized = self._measured() != self._size
        if resized or self._settling:
            self._shown = []
            self.draw(self._draw)
        self._settling = resized
