"""Commands in another language: the catalogue of what they say, their help translated, and click's own messages.

Imported for another language than English only.
"""

from __future__ import annotations

import copy
import gettext
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import rich_click as click

from grader.reports.words import COMMANDS, LOCALE, Words
from grader.saying import say

if TYPE_CHECKING:
    from click import Command, Context, HelpFormatter

Translate = Callable[[str], str]

CLICKS = "click"
"""The catalogue of what click says."""
FRAME = {
    "OPTIONS_PANEL_TITLE": say("Options"),
    "COMMANDS_PANEL_TITLE": say("Commands"),
    "ARGUMENTS_PANEL_TITLE": say("Arguments"),
    "ERRORS_PANEL_TITLE": say("Error"),
    "DEFAULT_STRING": say(r"\[default: {{}}]"),
    "REQUIRED_LONG_STRING": say(r"\[required]"),
    "ERRORS_SUGGESTION": say("--help shows how it is used."),
}
"""The words around a page of help, by their names in rich_click's settings."""
USAGE = say("Usage:")
MADE_BY_CLICK = (say("Show this message and exit."), say("Show the version and exit."))
"""Help of options that click adds."""


def catalogue(lang: str) -> Translate:
    """Return what translates sentences; where they have no translation, reports and feedback may have one."""
    translations = gettext.translation(COMMANDS, LOCALE, [_folder(lang)], fallback=True)
    words = Words(lang)

    def translate(english: str) -> str:
        found = translations.gettext(english)
        return words.ui(english) if found == english else found

    return translate


def flowing(text: str) -> str:
    """Return help with each paragraph on one line: how its lines are broken is no part of it."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in cleandoc(text).split("\n\n"))


def translated(command: Command, translate: Translate) -> Command:
    """Return a copy of a command whose help is in another language; the command itself stays as it is."""
    other = copy.copy(command)
    other.help = translate(flowing(command.help)) if command.help else command.help
    other.epilog = translate(command.epilog) if command.epilog else command.epilog
    other._help_option = None  # click keeps the one that it has made, in the language of then
    other.params = [_translated(parameter, translate) for parameter in command.params]
    if isinstance(command, click.Group) and isinstance(other, click.Group):
        other.commands = {name: translated(each, translate) for name, each in command.commands.items()}

    def format_usage(ctx: Context, formatter: HelpFormatter) -> None:
        pieces = " ".join(other.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=str(USAGE.told(translate)))

    setattr(other, "format_usage", format_usage)  # noqa: B010 - of this one command, not of its class
    return other


def _translated(parameter: Any, translate: Translate) -> Any:
    other = copy.copy(parameter)
    for name in ("help", "show_default"):
        text = getattr(parameter, name, None)
        if isinstance(text, str):
            setattr(other, name, translate(text))
    return other


@contextmanager
def clicks_messages(lang: str) -> Iterator[None]:
    """Have click speak a language until the end of the block.

    Click asks gettext's current domain, which asks the environment for the language; both are put back.
    """
    translate = catalogue(lang)
    settings = click.rich_click
    frame = {name: getattr(settings, name) for name in FRAME}
    domain, language = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain(CLICKS, str(LOCALE))
    gettext.textdomain(CLICKS)
    os.environ["LANGUAGE"] = _folder(lang)
    try:
        for name, text in FRAME.items():
            setattr(settings, name, text.told(translate))
        yield
    finally:
        for name, before in frame.items():
            setattr(settings, name, before)
        gettext.textdomain(domain)
        if language is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = language


def _folder(lang: str) -> str:
    return lang.replace("-", "_")
