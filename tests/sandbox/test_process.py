from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import grader.sandbox
from grader.authoring import Limits
from grader.model import Raised, Returned, Stopped, Verdict
from grader.sandbox import Sandbox, open_process_sandbox
from tests.sandbox.conftest import QUICK, cases, open_session, opened, run

SOURCES = Path(grader.sandbox.__file__).parent
POSIX_ONLY = {"fcntl", "resource", "pwd", "grp", "termios"}
# What the plain child process and its host consist of; the rest needs Linux.
EVERYWHERE = (
    *(
        "__init__",
        "protocol",
        "wire",
        "messages",
        "pipe",
        "calls",
        "worker",
        "channel",
        "clocks",
        "dialogue",
        "allowance",
    ),
    *("session", "quiet", "process", "child", "starting", "opening", "folders", "canary", "memory"),
    *("source", "surroundings", "question", "succession"),
)


@pytest.fixture(scope="module")
def plain() -> Iterator[Sandbox]:
    yield from opened("process")


def test_values_state_and_folders_are_as_in_other_sandboxes(plain: Sandbox) -> None:
    source = """
        import os
        def f(x):
            print("hello")
            open("note.txt", "w").write("x")
            return x * 2, sorted(os.listdir("."))
    """
    outcomes = run(plain, source, np.ones(2), 2)
    assert isinstance(outcomes[0], Returned)
    assert outcomes[0].value[0].tolist() == [2, 2]
    assert outcomes[1] == Returned(value=(4, ["note.txt"]), printed="hello\n")


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("while True: x = x", Verdict.TIME_LIMIT),
        ("import time; time.sleep(1000)", Verdict.TIME_LIMIT),
        ("import os; os._exit(3)", Verdict.CRASHED),
        ("import ctypes; ctypes.string_at(0)", Verdict.CRASHED),
        ("raise MemoryError", Verdict.MEMORY_LIMIT),
    ],
)
def test_what_one_function_does_costs_only_that_function(plain: Sandbox, body: str, verdict: Verdict) -> None:
    with open_session(plain, f"def f(x):\n    {body}\ndef g(x): return x", "f", "g") as session:
        (outcome,) = session.call("f", cases((1,)), QUICK)
        assert isinstance(outcome, Stopped)
        assert outcome.verdict is verdict
        assert session.call("g", cases((1,)), QUICK) == [Returned(value=1)]


def test_what_a_program_writes_to_descriptors_does_not_reach_the_wire(plain: Sandbox) -> None:
    source = """
        import os, sys
        def f(x):
            os.write(1, b"junk"); os.write(2, b"junk")
            sys.__stdout__ and sys.__stdout__.write("junk")
            return x
    """
    assert run(plain, source, 1) == [Returned(value=1)]


def test_large_arguments_pass_through_the_pipes(plain: Sandbox) -> None:
    big = np.arange(float(2 << 20))
    (outcome,) = run(plain, "def f(x): return x[::-1]", big, limits=Limits())
    assert isinstance(outcome, Returned)
    assert np.array_equal(outcome.value, big[::-1])


def test_closing_ends_a_child_that_nobody_used() -> None:
    with open_process_sandbox() as sandbox:
        ahead = sandbox.workers._ahead  # type: ignore[attr-defined]
        process = ahead._process
        folder = Path(ahead._folder.name)
        assert process.poll() is None
    assert process.poll() is not None
    assert not folder.exists()


def test_the_child_starts_before_numpy_is_imported_here() -> None:
    code = (
        "import sys\n"
        "from grader.sandbox import open_process_sandbox\n"
        "with open_process_sandbox() as sandbox:\n"
        "    assert sandbox.workers._ahead._process.pid\n"
        "    assert 'numpy' not in sys.modules, 'numpy was imported before the child was started'\n"
    )
    environment = {"PYTHONPATH": str(SOURCES.parents[1])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("module", EVERYWHERE)
def test_modules_of_the_plain_process_import_nothing_that_windows_lacks(module: str) -> None:
    files = [SOURCES / f"{module}.py"] if (SOURCES / f"{module}.py").exists() else (SOURCES / module).glob("*.py")
    trees = [ast.parse(file.read_text()) for file in files]
    top = [node for tree in trees for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in top if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in top if isinstance(node, ast.ImportFrom)}
    assert not names & POSIX_ONLY
    own = {name.removeprefix("grader.sandbox.").split(".")[0] for name in names if name.startswith("grader.sandbox.")}
    assert own <= {*EVERYWHERE, "loader"}


def test_a_child_that_is_killed_is_replaced(plain: Sandbox) -> None:
    with open_session(plain, "def f(x): return x", "f") as session:
        session.workers.dialogue.process._process.kill()  # type: ignore[attr-defined]
        time.sleep(0.05)
        assert session.call("f", cases((1,), (2,)), QUICK) == [Returned(value=1), Returned(value=2)]


def test_who_asks_for_input_finds_nobody_there(plain: Sandbox) -> None:
    (outcome,) = run(plain, "def f(x): return input()", 1)
    assert isinstance(outcome, Raised)
    assert outcome.type == "EOFError"
