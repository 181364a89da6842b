"""The files that students work in: the notebook in each language, and the plain Python file."""

from __future__ import annotations

import ast
import hashlib
import importlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from grader.courses.naming import question_name
from grader.courses.percent import DEMO, PercentCell
from grader.courses.references import LoadedAssignment
from grader.courses.regions import BEGIN, blank_out

MARKER = "# grader: assignment="
"""Begins the first line of a released `.py` file."""
ENGLISH = "en"


def python_file(loaded: LoadedAssignment) -> bytes:
    """Return the released `.py` file: the narrative in English as comments, the stubs, the demo cells."""
    parts = [f"{MARKER}{loaded.slug}"]
    for cell in cells_for(loaded, ENGLISH):
        if cell.kind == "markdown":
            body = "\n".join(f"# {line}".rstrip() for line in cell.source.splitlines())
            parts.append(f"# %% [markdown]\n{body}")
        else:
            parts.append(f"# %%\n{blank_out(cell.source)}")
    return ("\n\n".join(parts) + "\n").encode()


def notebook(loaded: LoadedAssignment, language: str, *, solved: bool = False) -> bytes:
    """Return the released notebook in a language, as nbformat 4.5 with stable cell ids.

    `solved` keeps the solutions in: what an instructor runs from top to bottom, and no student gets.
    """
    nbformat: Any = importlib.import_module("nbformat")  # takes half of the start-up time, and has no types
    cells: list[Any] = []
    graded = frozenset(map(question_name, loaded.assignment.questions))
    sources = list(cells_for(loaded, language))
    for cell, cell_id in zip(sources, _ids(sources, graded), strict=True):
        if cell.kind == "markdown":
            cells.append(nbformat.v4.new_markdown_cell(cell.source, id=cell_id))
            continue
        metadata: dict[str, Any] = {"tags": list(cell.tags)} if cell.tags else {}
        if names := _graded_in(cell, graded):
            metadata["nbgrader"] = _solution_cell("-".join(names))
        cells.append(
            nbformat.v4.new_code_cell(cell.source if solved else blank_out(cell.source), id=cell_id, metadata=metadata)
        )
    whole = nbformat.v4.new_notebook(
        cells=cells,
        metadata={
            "grader": {"assignment": loaded.slug},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
    # The minor version is written out, so that a later nbformat makes the same file.
    whole.nbformat, whole.nbformat_minor = 4, 5
    nbformat.validate(whole)
    text: str = nbformat.writes(whole, version=nbformat.NO_CONVERT)
    return (text.rstrip("\n") + "\n").encode()


def cells_for(loaded: LoadedAssignment, language: str) -> Iterator[PercentCell]:
    """Yield the cells that students get in a language."""
    for cell in loaded.reference.cells:
        if cell.kind != "preamble" and cell.language in (None, language):
            yield cell


def _graded_in(cell: PercentCell, graded: Iterable[str]) -> tuple[str, ...]:
    """Return the graded names that a cell leaves to the student, in order."""
    if BEGIN not in cell.source or DEMO in cell.tags:
        return ()
    names: list[str] = []
    for statement in ast.parse(cell.source).body:
        if isinstance(statement, ast.FunctionDef):
            names.append(statement.name)
        elif isinstance(statement, ast.Assign):
            names += [target.id for target in statement.targets if isinstance(target, ast.Name)]
    known = set(graded)
    return tuple(name for name in names if name in known)


def _solution_cell(name: str) -> dict[str, Any]:
    """Return nbgrader's metadata, version 3, of a cell that students fill in; the marks come from elsewhere."""
    return {
        "cell_type": "code",
        "grade": False,
        "grade_id": name,
        "locked": False,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }


def _ids(cells: Iterable[PercentCell], graded: frozenset[str]) -> Iterator[str]:
    """Yield an id for each cell: the graded name, else a hash of its text; a new cell changes no other's id."""
    seen: Counter[str] = Counter()
    for cell in cells:
        names = _graded_in(cell, graded)
        base = "-".join(names)[:48] or hashlib.sha256(f"{cell.kind}\n{cell.source}".encode()).hexdigest()[:8]
        seen[base] += 1
        yield base if seen[base] == 1 else f"{base}-{seen[base]}"
