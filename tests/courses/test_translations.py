"""The translations of an assignment: read, and missing ones told."""

import pytest

from grader.courses import find_course, load_assignment, release, untranslated
from grader.courses.locales import texts
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


def test_a_catalogue_may_begin_with_a_byte_order_mark(author):
    folder = author()
    write(folder, "\ufeff" + entry("Half", "一半"))
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


def test_a_release_says_which_texts_of_a_translated_assignment_are_shown_in_english(author, course_root):
    folder = author()
    write(folder, entry("Half", "一半") + entry("worked examples", ""))
    missing = untranslated(load_assignment(folder))
    (done,) = release(find_course(course_root))
    assert done.warnings[-1].startswith(f"{folder / 'locale' / 'zh_CN.po'}: not translated yet, so shown in English: ")
    assert "'worked examples', 'shapes of tables'" in done.warnings[-1]
    assert done.warnings[-1].endswith(f" and {len(missing) - 3} more")


def test_a_release_says_nothing_of_translations_where_all_is_translated_or_nothing(author, course_root):
    folder = author()
    assert not any("translated" in warning for warning in release(find_course(course_root))[0].warnings)
    write(folder, "".join(entry(text.replace('"', '\\"'), "译") for text in texts(load_assignment(folder).assignment)))
    assert not any("translated" in warning for warning in release(find_course(course_root))[0].warnings)


@pytest.mark.parametrize(
    ("wrong", "line"),
    [("msgstr 例子很好", 5), ('msgstr "例子很好', 5), ("msgstr “例子”", 5), ('msgstr ""\n"例子\\"', 6)],
)
def test_a_translation_that_is_not_in_quotes_is_a_fault_with_its_line(wrong, line, author):
    folder = author()
    write(folder, f'{entry("Half", "一半")}# 说明\nmsgid "worked examples"\n{wrong}\n'.replace("\n\n#", "\n#"))
    with pytest.raises(CourseError, match=rf"zh_CN.po: line {line}: put the text in straight double quotes"):
        load_assignment(folder)


@pytest.mark.parametrize("text", ['msgid "a"\nwhat "b"\n', 'msgid "a"\nmsgid "b"\n', entry("a", "b") + entry("a", "c")])
def test_a_damaged_catalogue_is_a_fault(text, author):
    folder = author()
    write(folder, text)
    with pytest.raises(CourseError, match=r"zh_CN.po: can't be read"):
        load_assignment(folder)
