"""The command line: arguments in, exit code out. One module a command, imported when it is asked for.

Command modules import nothing heavy at their top, so that `grader --help` and shell completion stay quick.

Exit codes: 0 done; 1 something did not pass; 2 usage, or nothing could be graded; 3 some results are incomplete;
130 interrupted.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.exceptions import Exit

from grader.cli.helping import Helped
from grader.cli.voice import in_words, language_of, sentence_of, speaking, tell, translate
from grader.errors import GraderError, InternalError, UnreadableSubmission, UsageError
from grader.saying import reason, say

if TYPE_CHECKING:
    from click import Command, Context

    from grader.sandbox.process import ChildWorkers

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
"""What a write to stdout ends with where it goes to a full or failing disk; such an error names no file."""

COMMANDS = (
    "demo",
    "check",
    "pack",
    "grade",
    "show",
    "review",
    "adjust",
    "report",
    "export",
    "bundle",
    "audit",
    "release",
    "new",
)
"""In the order shown by `grader --help`."""
INTERRUPTED = 130


class LazyGroup(Helped, click.Group):
    """A group whose commands live in `grader.cli.<name>`, as `command`."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of use, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002 - click's signature
        """Import one command, with its help in the language of this run."""
        if cmd_name not in COMMANDS:
            return None
        return _spoken(importlib.import_module(f"grader.cli.{cmd_name}").command)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Look a command up; a misspelt one gets a suggestion."""
        name = args[0]
        if name not in COMMANDS:
            close = get_close_matches(name, COMMANDS, n=1)
            hint = (
                say("Did you mean `grader {name}`?", name=close[0])
                if close
                else say("Run `grader --help` for the list.")
            )
            raise click.UsageError(in_words(say("There is no command `{name}`. {hint}", name=name, hint=hint)), ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, epilog="Begin with: grader demo")
@click.version_option(package_name="numgrader", prog_name="grader")
def group() -> None:
    """Grade numpy exercises: hidden numeric checks, and scored feedback that says why."""


def main(arguments: Sequence[str] | None = None, ahead: ChildWorkers | None = None) -> None:
    """Run the command line and exit with its code. Errors of ours end in one message on stderr, not in a traceback."""
    sys.exit(run(arguments, ahead))


def run(arguments: Sequence[str] | None = None, ahead: ChildWorkers | None = None) -> int:
    """Run the command line and return its exit code.

    `ahead` is a child process for student code that was started before the command line was read; see `__main__`.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    with speaking(language_of(given)):
        return _run(given, ahead)


def _run(given: list[str], ahead: ChildWorkers | None) -> int:
    streams = sys.stdout, sys.stderr
    try:
        code: object = _spoken(group).main(args=given, prog_name="grader", standalone_mode=False, obj=ahead)
        sys.stdout.flush()
    except Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UnreadableSubmission as error:
        complain(sentence_of(error.message))
        return error.exit_code
    except GraderError as error:
        complain(error.said)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort) as error:
        complain(_interrupted(error.__cause__ or error))
        return INTERRUPTED
    except (BrokenPipeError, SystemExit) as error:
        # Click makes an exit of a pipe that breaks while a command runs, and wraps both streams before it.
        if not isinstance(error, BrokenPipeError) and sys.stdout is streams[0]:
            raise
        sys.stdout, sys.stderr = streams
        if not _reader_left():
            complain(
                say("A process of the grader's own went away. Run the same command again: what was recorded is kept.")
            )
            return InternalError.exit_code
        # `grader … | head`: nothing to say, and nothing more to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        sys.stdout, sys.stderr = streams
        complain(_outside(error))
        return UsageError.exit_code
    return code if isinstance(code, int) else 0


def _interrupted(error: BaseException) -> str:
    """Say that the command was interrupted, and where in an author's own code it was: that may never end."""
    from traceback import walk_tb

    from grader.courses.finding import CHECKS, REFERENCE

    files = [
        (Path(frame.f_code.co_filename), line, frame.f_code.co_name) for frame, line in walk_tb(error.__traceback__)
    ]
    own = [each for each in files if all((each[0].parent / name).is_file() for name in (CHECKS, REFERENCE))]
    if not own:
        return say("Interrupted.")
    file, line, name = own[-1]
    return say("Interrupted in {file}, line {line}, in {name}.", file=file, line=line, name=name)


def _outside(error: OSError) -> str:
    """Say what is amiss outside of us. Raises the error again where that is none of the user's files or folders."""
    if _is_nowhere():
        return say("The folder that you are in is gone. Change to another with `cd`, and run the command again.")
    if error.filename is None and error.errno in _FULL:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more to flush
        return say(
            "The output can't be written: {reason}. Make room, and run the same command again: "
            "what was recorded is kept.",
            reason=reason(error),
        )
    if error.filename is None or error.strerror is None:
        raise error  # a fault of ours, to be seen in full
    return say(
        "{file}: {reason}. Look at the rights of that folder, or name another.",
        file=os.fsdecode(error.filename),
        reason=reason(error),
    )


def _is_nowhere() -> bool:
    """Whether the folder that this process is in was deleted."""
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False


def _reader_left() -> bool:
    """Whether nobody reads our output any more: pipes to processes of our own can break as well."""
    import select

    if not hasattr(select, "poll"):  # Windows, where a pipe without a reader is another error
        return False
    poll = select.poll()
    for stream in (sys.stdout, sys.stderr):
        try:
            poll.register(stream.fileno(), 0)  # what went wrong is told without being asked for
        except (OSError, ValueError):  # no file, or closed
            continue
    return bool(poll.poll(0))


def _spoken(command: Command) -> Command:
    """Return a command as it is, or for another language than English a copy with its help translated."""
    translator = translate()
    if translator is None:
        return command
    from grader.cli.tongues import translated

    return translated(command, translator)


def complain(text: str) -> None:
    """Write an error to stderr in the language of this run, each line of it as it is."""
    tell(say("grader: {text}", text=text))
