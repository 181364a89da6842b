"""How many wrong ideas are known, and that each has its hint in both languages."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "content"))

import judged
import pytest

SLUGS = ("numpy_basics", "gradient_descent", "vectorization", "broadcasting", "logistic_regression")


def test_there_are_more_than_a_hundred_wrong_ideas_over_the_five_assignments():
    assert sum(len(judged.misconceptions(slug)) for slug in SLUGS) >= 400


@pytest.mark.parametrize("slug", SLUGS)
def test_every_question_has_ideas_and_every_hint_has_both_languages(slug):
    chinese = judged.key(slug).catalogue["zh-CN"]
    for question in judged.key(slug).questions:
        assert question.misconceptions, question.name
        assert all(chinese.get(each.hint) for each in question.misconceptions), question.name
