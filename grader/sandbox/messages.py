"""What host and worker say to each other: frames, and the nouns of grading in them.

A frame is 16 bytes (kind, length of the header, length of the body), a JSON header and a body of array buffers. What a
worker says is decoded strictly: it is a student's process. Text is cleaned and cut again on this side.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping, Sequence
from typing import Any, Final

from grader.model import (
    JSON,
    Cell,
    CodeOf,
    Found,
    LoadReport,
    Location,
    Message,
    Note,
    Outcome,
    Program,
    Raised,
    Returned,
    Stopped,
    Unsupported,
    Verdict,
    Wanted,
)
from grader.sandbox.wire import (
    MAX_BODY,
    MAX_HEAD,
    Buffer,
    ProtocolError,
    Tree,
    UnsendableError,
    decode,
    dump_head,
    encode,
)

FRAME: Final = struct.Struct("<4sIQ")

# From the host to a worker.
LOAD: Final = b"load"
CALL: Final = b"call"
REPLACE: Final = b"repl"
ANSWER: Final = b"answ"
PROBE: Final = b"prob"
# From a worker to the host.
CONFINED: Final = b"conf"
FAILED: Final = b"fail"
REPORT: Final = b"rprt"
READY: Final = b"redy"
OUTCOME: Final = b"outc"
ASK: Final = b"asks"
PROBED: Final = b"prbd"

MAX_TEXT: Final = 4000
MAX_NOTES: Final = 200
_MAX_JSON: Final = 400
_NAMES: Final = 200
# What a worker may say of itself; the other ways to stop are for the host to find.
_OWN_WORD: Final = (Verdict.MEMORY_LIMIT.value, Verdict.MISSING.value)

# Control characters but tab and newline, bidirectional overrides, lone surrogates, and what no XML can hold.
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_CODE = re.compile(r"[a-z_]+(\.[a-z_]+)*")


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """Cut a text and replace every character that could act on a terminal or a page."""
    return _ODD.sub("\ufffd", text[:limit])


def frame(kind: bytes, head: Tree, buffers: Sequence[Buffer] = ()) -> bytes:
    """Write one frame. Raises UnsendableError where it would be too long."""
    text = dump_head(head)
    body = b"".join(buffers)
    if len(body) > 2 * MAX_BODY:
        raise UnsendableError("a value too large")
    return FRAME.pack(kind, len(text), len(body)) + text + body


def lengths(data: Buffer, at: int = 0) -> tuple[bytes, int, int]:
    """Read a frame's first 16 bytes: kind and lengths of header and body. Raises ProtocolError over the caps."""
    kind, head, body = FRAME.unpack_from(data, at)
    if head > MAX_HEAD + 16 or body > 2 * MAX_BODY:
        raise ProtocolError("frame too long")
    return kind, head, body


# --- outcomes ------------------------------------------------------------------------------------------------------


def outcome_frame(outcome: Outcome, **extra: JSON) -> bytes:
    """Write the outcome of a case. A value that the wire can't carry becomes `Unsupported`."""
    try:
        head, buffers = outcome_tree(outcome)
        return frame(OUTCOME, {**extra, **head}, buffers)
    except UnsendableError as error:
        head, _ = outcome_tree(Unsupported(type=error.kind, where=error.where))
        return frame(OUTCOME, {**extra, **head})


def outcome_tree(outcome: Outcome) -> tuple[dict[str, Tree], list[Buffer]]:
    """Turn an outcome into the header and the buffers of a frame. Raises UnsendableError."""
    match outcome:
        case Returned():
            tree, buffers = encode(outcome.value)
            head: dict[str, Tree] = {"k": "returned", "v": tree}
            if outcome.changed:
                head["changed"] = list(outcome.changed)
            for key in ("same_as", "steps", "cpu", "printed"):
                if (word := getattr(outcome, key)) not in (None, ""):
                    head[key] = word
            if outcome.warnings:
                head["warnings"] = list(outcome.warnings)
            return head, buffers
        case Raised():
            return {
                "k": "raised",
                "type": outcome.type,
                "message": outcome.message,
                "location": _location_tree(outcome.location),
                "params": dict(outcome.params),
                "printed": outcome.printed,
                "warnings": list(outcome.warnings),
            }, []
        case Unsupported():
            return {"k": "unsupported", "type": outcome.type, "where": outcome.where}, []
        case Stopped():
            message = {"code": outcome.message.code, "params": dict(outcome.message.params)}
            return {"k": "stopped", "verdict": outcome.verdict.value, "message": message}, []


