"""A sound assignment, and a way to write it with something changed."""

import shutil
from pathlib import Path

import pytest

SOUND = Path(__file__).with_name("sound")


@pytest.fixture
def course_root(tmp_path):
    """An empty course."""
    (tmp_path / "course" / "solutions").mkdir(parents=True)
    return tmp_path / "course"


@pytest.fixture
def author(course_root):
    """Writes the sound assignment with some pieces of its text replaced, and returns its folder."""

    def write(checks=(), reference=(), slug="sound"):
        folder = course_root / "solutions" / slug
        folder.mkdir(exist_ok=True)
        for name, edits in (("checks.py", checks), ("reference.py", reference)):
            text = (SOUND / name).read_text(encoding="utf-8")
            for old, new in edits:
                assert text.count(old) >= 1, f"{old!r} is not in {name}"
                text = text.replace(old, new, 1)
            (folder / name).write_text(text, encoding="utf-8")
        shutil.rmtree(folder / "__pycache__", ignore_errors=True)
        return folder

    return write
