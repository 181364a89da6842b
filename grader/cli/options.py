"""Options that several commands share, spelt once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import rich_click as click

Command = TypeVar("Command", bound=Callable[..., Any])
LANGUAGES = ("en", "zh-CN")


def course(command: Command) -> Command:
    """Add `--course DIR`."""
    return click.option(
        "--course",
        "course_dir",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="The course's folder. Default: the nearest folder upward with a solutions/ or exercises/ folder in it.",
    )(command)


def assignment(command: Command) -> Command:
    """Add `--assignment SLUG`."""
    return click.option("--assignment", metavar="SLUG", help="Which assignment this is, where it can't be told.")(
        command
    )


def student(command: Command) -> Command:
    """Add `--student NAME`."""
    return click.option("--student", metavar="NAME", help="Whose submission this is, where it can't be told.")(command)


def lang(command: Command) -> Command:
    """Add `--lang en|zh-CN`; the default is the locale's."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=locale_language,
        show_default="the locale's",
        help="Language of the feedback.",
    )(command)


def quiet(command: Command) -> Command:
    """Add `--quiet`."""
    return click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on stderr.")(command)


def locale_language() -> str:
    """Return the language that the environment asks for: `zh-CN` for any Chinese locale, else `en`."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "zh-CN" if value.lower().startswith("zh") else "en"
    return "en"
