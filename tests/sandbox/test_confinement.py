from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.authoring import Limits
from grader.errors import SandboxUnavailable, UsageError
from grader.model import Returned
from grader.sandbox import Level, Sandbox, canary, open_sandbox
from grader.sandbox.forked import ForkedWorker
from grader.sandbox.session import WorkerSession
from tests.sandbox import other_user, probes
from tests.sandbox.conftest import open_session, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="confinement is for Linux")


def judge(level: str, said: Mapping[str, str | None]) -> None:
    assert said["level"] == level
    expected = probes.REFUSED | (probes.FULL_ONLY if level == "full" else {})
    assert [name for name in expected if said[name] is None] == []
    assert {name: said[name] for name in probes.WORKS if said[name] is not None} == {}


@pytest.fixture(scope="module")
def levels() -> list[str]:
    found = []
    for level in ("core", "full"):
        try:
            with open_sandbox(level):
                found.append(level)
        except SandboxUnavailable:
            continue
    return found


@pytest.mark.parametrize("level", ["core", "full"])
def test_a_real_worker_is_refused_everything_it_must_not_do(level: str, levels: list[str]) -> None:
    if level not in levels:
        pytest.skip(f"no level {level} here")
    judge(level, probes.try_all(level))


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can become another user")
def test_a_real_worker_of_another_user_is_refused_everything_too(levels: list[str]) -> None:
    done = other_user.run(other_user.python_for_others(), "-m", "tests.sandbox.probes", *levels)
    assert done.returncode == 0, done.stderr
    for level, said in json.loads(done.stdout).items():
        judge(level, said)


def test_the_probes_can_fail() -> None:
    said = probes.try_all("none", probes.HARMLESS)
    assert {name: said[name] for name in probes.HARMLESS} == dict.fromkeys(probes.HARMLESS)


def test_auto_is_the_strictest_level_that_works(levels: list[str]) -> None:
    if not levels:
        with pytest.raises(SandboxUnavailable, match="--sandbox none"), open_sandbox():
            pass
        return
    with open_sandbox() as sandbox:
        assert sandbox.level == levels[-1]


def test_an_unknown_level_is_an_error_of_use() -> None:
    with pytest.raises(UsageError, match="choose auto, full, core or none"), open_sandbox("maximum"):
        pass


def test_a_failed_self_test_means_no_sandbox(monkeypatch: pytest.MonkeyPatch, levels: list[str]) -> None:
    from grader.sandbox import proving

    if "core" not in levels:
        pytest.skip("no level core here")
    monkeypatch.setattr(proving, "_PROVEN", set())
    monkeypatch.setattr(proving, "faults", lambda _level, _answers: ["a worker can fork"])
    with pytest.raises(SandboxUnavailable, match="a worker can fork"), open_sandbox("core"):
        pass


@pytest.mark.parametrize("number", ["getpid", "getppid"])
def test_the_self_test_passes_beside_the_first_process_of_a_container_or_a_machine(
    monkeypatch: pytest.MonkeyPatch, levels: list[str], number: str
) -> None:
    from grader.sandbox import proving

    if "full" not in levels:
        pytest.skip("no level full here")
    with open_sandbox("full"):  # all that asks for these numbers in earnest has done so
        monkeypatch.setattr(proving, "_PROVEN", set())
        monkeypatch.setattr(f"os.{number}", lambda: 1)
        with open_sandbox("full") as sandbox:
            assert sandbox.level == "full"


def test_the_self_test_finds_what_an_unconfined_worker_can_do() -> None:
    answers = dict.fromkeys((*canary._MUST_WORK, *canary._MUST_FAIL), canary.WORKS)
    assert len(canary.faults("core", answers)) == len(canary._MUST_FAIL)
    refused = dict.fromkeys(canary._MUST_FAIL, canary.REFUSED) | dict.fromkeys(canary._MUST_WORK, canary.WORKS)
    assert canary.faults("core", refused) == []
    assert canary.faults("full", refused) == ["a worker can stat a hidden file"]
    assert canary.faults("core", None) != []
    assert canary.faults("core", {}) != []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="under root only")
def test_under_root_a_worker_is_a_user_that_nobody_is(confined: Sandbox) -> None:
    source = """
        import os
        def f(x):
            return [os.getresuid(), os.getresgid(), os.getgroups()]
    """
    (outcome,) = run(confined, source, 1)
    assert isinstance(outcome, Returned)
    users, groups, others = outcome.value
    assert 0 not in users
    assert 0 not in groups
    assert 65534 not in users
    assert others == []


