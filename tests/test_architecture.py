"""The house stands as the README draws it: imports point down, nothing goes round in circles, start-up stays light."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import grader

PACKAGE = Path(grader.__file__).parent
LAYERS = [
    {"records"},
    {"authoring", "drafts", "pace", "saying", "text"},
    {"model"},
    {"errors"},
    {"policy"},
    {"judging"},
    {"learning", "shelf"},
    {"courses", "submissions", "sandbox", "gradebook", "reports"},
    {"slips", "examples", "repeats"},
    {"prepared"},
    {"scenarios"},
    {"follow_through"},
    {"marking"},
    {"grading"},
    {"batch", "desk"},
    {"cli"},
    {"pytest_plugin"},
    {"__main__"},
]
"""From the ground up: a layer may import those below it. Rooms of one layer do not import each other."""
HEAVY = {"numpy", "sqlalchemy", "nbformat", "jinja2", "watchfiles", "pandas", "IPython", "pytest", "distributed"}


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        if relative.parts[0] != "demo" and "templates" not in relative.parts:
            yield path, ".".join(("grader", *relative.with_suffix("").parts)).removesuffix(".__init__")


def imports_of(path, name):
    """Yield the grader modules that a module imports anywhere in it, type-checking imports included."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "grader")
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join(
                    [*package.split(".")[: len(package.split(".")) - node.level + 1], *([base] if base else [])]
                )
            if base.split(".")[0] == "grader":
                for alias in node.names:
                    submodule = PACKAGE.joinpath(*f"{base}.{alias.name}".split(".")[1:])
                    is_module = submodule.with_suffix(".py").exists() or (submodule / "__init__.py").exists()
                    yield f"{base}.{alias.name}" if is_module else base


def room(name):
    return name.split(".")[1] if "." in name else None


def level(name):
    return next((index for index, layer in enumerate(LAYERS) if room(name) in layer), None)


ALL = list(modules())


@pytest.mark.parametrize(("path", "name"), ALL, ids=[name for _, name in ALL])
def test_imports_point_down(path, name):
    if room(name) is None:
        return
    assert level(name) is not None, f"{name} belongs to no layer: add it to LAYERS or move it"
    for used in imports_of(path, name):
        if room(used) in (None, room(name)):
            continue
        assert level(used) < level(name), f"{name} imports {used}, which is not below it"


def test_there_are_no_cycles():
    graph = {name: {used for used in imports_of(path, name) if used != name} for path, name in ALL}
    # A package's __init__ re-exports its parts; a part that imports its own package's __init__ would be a cycle.
    done, path = set(), []

    def visit(name):
        if name in path:
            pytest.fail("cycle: " + " > ".join([*path[path.index(name) :], name]))
        if name in done or name not in graph:
            return
        path.append(name)
        for used in sorted(graph[name]):
            visit(used)
        path.pop()
        done.add(name)

    for name in graph:
        visit(name)


def loaded_by(*arguments, code="import sys; from grader.cli import run; run(sys.argv[1:])"):
    listing = f"{code}\nprint('LOADED', *sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", listing, *arguments], capture_output=True, text=True, timeout=60, check=True
    )
    return set(done.stdout.rpartition("LOADED")[2].split())


@pytest.mark.parametrize("arguments", [["--help"], ["grade", "--help"], ["check", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments):
    assert not loaded_by(*arguments) & HEAVY


def test_shell_completion_imports_nothing_heavy():
    code = (
        "import os, sys; os.environ.update(_GRADER_COMPLETE='bash_complete', COMP_WORDS='grader gra', COMP_CWORD='1')\n"
        "from grader.cli import run; run([])"
    )
    assert not loaded_by(code=code) & HEAVY


def test_the_authoring_api_is_sorted_and_whole():
    assert grader.__all__ == sorted(grader.__all__)
    assert all(hasattr(grader, name) for name in grader.__all__)


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert not [
        name for _, name in ALL if name.rpartition(".")[2] in {"utils", "util", "helpers", "helper", "common", "misc"}
    ]


def test_no_two_test_files_have_one_name():
    # Test folders are no packages, so that two modules of one name would be taken for one.
    names = [path.name for path in Path(__file__).parent.rglob("test_*.py")]
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})
