"""Names of files, folders and students: what is junk, what is code, what names an assignment, what is safe to show."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from grader.text import clean

STUDENT_CAP = 100
"""Characters of a student's id; a longer one is cut and keeps a fingerprint, so that two long ones stay apart."""
SHOWN_CAP = 300
"""Characters of a path as shown."""

_JUNK_FOLDERS = {"__macosx", "__pycache__", "node_modules", "$recycle.bin", "system volume information"}
_JUNK_FILES = {"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"}
_CODE = (".py", ".ipynb", ".ipynb.txt", ".ipynb.json", ".py.txt")
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_ENDINGS = sorted((*_CODE, *_ARCHIVES), key=len, reverse=True)
_SPACES = re.compile(r"\s+")
_NOT_IN_IDS = re.compile(r"[/\\:]")
_SEPARATORS = re.compile(r"[\s_-]+")
_COPY_BEFORE = re.compile(r"^(?:copy of|kopie von|copie de|副本|复件)\s*", re.IGNORECASE)
_COPY_AFTER = re.compile(
    r"""\s*\((?P<browser>\d{1,3})\)$       # logistic_regression (1), the browser's second download
      | -copy(?P<jupyter>\d{0,3})$         # logistic_regression-Copy1, Jupyter's duplicate
      | [-_](?P<canvas>\d{1,3})$           # logistic_regression-2, Canvas's second attempt
      | (?:\s-)?\s(?:copy|副本)(?:\s\d+)?$  # macOS, Windows
      | [ _-]?的副本$
      | [._-](?:zh-cn|zh_cn|zh|cn|en)$     # the language that was released
    """,
    re.IGNORECASE | re.VERBOSE,
)
_COPY_ENDS = frozenset(")0123456789yYnNhH本")
"""What a name of a copy can end with: a quick test for the many that are none."""
_DEVICES = re.compile(r"^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE)


def is_junk(name: str) -> bool:
    """Tell files and folders that no student meant to hand in: hidden, caches, editors' autosaves."""
    if name.startswith((".", "~$")) or name.endswith("~"):
        return True
    lowered = name.lower()
    return lowered in _JUNK_FOLDERS or lowered in _JUNK_FILES


def is_code(name: str) -> bool:
    """Tell a file that is read as a submission, including notebooks that a download renamed to `.ipynb.txt`."""
    return name.lower().endswith(_CODE)


def is_notebook(name: str) -> bool:
    """Tell a notebook by its name."""
    return ".ipynb" in name.lower()[-11:]


def is_archive(name: str) -> bool:
    """Tell a zip or tar archive by its name."""
    return name.lower().endswith(_ARCHIVES)


def is_device(name: str) -> bool:
    """Tell a name that Windows takes for a device, such as `CON` or `nul.py`."""
    return _DEVICES.match(name) is not None


def stem(name: str) -> str:
    """Return a file's name without the endings of code and archives."""
    if name.endswith((".py", ".ipynb")):  # nearly all there are
        return name[: name.rindex(".")]
    lowered = name.lower()
    for ending in _ENDINGS:
        if lowered.endswith(ending):
            return name[: -len(ending)]
    return name.rsplit(".", 1)[0] if "." in name[1:] else name


def shown(text: str, cap: int = SHOWN_CAP) -> str:
    """Return a path or name that is safe to print: no control or direction characters, bounded in length."""
    return clean(text if text.isascii() else unicodedata.normalize("NFC", text), cap)


def student_id(text: str) -> str:
    """Return the id that a raw name stands for, or "" if nothing is left of it.

    Unicode is kept, in NFC; what separates paths becomes `_`, and so does a leading dot, so that an id is never a path.
    """
    if text.isascii() and text.isalnum() and len(text) <= STUDENT_CAP:
        return text
    text = _SPACES.sub(" ", shown(text, cap=10_000)).strip()
    text = _NOT_IN_IDS.sub("_", text)
    if text.startswith("."):
        text = "_" + text.lstrip(".")
        if text == "_":
            return ""
    if len(text) > STUDENT_CAP:
        fingerprint = hashlib.sha256(text.encode("utf-8")).hexdigest()[:8]
        text = f"{text[: STUDENT_CAP - 9]}~{fingerprint}"
    return text


def folded(text: str) -> str:
    """Return what two ids that people could take for one have in common."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def told_by_names(there: Collection[str], wanted: Mapping[str, Iterable[Iterable[str]]]) -> str | None:
    """Return the only assignment of whose questions at least half are there, each by any of its names."""
    fitting = []
    for slug, questions in wanted.items():
        found = [any(name in there for name in names) for names in questions]
        if 2 * sum(found) >= len(found):
            fitting.append(slug)
    return fitting[0] if len(fitting) == 1 else None


class Slugs:
    """The assignments' slugs, to be recognised in names of files and folders however these were copied about."""

    def __init__(self, slugs: Iterable[str]) -> None:
        self._by_name = {_plain(slug): slug for slug in slugs}
        self._seen: dict[str, tuple[str | None, int]] = {}

    def named(self, name: str) -> tuple[str | None, int]:
        """Return the assignment that a name without ending means, if any, and the number of its copy (0 for none)."""
        if name not in self._seen:
            if len(self._seen) > 10_000:  # a folder of 100,000 students' names would only fill memory
                self._seen.clear()
            self._seen[name] = self._look_up(name)
        return self._seen[name]

    def _look_up(self, name: str) -> tuple[str | None, int]:
        if len(name) > 200:
            return None, 0
        copy = 0
        name = _COPY_BEFORE.sub("", unicodedata.normalize("NFKC", name).strip())
        while True:
            slug = self._by_name.get(_plain(name))
            if slug is not None:
                return slug, copy
            match = _COPY_AFTER.search(name) if name[-1:] in _COPY_ENDS else None
            if match is None or match.start() == 0:
                return None, 0
            number = match["browser"] or match["jupyter"] or match["canvas"]
            copy = max(copy, int(number) if number else 0)
            name = name[: match.start()]


def _plain(name: str) -> str:
    return _SEPARATORS.sub("_", name.strip()).casefold()
