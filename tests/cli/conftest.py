"""A small course and its class, made once a test process from the demo's package data."""

import shutil
from importlib.resources import as_file, files

import pytest

from grader.courses import find_course, release

SECRET = "a secret for tests"


@pytest.fixture(scope="session")
def sample_course(tmp_path_factory):
    """Copy the sample course and release it; tests do not write into it."""
    root = tmp_path_factory.mktemp("course") / "sample course 示例"
    with as_file(files("grader.demo") / "course") as source:
        shutil.copytree(source, root)
    release(find_course(root))
    return root


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    monkeypatch.setenv("GRADER_SECRET", SECRET)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LANG", "C.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
