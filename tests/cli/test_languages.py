"""Whatever a command says it says in English and in Chinese: help, complaints, notes; data is the same in both."""

import ast
import gettext
import json
import os
import pickle
import string
import threading
from pathlib import Path

import polib
import pytest

import grader
from grader.cli import COMMANDS, run
from grader.cli.voice import language_of, speaking, teller
from grader.errors import CourseError, NotFound
from grader.reports.locale.__main__ import clicks_wanted, commands_wanted
from grader.reports.words import LOCALE, Words
from grader.saying import asked_language, join, phrase, say, told

PACKAGE = Path(grader.__file__).parent
MESSAGES = LOCALE / "zh_CN" / "LC_MESSAGES"
ERRORS = {
    "GraderError",
    "UsageError",
    "NotFound",
    "CourseError",
    "SandboxUnavailable",
    "GradebookError",
    "InternalError",
}
STEP = "run `python -m grader.reports.locale`, translate what it names, and run it again"
HAN = range(0x4E00, 0x9FFF)


@pytest.fixture
def chinese(monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")


def is_chinese(text):
    return any(ord(char) in HAN for char in text)


def slots(text):
    return {(name, conversion) for _, name, _, conversion in string.Formatter().parse(text) if name}


def test_everything_that_a_command_says_is_in_the_catalogue_and_translated():
    entries = polib.pofile(str(MESSAGES / "commands.po"))
    assert {entry.msgid for entry in entries} == set(commands_wanted()), STEP
    assert not [entry.msgid for entry in entries if not entry.msgstr or entry.fuzzy], STEP


def test_everything_that_click_says_is_translated():
    known = {entry.msgid for entry in polib.pofile(str(MESSAGES / "click.po")).translated_entries()}
    assert {text for text, _ in clicks_wanted()} <= known, STEP


@pytest.mark.parametrize("name", ["commands", "click"])
def test_a_translation_has_the_slots_of_the_english_and_is_compiled(name):
    with (MESSAGES / f"{name}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in polib.pofile(str(MESSAGES / f"{name}.po")):
        chinese = entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr
        assert slots(entry.msgid) == slots(chinese), entry.msgid
        assert entry.msgid.startswith("\n") == chinese.startswith("\n"), entry.msgid
        count = compiled.ngettext(entry.msgid, entry.msgid_plural, 2) if entry.msgid_plural else None
        assert (count or compiled.gettext(entry.msgid)) == chinese, STEP


PRINTERS = ("tell", "put", "complain", "echo", "write", "print", "Text", "add_column", "add_row")
"""What shows a text, by its last name."""


def unsaid(tree, errors, *, shown):
    """Yield the lines of sentences that go past `say`: raised, told as a fault, or (`shown`) printed as they are.

    Seen are literals, also formatted, joined by `+` or chosen by `if`, where they are an argument of an error of ours,
    of `Fault(text=...)`, of a slot in `say` or of what prints; `yield`, `return` and `.append` in a function that has
    fault or warning in its name; and a variable of the same function instead of the literal. Not seen: a literal that
    comes from another function, an attribute, a table, `**slots` or a constant of the module; one without a space in
    it; what is printed by another name than these.
    """
    for function in (tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))):
        own = list(inside(function))
        variables = {}
        for node in own:
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    variables.setdefault(ast.unparse(target), []).append(node.value)
        for node in own:
            for argument in told_by(node, errors, getattr(function, "name", ""), shown=shown):
                several = argument.elts if isinstance(argument, ast.List | ast.Tuple) else [argument]
                for each in several:
                    stands_for = variables.get(each.id, []) if isinstance(each, ast.Name) else [each]
                    yield from (one.lineno for one in stands_for if has_words(one))


def inside(function):
    """Yield what is in a function or module, without the functions in it."""
    for node in ast.iter_child_nodes(function):
        yield node
        if not isinstance(node, ast.FunctionDef):
            yield from inside(node)


def told_by(node, errors, function, *, shown):
    """Return the expressions that a node shows to somebody."""
    finds = any(word in function for word in ("fault", "warning"))
    match node:
        case ast.Raise(exc=ast.Call(func=name, args=arguments)) if ast.unparse(name).removeprefix("errors.") in errors:
            return arguments
        case ast.Call(func=ast.Name("Fault"), keywords=keywords):
            return [keyword.value for keyword in keywords if keyword.arg == "text"]
        case ast.Call(func=ast.Name("say"), keywords=keywords):
            return [keyword.value for keyword in keywords]
        case ast.Call(func=ast.Attribute(attr="append"), args=arguments) if finds:
            return arguments
        case ast.Yield(value=value) | ast.Return(value=value) if finds and value is not None:
            return [value]
        case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name), args=arguments) if shown and name in PRINTERS:
            return arguments
    return []


