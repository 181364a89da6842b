"""What `grader check` has imported by the time its child starts: the child imports numpy, and must not wait for us."""

import subprocess
import sys

LATER = {"click", "dataclasses", "json", "numpy", "pathlib", "rich_click", "sysconfig", "tempfile"}


def imported(code):
    """Return what a fresh Python without its site packages' hooks imports."""
    listing = f"import sys; sys.path[:] = {sys.path!r}; before = set(sys.modules)\n{code}"
    done = subprocess.run([sys.executable, "-S", "-c", listing], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.split())


def test_next_to_nothing_is_imported_before_the_child_starts():
    found = imported(
        "import subprocess\n"
        "class Started(Exception): pass\n"
        "def start(*command, **more): raise Started\n"
        "subprocess.Popen = start\n"
        "sys.argv = ['grader', 'check', 'file.py']\n"
        "from grader.__main__ import run\n"
        "try:\n    run()\nexcept Started:\n    print(*sys.modules)\n"
    )
    assert "grader.sandbox.process" in found
    assert not found & LATER


def test_a_plain_run_looks_up_nothing_of_rich_tables_or_settings():
    found = imported("import grader.cli.flows.check\nprint(*sys.modules)")
    assert not found & {"rich.table", "rich.console", "sqlalchemy", "nbformat", "jinja2", "asyncio", "watchfiles"}


def test_arguments_are_read_without_rich():
    found = imported("import grader.cli, grader.cli.check\nprint(*sys.modules)")
    assert "click" in found
    assert not found & {"rich_click", "rich", "numpy"}
