"""What a command says, in the language that its reader asked for.

`grader.cli.run` finds the language once, before the arguments are read, so that help and complaints about arguments
speak it too: `--lang` where it is given, else `GRADER_LANG`, else the locale's (`grader.saying.asked_language`). What a
command writes goes through here: `tell` to stderr, `put` to stdout, `in_words` for text that something else prints.
JSON and other data are the same in every language and are written as they are.

English opens no catalogue and imports nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from grader.saying import LANGUAGES, asked_language, say, told

if TYPE_CHECKING:
    from grader.model import Message

__all__ = [
    "calling_references",
    "in_words",
    "language_of",
    "put",
    "sentence_of",
    "speaking",
    "tell",
    "teller",
    "translate",
    "wording",
]

LONG_SECONDS = 10.0
"""After so long without a word somebody may think that it hangs."""

Translate = Callable[[str], str]

_TRANSLATE: ContextVar[Translate | None] = ContextVar("translate", default=None)
"""What translates in this run; None for English."""
_LANG: ContextVar[str] = ContextVar("lang", default="en")


def language_of(arguments: Sequence[str]) -> str:
    """Return the language of a run: the last `--lang` of its arguments that can be had, else the environment's."""
    found = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name != "--lang":
            continue
        if not equals:
            value = arguments[position + 1] if position + 1 < len(arguments) else ""
        found = value if value in LANGUAGES else found
    return found or asked_language()


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Say everything in a language until the end of the block, click's own messages too."""
    spoken = _LANG.set(lang)
    before = _TRANSLATE.set(None)
    try:
        if lang == "en":
            yield
            return
        from grader.cli.tongues import catalogue, clicks_messages

        _TRANSLATE.set(catalogue(lang))
        with clicks_messages(lang):
            yield
    finally:
        _TRANSLATE.reset(before)
        _LANG.reset(spoken)


def translate() -> Translate | None:
    """Return what translates in this run, or None where it speaks English."""
    return _TRANSLATE.get()


def in_words(text: str) -> str:
    """Return a sentence in the language of this run; what is no `Said` comes back as it is."""
    translator = _TRANSLATE.get()
    if translator is None:
        return text
    shown: str = told(text, translator)
    return shown


def wording() -> Translate:
    """Return an `in_words` that may be called from any thread: another one knows nothing of this run's language."""
    translator = _TRANSLATE.get()

    def words(text: str) -> str:
        return text if translator is None else str(told(text, translator))

    return words


def sentence_of(message: Message) -> str:
    """Return the sentence of a message code - why a file can't be read, say - in the language of this run."""
    from grader.reports.words import Words

    return Words(_LANG.get()).message(message.code, message.params)


def tell(text: str) -> None:
    """Write a line to stderr: progress, a note, what to do next."""
    sys.stderr.write(in_words(text) + "\n")


def teller() -> Callable[[str], None]:
    """Return a `tell` that may be called from any thread."""
    words = wording()

    def tell_line(text: str) -> None:
        sys.stderr.write(words(text) + "\n")

    return tell_line


@contextmanager
def calling_references() -> Iterator[None]:
    """Say, once, that references are being called, if that takes long: one may never end."""
    import threading

    text = say("The references are still working out the answers. If one never ends, Ctrl-C says where it is.")
    # To stderr as it is now: what authors' code prints meanwhile goes nowhere.
    timer = threading.Timer(LONG_SECONDS, sys.stderr.write, [in_words(text) + "\n"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # what comes next may want to fork, which is done with one thread only


def put(text: str) -> None:
    """Write a line to stdout."""
    sys.stdout.write(in_words(text) + "\n")