def has_words(node):
    match node:
        case ast.BinOp(left=left, right=right):
            return has_words(left) or has_words(right)
        case ast.IfExp(body=body, orelse=orelse):
            return has_words(body) or has_words(orelse)
        case ast.Call(func=ast.Attribute(value=template, attr="format")):
            return has_words(template)
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if "".join(texts).strip().startswith(("grader ", "cd ", "check(")):  # to be typed
        return False
    return " " in "".join(texts).strip() and any(char.isalpha() for text in texts for char in text)


def own_errors(trees):
    """Return the names of the errors of ours, those that modules derive from them too."""
    found = set(ERRORS)
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    for _ in range(3):
        found |= {node.name for node in classes if found.intersection(map(ast.unparse, node.bases))}
    return found


def test_no_error_no_fault_and_no_line_of_a_command_goes_past_the_catalogue():
    trees = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(PACKAGE)
        if "demo" not in where.parts and "templates" not in where.parts:
            trees[where] = ast.parse(path.read_text(encoding="utf-8"))
    errors = own_errors(trees.values())
    assert "RefusedError" in errors
    found = [
        f"{where}:{line}"
        for where, tree in trees.items()
        for line in unsaid(tree, errors, shown=where.parts[0] == "cli" or where.parts[:2] == ("reports", "audit"))
    ]
    assert not found, "write say(...) around the sentence"


@pytest.mark.parametrize(
    "source",
    [
        'raise NotFound(f"{x} is gone")',
        'raise CourseError(["a fault here"])',
        'raise errors.NotFound("it is gone")',
        'tell("so it " + x)',
        'tell(f"a {x} b")',
        'console.print("{} is here".format(x))',
        'def work(): text = f"{x} is gone"; raise NotFound(text)',
        'def work(): text = "a fault" if x else ""; yield Fault(kind=1, text=text)',
        'def _kind_faults(): yield f"the {x} is no kind"',
        'def find_faults(): faults.append(f"the {x} is no kind")',
        'def arity_fault(): return "it takes none"',
        'def work(): todo = "mend it now"; return say("{path}: {todo}", path=path, todo=todo)',
    ],
)
def test_a_sentence_past_the_catalogue_is_found(source):
    assert set(unsaid(ast.parse(source), ERRORS, shown=True)) == {1}


def test_the_language_is_the_options_then_graders_own_variable_then_the_locale(monkeypatch):
    assert asked_language() == "en"
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    assert asked_language() == "zh-CN"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert asked_language() == "en"
    monkeypatch.setenv("GRADER_LANG", "zh-CN")
    assert language_of(["grade", "x"]) == "zh-CN"
    assert language_of(["grade", "--lang", "en", "x"]) == "en"
    assert language_of(["grade", "--lang=en"]) == "en"
    assert language_of(["grade", "--", "--lang", "en"]) == "zh-CN"
    assert language_of(["grade", "--lang"]) == "zh-CN"
    assert language_of(["grade", "--lang", "tlh"]) == "zh-CN"


def test_an_error_is_english_wherever_it_is_not_printed():
    error = CourseError([say("{path}: can't be read: {error}", path="a", error=NotFound(say("no mark")))])
    assert str(error) == "a: can't be read: no mark"
    assert Words("en").said(error.said) == str(error)
    assert Words("zh-CN").said(error.said) == "a：无法读取：无成绩"


def test_what_is_put_into_a_sentence_is_never_looked_at_for_slots():
    sentence = say("{path} is not there. Look at the folder you are in, and at the spelling.", path="{evil} {0}")
    assert told(sentence, lambda text: text) == sentence
    assert "{evil} {0}" in Words("zh-CN").said(sentence)
    assert told(join("; ", [sentence, "{x}"]), lambda text: text).endswith("; {x}")
    for name in ("}", "{", "a }} b", "x[{0}]"):
        assert told(phrase(name), lambda text: text) == name


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS), ("new", "course"), ("new", "assignment")])
def test_help_is_chinese_through_and_through(command, chinese, capsys):
    assert run([*command, "--help"]) == 0
    told_ = capsys.readouterr().out
    assert "用法：" in told_
    assert "选项" in told_
    for english in ("Usage", "Options", "Show this message", "[default", "Example:", " the ", " is "):
        assert english not in told_, english


