"""What was answered before: equal questions to the reference get equal answers, which need not be computed again."""

from __future__ import annotations

from typing import Final

MOST_BYTES: Final = 16 << 20
MOST_EACH: Final = 1 << 14
_OVERHEAD: Final = 200


class Memory:
    """Frames by the bytes of what was asked, shared by all lanes. It begins anew when it is full."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._frames: dict[bytes, bytes] = {}

    def get(self, question: bytes) -> bytes | None:
        """Return the frame that answers a question, if it is remembered."""
        return self._frames.get(question)

    def put(self, question: bytes, answer: bytes) -> None:
        """Remember an answer, unless it is a long one."""
        size = len(question) + len(answer) + _OVERHEAD
        if size > MOST_EACH or question in self._frames:
            return
        if self._size + size > self._most:
            self._frames = {}
            self._size = 0
        self._frames[question] = answer
        self._size += size
