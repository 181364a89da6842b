"""Where attacks are graded: honest submissions between them, listeners beside them, and a look at what is left.

One run of the real `grader grade` takes a class of attacks, one lane, in order, so that each has an honest submission
before and after it. Attackers know everything that they could wish for: where the hidden files are, the process
numbers of the grader and of its zygote, the port of a listener. See `Arena.facts`.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import select
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tests.hostile.course import CANARY, HIDDEN_NUMBER, HONEST, SECRET, SLUG, make_course

HERE = Path(__file__).absolute().parent
ATTACKS = HERE / "attacks"
_ROOT = HERE.parents[1]
_SYSV_KEY = 4242


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One hostile program and what it must get: see attacks/attacks.json."""

    id: str
    cls: str
    scores: dict[str, float]
    max_wall_s: float
    checks: tuple[str, ...]
    levels: tuple[str, ...]
    student: str | None = None
    """The name of the folder that the student hands in, where that is what attacks; it sorts behind digits."""
    links: dict[str, str] = field(default_factory=dict)
    """Symbolic links in that folder."""


def read_attacks() -> dict[str, Attack]:
    """Read what every attack must get, by id."""
    attacks = {}
    for record in json.loads((ATTACKS / "attacks.json").read_text())["attacks"]:
        expected = record["expected"]
        attacks[record["id"]] = Attack(
            id=record["id"],
            cls=record["cls"],
            scores=expected["scores"],
            max_wall_s=expected["max_wall_s"],
            checks=tuple(expected["checks"]),
            levels=tuple(record.get("levels", ("full", "core"))),
            student=record.get("student"),
            links=record.get("links", {}),
        )
    return attacks


@dataclass(kw_only=True)
class Run:
    """What became of one `grader grade`."""

    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The record of each student, by name of their folder."""
    folders: dict[str, str] = field(default_factory=dict)
    """The student's folder of each attack, by the attack's id."""
    order: list[str] = field(default_factory=list)
    wall: dict[str, float] = field(default_factory=dict)
    """Seconds from the result before to this one."""
    lines: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    """Of each program as the attacker meant it, with all that they know filled in."""
    stdout: str = ""
    stderr: str = ""
    exit: int | None = None
    survivors: list[str] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    """Listeners that were reached."""
    left: list[str] = field(default_factory=list)
    """Files, shared memory and the like that were not there before, or not so."""
    peak_mb: float = 0.0
    """The most memory that the grader's own process had."""


class Listeners:
    """A TCP port, a UDP port and an abstract socket that nobody has any business with."""

    def __init__(self) -> None:
        self.touched: list[str] = []
        self._tcp = socket.create_server(("127.0.0.1", 0))
        self.port = self._tcp.getsockname()[1]
        self._udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._udp.bind(("127.0.0.1", self.port))
        self.abstract = f"hostile-{secrets.token_hex(6)}"
        self._unix = socket.socket(socket.AF_UNIX)
        self._unix.bind("\0" + self.abstract)
        self._unix.listen()
        self._wake, self._end = socket.socketpair()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            for ready in select.select([self._tcp, self._udp, self._unix, self._end], [], [])[0]:
                if ready is self._end:
                    return
                if ready is self._udp:
                    self.touched.append(f"UDP: {ready.recv(100)!r}")
                    continue
                with ready.accept()[0] as connection:
                    connection.settimeout(1.0)
                    self.touched.append(f"{ready.family.name}: {connection.recv(100)!r}")

    def close(self) -> None:
        self._wake.send(b"!")
        self._thread.join()
        for each in (self._tcp, self._udp, self._unix, self._wake, self._end):
            each.close()


