"""The page in a terminal: what passed first, the next step last, nothing wider than the window."""

import os
import re
import shutil
from pathlib import Path

import pytest

from grader.cli import run as command_line
from grader.cli.flows.check import CheckOptions, check
from grader.desk.hints import Level
from grader.desk.page import cells, coloured, page, plain_text, wrapped
from grader.desk.progress import next_step
from grader.desk.running import find_work, run_work
from grader.reports.words import Words
from grader.sandbox.opening import open_process_sandbox

NAMES = ("sample-full-marks", "sample-wrong-sigmoid", "sample-rank-1-result", "sample-blank-stubs", "sample-crash")


@pytest.fixture(scope="module")
def runs(released, tmp_path_factory):
    """Results of a few sample students' files, each run once."""
    found = {}
    for name in NAMES:
        (source,) = (released / "submissions").glob(f"{name}.*")
        folder = tmp_path_factory.mktemp("desk")
        shutil.copy(released / "exercises" / "one_neuron" / "checks.json", folder)
        work = find_work(Path(shutil.copy(source, folder / f"one_neuron{source.suffix}")))
        with open_process_sandbox(work.prepared.limits) as sandbox:
            found[name] = run_work(work, sandbox)
    return found


def shown(result, key, *, lang="en", width=80, level=Level.KIND, ascii_only=False):
    step = next_step(result, key, "one_neuron.py", hinted=False)
    return page(result, Words(lang, key.catalogue), width=width, level=level, ascii_only=ascii_only, step=step)


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("lang", ["en", "zh-CN"])
@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_wider_than_the_window(runs, key, name, lang, width):
    for line in plain_text(shown(runs[name], key, lang=lang, width=width, level=Level.QUESTION)).splitlines():
        assert cells(line) <= width or line.startswith("    "), line


def test_what_passed_is_said_before_what_did_not(runs, key):
    text = plain_text(shown(runs["sample-rank-1-result"], key))
    assert "passed: " in text.splitlines()[2]
    assert text.index("passed") < text.index("wrong")


@pytest.mark.parametrize("name", NAMES)
def test_the_last_line_names_the_next_step(runs, key, name):
    assert "Next: " in plain_text(shown(runs[name], key)).splitlines()[-1]


def test_progress_is_counted_in_questions(runs, key):
    count = len(key.questions)
    assert f"{count} of {count} done" in plain_text(shown(runs["sample-full-marks"], key))
    assert f"0 of {count} done" in plain_text(shown(runs["sample-blank-stubs"], key))


def test_blank_questions_take_one_line_together(runs, key):
    text = plain_text(shown(runs["sample-blank-stubs"], key, width=100))
    assert "still blank: " + ", ".join(question.name for question in key.questions) in text


def test_when_all_passed_the_next_step_is_to_hand_it_in(runs, key):
    assert "grader pack one_neuron.py" in plain_text(shown(runs["sample-full-marks"], key))


def test_a_console_that_knows_only_ascii_gets_only_ascii(runs, key):
    plain_text(shown(runs["sample-wrong-sigmoid"], key, ascii_only=True)).encode("ascii")


def test_colours_say_nothing_that_the_words_do_not(runs, key):
    lines = shown(runs["sample-wrong-sigmoid"], key)
    assert re.sub(r"\x1b\[\d+m", "", coloured(lines)).split() == plain_text(lines).split()


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one", 7, ["one"]),
        ("", 7, [""]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("指数的符号反了。", 8, ["指数的符", "号反了。"]),
        ("形状是 (3,)，应当", 8, ["形状是", "(3,)，应", "当"]),
    ],
)
def test_lines_break_at_spaces_and_between_wide_characters(text, width, lines):
    assert wrapped(text, width) == lines
    assert all(cells(line) <= width for line in lines)


