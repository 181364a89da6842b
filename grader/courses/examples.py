"""Small inputs to show a mistake by: drawn from the author's own generators under a secret of their own, made small.

They are other inputs than the hidden ones by construction - another secret gives other seeds - and whatever equals a
hidden case all the same, such as a single zero, is left out. What an author wrote down as an example is not used. What
a generator makes alike each time, such as a fixed table that goes with random numbers, is shown as it is.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

import numpy as np

from grader.authoring import Check, Question, Values, Visibility
from grader.courses.cases import Args, derive, fresh, generator
from grader.courses.codec import find_uncarriable
from grader.courses.naming import is_answer, question_name
from grader.courses.references import LoadedAssignment, quietly
from grader.judging.values import Array
from grader.model import AnswerKey

DRAWN = 5
"""How many inputs are drawn from each generator."""
ALIKE = 3
"""How many inputs of one size there are at most."""
MOST = 48
"""How many inputs there are for a check."""
LARGEST = 8
"""How many of them are as large as they were drawn."""
SMALL = (1, 2, 3)
DIGITS = (0, 1, None)
Fresh = Mapping[str, Mapping[str, tuple[Args, ...]]]
"""Question to name of a check to inputs, the simplest first."""


def fresh_inputs(loaded: LoadedAssignment, key: AnswerKey, secret: bytes) -> Fresh:
    """Return inputs for the hidden checks of values of an assignment; `key` is the one that `secret` gives.

    The author's generators are run here: call it from the main thread only, since it silences what they print.
    """
    other = hmac.new(secret, b"examples to show", hashlib.sha256).digest()
    hidden = {question.name: [case.args for case in question.cases] for question in key.questions}
    with quietly():
        return {
            question_name(question): _of_question(question, loaded.assignment.slug, other, hidden)
            for question in loaded.assignment.questions
            if not is_answer(question)
        }


def _of_question(
    question: Question, slug: str, secret: bytes, known: Mapping[str, Iterable[Args]]
) -> dict[str, tuple[Args, ...]]:
    """Return the inputs for each check; one without a generator gets those of the question's others."""
    name = question_name(question)
    taken = {text for args in known[name] if (text := plain(args)) is not None}
    checks = [check for check in question.checks if _shows(check)]
    pools: dict[object, tuple[Args, ...]] = {}
    for check in checks:
        if check.inputs is not None and check.inputs not in pools:
            pools[check.inputs] = small(_drawn(check, slug, name, secret), taken)
    made = {check.name: pools[check.inputs] for check in checks if check.inputs is not None}
    every = tuple(sorted({plain(args): args for each in made.values() for args in each}.values(), key=simplicity))
    return {check.name: made.get(check.name, every) for check in checks if check.visibility == Visibility.HIDDEN}


def _shows(check: Check) -> bool:
    return isinstance(check.kind, Values) and check.scenario is None


def _drawn(check: Check, slug: str, question: str, secret: bytes) -> Iterator[Args]:
    """Yield what a check's generator makes. One that fails under these seeds gives nothing to show."""
    assert check.inputs is not None
    name = getattr(check.inputs, "__name__", type(check.inputs).__name__)
    for index in range(DRAWN):
        try:
            args = check.inputs(generator(derive(secret, slug, question, name, index)))
        except (Exception, SystemExit):
            continue
        if isinstance(args, tuple):
            yield fresh(args)


