"""`grader`, and `python -m grader`: for `check`, starts the child process for student code before anything else.

The child spends a tenth of a second on importing numpy; meanwhile this process reads the command line, the checks and
the student's file.
"""

from __future__ import annotations

import sys

NO_RUN = {"-h", "--help", "--watch"}


def main() -> None:
    """Run the command line with the arguments of this process."""
    ahead = None
    if sys.argv[1:2] == ["check"] and not NO_RUN.intersection(sys.argv):
        from grader.sandbox.process import ChildWorkers

        ahead = ChildWorkers()
    try:
        from grader.cli import main as command_line

        command_line(ahead=ahead)
    finally:
        if ahead is not None:
            ahead.close()


if __name__ == "__main__":
    main()
