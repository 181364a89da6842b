"""Answer keys made ready for grading, from an assignment's folder and the course's secret."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from functools import partial
from importlib.resources import files
from pathlib import Path

from grader.batch.works import grader_version
from grader.courses import LoadedAssignment, answer_key, load_assignment
from grader.courses.surroundings import installed
from grader.gradebook.environment import this_environment
from grader.grading import Prepared, prepare
from grader.sandbox.wire import pack, unpack
from grader.shelf import Shelf
from grader.slips import Slips

ANSWERS = "answers"
"""The folder of what is kept, beside the course's secret."""


def prepared_keys(
    solutions: Path,
    slugs: Iterable[str],
    secret: bytes,
    *,
    examples: Collection[str] = (),
    state: Path | None = None,
) -> dict[str, Prepared]:
    """Compute the keys of some assignments in a folder `solutions`, those in `examples` with fresh inputs to show.

    What is dear to compute is kept in the course's folder `state`, if it is there. Raises CourseError.
    """
    shelf = _shelf(state, secret) if state is not None and state.is_dir() else None
    return {
        slug: _prepared(load_assignment(solutions / slug), secret, shelf, examples=slug in examples) for slug in slugs
    }


def keep(keys: Iterable[Prepared]) -> None:
    """Keep what was found out about slips while submissions were graded with some keys."""
    for prepared in keys:
        if prepared.slips is not None:
            prepared.slips.keep()


def _shelf(state: Path, secret: bytes) -> Shelf:
    """Return the shelf of a course. Whatever computes something other than before makes other sheets."""
    digest = hashlib.sha256()
    for path in sorted(Path(str(files("grader.courses"))).rglob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    made_by = f"{grader_version()} {digest.hexdigest()} {this_environment('').fingerprint} {installed()}"
    return Shelf(state / ANSWERS, secret, made_by, pack=pack, unpack=unpack)


def _prepared(loaded: LoadedAssignment, secret: bytes, shelf: Shelf | None, *, examples: bool) -> Prepared:
    """Make an assignment ready for grading; its slips are made when a submission first asks for them."""
    from grader.courses.examples import fresh_inputs
    from grader.courses.slips import slips_of

    key = answer_key(loaded, secret, shelf)
    assert key.reference is not None
    fresh = fresh_inputs(loaded, key, secret) if examples else None
    return prepare(key, Slips(key.reference, partial(slips_of, loaded), shelf), fresh)
