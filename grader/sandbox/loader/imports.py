"""The import statement of student code: siblings first, then what is installed, then stand-ins that say their names."""

from __future__ import annotations

import ast
import builtins
import sys
import types
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from grader.model import Note
from grader.sandbox.loader.old_numpy import put_back
from grader.sandbox.loader.standins import PLOTTING, Absent, PlottingModule, absent_module

_STANDARD = sys.stdlib_module_names | {"numpy", "grader"}
_PYLAB = frozenset({"pylab"})


class Importer:
    """Takes the place of `__import__` in student code."""

    def __init__(self, siblings: Mapping[str, str], run_sibling: Callable[[str, str, dict[str, Any]], None],
                 note: Callable[[Note], None], trees: Callable[[str], Sequence[ast.AST]]) -> None:  # fmt: skip
        self._siblings = {name.removesuffix(".py"): source for name, source in siblings.items() if name.endswith(".py")}
        self._run_sibling = run_sibling
        self._note = note
        self._trees = trees
        self._loaded: dict[str, types.ModuleType] = {}
        self._missing: set[str] = set()

    def __call__(self, name: str, _: Any = None, __: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        """Import as the interpreter asks: return the top module, or with `fromlist` the module itself.

        The interpreter passes the caller's globals and locals as well, by position.
        """
        fromlist = fromlist or ()
        top = name.partition(".")[0]
        if top in self._siblings and top not in _STANDARD:
            return self._sibling(top)
        if level:
            return self._relative(name, fromlist)
        if top in PLOTTING and name != "matplotlib.pylab":
            return PlottingModule(name)
        if top in _PYLAB or name == "matplotlib.pylab":
            return self._pylab()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                module = builtins.__import__(name, None, None, fromlist, 0)
        except Exception:
            if self._is_guarded():
                raise
            return self._absent(name, bool(fromlist))
        wanting = [part for part in fromlist if part != "*" and not _has(module, part)]
        return self._patched(module, fromlist, wanting) if wanting else module

    def _sibling(self, name: str) -> types.ModuleType:
        """Run a file that was handed in beside this one, once."""
        module = self._loaded.get(name)
        if module is None:
            module = self._loaded[name] = types.ModuleType(name)
            module.__dict__["__file__"] = f"{name}.py"
            self._run_sibling(name, self._siblings[name], module.__dict__)
        return module

    def _relative(self, name: str, fromlist: Sequence[str]) -> Any:
        if name:
            return self._absent(name, True)
        package = types.ModuleType("submission")
        for part in fromlist:
            setattr(package, part, self._sibling(part) if part in self._siblings else Absent(part))
        return package

    def _pylab(self) -> types.ModuleType:
        import numpy as np

        module = PlottingModule("pylab")
        names = [name for name in dir(np) if not name.startswith("_") and name in np.__all__]
        for name in names:
            setattr(module, name, getattr(np, name))
        module.__dict__["np"] = np
        module.__dict__["__all__"] = [*PlottingModule.__all__, *names, "np"]
        return module

    def _absent(self, name: str, whole: bool) -> types.ModuleType:
        top = name.partition(".")[0]
        if top not in self._missing:
            self._missing.add(top)
            self._note(Note(code="module.missing", params={"name": top}))
        return absent_module(name if whole else top)

    def _patched(self, module: types.ModuleType, fromlist: Sequence[str], wanting: list[str]) -> types.ModuleType:
        """Return a module that has what is asked for: the real names, and stand-ins for those that are gone."""
        if module.__name__ == "numpy":
            for name in put_back(wanting):
                self._note(Note(code="numpy.removed", params={"name": name}))
            wanting = [name for name in wanting if not _has(module, name)]
            if not wanting:
                return module
        if self._is_guarded() or module.__name__.partition(".")[0] in sys.stdlib_module_names:
            return module
        view = types.ModuleType(module.__name__)
        for name in fromlist:
            value = (
                Absent(module.__name__, f"{module.__name__}.{name}") if name in wanting else getattr(module, name, None)
            )
            setattr(view, name, value)
        self._note(Note(code="module.missing", params={"name": f"{module.__name__}.{wanting[0]}"}))
        return view

    def _is_guarded(self) -> bool:
        """Whether the import that runs stands in a `try` that handles its failure."""
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename == __file__:
            frame = frame.f_back
        if frame is None:
            return False
        file, line = frame.f_code.co_filename, frame.f_lineno
        for tree in self._trees(file):
            for node in ast.walk(tree):
                if isinstance(node, ast.Try) and node.handlers and any(
                    inner.lineno <= line <= (inner.end_lineno or line) for inner in node.body
                ):  # fmt: skip
                    return True
        return False


def _has(module: types.ModuleType, name: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            getattr(module, name)
    except Exception:
        return False
    return True
