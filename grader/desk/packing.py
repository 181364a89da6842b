"""The file to hand in: the right assignment, filled in, without outputs, named by the course's rule."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.desk.progress import is_blank
from grader.desk.running import Work, run_work, siblings
from grader.errors import UnreadableSubmission, UsageError
from grader.model import Result
from grader.reports.words import Words
from grader.sandbox.protocol import Sandbox
from grader.saying import say
from grader.submissions import read_program
from grader.submissions.encodings import decode
from grader.submissions.opening import read_regular

FOLDER = "hand_in"
"""Where the file is put, beside the student's own, so that nothing of theirs is written over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What was made, and how the public checks stand."""

    target: Path
    result: Result
    unreadable: tuple[str, ...]
    """Graded names whose code Python can't read."""
    beside: tuple[str, ...]
    """The student's own modules that the file imports, put beside it."""


def pack(work: Work, sandbox: Sandbox, words: Words, *, student: str | None, folder: Path | None) -> Packed:
    """Make the file to hand in. Raises UsageError for another assignment's file and for an untouched one."""
    data = read_regular(work.path, follow=True)
    file = work.path.name
    try:
        program = read_program(data, file)
    except UnreadableSubmission as error:
        raise UsageError(
            say("{file}: {message}", file=file, message=words.message(error.message.code, error.message.params))
        ) from error
    slug = work.key.assignment
    if program.marker not in (None, slug):
        params = {"file": file, "marker": program.marker, "assignment": slug}
        raise UsageError(words.message("pack.wrong_assignment", params))
    name = named(work.key.hand_in, slug, student)
    result = run_work(work, sandbox)
    if result.questions and all(is_blank(question) for question in result.questions):
        raise UsageError(words.message("pack.untouched", {"file": file}))
    is_notebook = any(cell.number is not None for cell in program.cells)
    target = (folder or work.path.parent / FOLDER) / (name + (".ipynb" if is_notebook else ".py"))
    modules = _modules(work.path)
    _refuse_to_write_over(work.path, target, modules, chosen=folder is not None)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(stripped(data, slug) if is_notebook else plain(data))
    if target.parent.resolve() != work.path.parent.resolve():
        for module, content in modules.items():
            (target.parent / module).write_bytes(content)
    unreadable = tuple(
        question.name
        for question in result.questions
        if any(check.code == "missing.syntax" for check in question.checks)
    )
    return Packed(target=target, result=result, unreadable=unreadable, beside=tuple(modules))


def _modules(path: Path) -> dict[str, bytes]:
    """Return the modules of the student's that a file imports, by name."""
    found = {}
    for name, read in siblings(path):
        with contextlib.suppress(UnreadableSubmission):
            found[name] = read()
    return found


def _refuse_to_write_over(path: Path, target: Path, modules: Mapping[str, bytes], *, chosen: bool) -> None:
    """Raise UsageError where a student's file would be lost.

    What lies beside their file, or in a folder that they have `chosen`, may be theirs; elsewhere it is what was packed
    before.
    """
    namesake = next((name for name in modules if name.casefold() == target.name.casefold()), None)
    if namesake is not None:
        raise UsageError(
            say(
                "{file} imports {name}, and so is the file to hand in called. Give that module another name.",
                file=path.name,
                name=namesake,
            )
        )
    own = target.parent.resolve() == path.parent.resolve()
    if own and target.exists() and target.samefile(path):
        raise UsageError(
            say("{target} is your own file, which is not written over. Choose another folder with --to.", target=target)
        )
    there = [target] if own and target.exists() else []
    if chosen and not own:
        beside = {target.parent / name: content for name, content in modules.items()}
        there += [file for file, content in beside.items() if file.exists() and file.read_bytes() != content]
    if there:
        raise UsageError(
            say(
                "{target} is there already, and is not written over. Remove it, or choose another folder with --to.",
                target=there[0],
            )
        )


def named(rule: str, slug: str, student: str | None) -> str:
    """Return the file's name by the course's rule, without a suffix. Raises UsageError where a name is needed."""
    if "{student}" in rule and not student:
        example = rule.replace("{assignment}", slug).replace("{student}", "NAME")
        raise UsageError(
            say("This course names files {example}: say who you are with --student NAME.", example=example)
        )
    name = rule.replace("{assignment}", slug).replace("{student}", student or "")
    if set(name) & set('/\\:*?"<>|') or not name.isprintable() or name.startswith("."):
        raise UsageError(
            say("{student} can't stand in the name of a file. Use letters, digits, - and _.", student=student)
        )
    return name


def stripped(data: bytes, slug: str) -> bytes:
    """Return a notebook without outputs, counts and what widgets left behind, marked with its assignment."""
    text, _ = decode(data, declarations=False)
    notebook: dict[str, Any] = json.loads(text)
    sheets: list[dict[str, Any]] = notebook.get("worksheets") or [notebook]
    for sheet in sheets:
        for cell in sheet.get("cells", []):
            if cell.get("cell_type") == "code":
                cell["outputs"] = []
                cell["execution_count" if "worksheets" not in notebook else "prompt_number"] = None
    metadata = notebook.setdefault("metadata", {})
    metadata.pop("widgets", None)
    metadata["grader"] = {**_mapping(metadata.get("grader")), "assignment": slug}
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def plain(data: bytes) -> bytes:
    """Return Python code as UTF-8 with line feeds, whatever an editor on Windows made of it."""
    text, _ = decode(data, declarations=True)
    return text.encode()


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
