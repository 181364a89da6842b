"""The corpus of messy submissions: each file comes to the marks in `corpus/expected.toml`, and says readable things."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from corpus_grading import SLUGS, keys, submission, with_pictures

from grader.grading import grade
from grader.model import Result
from grader.reports.words import LANGUAGES, Words
from grader.sandbox import open_sandbox

CORPUS = Path(__file__).parent / "corpus" / "files"
EXPECTED: Mapping[str, Mapping[str, Any]] = tomllib.loads((CORPUS.parent / "expected.toml").read_text(encoding="utf-8"))
TOLD_BY_NAMES = [name for name, entry in EXPECTED.items() if "marks" not in entry and "needs" not in entry][::8]


def is_installed(module: str | None) -> bool:
    return module is None or importlib.util.find_spec(module) is not None


def read(name: str) -> bytes:
    data = (CORPUS / name).read_bytes()
    pictures = EXPECTED[name].get("pictures")
    return with_pictures(data, pictures) if pictures else data


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    """Grade the whole corpus once, on two lanes."""
    names = [name for name, entry in EXPECTED.items() if is_installed(entry.get("needs"))]
    keys()
    with ThreadPoolExecutor(2) as lanes:
        halves = lanes.map(graded, (names[::2], names[1::2]))
        return {result.path: result for half in halves for result in half}


def graded(names: Sequence[str]) -> list[Result]:
    with open_sandbox("auto") as sandbox:
        return [
            grade(submission(CORPUS / name, read(name), assignment=name.partition("/")[0], named=name), keys(), sandbox)
            for name in names
        ]


def test_the_corpus_and_its_marks_name_the_same_files() -> None:
    there = {
        path.relative_to(CORPUS).as_posix()
        for slug in SLUGS
        for path in (CORPUS / slug).iterdir()
        if not path.name.endswith(".files")
    }
    assert there == set(EXPECTED)
    assert len(there) >= 110


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_comes_to_its_marks(results: dict[str, Result], name: str) -> None:
    entry = EXPECTED[name]
    if not is_installed(entry.get("needs")):
        pytest.skip(f"needs {entry['needs']}")
    result = results[name]
    assert result.complete
    assert result.flags == ()
    marks = entry.get("marks", {})
    got = {
        question.name: marked(question.score, [check.code for check in question.checks], marks.get(question.name))
        for question in result.questions
        if question.score != question.points or question.name in marks
    }
    assert got == marks


def marked(score: object, codes: list[str], wanted: object) -> object:
    """Return the one code of a question without points, where that is asked for, and else its points."""
    return codes[0] if score == 0 and isinstance(wanted, str) and len(set(codes)) == 1 else score


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_said_about_the_corpus_is_a_sentence(results: dict[str, Result], lang: str) -> None:
    words = Words(lang)
    for name, sentence, code in said(results, words):
        assert sentence.strip(), (name, code)
        assert code not in sentence, (name, sentence)
        assert not re.search(r"[{}]\w|\w[{}]|<built-in|object at 0x", re.sub(r"[:(].*", "", sentence)), (name, sentence)


def said(results: Mapping[str, Result], words: Words) -> Iterator[tuple[str, str, str]]:
    for name, result in results.items():
        for note in result.notes:
            yield name, words.note(note), note.code
        for question in result.questions:
            for check in question.checks:
                if check.code != "ok":
                    yield name, words.message(check.code, check.params), check.code


@pytest.mark.parametrize("name", TOLD_BY_NAMES)
def test_the_assignment_is_told_by_the_names_in_the_file(name: str) -> None:
    slug = name.partition("/")[0]
    with open_sandbox("auto") as sandbox:
        result = grade(submission(CORPUS / name, read(name), assignment=None), keys(), sandbox)
    assert (result.assignment, result.score) == (slug, result.points)
