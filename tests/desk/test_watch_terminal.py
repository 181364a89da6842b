"""`grader check --watch` in a real terminal, through tmux: what a student sees after saving and after each key."""

import os
import shutil
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

import grader

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux: apt-get install tmux")
PATIENCE = 30


class Terminal:
    """A tmux server of our own with one window of 80 columns and 24 lines."""

    def __init__(self, folder, *arguments):
        self.name = f"grader-{uuid.uuid4().hex[:12]}"
        self.folder = folder
        root = Path(grader.__file__).parents[1]
        start = f"'{sys.executable}' -m grader check {' '.join(arguments)}"
        command = f"trap : INT; cd '{folder}' && {start}; echo ended with $?; cat"
        environment = {**os.environ, "PYTHONPATH": str(root), "TERM": "screen", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        environment.pop("COLUMNS", None)
        self.tmux("new-session", "-d", "-x", "80", "-y", "24", "sh", "-c", command, environment=environment)

    def tmux(self, *arguments, environment=None):
        done = subprocess.run(
            ["tmux", "-L", self.name, "-f", "/dev/null", "-u", *arguments],
            capture_output=True, text=True, encoding="utf-8", env=environment, timeout=20, check=True,
        )  # fmt: skip
        return done.stdout

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def press(self, key):
        self.tmux("send-keys", key)

    def wait_for(self, *texts, gone=()):
        """Wait until the screen shows all the texts and none of those that should be gone; return it."""
        begin = time.monotonic()
        while time.monotonic() - begin < PATIENCE:
            screen = self.screen()
            if all(text in screen for text in texts) and not any(text in screen for text in gone):
                return screen
            time.sleep(0.05)
        pytest.fail(f"waited for {texts}, and the screen shows\n{screen}")

    def end(self):
        subprocess.run(["tmux", "-L", self.name, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def watched(desk, hand_in):
    (desk / "one_neuron.ipynb").unlink()
    (desk / "one_neuron.zh-CN.ipynb").unlink()
    hand_in(desk, "sample-full-marks")
    path = desk / "one_neuron.py"
    right = path.read_text(encoding="utf-8")
    wrong = right.replace("np.exp(-", "np.exp(")
    assert wrong != right
    path.write_text(wrong, encoding="utf-8")
    terminal = Terminal(desk, "--watch")
    yield terminal, path, right
    terminal.end()


def test_a_session_of_saves_and_keys(watched):
    terminal, path, right = watched
    first = terminal.wait_for("sigmoid", "of 4 done", "h hint")
    assert "Next: `sigmoid`" in first

    terminal.press("h")
    terminal.wait_for("?")
    terminal.press("l")
    listed = terminal.wait_for("one_neuron", gone=("instead of",))
    assert listed.count("✗") >= 1
    terminal.press("l")

    # As most editors save: another file takes the name.
    draft = path.with_name("draft.tmp")
    draft.write_text(right, encoding="utf-8")
    draft.replace(path)
    terminal.wait_for("`sigmoid` passes now", "4 of 4 done")

    path.write_text(right.replace("np.exp(-", "np.exp("), encoding="utf-8")
    terminal.wait_for("`sigmoid` passed before, and no longer does")

    terminal.press("q")
    after = terminal.wait_for("ended with 1")
    assert "q quit" not in after


def test_a_second_save_during_a_run_is_run_too(watched):
    terminal, path, right = watched
    terminal.wait_for("Next: `sigmoid`")
    slow = "import time\ntime.sleep(0.4)\n"
    path.write_text(slow + right.replace("np.exp(-", "np.exp("), encoding="utf-8")
    terminal.wait_for("running")
    path.write_text(right, encoding="utf-8")
    terminal.wait_for("4 of 4 done")


def test_q_ends_an_endless_loop_at_once(watched):
    terminal, path, _ = watched
    terminal.wait_for("Next: `sigmoid`")
    path.write_text("def sigmoid(z):\n    while True:\n        pass\n", encoding="utf-8")
    terminal.wait_for("running")
    begin = time.monotonic()
    terminal.press("q")
    terminal.wait_for("ended with")
    assert time.monotonic() - begin < 5


def test_the_terminal_is_as_before_after_ctrl_c(watched):
    terminal, _, _ = watched
    terminal.wait_for("h hint")
    terminal.press("C-c")
    screen = terminal.wait_for("ended with 130")
    assert "h hint" not in screen


def test_a_smaller_window_is_drawn_anew(watched):
    terminal, _, _ = watched
    terminal.wait_for("h hint")
    terminal.tmux("resize-window", "-x", "50", "-y", "12")
    screen = terminal.wait_for("h hint", "one_neuron", "─" * 50)
    assert len(screen.rstrip("\n").splitlines()) <= 12


def test_a_frame_never_scrolls_the_screen(watched):
    """Every frame is drawn over the one before: the title stays on the first line."""
    terminal, _, _ = watched
    terminal.wait_for("h hint")
    for _ in range(12):
        terminal.press("n")
        terminal.press("h")
        assert terminal.screen().startswith("one_neuron")
