"""The audit finds what a weak assignment lets pass, and has nothing to say about a sound one."""

import json
import re
import shutil
import threading
from pathlib import Path

import pytest

from grader.batch.audit import AuditPlan, audit
from grader.cli import run as command_line
from grader.courses import load_assignment
from grader.errors import CourseError
from grader.reports.audit import Fate
from grader.sandbox import open_sandbox

SOLUTIONS = Path(__file__).parents[2] / "solutions"
WEAKEN = """

from dataclasses import replace as _replace

from grader import Assignment, Check, Compare, Equivalent, Tolerated


def _weak(question):
    checks = question.checks
{body}


assignment = _replace(
    assignment,
    questions=tuple(
        _replace(_weak(each), uses=())
        for each in assignment.questions
        if getattr(each.target, "__name__", "") == {name!r}
    ),
)
"""


@pytest.fixture
def audited(tmp_path, capfd):
    """Audits a copy of one question of an assignment, weakened by some code, and returns exit code and document."""

    def audit_copy(slug, name, body="    return question", *options):
        folder = tmp_path / "solutions" / slug
        shutil.copytree(SOLUTIONS / slug, folder, ignore=shutil.ignore_patterns("__pycache__", "locale"))
        checks = folder / "checks.py"
        checks.write_text(checks.read_text(encoding="utf-8") + WEAKEN.format(name=name, body=body), encoding="utf-8")
        page = tmp_path / "audit.html"
        arguments = ["audit", slug, "--course", str(tmp_path), "--format", "json", "--jobs", "1", *options]
        code = command_line([*arguments, "--html", str(page)])
        out, error = capfd.readouterr()
        assert page.exists(), error
        document = json.loads(out)
        return code, document["assignments"][0]["questions"][0], page.read_text(encoding="utf-8")

    return audit_copy


def survivors(question):
    return {fault["mutant"]["now"] for fault in question["faults"] if fault["kind"] == "survivor"}


def kinds(question):
    return {fault["kind"] for fault in question["faults"]}


def test_a_sound_question_has_a_score_of_100_per_cent_and_exit_code_0(audited):
    code, question, page = audited("broadcasting", "as_column")
    assert code == 0
    assert question["faults"] == []
    assert question["mutation_score"] == 1
    assert question["counts"]["killed"] == len(question["mutants"])
    assert question["blanks"] > 10
    assert question["rewrites"] > 0
    assert "as_column" in page


def test_a_check_removed_is_a_hole_that_is_named(audited):
    body = '    return _replace(question, checks=tuple(each for each in checks if each.name != "edge cases are right"))'
    code, question, page = audited("logistic_regression", "predict", body)
    assert code == 1
    assert "A = np.float16(sigmoid(np.dot(w.T, X) + b))" in survivors(question)
    assert "np.float16(sigmoid(np.dot(w.T, X) + b))" in page


def test_inputs_that_are_square_let_rows_and_columns_be_mistaken(audited):
    body = """
    import numpy as np
    def square(rng):
        return (rng.uniform(1, 60, size=(4, 4)),)
    examples = ((np.arange(4.0).reshape(2, 2) + 1,), (np.arange(9.0).reshape(3, 3) + 1,))
    shown = Check("shown", examples=examples, points=1, visibility="public")
    return _replace(question, checks=(shown, Check("square", square, points=9)), misconceptions=())"""
    code, question, _ = audited("broadcasting", "column_percentages", body)
    hole = "return 100 * A / column_sums(A).reshape(1, A.shape[0])"
    assert code == 1
    assert hole in survivors(question)
    fault = next(each for each in question["faults"] if each["mutant"] and each["mutant"]["now"] == hole)
    ((name, value),) = fault["mutant"]["apart"]["inputs"]
    assert (name, value[:8]) == ("A", "np.array")
    assert fault["mutant"]["apart"]["near"]


