"""What a call leaves out: the student's own default, or else the stub's, which older templates don't have."""

from __future__ import annotations

import pytest
from loader_programs import script

from grader.model import Wanted
from grader.sandbox.loader import load

OPTIMIZE = Wanted(
    name="optimize",
    parameters=("w", "steps", "rate", "show"),
    stub="def optimize(w, steps=100, rate=0.5, show=False):\n    raise NotImplementedError\n",
)


@pytest.mark.parametrize(
    ("signature", "given", "expected"),
    [
        ("w, steps, rate, show=True", (1,), (1, 100, 0.5, True)),
        ("w, steps, rate, show=True", (1, 2), (1, 2, 0.5, True)),
        ("w, steps, rate, show=True", (1, 2, 3, 4), (1, 2, 3, 4)),
        ("w, steps=7, rate=8, show=9", (1,), (1, 7, 8, 9)),
        ("rate, w, steps=7, show=9", (1,), (1, 7, 0.5, 9)),
        ("weights, num_interations, lr, show=9", (1,), (1, 100, 0.5, 9)),
        ("w, *, steps, rate=8, show=9", (1,), (1, 100, 8, 9)),
    ],
)
def test_what_a_student_requires_and_a_call_leaves_out_is_the_stubs(
    signature: str, given: tuple[int, ...], expected: tuple[object, ...]
) -> None:
    steps, rate = ("num_interations", "lr") if "lr" in signature else ("steps", "rate")
    first = "weights" if "weights" in signature else "w"
    source = f"def optimize({signature}):\n    total = {first}\n    return {first}, {steps}, {rate}, show\n"
    assert load(script(source), [OPTIMIZE]).functions["optimize"](*given) == expected


def test_without_a_stub_a_parameter_that_is_not_given_is_an_error() -> None:
    wanted = Wanted(name="optimize", parameters=OPTIMIZE.parameters)
    loaded = load(script("def optimize(w, steps, rate, show):\n    return w\n"), [wanted])
    with pytest.raises(TypeError):
        loaded.functions["optimize"](1)
