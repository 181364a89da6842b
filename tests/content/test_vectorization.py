"""The content of `vectorization`: right programs earn everything, wrong ones lose, wrong ideas are recognised."""

import time

import judged
import numpy as np
from every_assignment import EveryAssignment

from grader import NoLoop


class TestVectorization(EveryAssignment):
    slug = "vectorization"

    def test_half_of_each_question_is_for_not_looping(self):
        for each in judged.key(self.slug).questions:
            loops = [check.points for check in each.checks if isinstance(check.kind, NoLoop)]
            assert sum(loops) * 2 == each.points, each.name

    def test_a_loop_with_the_right_values_earns_the_other_half_and_is_told_so(self):
        for name, remark, source in judged.programs(self.slug, "wrong"):
            if remark:
                result = judged.grade(self.slug, name, source)
                assert result.score == result.points / 2, source
                assert {check.code for check in result.checks if not check.score} == {"loop.examples"}, source

    def test_wrong_values_earn_nothing_by_being_quick(self):
        result = judged.grade(
            self.slug, "gradients", "def gradients(A, X, Y):\n    return np.zeros((len(X), 1)), 0.0\n"
        )
        assert result.score == 0

    def test_the_large_inputs_stay_cheap(self):
        names = judged.program(self.slug, "")
        for each in judged.key(self.slug).questions:
            for case in each.cases:
                if case.measured:
                    assert sum(np.size(argument) for argument in case.args) < 25_000, each.name
                    begun = time.process_time()
                    names[each.name](*case.args)
                    assert time.process_time() - begun < 0.05, each.name
