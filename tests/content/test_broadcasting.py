"""The content of `broadcasting`: right programs earn everything, wrong ones lose, wrong ideas are recognised."""

import judged
import pytest
from every_assignment import ALIGNED, EveryAssignment


class TestBroadcasting(EveryAssignment):
    slug = "broadcasting"

    def test_answers_alone_are_worth_a_quarter_at_most(self):
        answers = sum(each.points for each in judged.key(self.slug).questions if each.kind == "answer")
        assert answers <= 25
        assert judged.question(self.slug, "broadcast_shape").points > answers

    def test_no_public_check_of_an_answer_pays_or_knows_it(self):
        for name in judged.questions(self.slug, "answer"):
            form, right = judged.question(self.slug, name).checks
            assert (form.visibility, form.points) == ("public", 0)
            assert right.visibility == "hidden"

    @pytest.mark.parametrize("guess", ['"error"', "(3, 3)", "(4, 5)", "()"])
    def test_one_guess_for_all_answers_earns_one_of_them_at_most(self, guess):
        names = judged.questions(self.slug, "answer")
        assert sum(judged.grade(self.slug, name, f"{name} = {guess}").score for name in names) <= 3

    def test_no_hint_names_the_right_answer(self):
        for name in judged.questions(self.slug, "answer"):
            whole = judged.question(self.slug, name)
            right = str(whole.cases[0].expected.value)
            for each in whole.misconceptions:
                words = ALIGNED.sub("", each.hint).replace("a column times a column is indeed an error", "")
                assert right not in words, (name, each.name)

    def test_what_is_no_shape_is_said_to_be_unreadable(self):
        result = judged.grade(self.slug, "q2", "q2 = 'as large as a'")
        assert {check.code for check in result.checks} == {"answer.unreadable"}
