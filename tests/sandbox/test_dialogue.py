"""What a worker may say, byte by byte, and what a host makes of it."""

from __future__ import annotations

import os
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from grader.model import Outcome, Returned, Value
from grader.sandbox.channel import Channel
from grader.sandbox.clocks import ProcessClock, Watch
from grader.sandbox.dialogue import Death, Dialogue
from grader.sandbox.memory import Memory
from grader.sandbox.messages import ASK, FRAME, OUTCOME, frame, outcome_frame
from grader.sandbox.protocol import Oracle
from grader.sandbox.starting import End
from grader.sandbox.wire import Buffer, encode

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets of this kind are not for Windows")

SPACED = struct.unpack("<d", b" \0\0\0\0\0\xf0?")[0]
"""A number whose first byte reads as white space."""


class Scripted(Channel):
    """A channel whose other end says what it was told to as soon as it is spoken to, and reads nothing."""

    def __init__(self, said: bytes) -> None:
        ours, self.theirs = socket.socketpair()
        super().__init__(ours)
        self.said = said

    def post(self, *parts: Buffer) -> None:
        super().post(*parts)
        said, self.said = self.said, b""
        self.theirs.sendall(said)


@dataclass
class Worker:
    """A worker process that is none."""

    line: Scripted
    clock: ProcessClock = field(default_factory=lambda: ProcessClock(os.getpid()))

    def overfull(self) -> bool:
        return False

    def end(self, grace: float = 0.0) -> End:
        return End()


@pytest.fixture
def hear() -> Iterator[Callable[..., Outcome]]:
    """Return what a host makes of some bytes as the answer to its first call."""
    lines: list[Scripted] = []

    def heard(said: bytes, oracle: Oracle | None = None) -> Outcome:
        lines.append(Scripted(said))
        worker = Worker(lines[-1])
        watch = Watch(worker.clock, 5.0, 3.0, (), "call")
        try:
            return next(Dialogue(worker, oracle).call("f", [b""], [(0, False, None)], watch))
        finally:
            watch.finish()

    yield heard
    for line in lines:
        line.close()
        line.theirs.close()


def with_a_longer_header(whole: bytes, by: int = 1) -> bytes:
    """Return a frame of the same bytes whose header is said to end later."""
    kind, head, body = FRAME.unpack_from(whole)
    return FRAME.pack(kind, head + by, body - by) + whole[FRAME.size :]


def test_the_same_bytes_cut_elsewhere_do_not_stand_for_another_students_answer(
    hear: Callable[..., Outcome],
) -> None:
    honest = outcome_frame(Returned(value=np.array([SPACED])), id=1, case=0)
    forged = with_a_longer_header(honest)
    assert FRAME.unpack_from(forged)[0] == OUTCOME
    first = hear(forged)
    assert isinstance(first, Returned)
    assert first.value[0] != SPACED
    second = hear(honest)
    assert isinstance(second, Returned)
    assert second.value[0] == SPACED


def asked(value: Value) -> bytes:
    tree, buffers = encode((value,))
    return frame(ASK, {"name": "sigmoid", "v": tree}, buffers)


def remembering(answered: list[Any]) -> Oracle:
    def answer(_name: str, args: tuple[Value, ...]) -> Outcome:
        answered.append(args[0])
        return Returned(value=args[0])

    return Oracle(names=frozenset({"sigmoid"}), answer=answer, memory=Memory())


def test_the_same_bytes_cut_elsewhere_are_another_question_to_the_reference(hear: Callable[..., Outcome]) -> None:
    answered: list[Any] = []
    oracle = remembering(answered)
    done = outcome_frame(Returned(value=1.0), id=1, case=0)
    for question in (with_a_longer_header(asked(np.array([SPACED]))), asked(np.array([SPACED]))):
        assert hear(question + done, oracle) == Returned(value=1.0)
    assert len(answered) == 2
    assert answered[1][0] == SPACED


@pytest.mark.parametrize("name", ["tanh", None, 1, ["sigmoid"], {"sigmoid": 1}])
def test_a_question_for_anything_but_a_name_that_is_answered_to_ends_the_worker(
    hear: Callable[..., Outcome], name: Any
) -> None:
    answered: list[Any] = []
    oracle = remembering(answered)
    hear(asked(1.0) + outcome_frame(Returned(value=1.0), id=1, case=0), oracle)  # now it is remembered
    tree, buffers = encode((1.0,))
    with pytest.raises(Death, match="protocol"):
        hear(frame(ASK, {"name": name, "v": tree}, buffers), oracle)
    assert answered == [1.0]


def test_what_was_answered_under_some_names_is_known_under_others(hear: Callable[..., Outcome]) -> None:
    answered: list[Any] = []
    oracle = remembering(answered)
    done = outcome_frame(Returned(value=1.0), id=1, case=0)
    hear(asked(1.0) + done, oracle)
    hear(asked(1.0) + done, replace(oracle, names=frozenset({"sigmoid", "propagate"})))
    assert answered == [1.0]
    with pytest.raises(Death, match="protocol"):
        hear(asked(1.0) + done, replace(oracle, names=frozenset({"propagate"})))


def test_answers_that_nobody_reads_are_not_piled_up(hear: Callable[..., Outcome]) -> None:
    answered: list[Any] = []
    # Each answer is more than what the system holds for a reader who does not come.
    big = np.zeros(1 << 20, np.uint8)

    def answer(_name: str, args: tuple[Value, ...]) -> Outcome:
        answered.append(args)
        return Returned(value=big)

    with pytest.raises(Death, match="protocol"):
        hear(asked(1.0) * 50, Oracle(names=frozenset({"sigmoid"}), answer=answer))
    assert len(answered) == 1
