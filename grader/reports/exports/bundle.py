"""The autograder that Gradescope runs, as one zip: scripts, this grader, one assignment and the course's secret.

Laid out as https://gradescope-autograders.readthedocs.io/en/latest/specs/ says: `setup.sh` and `run_autograder` at the
root; Gradescope unpacks it to /autograder/source, and runs the second in a container of its own. The zip holds the
hidden checks: it is for instructors only.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterable, Sequence
from importlib import metadata
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from grader.errors import GraderError, NotFound
from grader.saying import say

DISTRIBUTION = "numgrader"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEFT_OUT = {"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".ipynb_checkpoints"}
_REQUIREMENT = re.compile(r"\s*([\w.-]+)(?:\[[^\]]*\])?\s*(?:>=\s*([\d.]+))?")


def write_bundle(
    out: BinaryIO,
    *,
    course: Path,
    assignment: str,
    secret: bytes,
    lang: str = "en",
    sandbox: str = "auto",
    wheels: Sequence[Path] = (),
) -> list[str]:
    """Write the autograder for one assignment; return the names of what is in it.

    `course` is the course's folder, `secret` its secret: with it Gradescope grades by the same hidden inputs as
    `grader grade` does here. `wheels` are packages to install from where the image is built without a network. Equal
    input gives equal bytes. Raises NotFound where the assignment is not there.
    """
    solutions = course / "solutions"
    if not (solutions / assignment).is_dir():
        raise NotFound(
            say(
                "{solutions} is not there: name an assignment of this course with --assignment",
                solutions=solutions / assignment,
            )
        )
    for word in (assignment, lang, sandbox):
        if not re.fullmatch(r"[\w.-]+", word, re.ASCII):
            raise GraderError(say("{word!r} can't be put into a shell script: use letters, digits, _ and -", word=word))
    package = Path(str(files("grader")))
    scripts = Path(str(files("grader.reports.exports"))) / "autograder"
    run = (scripts / "run_autograder").read_text(encoding="utf-8")
    for slot, word in (("@ASSIGNMENT@", assignment), ("@SANDBOX@", sandbox), ("@LANG@", lang)):
        run = run.replace(slot, word)
    shared = [path for path in solutions.iterdir() if path.is_file() and path.suffix in (".py", ".toml")]
    entries: dict[str, bytes] = {
        "setup.sh": (scripts / "setup.sh").read_bytes(),
        "run_autograder": run.encode(),
        "requirements.txt": "".join(f"{line}\n" for line in requirements()).encode(),
        "course/.grader/secret": secret.strip() + b"\n",
    }
    entries |= _tree(package, PurePosixPath("grader"), leave_out={"demo"})
    entries |= _tree(solutions / assignment, PurePosixPath("course/solutions", assignment))
    entries |= {f"course/solutions/{path.name}": path.read_bytes() for path in shared}
    entries |= {f"wheels/{path.name}": path.read_bytes() for path in wheels}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, so that the modes below are believed
            info.external_attr = (stat.S_IFREG | _mode(name)) << 16
            archive.writestr(info, entries[name])
    return sorted(entries)


def requirements() -> list[str]:
    """Return what this grader needs, each as `name>=version`: as installed, or as its pyproject.toml says."""
    try:
        lines = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        lines = _from_project(Path(str(files("grader"))).parent / "pyproject.toml")
    wanted = []
    for line in lines:
        name, _, marker = line.partition(";")
        match = _REQUIREMENT.match(name)
        if match is not None and "extra" not in marker:
            wanted.append(f"{match[1]}>={match[2]}" if match[2] else match[1])
    return sorted(wanted, key=str.lower)


def _from_project(path: Path) -> list[str]:
    import tomllib

    try:
        project = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise GraderError(
            say(
                "what the grader needs can't be told ({path}: {error}): install it, with `pip install {distribution}`",
                path=path,
                error=error,
                distribution=DISTRIBUTION,
            )
        ) from error
    return [str(line) for line in project["dependencies"]]


def _tree(folder: Path, into: PurePosixPath, leave_out: Iterable[str] = ()) -> dict[str, bytes]:
    left_out = {*_LEFT_OUT, *leave_out}
    found = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and path.suffix != ".pyc" and not left_out.intersection(inside.parts):
            found[str(into / PurePosixPath(*inside.parts))] = path.read_bytes()
    return found


def _mode(name: str) -> int:
    if name in ("setup.sh", "run_autograder"):
        return 0o755
    return 0o600 if name.startswith("course/") else 0o644
