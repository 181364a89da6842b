"""Windows and macOS: nothing POSIX-only at the top of a module, files as Windows writes them, a small install."""

import ast
import os
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

import grader
from grader.cli import run
from grader.sandbox.process import MEMORY

PACKAGE = Path(grader.__file__).parent
POSIX_ONLY = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty", "curses", "readline"}
POSIX_NAMES = {"fork", "forkpty", "killpg", "setsid", "getuid", "geteuid", "setrlimit", "memfd_create", "pidfd_open"}
INSTRUCTORS = {
    "sqlalchemy",
    "jinja2",
    "nbformat",
    "polib",
    "watchfiles",
    "IPython",
    "pytest",
    "jsonschema",
    "distributed",
}


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        if relative.parts[0] not in ("sandbox", "demo") and "templates" not in relative.parts:
            yield path


def run_at_import(node):
    """Yield the nodes of a module that run when it is imported: everything outside functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from run_at_import(child)


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_outside_the_sandbox_needs_posix_to_be_imported(path):
    for node in run_at_import(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not {alias.name.split(".")[0] for alias in node.names} & POSIX_ONLY
        elif isinstance(node, ast.ImportFrom) and not node.level:
            assert (node.module or "").split(".")[0] not in POSIX_ONLY
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os":
            assert node.attr not in POSIX_NAMES


WITHOUT_POSIX = """
import sys
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name in %r:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Gone())
for name in %r:
    sys.modules.pop(name, None)
sys.argv[0] = "grader"
from grader.__main__ import main
main()
"""


def test_a_check_runs_where_the_posix_modules_do_not_exist(desk, hand_in):
    """The host's side as on Windows: the plain child process, and none of the modules that are not there."""
    path = hand_in(desk, "sample-full-marks")
    gone = sorted(POSIX_ONLY - {"posix"})
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_POSIX % (gone, gone), "check", str(path)],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 of 4 public checks passed" in done.stdout


def test_a_check_never_confines(desk, hand_in, capsys):
    run(["check", str(hand_in(desk, "sample-full-marks")), "--format", "json"])
    assert '"sandbox": "none"' in capsys.readouterr().out


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r\n").encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: ("# 中文注释\n" + text).encode("gbk"),
    ],
    ids=["crlf", "cr", "bom", "bom-crlf", "utf-16", "utf-16-be", "gbk"],
)
@pytest.mark.parametrize("name", ["sample-full-marks", "sample-full-marks-matmul"])
def test_files_are_read_as_windows_writes_them(desk, hand_in, capsys, name, written):
    path = hand_in(desk, name)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb" and "# 中" in written("").decode("gbk", "ignore"):
        pytest.skip("JSON has no comments")
    path.write_bytes(written(text))
    assert run(["check", str(path)]) == 0, capsys.readouterr().out


def test_checks_json_may_have_windows_line_ends(desk, hand_in):
    path = hand_in(desk, "sample-full-marks")
    checks = desk / "checks.json"
    checks.write_bytes(checks.read_bytes().replace(b"\n", b"\r\n"))
    assert run(["check", str(path)]) == 0


# --- small and quick ------------------------------------------------------------------------------------------------


def required(name, found=None):
    """Return the distributions that installing one brings, extras aside, on this machine."""
    found = set() if found is None else found
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in found:
        return found
    try:
        requirements = distribution(key).requires or []
    except PackageNotFoundError:
        return found  # for another platform
    found.add(key)
    for requirement in requirements:
        head, _, marker = requirement.partition(";")
        if "extra" not in marker:
            required(re.match(r"[\w.-]+", head)[0], found)
    return found


def test_the_install_is_small():
    assert 5 < len(required("numgrader")) < 30


def loaded(*arguments, folder):
    code = (
        "import sys; sys.argv[0] = 'grader'\nfrom grader.__main__ import run\n"
        "run()\n"
        "print('LOADED', *sorted({name.partition('.')[0] for name in sys.modules}))\n"
        "print('PARTS', *sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8",
        timeout=60, check=True, env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
    )  # fmt: skip
    names, _, parts = done.stdout.rpartition("LOADED")[2].partition("PARTS")
    return set(names.split()), set(parts.split())


def test_a_check_loads_nothing_of_the_instructors(desk, hand_in):
    path = hand_in(desk, "sample-wrong-sigmoid")
    names, parts = loaded("check", path.name, folder=desk)
    assert "numpy" in names
    assert not names & INSTRUCTORS
    for room in ("grader.gradebook", "grader.batch", "grader.courses.keys", "grader.courses.settings", "rich.table"):
        assert room not in parts


def test_the_child_that_is_started_first_has_the_memory_of_an_assignment_without_limits():
    assert grader.Limits().memory == MEMORY