class Arena:
    """A course, a class folder and a temporary folder of its own for the grader."""

    def __init__(self, root: Path) -> None:
        self.course = make_course(root / "course")
        self.submissions = root / "submissions"
        self.temporary = root / "temporary"
        self.submissions.mkdir()
        self.temporary.mkdir()
        # Under root workers are users of their own, who must be able to pass; what is hidden has a closed folder.
        root.chmod(0o711)
        self.temporary.chmod(0o711)
        self.token = secrets.token_hex(6)
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(_ROOT),
            "TMPDIR": str(self.temporary),
            "GRADER_SECRET": SECRET,
            "LANG": "C.UTF-8",
            "HOME": str(self.temporary),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def facts(self, listeners: Listeners, trusted: int, zygote: int | None) -> dict[str, str]:
        """Return what every attacker knows."""
        facts = {
            "HIDDEN_DIR": str(self.course / "solutions" / SLUG),
            "OTHER_SUBMISSION": str(self.submissions / "000 honest" / "solution.py"),
            "SUBMISSIONS_DIR": str(self.submissions),
            "TRUSTED_PID": str(trusted),
            "PORT": str(listeners.port),
            "ABSTRACT": listeners.abstract,
            "PWNED": f"/tmp/pwned-{self.token}",
            "SHM": f"/dev/shm/pwned-{self.token}",
            "TEMPORARY": str(self.temporary),
            "SITE": str(Path(np.__file__).parents[1]),
            "GRADER": str(_ROOT / "grader"),
            "REF_MODULE": "reference",
        }
        return facts if zygote is None else {**facts, "ZYGOTE_PID": str(zygote)}

    def grade(self, level: str, attacks: list[Attack]) -> Run:
        """Grade attacks with honest submissions around them, and look at everything afterwards."""
        run, listeners = Run(), Listeners()
        shutil.rmtree(self.submissions)
        self.submissions.mkdir()
        before = self._belongings()
        report, theirs = os.pipe()
        command = [*self._command(level, self.submissions), "--format", "jsonl"]
        keeper = subprocess.Popen(
            [sys.executable, str(HERE / "keeper.py"), str(theirs), *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(stderr := open(self.temporary.parent / "stderr", "w+b")),  # noqa: SIM115 - closed below
            pass_fds=[theirs],
            env=self.environment,
            cwd=self.temporary,
        )
        os.close(theirs)
        with keeper, stderr, os.fdopen(report) as told:
            assert keeper.stdin is not None
            trusted = json.loads(told.readline())["pid"]
            class_ = self._hand_in(attacks, self.facts(listeners, trusted, None))
            keeper.stdin.write(b"!")
            keeper.stdin.close()
            zygote = _zygote_of(trusted)
            self._fill(self.facts(listeners, trusted, zygote))
            run.folders = {attack.id: folder.name for attack, folder in zip(attacks, class_, strict=True)}
            run.digests = {
                folder.name: hashlib.sha256((folder / "solution.py").read_bytes()).hexdigest() for folder in class_
            }
            self._read_results(keeper, run, trusted)
            _know_again(run)
            ending = json.loads(told.readline() or '{"exit": null, "survivors": ["the keeper itself died"]}')
            run.exit, run.survivors = ending["exit"], ending["survivors"]
            stderr.seek(0)
            run.stderr = stderr.read().decode("utf-8", "surrogateescape")
        listeners.close()
        run.touched = listeners.touched
        after = self._belongings()
        run.left = sorted(f"{kind}: {what}" for kind, what in after - before)
        return run

    def show(self, level: str, folders: list[str]) -> str:
        """Return what a terminal shows of some of the submissions that were handed in last."""
        code, shown = self.grade_paths(level, [self.submissions / folder for folder in folders], "--explain")
        assert code == 0, shown
        return shown

    def grade_paths(self, level: str, paths: Sequence[Path], *options: str) -> tuple[int, str]:
        """Grade without a look at the machine; returns the exit status and all output, stdout first."""
        done = subprocess.run(
            [*self._command(level, *paths), *options],
            capture_output=True,
            env=self.environment,
            cwd=self.temporary,
            timeout=120,
            check=False,
        )
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "surrogateescape")

    def _command(self, level: str, *paths: Path) -> list[str]:
        return [
            *(sys.executable, "-m", "grader", "grade", *map(str, paths), "--course", str(self.course)),
            *("--assignment", SLUG, "--sandbox", level, "--jobs", "1", "--no-gradebook"),
        ]

    # --- before ----------------------------------------------------------------------------------------------------

    def _hand_in(self, attacks: list[Attack], facts: dict[str, str]) -> list[Path]:
        """Write the class folder; folders are graded in the order of their names."""
        class_ = []
        for number, attack in enumerate(attacks):
            honest = self.submissions / f"{number:03} honest"
            honest.mkdir()
            (honest / "solution.py").write_text(HONEST)
            folder = self.submissions / (attack.student or f"{number:03} {attack.id}")
            shutil.copytree(ATTACKS / attack.id, folder)
            for name, target in attack.links.items():
                (folder / name).symlink_to(_filled(target, facts))
            class_.append(folder)
        last = self.submissions / "~ honest"
        last.mkdir()
        (last / "solution.py").write_text(HONEST)
        self._fill(facts)
        return class_

    def _fill(self, facts: dict[str, str]) -> None:
        for path in self.submissions.glob("*/*.py"):
            if path.is_symlink() or "{{" not in (text := path.read_text("utf-8", "surrogateescape")):
                continue
            if (filled := _filled(text, facts)) != text:
                beside = path.with_suffix(".new")
                beside.write_text(filled, "utf-8", "surrogateescape")
                beside.replace(path)

    # --- meanwhile -------------------------------------------------------------------------------------------------

    def _read_results(self, keeper: subprocess.Popen[bytes], run: Run, trusted: int) -> None:
        assert keeper.stdout is not None
        last = time.monotonic()
        for data in keeper.stdout:
            now = time.monotonic()
            line = data.decode("utf-8", "surrogateescape")
            run.stdout += line
            record = json.loads(line, parse_constant=_no_constant)
            student = record["submission"]["path"].split("/")[0]
            run.results[student] = record
            run.lines[student] = line
            run.order.append(student)
            run.wall[student] = now - last
            run.peak_mb = max(run.peak_mb, _peak_mb(trusted))
            last = now

    # --- afterwards ------------------------------------------------------------------------------------------------

    def _belongings(self) -> set[tuple[str, str]]:
        """Return what a program could leave behind or change; other tests may be at work on this machine."""
        found = {("temporary", str(path)) for path in self.temporary.rglob("*")}
        for folder in (self.course, self.submissions):
            found |= {("file", f"{path} {_state(path)}") for path in folder.rglob("*") if folder == self.course}
        for folder in ("/tmp", "/dev/shm", "/var/tmp", str(_ROOT), os.path.dirname(np.__file__)):
            found |= {
                ("file", f"{folder}/{name}")
                for name in os.listdir(folder)
                if name.startswith("pwned") or name in ("ans", "e.so")
            }
        found |= {("core", name) for name in os.listdir(self.submissions) if name.startswith("core")}
        for kind in ("shm", "msg", "sem"):
            with open(f"/proc/sysvipc/{kind}") as file:
                keys = [int(line.split()[0]) for line in file.readlines()[1:]]
            found |= {("sysv", f"{kind} {key}") for key in keys if key == _SYSV_KEY}
        numpy = Path(np.__file__)
        found.add(("installation", f"{_state(numpy)} {_state(numpy.parent)} {_state(numpy.parents[1])}"))
        return found


