"""How much a submission's answers may come to: they are kept until it is judged, in the memory of a lane."""

from __future__ import annotations

from typing import Final

from grader.model import Message, Stopped, Verdict
from grader.sandbox.channel import Frame
from grader.sandbox.messages import FRAME

MOST: Final = 256 << 20
"""Bytes of all answers of a run that are kept; one that goes beyond is thrown away, and its case gets the verdict.

The answers of the course's own references come to 0.1 MB an assignment.
"""
FREE: Final = 64 << 10
"""Bytes of an answer that don't count, so that it says nothing whether a question was called or taken over.

There are as many such answers as an assignment has cases, so that they come to little.
"""
BEYOND: Final = Stopped(verdict=Verdict.MEMORY_LIMIT, message=Message(code="memory_limit.answers"))
"""What becomes of a call whose answer goes beyond it."""
_SHORT: Final = 1 << 12
_PART: Final = 100
_HOLDER: Final = 200
"""Bytes that a number or a text, a list or a dict takes beyond those of its JSON."""


def weight(frame: Frame, body: int) -> int:
    """Return how many bytes a frame and the values in it take, at most about; it depends on its bytes alone."""
    size = len(frame.whole)
    end = size - body
    if end - FRAME.size > _SHORT:
        parts = frame.whole.count(b",", FRAME.size, end)
        holders = frame.whole.count(b"[", FRAME.size, end) + frame.whole.count(b"{", FRAME.size, end)
        size += _PART * parts + _HOLDER * holders
    return size


class Allowance:
    """What is left of it in one run."""

    __slots__ = ("left",)

    def __init__(self, most: int = MOST) -> None:
        self.left = most

    def take(self, size: int) -> bool:
        """Take the bytes of an answer; return whether there are so many left, else none are taken."""
        if size <= FREE:
            return True
        if size > self.left:
            return False
        self.left -= size
        return True
