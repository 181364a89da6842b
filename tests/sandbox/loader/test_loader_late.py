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


def test_a_default_that_could_not_be_read_here_does_not_cost_the_function() -> None:
    cells = (
        "import numpy as np\ntrain = np.load('train.npy')",
        "def sigmoid(z=train['X'], *, k=train, one=1):\n    return one / (1 + np.exp(-z))",
    )
    loaded = load(program(*cells), [SIGMOID])
    assert came_to(loaded, "sigmoid", np.zeros(1)) == "[0.5]"
    skipped = [note.params["text"] for note in loaded.notes() if note.code == "skipped.statement"]
    assert skipped == ["train = np.load('train.npy')"]


def test_a_default_that_nothing_lacks_stays_as_it_is() -> None:
    cell = "import numpy as np\ndef sigmoid(z, k=lost, half=1 / 2):\n    return half if k is None else z\n"
    assert came_to(load(program(cell), [SIGMOID]), "sigmoid", 3) == "0.5"
