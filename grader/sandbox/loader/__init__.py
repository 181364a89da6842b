"""Finds the graded code in a student's program and makes it callable, inside the confined worker.

`load` reads the cells (`lines`, `magics`, `recovery`, `parsing`), chooses a definition for every graded name
(`choosing`, `blanks`), finds the statements that those need (`scopes`, `needs`), reports what was found, runs them one
by one (`running`, `imports`, `old_numpy`) and adapts the calls (`calling`). What goes wrong in a call becomes a value
(`explaining`).
"""

from __future__ import annotations

from grader.sandbox.loader.loading import Loaded, load

__all__ = ["Loaded", "load"]