def test_a_worker_has_no_capabilities_and_can_gain_none(confined: Sandbox) -> None:
    with open_session(confined, "def f(x):\n    return x\n", "f") as session:
        assert isinstance(session, WorkerSession)
        assert session.workers.dialogue is not None
        process = session.workers.dialogue.process
        assert isinstance(process, ForkedWorker)
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    sets = dict(line.split(":\t") for line in lines if line.startswith("Cap"))
    # At level core a zygote that is not root has no right to give up what it could gain, and `no_new_privs` is enough.
    told = {"CapInh", "CapPrm", "CapEff", "CapAmb"} | ({"CapBnd"} if os.geteuid() == 0 else set())
    assert {name: int(sets[name], 16) for name in told} == dict.fromkeys(told, 0)


def test_the_environment_and_the_arguments_tell_nothing(confined: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    source = """
        import os, sys
        def f(x):
            return [sorted(os.environ), sys.argv, sys.path, os.getcwd() == os.environ["HOME"] == os.environ["TMPDIR"]]
    """
    (outcome,) = run(confined, source, 1)
    assert isinstance(outcome, Returned)
    names, arguments, path, at_home = outcome.value
    allowed = {"HOME", "TMPDIR", "MPLCONFIGDIR", "MPLBACKEND", "LANG", "LC_CTYPE", "PATH", "LD_LIBRARY_PATH"}
    assert {name for name in names if not name.endswith("_THREADS") and not name.startswith("PYTHON")} <= allowed
    assert arguments == ["-c"]
    assert str(Path(probes.__file__).parents[2]) not in path
    assert at_home


def test_a_worker_has_no_descriptor_but_its_own(confined: Sandbox) -> None:
    source = """
        import os, stat
        def f(x):
            found = {}
            for fd in range(256):
                try:
                    mode = os.fstat(fd).st_mode
                except OSError:
                    continue
                found[str(fd)] = "socket" if stat.S_ISSOCK(mode) else "device" if stat.S_ISCHR(mode) else "other"
                if found[str(fd)] == "other":
                    try:
                        os.read(fd, 1)
                    except OSError:
                        pass
                    else:
                        found[str(fd)] = "readable"
            return found
    """
    (outcome,) = run(confined, source, 1)
    assert isinstance(outcome, Returned)
    found = outcome.value
    assert [found.pop(fd) for fd in "012"] == ["device"] * 3
    assert found.pop("3") == "socket"
    # Under root, folders of a Python in a closed home may be held, as places only.
    assert set(found.values()) <= {"other"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "import scipy.linalg; return float(scipy.linalg.norm([3.0, 4.0]))",
        "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.savefig('x.png'); return 5.0",
    ],
)
def test_installed_packages_work_under_confinement(confined: Sandbox, body: str) -> None:
    pytest.importorskip(body.removeprefix("import ").partition(".")[0])
    limits = Limits(call=10.0)
    assert run(confined, f"def f(x):\n    {body}", 1, limits=limits) == [Returned(value=5.0)]


def test_a_folder_is_bounded_and_each_worker_has_an_empty_one(confined: Sandbox) -> None:
    fill = """
        def f(x):
            for n in range(1000):
                with open(f"f{n}", "wb") as file:
                    file.write(b"x" * (1 << 20))
    """
    (outcome,) = run(confined, fill, 1, limits=Limits(call=2.0))
    assert not isinstance(outcome, Returned)
    assert run(confined, "import os\ndef f(x): return os.listdir('.')", 1) == [Returned(value=[])]


def test_the_number_of_files_is_bounded(confined: Sandbox) -> None:
    fill = """
        def f(x):
            for n in range(100_000):
                open(f"f{n}", "w").close()
    """
    (outcome,) = run(confined, fill, 1, limits=Limits(call=4.0))
    assert not isinstance(outcome, Returned)


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="calls of the i386 kind exist on x86_64 only")
def test_system_calls_of_another_architecture_end_the_worker(confined: Sandbox) -> None:
    source = r"""
        import ctypes, mmap
        def f(x):
            code = b"\xb8\x14\0\0\0\xcd\x80\xc3"  # mov eax, 20; int 0x80; ret
            page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
            page.write(code)
            return ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
    """
    (outcome,) = run(confined, source, 1)
    assert outcome.message.params == {"reason": "signal", "signal": "SIGSYS"}  # type: ignore[union-attr]


def test_every_level_has_a_name_that_results_can_show() -> None:
    assert [str(level) for level in Level] == ["full", "core", "none"]
