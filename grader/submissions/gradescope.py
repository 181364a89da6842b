"""Gradescope's `submission_metadata.yml`: who is in each `submission_…` folder, and when it came.

The file is read line by line for the few keys that matter. It is written by one program in one shape, and a YAML parser
(with its tags, which this file uses) is more than a grader should point at a downloaded file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from grader.errors import UnreadableSubmission
from grader.submissions.encodings import decode
from grader.submissions.roster import Identity
from grader.submissions.times import parse_time

METADATA = "submission_metadata.yml"
METADATA_CAP = 200_000_000
"""Bytes: the file also holds every result of an autograder, which are passed over."""

_KEY = re.compile(r"^(?P<indent> *)(?P<item>- )?:?(?P<key>[\w-]+):(?: (?P<value>.*))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class GradescopeSubmission:
    """One member of the group that handed in one folder."""

    raw: str
    at: datetime | None
    identity: Identity


def parse_metadata(data: bytes, zone: tzinfo = UTC) -> dict[str, tuple[GradescopeSubmission, ...]]:
    """Return the submitters by name of folder; what can't be understood is left out."""
    try:
        text, _ = decode(data, declarations=False)
    except UnreadableSubmission:
        return {}
    found: dict[str, tuple[GradescopeSubmission, ...]] = {}
    folder, section = "", ""
    people: list[dict[str, str]] = []
    at: datetime | None = None
    for line in text.split("\n"):
        match = _KEY.match(line) if len(line) < 2000 else None
        if match is None:
            continue
        indent, key, value = len(match["indent"]), match["key"], match["value"] or ""
        if indent == 0 and not match["item"]:
            _keep(found, folder, people, at)
            folder, section, people, at = key, "", [], None
        elif indent == 2 and not match["item"]:
            section = key
            if key == "created_at":
                at = parse_time(_scalar(value), zone)
        elif section == "submitters" and indent <= 6:
            if match["item"]:
                people.append({})
            if people:
                people[-1].setdefault(key, _scalar(value))
        elif section == "created_at" and indent == 4 and key == "utc":
            at = parse_time(_scalar(value), zone)
    _keep(found, folder, people, at)
    return found


def _keep(
    found: dict[str, tuple[GradescopeSubmission, ...]], folder: str, people: list[dict[str, str]], at: datetime | None
) -> None:
    members = []
    for person in people:
        raw = person.get("sid") or person.get("email") or person.get("name") or ""
        if raw:
            identity = Identity(student="", name=person.get("name", ""), email=person.get("email", ""))
            members.append(GradescopeSubmission(raw=raw, at=at, identity=identity))
    if folder and members:
        found[folder] = tuple(members)


def _scalar(value: str) -> str:
    """Return a plain or quoted scalar, without the anchor (`&1`) that Ruby's writer may put before it."""
    value = re.sub(r"^[&!]\S+ ?", "", value.strip())
    if len(value) >= 2 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return re.sub(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\(.)", _unescape, value[1:-1])
    return "" if value in ("null", "~") else value


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else str(match[3])
