"""Checks as pytest items: collected, picked, stopped at the first, points at the end; no other run is touched."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import grader

ROOT = Path(grader.__file__).parents[1]


@pytest.fixture
def run(tmp_path):
    """Run pytest in a process of its own, with the plugin and no other."""

    def run_in(folder, *arguments):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "120"}
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "grader.pytest_plugin", "-p", "no:cacheprovider", *arguments],
            cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    return run_in


def test_a_students_folder_is_collected_and_passes(desk, hand_in, run):
    hand_in(desk, "sample-full-marks")
    done = run(desk, "-v", ".")
    assert done.returncode == 0, done.stdout
    assert "checks.json::sigmoid::" in done.stdout
    assert "20 / 20" in done.stdout


def test_failures_show_the_feedback_and_the_points(desk, hand_in, run):
    hand_in(desk, "sample-wrong-sigmoid")
    done = run(desk, ".")
    assert done.returncode == 1
    assert "sign of the exponent" in " ".join(done.stdout.split())
    assert "= points =" in done.stdout
    assert "Traceback" not in done.stdout
    assert "runtest" not in done.stdout


def test_k_picks_a_question_and_x_stops_at_the_first_failure(desk, hand_in, run):
    hand_in(desk, "sample-wrong-sigmoid")
    picked = run(desk, "-v", "-k", "sigmoid", ".").stdout
    assert "::sigmoid::" in picked
    assert "deselected" in picked
    assert "1 failed" in run(desk, "-x", ".").stdout


def test_a_submission_is_graded_with_the_checks_of_solutions(released, tmp_path, hand_in, run):
    work = tmp_path / "one_neuron"
    work.mkdir()
    path = hand_in(work, "sample-dw-not-averaged")
    done = run(released, "-v", "solutions/", "--submission", str(path))
    assert done.returncode == 1, done.stdout
    assert "solutions/one_neuron/checks.py::" in done.stdout.replace(os.sep, "/")
    assert "sums over the examples" in " ".join(done.stdout.split())
    assert " / 100" in done.stdout


def test_without_a_submission_solutions_are_left_alone(released, run):
    assert run(released, "solutions/").returncode == 5  # no tests collected


def test_a_missing_submission_is_a_usage_error(released, run):
    done = run(released, "solutions/", "--submission", "gone.py")
    assert done.returncode == 4
    assert "no such file" in done.stdout + done.stderr


def test_other_peoples_files_of_that_name_are_left_alone(tmp_path, run):
    (tmp_path / "checks.json").write_text('{"checks": []}')
    (tmp_path / "checks.py").write_text("raise SystemExit\n")
    (tmp_path / "test_it.py").write_text("def test_it():\n    pass\n")
    done = run(tmp_path)
    assert "1 passed" in done.stdout
    assert "points" not in done.stdout


@pytest.mark.parametrize("where", ["conftest", "plugin"])
def test_an_option_of_the_same_name_stays_with_whoever_has_it(tmp_path, run, where):
    option = "def pytest_addoption(parser):\n    parser.addoption('--submission')\n"
    (tmp_path / ("conftest.py" if where == "conftest" else "theirs.py")).write_text(option)
    test = "def test_it(request):\n    assert request.config.getoption('--submission') == 'x'\n"
    (tmp_path / "test_it.py").write_text(test)
    extra = [] if where == "conftest" else ["-p", "theirs"]
    assert "1 passed" in run(tmp_path, *extra, "--submission", "x").stdout


def test_the_plugin_costs_others_nothing():
    """Importing it brings in the package's empty front and nothing else that pytest has not."""
    code = (
        "import sys, pytest, decimal; before = set(sys.modules); import grader.pytest_plugin;"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.split() == ["grader", "grader.pytest_plugin"]
