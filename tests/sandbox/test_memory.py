"""What is remembered of bytes, and how much of it."""

from grader.sandbox.memory import MOST_EACH, Memory


def test_what_was_put_is_there_and_the_first_answer_stays() -> None:
    memory: Memory[str] = Memory()
    memory.put(b"a", "one")
    memory.put(b"a", "two")
    assert memory.get(b"a") == "one"
    assert memory.get(b"b") is None


def test_long_questions_are_not_remembered() -> None:
    memory: Memory[str] = Memory()
    memory.put(b"x" * MOST_EACH, "one")
    assert memory.get(b"x" * MOST_EACH) is None


def test_long_answers_to_short_questions_are_not_remembered_and_others_count_for_what_they_are() -> None:
    memory: Memory[bytes] = Memory(most=10_000)
    memory.put(b"a", b"x" * MOST_EACH, MOST_EACH)
    assert memory.get(b"a") is None
    for number in range(20):
        memory.put(b"%d" % number, b"x" * 4000, 4000)
    assert len([number for number in range(20) if memory.get(b"%d" % number) is not None]) <= 2


def test_it_begins_anew_when_it_is_full() -> None:
    memory: Memory[int] = Memory(most=2000)
    for number in range(100):
        memory.put(b"%d" % number, number)
    held = [number for number in range(100) if memory.get(b"%d" % number) is not None]
    assert 99 in held
    assert len(held) < 5
