"""Answer keys made ready for grading, from an assignment's folder and the course's secret."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from pathlib import Path

from grader.courses import LoadedAssignment, answer_key, load_assignment
from grader.grading import Prepared, prepare
from grader.slips import Slips


def prepared_keys(
    solutions: Path, slugs: Iterable[str], secret: bytes, *, examples: Collection[str] = ()
) -> dict[str, Prepared]:
    """Compute the keys of some assignments in a folder `solutions`, those in `examples` with fresh inputs to show.

    Raises CourseError.
    """
    return {slug: _prepared(load_assignment(solutions / slug), secret, examples=slug in examples) for slug in slugs}


def _prepared(loaded: LoadedAssignment, secret: bytes, *, examples: bool) -> Prepared:
    """Make an assignment ready for grading; its slips are made when a submission first asks for them."""
    from grader.courses.examples import fresh_inputs
    from grader.courses.slips import slips_of

    key = answer_key(loaded, secret)
    assert key.reference is not None
    fresh = fresh_inputs(loaded, key, secret) if examples else None
    return prepare(key, Slips(key.reference, partial(slips_of, loaded)), fresh)
