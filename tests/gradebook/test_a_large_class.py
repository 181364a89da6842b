"""Five thousand submissions: graded, interrupted, resumed, and regraded after one changed check."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from dataclasses import replace

import pytest
import sqlalchemy as sa
from gradebook_samples import check, question, result, slot, work

from grader.gradebook import open_gradebook
from grader.gradebook.changes import compare_results

STUDENTS = [f"s{number:05d}" for number in range(5000)]
OLD = {"sigmoid": "s1", "propagate": "p1"}
NEW = {"sigmoid": "s1", "propagate": "p2"}


def grade(student, name, version):
    """Stand in for the sandbox: the changed check of `propagate` is kinder to every seventh student."""
    number = int(student[1:])
    earned = "10" if name == "sigmoid" or (version == "p2" and number % 7 == 0) else str(number % 10)
    return question(name, check("values", earned, "10"))


def run(gradebook, assignment, versions, counts, stop_after=None):
    """Grade the class as the pipeline does: look up, grade what is missing, record."""
    works = [work(student, assignment=assignment, questions=versions) for student in STUDENTS]
    slots = [slot(student) for student in STUDENTS]
    for student, one, known in zip(STUDENTS, works, gradebook.known(zip(slots, works, strict=True)), strict=True):
        if known.recorded:
            counts["done already"] += 1
            continue
        questions = []
        for name, version in versions.items():
            reused = known.questions.get(name)
            counts[f"{name} {'reused' if reused else 'graded'}"] += 1
            questions.append(reused or grade(student, name, version))
        gradebook.record(result(student, *questions), one)
        if stop_after is not None and sum(counts.values()) >= stop_after:
            raise KeyboardInterrupt


def test_each_thing_is_graded_once_and_a_changed_check_regrades_its_question_only(tmp_path):
    path = tmp_path / "g.sqlite3"
    counts = Counter()
    with pytest.raises(KeyboardInterrupt), open_gradebook(path) as gradebook:
        run(gradebook, "v1", OLD, counts, stop_after=2 * 1234)
    assert counts == {"sigmoid graded": 1234, "propagate graded": 1234}

    counts.clear()
    with open_gradebook(path) as gradebook:
        run(gradebook, "v1", OLD, counts)
    assert counts == {"done already": 1234, "sigmoid graded": 3766, "propagate graded": 3766}

    counts.clear()
    with open_gradebook(path) as gradebook:
        before = list(gradebook.results())
        run(gradebook, "v2", NEW, counts)
        changes = compare_results(before, gradebook.results())
    assert counts == {"sigmoid reused": 5000, "propagate graded": 5000}
    assert (changes.gains, changes.losses, changes.same) == (715, 0, 4285)

    counts.clear()
    with open_gradebook(path) as gradebook:
        run(gradebook, "v2", NEW, counts)
    assert counts == {"done already": 5000}


def test_looking_up_a_hundred_thousand_keys_keeps_memory_flat(tmp_path):
    with open_gradebook(tmp_path / "g.sqlite3") as gradebook:
        for student in STUDENTS[:500]:
            gradebook.record(result(student), work(student))
        base = work()
        digests = (replace(base, submission=f"{number:064x}").digest for number in range(100_000))
        assert next(gradebook.done([work(STUDENTS[0]).digest]), None)
        tracemalloc.start()
        found = sum(1 for _ in gradebook.done(digests))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert found == 0
    assert peak < 5_000_000


def test_no_look_up_reads_a_whole_table(tmp_path):
    """What is linear a row is quadratic a class: SQLite is asked how it would find each thing."""
    plans = {}

    def explain(connection, _cursor, statement, parameters, _context, _many):
        if statement.startswith("SELECT"):
            cursor = connection.connection.dbapi_connection.cursor()
            steps = [row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            plans[statement] = steps
            cursor.close()

    with open_gradebook(tmp_path / "g.sqlite3") as gradebook:
        for student in STUDENTS[:1000]:
            gradebook.record(result(student), work(student))
        gradebook.flush()
        sa.event.listen(gradebook._engine, "before_cursor_execute", explain)
        gradebook.record(result(STUDENTS[0], late=True), work(STUDENTS[0]))
        assert len(list(gradebook.known([(slot(student), work(student)) for student in STUDENTS[:10]]))) == 10
        assert len(list(gradebook.done([work(STUDENTS[0]).digest]))) == 1
        assert gradebook.claim([work("new").digest]).mine
        assert len(list(gradebook.results("logistic_regression", "s00001"))) == 1
        assert len(list(gradebook.results())) == 1000
    assert len(plans) >= 6
    scans = [step for steps in plans.values() for step in steps if step.startswith("SCAN")]
    assert all("USING INDEX" in step for step in scans)
    pages = [steps for statement, steps in plans.items() if "> (?, ?, ?)" in statement]
    assert pages
    assert all(steps[0].startswith("SEARCH results USING INDEX") for steps in pages)
