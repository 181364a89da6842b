"""`grader`, and `python -m grader`: for `check`, starts the child process for student code before anything else.

The child spends a tenth of a second on importing numpy; meanwhile this process reads the command line, the checks and
the student's file.
"""

from __future__ import annotations

import codecs
import io
import os
import signal
import sys

NO_RUN = {"-h", "--help", "--watch", "-w"}


def main() -> None:
    """Run the command line with the arguments of this process, and end with its exit code."""
    _complete()
    code = run()
    if sys.argv[1:2] == ["check"]:
        # All is said and nothing is kept: taking numpy's modules down one by one takes longer than judging a file.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _complete() -> None:
    """Give this process what its starter may have kept from it: standard streams, and news of its children's end."""
    for stream, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, stream) is None:  # closed: the next file that is opened would have its number
            setattr(sys, stream, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process
    codecs.register_error("json_escapes", _escaped)
    for out in (sys.stdout, sys.stderr):
        if isinstance(out, io.TextIOWrapper) and out.encoding.lower().replace("-", "") != "utf8":
            out.reconfigure(errors="json_escapes")
    if sys.platform != "win32":
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Write what a stream's encoding doesn't have - a student's name, say - as JSON does, so that JSON stays whole."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2)), error.end


def run() -> int:
    """Run the command line with the arguments of this process; returns the exit code."""
    ahead = None
    if sys.argv[1:2] == ["check"] and not NO_RUN.intersection(sys.argv):
        import gc

        from grader.sandbox.process import ChildWorkers

        # A run of a second keeps what it imports and drops little else.
        gc.disable()
        ahead = ChildWorkers()
    try:
        from grader.cli import run as command_line

        return command_line(ahead=ahead)
    finally:
        if ahead is not None:
            ahead.close()


if __name__ == "__main__":
    main()
