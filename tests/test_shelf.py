"""What is kept between runs comes back as it was, or not at all: never damaged, never under another name."""

import os
import stat
import threading

import numpy as np
import pytest

from grader import shelf as shelves
from grader.judging.versions import digest_of
from grader.model import Message, Raised, Returned, Stopped, Unsupported, Verdict
from grader.sandbox.wire import pack, unpack
from grader.shelf import Sheet, Shelf

OUTCOMES = {
    "first": {
        0: Returned(
            value=(np.array([[1.5, -0.0], [np.nan, np.inf]], order="F"), {"w": np.float32(0.1), "n": [1, None]})
        ),
        3: Raised(type="ValueError", message="shapes (2,3) and (2,) \udcff"),
    },
    "second": {1: Unsupported(type="set", where="[0]"), 2: Returned(value=10**30)},
}
SHEET = Sheet(texts=("ab", ""), outcomes=OUTCOMES)


def shelf(folder, secret=b"secret", made_by="this grader"):
    return Shelf(folder / "answers", secret, made_by, pack=pack, unpack=unpack)


@pytest.fixture
def kept(tmp_path):
    """A shelf with one sheet: its name, and its file."""
    own = shelf(tmp_path)
    name = own.name("sheet", 1)
    own.put(name, SHEET)
    (path,) = (tmp_path / "answers").iterdir()
    return own, name, path


def test_a_sheet_comes_back_as_it_was(kept):
    own, name, _ = kept
    assert digest_of(own.take(name)) == digest_of(SHEET)


def test_a_file_is_its_owners_alone(kept):
    _, _, path = kept
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_name_hangs_on_all_that_a_sheet_is_made_from(tmp_path):
    names = {shelf(tmp_path).name("sheet", each) for each in (1, 1.0, 2, np.zeros(2), np.zeros((1, 2)), (1,))}
    names |= {
        shelf(tmp_path, secret=b"other").name("sheet", 1),
        shelf(tmp_path, made_by="a later one").name("sheet", 1),
    }
    assert len(names) == 8


def test_what_has_no_version_is_not_kept(tmp_path):
    own = shelf(tmp_path)
    name = own.name("sheet", object())
    own.put(name, SHEET)
    assert name is None
    assert own.take(name) is None
    assert not (tmp_path / "answers").exists()


@pytest.mark.parametrize("place", [0, 31, 32, 60, -1])
def test_a_damaged_file_is_not_read_and_is_written_anew(kept, place):
    own, name, path = kept
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    assert own.take(name) is None
    own.put(name, SHEET)
    assert digest_of(own.take(name)) == digest_of(SHEET)


@pytest.mark.parametrize("length", [0, 10, 32, 100])
def test_a_file_that_was_cut_off_is_not_read(kept, length):
    own, name, path = kept
    path.write_bytes(path.read_bytes()[:length])
    assert own.take(name) is None


def test_a_sheet_is_not_read_under_another_name_or_with_another_secret(kept, tmp_path):
    own, name, path = kept
    other = own.name("sheet", 2)
    path.with_name(f"{other}.sheet").write_bytes(path.read_bytes())
    assert own.take(other) is None
    assert shelf(tmp_path, secret=b"other").take(name) is None


def test_no_link_is_followed(kept, tmp_path):
    own, name, path = kept
    moved = path.rename(tmp_path / "elsewhere")
    path.symlink_to(moved)
    assert own.take(name) is None


def test_what_another_run_may_not_meet_is_not_kept(tmp_path):
    own = shelf(tmp_path)
    stopped = {
        at: Stopped(verdict=verdict, message=Message(code="any"))
        for at, verdict in enumerate((Verdict.TIME_LIMIT, Verdict.CRASHED, Verdict.INTERNAL_ERROR, Verdict.MISSING))
    }
    own.put("0", Sheet(outcomes={"slip": stopped}))
    assert [(at, each.verdict) for at, each in own.take("0").outcomes["slip"].items()] == [(3, Verdict.MISSING)]


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_said(tmp_path):
    (tmp_path / "answers").write_text("a file where the folder would be")
    own = shelf(tmp_path)
    own.put("0", SHEET)
    assert own.take("0") is None
    nowhere = shelf(tmp_path / "missing")
    nowhere.put("0", SHEET)
    assert nowhere.take("0") is None


def test_what_was_used_longest_ago_makes_room(tmp_path, monkeypatch):
    monkeypatch.setattr(shelves, "MOST_SHEETS", 3)
    own = shelf(tmp_path)
    for number in range(3):
        own.put(str(number), SHEET)
        os.utime(tmp_path / "answers" / f"{number}.sheet", (number, number))
    assert own.take("0")
    own.put("3", SHEET)
    assert sorted(path.stem for path in (tmp_path / "answers").iterdir()) == ["0", "2", "3"]


def test_a_sheet_that_is_too_large_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(shelves, "LARGEST", 1000)
    own = shelf(tmp_path)
    own.put("0", Sheet(outcomes={"slip": {0: Returned(value=np.zeros(1000))}}))
    assert own.take("0") is None


def test_two_graders_at_once_leave_a_whole_sheet(tmp_path):
    sheets = [Sheet(texts=(text * 50_000,)) for text in "ab"]
    read = []

    def write(sheet):
        own = shelf(tmp_path)
        for _ in range(20):
            own.put("0", sheet)
            read.append(own.take("0"))

    threads = [threading.Thread(target=write, args=(sheet,)) for sheet in sheets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read) == 40
    assert all(each in sheets for each in read)
    assert [path.name for path in (tmp_path / "answers").iterdir()] == ["0.sheet"]
