"""Every notebook of the course runs from top to bottom once its solutions are filled in, and so does the reference."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from grader.courses import load_assignment
from grader.courses.notebooks import notebook

SOLUTIONS = Path(__file__).parents[2] / "solutions"
SLUGS = sorted(path.parent.name for path in SOLUTIONS.glob("*/checks.py"))


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.filterwarnings("default")
def test_the_solved_notebook_runs_without_an_error(slug, language, tmp_path):
    nbclient = pytest.importorskip("nbclient")
    text = notebook(load_assignment(SOLUTIONS / slug), language, solved=True).decode()
    assert "BEGIN SOLUTION" in text
    book = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    nbclient.NotebookClient(book, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).execute()
    ran = [cell for cell in book.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in ran)
    assert not any(output.output_type == "error" for cell in ran for output in cell.outputs)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_reference_runs_as_a_plain_program(slug, tmp_path):
    environment = {**os.environ, "MPLBACKEND": "agg"}
    command = [sys.executable, str(SOLUTIONS / slug / "reference.py")]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
