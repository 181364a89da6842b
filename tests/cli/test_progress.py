"""How a run says how far it is: a bar on a terminal, plain lines elsewhere, nothing where it is to be quiet."""

import contextlib
import io
import sys
import threading
from collections import Counter
from decimal import Decimal
from queue import Queue

import pytest

from grader.batch.tally import Tally, Way, quantile
from grader.cli import voice
from grader.cli.flows.graded_class import at_a_glance
from grader.cli.flows.progress import _Told, duration, pace, progress, standings
from grader.cli.voice import calling_references, speaking


def tally_of(**standing):
    tally = Tally(verdicts=Counter(standing))
    tally.ways[Way.GRADED] = sum(standing.values())
    return tally


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        (0, 100, 1.0, ""),
        (5, 100, 0.0, ""),
        (50, 5000, 0.5, "100/s, 0:50 left"),
        (3, 9, 2.0, "1.5/s, 0:04 left"),
        (100, 100, 4.0, "25/s"),
        (2, 6, 60.0, "2.0/min, 2:00 left"),
        (10, 100_000, 10.0, "1.0/s, 27:46:30 left"),
    ],
)
def test_the_pace_is_told_with_the_time_left(done, total, seconds, said):
    assert pace(done, total, seconds) == said


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (59, "0:59"), (61, "1:01"), (3661, "1:01:01")])
def test_times_are_written_as_a_clock_does(seconds, said):
    assert duration(seconds) == said


def test_how_submissions_stand_is_counted_in_words():
    assert standings(tally_of(full=3, partial=1, incomplete=2)) == "3 full marks, 1 part, 2 incomplete"
    assert standings(tally_of(none=1, unreadable=1), short=True) == "1 zero, 1 unread"


def test_plain_lines_come_now_and_then_and_at_the_end(capsys):
    tally = Tally()
    with progress(60, tally, quiet=False) as advance:
        for _ in range(60):
            tally.ways[Way.GRADED] += 1
            tally.verdicts["full"] += 1
            advance()
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" (")[0] for line in lines] == ["25 of 60", "50 of 60", "60 of 60"]
    assert lines[-1].endswith("60 full marks")


@pytest.mark.parametrize(("total", "quiet"), [(60, True), (1, False)])
def test_nothing_is_said_where_it_is_to_be_quiet_or_for_one_file(total, quiet, capsys):
    tally = tally_of(full=total)
    with progress(total, tally, quiet=quiet) as advance:
        advance()
    assert capsys.readouterr().err == ""


def test_a_terminal_of_eighty_columns_gets_one_line_even_for_a_large_class(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    tally = tally_of(full=70_000, partial=12_000, none=900, unreadable=99, incomplete=1)
    with progress(100_000, tally, quiet=False) as advance:
        advance()
    shown = capsys.readouterr().err
    assert "83000/100000" in shown
    assert "70000 full, 12000 part" in shown
    assert "\n\n" not in shown


def test_the_bar_shows_that_time_passes_where_no_result_comes():
    now = [100.0]
    tally = Tally()
    told = _Told(6, tally, clock=lambda: now[0])

    def shown(at):
        now[0] = 100.0 + at
        return told.render().plain

    assert [shown(at) for at in (0, 1, 4.9)] == ["0/6  0:00", "0/6  0:01", "0/6  0:04"]
    assert shown(83) == "0/6  slow programs: no result for 1:23"
    tally.ways[Way.GRADED] += 1
    tally.verdicts["partial"] += 1
    told.came()
    assert shown(84) == "1/6  0.7/min, 7:00 left  1 part"
    assert shown(90) == "1/6  slow programs: no result for 0:07  1 part"


def test_the_bar_speaks_the_runs_language_in_whatever_thread_it_is_refreshed():
    with speaking("zh-CN"):
        told = _Told(6, tally_of(full=2))
    shown = []
    thread = threading.Thread(target=lambda: shown.append(told.render().plain))
    thread.start()
    thread.join()
    assert "满分 2" in shown[0]


def test_a_clock_runs_on_a_terminal_before_the_first_result(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with progress(6, Tally(), quiet=False):
        pass
    assert "0/6  0:00" in capsys.readouterr().err


def test_a_large_class_is_described_by_its_scores():
    tally = Tally(scores={"one": Counter({Decimal(100): 5, Decimal(75): 4, Decimal(0): 1})})
    assert list(at_a_glance(tally)) == [
        "one: 10 scored, mean 80, median 75, half between 75 and 100, lowest 0, highest 100"
    ]
    assert quantile(tally.scores["one"], Decimal("0.1")) == 0
    with pytest.raises(ValueError, match="no scores"):
        quantile(Counter(), Decimal("0.5"))


def test_long_work_is_told_once_and_in_the_readers_language(monkeypatch):
    monkeypatch.setattr(voice, "LONG_SECONDS", 0.0)
    written: Queue[str] = Queue()
    monkeypatch.setattr(sys.stderr, "write", written.put)
    with speaking("zh-CN"), calling_references(), contextlib.redirect_stderr(io.StringIO()):
        assert written.get(timeout=60) == "参考答案仍在计算。如果其中一个永不结束，按 Ctrl-C 可看到它停在哪里。\n"
    assert written.empty()


def test_short_work_is_done_in_silence_and_leaves_no_thread_behind(capsys):
    before = set(threading.enumerate())
    with calling_references():
        pass
    assert set(threading.enumerate()) <= before
    assert capsys.readouterr().err == ""
