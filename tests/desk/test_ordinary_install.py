"""The grader installed as students have it: in `site-packages`, beside numpy and all the rest."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import grader


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Make an environment that holds the grader itself, and links to what it needs; returns its Python."""
    folder = tmp_path_factory.mktemp("ordinary") / "venv"
    venv.create(folder, symlinks=sys.platform != "win32")
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip())
    for source in Path(sysconfig.get_path("purelib")).iterdir():
        # A .pth file would lead to the sources that are under test here.
        if source.suffix != ".pth" and source.name not in ("grader", "__pycache__"):
            (packages / source.name).symlink_to(source)
    shutil.copytree(Path(grader.__file__).parent, packages / "grader", ignore=shutil.ignore_patterns("__pycache__"))
    return python


def run(python, *arguments, folder):
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(
        [python, "-m", "grader", *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8",
        timeout=120, check=False, env=environment,
    )  # fmt: skip


def test_a_student_checks_a_file(installed, desk, hand_in):
    path = hand_in(desk, "sample-full-marks")
    done = run(installed, "check", path.name, folder=desk)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_an_instructor_grades_a_class(installed, released, tmp_path):
    right = released / "submissions" / "sample-full-marks.py"
    shutil.copytree(released / "solutions", tmp_path / "course" / "solutions")
    command = ("grade", str(right), "--assignment", "one_neuron", "--course", str(tmp_path / "course"))
    done = run(installed, *command, "--sandbox", "none", "--format", "jsonl", "--quiet", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"complete": true' in done.stdout
