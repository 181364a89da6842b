"""Codes become sentences: in both languages, bounded, and never by formatting what a student wrote."""

import ast
import gettext
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

import grader
from grader.model import Note
from grader.reports.locale.__main__ import wanted
from grader.reports.phrases import TEMPLATES
from grader.reports.words import DOMAIN, LANGUAGES, LOCALE, LONGEST, Words, clean, cleaned

PACKAGE = Path(grader.__file__).parent
ENGLISH, CHINESE = Words("en"), Words("zh-CN")
SLOT = re.compile(r"\{\w+(?::\w+)?\}")
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(params=LANGUAGES[1:])
def catalogue(request):
    path = LOCALE / request.param / "LC_MESSAGES" / f"{DOMAIN}.po"
    return polib.pofile(str(path)), path


def test_every_text_has_a_translation_and_no_text_that_is_gone_is_kept(catalogue):
    entries, _ = catalogue
    step = "run `python -m grader.reports.locale`, translate what it names, and run it again"
    assert {entry.msgid for entry in entries} == set(wanted()), step
    assert not [entry.msgid for entry in entries if not entry.msgstr or "fuzzy" in entry.flags], step


def test_the_compiled_catalogue_is_in_step(catalogue):
    entries, path = catalogue
    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {entry.msgid: entry.msgstr for entry in entries} == {
        entry.msgid: compiled.gettext(entry.msgid) for entry in entries
    }


def test_translations_have_the_same_slots_and_are_chinese(catalogue):
    entries, _ = catalogue
    for entry in entries:
        assert sorted(SLOT.findall(entry.msgid)) == sorted(SLOT.findall(entry.msgstr)), entry.msgid
        if entry.msgid != "None" and re.search(r"[a-z]{3}", SLOT.sub("", entry.msgid)):
            assert HAN.search(entry.msgstr), entry.msgid


def codes_in_the_code():
    """Yield every code that the package gives to a message, note, fault, finding, difference or explanation."""
    for path in PACKAGE.rglob("*.py"):
        if "demo" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in (
                "Message", "Note", "Fault", "Finding", "Difference", "Explanation", "_sign", "_wrong",
            ):  # fmt: skip
                first = node.args[0] if node.args and node.func.id in ("_sign", "_wrong") else None
                given_code = next((key.value for key in node.keywords if key.arg == "code"), first)
                if isinstance(given_code, ast.Constant):
                    yield given_code.value


@pytest.mark.parametrize("code", sorted(set(codes_in_the_code())))
def test_every_code_in_the_package_has_words(code):
    assert code in TEMPLATES


@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_templates_stand_from_the_most_telling_to_the_plainest(code):
    counts = [len(set(SLOT.findall(template))) for template in TEMPLATES[code]]
    assert counts == sorted(counts, reverse=True) or code == "values.ratio"
    assert len(set(TEMPLATES[code])) == len(TEMPLATES[code])


@pytest.mark.parametrize(
    ("code", "params", "english", "chinese"),
    [
        ("values.ratio", {"ratio": "m"}, "Every number is the right one times m.", "每个数都等于正确值乘以 m。"),
        (
            "shape.wrong",
            {"got_shape": [3], "expected_shape": [3, 1]},
            "The shape is (3,); it should be (3, 1).",
            "形状是 (3,)，应当是 (3, 1)。",
        ),
        (
            "shape.wrong",
            {"shape": "(n, 1)", "of": "dw"},
            "`dw`: The shape is wrong; it should be (n, 1).",
            "`dw`：形状不对，应当是 (n, 1)。",
        ),
        (
            "structure.several",
            {"got": "array"},
            "Several results are expected together, as in `return a, b`; what was returned is an array.",
            "这里应当一起返回几个结果，例如 `return a, b`；实际返回的是数组。",
        ),
        (
            "structure.key",
            {"keys": ["dw", "db"]},
            "The returned dictionary has no key `dw`, `db`. Compare the names with those in the docstring.",
            "返回的字典中缺少键 `dw`, `db`。请对照函数说明中的名称。",
        ),
        ("values.differ", {"entries": "all"}, "All of the numbers are wrong.", "所有的数都不对。"),
        (
            "exception.zero_division",
            {"place": {"cell": 3, "line": 2}},
            "cell 3, line 2: A division by zero.",
            "单元格 3 第 2 行：除以了零。",
        ),
        ("exception.zero_division", {"place": {"line": 2}}, "line 2: A division by zero.", "第 2 行：除以了零。"),
        (
            "skipped.statement",
            {"cell": 2, "line": 3, "text": "import h5py", "reason": "No module named 'h5py'"},
            "cell 2, line 3: `import h5py` was skipped: No module named 'h5py'",
            "单元格 2 第 3 行：跳过了 `import h5py`：No module named 'h5py'",
        ),
    ],
)
def test_a_message_in_both_languages(code, params, english, chinese):
    assert ENGLISH.message(code, params) == english
    assert CHINESE.message(code, params) == chinese


def test_lines_that_illustrate_stand_under_the_sentence():
    said = ENGLISH.message("exception.broadcast", {"lines": ["a: 4  3", "b: 3  2", "   ^  ^"]})
    assert said.splitlines()[1:] == ["    a: 4  3", "    b: 3  2", "       ^  ^"]


@pytest.mark.parametrize("text", ["%s %(x)s {0} {x.__class__} {type} {message:kind} \\1 \\g<1>", "$name", "{{}}"])
def test_students_text_is_put_in_as_it_is(text):
    assert ENGLISH.message("exception.other", {"type": "E", "message": text}) == f"E was raised: {text}"


