"""Notebook JSON to cells, under caps on size and depth. Nothing is validated that grading does not need."""

from __future__ import annotations

import json
from typing import Any

from grader.errors import UnreadableSubmission
from grader.model import Cell, Message
from grader.submissions.encodings import without_surrogates

NODES_CAP = 5_000_000
"""Commas and opening brackets in a notebook: a bound on the objects that its JSON makes, of about 64 bytes each."""


def cells_of(text: str) -> tuple[tuple[Cell, ...], str | None]:
    """Return the code cells of a notebook and the assignment in its metadata, if it is there.

    Reads formats 4.x, and 3 and 2 with their worksheets. `number` counts all cells from 1, whatever their type. Raises
    UnreadableSubmission for anything that is no notebook.
    """
    if len(text) > NODES_CAP and text.count(",") + text.count("[") + text.count("{") > NODES_CAP:
        raise _unreadable("too_complex")
    try:
        notebook = json.loads(text)
    except RecursionError:
        raise _unreadable("too_deep") from None
    except json.JSONDecodeError as error:
        if "\n<<<<<<< " in text and "\n>>>>>>> " in text:
            raise _unreadable("merge_conflict") from None
        raise _unreadable("notebook_json", line=error.lineno, column=error.colno) from None
    except ValueError:  # an integer of thousands of digits
        raise _unreadable("notebook_json", line=1, column=1) from None
    if not isinstance(notebook, dict):
        raise _unreadable("not_notebook")
    cells = tuple(
        Cell(source=_source(cell, number), number=number)
        for number, cell in enumerate(_all_cells(notebook), start=1)
        if _is_code(cell, number)
    )
    return cells, _marker(notebook.get("metadata"))


def _unreadable(code: str, **params: int | str) -> UnreadableSubmission:
    return UnreadableSubmission(Message(code=f"unreadable.{code}", params=params))


def _all_cells(notebook: dict[str, Any]) -> list[Any]:
    """Return the list of all cells, from wherever this format keeps it."""
    version = notebook.get("nbformat", 4)
    if type(version) is not int:
        raise _unreadable("not_notebook")
    if version in (2, 3) and "cells" not in notebook:
        sheets = notebook.get("worksheets", [])
        if not isinstance(sheets, list) or not all(isinstance(sheet, dict) for sheet in sheets):
            raise _unreadable("not_notebook")
        lists = [sheet.get("cells", []) for sheet in sheets]
        if not all(isinstance(cells, list) for cells in lists):
            raise _unreadable("not_notebook")
        return [cell for cells in lists for cell in cells]
    if version not in (2, 3, 4):
        raise _unreadable("notebook_version", version=version if abs(version) < 1000 else 0)
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        raise _unreadable("not_notebook")
    return cells


def _is_code(cell: Any, number: int) -> bool:
    if not isinstance(cell, dict):
        raise _unreadable("cell", cell=number)
    return cell.get("cell_type") == "code"


def _source(cell: dict[str, Any], number: int) -> str:
    """Return a code cell's text: a string or a list of strings, called `input` in format 3."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        if not all(isinstance(line, str) for line in source):
            raise _unreadable("cell", cell=number)
        source = "".join(source)
    if not isinstance(source, str):
        raise _unreadable("cell", cell=number)
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    return without_surrogates(source)


def _marker(metadata: Any) -> str | None:
    grader = metadata.get("grader") if isinstance(metadata, dict) else None
    slug = grader.get("assignment") if isinstance(grader, dict) else None
    return slug if isinstance(slug, str) and 0 < len(slug) <= 100 else None