def test_a_run_in_english_after_one_in_chinese_is_english(monkeypatch, capsys):
    run(["grade", "--help"])
    monkeypatch.setenv("GRADER_LANG", "en")
    capsys.readouterr()
    assert run(["grade", "--help"]) == 0
    said = capsys.readouterr().out
    assert all(english in said for english in ("Usage:", "Options", "Show this message", "[default:"))
    assert not any(chinese in said for chinese in ("用法", "选项", "显示本帮助", "默认"))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["shwo"], "grader show"),
        (["grade", "--bad"], "没有选项"),
        (["grade"], "缺少参数"),
        (["grade", "x", "--jobs", "none"], "--jobs"),
        (["check", "--watch", "--format", "json"], "--format"),
        (["check", "not_there.py"], "不存在"),
        (["release", "--course", "not_there"], "没有这个文件夹"),
    ],
)
def test_a_complaint_is_chinese_and_ends_with_the_same_code(arguments, expected, monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    codes = []
    for language in ("en", "zh-CN"):
        monkeypatch.setenv("GRADER_LANG", language)
        codes.append(run(arguments))
        said = capsys.readouterr().err
        assert is_chinese(said) == (language == "zh-CN")
    assert codes == [2, 2]
    assert expected in said


def test_faults_of_a_course_are_told_in_chinese_all_of_them(tmp_path, chinese, capsys):
    (tmp_path / "solutions" / "one").mkdir(parents=True)
    (tmp_path / "solutions" / "course.toml").write_text('feedback = "loud"\nsize = 3\n', encoding="utf-8")
    assert run(["release", "--course", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert len([line for line in said.splitlines() if is_chinese(line)]) == 2, said


def test_a_class_is_graded_in_chinese_and_its_json_is_the_same(sample_course, tmp_path, capsys):
    paths = [str(sample_course / "submissions" / name) for name in ("sample-dw-not-averaged.ipynb",)]
    common = [*paths, "--course", str(sample_course), "--no-gradebook", "--sandbox", "none", "--format", "json"]
    records = []
    for lang in ("en", "zh-CN"):
        assert run(["grade", *common, "--lang", lang]) == 0
        (result,) = json.loads(capsys.readouterr().out)["results"]
        records.append(
            [(q["name"], q["score"], [(c["code"], c["verdict"]) for c in q["checks"]]) for q in result["questions"]]
        )
    assert records[0] == records[1]


@pytest.mark.parametrize("option", ["--roster", "--timestamps"])
@pytest.mark.parametrize(("lang", "why"), [("en", "It is no ordinary file"), ("zh-CN", "不是普通文件")])
def test_a_table_that_is_no_file_is_refused_in_words(option, lang, why, sample_course, tmp_path, capsys):
    os.mkfifo(tmp_path / "table.csv")
    table = ["--course", str(sample_course), option, str(tmp_path / "table.csv"), "--lang", lang]
    assert run(["grade", str(sample_course / "submissions"), *table]) == 2
    said = capsys.readouterr().err
    assert why in said
    assert "unreadable." not in said


@pytest.mark.parametrize(("lang", "why"), [("en", "The file is empty."), ("zh-CN", "文件是空的")])
def test_a_file_that_cannot_be_read_any_more_is_told_in_words(lang, why, sample_course, tmp_path, capsys):
    book = str(tmp_path / "book.sqlite3")
    common = ["--course", str(sample_course), "--gradebook", book]
    file = sample_course / "submissions" / "sample-star-for-dot.py"
    assert run(["grade", str(file), *common, "--sandbox", "none", "--quiet"]) == 0
    (tmp_path / file.name).write_bytes(b"")
    capsys.readouterr()
    shown = ["show", "sample-star-for-dot", "forward", "--instructor", "--file", str(tmp_path / file.name)]
    assert run([*shown, *common, "--sandbox", "none", "--lang", lang]) == 2
    said = capsys.readouterr().err
    assert why in said
    assert "unreadable." not in said


def test_a_sentence_from_another_process_is_data_and_can_still_be_translated():
    class Odd:
        def __str__(self):
            return "odd"

        def __reduce__(self):
            raise AssertionError("only texts and numbers travel")

    inner = say(
        "{place}: there is no gradebook yet. Run `grader grade PATH` first, or name one: --gradebook.", place=Odd()
    )
    sent = [
        inner,
        say("{worker} is not used: {reason}", worker=1.5, reason=CourseError([inner])),
        join("; ", [inner, "x"]),
    ]
    for sentence in (*sent, CourseError([inner]).said):
        came = pickle.loads(pickle.dumps(sentence))
        assert came == sentence
        assert "还没有成绩册" in Words("zh-CN").said(came)
    assert Words("zh-CN").said(pickle.loads(pickle.dumps(sent[1]))).startswith("不使用 1.5：odd")


def test_another_thread_tells_in_the_language_of_the_run(capsys):
    with speaking("zh-CN"):
        thread = threading.Thread(target=teller(), args=[say("this worker has forgotten the run")])
        thread.start()
        thread.join()
    assert is_chinese(capsys.readouterr().err)


def test_what_stands_between_sentences_is_chinese_too():
    parts = [say("{count} full marks", count=2), say("{count} zero", count=1)]
    assert join(", ", parts) == "2 full marks, 1 zero"
    assert Words("zh-CN").said(join(", ", parts)) == "满分 2、零分 1"
    assert Words("zh-CN").said(join("", parts)) == "满分 2零分 1"
