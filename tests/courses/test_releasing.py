"""Releasing: what students get, the same bytes each time, and nothing of the solution."""

import ast
import json
from pathlib import Path

import nbformat
import pytest

from grader.cli import run
from grader.courses import find_course, load_assignment, out_of_step, release, render
from grader.courses.regions import find_regions
from grader.errors import CourseError, NotFound

REPOSITORY = Path(__file__).parents[2]
SLUGS = sorted(path.parent.name for path in (REPOSITORY / "solutions").glob("*/checks.py"))
FILES = ["checks.json", "sound.ipynb", "sound.py", "sound.zh-CN.ipynb"]


@pytest.fixture
def course(author, course_root):
    author()
    return find_course(course_root)


def contents(course):
    return {path.name: path.read_bytes() for path in (course.exercises / "sound").iterdir()}


def test_a_release_writes_all_files_and_a_second_one_none(course):
    (first,) = release(course)
    before = contents(course)
    (second,) = release(course)
    assert sorted(first.written) == sorted(before) == FILES
    assert (second.written, sorted(second.unchanged)) == ((), FILES)
    assert contents(course) == before


def test_a_file_that_cannot_be_written_is_named(course):
    release(course)
    (course.exercises / "sound" / "sound.py").unlink()
    (course.exercises / "sound" / "sound.py").mkdir()
    with pytest.raises(IsADirectoryError) as caught:
        release(course)
    assert caught.value.filename == str(course.exercises / "sound" / "sound.py")
    assert sorted(path.name for path in (course.exercises / "sound").iterdir()) == FILES


def test_nothing_that_the_grader_keeps_of_a_course_is_released(course):
    release(course)
    before = contents(course)
    (course.root / ".grader" / "answers").mkdir(parents=True)
    (course.root / ".grader" / "answers" / "kept.sheet").write_text("hidden")
    release(course)
    assert contents(course) == before
    assert sorted(path.name for path in course.exercises.iterdir()) == ["sound"]


def test_the_python_file_begins_with_its_marker_and_is_a_program(course):
    text = render(load_assignment(course.solutions / "sound"))["sound.py"].decode()
    assert text.splitlines()[0] == "# grader: assignment=sound"
    ast.parse(text)
    assert "# # Sound" in text
    assert "完好" not in text
    assert "For the author" not in text
    assert "broken" not in text
    assert "# a demo\nshown_in_demo" in text
    assert "q1 = None  # YOUR ANSWER HERE\nq2 = None  # YOUR ANSWER HERE" in text


@pytest.mark.parametrize(
    ("name", "title", "other"), [("sound.ipynb", "# Sound", "完好"), ("sound.zh-CN.ipynb", "# 完好", "# Sound")]
)
def test_each_notebook_is_valid_has_its_language_and_the_same_code(name, title, other, course):
    files = render(load_assignment(course.solutions / "sound"))
    book = nbformat.reads(files[name].decode(), as_version=nbformat.NO_CONVERT)
    nbformat.validate(book)
    assert (book.nbformat, book.nbformat_minor) == (4, 5)
    assert book.metadata.grader == {"assignment": "sound"}
    assert book.metadata.kernelspec.name == "python3"
    assert book.cells[0].source.startswith(title)
    text = files[name].decode()
    assert other not in text
    assert "\\u" not in text
    assert [cell.cell_type for cell in book.cells] == ["markdown", *["code"] * 5]
    code = "\n\n# %%\n".join(cell.source for cell in book.cells if cell.cell_type == "code")
    assert files["sound.py"].decode().endswith(code + "\n")


def test_answer_cells_carry_nbgraders_metadata_and_the_others_none(course):
    book = json.loads(render(load_assignment(course.solutions / "sound"))["sound.ipynb"])
    metadata = [cell["metadata"].get("nbgrader") for cell in book["cells"]]
    assert [each and each["grade_id"] for each in metadata] == [None, None, "halve", None, "fit", "q1-q2"]
    assert metadata[2] == {
        "cell_type": "code",
        "grade": False,
        "grade_id": "halve",
        "locked": False,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }


def test_a_cell_put_in_changes_no_other_cells_id(author, course):
    def ids():
        book = json.loads(render(load_assignment(course.solutions / "sound"))["sound.ipynb"])
        return [cell["id"] for cell in book["cells"]]

    before = ids()
    author(reference=[("# %%\nimport numpy", '# %% [markdown] lang="en"\n# New.\n\n# %%\nimport numpy')])
    after = ids()
    assert [each for each in after if each in before] == before
    assert len(set(after)) == len(after) == len(before) + 1


def test_cells_of_the_same_text_have_ids_of_their_own(author, course):
    author(reference=[("# %%\nimport numpy as np", "# %%\nimport numpy as np\n# %%\nimport numpy as np")])
    book = json.loads(render(load_assignment(course.solutions / "sound"))["sound.ipynb"])
    assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"])


@pytest.mark.parametrize("name", FILES)
def test_a_file_out_of_step_is_named_with_the_command_that_mends_it(name, course):
    release(course)
    assert out_of_step(course) == ()
    path = course.exercises / "sound" / name
    path.write_bytes(path.read_bytes().replace(b"halve", b"Halve"))
    assert out_of_step(course) == (f"{path} is out of step with its source: run `grader release sound`",)
    path.unlink()
    assert out_of_step(course) == (f"{path} is missing: run `grader release sound`",)
    release(course)
    assert out_of_step(course) == ()


