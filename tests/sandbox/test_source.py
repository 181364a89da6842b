"""What a worker may repeat of its program: places and words that stand in it."""

import pytest

from grader.authoring import Limits
from grader.model import Cell, Location, Note, Program, Raised
from grader.sandbox.source import Source
from grader.sandbox.succession import MAX_LATE_NOTES
from tests.sandbox.conftest import cases, open_session

PROGRAM = Program(cells=(Cell(number=2, source="import h5py\nx = 1\n"), Cell(number=5, source="y = np.float(1)")))


@pytest.mark.parametrize(
    ("location", "there"),
    [
        (None, True),
        (Location(cell=2, line=2), True),
        (Location(cell=2, line=3), True),
        (Location(cell=2, line=4), False),
        (Location(cell=3, line=1), False),
        (Location(cell=5, line=40), False),
        (Location(line=40), False),
    ],
)
def test_a_place_is_one_of_the_program(location, there):
    assert Source(PROGRAM).has_place(location) is there


@pytest.mark.parametrize(
    ("params", "there"),
    [
        ({"name": "h5py"}, True),
        ({"name": "np.float", "defined": False}, True),
        ({"name": "row_norms"}, True),
        ({"name": "m4242"}, False),
        ({"name": "h5py.m4242"}, False),
        ({"line": 4242}, False),
        ({"name": ["h5py"]}, False),
    ],
)
def test_a_note_repeats_words_of_the_program_only(params, there):
    assert Source(PROGRAM, ["row_norms"]).holds_words(Note(code="module.missing", params=params)) is there


def test_notes_of_calls_carry_no_inputs(confined):
    source = """
        def f(x):
            for n in range(20):
                __import__(f"m{x}_{n}")
            import h5py
            return eval(f"name_{x}")
    """
    with open_session(confined, source, "f") as session:
        (outcome,) = session.call("f", cases((4242,)), Limits())
        notes = session.notes()
    assert isinstance(outcome, Raised)
    assert not [note for note in notes if "4242" in repr(note)]
    assert [note for note in notes if note.params.get("name") == "h5py"]


def test_notes_of_calls_are_few(confined):
    source = "def f(x):\n" + "".join(f"    import missing_{n}\n" for n in range(20)) + "    return 1\n"
    with open_session(confined, source, "f") as session:
        session.call("f", cases((1,)), Limits())
        late = [note for note in session.notes() if note.code == "module.missing"]
    assert len(late) == MAX_LATE_NOTES


def test_a_made_up_line_is_no_place(confined):
    source = """
        def f(x):
            exec(compile("raise ValueError", f.__code__.co_filename, "exec").replace(co_firstlineno=x))
    """
    with open_session(confined, source, "f") as session:
        high, low = session.call("f", cases((42424242,), (2,)), Limits())
    assert isinstance(high, Raised)
    assert "4242" not in repr(high)
    assert isinstance(low, Raised)
