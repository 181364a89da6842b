"""`check()` in a real Jupyter kernel; its HTML in a real browser, where one is installed."""

import os
import shutil
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

import grader

ROOT = Path(grader.__file__).parents[1]
EXERCISE = ROOT / "exercises" / "logistic_regression"
BROWSER = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
CODE = """
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def propagate(w, b, X, Y):
    A = sigmoid(w.T @ X + b)
    cost = -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    return {"dw": X @ (A - Y).T, "db": np.mean(A - Y)}, cost

def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    return {"w": w, "b": b}, grads, costs
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """Run a notebook once; return the bundles that `check` displayed."""
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    folder = tmp_path_factory.mktemp("notebook")
    shutil.copy(EXERCISE / "checks.json", folder)
    cells = [CODE, "from grader import check\ncheck('propagate')", "check('optimize')", "check('sigmoid')"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    os.environ["PYTHONPATH"], before = str(ROOT), os.environ.get("PYTHONPATH")
    try:
        # A process of its own: the client's event loop and sockets are not this test-suite's.
        path = folder / "notebook.ipynb"
        nbformat.write(notebook, path)
        run = (
            "import sys, nbformat, nbclient; path = sys.argv[1]; book = nbformat.read(path, 4);"
            "nbclient.NotebookClient(book, timeout=120).execute(cwd=sys.argv[2]); nbformat.write(book, path)"
        )
        subprocess.run(
            [sys.executable, "-c", run, str(path), str(folder)], check=True, capture_output=True, timeout=180
        )
        done = nbformat.read(path, 4)
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    assert nbclient
    assert sorted(each.name for each in folder.iterdir()) == ["checks.json", "notebook.ipynb"], "nothing is saved"
    return [output["data"] for cell in done.cells for output in cell.get("outputs", ())]


def test_the_feedback_is_html_with_text_for_frontends_without(outputs):
    assert len(outputs) == 3
    for bundle in outputs:
        assert "<div" in bundle["text/html"]
        assert "<div" not in bundle["text/plain"]
    assert "Every number is the right one times m." in outputs[0]["text/html"]
    assert "Every number is the right one times m." in outputs[0]["text/plain"]


def test_the_costs_of_a_descent_are_drawn_against_the_expected_ones(outputs):
    assert outputs[1]["text/html"].count("<polyline") == 2
    assert "<polyline" not in outputs[2]["text/html"]


@pytest.mark.skipif(BROWSER is None, reason="needs a browser: apt-get install chromium")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_browser_draws_it_readably(outputs, tmp_path, theme):
    """The marked entries are drawn on their own colour, in a light and in a dark notebook."""
    paper, ink = ("#ffffff", "#1f2328") if theme == "light" else ("#111111", "#dddddd")
    page = tmp_path / "page.html"
    page.write_text(
        f'<!doctype html><meta charset="utf-8"><body data-jp-theme-light="{str(theme == "light").lower()}" '
        f'style="margin:0;background:{paper};--jp-ui-font-color1:{ink}">{outputs[0]["text/html"]}',
        encoding="utf-8",
    )
    shot = tmp_path / "shot.png"
    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=800,500"]
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    subprocess.run(
        [BROWSER, *arguments, profile, f"--screenshot={shot}", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pixels = rows_of(shot.read_bytes())
    colours = {pixel for row in pixels for pixel in row}
    background = tuple(bytes.fromhex(paper[1:]))
    assert pixels[-1][-1] == background
    reddish = [colour for colour in colours if colour[0] > colour[1] + 12 and abs(colour[1] - colour[2]) < 12]
    assert reddish, "the entries that differ stand on a colour of their own"
    last = max(number for number, row in enumerate(pixels) if any(pixel != background for pixel in row))
    assert 150 < last < 480, "it has a height, and fits the window"
    assert all(row[-40:] == [background] * 40 for row in pixels), "nothing runs out of its column"


def rows_of(png):
    """Decode a PNG of 8 bits a channel into rows of (red, green, blue)."""
    at, data, width, channels = 8, b"", 0, 3
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, _, depth, colour = struct.unpack(">IIBB", body[:10])
            assert depth == 8
            channels = {2: 3, 6: 4}[colour]
        elif kind == b"IDAT":
            data += body
        at += 12 + size
    raw, stride = zlib.decompress(data), width * channels
    before, rows = bytearray(stride), []
    for start in range(0, len(raw), stride + 1):
        row = bytearray(raw[start + 1 : start + 1 + stride])
        undo(raw[start], row, before, channels)
        rows.append([tuple(row[x : x + 3]) for x in range(0, stride, channels)])
        before = row
    return rows


def undo(kind, row, before, step):
    """Undo the filter of one row in place, as the PNG standard numbers them."""
    for x in range(len(row)):
        left = row[x - step] if x >= step else 0
        up, corner = before[x], before[x - step] if x >= step else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = up
        elif kind == 3:
            guess = (left + up) // 2
        elif kind == 4:
            near = left + up - corner
            guess = min((left, up, corner), key=lambda value: abs(near - value))
        else:
            return
        row[x] = (row[x] + guess) & 255
