"""What stands in for modules that are not installed, and for plotting, which no mark depends on."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any

PLOTTING = frozenset((
    "matplotlib", "mpl_toolkits", "seaborn", "plotly", "bokeh", "IPython", "ipywidgets", "matplotlib_inline",
))  # fmt: skip
"""Modules that only show something: their calls do nothing, whether they are installed or not."""


class Absent:
    """A module, or something of it, that is not there: any use of it but a look at an attribute says its name."""

    def __init__(self, module: str, name: str = "") -> None:
        object.__setattr__(self, "_absent", (module, name or module))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        module, path = object.__getattribute__(self, "_absent")
        return Absent(module, f"{path}.{name}")

    def _say(self, *_: Any, **__: Any) -> Any:
        module, path = object.__getattribute__(self, "_absent")
        top = module.partition(".")[0]
        raise ModuleNotFoundError(f"{path} is not available here: no module named {top!r}", name=top)

    __call__ = __getitem__ = __setitem__ = __delitem__ = __iter__ = __len__ = __contains__ = __enter__ = __exit__ = _say
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __matmul__ = _say
    __rmatmul__ = __pow__ = __rpow__ = __mod__ = __neg__ = __float__ = __int__ = __index__ = __lt__ = __le__ = _say
    __gt__ = __ge__ = __array__ = __bool__ = _say


class Inert:
    """Something of a plotting module: it takes every call and does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _subplots if name == "subplots" else Inert()

    def __call__(self, *_: Any, **__: Any) -> Inert:
        """Do nothing."""
        return Inert()

    def __getitem__(self, _: Any) -> Inert:
        return Inert()

    def __setitem__(self, _: Any, __: Any) -> None:
        """Accept and forget."""

    def __iter__(self) -> Iterator[Inert]:
        return iter([Inert()])

    def __enter__(self) -> Inert:
        return self

    def __exit__(self, *_: Any) -> None:
        """End like any other block."""


def _subplots(*_: Any, **__: Any) -> tuple[Inert, Inert]:
    return Inert(), Inert()


class AbsentModule(types.ModuleType):
    """A module that is not installed. Importing it, or a name of it, works; using it says what is missing."""

    __all__: tuple[str, ...] = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if name == "__path__":
            return []
        return Absent(self.__name__, f"{self.__name__}.{name}")


class PlottingModule(types.ModuleType):
    """A plotting module of which every name is inert."""

    __all__ = ("axis", "figure", "imshow", "legend", "plot", "scatter", "show", "subplot", "title", "xlabel", "ylabel")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _subplots if name == "subplots" else Inert()


def _same(function: Any = None, *_: Any, **__: Any) -> Any:
    """Stand for a decorator that only makes things faster, used with or without arguments."""
    return function if callable(function) else _same


class Bar(Inert):
    """A progress bar that shows nothing: what it is made around is gone through, and every other use does nothing."""

    def __init__(self, iterable: Iterable[Any] | None = None, *_: Any, **__: Any) -> None:
        self._iterable = () if iterable is None else iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self._iterable)

    def __len__(self) -> int:
        return len(self._iterable)  # type: ignore[arg-type]

    @staticmethod
    def write(*_: Any, **__: Any) -> None:
        """Print nothing beside the bar."""


def _bar_of_range(*arguments: int, **_: Any) -> Bar:
    return Bar(range(*arguments))


_BARS: dict[str, Callable[..., Any]] = {"tqdm": Bar, "trange": _bar_of_range}
KNOWN: dict[str, dict[str, Callable[..., Any]]] = {
    "numba": dict.fromkeys(("jit", "njit", "vectorize", "guvectorize"), _same) | {"prange": range},
    "tqdm": _BARS | {"tqdm_notebook": Bar, "tnrange": _bar_of_range},
    "tqdm.notebook": _BARS,
    "tqdm.auto": _BARS,
}
"""Modules that change nothing about a result, with what does their work where they aren't installed."""


def absent_module(name: str) -> types.ModuleType:
    """Return the stand-in of a module that is not installed."""
    module = AbsentModule(name)
    for key, value in KNOWN.get(name, {}).items():
        setattr(module, key, value)
    if name == "tqdm":
        module.notebook = module.auto = module  # type: ignore[attr-defined]
    return module
