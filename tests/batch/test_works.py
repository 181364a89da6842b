"""What a result is known by: no code that can change it is left out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grader
from grader.batch.works import _GRADING

PACKAGE = Path(grader.__file__).parent
SAYS_NOTHING = {"__init__.py", "errors.py", "records.py", "saying.py", "shelf.py", "text.py"}
"""Nouns, how they are made, sentences that are put into words later, and where slips are kept."""


def test_the_version_of_the_grader_covers_all_that_grading_is_made_of():
    program = "import sys, grader.grading, grader.slips, grader.examples, grader.learning; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    files = {each.replace(".", "/") for each in done.stdout.split() if each.startswith("grader.")}
    made = {f"{each}.py" if (PACKAGE.parent / f"{each}.py").exists() else f"{each}/__init__.py" for each in files}
    parts = {each.removeprefix("grader/") for each in made}
    known = {each for each in parts if any(each == part or each.startswith(f"{part}/") for part in _GRADING)}
    assert "repeats.py" in known
    assert parts - known <= SAYS_NOTHING
