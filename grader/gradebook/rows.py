"""A result as rows: its record without the questions, and each question's record once, under the digest of its text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from grader.gradebook import tables
from grader.gradebook.entries import Work, reasons_for_review
from grader.judging.record import question_from_record, question_to_text, result_from_record, result_to_record
from grader.model import QuestionResult, Result

_SIZE = 16
_CHUNK = 400
_ESCAPE = re.compile(r"\\(?:\\|0|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")
_encode = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A result ready to be written: the values of its row, and the bodies that the row names."""

    slot: tuple[str, str, int]
    row: Mapping[str, Any]
    bodies: Mapping[bytes, str]
    context: bytes
    reusable: bool
    """Whether it stands for its work, so that equal work finds it."""
    force: bool
    event: Mapping[str, Any] | None = None


def to_json(value: Any) -> str:
    """Return strict, compact JSON in ASCII, which every database takes whatever the text in it."""
    return _encode(value)


def stored(text: str) -> str:
    """Return text that any database takes: NUL and half surrogate pairs (bytes of a file's name) are escaped."""
    if text.isprintable() and "\\" not in text:
        return text
    return text.replace("\\", "\\\\").replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()


def read(text: str) -> str:
    """Return the text that `stored` was given."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda match: _unescaped(match.group()), text)


def _unescaped(escape: str) -> str:
    if escape[1] in "xuU":
        return chr(int("0x" + escape[2:], 0))
    return "\0" if escape[1] == "0" else "\\"


def now(moment: float) -> str:
    """Return a moment in seconds since the epoch as ISO text in UTC."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")


def pending(result: Result, work: Work | None, *, worker: str, at: str, force: bool) -> Pending:
    """Return a result as rows. Raises ValueError for a result that strict JSON can't say."""
    record = result_to_record(replace(result, questions=()))
    del record["questions"]
    bodies: dict[bytes, str] = {}
    digests = b"".join(_body(bodies, question_to_text(question)) for question in result.questions)
    versions = _body(bodies, to_json(dict(sorted(work.questions.items())) if work else {}))
    # Beside what is told of a result, and no part of it: equal results are equal however they are written.
    prints = {name: _packed(numbers) for name, numbers in sorted(result.fingerprints.items())}
    text = to_json({**record, "fingerprints": prints} if prints else record)
    seconds, path = record.pop("seconds"), record["submission"].pop("path")
    slot = (stored(result.assignment or ""), stored(result.student), result.attempt)
    row = {
        "assignment": slot[0],
        "student": slot[1],
        "attempt": slot[2],
        "work": work.digest if work else b"",
        "submission": submission_of(result, work),
        "complete": result.complete,
        "content": _short(to_json(record).encode() + digests),
        "labels": _short(to_json([record["submitted_at"], record["late"], record["flags"]]).encode()),
        "review": ",".join(reasons_for_review(result)) or None,
        "record": text,
        "bodies": digests,
        "versions": versions,
        "recorded_at": at,
        "worker": worker,
    }
    broken = [
        {"question": question.name, "check": check.name, "code": check.code, "params": dict(check.params)}
        for question in result.questions
        for check in question.checks
        if check.score is None
    ]
    event = {
        "kind": "internal_error",
        "assignment": slot[0],
        "student": slot[1],
        "attempt": slot[2],
        "detail": to_json({"path": path, "sha256": result.sha256, "seconds": seconds, "checks": broken}),
        "at": at,
    }
    return Pending(
        slot=slot,
        row=row,
        bodies=bodies,
        context=work.context if work else b"",
        reusable=work is not None and bool(result.questions),
        force=force,
        event=event if broken else None,
    )


def submission_of(result: Result, work: Work | None) -> bytes:
    """Return by what bytes a result is known: all that was handed in, else the one file's."""
    digest = work.submission if work else result.sha256
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return digest.encode("utf-8", "backslashreplace")


def fetch_bodies(connection: Connection, digests: Iterable[bytes]) -> dict[bytes, str]:
    """Return the bodies of the digests."""
    wanted = sorted(set(digests))
    found: dict[bytes, str] = {}
    for start in range(0, len(wanted), _CHUNK):
        query = sa.select(tables.bodies).where(tables.bodies.c.digest.in_(wanted[start : start + _CHUNK]))
        found.update((bytes(digest), body) for digest, body in connection.execute(query))
    return found


def read_results(connection: Connection, rows: Iterable[sa.Row[Any]]) -> list[Result]:
    """Return the results of rows of the table `results`, with their questions."""
    rows = list(rows)
    bodies = fetch_bodies(connection, {digest for row in rows for digest in _split(row.bodies)})
    found = []
    for row in rows:
        record = json.loads(row.record)
        record["questions"] = []
        prints = {name: _unpacked(numbers) for name, numbers in record.pop("fingerprints", {}).items()}
        questions = tuple(_question(bodies[digest]) for digest in _split(row.bodies))
        found.append(replace(result_from_record(record), questions=questions, fingerprints=prints))
    return found


def read_time(text: str) -> tuple[tuple[str, str, str], datetime]:
    """Return whose a record is - assignment, student, SHA-256 - and when it was handed in, which it must say."""
    record = json.loads(text)
    key = record["assignment"] or "", record["student"], record["submission"]["sha256"]
    return key, datetime.fromisoformat(record["submitted_at"])


def _packed(numbers: tuple[int, ...]) -> str:
    return base64.b64encode(struct.pack(f"<{len(numbers)}I", *numbers)).decode()


def _unpacked(text: str) -> tuple[int, ...]:
    data = base64.b64decode(text)
    return struct.unpack(f"<{len(data) // 4}I", data)


def read_versions(text: str) -> dict[str, str]:
    """Return the questions' versions that a body holds."""
    return dict(_versions(text))


@lru_cache(maxsize=4096)
def _question(text: str) -> QuestionResult:
    # Frozen, so one object serves every student who got the question just so.
    return question_from_record(json.loads(text))


@lru_cache(maxsize=64)
def _versions(text: str) -> dict[str, str]:
    versions: dict[str, str] = json.loads(text)
    return versions


def _body(bodies: dict[bytes, str], text: str) -> bytes:
    digest = _short(text.encode())
    bodies[digest] = text
    return digest


def _short(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SIZE).digest()


def _split(joined: bytes) -> list[bytes]:
    return [bytes(joined[start : start + _SIZE]) for start in range(0, len(joined), _SIZE)]