def test_numbers_that_differ_in_their_last_bit_only_are_in_step_and_stay(author, course):
    author(checks=[("np.array([[1.0, 2.0]])", "np.array([[0.1, 0.2]])")])
    release(course)
    path = course.exercises / "sound" / "checks.json"
    text = path.read_text(encoding="utf-8")
    assert "0.05," in text
    path.write_text(text.replace("0.05,", "0.05000000000000001,"), encoding="utf-8")
    assert out_of_step(course) == ()
    assert release(course)[0].written == ()
    path.write_text(text.replace("0.05,", "0.050001,"), encoding="utf-8")
    assert len(out_of_step(course)) == 1


@pytest.mark.parametrize(
    "edit",
    [
        ('title="Sound"', 'title="Loud"'),
        ('title="Half"', 'title="A half"'),
        ("Look at the direction.", "Look again."),
        ("points=10", "points=9"),
    ],
)
def test_changed_words_and_points_are_out_of_step(edit, author, course):
    release(course)
    author(checks=[edit])
    path = course.exercises / "sound" / "checks.json"
    assert out_of_step(course) == (f"{path} is out of step with its source: run `grader release sound`",)


def test_an_exercise_without_a_source_is_told(course):
    release(course)
    orphan = course.exercises / "old"
    orphan.mkdir()
    (orphan / "checks.json").write_text("{}")
    assert out_of_step(course) == (f"{orphan} has no source in {course.solutions}: delete it",)


def test_nothing_is_written_where_one_assignment_is_not_sound(author, course):
    author(slug="unsound")
    with pytest.raises(CourseError, match="'unsound'"):
        release(course)
    assert not course.exercises.exists()


def test_an_unknown_assignment_gets_a_suggestion(course):
    with pytest.raises(NotFound, match="Did you mean 'sound'"):
        release(course, ["sond"])


def test_the_command_ends_with_1_and_the_names_where_out_of_step(course, capsys):
    root = str(course.root)
    assert run(["release", "--check", "--course", root]) == 1
    captured = capsys.readouterr()
    assert "sound.ipynb is missing: run `grader release sound`" in captured.out
    assert run(["release", "sound", "--course", root]) == 0
    captured = capsys.readouterr()
    assert sorted(Path(line).name for line in captured.out.splitlines()) == FILES
    assert run(["release", "--check", "--course", root]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "in step" in captured.err


@pytest.mark.parametrize(
    ("deadlines", "told"),
    [
        ("soundd = 2026-05-04", True),
        ("sound = 2026-05-04\nlater = 2026-06-04", False),
        ("later = 2026-06-04", False),
    ],
)
def test_a_deadline_of_nothing_is_told_where_an_assignment_has_none(deadlines, told, course, capsys):
    (course.solutions / "course.toml").write_text(f"[deadlines]\n{deadlines}\n", encoding="utf-8")
    assert run(["release", "--course", str(course.root)]) == 0
    note = "a deadline for 'soundd', which is no assignment here, and none for 'sound'."
    assert (note in " ".join(capsys.readouterr().err.split())) is told


def test_the_command_tells_an_authors_errors_and_ends_with_2(author, course, capsys):
    author(checks=[('hint="Look at the direction."', 'hint=""')])
    assert run(["release", "--course", str(course.root)]) == 2
    assert "misconception 'doubled': there is no hint" in capsys.readouterr().err


# --- this repository's own course -------------------------------------------------------------------------------------


def solution_lines(source):
    """Return the lines that stand in solution regions and nowhere else in the file."""
    regions, _ = find_regions(source)
    inside = {line.strip() for region in regions for line in region.lines}
    hidden = {n for region in regions for n in range(region.first, region.last + 1)}
    outside = "\n".join(line for n, line in enumerate(source.splitlines(), start=1) if n not in hidden)
    return {line for line in inside if len(line) > len("return None") and line not in outside}


@pytest.mark.parametrize("slug", SLUGS)
def test_no_line_of_a_solution_and_no_hidden_check_is_in_a_released_folder(slug):
    loaded = load_assignment(REPOSITORY / "solutions" / slug)
    secret_lines = solution_lines(loaded.reference.source)
    assert len(secret_lines) > 5
    public = {
        check.name
        for question in loaded.assignment.questions
        for check in question.checks
        if check.visibility == "public"
    }
    hidden = {check.name for question in loaded.assignment.questions for check in question.checks} - public
    inputs = {
        source.__name__
        for question in loaded.assignment.questions
        for check in question.checks
        for source in (check.inputs, check.scenario)
        if source is not None
    }
    for name, data in render(loaded).items():
        text = json.dumps(json.loads(data), ensure_ascii=False) if name.endswith("json") else data.decode()
        if name.endswith(".ipynb"):
            text = "\n".join("".join(cell["source"]) for cell in json.loads(data)["cells"])
        assert [line for line in secret_lines if line in text] == [], name
        assert [check for check in hidden if json.dumps(check, ensure_ascii=False) in text] == [], name
        if name == "checks.json":
            assert [each for each in inputs if f'"{each}"' in text] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_release_of_the_repositorys_assignments_has_the_same_bytes_each_time(slug):
    folder = REPOSITORY / "solutions" / slug
    assert render(load_assignment(folder)) == render(load_assignment(folder))