def read_outcome(head: Tree, body: Buffer) -> Outcome:
    """Decode an outcome. Raises ProtocolError at anything odd."""
    head = _dict(head)
    kind = head.get("k")
    if kind == "returned":
        changed = tuple(_int(n, 0, 255) for n in _list(head.get("changed", []), 256))
        cpu = head.get("cpu")
        if cpu is not None and (type(cpu) is not float or not 0 <= cpu < 1e6):
            raise ProtocolError("bad time")
        return Returned(
            value=decode(head.get("v"), body),
            changed=changed,
            same_as=None if head.get("same_as") is None else _int(head["same_as"], 0, 255),
            steps=None if head.get("steps") is None else _int(head["steps"], 0, 1 << 60),
            cpu=cpu,
            warnings=_texts(head.get("warnings", [])),
            printed=_text(head.get("printed", "")),
        )
    if len(body):
        raise ProtocolError("bytes left over")
    if kind == "raised":
        return Raised(
            type=_text(head.get("type"), 100),
            message=_text(head.get("message", "")),
            location=_location(head.get("location")),
            params=_params(head.get("params", {})),
            printed=_text(head.get("printed", "")),
            warnings=_texts(head.get("warnings", [])),
        )
    if kind == "unsupported":
        return Unsupported(type=_text(head.get("type"), 100), where=_text(head.get("where", ""), 200))
    if kind == "stopped" and head.get("verdict") in _OWN_WORD:
        return Stopped(verdict=Verdict(head["verdict"]), message=_message(head.get("message")))
    raise ProtocolError("unknown outcome")


# --- programs and reports ------------------------------------------------------------------------------------------


def program_frame(
    program: Program,
    wanted: Sequence[Wanted],
    replaced: Sequence[str] = (),
    *,
    fingerprints: Mapping[str, Sequence[int]] | None = None,
) -> bytes:
    """Write a program and what is wanted of it. The sources are the body: they are long, and no part of any count."""
    sources = [_source(cell.source) for cell in program.cells]
    siblings = {name: _source(source) for name, source in program.siblings.items()}
    head = {
        "cells": [[cell.number, len(source)] for cell, source in zip(program.cells, sources, strict=True)],
        "siblings": [[name, len(source)] for name, source in siblings.items()],
        "marker": program.marker,
        "wanted": [[w.name, w.kind, list(w.aliases), list(w.parameters), list(w.uses), w.stub] for w in wanted],
        "replaced": list(replaced),
        "fingerprints": None if fingerprints is None else {name: list(given) for name, given in fingerprints.items()},
    }
    return frame(LOAD, head, [*sources, *siblings.values()])


def _source(text: str) -> bytes:
    # A notebook's JSON may hold lone surrogates.
    return text.encode("utf-8", "surrogatepass")


def read_program(head: Tree, body: Buffer) -> tuple[Program, tuple[Wanted, ...]]:
    """Read what `program_frame` wrote; this runs in the worker and trusts the host."""
    position = 0

    def source(size: int) -> str:
        nonlocal position
        position += size
        return str(body[position - size : position], "utf-8", "surrogatepass")

    program = Program(
        cells=tuple(Cell(number=number, source=source(size)) for number, size in head["cells"]),
        siblings={name: source(size) for name, size in head["siblings"]},
        marker=head["marker"],
    )
    return program, tuple(
        Wanted(name=name, kind=kind, aliases=tuple(aliases), parameters=tuple(parameters), uses=tuple(uses), stub=stub)
        for name, kind, aliases, parameters, uses, stub in head["wanted"]
    )


def report_tree(report: LoadReport) -> dict[str, Tree]:
    """Write a load report."""
    return {
        "found": {
            name: [
                found.status,
                found.defined_as,
                _location_tree(found.location),
                None if found.message is None else {"code": found.message.code, "params": dict(found.message.params)},
            ]
            for name, found in report.found.items()
        },
        "notes": notes_tree(report.notes),
        "fingerprints": {name: list(numbers) for name, numbers in report.fingerprints.items()},
        "codes": {name: [code.digest, list(code.uses), code.signature] for name, code in report.codes.items()},
    }


