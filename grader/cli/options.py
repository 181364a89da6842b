"""Options that several commands share, spelt once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from grader.saying import LANGUAGES, asked_language

Command = TypeVar("Command", bound=Callable[..., Any])


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
    """Add `--lang en|zh-CN`; the default is what GRADER_LANG says, else the locale."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=asked_language,
        show_default="GRADER_LANG, else the locale's",
        help="Language of the feedback and of this command.",
    )(command)


def feedback(command: Command) -> Command:
    """Add `--feedback marks|hints|full`; the default is what the course says."""
    return click.option(
        "--feedback",
        type=click.Choice(["marks", "hints", "full"]),
        show_default="what solutions/course.toml says, else full",
        help="How much is told: marks only; what kind of thing is wrong; that, and the failing input of public checks.",
    )(command)


def jobs(command: Command) -> Command:
    """Add `--jobs N`; the default is a lane for each core."""
    return click.option(
        "--jobs",
        "-j",
        type=click.IntRange(min=1),
        default=lambda: os.cpu_count() or 1,
        show_default="the number of cores",
        help="Lanes side by side.",
    )(command)


def quiet(command: Command) -> Command:
    """Add `--quiet`."""
    return click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on stderr.")(command)
