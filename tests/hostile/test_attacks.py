"""Every attack through the real `grader grade`, with honest submissions around it: what it gets, and what it leaves.

Without --full each is tried once, at the strictest level; with it at every level that it is meant for.
"""

from __future__ import annotations

import functools
import json
import shutil
import stat
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from grader.errors import SandboxUnavailable
from grader.sandbox import open_sandbox
from tests.hostile.arena import Arena, Attack, Run, leaks, read_attacks
from tests.hostile.course import HONEST, POINTS, SLUG
from tests.hostile.verdicts import failures, failures_of_run, shown_clean

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="student code is confined on Linux only")

ATTACKS = read_attacks()
GROUP_SIZE = 12
"""How many attacks share a run: enough to save starts, few enough to tell which one left something behind."""


def groups() -> dict[tuple[str, int], list[Attack]]:
    """Return the attacks of each run, by level and number."""
    made = {}
    for level in ("full", "core", "none"):
        of_level = [attack for attack in ATTACKS.values() if level in attack.levels]
        for start in range(0, len(of_level), GROUP_SIZE):
            made[level, start // GROUP_SIZE] = of_level[start : start + GROUP_SIZE]
    return made


GROUPS = groups()
MARKS = {"full": (), "core": (pytest.mark.slow,), "none": (pytest.mark.slow,)}


@functools.cache
def available(level: str) -> str | None:
    """Return why a level can't be had here, or None."""
    try:
        with open_sandbox(level):
            return None
    except SandboxUnavailable as error:
        return str(error)


@functools.cache
def graded(level: str, number: int) -> tuple[Run, str]:
    """Grade a group of attacks, once; also return what a terminal shows of those that aim at reports."""
    root = Path(tempfile.mkdtemp(prefix="hostile-"))
    try:
        arena = Arena(root)
        run = arena.grade(level, GROUPS[level, number])
        aiming = [a for a in GROUPS[level, number] if a.cls.startswith("report") and "size" not in a.cls]
        text = arena.show(level, [run.folders[attack.id] for attack in aiming]) if aiming else ""
        return run, text
    finally:
        shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def level(request: pytest.FixtureRequest) -> str:
    level: str = request.param
    if reason := available(level):
        pytest.skip(f"no level {level} here: {reason}")
    return level


@pytest.mark.parametrize(
    ("level", "number", "attack"),
    [
        pytest.param(level, number, attack, id=f"{attack.id}-{level}", marks=MARKS[level])
        for (level, number), attacks in GROUPS.items()
        for attack in attacks
    ],
    indirect=["level"],
)
def test_an_attack_gets_what_it_deserves(level: str, number: int, attack: Attack) -> None:
    run, _ = graded(level, number)
    assert failures(attack, run) == []


@pytest.mark.parametrize(
    ("level", "number"),
    [pytest.param(level, number, id=f"{level}-{number}", marks=MARKS[level]) for level, number in GROUPS],
    indirect=["level"],
)
def test_honest_submissions_and_the_machine_are_as_before(level: str, number: int) -> None:
    run, text = graded(level, number)
    assert failures_of_run(run) == []
    assert shown_clean(text) == []


def test_every_attack_has_its_record_and_every_record_its_attack() -> None:
    folders = {path.parent.name for path in Path(__file__).parent.glob("attacks/*/solution.py")}
    assert folders == set(ATTACKS)


def test_the_suite_sees_what_attacks_get_where_nothing_confines_them(tmp_path: Path) -> None:
    ids = ("A07_read_other_submission", "A17_unix_abstract", "H41_read_by_other_names")
    run = Arena(tmp_path).grade("none", [ATTACKS[each] for each in ids])
    read, _, by_other_names = (failures(ATTACKS[each], run) for each in ids)
    assert any("row_norms got 1.0" in fault for fault in read)
    assert any("row_norms got 0.0" in fault for fault in by_other_names)
    assert any("reached" in fault for fault in failures_of_run(run))


def test_links_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    arena = Arena(tmp_path)
    archive = arena.submissions / "class.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("ada/solution.py", HONEST)
        for member, target in (("eve/solution.py", "reference.py"), ("ada/helper.py", "checks.py"), ("mal", "")):
            link = zipfile.ZipInfo(member)
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            zipped.writestr(link, str(arena.course / "solutions" / SLUG / target))
        zipped.writestr("../../escaped/solution.py", HONEST)
    code, out = arena.grade_paths("auto", [archive], "--format", "jsonl")
    assert code == 0
    records = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    results = {record["student"]: record for record in records}
    assert results["ada"]["score"] == POINTS
    assert not [name for name, result in results.items() if name != "ada" and result["score"]]
    assert leaks(out) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course", "submissions", "temporary"]
