"""What lanes tell each other arrives whole, in order and once; what was cut off is not taken for anything."""

from __future__ import annotations

import os
import sys

import pytest

from grader import learning
from grader.learning import Learning

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="lanes are forked on Linux only")


@pytest.fixture
def told():
    made = Learning()
    yield made
    made.close()


def in_child(do) -> None:
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            do()
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(pid, 0)[1] == 0


def test_what_one_process_tells_another_hears_once(told):
    in_child(lambda: [told.tell(b"one"), told.tell("二".encode())])
    assert [*told.heard()] == [b"one", "二".encode()]
    assert [*told.heard()] == []
    in_child(lambda: told.tell(b"three"))
    assert [*told.heard()] == [b"three"]


def test_two_that_tell_at_a_time_do_not_mix(told):
    def tell(word: bytes) -> None:
        for n in range(500):
            told.tell(word * (n % 50) + b"%d" % n)

    first = os.fork()
    if first == 0:
        tell(b"a")
        os._exit(0)
    tell(b"b")
    os.waitpid(first, 0)
    heard = [*told.heard()]
    assert len(heard) == 1000
    for word in (b"a", b"b"):
        whole = {word * (n % 50) + b"%d" % n for n in range(500)}
        assert len(whole.intersection(heard)) == 500


def test_a_line_that_is_being_written_is_heard_when_it_is_whole(told):
    os.write(told._file, b"5 he")
    assert [*told.heard()] == []
    os.write(told._file, b"llo\n")
    assert [*told.heard()] == [b"hello"]


def test_a_line_that_was_cut_off_is_heard_as_nothing(told):
    os.write(told._file, b"20 cut o")
    told.tell(b"next")
    told.tell(b"whole")
    assert [*told.heard()] == [b"whole"]


def test_no_more_is_told_than_there_is_room_for(told, monkeypatch):
    monkeypatch.setattr(learning, "MOST", 100)
    monkeypatch.setattr(learning, "MOST_AT_ONCE", 50)
    told.tell(b"x" * 50)
    for _ in range(10):
        told.tell(b"y" * 40)
    assert [*told.heard()] == [b"y" * 40] * 3


def test_nothing_is_told_or_heard_after_the_end():
    told = Learning()
    told.tell(b"something")
    told.close()
    told.tell(b"more")
    assert [*told.heard()] == []


def test_a_full_disk_costs_what_would_have_been_told(told, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    told.tell(b"before")
    monkeypatch.setattr(os, "write", full)
    told.tell(b"lost")
    monkeypatch.undo()
    told.tell(b"nothing more")
    assert [*told.heard()] == [b"before"]