def test_a_wide_tolerance_lets_numbers_be_a_little_off(audited):
    body = """
    wide = tuple(_replace(each, compare=Compare(rtol=0.1, atol=0.1)) for each in checks)
    return _replace(question, checks=wide, misconceptions=())"""
    code, question, _ = audited("numpy_basics", "basic_sigmoid", body)
    assert code == 1
    assert "s = np.float16(1 / (1 + math.exp(-x)))" in survivors(question)


def test_a_declaration_that_is_not_true_is_refuted_with_inputs(audited):
    body = """
    import numpy as np
    was, now = "return w - learning_rate * dw", "return w + learning_rate * dw"
    blind = Check("nothing moves", examples=((1.0, 0.0, 0.5), (2.0, 0.0, 0.1)), points=1, visibility="public")
    far = Check("hidden", lambda rng: (float(rng.normal()), 0.0, 0.1), points=9)
    reason = "as I thought"
    return _replace(
        question, checks=(blind, far), misconceptions=(),
        spared=(Equivalent(was, now, reason=reason), Equivalent(was, "return 7", reason=reason)),
    )"""
    code, question, _ = audited("gradient_descent", "update", body)
    texts = [fault["text"] for fault in question["faults"] if fault["kind"] == "declaration"]
    assert code == 1
    assert any("no mutant turns" in text for text in texts)
    # With a slope of 0 everywhere on the question's domain the two really are equivalent.
    assert question["counts"]["equivalent"] == 1


def test_a_declared_equivalent_that_generators_tell_apart_is_not_believed(audited):
    body = """
    was, now = "return w - learning_rate * dw", "return w + learning_rate * dw"
    def rare(rng):
        return (1.0, float(rng.integers(0, 40) == 7), 0.5)
    shown = Check("shown", examples=((1.0, 0.0, 0.5), (2.0, 0.0, 0.5)), points=1, visibility="public")
    return _replace(
        question, checks=(shown, Check("rare", rare, cases=1, points=9)), misconceptions=(),
        spared=(Equivalent(was, now, reason="never seen to differ"),),
    )"""
    code, question, _ = audited("gradient_descent", "update", body)
    faults = [fault for fault in question["faults"] if fault["text"].endswith("is declared equivalent, and is not")]
    assert code == 1
    assert [dict(fault["mutant"]["apart"]["inputs"])["dw"] for fault in faults] == ["1.0"]


def test_a_hidden_check_on_the_shown_cases_is_passed_by_heart(audited):
    body = """
    again = Check("the same again", examples=checks[0].examples, points=5)
    return _replace(question, checks=(*checks, again))"""
    code, question, _ = audited("broadcasting", "as_column", body)
    assert code == 1
    assert "memorised" in kinds(question)


def test_a_check_that_hangs_on_rounding_is_brittle(audited):
    body = """
    exact = tuple(_replace(each, compare=Compare(exact=True)) for each in checks)
    return _replace(question, checks=exact, misconceptions=())"""
    code, question, _ = audited("numpy_basics", "L2", body)
    assert code == 1
    assert {"brittle"} <= kinds(question)


HALVINGS = """\"\"\"Halving.\"\"\"

# %%
def halvings(n):
    \"\"\"Count how often a number can be halved until it is 1 or less.\"\"\"
    ### BEGIN SOLUTION
    count = 0
    while n > 1:
        n = n / 2
        count += 1
    return count
    ### END SOLUTION
"""
HALVINGS_CHECKS = """
from grader import Assignment, Check, Question, Tolerated

from . import reference

assignment = Assignment("halving", questions=(
    Question(reference.halvings, checks=(
        Check("shown", examples=((2.0,), (9.0,)), points=20, visibility="public"),
        Check("hidden", lambda rng: (float(rng.integers(2, 400)),), examples=((0.5,), (1.0,), (3.0,)), points=80),
    ), spared=(Tolerated("n = n / 2", "n /= 2", reason="n is a number."),)),
))
"""


