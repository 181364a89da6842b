"""A student's own run: find the public checks, run them in a plain child process, say what came of it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from grader.cli.flows.keys import public_key, words_of
from grader.errors import NotFound, UnreadableSubmission
from grader.grading import grade, prepare
from grader.model import Result, Submission
from grader.reports import jsonout, terminal
from grader.reports.words import Words
from grader.sandbox import open_process_sandbox
from grader.submissions import helpers, read_program
from grader.submissions.opening import read_regular


def check(
    file: Path | None,
    *,
    course_dir: Path | None,
    assignment: str | None,
    student: str | None,
    form: str,
    lang: str,
    quiet: bool,
) -> int:
    """Run the public checks on a file and print the feedback. Returns the exit code."""
    path = file or find_file(Path.cwd())
    if not path.exists():
        raise NotFound(f"{path} is not there. Look at the folder you are in, and at the spelling.")
    try:
        marker = read_program(read_regular(path, follow=True), path.name).marker
    except UnreadableSubmission:
        marker = None
    key = public_key(path, course_dir, assignment, marker)
    submission = Submission(
        student=student or path.stem,
        assignment=key.assignment,
        path=path.name,
        read=lambda: read_regular(path, follow=True),
        siblings=helpers(path),
    )
    with open_process_sandbox() as sandbox:
        result = grade(submission, {key.assignment: prepare(key)}, sandbox)
    show(result, words_of({key.assignment: key}, lang), form, quiet=quiet)
    return exit_code(result)


def find_file(folder: Path) -> Path:
    """Find the student's file in an assignment's folder: the notebook or `.py` named by it, the newer of the two."""
    checks = folder / "checks.json"
    slug = folder.name
    if checks.is_file():
        from grader.courses import read_public

        slug = read_public(checks.read_bytes()).assignment
    candidates = [path for path in (folder / f"{slug}.ipynb", folder / f"{slug}.py") if path.is_file()]
    if not candidates:
        raise NotFound(
            f"There is no exercise in {folder}. Name the file, as in `grader check logistic_regression.ipynb`, "
            "or go to the folder it is in."
        )
    return max(candidates, key=lambda path: path.stat().st_mtime)


def show(result: Result, words: Mapping[str | None, Words], form: str, *, quiet: bool) -> None:
    """Print one result: JSON to stdout, or the feedback with what it does and doesn't mean."""
    if form == "json":
        sys.stdout.write(jsonout.document([result], words) + "\n")
    elif form == "jsonl":
        sys.stdout.write(jsonout.line(result, words) + "\n")
    else:
        console = terminal.console()
        speak = words[result.assignment]
        ascii_only = terminal.needs_ascii(console)
        parts = [terminal.feedback(result, speak, ascii_only=ascii_only, own=True)]
        if result.questions and not quiet:
            parts.append(terminal.public_summary(result, speak))
        terminal.print_all(console, parts)


def exit_code(result: Result) -> int:
    """Return 0 where everything passed, 1 where something did not, 2 for an unreadable file, 3 for our own fault."""
    if not result.questions:
        return 2
    if not result.complete:
        return 3
    passed = all(check.verdict == "accepted" for question in result.questions for check in question.checks)
    return 0 if passed else 1
