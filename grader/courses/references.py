"""An author's files as modules: the reference with its cells and stubs, and the checks beside it."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import importlib
import inspect
import io
import os
import sys
import traceback
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from grader.authoring import Assignment
from grader.courses.finding import CHECKS, REFERENCE
from grader.courses.percent import PercentCell, split_cells, without_demos
from grader.courses.regions import BEGIN, END, blank_out, find_regions
from grader.courses.settings import unreadable
from grader.errors import CourseError
from grader.saying import say

PACKAGE = "_grader_course_"
"""The assignments' packages are called this and a hash of their folder, so that they hide no other module."""


class Absent:
    """Stands for a name that the reference lacks, so that `checks.py` can be read to its end."""

    def __init__(self, name: str, place: str) -> None:
        self.name = self.__name__ = name
        self.place = place

    def __call__(self, *_args: object, **_options: object) -> Any:
        """Raise, as there is nothing to call."""
        raise AttributeError(f"the reference has no {self.name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The full solution: its text, its cells, and the names that it defines once it has run without its demo cells."""

    path: Path
    source: str
    loaded_source: str
    """What ran: the source with demo cells and text blanked out; line numbers are the file's."""
    cells: tuple[PercentCell, ...]
    namespace: Mapping[str, Any]
    definitions: Mapping[str, str]
    """The source of each function at top level, with its solution."""
    stubs: Mapping[str, str]
    """The same as students get it."""

    def parameters(self, name: str) -> tuple[str, ...]:
        """Return the names of a function's parameters, in order."""
        return tuple(inspect.signature(self.namespace[name]).parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedAssignment:
    """One assignment of a course, read and looked over: nothing in it is known to be wrong."""

    folder: Path
    assignment: Assignment
    reference: Reference
    catalogue: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language (`zh-CN`) to English text to translation."""
    digest: str = ""
    """Of every Python file in the folder."""
    warnings: tuple[str, ...] = ()
    """What an author may want to look at, but what keeps nothing from working."""

    @property
    def slug(self) -> str:
        """The assignment's slug, which is its folder's name too."""
        return self.assignment.slug


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Run an author's code without its prints and warnings; numpy's floating-point errors are silent."""
    import numpy as np

    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield


def import_files(folder: Path) -> tuple[Reference, ModuleType, list[Absent]]:
    """Import `reference.py` and `checks.py` as modules of a package with a private name.

    Returns the reference, the module of the checks, and the names that these asked of the reference in vain.
    Raises CourseError.
    """
    name = PACKAGE + hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    for stale in [each for each in sys.modules if each == name or each.startswith(f"{name}.")]:
        del sys.modules[stale]
    package = ModuleType(name)
    package.__path__ = [str(folder)]
    source = _read(folder / REFERENCE)
    cells, definitions, stubs = _parse_reference(folder / REFERENCE, source)
    absent: list[Absent] = []
    module = _reference_module(f"{name}.reference", absent)
    package.reference = module  # type: ignore[attr-defined]
    checks = ModuleType(f"{name}.checks")
    writes = sys.dont_write_bytecode
    # An author's folder stays as it is: no __pycache__, not even of a file that checks.py imports beside it.
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    try:
        sys.modules[name] = package
        sys.modules[module.__name__] = module
        loaded_source = without_demos(source)
        _execute(module, folder / REFERENCE, loaded_source)
        namespace = {key: value for key, value in vars(module).items() if key != "__getattr__"}
        sys.modules[checks.__name__] = checks
        _execute(checks, folder / CHECKS, _read(folder / CHECKS))
    finally:
        sys.dont_write_bytecode = writes
    reference = Reference(
        path=folder / REFERENCE,
        source=source,
        loaded_source=loaded_source,
        cells=cells,
        namespace=namespace,
        definitions=definitions,
        stubs=stubs,
    )
    return reference, checks, absent


def _reference_module(name: str, absent: list[Absent]) -> ModuleType:
    """Return an empty module that answers with an `Absent` for what it lacks, and remembers it."""
    module = ModuleType(name)

    def missing(attribute: str) -> Absent:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        frame: FrameType | None = sys._getframe(1)
        place = f"{frame.f_code.co_filename}: line {frame.f_lineno}" if frame else "?"
        asked = Absent(attribute, place)
        # A name asked for from inside a function turns up where that function is run, with its place.
        if frame is not None and frame.f_code.co_name == "<module>":
            absent.append(asked)
        return asked

    module.__dict__["__getattr__"] = missing
    return module


def _parse_reference(path: Path, source: str) -> tuple[tuple[PercentCell, ...], Mapping[str, str], Mapping[str, str]]:
    """Split and parse the reference; raises CourseError for what can't be parsed."""
    cells = split_cells(source)
    regions, region_faults = find_regions(source)
    faults = [say("{path}: {fault}", path=path, fault=fault) for cell in cells for fault in cell.faults]
    faults += [say("{path}: {fault}", path=path, fault=fault) for fault in region_faults]
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        faults.append(
            say("{path}: line {lineno}: does not parse: {msg}", path=path, lineno=error.lineno, msg=error.msg)
        )
        raise CourseError(faults) from error
    if faults:
        raise CourseError(faults)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    definitions = {node.name: _segment(source, node) for node in functions}
    stubs = {name: blank_out(text) for name, text in definitions.items()}
    for region in regions:
        if not region.indent:
            stubs.update(_blank_answers("\n".join(region.lines)))
    return cells, definitions, stubs


def _blank_answers(region: str) -> dict[str, str]:
    """Return the stub of each answer of a region at module level."""
    blanked = blank_out(f"{BEGIN}\n{region}\n{END}").splitlines()
    return {line.partition(" = ")[0]: line for line in blanked}


def _segment(source: str, node: ast.FunctionDef) -> str:
    """Return a function's source with its decorators."""
    first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
    # The end marker of a region stands after the last statement, so the text runs on to the next that is not indented.
    lines = source.splitlines()
    last = node.end_lineno or node.lineno
    while last < len(lines) and (not lines[last].strip() or lines[last][0] in " \t"):
        last += 1
    return "\n".join(lines[first - 1 : last]).rstrip()


def _execute(module: ModuleType, path: Path, source: str) -> None:
    """Run an author's file in its module; raises CourseError with the line where it fails."""
    module.__file__ = str(path)
    module.__package__ = module.__name__.rpartition(".")[0]
    try:
        code = compile(source, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise CourseError(
            [say("{path}: line {lineno}: does not parse: {msg}", path=path, lineno=error.lineno, msg=error.msg)]
        ) from error
    try:
        with quietly():
            exec(code, vars(module))
    except (Exception, SystemExit) as error:
        raise CourseError(
            [
                say(
                    "{path}: {describe}: mend it; it must run from top to bottom",
                    path=path,
                    describe=describe(error, path),
                )
            ]
        ) from error


def describe(error: BaseException, path: Path | str) -> str:
    """Say what an author's code raised, and on which line of `path` or of a file beside it."""
    text = f"{type(error).__name__}: {error}".rstrip(": ")
    here = Path(path)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if file.parent == here.parent:
            place = (
                say("line {lineno}", lineno=frame.lineno)
                if file == here
                else say("{name}, line {lineno}", name=file.name, lineno=frame.lineno)
            )
            return say("{place}: raises {text}", place=place, text=text)
    return say("raises {text}", text=text)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CourseError(
            [say("{path}: there is no such file: `grader new assignment NAME` writes one", path=path)]
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from error
