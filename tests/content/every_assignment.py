"""What holds for the content of every assignment, as a class that the tests of each assignment inherit.

A subclass names its `slug`; the programs come from `programs/<slug>.right.txt` and `programs/<slug>.wrong.txt`.
"""

import re
import subprocess
import sys
from decimal import Decimal

import judged
import pytest

from grader.courses import untranslated
from grader.judging import result_of
from grader.model import Visibility

FORMULA = re.compile(r"\$\$.+?\$\$|\$\\;.+?\$", re.DOTALL)
"""A formula on a line of its own: it is the same in every language."""
ALIGNED = re.compile(r"^    .*$", re.MULTILINE)
"""A line of a hint that shows shapes below each other: it is the same in every language."""


class EveryAssignment:
    """The tests that every assignment passes."""

    slug = ""
    styles = 12
    """How many ways of writing it right there are for each function, at least."""
    ties: frozenset[tuple[str, str, str]] = frozenset()
    """(question, misconception, the one that is named in its stead), each stated with its reason."""
    unseen: frozenset[tuple[str, str]] = frozenset()
    """(question, misconception) that a student's own run can't tell, each stated with its reason."""

    def pytest_generate_tests(self, metafunc):
        """Make one test a program, a misconception or a question."""
        if "style" in metafunc.fixturenames:
            metafunc.parametrize("style", judged.programs(self.slug, "right"), ids=lambda each: each[0])
        if "mistake" in metafunc.fixturenames:
            metafunc.parametrize("mistake", judged.programs(self.slug, "wrong"), ids=lambda each: each[0])
        if "idea" in metafunc.fixturenames:
            metafunc.parametrize("idea", judged.misconceptions(self.slug), ids=lambda each: f"{each[0]}-{each[1]}")
        if "function" in metafunc.fixturenames:
            metafunc.parametrize("function", judged.questions(self.slug))

    def test_it_is_worth_a_hundred_points_with_nothing_to_warn_of(self):
        assert judged.key(self.slug).points == 100
        assert judged.loaded(self.slug).warnings == ()

    def test_public_checks_are_worth_less_than_a_third_of_a_question(self):
        for each in judged.key(self.slug).questions:
            public = [check.points for check in each.checks if check.visibility == Visibility.PUBLIC]
            assert public, f"{each.name} has no public check"
            assert sum(public) <= each.points / 3, each.name

    @pytest.mark.parametrize("secret", [b"one", b"two", b"three"])
    def test_the_reference_earns_everything_under_any_secret(self, secret):
        for each in judged.key(self.slug, secret).questions:
            assert judged.failed(judged.grade(self.slug, each.name, "", secret)) == [], each.name

    def test_every_correct_style_earns_everything(self, style):
        name, _, source = style
        assert judged.failed(judged.grade(self.slug, name, source)) == [], source

    def test_there_are_enough_styles_of_every_function(self):
        names = [name for name, _, _ in judged.programs(self.slug, "right")]
        assert {name for name in judged.questions(self.slug) if names.count(name) < self.styles} == set()

    def test_wrong_programs_lose_points(self, mistake):
        """Half of the points at most, unless the remark says how many: `--- at most 12`."""
        name, remark, source = mistake
        result = judged.grade(self.slug, name, source)
        most = Decimal(remark.removeprefix("at most ")) if remark else result.points / 2
        assert result.score <= most, source

    def test_knowing_the_public_examples_by_heart_earns_their_points_only(self, function):
        whole = judged.question(self.slug, function)
        shown = {check.name for check in whole.checks if check.visibility == Visibility.PUBLIC}
        stale = next(case.expected for case in whole.cases if case.visibility == Visibility.PUBLIC)
        known = [case.expected if case.visibility == Visibility.PUBLIC else stale for case in whole.cases]
        assert {check.name for check in result_of(whole, known).checks if check.score} <= shown

    def test_every_misconception_loses_points_and_is_recognised_as_itself(self, idea):
        name, wrong = idea
        result = judged.grade_variant(self.slug, name, wrong)
        assert result.score < result.points
        assert judged.named(result) - {other for _, tied, other in self.ties if tied == wrong} == {wrong}

    def test_a_students_own_run_recognises_a_misconception(self, idea):
        name, wrong = idea
        if judged.question(self.slug, name).kind == "answer" or idea in self.unseen:
            return
        result = judged.grade_variant(self.slug, name, wrong, public=True)
        assert judged.named(result) - {other for _, tied, other in self.ties if tied == wrong} == {wrong}

    def test_every_hint_says_what_why_and_where_to_look(self):
        for name, wrong in judged.misconceptions(self.slug):
            hints = {each.name: each.hint for each in judged.question(self.slug, name).misconceptions}
            sentences = re.split(r"[.:?]\s", ALIGNED.sub("", hints[wrong]))
            assert len(sentences) >= 3, (name, wrong)

    def test_everything_a_student_reads_is_translated(self):
        assert untranslated(judged.loaded(self.slug)) == ()
        for english, chinese in judged.loaded(self.slug).catalogue["zh-CN"].items():
            assert ALIGNED.findall(english) == ALIGNED.findall(chinese)

    def test_no_translation_is_left_over(self):
        english = {judged.loaded(self.slug).assignment.title}
        for each in judged.loaded(self.slug).assignment.questions:
            english |= {each.title, *(check.name for check in each.checks), *(one.hint for one in each.misconceptions)}
        assert set(judged.loaded(self.slug).catalogue["zh-CN"]) <= english

    def test_the_narrative_has_the_same_formulas_in_both_languages(self):
        cells = [cell for cell in judged.loaded(self.slug).reference.cells if cell.kind == "markdown"]
        assert [cell.language for cell in cells] == ["en", "zh-CN"] * (len(cells) // 2)
        for english, chinese in zip(cells[::2], cells[1::2], strict=True):
            assert set(FORMULA.findall(english.source)) == set(FORMULA.findall(chinese.source)), english.source[:60]

    def test_the_reference_runs_as_a_plain_program(self, tmp_path):
        path = judged.SOLUTIONS / self.slug / "reference.py"
        command = [sys.executable, "-W", "error", str(path)]
        run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60)
        assert run.returncode == 0, run.stderr
        assert run.stdout
