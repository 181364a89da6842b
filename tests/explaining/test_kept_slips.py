"""What slips came to is known in the next run: the same is said of a submission, and nothing is called again."""

import explained
import judged
import pytest

from grader.courses.slips import slips_of
from grader.judging.slips import CODE
from grader.sandbox.opening import open_process_sandbox
from grader.sandbox.wire import pack, unpack
from grader.shelf import Shelf
from grader.slips import Slips

SLUG = "numpy_basics"
NAME = "normalize_rows"


class Counting:
    """A sandbox that counts the sessions that are asked of it."""

    def __init__(self, sandbox):
        self.sandbox = sandbox
        self.level = sandbox.level
        self.sessions = 0

    def session(self, *args, **options):
        self.sessions += 1
        return self.sandbox.session(*args, **options)


@pytest.fixture(scope="module")
def said():
    """Explains a few wrong functions; returns what is said, and how many sessions were asked for."""
    question = judged.question(SLUG, NAME)
    sources = [slip.source.replace(slip.name, NAME) for slip in slips_of(judged.loaded(SLUG), NAME)[::4]]
    with open_process_sandbox() as sandbox, judged.quietly():
        outcomes = [explained.outcomes_of(judged.program(SLUG, source)[NAME], question) for source in sources]

        def explain(shelf, slips=lambda name: slips_of(judged.loaded(SLUG), name)):
            counting = Counting(sandbox)
            table = Slips(judged.key(SLUG).reference, slips, shelf)
            results = [
                table.explain(question, explained.result_of(question, each), each, counting) for each in outcomes
            ]
            table.keep()
            return results, counting.sessions

        yield explain


def test_the_same_is_said_with_a_warm_shelf_a_cold_one_a_damaged_one_and_none(said, tmp_path):
    shelf = Shelf(tmp_path, b"secret", "this grader", pack=pack, unpack=unpack)
    without, _ = said(None)
    cold, asked = said(shelf)
    assert asked
    assert any(check.code == CODE for result in cold for check in result.checks)

    def never(name):
        pytest.fail("the slips were made once more")

    warm, again = said(shelf, never)
    assert again == 0
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:100])
    damaged, anew = said(shelf)
    assert anew == asked
    assert without == cold == warm == damaged


def test_nothing_is_written_where_nothing_new_was_found_out(said, tmp_path):
    shelf = Shelf(tmp_path, b"secret", "this grader", pack=pack, unpack=unpack)
    said(shelf)
    (path,) = tmp_path.iterdir()
    before = path.stat().st_ino
    said(shelf)
    assert path.stat().st_ino == before
