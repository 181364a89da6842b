"""Reading one file: notebooks of every age and shape, Python in every encoding, and what is neither."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from grader.errors import UnreadableSubmission
from grader.model import Program
from grader.submissions import read_program, read_siblings
from grader.submissions.reading import FILE_CAP, SOURCE_CAP


def code(source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": source, **more}


def notebook(*cells: Any, minor: int = 4, metadata: Mapping[str, Any] | None = None, **more: Any) -> bytes:
    whole = {"cells": list(cells), "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": minor, **more}
    return json.dumps(whole).encode()


def sources(program: Program) -> list[tuple[int | None, str]]:
    return [(cell.number, cell.source) for cell in program.cells]


def refusal(data: bytes, name: str = "a.ipynb") -> tuple[str, dict[str, Any]]:
    with pytest.raises(UnreadableSubmission) as caught:
        read_program(data, name)
    return caught.value.message.code, dict(caught.value.message.params)


@pytest.mark.parametrize("minor", range(6))
def test_every_minor_format_of_4_is_read(minor: int) -> None:
    assert sources(read_program(notebook(code("x = 1"), minor=minor), "a.ipynb")) == [(1, "x = 1")]


def test_cells_are_counted_whatever_their_type() -> None:
    text = {"cell_type": "markdown", "metadata": {}, "source": "# Title"}
    raw = {"cell_type": "raw", "metadata": {}, "source": "x = 3"}
    program = read_program(notebook(text, code("x = 1"), raw, code("x = 2")), "a.ipynb")
    assert sources(program) == [(2, "x = 1"), (4, "x = 2")]


def test_a_source_may_be_lines_or_a_string_or_absent() -> None:
    bare = {"cell_type": "code"}
    program = read_program(notebook(code(["a = 1\n", "b = 2"]), code("c = 3"), bare), "a.ipynb")
    assert sources(program) == [(1, "a = 1\nb = 2"), (2, "c = 3"), (3, "")]


def test_format_3_with_worksheets_is_converted() -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "source": ["Title"]},
        {"cell_type": "code", "input": ["x = 1\n", "y = 2"], "language": "python", "outputs": []},
    ]
    old = {"worksheets": [{"cells": cells}, {"cells": [{"cell_type": "code", "input": "z = 3"}]}], "nbformat": 3}
    assert sources(read_program(json.dumps(old).encode(), "a.ipynb")) == [(2, "x = 1\ny = 2"), (3, "z = 3")]


def test_the_marker_is_read_from_notebook_metadata() -> None:
    data = notebook(code("x = 1"), metadata={"grader": {"assignment": "broadcasting"}})
    assert read_program(data, "a.ipynb").marker == "broadcasting"


@pytest.mark.parametrize("forged", [7, None, [], {"assignment": 3}, {"assignment": ""}, {"assignment": "x" * 10_000}])
def test_a_marker_that_is_none_is_passed_over(forged: Any) -> None:
    assert read_program(notebook(code("x = 1"), metadata={"grader": forged}), "a.ipynb").marker is None


def test_forged_grading_metadata_changes_nothing() -> None:
    forged = code("x = 1", metadata={"nbgrader": {"grade": True, "points": 100, "locked": True}, "score": 100})
    plain = read_program(notebook(code("x = 1")), "a.ipynb")
    assert read_program(notebook(forged, metadata={"score": 100, "grade": "A"}), "a.ipynb") == plain


@pytest.mark.parametrize(
    "text",
    [
        "# grader: assignment=broadcasting\nx = 1\n",
        "#!/usr/bin/env python\n# grader: assignment=broadcasting\n",
        "# -*- coding: utf-8 -*-\n#grader: assignment=broadcasting  \n",
        "\ufeff# grader: assignment=broadcasting\r\nx = 1\r\n",
    ],
)
def test_the_marker_is_read_from_the_first_line(text: str) -> None:
    assert read_program(text.encode(), "a.py").marker == "broadcasting"


def test_a_marker_further_down_is_none() -> None:
    assert read_program(b"x = 1\n" * 10 + b"# grader: assignment=broadcasting\n", "a.py").marker is None


@pytest.mark.parametrize("data", [notebook(), notebook({"cell_type": "markdown", "source": "hi"}), notebook(code(""))])
def test_a_blank_notebook_is_readable_and_has_no_code(data: bytes) -> None:
    assert not "".join(cell.source for cell in read_program(data, "a.ipynb").cells)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0\0"])
@pytest.mark.parametrize("name", ["a.py", "a.ipynb"])
def test_an_empty_file_says_so(data: bytes, name: str) -> None:
    assert refusal(data, name) == ("unreadable.empty", {})


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"[]", "not_notebook"),
        (b'"text"', "not_notebook"),
        (b"{}", "not_notebook"),
        (b"42", "not_notebook"),
        (b"null", "not_notebook"),
        (b"just some prose", "not_notebook"),
        (b'{"cells": {}, "nbformat": 4}', "not_notebook"),
        (b'{"cells": null, "nbformat": 4}', "not_notebook"),
        (b'{"cells": [], "nbformat": "4"}', "not_notebook"),
        (b'{"cells": [], "nbformat": true}', "not_notebook"),
        (b'{"cells": [], "nbformat": 5}', "notebook_version"),
        (b'{"cells": [], "nbformat": 1}', "notebook_version"),
        (b'{"worksheets": 3, "nbformat": 3}', "not_notebook"),
        (b'{"worksheets": [3], "nbformat": 3}', "not_notebook"),
        (b'{"worksheets": [{"cells": 3}], "nbformat": 3}', "not_notebook"),
        (b'{"cells": [3], "nbformat": 4}', "cell"),
        (b'{"cells": [{"cell_type": "code", "source": 3}], "nbformat": 4}', "cell"),
        (b'{"cells": [{"cell_type": "code", "source": null}], "nbformat": 4}', "cell"),
        (b'{"cells": [{"cell_type": "code", "source": [1]}], "nbformat": 4}', "cell"),
        (b'{"cells": [', "notebook_json"),
        (b'{"cells": [], "nbformat": 4}}', "notebook_json"),
        (b"{'cells': []}", "notebook_json"),
        (b'{"cells": [], "n": ' + b"9" * 10_000 + b"}", "notebook_json"),
        (b'{"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> theirs\n]}', "merge_conflict"),
        (b"<!DOCTYPE html><html></html>", "wrong_kind"),
        (b"%PDF-1.7 ...", "wrong_kind"),
        (b"PK\x03\x04....", "wrong_kind"),
        (b"{\\rtf1\\ansi def f(x): return x}", "wrong_kind"),
    ],
)
def test_json_that_is_no_notebook_gets_a_code_of_its_own(data: bytes, why: str) -> None:
    assert refusal(data)[0] == f"unreadable.{why}"


def test_a_malformed_cell_is_named() -> None:
    assert refusal(notebook(code("x = 1"), code(7))) == ("unreadable.cell", {"cell": 2})


def test_broken_json_is_named_by_line() -> None:
    assert refusal(b'{\n "cells": [\n  oops\n]}') == ("unreadable.notebook_json", {"line": 3, "column": 3})


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"cells":[{"outputs":['])
def test_a_notebook_nested_without_end_is_refused_quickly(opening: str) -> None:
    assert refusal(b'{"cells":' + (opening * 100_000).encode())[0] == "unreadable.too_deep"


def test_200_megabytes_of_outputs_are_refused_with_the_size_that_is_allowed() -> None:
    assert refusal(bytes(200_000_000)) == ("unreadable.too_large", {"megabytes": FILE_CAP // 1_000_000})


def test_a_notebook_with_megabytes_of_pictures_is_read() -> None:
    picture = {"output_type": "display_data", "data": {"image/png": "iVBOR" * 1_000_000}, "metadata": {}}
    assert sources(read_program(notebook(code("x = 1", outputs=[picture])), "a.ipynb")) == [(1, "x = 1")]


def test_json_of_very_many_small_objects_is_refused_before_memory_is_taken() -> None:
    assert refusal(b'{"cells": [' + b"[]," * 3_000_000 + b"0]}")[0] == "unreadable.too_complex"


def test_ten_megabytes_of_source_are_refused() -> None:
    assert refusal(b"x = 1\n" * 1_700_000, "a.py")[0] == "unreadable.source_too_large"
    assert refusal(notebook(code("#" * (SOURCE_CAP + 1))))[0] == "unreadable.source_too_large"


def test_a_long_line_that_would_exhaust_a_parser_is_only_read() -> None:
    line = "-" * 50_000 + "1"
    assert read_program(line.encode(), "a.py").cells[0].source == line


def test_a_notebook_under_the_name_of_python_is_read_as_what_it_is() -> None:
    program = read_program(notebook(code("x = 1")), "a.py")
    assert sources(program) == [(1, "x = 1")]
    assert [note.code for note in program.notes] == ["read.as_notebook"]


def test_python_under_the_name_of_a_notebook_is_read_as_what_it_is() -> None:
    program = read_program(b"import numpy as np\n\ndef f(x):\n    return x\n", "a.ipynb")
    assert program.cells[0].number is None
    assert [note.code for note in program.notes] == ["read.as_python"]


def test_python_that_begins_with_a_brace_stays_python() -> None:
    assert read_program(b'{"a": 1}\nx = 2\n', "a.py").cells[0].source == '{"a": 1}\nx = 2\n'


@pytest.mark.parametrize("name", ["a.ipynb.txt", "a.ipynb.json", "A.IPYNB"])
def test_a_notebook_renamed_by_a_download_is_a_notebook(name: str) -> None:
    assert read_program(notebook(code("x = 1")), name).notes == ()


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_system_count_lines_alike(end: str) -> None:
    assert read_program(f"a = 1{end}b = 2{end}".encode(), "a.py").cells[0].source == "a = 1\nb = 2\n"
    assert read_program(notebook(code(f"a = 1{end}b = 2")), "a.ipynb").cells[0].source == "a = 1\nb = 2"


TEXT = "# 注释 café\nx = 1\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        ("# -*- coding: utf-8 -*-\n" + TEXT).encode(),
        ("# vim: set fileencoding=utf-8 :\n" + TEXT).encode(),
        ("\ufeff# coding: latin-1\n" + TEXT).encode(),
        ("# coding: gb18030\n" + TEXT).encode("gb18030"),
        ("#!/usr/bin/python\n# coding=GB18030\n" + TEXT).encode("gb18030"),
    ],
)
def test_text_is_decoded_by_its_mark_or_declaration(data: bytes) -> None:
    program = read_program(data, "a.py")
    assert program.cells[0].source.endswith(TEXT)
    assert program.notes == ()


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("latin-1", "latin-1", "café"),
        ("ISO-8859-1", "latin-1", "café"),
        ("cp1252", "cp1252", "“café”"),
        ("windows-1252", "cp1252", "“café”"),
        ("gbk", "gbk", "中文"),
        ("GB2312", "gbk", "中文"),
        ("big5", "big5", "中文"),
        ("ascii", "utf-8", "中文"),
    ],
)
def test_declared_encodings_that_people_use_are_honoured(declared: str, encoding: str, text: str) -> None:
    source = f"# -*- coding: {declared} -*-\ns = '{text}'\n"
    assert read_program(source.encode(encoding), "a.py").cells[0].source == source


@pytest.mark.parametrize("name", ["rot13", "rot_13", "utf-7", "UTF_7", "punycode", "hex", "unicode_escape", "x" * 99])
def test_encodings_that_hide_what_runs_are_refused(name: str) -> None:
    refused, params = refusal(f"# coding: {name}\nx = 1\n".encode(), "a.py")
    assert refused == "unreadable.encoding"
    assert params["encoding"] == name[:40]


def test_a_declaration_below_the_second_line_or_after_code_is_a_comment() -> None:
    assert read_program(b"\n\n# coding: rot13\n", "a.py").cells
    assert read_program(b"x = 1\n# coding: rot13\n", "a.py").cells


@pytest.mark.parametrize(
    ("data", "text", "guess"),
    [
        ("# naïve\nx = 1\n".encode("latin-1"), "# naïve\nx = 1\n", "latin-1"),
        ("# 计算平均值\nx = 1\n".encode("gbk"), "# 计算平均值\nx = 1\n", "gb18030"),
    ],
)
def test_bytes_that_are_not_utf_8_are_guessed_and_said(data: bytes, text: str, guess: str) -> None:
    program = read_program(data, "a.py")
    assert program.cells[0].source == text
    assert [(note.code, note.params) for note in program.notes] == [("read.encoding_guessed", {"encoding": guess})]


def test_text_that_contradicts_its_declaration_is_refused() -> None:
    assert refusal(b"# coding: gbk\n# \xff\xff\n", "a.py")[0] == "unreadable.encoding_mismatch"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"])
def test_a_notebook_saved_by_windows_tools_is_read(codec: str) -> None:
    text = notebook(code("x = 1")).decode()
    assert sources(read_program(text.encode(codec), "a.ipynb")) == [(1, "x = 1")]


@pytest.mark.parametrize("data", [b"x = 1\0\n", b"\x7fELF\0\0\1", b"\xa7\r\r\n\0\0\0\0compiled"])
def test_a_nul_byte_means_no_text(data: bytes) -> None:
    assert refusal(data, "a.py")[0] == "unreadable.binary"


def test_lone_surrogates_are_replaced_so_that_the_text_can_travel() -> None:
    data = b'{"cells": [{"cell_type": "code", "source": "s = \'\\ud800\'"}], "nbformat": 4}'
    assert read_program(data, "a.ipynb").cells[0].source == "s = '\ufffd'"


def test_siblings_are_read_and_bad_ones_left_out() -> None:
    def bad() -> bytes:
        return b"\0\0\0x"

    read = read_siblings([("helper.py", lambda: b"\xef\xbb\xbfx = 1\r\n"), ("bad.py", bad)])
    assert read == {"helper.py": "x = 1\n"}
    many = [(f"s{n}.py", lambda: b"#" * (SOURCE_CAP // 2)) for n in range(5)]
    assert read_siblings(many).keys() == {"s0.py", "s1.py"}
