"""Help drawn with rich, by commands that start quickly: rich is imported when help is asked for."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click import Context

WIDEST = 100
"""Columns of a page of help."""


class Helped(click.Command):
    """A command of click's own whose help looks like that of rich_click's."""

    def get_help(self, ctx: Context) -> str:
        """Return the page of help."""
        return _rich_help(self, ctx)


def _rich_help(command: click.Command, ctx: Context) -> str:
    """Draw a command's help as rich_click would if the command had been made by it."""
    import rich_click

    rich_click.rich_click.MAX_WIDTH = WIDEST
    looks: Any = rich_click.RichGroup if isinstance(command, click.Group) else rich_click.RichCommand
    drawn = copy.copy(command)
    # What the command is made of stays; what rich_click's commands have beside it is as in an empty one.
    drawn.__class__ = type(looks.__name__, (type(command), looks), {})
    drawn.__dict__ = looks(command.name).__dict__ | command.__dict__
    context = rich_click.RichContext(
        drawn, parent=ctx.parent, info_name=ctx.info_name, help_option_names=ctx.help_option_names
    )
    text: str = looks.get_help(drawn, context)
    return text
