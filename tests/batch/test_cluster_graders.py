"""Two `grader grade` on the same class at the same time do each submission once, in SQLite and in PostgreSQL."""

from __future__ import annotations

import json
import subprocess

import pytest
from class_samples import arguments, environment, make_class, make_course

from grader.gradebook import open_gradebook

STUDENTS = 80


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Where both keep their results."""
    if request.param == "sqlite":
        return str(tmp_path / "shared.sqlite3")
    return request.getfixturevalue("postgres_place")


@pytest.mark.parametrize("where", ["--jobs=1", pytest.param("--cluster=local:1", marks=pytest.mark.slow)])
def test_two_graders_at_once_do_each_submission_once(tmp_path, place, where):
    if "cluster" in where:
        pytest.importorskip("distributed", reason="needs dask.distributed: pip install -e '.[cluster]'")
    course = make_course(tmp_path / "course")
    marks = make_class(tmp_path / "class", STUDENTS)
    command = arguments(course, where, "--gradebook", place, "--format", "json")
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())
        for _ in range(2)
    ]
    ended = [run.communicate(timeout=180) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], [err for _, err in ended]
    for out, _ in ended:
        assert {each["student"]: each["score"] for each in json.loads(out)["results"]} == marks
    with open_gradebook(place) as gradebook:
        assert [len(gradebook.history("one_neuron", student)) for student in marks] == [1] * STUDENTS
        assert not list(gradebook.events("internal_error"))
