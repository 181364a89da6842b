"""Running the whole program takes too long, as on a busy machine: what was found before is still there."""

from __future__ import annotations

import numpy as np
import pytest
from loader_programs import SIGMOID, came_to, program

from grader.model import Wanted
from grader.sandbox.loader import load, running

PREDICT = Wanted(name="predict", parameters=("X",), uses=("sigmoid",))


@pytest.mark.parametrize(
    "definition", ["def {}(z):\n    return {}\n", "{} = np.vectorize(lambda z: {}, otypes=[float])"]
)
def test_functions_stay_where_there_is_no_time_for_all_statements(
    monkeypatch: pytest.MonkeyPatch, definition: str
) -> None:
    monkeypatch.setattr(running, "ALL_STATEMENTS", 0)
    cells = (
        "import numpy as np\nnum_px = load_dataset()",
        definition.format("sigmoid", "1 / (1 + np.exp(-z))"),
        definition.format("predict", "sigmoid(z) + num_px"),
    )
    loaded = load(program(*cells), [SIGMOID, PREDICT])
    assert came_to(loaded, "predict", np.zeros(1)) == "NameError"
    assert came_to(loaded, "sigmoid", np.zeros(1)) == "[0.5]"
    assert came_to(loaded, "predict", np.zeros(1)) == "NameError"
