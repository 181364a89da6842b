"""The translations of an assignment: read, and missing ones told."""

import pytest

from grader.courses import load_assignment, untranslated
from grader.errors import CourseError


def write(folder, text):
    (folder / "locale").mkdir()
    (folder / "locale" / "zh_CN.po").write_text(text, encoding="utf-8")


def entry(text, translation):
    return f'msgid "{text}"\nmsgstr "{translation}"\n\n'


def test_a_catalogue_stands_under_the_languages_name_on_the_command_line(author):
    folder = author()
    write(folder, entry("Half", "一半") + '#, fuzzy\nmsgid "twice"\nmsgstr "两"\n\n#~ msgid "tables"\n#~ msgstr "表"\n')
    assert load_assignment(folder).catalogue == {"zh-CN": {"Half": "一半"}}


def test_an_assignment_without_translations_has_none(author):
    assert load_assignment(author()).catalogue == {}


def test_untranslated_texts_are_listed_in_order_and_names_need_none(author):
    folder = author()
    write(folder, entry("Half", "一半") + entry("worked examples", ""))
    missing = untranslated(load_assignment(folder))
    assert missing[:3] == ("worked examples", "shapes of tables", "without a loop")
    assert "Half" not in missing
    assert "Look at the direction." in missing
    # A single word that could be a name is left alone: `fit`, `tables`.
    assert "fit" not in missing


@pytest.mark.parametrize("text", ['msgid "a"\nwhat "b"\n', entry("a", "b") + entry("a", "c")])
def test_a_damaged_catalogue_is_a_fault(text, author):
    folder = author()
    write(folder, text)
    with pytest.raises(CourseError, match=r"zh_CN.po: can't be read"):
        load_assignment(folder)
