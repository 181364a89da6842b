"""Options of the commands that read or write the gradebook, spelt once."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import Any, TypeVar

import rich_click as click

Command = TypeVar("Command", bound=Callable[..., Any])


def gradebook(command: Command) -> Command:
    """Add `--gradebook URL`."""
    return click.option(
        "--gradebook",
        "gradebook_url",
        metavar="URL",
        help="A file, or postgresql://USER@HOST/DATABASE. Default: .grader/gradebook.sqlite3 in the course.",
    )(command)


def attempt(command: Command) -> Command:
    """Add `--attempt N`."""
    return click.option("--attempt", type=click.IntRange(min=1), metavar="N", help="Which attempt. Default: the last.")(
        command
    )


def who(command: Command) -> Command:
    """Add `--who NAME`; the default is the user's own name on this machine."""
    return click.option(
        "--who", metavar="NAME", default=_user, show_default="your user name", help="Who decides this."
    )(command)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "unknown"
