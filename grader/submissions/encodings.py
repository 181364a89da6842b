"""Bytes to text: byte-order marks, declared encodings from a short list, and an honest guess for the rest."""

from __future__ import annotations

import codecs
import re

from grader.errors import UnreadableSubmission
from grader.model import Message, Note, Params

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is the first half of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED = {
    "utf8": "utf-8",
    "utf8sig": "utf-8",
    "utf8unix": "utf-8",  # what editors write; Python reads it so too
    "ascii": "utf-8",
    "usascii": "utf-8",
    "utf16": "utf-8",  # a declaration that could be read as ASCII was not UTF-16
    "utf16le": "utf-8",
    "utf16be": "utf-8",
    "utf32": "utf-8",
    "latin1": "latin-1",
    "iso88591": "latin-1",
    "iso885915": "iso8859-15",
    "cp1252": "cp1252",
    "windows1252": "cp1252",
    "gbk": "gbk",
    "cp936": "gbk",
    "gb2312": "gbk",
    "gb18030": "gb18030",
    "big5": "big5",
}
"""What a file may declare, by name without punctuation. Never `rot13`, `utf-7` or whatever else Python would run:
what a person sees in an editor has to be what is graded."""

_DECLARATION = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(data: bytes, *, declarations: bool) -> tuple[str, tuple[Note, ...]]:
    """Return the text of a file, line ends as `\\n`, and notes on what had to be assumed.

    `declarations` says whether a PEP 263 comment counts (it does in Python, not in a notebook's JSON). Raises
    UnreadableSubmission for an encoding outside the list and for bytes that are no text.
    """
    notes: tuple[Note, ...] = ()
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], name)
            break
    else:
        encoding = _bare_wide(data) or (_declared(data) if declarations else None)
        if encoding is not None and encoding != "utf-8":
            text = _strict(data, encoding)
        else:
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError:
                guess = _guess(data)
                text = _strict(data, guess)
                notes = (Note(code="read.encoding_guessed", params={"encoding": guess}),)
    if "\0" in text:
        raise UnreadableSubmission(Message(code="unreadable.binary"))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return without_surrogates(text), notes


def without_surrogates(text: str) -> str:
    """Replace lone surrogates, which no encoding can carry further, by U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub("\ufffd", text)
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        params: Params = {"encoding": encoding, "position": error.start}
        raise UnreadableSubmission(Message(code="unreadable.encoding_mismatch", params=params)) from None


def _declared(data: bytes) -> str | None:
    """Return the encoding named in the first two lines, if one is (PEP 263)."""
    for line in re.split(rb"\r\n|\r|\n", data[:1000], maxsplit=2)[:2]:
        match = _DECLARATION.match(line)
        if match:
            name = match.group(1).decode("ascii", "replace")[:40]
            encoding = _DECLARED.get(re.sub(r"[^a-z0-9]", "", name.lower()))
            if encoding is None:
                raise UnreadableSubmission(Message(code="unreadable.encoding", params={"encoding": name}))
            return encoding
        if line.strip() and not line.lstrip().startswith(b"#"):
            return None
    return None


def _bare_wide(data: bytes) -> str | None:
    """Recognise UTF-16 without a byte-order mark: every other byte of ASCII text is zero."""
    head = data[:200]
    if b"\0" not in head or len(data) % 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even == 0:
        return "utf-16-le"
    if even > 0.6 * half and odd == 0:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> str:
    """Choose between Chinese and Western for bytes that are not UTF-8.

    In GB2312 text both bytes of a character are high, so high bytes come in even runs; in Western text most stand
    alone. Western never fails and keeps the ASCII structure of the code byte by byte, so it is the last resort.
    """
    if all(len(run) % 2 == 0 for run in _HIGH_RUN.findall(data)):
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            return "latin-1"
        return "gb18030"
    return "latin-1"
