"""Packing: make the file to hand in and say how it stands."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from grader.cli.flows.console import needs_ascii, wants_colour, width_of_terminal
from grader.desk.packing import pack
from grader.desk.page import Line, coloured, headline, indented, passed_line, plain_text, taken_line
from grader.desk.progress import progress
from grader.desk.running import find_work
from grader.desk.watching import REFUSED
from grader.reports.looks import told_notes
from grader.reports.words import Words
from grader.sandbox.opening import open_process_sandbox


def pack_file(
    file: Path | None,
    folder: Path | None,
    *,
    course_dir: Path | None,
    assignment: str | None,
    student: str | None,
    lang: str,
) -> int:
    """Make the file to hand in and print what is in it. Returns 0 once it is made."""
    work = find_work(file, course_dir=course_dir, assignment=assignment, student=student)
    words = Words(lang, work.key.catalogue)
    with open_process_sandbox(work.prepared.limits) as sandbox:
        packed = pack(work, sandbox, words, student=student, folder=folder)
    width, ascii_only = width_of_terminal(), needs_ascii(sys.stdout)
    parts = progress(packed.result)
    lines: list[Line] = headline(packed.result, words, width=width, ascii_only=ascii_only)
    lines += taken_line(work.path.name, work.of, words, width=width)
    if parts.done:
        lines += passed_line(parts, words, width=width, ascii_only=ascii_only)
    told = []
    if parts.failing:
        told.append(words.message("pack.failing", {"names": [question.name for question in parts.failing]}))
    if packed.unreadable:
        told.append(words.message("pack.unreadable", {"names": list(packed.unreadable)}))
    if parts.blank:
        told.append(words.message("desk.blank", {"names": ", ".join(question.name for question in parts.blank)}))
    told += [words.note(note) for note in told_notes(packed.result) if note.code.startswith(REFUSED)]
    lines += indented(told, width, 2)
    made = words.message("pack.made", {"target": os.path.relpath(packed.target)})
    lines += indented([made], width, 0, style="bold")
    if packed.beside:
        lines += indented([words.message("pack.beside", {"names": list(packed.beside)})], width, 0)
    sys.stdout.write((coloured(lines) if wants_colour(sys.stdout) else plain_text(lines)) + "\n")
    return 0
