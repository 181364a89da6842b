"""What a program can change around itself in its process, put back before it is loaded once more."""

from __future__ import annotations

import builtins
import functools
import gc
import math
import random
import types
import warnings
from typing import Final

import numpy as np

# Taken where workers are forked from, before any program: no worker pays for it.
_MODULES: Final = {module: dict(vars(module)) for module in (builtins, math, random, np, np.linalg, np.random)}


class Surroundings:
    """The state of Python and numpy that calls share, as it is before a program is loaded."""

    def __init__(self) -> None:
        self._numpys_numbers = np.random.get_state()  # noqa: NPY002 - students call the old generator
        self._pythons_numbers = random.getstate()
        self._errors = np.geterr()
        self._printing = np.get_printoptions()
        self._filters = warnings.filters[:]

    def put_back(self, *, only_drawn: bool = False) -> None:
        """Make all that as it was, as far as a program of good will can have changed it.

        With `only_drawn` it has drawn numbers at most, as is known: to look at the rest costs a page for each name.
        """
        np.random.set_state(self._numpys_numbers)  # noqa: NPY002
        random.setstate(self._pythons_numbers)
        if only_drawn:
            return
        gc.enable()
        gc.collect()
        for module, names in _MODULES.items():
            _put_back(module, names)
        np.seterr(**self._errors)
        np.set_printoptions(**self._printing)
        warnings.filters[:] = self._filters  # type: ignore[index]


@functools.cache
def surroundings() -> Surroundings:
    """Return the state as it was when this was first called: where workers are forked from, and before any program."""
    return Surroundings()


def _put_back(module: types.ModuleType, names: dict[str, object]) -> None:
    space = vars(module)
    for name, value in list(space.items()):
        # numpy loads some of its parts when they are first named.
        if name not in names and not isinstance(value, types.ModuleType):
            del space[name]
    for name, value in names.items():
        if space.get(name, space) is not value:
            space[name] = value