def _know_again(run: Run) -> None:
    """Find by its program the result of a student whose name was made harmless."""
    for name, digest in run.digests.items():
        shown = next((key for key, each in run.results.items() if each["submission"]["sha256"] == digest), None)
        if name not in run.results and shown is not None:
            for table in (run.results, run.wall, run.lines):
                table[name] = table[shown]


def leaks(text: str) -> list[str]:
    """Return the secrets that stand in a text."""
    return [secret for secret in (CANARY, SECRET, HIDDEN_NUMBER, HIDDEN_NUMBER.rstrip("2")) if secret in text]


def _filled(text: str, facts: dict[str, str]) -> str:
    for name, value in facts.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def _state(path: Path) -> str:
    info = path.lstat()
    modified = "" if path.is_dir() else f" {info.st_mtime_ns} {info.st_size}"
    return f"{info.st_mode:o} {info.st_uid}{modified}"


def _zygote_of(trusted: int) -> int | None:
    """Wait for the grader's zygote, and return the process number of what forks workers; None if there is none."""
    end = time.monotonic() + 30
    while time.monotonic() < end and os.path.exists(f"/proc/{trusted}"):
        # The thread that starts it is a lane's.
        children = [child for task in _tasks(trusted) for child in _children(trusted, task)]
        if children:
            # At level full it has a child that goes on in its place.
            time.sleep(0.1)
            return next(iter(_children(children[0], children[0])), children[0])
        time.sleep(0.005)
    return None


def _tasks(pid: int) -> list[int]:
    try:
        return [int(name) for name in os.listdir(f"/proc/{pid}/task")]
    except OSError:
        return []


def _children(pid: int, task: int) -> list[int]:
    try:
        with open(f"/proc/{pid}/task/{task}/children") as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def _peak_mb(pid: int) -> float:
    try:
        with open(f"/proc/{pid}/status") as file:
            return next((int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM")), 0.0)
    except OSError:
        return 0.0


def _no_constant(word: str) -> Any:
    raise AssertionError(f"{word} is no JSON")