def test_students_text_is_cleaned_and_bounded():
    said = ENGLISH.message("exception.other", {"type": "E", "message": "\x1b[2J\u202e\ud800\x00\u200b\n" * 500})
    assert said.isprintable()
    assert len(said) <= LONGEST
    said.encode()


def test_a_code_without_words_is_named_not_hidden():
    assert ENGLISH.message("no.such_code", {}) == "Something without words of its own: no.such_code."
    assert HAN.search(CHINESE.message("no.such_code", {}))


def test_a_note_is_a_message():
    assert ENGLISH.note(Note(code="superseded", params={"name": "f"})).startswith(
        "This definition of `f` does not count"
    )


def test_a_courses_own_texts_come_from_its_catalogue_and_fall_back():
    for key in ("zh_CN", "zh-CN"):
        words = Words("zh-CN", {key: {"The cost is right": "代价正确"}})
        assert words.text("The cost is right") == "代价正确"
        assert words.text("dw is right") == "dw is right"
    assert Words("en", {"zh_CN": {"a": "b"}}).text("a") == "a"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        *((name, "en") for name in ("en", "en_US.UTF-8", "zh-TW", "fr", "C", "")),
        *((name, "zh_CN") for name in ("zh-CN", "zh_CN.UTF-8", "zh", "zh-Hans")),
    ],
)
def test_languages_go_by_many_names(name, language):
    assert Words(name).lang == language


def test_texts_of_the_command_line_are_translated_and_unknown_ones_left():
    assert ENGLISH.ui("passed") == "passed"
    assert CHINESE.ui("passed") == "通过"
    assert CHINESE.ui("no such text") == "no such text"
    assert CHINESE.ui("") == ""


def test_words_do_not_load_numpy():
    code = "import sys, grader.reports.words; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PACKAGE.parent, check=False, timeout=60).returncode == 0


# --- clean -----------------------------------------------------------------------------------------------------------


@given(st.text(st.characters(), max_size=400), st.booleans())
def test_clean_text_shows_and_does_nothing(text, lines):
    shown = clean(text, 300, lines=lines)
    assert len(shown) <= 300
    assert shown.replace("\n", "" if lines else "\n").isprintable()
    assert clean(shown, 300, lines=lines) == shown
    shown.encode("utf-8")


@pytest.mark.parametrize("text", ["plain", "中文，标点。", "a  b", "é ✓ 𝛼", ""])
def test_ordinary_text_stays_as_it_is(text):
    assert clean(text) == text


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
EVERY = " ".join(template for templates in TEMPLATES.values() for template in templates)
NAMES = sorted({*re.findall(r"\{(\w+)", EVERY), "of", "place", "lines"})


@given(st.sampled_from([*TEMPLATES, "no.such"]), st.dictionaries(st.sampled_from(NAMES), JSONS, max_size=6))
def test_no_parameters_make_it_raise_or_talk_without_end(code, params):
    for words in (ENGLISH, CHINESE):
        said = words.message(code, params)
        assert said
        assert all(line.isprintable() for line in said.split("\n"))
        assert len(said) < 3000


@given(JSONS)
def test_cleaned_parameters_keep_their_form(value):
    shown = cleaned(value)
    assert type(shown) is type(value)
    if isinstance(value, list):
        assert len(shown) == len(value)


PYTHONS_REASONS = {
    "x = f(a b)": "逗号",
    "x = (1": "没有对应的右括号",
    "if x = 3: pass": "==（比较）",
    "if x\n  y": "冒号",
    "s = 'abc": "第 1 行发现",
    "  x = 1": "不该缩进",
    "def f():\n    a\n  b": "对不齐",
    "for i in z:\npass": "第 1 行的 for 语句之后",
    "x = [3, 4)": "右括号 `)` 与左括号 `[` 不配对",
    "f() = 3": "不能给“函数调用”赋值",
    "None = 3": "不能给“None”赋值",
    "x = 3a": "数字",
    "print 'a'": "print(...)",
    "x = f'{a b}'": "f 字符串",
    "x y": "语法错误",
}


@pytest.mark.parametrize(("code", "chinese"), PYTHONS_REASONS.items())
def test_why_python_cannot_read_it_is_said_in_the_readers_language(code, chinese):
    with pytest.raises(SyntaxError) as refused:
        ast.parse(code)
    params = {"name": "f", "reason": refused.value.msg}
    assert chinese in CHINESE.message("missing.syntax", params)
    assert refused.value.msg in ENGLISH.message("missing.syntax", params)


def test_a_reason_that_nobody_translated_stays_as_python_gives_it():
    assert "something new" in CHINESE.message("missing.syntax", {"name": "f", "reason": "something new"})


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("f（x)", "("),
        ("f(x，y)", ","),
        ("x = “a”", '"'),
        ("if x：pass", ":"),
        ("a − b", "-"),
        ("x²", "**2"),
        ("x；y", ";"),
    ],
)
def test_for_a_sign_that_python_does_not_know_it_is_said_what_to_type(code, typed):
    with pytest.raises(SyntaxError) as refused:
        ast.parse(code)
    params = {"text": "x", "reason": refused.value.msg}
    assert f"type `{typed}` in its place" in ENGLISH.message("skipped.cell", params)
    assert f"请换成英文半角的 `{typed}`" in CHINESE.message("skipped.cell", params)
    odd = {"text": "x", "reason": "invalid character '№' (U+2116)"}
    assert "in its place" not in ENGLISH.message("skipped.cell", odd)