def read_report(head: Tree, wanted: Sequence[str]) -> LoadReport:
    """Decode a load report. Raises ProtocolError at anything odd, such as a name that wasn't asked for."""
    head = _dict(head)
    found = _dict(head.get("found"))
    fingerprints = _dict(head.get("fingerprints", {}))
    if set(found) != set(wanted) or not set(fingerprints) <= set(wanted):
        raise ProtocolError("names that were not asked for")
    return LoadReport(
        found={name: _found(found[name]) for name in wanted},
        notes=read_notes(head.get("notes", [])),
        fingerprints={
            name: tuple(_int(n, -(1 << 64), 1 << 64) for n in _list(numbers, 100_000))
            for name, numbers in fingerprints.items()
        },
        codes=_codes(head.get("codes", {})),
    )


def _codes(tree: Tree) -> dict[str, CodeOf]:
    found = {}
    for name, item in _dict(tree).items():
        digest, uses, signature = _list(item, 3, 3)
        found[_text(name, _NAMES)] = CodeOf(
            digest=None if digest is None else _text(digest, _NAMES),
            uses=tuple(_text(use, _NAMES) for use in _list(uses, 1000)),
            signature=_text(signature, _NAMES),
        )
    return found


def notes_tree(notes: Sequence[Note]) -> list[Tree]:
    """Write notes, as many as are read."""
    return [[note.code, dict(note.params)] for note in notes[:MAX_NOTES]]


def read_notes(tree: Tree) -> tuple[Note, ...]:
    """Decode notes. Raises ProtocolError at anything odd."""
    notes = []
    for item in _list(tree, MAX_NOTES):
        code, params = _list(item, 2, 2)
        notes.append(Note(code=_code(code), params=_params(params)))
    return tuple(notes)


def _found(tree: Tree) -> Found:
    status, defined_as, location, message = _list(tree, 4, 4)
    if status not in ("found", "blank", "absent", "syntax"):
        raise ProtocolError("unknown status")
    return Found(
        status=status,
        defined_as=None if defined_as is None else _text(defined_as, _NAMES),
        location=_location(location),
        message=None if message is None else _message(message),
    )


def _message(tree: Tree) -> Message:
    tree = _dict(tree)
    return Message(code=_code(tree.get("code")), params=_params(tree.get("params", {})))


def _code(tree: Tree) -> str:
    code = _text(tree, 60)
    if not _CODE.fullmatch(code):
        raise ProtocolError("bad code")
    return code


def _location_tree(location: Location | None) -> Tree:
    return None if location is None else [location.line, location.cell]


def _location(tree: Tree) -> Location | None:
    if tree is None:
        return None
    line, cell = _list(tree, 2, 2)
    return Location(line=_int(line, 0, 1 << 31), cell=None if cell is None else _int(cell, 0, 1 << 31))


# --- plain JSON ----------------------------------------------------------------------------------------------------


def _dict(tree: Tree) -> dict[str, Tree]:
    if type(tree) is not dict or len(tree) > _MAX_JSON:
        raise ProtocolError("not an object")
    return tree


def _list(tree: Tree, most: int, least: int = 0) -> list[Tree]:
    if type(tree) is not list or not least <= len(tree) <= most:
        raise ProtocolError("not a list")
    return tree


def _int(tree: Tree, low: int, high: int) -> int:
    if type(tree) is not int or not low <= tree <= high:
        raise ProtocolError("not an int in range")
    return tree


def _text(tree: Tree, limit: int = MAX_TEXT) -> str:
    if type(tree) is not str:
        raise ProtocolError("not a string")
    return clean(tree, limit)


def _texts(tree: Tree) -> tuple[str, ...]:
    return tuple(_text(item, 500) for item in _list(tree, 20))


def _params(tree: Tree) -> Mapping[str, JSON]:
    budget = [_MAX_JSON]
    tree = _dict(tree)
    return {_text(key, _NAMES): _plain(item, budget, 0) for key, item in tree.items()}


def _plain(tree: Tree, budget: list[int], depth: int) -> Any:
    budget[0] -= 1
    if budget[0] < 0 or depth > 6:
        raise ProtocolError("parameters too large")
    if type(tree) is str:
        return clean(tree, 1000)
    if type(tree) is int:
        return _int(tree, -(1 << 63), 1 << 63)
    if type(tree) is list:
        return [_plain(item, budget, depth + 1) for item in tree]
    if type(tree) is dict:
        return {_text(key, _NAMES): _plain(item, budget, depth + 1) for key, item in tree.items()}
    if type(tree) is float and tree - tree != 0:
        raise ProtocolError("not a finite number")
    return tree
