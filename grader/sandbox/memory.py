"""What was worked out before from the same bytes: answers of the reference, outcomes of calls."""

from __future__ import annotations

from typing import Final, Generic, TypeVar

T = TypeVar("T")

MOST_BYTES: Final = 8 << 20
MOST_EACH: Final = 1 << 13
_OVERHEAD: Final = 400


class Memory(Generic[T]):
    """What bytes led to, shared by all lanes. It begins anew when it is full."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._size = 0
        self._known: dict[bytes, T] = {}

    def get(self, asked: bytes) -> T | None:
        """Return what these bytes led to, if it is remembered."""
        return self._known.get(asked)

    def put(self, asked: bytes, answer: T, length: int | None = None) -> None:
        """Remember what these bytes led to, unless it is much. `length` is the answer's; without it, that of the bytes.

        A short question may have a long answer: only an answer that was made of the bytes needs no length.
        """
        size = len(asked) + (len(asked) if length is None else length) + _OVERHEAD
        if size > MOST_EACH or asked in self._known:
            return
        if self._size + size > self._most:
            self._known = {}
            self._size = 0
        self._known[asked] = answer
        self._size += size