@pytest.fixture
def halving(tmp_path):
    folder = tmp_path / "solutions" / "halving"
    folder.mkdir(parents=True)
    (folder / "reference.py").write_text(HALVINGS, encoding="utf-8")
    (folder / "checks.py").write_text(HALVINGS_CHECKS, encoding="utf-8")
    return folder


def test_mutants_that_never_end_are_killed_and_cost_a_moment_each(halving):
    (account,) = audit([load_assignment(halving)], AuditPlan(jobs=2), open_sandbox)
    (question,) = account.questions
    endless = [mutant for mutant in question.mutants if mutant.verdict.startswith("time_limit")]
    assert {"while True:", "n = n * 2"} <= {mutant.now.strip() for mutant in endless}
    assert all(mutant.fate is Fate.KILLED for mutant in endless)
    assert question.seconds < 60


def with_numpy(halving, drawn, count):
    """Have the reference draw something when it is loaded, and begin its count with something else than 0."""
    text = (halving / "reference.py").read_text(encoding="utf-8")
    text = text.replace("    count = 0\n", f"    count = {count}\n")
    text = text.replace("# %%\n", f"# %%\nimport numpy as np\n\ndrawn = {drawn}\n\n", 1)
    (halving / "reference.py").write_text(text, encoding="utf-8")
    return load_assignment(halving)


def test_a_reference_that_answers_differently_each_time_has_no_key_to_audit(halving):
    loaded = with_numpy(halving, "0", "np.random.default_rng().integers(10**6)")
    with pytest.raises(CourseError, match="marks would be by chance"):
        audit([loaded], AuditPlan(jobs=2), open_sandbox)


def test_a_reference_that_answers_differently_in_each_process_is_found(halving):
    loaded = with_numpy(halving, "np.random.default_rng().integers(10**6)", "drawn")
    (account,) = audit([loaded], AuditPlan(jobs=2), open_sandbox)
    assert "reference" in {fault.kind for fault in account.questions[0].faults}


def test_an_interrupted_audit_leaves_no_lane_behind(halving):
    def interrupt(done, of):
        assert done <= of
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit([load_assignment(halving)], AuditPlan(jobs=2), open_sandbox, interrupt)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("audit-")]


def test_the_example_of_the_readme_is_sound(tmp_path):
    text = (SOLUTIONS / "README.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"^```python ([\w.-]+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    header, _, footer = blocks["frame"].partition("...")
    folder = tmp_path / "example"
    folder.mkdir()
    (folder / "reference.py").write_text(blocks["reference.py"], encoding="utf-8")
    (folder / "checks.py").write_text(header + blocks["spared"] + footer.partition("\n")[2], encoding="utf-8")
    (account,) = audit([load_assignment(folder)], AuditPlan(jobs=2), open_sandbox)
    assert [fault.text for fault in account.questions[0].faults] == []
    assert account.questions[0].count(Fate.EQUIVALENT) == 1


def test_pairs_are_tried_when_asked_for(audited):
    code, question, _ = audited("broadcasting", "column_percentages", "    return question", "--pairs", "5")
    assert code == 0
    assert len(question["pairs"]) <= 5


def test_an_unknown_assignment_is_a_usage_error(tmp_path, capfd):
    (tmp_path / "solutions").mkdir()
    assert command_line(["audit", "nothing", "--course", str(tmp_path)]) == 2
    assert "grader new assignment" in capfd.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    "slug", ["broadcasting", "gradient_descent", "logistic_regression", "numpy_basics", "vectorization"]
)
def test_every_assignment_of_the_course_is_sound(slug, tmp_path, capfd):
    shutil.copytree(SOLUTIONS / slug, tmp_path / "solutions" / slug)
    assert command_line(["audit", slug, "--course", str(tmp_path)]) == 0, capfd.readouterr().out


@pytest.mark.slow
def test_the_course_of_the_demo_is_sound(capfd):
    demo = Path(__file__).parents[2] / "grader" / "demo" / "course"
    assert command_line(["audit", "--course", str(demo)]) == 0, capfd.readouterr().out
