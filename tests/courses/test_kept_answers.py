"""A key made with what an earlier run kept is the key that is made without it, and an edit makes another."""

from dataclasses import replace

import pytest

from grader.courses import answer_key, keys, load_assignment
from grader.courses.surroundings import surroundings
from grader.judging.versions import digest_of
from grader.model import Returned
from grader.sandbox.wire import pack, unpack
from grader.shelf import Shelf


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "answers", b"secret", "this grader", pack=pack, unpack=unpack)


def made(folder, shelf=None):
    """Return a digest of all of a key but what is measured anew in every run."""
    key = answer_key(load_assignment(folder), b"secret", shelf)
    return key.version, [
        (replace(question, cases=()), [digest_of(_settled(case)) for case in question.cases])
        for question in key.questions
    ]


def _settled(case):
    expected = case.expected
    if isinstance(expected, Returned):
        expected = replace(expected, steps=None, cpu=None)
    return replace(case, expected=expected)


def calls_of_misconceptions(monkeypatch):
    seen = []
    real = keys.variant_of
    monkeypatch.setattr(keys, "variant_of", lambda each, *rest: seen.append(each.name) or real(each, *rest))
    return seen


def test_a_key_is_the_same_with_a_warm_shelf_a_cold_one_a_damaged_one_and_none(author, shelf, tmp_path, monkeypatch):
    folder = author()
    without, cold = made(folder), made(folder, shelf)
    files = sorted((tmp_path / "answers").iterdir())
    assert files
    asked = calls_of_misconceptions(monkeypatch)
    warm = made(folder, shelf)
    assert not asked
    for path in files:
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    damaged = made(folder, shelf)
    assert asked
    assert without == cold == warm == damaged


def test_where_a_file_of_the_folder_is_another_misconceptions_are_called_anew(author, shelf, monkeypatch):
    made(author(), shelf)
    asked = calls_of_misconceptions(monkeypatch)
    folder = author()
    (folder / "table.txt").write_text("what a misconception may read")
    made(folder, shelf)
    assert asked


def test_another_secret_has_other_answers(author, shelf):
    loaded = load_assignment(author())
    versions = {answer_key(loaded, secret, shelf).version for secret in (b"secret", b"other", b"secret")}
    assert len(versions) == 2


def test_what_imports_a_module_from_elsewhere_is_not_kept(author, shelf, tmp_path, monkeypatch):
    (tmp_path / "from_elsewhere.py").write_text("factor = 2\n")
    monkeypatch.syspath_prepend(tmp_path)
    folder = author()
    checks = folder / "checks.py"
    assert surroundings(load_assignment(folder))
    text = checks.read_text(encoding="utf-8")
    checks.write_text(text.replace("\nfrom grader", "\nimport from_elsewhere\nfrom grader", 1), encoding="utf-8")
    assert surroundings(load_assignment(folder)) is None
    made(folder, shelf)
    assert not (tmp_path / "answers").exists()
