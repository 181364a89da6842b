"""What a pipe that breaks means: our reader left, or a process of our own did. And odd places to be started from."""

import os
import shutil
import subprocess
import sys

import pytest

BROKEN = """
import errno, sys
from grader import cli
def broken(*_arguments):
    raise BrokenPipeError(errno.EPIPE, "Broken pipe")
cli.group.invoke = broken
sys.exit(cli.run(["demo"]))
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes there break in another way")


def ended(stdout):
    done = subprocess.run([sys.executable, "-c", BROKEN], stdout=stdout, stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stderr.decode()


@pytest.fixture
def unread():
    """A pipe whose reader has left."""
    read, write = os.pipe()
    os.close(read)
    yield write
    os.close(write)


def test_when_the_reader_of_our_output_leaves_there_is_nothing_to_say(unread):
    assert ended(unread) == (0, "")


def test_help_can_be_cut_off(unread):
    command = [sys.executable, "-m", "grader", "--help"]
    done = subprocess.run(command, stdout=unread, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_long_feedback_can_be_cut_off(sample, unread):
    command = [sys.executable, "-m", "grader", "grade", "--no-gradebook", "--quiet", "--course", str(sample.parents[2])]
    done = subprocess.run([*command, str(sample)], stdout=unread, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.fixture
def sample(sample_course):
    return sample_course / "exercises" / "one_neuron" / "one_neuron.py"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_command_needs_no_standard_streams(sample, closed):
    whole = f'"{sys.executable}" -m grader check "{sample}" {closed}'
    done = subprocess.run(["sh", "-c", whole], capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr  # blanks
    assert ("public checks passed" in done.stdout) == (">&-" not in closed.replace("2>&-", ""))
    assert "Traceback" not in done.stderr


def test_a_starter_that_ignores_the_end_of_children_changes_nothing(sample, tmp_path):
    ignoring = (
        "import os, signal, sys; signal.signal(signal.SIGCHLD, signal.SIG_IGN); os.execv(sys.executable, sys.argv[1:])"
    )
    dying = tmp_path / "dying.py"
    dying.write_text("# grader: assignment=one_neuron\nimport os\ndef sigmoid(z):\n    os._exit(0)\n")
    course = str(sample.parents[2])
    command = [sys.executable, "-m", "grader", "grade", "--no-gradebook", "--course", course, str(dying)]
    plain = subprocess.run(command, capture_output=True, text=True, check=False)
    done = subprocess.run([sys.executable, "-c", ignoring, *command], capture_output=True, text=True, check=False)
    assert plain.returncode == 0, plain.stderr
    assert (done.returncode, done.stdout) == (plain.returncode, plain.stdout)


def test_in_a_folder_that_is_gone_a_command_says_so(tmp_path, sample):
    (tmp_path / "gone").mkdir()
    whole = f'cd "{tmp_path}/gone" && rmdir ../gone && "{sys.executable}" -m grader grade "{sample}"'
    done = subprocess.run(["sh", "-c", whole], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is gone" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("stdout", [subprocess.PIPE, subprocess.DEVNULL])
def test_when_a_process_of_our_own_leaves_the_run_is_not_done(stdout):
    code, said = ended(stdout)
    assert code == 3
    assert "Run the same command again" in said


TWICE = """
import os, signal
from grader.cli.flows.grade import finishing_on_interrupt
from grader.cli.voice import speaking
class Run:
    def stop(self):
        print("stopping", flush=True)
with speaking({lang!r}), finishing_on_interrupt(Run(), recorded={recorded}):
    os.kill(os.getpid(), signal.SIGINT)
    os.kill(os.getpid(), signal.SIGINT)
print("went on")
"""


@pytest.mark.parametrize(
    ("lang", "recorded", "last"),
    [
        ("en", True, "Interrupted at once: what was recorded is kept, and the same command goes on from there."),
        ("en", False, "Interrupted at once: nothing was recorded."),
        ("zh-CN", False, "已立即中断：没有记录任何结果。"),
    ],
)
def test_a_second_ctrl_c_leaves_with_one_line(lang, recorded, last):
    source = TWICE.format(lang=lang, recorded=recorded)
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", source], capture_output=True, check=False)
    assert done.returncode == 130
    assert done.stdout.split() == [b"stopping"]
    assert done.stderr.decode().splitlines()[-1] == last


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_output_to_a_full_disk_ends_in_a_sentence(sample, form):
    command = [sys.executable, "-m", "grader", "grade", "--no-gradebook", "--course", str(sample.parents[2])]
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [*command, "--format", form, str(sample)], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert "can't be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("command", ["release", "audit"])
def test_an_interrupted_command_says_where_in_an_authors_code_it_was(command, sample_course, tmp_path):
    course = shutil.copytree(sample_course, tmp_path / "course")
    reference = course / "solutions" / "one_neuron" / "reference.py"
    source = reference.read_text(encoding="utf-8")
    # As Ctrl-C in an endless loop, at a moment that is known.
    held = source.replace("### BEGIN SOLUTION\n", "### BEGIN SOLUTION\n    raise KeyboardInterrupt\n", 1)
    assert held != source
    reference.write_text(held, encoding="utf-8")
    line = held.splitlines().index("    raise KeyboardInterrupt") + 1
    whole = [sys.executable, "-m", "grader", command, "--course", str(course)]
    done = subprocess.run(whole, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "500"})
    assert done.returncode == 130
    assert f"Interrupted in {reference}, line {line}, in " in done.stderr
    assert "Traceback" not in done.stderr