def small(drawn: Iterable[Args], taken: Iterable[str] = ()) -> tuple[Args, ...]:
    """Return small forms of some inputs, and these themselves, the simplest first; none that is `taken`, nor any form
    of such."""
    known = set(taken)
    drawn = [args for args in drawn if plain(args) not in known]
    found: list[Args] = []
    for args in drawn:
        found += _new([args, *(_rounded_all(args, digits) for digits in DIGITS)], known)
    found = sorted(found, key=simplicity)[-LARGEST:]
    ways = sorted({way for args in drawn for way in _ways(args)}, key=lambda way: (way.weight, repr(way)))
    alike = max(1, min(ALIKE, MOST // max(1, len(ways))))
    for turn, way in enumerate(ways):
        # Another draw comes first each time, so that no one draw's chances decide.
        turned = [*drawn[turn % len(drawn) :], *drawn[: turn % len(drawn)]]
        shrunk = [way.apply(args) for args in turned]
        forms = (_rounded_all(args, digits) for digits in DIGITS for args in shrunk)
        found += islice(_new(forms, known), alike)
        if len(found) >= MOST:
            break
    return tuple(sorted(found, key=simplicity))


def _new(forms: Iterable[Args], known: set[str]) -> Iterator[Args]:
    """Yield the inputs that are not known yet, which then are."""
    for form in forms:
        text = plain(form)
        if text is not None and text not in known:
            known.add(text)
            yield form


def simplicity(args: Args) -> tuple[int, int, str]:
    """Return what inputs are ordered by: how many entries they have, how long they are to write, and their text."""
    text = repr(args)
    return sum(map(_weight, args)), len(text), text


def plain(args: Args) -> str | None:
    """Return inputs as text in which only what is shown of them counts: the shapes and the first six digits.

    No order in memory, no kind of number, and a list of numbers is an array: inputs that look alike are the same.
    """
    if any(find_uncarriable(arg) is not None for arg in args):
        return None
    return repr([_leveled(arg) for arg in args])


def _leveled(arg: Any) -> Any:
    numbers = _numbers(arg)
    if numbers is not None:
        return numbers.shape, hashlib.sha256(_leading_digits(numbers)).hexdigest()
    if isinstance(arg, dict):
        return {name: _leveled(each) for name, each in arg.items()}
    if isinstance(arg, (list, tuple)):
        return [_leveled(each) for each in arg]
    return arg


def _numbers(arg: Any) -> Array | None:
    """Return a number, an array or a list of such of one shape as an array; None for anything else."""
    if isinstance(arg, (list, tuple)):
        parts = [_numbers(each) for each in arg]
        shapes = {None if part is None else part.shape for part in parts}
        if len(shapes) != 1 or None in shapes:
            return None
        return np.stack([part for part in parts if part is not None])
    if not isinstance(arg, (bool, int, float, complex, np.ndarray, np.generic)):
        return None
    try:
        return np.asarray(arg).astype(complex)
    except OverflowError:  # a whole number that no float holds
        return None


def _leading_digits(numbers: Array) -> bytes:
    """Return the first six digits of numbers with their exponents; of what has none, itself."""
    parts = np.stack([numbers.real, numbers.imag])
    with np.errstate(all="ignore"):
        exponents = np.floor(np.log10(np.abs(parts)))
        digits = np.where(np.isfinite(exponents), np.rint(parts / 10.0 ** (exponents - 5)), parts)
        carried = np.isfinite(parts) & (np.abs(digits) == 1e6)  # 9.9999999 is 10
        digits, exponents = np.where(carried, digits / 10, digits), exponents + carried
    return np.stack([digits + 0.0, exponents]).tobytes()


# --- making inputs small ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to make inputs smaller: axes longer than a size are cut to it, in order of their lengths; whole numbers
    are at most `count`."""

    sizes: tuple[int, ...]
    count: int | None

    @property
    def weight(self) -> int:
        """Return how large what comes of it is."""
        return sum(self.sizes) + (self.count or 0)

    def apply(self, args: Args) -> Args:
        """Cut inputs: arguments that fit together still do."""
        cut = dict(zip(_lengths(args), self.sizes, strict=False))
        return tuple(_counted(_cut(arg, cut), self.count) for arg in fresh(args))


def _ways(args: Args) -> Iterator[_Way]:
    lengths = _lengths(args)
    if len(lengths) > len(SMALL):
        lengths = lengths[: len(SMALL)]
    counts = SMALL if any(_is_whole(arg) for arg in args) else (None,)
    for sizes in product(SMALL, repeat=len(lengths)):
        if all(short <= length for short, length in zip(sizes, lengths, strict=True)):
            yield from (_Way(sizes, count) for count in counts)


def _lengths(args: Args) -> list[int]:
    """Return the lengths of axes that are more than 1, the shortest first."""
    return sorted({size for arg in args if isinstance(arg, np.ndarray) for size in arg.shape if size > 1})


def _cut(arg: Any, cut: Mapping[int, int]) -> Any:
    if not isinstance(arg, np.ndarray):
        return arg
    return arg[tuple(slice(min(cut.get(length, length), length)) for length in arg.shape)].copy()


def _rounded_all(args: Args, digits: int | None) -> Args:
    return tuple(_rounded(arg, digits) for arg in fresh(args))


def _rounded(arg: Any, digits: int | None) -> Any:
    """Round an array to so many digits after the point, and a single fraction to one digit more that counts."""
    if digits is None:
        return arg
    if isinstance(arg, np.ndarray) and arg.dtype.kind == "f":
        return np.round(arg, digits) + 0.0
    if isinstance(arg, float):
        return float(f"{arg:.{digits + 1}g}") + 0.0
    return arg


def _counted(arg: Any, count: int | None) -> Any:
    return min(arg, count) if count is not None and _is_whole(arg) else arg


def _is_whole(arg: Any) -> bool:
    return isinstance(arg, int) and not isinstance(arg, bool)


def _weight(arg: Any) -> int:
    if isinstance(arg, np.ndarray):
        return arg.size
    return min(arg, MOST) if _is_whole(arg) and arg > 0 else 1
