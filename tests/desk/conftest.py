"""A student's folder with the small course's exercise in it, and nothing of the solutions."""

import shutil
from importlib.resources import as_file, files

import pytest

from grader.courses import find_course, release
from grader.courses.public import read_public


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """Release the small course; tests do not write into it."""
    root = tmp_path_factory.mktemp("course") / "sample course 示例"
    with as_file(files("grader.demo") / "course") as source:
        shutil.copytree(source, root)
    release(find_course(root))
    return root


@pytest.fixture(scope="session")
def key(released):
    return read_public((released / "exercises" / "one_neuron" / "checks.json").read_bytes())


@pytest.fixture
def desk(released, tmp_path):
    """A folder with the exercise as it was given out, under a name that needs care."""
    folder = tmp_path / "my work 作业"
    shutil.copytree(released / "exercises" / "one_neuron", folder)
    return folder


@pytest.fixture
def hand_in(released):
    """Put a sample student's work into a folder under the exercise's name."""

    def put(folder, name):
        (source,) = (released / "submissions").glob(f"{name}.*")
        target = folder / f"one_neuron{source.suffix}"
        shutil.copyfile(source, target)
        return target

    return put


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("GRADER_SECRET", "a secret for tests")
    for name in ("LC_ALL", "LC_MESSAGES", "FORCE_COLOR", "NO_COLOR", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
