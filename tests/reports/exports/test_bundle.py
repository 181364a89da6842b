"""The Gradescope bundle is laid out as Gradescope wants it, and runs when unpacked as its container does."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import grader
from grader.errors import GraderError, NotFound
from grader.reports.exports.bundle import requirements, write_bundle

REPOSITORY = Path(grader.__file__).parent.parent
SLUG = "broadcasting"


def bundle(course=REPOSITORY, assignment=SLUG, **options):
    out = io.BytesIO()
    names = write_bundle(out, course=course, assignment=assignment, secret=b"a secret\n", **options)
    out.seek(0)
    archive = zipfile.ZipFile(out)
    assert sorted(archive.namelist()) == names
    assert archive.testzip() is None
    return archive


@pytest.fixture
def small_course(tmp_path):
    folder = tmp_path / "course" / "solutions" / SLUG
    (folder / "__pycache__").mkdir(parents=True)
    (folder / "__pycache__" / "checks.cpython-311.pyc").write_bytes(b"")
    (folder / "checks.py").write_text("assignment = None\n")
    (folder.parent / "other").mkdir()
    (folder.parent / "other" / "checks.py").write_text("")
    (folder.parent / "course.toml").write_text("")
    (folder.parents[1] / ".grader" / "answers").mkdir(parents=True)
    (folder.parents[1] / ".grader" / "answers" / "kept.sheet").write_text("hidden")
    return tmp_path / "course"


def test_the_scripts_stand_at_the_root_and_can_be_run(small_course):
    archive = bundle(small_course)
    for name in ("setup.sh", "run_autograder"):
        info = archive.getinfo(name)
        assert stat.S_IMODE(info.external_attr >> 16) == 0o755
        assert archive.read(name).startswith(b"#!/usr/bin/env bash\n")
        assert b"\r" not in archive.read(name)
        subprocess.run(["bash", "-n"], input=archive.read(name), check=True)


def test_one_assignment_and_the_secret_are_in_it_and_nothing_else_of_the_course(small_course):
    archive = bundle(small_course)
    assert {name for name in archive.namelist() if name.startswith("course/")} == {
        "course/.grader/secret",
        "course/solutions/course.toml",
        f"course/solutions/{SLUG}/checks.py",
    }
    assert archive.read("course/.grader/secret") == b"a secret\n"
    assert stat.S_IMODE(archive.getinfo("course/.grader/secret").external_attr >> 16) == 0o600


def test_the_grader_is_in_it_whole(small_course):
    names = bundle(small_course).namelist()
    package = {f"grader/{p.relative_to(REPOSITORY / 'grader')}" for p in (REPOSITORY / "grader").rglob("*.py")}
    assert {name for name in package if not name.startswith("grader/demo/")} <= set(names)
    assert "grader/reports/locale/zh_CN/LC_MESSAGES/grader.mo" in names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


def test_equal_input_gives_equal_bytes(small_course):
    outs = [io.BytesIO(), io.BytesIO()]
    for out in outs:
        write_bundle(out, course=small_course, assignment=SLUG, secret=b"x")
    assert outs[0].getvalue() == outs[1].getvalue()


def test_what_the_grader_needs_is_listed_without_extras():
    wanted = requirements()
    assert any(line.startswith("numpy>=") for line in wanted)
    assert not [line for line in wanted if line.startswith(("pytest", "distributed", "psycopg"))]


def test_wheels_go_along_for_images_built_without_a_network(small_course, tmp_path):
    wheel = tmp_path / "numpy-9.whl"
    wheel.write_bytes(b"wheel")
    assert bundle(small_course, wheels=[wheel]).read("wheels/numpy-9.whl") == b"wheel"


@pytest.mark.parametrize("options", [{"lang": "en'; rm -rf /"}, {"sandbox": "$(x)"}])
def test_nothing_strange_gets_into_the_scripts(small_course, options):
    with pytest.raises(GraderError, match="shell script"):
        bundle(small_course, **options)


def test_an_assignment_that_is_not_there_is_told():
    with pytest.raises(NotFound, match="--assignment"):
        bundle(REPOSITORY, "no_such_assignment")


def gradescope_is_offered():
    from grader.cli.grade import command

    return any("gradescope" in getattr(p.type, "choices", ()) for p in command.params)


class Container:
    """A folder laid out as Gradescope's container: source, submission, results, run_autograder."""

    def __init__(self, root):
        self.root = root
        self.results = root / "results" / "results.json"
        self.env = {
            "PATH": os.environ["PATH"],
            "GRADER_AUTOGRADER_ROOT": str(root),
            "GRADER_PYTHON": sys.executable,
            "HOME": str(root),
        }
        archive = bundle(sandbox="none")
        for info in archive.infolist():
            target = Path(archive.extract(info, root / "source"))
            target.chmod(stat.S_IMODE(info.external_attr >> 16))
        shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
        (root / "submission").mkdir()
        subprocess.run([root / "source" / "setup.sh"], env=self.env, cwd=root / "source", check=True)

    def run(self, **files):
        shutil.rmtree(self.root / "submission")
        (self.root / "submission").mkdir()
        for name, text in files.items():
            (self.root / "submission" / name.replace("__", ".")).write_text(text, encoding="utf-8")
        done = subprocess.run(
            [self.root / "run_autograder"],
            env=self.env,
            cwd=self.root,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        found = json.loads(self.results.read_text()) if self.results.exists() else None
        return done, found


@pytest.fixture(scope="module")
def container(tmp_path_factory):
    return Container(tmp_path_factory.mktemp("autograder"))


def test_without_a_file_the_student_is_told_what_to_hand_in(container):
    done, found = container.run(essay__txt="all about arrays")
    assert done.returncode == 0
    assert "no .py or .ipynb file" in found["output"]
    assert stat.S_IMODE(container.results.stat().st_mode) == 0o644, "whoever Gradescope reads it as"


def test_a_broken_grader_writes_no_file_and_fails(container):
    python = container.root / "source" / ".python"
    kept = python.read_text()
    python.write_text("/bin/false\n")
    done, found = container.run(broadcasting__py="q1 = None\n")
    python.write_text(kept)
    assert (done.returncode, found) == (1, None)
    assert "needs a person" in done.stderr
    assert list((container.root / "results").iterdir()) == []


@pytest.mark.skipif(not gradescope_is_offered(), reason="this version's `grade` has no --format gradescope")
class TestRun:
    def test_the_reference_earns_all_points(self, container):
        reference = (REPOSITORY / "solutions" / SLUG / "reference.py").read_text(encoding="utf-8")
        done, found = container.run(broadcasting__py=reference)
        assert done.returncode == 0, done.stderr
        assert found["score"] == 100
        assert {test["status"] for test in found["tests"]} == {"passed"}

    def test_a_wrong_submission_is_told_why_and_files_beside_it_are_not_imported(self, container):
        wrong = "def as_column(a):\n    return a\n"
        done, found = container.run(broadcasting__py=wrong, json__py="raise SystemExit('imported')\n")
        assert done.returncode == 0, done.stderr
        assert 0 <= found["score"] < 100
        assert all(test["output"] for test in found["tests"] if test["status"] == "failed")

    def test_a_file_that_cannot_be_read_is_told_to_the_student(self, container):
        done, found = container.run(broadcasting__ipynb="{not json")
        assert done.returncode == 0, done.stderr
        assert found["tests"][0]["status"] == "failed"
        assert found["tests"][0]["output"]
