"""`grader pack`: the right file, filled in, without outputs, named as the course wants it."""

import json
import shutil

import pytest

from grader.cli import run
from grader.courses import read_public
from grader.desk.packing import named
from grader.errors import UsageError
from grader.submissions import read_program


@pytest.fixture
def notebook(desk, hand_in):
    """A solved notebook as Jupyter leaves it: outputs, counts, widgets."""
    path = hand_in(desk, "sample-full-marks-matmul")
    assert path.suffix == ".ipynb"
    content = json.loads(path.read_text(encoding="utf-8"))
    for number, cell in enumerate(content["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["a secret output"]}]
    content["metadata"]["widgets"] = {"state": 1}
    content["metadata"].pop("grader", None)
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def packed(folder):
    (made,) = (folder / "hand_in").iterdir()
    return made


def test_outputs_are_left_out_and_the_code_is_the_same(notebook, capsys):
    before = notebook.read_bytes()
    assert run(["pack", str(notebook)]) == 0
    made = packed(notebook.parent)
    assert made.name == "one_neuron.ipynb"
    text = made.read_text(encoding="utf-8")
    assert "secret output" not in text
    content = json.loads(text)
    assert "widgets" not in content["metadata"]
    assert all(cell["outputs"] == [] for cell in content["cells"] if cell["cell_type"] == "code")
    ours, theirs = (read_program(data, "x.ipynb") for data in (before, made.read_bytes()))
    assert ours.cells == theirs.cells
    assert theirs.marker == "one_neuron"
    assert notebook.read_bytes() == before
    assert "hand in this file" in capsys.readouterr().out


def test_an_untouched_stub_is_refused(desk, capsys):
    assert run(["pack", str(desk / "one_neuron.ipynb")]) == 2
    assert "nothing has been filled in" in capsys.readouterr().err
    assert not (desk / "hand_in").exists()


def test_another_assignments_file_is_refused(desk, capsys):
    path = desk / "one_neuron.py"
    path.write_text(
        path.read_text(encoding="utf-8").replace("assignment=one_neuron", "assignment=two"), encoding="utf-8"
    )
    assert run(["pack", str(path)]) == 2
    assert "belongs to `two`" in capsys.readouterr().err


def test_what_is_still_blank_or_wrong_is_said(desk, hand_in, capsys):
    path = hand_in(desk, "sample-wrong-sigmoid")
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("def ", text.index("def ") + 4)], encoding="utf-8")
    assert run(["pack", str(path)]) == 0
    assert "not right yet: `sigmoid`" in capsys.readouterr().out


def test_windows_text_is_made_plain(desk, hand_in):
    path = hand_in(desk, "sample-full-marks")
    text = path.read_text(encoding="utf-8")
    path.write_bytes(b"\xff\xfe" + text.replace("\n", "\r\n").encode("utf-16-le"))
    assert run(["pack", str(path), "--to", str(desk / "out")]) == 0
    assert (desk / "out" / "one_neuron.py").read_bytes() == text.encode()


def test_nothing_of_ones_own_is_written_over(desk, hand_in, capsys):
    path = hand_in(desk, "sample-full-marks")
    before = path.read_bytes()
    assert run(["pack", str(path), "--to", str(desk)]) == 2
    assert "not written over" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_the_course_says_how_files_are_named(released, tmp_path, hand_in, capsys):
    root = tmp_path / "course"
    shutil.copytree(released, root)
    settings = root / "solutions" / "course.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '\nhand_in = "{student}-{assignment}"\n', encoding="utf-8"
    )
    assert run(["release", "--check", "--course", str(root)]) == 1
    assert run(["release", "--course", str(root)]) == 0
    folder = root / "exercises" / "one_neuron"
    assert read_public((folder / "checks.json").read_bytes()).hand_in == "{student}-{assignment}"
    path = hand_in(folder, "sample-full-marks")
    assert run(["pack", str(path)]) == 2
    assert "--student" in capsys.readouterr().err
    assert run(["pack", str(path), "--student", "ada"]) == 0
    assert packed(folder).name == "ada-one_neuron.py"


