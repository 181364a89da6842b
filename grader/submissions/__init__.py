"""Taking in submissions: which files, whose, for which assignment, and what is in them."""

from __future__ import annotations

from grader.submissions.reading import read_program, read_siblings

__all__ = ["read_program", "read_siblings"]