@pytest.fixture
def ran(released, tmp_path):
    """Return what a file with this text comes to."""

    def run(text):
        shutil.copy(released / "exercises" / "one_neuron" / "checks.json", tmp_path)
        file = tmp_path / "one_neuron.py"
        file.write_text(text, encoding="utf-8")
        work = find_work(file)
        with open_process_sandbox(work.prepared.limits) as sandbox:
            return run_work(work, sandbox)

    return run


@pytest.mark.parametrize(("lang", "sentence"), [("en", "Nothing of what one_neuron asks"), ("zh-CN", "要求的任何内容")])
def test_of_a_file_without_anything_graded_that_is_said_once_with_what_was_expected(ran, key, lang, sentence):
    text = plain_text(shown(ran("import numpy as np\n\ndef area(r):\n    return r\n"), key, lang=lang, width=100))
    assert text.count(sentence) == 1
    assert all(text.count(f"`{question.name}`") == 1 for question in key.questions)
    assert len(text.splitlines()) <= 8


def test_why_python_cannot_read_a_function_is_said_once_and_of_the_rest_in_the_notes(ran, key):
    text = plain_text(shown(ran("def sigmoid(z):\n    return (z\n\nx = 3 +\n"), key, width=100))
    assert text.count("'(' was never closed") == 1
    assert "`x = 3 +` was skipped" in text


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_what_is_missing_is_shown_on_every_level(ran, key, lang, level):
    result = ran("def sigmoid(z)\n    return z\n\ndef forward(w, b, X):\n    return (\n")
    lines = plain_text(shown(result, key, lang=lang, level=level, width=100)).splitlines()
    assert any("1" in line and line.startswith("  –") for line in lines)
    assert sum(line.startswith("  –") for line in lines) == len(key.questions)


def test_a_hint_is_offered_only_where_there_is_one(ran, key):
    assert "--hint" in plain_text(shown(ran("def sigmoid(z):\n    return (z\n"), key, width=100))
    assert "--hint" not in plain_text(shown(ran("def sigmoid(z)\n    return z\n"), key, width=100))


def test_tabs_mixed_with_spaces_cost_nothing_and_are_told(ran, key):
    code = "import numpy as np\n\ndef sigmoid(z):\n\ts = 1 / (1 + np.exp(-z))\n        return s\n"
    text = plain_text(shown(ran(code), key, width=100))
    assert "passed: sigmoid" in text
    assert "line 5: Tabs and spaces are mixed" in text


def test_where_no_file_is_named_and_there_are_several_it_is_said_which_was_taken(
    released, tmp_path, monkeypatch, capsys
):
    for name in ("one_neuron.py", "one_neuron.zh-CN.py"):
        (tmp_path / name).write_text("def sigmoid(z):\n    return z\n", encoding="utf-8")
    shutil.copy(released / "exercises" / "one_neuron" / "checks.json", tmp_path)
    os.utime(tmp_path / "one_neuron.py", (1, 1))
    monkeypatch.chdir(tmp_path)
    check(CheckOptions())
    assert "one_neuron.zh-CN.py is taken, saved last of the 2 files here" in capsys.readouterr().out
    check(CheckOptions(file=Path("one_neuron.py")))
    assert "is taken" not in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_a_file_that_is_not_there_is_told_with_its_neighbour_in_one_language(tmp_path, monkeypatch, capsys, lang):
    (tmp_path / "one_neuron.py").write_text("x = 1\n", encoding="utf-8")
    assert command_line(["check", str(tmp_path / "one_neurn.py"), "--lang", lang]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "one_neuron.py" in told
    assert ("Did you mean" in told) is (lang == "en")


def test_what_to_ask_oneself_of_an_undefined_name_is_not_what_it_holds(ran, key):
    result = ran("def sigmoid(z):\n    return e ** z\n")
    text = plain_text(shown(result, key, level=Level.QUESTION, width=100))
    assert "In which line does that name get its value" in text
    assert "What do the names in that line hold" not in text