def test_a_rule_that_names_nothing_is_a_fault_of_the_course(released, tmp_path, capsys):
    root = tmp_path / "course"
    shutil.copytree(released, root)
    settings = root / "solutions" / "course.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\nhand_in = "../x"\n', encoding="utf-8")
    assert run(["release", "--check", "--course", str(root)]) == 2
    assert "hand_in" in capsys.readouterr().err


@pytest.mark.parametrize("student", ["../ada", "a/b", "a\\b", "con:", ".ada", "a\nb"])
def test_a_name_never_leads_out_of_the_folder(student):
    with pytest.raises(UsageError):
        named("{student}", "one_neuron", student)


def test_what_python_itself_refuses_is_said_before_it_is_handed_in(desk, capsys):
    path = desk / "one_neuron.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\ndef sigmoid(z):\n\ts = 1 / (1 + np.exp(-z))\n        return s\n", encoding="utf-8")
    assert run(["pack", str(path)]) == 0
    assert "Tabs and spaces are mixed" in " ".join(capsys.readouterr().out.split())


def test_modules_of_ones_own_are_packed_too_and_told(desk, hand_in, capsys):
    path = hand_in(desk, "sample-full-marks")
    (desk / "mine.py").write_text("def squash(z):\n    return z\n", encoding="utf-8")
    (desk / "other.py").write_text("x = 1\n", encoding="utf-8")
    path.write_text("import mine\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(["pack", str(path)]) == 0
    assert {made.name for made in (desk / "hand_in").iterdir()} == {"one_neuron.py", "mine.py"}
    assert "`mine.py`, put into the same folder: hand that in as well" in " ".join(capsys.readouterr().out.split())
    assert run(["pack", str(path), "--to", str(desk / "elsewhere")]) == 0
    assert (desk / "elsewhere" / "mine.py").is_file()


def test_another_file_of_ones_own_is_not_written_over_either(desk, hand_in, capsys):
    solved = hand_in(desk, "sample-full-marks")
    mine = desk / "mine.py"
    mine.write_bytes(solved.read_bytes())
    solved.write_text("my other version\n", encoding="utf-8")
    assert run(["pack", str(mine), "--to", str(desk)]) == 2
    assert "not written over" in " ".join(capsys.readouterr().err.split())
    assert solved.read_text(encoding="utf-8") == "my other version\n"
    assert run(["pack", str(mine)]) == 0
    assert run(["pack", str(mine)]) == 0


def test_what_was_packed_beside_ones_own_file_is_told_as_being_there(desk, hand_in, capsys):
    draft = desk / "draft.py"
    draft.write_bytes(hand_in(desk, "sample-full-marks").read_bytes())
    (desk / "one_neuron.py").unlink()
    assert run(["pack", str(draft), "--to", str(desk)]) == 0
    assert run(["pack", str(draft), "--to", str(desk)]) == 2
    assert "one_neuron.py is there already" in " ".join(capsys.readouterr().err.split())


def test_a_module_called_as_the_file_to_hand_in_is_refused(desk, hand_in, capsys):
    solved = hand_in(desk, "sample-full-marks")
    draft = desk / "draft.py"
    draft.write_text("import one_neuron\n" + solved.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(["pack", str(draft)]) == 2
    assert "draft.py imports one_neuron.py" in " ".join(capsys.readouterr().err.split())
    assert not (desk / "hand_in").exists()


def test_modules_are_put_over_no_other_file_in_a_folder_that_was_chosen(desk, hand_in, capsys):
    path = hand_in(desk, "sample-full-marks")
    (desk / "mine.py").write_text("x = 1\n", encoding="utf-8")
    path.write_text("import mine\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    other = desk / "elsewhere" / "mine.py"
    other.parent.mkdir()
    other.write_text("another project\n", encoding="utf-8")
    assert run(["pack", str(path), "--to", str(other.parent)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert [file.name for file in other.parent.iterdir()] == ["mine.py"]
    assert other.read_text(encoding="utf-8") == "another project\n"
    other.unlink()
    for _ in range(2):
        assert run(["pack", str(path), "--to", str(other.parent)]) == 0
