"""The bundle: what a worker needs to know of a run, sent to each worker once, and refused where versions differ.

It carries the assignments' sources and the course's secret; a worker computes the answer keys itself, and says no where
they come out with other versions than here. Functions never travel: what runs on a worker is what is installed there.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path

from grader.batch.keys import prepared_keys
from grader.batch.works import grader_version
from grader.courses.finding import SOLUTIONS
from grader.errors import CourseError, GraderError
from grader.gradebook.environment import this_environment
from grader.grading import Prepared
from grader.saying import join, say

MOST_BYTES = 64 << 20
"""Size of an assignment's files, all together. A folder with a data set in it does not belong on every worker."""
_LEFT_OUT = {"__pycache__", ".ipynb_checkpoints"}


class RefusedError(GraderError):
    """A worker that can't do this run's work; says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """One run's checks, references and settings. Whoever has it can make the hidden inputs."""

    id: str
    grader: str
    machine: Mapping[str, str]
    """What of a machine can change a mark: Python, numpy, its BLAS, the architecture."""
    archive: bytes
    versions: Mapping[str, str]
    """Assignment to the version of its answer key."""
    secret: bytes
    rate: Decimal
    fingerprints: bool
    examples: frozenset[str] = frozenset()
    """The assignments whose mistakes are shown on fresh inputs."""
    level: str = "auto"
    """How student code is confined, on every worker alike."""

    def confined(self, level: str) -> Bundle:
        """Return the bundle for one level of confinement."""
        return replace(self, level=level)


def make_bundle(
    solutions: Path,
    keys: Mapping[str, Prepared],
    secret: bytes,
    *,
    rate: Decimal,
    fingerprints: bool,
    level: str,
) -> Bundle:
    """Pack what the workers need of a course. Raises CourseError for a folder that is too large."""
    archive = _pack(solutions, sorted(keys))
    versions = {slug: keys[slug].key.version for slug in sorted(keys)}
    examples = frozenset(slug for slug in keys if keys[slug].examples is not None)
    settings = (versions, rate, fingerprints, sorted(examples), grader_version())
    digest = hashlib.sha256(archive + repr(settings).encode())
    digest.update(hashlib.sha256(secret).digest())
    return Bundle(
        id=digest.hexdigest()[:16],
        grader=grader_version(),
        machine=this_machine(),
        archive=archive,
        versions=versions,
        secret=secret,
        rate=rate,
        fingerprints=fingerprints,
        examples=examples,
        level=level,
    )


def this_machine() -> dict[str, str]:
    """Return what of this machine can change a mark, the confinement aside."""
    environment = asdict(this_environment(""))
    return {name: environment[name] for name in ("python", "numpy", "blas", "machine")}


def require_same(bundle: Bundle) -> None:
    """Raise RefusedError where this machine grades by other versions than the run's."""
    if (mine := grader_version()) != bundle.grader:
        versions = {"mine": mine, "wanted": bundle.grader}
        raise RefusedError(say("its grader is {mine}, this run's is {wanted}: install the same on both", **versions))
    mine_machine = this_machine()
    other = [
        say("{name} {there} (here {want})", name=name, there=mine_machine[name], want=want)
        for name, want in bundle.machine.items()
        if mine_machine[name] != want
    ]
    if other:
        raise RefusedError(say("it has another {versions}: install the same on both", versions=join(", ", other)))


def unpack(bundle: Bundle) -> dict[str, Prepared]:
    """Compute the answer keys on a worker. Raises RefusedError where they are not those of the run."""
    with tempfile.TemporaryDirectory(prefix="grader-bundle-") as folder:
        with zipfile.ZipFile(io.BytesIO(bundle.archive)) as archive:
            archive.extractall(folder)
        try:
            keys = prepared_keys(Path(folder) / SOLUTIONS, bundle.versions, bundle.secret, examples=bundle.examples)
        except CourseError as error:
            raise RefusedError(say("the course does not load there: {error}", error=error)) from error
    other = [slug for slug, prepared in keys.items() if prepared.key.version != bundle.versions[slug]]
    if other:
        names = ", ".join(other)
        raise RefusedError(say("its answer keys of {names} have another version than this run's", names=names))
    return keys


def _pack(solutions: Path, slugs: Iterable[str]) -> bytes:
    packed = io.BytesIO()
    room = MOST_BYTES
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for slug in slugs:
            for path in sorted((solutions / slug).rglob("*")):
                if not path.is_file() or _LEFT_OUT.intersection(path.parts):
                    continue
                data = path.read_bytes()
                room -= len(data)
                if room < 0:
                    raise CourseError(
                        [
                            say(
                                "{solutions} holds more than {most_bytes} MB: keep data sets out of it",
                                solutions=solutions / slug,
                                most_bytes=MOST_BYTES >> 20,
                            )
                        ]
                    )
                name = f"{SOLUTIONS}/{path.relative_to(solutions).as_posix()}"
                # A fixed time: equal files make an equal bundle.
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
