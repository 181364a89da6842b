"""The failing call in a terminal: side by side, marked, aligned, and in the width that there is."""

from grader.reports.values import shown_values
from grader.reports.words import Words
from grader.reports.wrapping import cells, laid_out

TABLE = [
    [{"expected": "0.5", "got": "0.5", "wrong": False}, {"expected": "12", "got": "-3", "wrong": True}],
    [{"expected": "1", "got": "1", "wrong": False}, {"expected": "2", "got": "2", "wrong": False}],
]


def test_expected_and_got_stand_side_by_side_with_the_wrong_entries_marked():
    lines = shown_values({"input": {"x": "[1 2]", "rate": "0.1"}, "table": TABLE}, Words("en"), 60)
    assert lines == [
        "    called with  x = [1 2]",
        "                 rate = 0.1",
        "    expected    got",
        "    0.5  12     0.5   -3*",
        "      1   2       1    2",
    ]


def test_chinese_headings_keep_the_columns_straight():
    *_, head, first, _ = shown_values({"input": {"x": "1"}, "table": TABLE}, Words("zh-CN"), 60)
    assert cells(head[: head.index("实")]) == first.index("0.5", 6)


def test_what_is_too_wide_stands_below_each_other():
    wide = " ".join(["1.234567"] * 5)
    lines = shown_values({"input": {"x": "1"}, "expected": wide, "got": wide}, Words("en"), 60)
    assert lines[-4:] == ["    expected", f"      {wide}", "    got", f"      {wide}"]


def test_a_call_is_shown_once():
    params = {"input": {"x": "1"}, "expected": "2", "got": "3"}
    assert not any("called with" in line for line in shown_values(params, Words("en"), 60, called=True))


def test_nothing_is_shown_of_a_hidden_check():
    assert shown_values({"of": "dw", "expected": "tuple", "got": "array"}, Words("en"), 60) == []


def test_chinese_and_english_fill_the_lines_together():
    text = "看起来 dw 只用到了输出，没有用到标签。这样不管 `sigmoid` 输出对不对，都会往同一个方向调整。"
    lines = laid_out(text, 30)
    assert all(cells(line) <= 30 for line in lines)
    assert all(cells(line) > 20 for line in lines[:-1])
    assert not any(line[0] in "，。" for line in lines)


def test_lines_that_illustrate_something_are_not_broken():
    text = "The two clash:\n    a: 4  3 and a very long line that would not fit at all\n    b: 3  2"
    assert laid_out(text, 20)[-2:] == text.splitlines()[1:]


def test_values_stand_beside_kinds_that_a_sentence_names():
    params = {"input": {"x": "1"}, "expected": "none", "got": "tuple", "expected_value": "None", "got_value": "(2, 5)"}
    assert shown_values(params, Words("en"), 60)[1:] == ["    expected    got", "    None        (2, 5)"]
