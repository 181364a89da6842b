"""What is timed: a course of its own, sample classes of any size, and the floor over the same files and calls."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from corpus import ROOT, SLUG, Class
from measuring import Cost, run

GRADER = (sys.executable, "-m", "grader")
FLOOR = Path(__file__).with_name("floor.py")
READING = Path(__file__).with_name("reading.py")
FLOOR_FILES = 200
"""The floor needs no more: it is the same for each."""
LEVELS = ("full", "core", "none")

_REPEATED = '''

from dataclasses import replace as _replace


def _again(inputs, times):
    """Return inputs of another name, and so with other cases, made in the same way."""

    def made(*args):
        return inputs(*args)

    made.__name__ = made.__qualname__ = f"{{inputs.__name__}}_{{times}}"
    return made


def _more(checks):
    """Return checks `TIMES` times over, each with calls of its own; of less than one, a part of their cases."""
    if TIMES < 1:
        return tuple(_replace(check, cases=max(1, int(check.cases * TIMES))) for check in checks)
    more = list(checks)
    for times in range(2, int(TIMES) + 1):
        made = {{check.inputs: _again(check.inputs, times) for check in checks if check.inputs is not None}}
        more += [
            _replace(check, name=f"{{check.name}} {{times}}", inputs=made[check.inputs], examples=(), points=0)
            for check in checks
            if check.inputs is not None and check.visibility == "hidden"
        ]
    return tuple(more)


TIMES = {times!r}
assignment = _replace(
    assignment, questions=tuple(_replace(each, checks=_more(each.checks)) for each in assignment.questions)
)
'''


class Bench:
    """A course, classes for it, and the calls that the grader makes for one submission."""

    def __init__(self, folder: Path, times: float = 1, likeness: str = "even") -> None:
        """`times` is how many checks there are, of those that the assignment has; each brings calls of its own."""
        self.folder = folder
        self.course = folder / f"course-{times}-{likeness}"
        shutil.copytree(ROOT / "solutions", self.course / "solutions")
        if times != 1:
            with (self.course / "solutions" / SLUG / "checks.py").open("a", encoding="utf-8") as file:
                file.write(_REPEATED.format(times=times))
        self._likeness = likeness
        self.members = Class(likeness=likeness)
        self.checks, calls = self._calls()
        self.calls = len(calls)
        self._pickled = folder / f"calls-{times}.pickle"
        self._pickled.write_bytes(pickle.dumps(calls))
        self._starts: dict[tuple[str, int], Cost] = {}

    def _calls(self) -> tuple[int, list[tuple[str, tuple[object, ...]]]]:
        from grader.courses import answer_key, course_secret, load_assignment

        key = answer_key(load_assignment(self.course / "solutions" / SLUG), course_secret(self.course))
        calls = [(each.name, case.args) for each in key.questions for case in each.cases if case.scenario is None]
        return sum(len(each.checks) for each in key.questions), calls

    def files(self, form: str, count: int, pictures: int = 0) -> Path:
        """Write a class; returns its folder."""
        folder = self.folder / f"{form}-{count}-{pictures}-{self._likeness}"
        if not folder.exists():
            self.members.write(folder, form, count, pictures)
        return folder

    def grade(self, submissions: Path, level: str = "full", lanes: int = 1, *, peak: bool = False) -> Cost:
        """Grade a class through the command, into a new gradebook."""
        for left in (self.course / ".grader").glob("gradebook*"):
            left.unlink()
        command = (*GRADER, "grade", submissions, "--course", self.course, "--sandbox", level)
        # 3: some results are incomplete, which a table of a thousand need not end for; the row says nothing of marks.
        return run((*command, "--jobs", lanes, "--format", "jsonl", "--quiet"), cwd=ROOT, peak=peak, ok=(0, 3))

    def start(self, level: str = "full", lanes: int = 1) -> Cost:
        """Return what a class of one for each lane costs: starting, and computing the answer key."""
        if (level, lanes) not in self._starts:
            self._starts[level, lanes] = self.grade(self.files("py", lanes), level, lanes)
        return self._starts[level, lanes]

    def floor(self, count: int, form: str = "py", pictures: int = 0) -> float:
        """Return the floor's CPU seconds a submission: the programs as files of Python, and notebooks read before."""
        paths = sorted(self.files("py", count).glob("*/*.py"))[:FLOOR_FILES]
        each = _each(FLOOR, self._pickled, *paths)
        if form == "ipynb":
            notebooks = sorted(self.files(form, count, pictures).glob("*/*.ipynb"))[:FLOOR_FILES]
            each += _each(READING, *notebooks)
        return each


def _each(program: Path, *arguments: object) -> float:
    """Return the seconds of CPU that a program says one submission takes."""
    said: dict[str, float] = json.loads(run((sys.executable, program, *arguments)).output)
    return said["cpu_ms_each"] / 1000


def installed(cache: Path) -> Path:
    """Install the grader as its users do, into an environment of its own; returns the folder of its commands."""
    folder = cache / "grader"
    if not folder.exists():
        venv.create(folder, with_pip=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(commands / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", str(ROOT)]
    subprocess.run(pip, check=True, env=environment, stdout=sys.stderr)
    return commands
