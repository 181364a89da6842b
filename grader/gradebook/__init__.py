"""What is kept: results, adjustments by hand, the review queue, events.

SQLAlchemy is imported when a gradebook is opened, and not before.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.gradebook.store import Gradebook

__all__ = ["open_gradebook"]


def open_gradebook(
    url_or_path: str | Path,
    *,
    to_read: bool = False,
    worker: str | None = None,
    clock: Callable[[], float] | None = None,
    rows: int = 200,
    seconds: float = 0.25,
) -> Gradebook:
    """Open a gradebook, made if it is not there: a path is an SQLite file, else any URL of SQLite or PostgreSQL.

    Only `to_read` opens a file that can't be written, and nothing can be recorded in it then.
    `worker` names this process in claims (a fresh name where None). `clock` gives seconds since the epoch; without it
    leases go by the database server's clock, where it has one, so that machines need not agree. Results are written in
    transactions of up to `rows`, each at most `seconds` after it was recorded. Use it as a context manager. Raises
    GradebookError, which says what to do.
    """
    from grader.gradebook.engine import connect
    from grader.gradebook.store import Gradebook

    return Gradebook(connect(url_or_path, to_read=to_read), worker=worker, clock=clock, rows=rows, seconds=seconds)
